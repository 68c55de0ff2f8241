/** Transforms of one length N: the order of points they work in, and their twiddle factors. */
export interface RealFourierPlan {
  readonly points: number;
  /** (N) Entry p of a physical array in transform order is the value at grid point `order[p]`. */
  readonly order: Int32Array;
  /** Radix-4 stages by the length M of what each of their groups joins, shortest first. */
  readonly stages: readonly FourierStage[];
  /** True where a stage of radix 2 comes before all others: N is 2 · 4^m. */
  readonly startsWithPairs: boolean;
}

/** One stage: groups of four transforms of length M become transforms of length 4M. */
export interface FourierStage {
  /** M */
  readonly quarter: number;
  /** cos and sin of k φ, 2 k φ, 3 k φ with φ = 2π/(4M), six numbers for each k = 1 … ⌈M/2⌉ − 1. */
  readonly twiddles: Float64Array;
}

/**
 * Plan for N points.
 *
 * @param points  N, a power of two >= 4; the caller checks it
 */
export function realFourierPlan(points: number): RealFourierPlan {
  const stages: FourierStage[] = [];
  const startsWithPairs = Math.log2(points) % 2 === 1;
  for (let quarter = startsWithPairs ? 2 : 1; quarter < points; quarter *= 4) {
    const twiddles: number[] = [];
    for (let k = 1; 2 * k < quarter; k++) {
      for (const multiple of [k, 2 * k, 3 * k]) {
        const angle = (2 * Math.PI * multiple) / (4 * quarter);
        twiddles.push(Math.cos(angle), Math.sin(angle));
      }
    }
    stages.push({ quarter, twiddles: Float64Array.from(twiddles) });
  }
  return { points, order: Int32Array.from(digitOrder(points)), stages, startsWithPairs };
}

function digitOrder(points: number): readonly number[] {
  if (points <= 2) return points === 2 ? [0, 1] : [0];
  const quarter = digitOrder(points / 4);
  return [0, 1, 2, 3].flatMap((r) => quarter.map((j) => 4 * j + r));
}

const ROOT_HALF = Math.SQRT1_2;

/**
 * R: N real values in transform order → their discrete Fourier transform X_k = Σ_x u_x exp(−2πi k x/N), packed as
 * Re X_0, …, Re X_{N/2}, Im X_{N/2−1}, …, Im X_1. In place from `at` on; `target` may be another array.
 *
 * Real decimation in time of radix 4, after Sorensen, Jones, Heideman & Burrus, "Real-valued fast Fourier transform
 * algorithms", IEEE Trans. ASSP 35 (1987) 849: every butterfly reads and writes the same eight places, so nothing moves.
 */
export function analyze({ points, stages, startsWithPairs }: RealFourierPlan, a: Float64Array): void {
  if (startsWithPairs) pairs(a, points);
  for (const { quarter, twiddles } of stages) analyzeStage(a, points, quarter, twiddles);
}

/** Rᵀ, the transpose of `analyze`: with cosine and sine coefficients of a real function it gives its values. */
export function synthesize({ points, stages, startsWithPairs }: RealFourierPlan, a: Float64Array): void {
  for (let s = stages.length - 1; s >= 0; s--) {
    const { quarter, twiddles } = stages[s] as FourierStage;
    synthesizeStage(a, points, quarter, twiddles);
  }
  if (startsWithPairs) pairs(a, points);
}

/** Sums and differences of neighbors: its own transpose. */
function pairs(a: Float64Array, points: number): void {
  for (let p = 0; p < points; p += 2) {
    const first = a[p]!;
    const second = a[p + 1]!;
    a[p] = first + second;
    a[p + 1] = first - second;
  }
}

function analyzeStage(a: Float64Array, points: number, m: number, twiddles: Float64Array): void {
  const half = m >> 1;
  for (let base = 0; base < points; base += 4 * m) {
    const [i1, i2, i3] = [base + m, base + 2 * m, base + 3 * m];
    const p = a[base]! + a[i2]!;
    const q = a[base]! - a[i2]!;
    const s = a[i1]! + a[i3]!;
    const t = a[i3]! - a[i1]!;
    a[base] = p + s;
    a[i2] = p - s;
    a[i1] = q;
    a[i3] = t;
    if (half === 0) continue;
    const sum = -ROOT_HALF * (a[i1 + half]! + a[i3 + half]!);
    const difference = ROOT_HALF * (a[i1 + half]! - a[i3 + half]!);
    const y0 = a[base + half]!;
    const y2 = a[i2 + half]!;
    a[base + half] = y0 + difference;
    a[i3 + half] = sum - y2;
    a[i1 + half] = y0 - difference;
    a[i2 + half] = sum + y2;
    for (let k = 1, w = 0; k < half; k++, w += 6) analyzeButterfly(a, base, m, k, twiddles, w);
  }
}

