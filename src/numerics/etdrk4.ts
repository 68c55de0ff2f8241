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
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  for (let p = 0; p < CONTOUR_POINTS; p++) {
    const angle = (Math.PI * (p + 0.5)) / CONTOUR_POINTS;
    const z: Complex = [center + Math.cos(angle), Math.sin(angle)];
    const e = exponential(z);
    const half = exponential([z[0] / 2, z[1] / 2]);
    const square = times(z, z);
    const cube = times(square, z);
    const poly = (a: number, b: number, c: number): Complex => [a + b * z[0] + c * square[0], b * z[1] + c * square[1]];
    const plus = ([a, b]: Complex, [c, d]: Complex): Complex => [a + c, b + d];
    sums[0] += over([half[0] - 1, half[1]], z)[0];
    sums[1] += over(plus([-4 - z[0], -z[1]], times(e, poly(4, -3, 1))), cube)[0];
    sums[2] += over(plus([2 + z[0], z[1]], times(e, [z[0] - 2, z[1]])), cube)[0];
    sums[3] += over(plus(poly(-4, -3, -1), times(e, [4 - z[0], -z[1]])), cube)[0];
  }
  return sums.map((sum) => sum / CONTOUR_POINTS) as [number, number, number, number];
}

type Complex = readonly [re: number, im: number];

const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];

const over = ([a, b]: Complex, [c, d]: Complex): Complex => {
  const size = c * c + d * d;
  return [(a * c + b * d) / size, (b * c - a * d) / size];
};

const exponential = ([re, im]: Complex): Complex => [Math.exp(re) * Math.cos(im), Math.exp(re) * Math.sin(im)];
