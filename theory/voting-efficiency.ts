import erf from '@stdlib/math-base-special-erf';
import { requireNumber } from '../src/core/errors.ts';
import { logNormalCdf, normalCdf } from '../src/numerics/normal-distribution.ts';
import { requireSignal } from './signal-arguments.ts';

/** How many examples a sum of losses needs where a vote needs one, for many examples (T3 of `theory/README.md`). */

/** From here on the smaller of p and 1 − p is taken from its logarithm. */
const STRONG = 1;

/**
 * Pitman efficiency 4 σ² f(0)² of voting against the sum, for signals that fall with n: 2/π for Gaussian noise, 2 for
 * Laplace noise.
 *
 * @param sigma    standard deviation of the noise, > 0, ∞ included
 * @param density  f(0), density of the noise at 0, finite and > 0. Anything else throws `out-of-range` or `not-finite`
 * @example
 * pitmanEfficiency(2, 1 / Math.sqrt(8 * Math.PI)); // => 0.63661977236758…
 */
export function pitmanEfficiency(sigma: number, density: number): number {
  requireSignal('pitmanEfficiency: "sigma"', sigma, Number.MIN_VALUE);
  requireNumber('pitmanEfficiency: "density"', density, { above: 0 });
  return (2 * sigma * density) ** 2;
}

/**
 * Chernoff efficiency −log(4p(1−p))/μ₁², p = Φ(μ₁), of voting against the sum under Gaussian noise at a fixed signal: the
 * ratio of the exponents of their errors. Falls from 2/π without signal to ½.
 *
 * @param mu1  |s|/σ of one example, >= 0, ∞ included; else `out-of-range` or `not-finite`
 * @example
 * chernoffEfficiency(0); // => 0.63661977236758…
 * chernoffEfficiency(2); // => 0.60497572047277…
 * chernoffEfficiency(Infinity); // => 0.5
 */
export function chernoffEfficiency(mu1: number): number {
  requireSignal('chernoffEfficiency: "mu1"', mu1, 0);
  if (mu1 * mu1 === Number.POSITIVE_INFINITY) return 0.5;
  if (mu1 > STRONG) {
    return -(2 * Math.LN2 + logNormalCdf(-mu1) + Math.log1p(-normalCdf(-mu1))) / (mu1 * mu1);
  }
  const bias = erf(mu1 * Math.SQRT1_2);
  // −log(1 − δ²)/μ₁² as (δ/μ₁)² times a factor that is 1 where δ² is below rounding.
  const square = bias * bias;
  const slope = mu1 === 0 ? Math.sqrt(2 / Math.PI) : bias / mu1;
  return slope * slope * (square < Number.EPSILON / 4 ? 1 : -Math.log1p(-square) / square);
}