function analyzeButterfly(a: Float64Array, base: number, m: number, k: number, w: Float64Array, at: number): void {
  const [re0, im0] = [base + k, base + m - k];
  const [re1, im1] = [re0 + m, im0 + m];
  const [re2, im2] = [re1 + m, im1 + m];
  const [re3, im3] = [re2 + m, im2 + m];
  const br = w[at]! * a[re1]! + w[at + 1]! * a[im1]!;
  const bi = w[at]! * a[im1]! - w[at + 1]! * a[re1]!;
  const cr = w[at + 2]! * a[re2]! + w[at + 3]! * a[im2]!;
  const ci = w[at + 2]! * a[im2]! - w[at + 3]! * a[re2]!;
  const dr = w[at + 4]! * a[re3]! + w[at + 5]! * a[im3]!;
  const di = w[at + 4]! * a[im3]! - w[at + 5]! * a[re3]!;
  const a0i = a[im0]!;
  const pr = a[re0]! + cr;
  const pi = a0i + ci;
  const qr = a[re0]! - cr;
  const qi = a0i - ci;
  const sr = br + dr;
  const si = bi + di;
  const tr = br - dr;
  const ti = bi - di;
  a[re0] = pr + sr;
  a[im3] = pi + si;
  a[im1] = pr - sr;
  a[re2] = si - pi;
  a[re1] = qr + ti;
  a[im2] = qi - tr;
  a[im0] = qr - ti;
  a[re3] = ci - a0i - tr;
}

function synthesizeStage(a: Float64Array, points: number, m: number, twiddles: Float64Array): void {
  const half = m >> 1;
  for (let base = 0; base < points; base += 4 * m) {
    const [i1, i2, i3] = [base + m, base + 2 * m, base + 3 * m];
    const p = a[base]! + a[i2]!;
    const s = a[base]! - a[i2]!;
    const q = a[i1]!;
    const t = a[i3]!;
    a[base] = p + q;
    a[i2] = p - q;
    a[i1] = s - t;
    a[i3] = s + t;
    if (half === 0) continue;
    const re = a[base + half]!;
    const im = a[i3 + half]!;
    const re1 = a[i1 + half]!;
    const im1 = a[i2 + half]!;
    const difference = ROOT_HALF * (re - re1);
    const sum = -ROOT_HALF * (im + im1);
    a[base + half] = re + re1;
    a[i2 + half] = im1 - im;
    a[i1 + half] = difference + sum;
    a[i3 + half] = sum - difference;
    for (let k = 1, w = 0; k < half; k++, w += 6) synthesizeButterfly(a, base, m, k, twiddles, w);
  }
}

function synthesizeButterfly(a: Float64Array, base: number, m: number, k: number, w: Float64Array, at: number): void {
  const [re0, im0] = [base + k, base + m - k];
  const [re1, im1] = [re0 + m, im0 + m];
  const [re2, im2] = [re1 + m, im1 + m];
  const [re3, im3] = [re2 + m, im2 + m];
  const pr = a[re0]! + a[im1]!;
  const pi = a[im3]! - a[re2]!;
  const sr = a[re0]! - a[im1]!;
  const si = a[im3]! + a[re2]!;
  const qr = a[re1]! + a[im0]!;
  const qi = a[im2]! - a[re3]!;
  const tr = a[im2]! + a[re3]!;
  const ti = a[re1]! - a[im0]!;
  const br = sr - tr;
  const bi = si + ti;
  const cr = pr - qr;
  const ci = pi - qi;
  const dr = sr + tr;
  const di = si - ti;
  a[re0] = pr + qr;
  a[im0] = pi + qi;
  a[re1] = w[at]! * br - w[at + 1]! * bi;
  a[im1] = w[at]! * bi + w[at + 1]! * br;
  a[re2] = w[at + 2]! * cr - w[at + 3]! * ci;
  a[im2] = w[at + 2]! * ci + w[at + 3]! * cr;
  a[re3] = w[at + 4]! * dr - w[at + 5]! * di;
  a[im3] = w[at + 4]! * di + w[at + 5]! * dr;
}
