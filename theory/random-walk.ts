import besselJ0 from '@stdlib/math-base-special-besselj0';
import { InverseClaimsError, requireNumber } from '../src/core/errors.ts';
import { smallSignalSlope } from './noise-averaging.ts';
import { requireCount } from './signal-arguments.ts';

/** Mean distance from the origin of a walk of n unit steps in random directions: what sets a vote under weak signals. */

/** Absolute error of the Fourier sums. */
const TOLERANCE = 1e-13;
const STEP = 0.12;
const STEPS_PER_WIDTH = 0.45;
const NEGLIGIBLE = 1e-18;

/** E|S_n| in one dimension, ⌈n/2⌉ C(2⌈n/2⌉, ⌈n/2⌉) 2^{1−2⌈n/2⌉}. */
function onTheLine(n: number): number {
  const even = 2 * Math.ceil(n / 2);
  return even * Math.sqrt(2 / Math.PI) * smallSignalSlope(even);
}

/** E|e₁ + e₂| = E √(2 + 2c), density of c ∝ (1−c²)^{(d−3)/2}: with c = tanh y, by the trapezoidal rule, folded to y >= 0. */
function ofTwoSteps(d: number): number {
  const h = Math.min(STEP, STEPS_PER_WIDTH / Math.sqrt(d));
  let lengths = 0.5;
  let weights = 0.5;
  for (let k = 1; ; k++) {
    const c = Math.tanh(k * h);
    const weight = Math.exp(-0.5 * (d - 1) * Math.log1p(Math.sinh(k * h) ** 2));
    // 1 − tanh y as e^{−y}/cosh y: near 1 a difference would lose its digits.
    lengths += 0.5 * weight * (Math.sqrt(1 + c) + Math.sqrt(Math.exp(-k * h) / Math.cosh(k * h)));
    weights += weight;
    if (weight < NEGLIGIBLE * weights) return (Math.SQRT2 * lengths) / weights;
  }
}

/** Characteristic function of one component of a unit step, and a bound |φ(t)| <= (decay/t)^power. */
interface StepLaw {
  readonly characteristic: (t: number) => number;
  readonly decay: number;
  readonly power: number;
  /** E|component|. */
  readonly meanComponent: number;
}

const STEP_LAWS: Readonly<Record<2 | 3, StepLaw>> = {
  2: { characteristic: besselJ0, decay: 2 / Math.PI, power: 0.5, meanComponent: 2 / Math.PI },
  3: { characteristic: (t) => Math.sin(t) / t, decay: 1, power: 1, meanComponent: 0.5 },
};

/**
 * A component Y of S_n lies in [−n, n], where |y| = n/2 − (4n/π²) Σ_{k odd} cos(kπy/n)/k². With E cos(tY) = φ(t)^n this
 * gives E|Y| as a sum whose terms fall like k^{−2−n/2} or faster; E|S_n| is E|Y| over the mean component of a unit vector.
 */
function byFourierSeries({ characteristic, decay, power, meanComponent }: StepLaw, n: number): number {
  let sum = 0;
  for (let k = 1; ; k += 2) {
    const t = (k * Math.PI) / n;
    sum += characteristic(t) ** n / (k * k);
    // What is left is below the integral of (decay/t)^{n·power}/k² over k, times ½ for the odd ones.
    if ((n * Math.min(1, (decay / t) ** (n * power))) / k < TOLERANCE) break;
  }
  return (n / 2 - (4 * n * sum) / Math.PI ** 2) / meanComponent;
}

/**
 * E|S_n|, S_n the sum of n independent unit vectors with uniform directions in d dimensions; below √n for n >= 2. Exact,
 * evaluated to a few rounding errors for d = 1 and n <= 2, else to 1e-12 √n (measured).
 *
 * @param d  1, 2 or 3; for n <= 2 any finite number >= 2, or 1
 * @param n  steps, integer >= 1. Anything else throws `out-of-range` or `not-finite`
 * @example
 * meanWalkLength(2, 2); // => 1.27323954473516…
 * meanWalkLength(3, 3).toFixed(12); // => '1.625000000000'
 * meanWalkLength(1, 4); // => 1.5
 * @see Kluyver, "A local probability problem", Proc. KNAW 8 (1905) 341, for the plane.
 */
export function meanWalkLength(d: number, n: number): number {
  requireCount('meanWalkLength: "n"', n);
  requireNumber('meanWalkLength: "d"', d, { minimum: 1 });
  if (d === 1) return onTheLine(n);
  if (n === 1) return 1;
  if (n === 2 && d >= 2) return ofTwoSteps(d);
  if (d === 2 || d === 3) return byFourierSeries(STEP_LAWS[d], n);
  throw new InverseClaimsError('out-of-range', {
    where: 'meanWalkLength: "d"',
    expected: n === 2 ? '1 or d >= 2' : `1, 2 or 3 for n = ${n}`,
    received: String(d),
    hint: 'in other dimensions √n is an upper bound, reached as d → ∞',
  });
}
