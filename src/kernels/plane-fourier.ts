/** Transforms of N × N complex numbers, row after row, real and imaginary parts apart. */
export interface PlaneFourierPlan {
  readonly points: number;
  /** (N) Bit-reversed indices. */
  readonly order: Int32Array;
  /** (N/2) cos and sin of 2πk/N. */
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
}

/** @param points  N, a power of two >= 4; the caller checks it */
export function planeFourierPlan(points: number): PlaneFourierPlan {
  const bits = Math.log2(points);
  const order = Int32Array.from({ length: points }, (_, i) => {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) if (i & (1 << bit)) reversed |= 1 << (bits - 1 - bit);
    return reversed;
  });
  const angles = Array.from({ length: points / 2 }, (_, k) => (2 * Math.PI * k) / points);
  return { points, order, cosine: Float64Array.from(angles, Math.cos), sine: Float64Array.from(angles, Math.sin) };
}

/**
 * Z_k = Σ_j z_j exp(sign · 2πi k·j/N) over both directions, in place; sign −1 is the discrete Fourier transform, +1 its adjoint,
 * N² times the inverse. Decimation in time of radix 2 (Cooley & Tukey, Math. Comp. 19 (1965) 297).
 */
export function transformPlane(plan: PlaneFourierPlan, re: Float64Array, im: Float64Array, sign: 1 | -1): void {
  const { points } = plan;
  for (let row = 0; row < points; row++) transformLine(plan, re, im, row * points, 1, sign);
  for (let column = 0; column < points; column++) transformLine(plan, re, im, column, points, sign);
}

function transformLine(
  { points, order, cosine, sine }: PlaneFourierPlan,
  re: Float64Array,
  im: Float64Array,
  first: number,
  stride: number,
  sign: 1 | -1,
): void {
  for (let i = 0; i < points; i++) {
    const j = order[i]!;
    if (j <= i) continue;
    const [a, b] = [first + i * stride, first + j * stride];
    const [x, y] = [re[a]!, im[a]!];
    re[a] = re[b]!;
    im[a] = im[b]!;
    re[b] = x;
    im[b] = y;
  }
  for (let half = 1; half < points; half *= 2) {
    const turn = points / (2 * half);
    for (let group = 0; group < points; group += 2 * half) {
      for (let k = 0; k < half; k++) {
        const a = first + (group + k) * stride;
        const b = a + half * stride;
        const [c, s] = [cosine[k * turn]!, sign * sine[k * turn]!];
        const x = c * re[b]! - s * im[b]!;
        const y = c * im[b]! + s * re[b]!;
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a] = re[a]! + x;
        im[a] = im[a]! + y;
      }
    }
  }
}
