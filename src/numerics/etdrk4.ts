/** Weights of ETDRK4 for u′ = l u + n(u) with diagonal l, one number per mode. */
export interface Etdrk4Weights {
  /** exp(h l) and exp(h l/2). */
  readonly propagator: Float64Array;
  readonly halfPropagator: Float64Array;
  /** Q = (exp(h l/2) − 1)/l. */
  readonly stage: Float64Array;
  /** f₁, f₂ and f₃: of n(u), of n(a) + n(b) (to be doubled), and of n(c). */
  readonly first: Float64Array;
  readonly middle: Float64Array;
  readonly last: Float64Array;
}

/** Points on the upper half circle of radius 1 around h l; the error of the mean falls like 1/64!. */
const CONTOUR_POINTS = 64;

/** Points w of the unit circle with exp(w) and exp(w/2), as (re, im): exp(c + w) is exp(c) exp(w). */
const circle = Array.from({ length: CONTOUR_POINTS }, (_, p) => {
  const angle = (Math.PI * (p + 0.5)) / CONTOUR_POINTS;
  const [re, im] = [Math.cos(angle), Math.sin(angle)];
  const exponential = (x: number, y: number) => ({ re: Math.exp(x) * Math.cos(y), im: Math.exp(x) * Math.sin(y) });
  return { re, im, full: exponential(re, im), half: exponential(re / 2, im / 2) };
});

/**
 * Weights of the fourth-order exponential time differencing scheme of Cox & Matthews, J. Comput. Phys. 176 (2002) 430,
 * eqs. 26-29, as means over a circle in the complex plane after Kassam & Trefethen, SIAM J. Sci. Comput. 26 (2005) 1214,
 * sect. 3: the formulas themselves cancel where h l is small.
 *
 * @param linear  l (n), real
 * @param step    h > 0; the caller checks it
 * @returns (n) each
 * @example
 * etdrk4Weights([0], 0.5).first[0]?.toFixed(12); // => '0.083333333333'
 */
export function etdrk4Weights(linear: ArrayLike<number>, step: number): Etdrk4Weights {
  const modes = linear.length;
  const array = (): Float64Array => new Float64Array(modes);
  const weights = {
    propagator: array(),
    halfPropagator: array(),
    stage: array(),
    first: array(),
    middle: array(),
    last: array(),
  };
  for (let j = 0; j < modes; j++) {
    const z = step * linear[j]!;
    weights.propagator[j] = Math.exp(z);
    weights.halfPropagator[j] = Math.exp(z / 2);
    const [stage, first, middle, last] = contourMeans(z);
    weights.stage[j] = step * stage;
    weights.first[j] = step * first;
    weights.middle[j] = step * middle;
    weights.last[j] = step * last;
  }
  return weights;
}

/** Real parts of the means of the four functions over the upper half circle: by symmetry the means over all of it. */
function contourMeans(center: number): readonly [number, number, number, number] {
  let stage = 0;
  let first = 0;
  let middle = 0;
  let last = 0;
  const growth = Math.exp(center);
  const halfGrowth = Math.exp(center / 2);
  for (const { re, im: y, full, half } of circle) {
    // z = x + i y on the circle around the center, exp(z) = e + i f; of each function the real part of its product with 1/z³.
    const x = center + re;
    const e = growth * full.re;
    const f = growth * full.im;
    const x2 = x * x - y * y;
    const y2 = 2 * x * y;
    const x3 = x2 * x - y2 * y;
    const y3 = x2 * y + y2 * x;
    const size = x * x + y * y;
    const u = x3 / size ** 3;
    const v = y3 / size ** 3;
    stage += ((halfGrowth * half.re - 1) * x + halfGrowth * half.im * y) / size;
    const [a, b] = [4 - 3 * x + x2, -3 * y + y2];
    first += (-4 - x + e * a - f * b) * u + (-y + e * b + f * a) * v;
    middle += (2 + x + e * (x - 2) - f * y) * u + (y + e * y + f * (x - 2)) * v;
    last += (-4 - 3 * x - x2 + e * (4 - x) + f * y) * u + (-3 * y - y2 - e * y + f * (4 - x)) * v;
  }
  return [stage / CONTOUR_POINTS, first / CONTOUR_POINTS, middle / CONTOUR_POINTS, last / CONTOUR_POINTS];
}
