import erfc from '@stdlib/math-base-special-erfc';
import { InverseClaimsError } from '../core/errors.ts';

/** Below this, Φ is the density times Mills' ratio, whose continued fraction needs no more than `LEVELS` levels there. */
const FAR_TAIL = -8;
const LEVELS = 60;
const LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

function requireReal(where: string, x: number): void {
  if (!Number.isNaN(x)) return;
  throw new InverseClaimsError('not-finite', { where, expected: 'a number, infinite ones included', received: 'NaN' });
}

/**
 * Distribution function of the standard normal law, Φ(x) = erfc(−x/√2)/2, with small relative error in the lower tail
 * (about x² rounding errors, down to where numbers end at x = −38.5). For the upper tail take Φ(−x).
 *
 * @param x  any number, ±∞ included; NaN throws `not-finite`
 * @example
 * normalCdf(0); // => 0.5
 * normalCdf(-10).toPrecision(10); // => '7.619853024e-24'
 * normalCdf(Infinity); // => 1
 */
export function normalCdf(x: number): number {
  requireReal('normalCdf: "x"', x);
  return 0.5 * erfc(-x * Math.SQRT1_2);
}

/**
 * Density of the standard normal law, φ(x) = exp(−x²/2)/√(2π).
 *
 * @param x  any number, ±∞ included; NaN throws `not-finite`
 * @example
 * normalDensity(0); // => 0.398942280401432…
 */
export function normalDensity(x: number): number {
  requireReal('normalDensity: "x"', x);
  return Math.exp(-0.5 * x * x - LOG_SQRT_TWO_PI);
}

/** Φ(−x)/φ(x) for x >= 8 by Laplace's continued fraction 1/(x + 1/(x + 2/(x + …))). */
function millsRatio(x: number): number {
  let fraction = x;
  for (let k = LEVELS; k >= 1; k--) fraction = x + k / fraction;
  return 1 / fraction;
}

/**
 * log Φ(x), also where Φ(x) is below the smallest number: −x²/2 − log √(2π) + log of Mills' ratio for x < −8.
 *
 * @param x  any number, ±∞ included; NaN throws `not-finite`
 * @returns a number <= 0; −∞ for x = −∞ and where −x²/2 overflows
 * @example
 * logNormalCdf(0); // => -0.693147180559945…
 * logNormalCdf(-100); // => -5005.5242086942…
 * @see Abramowitz & Stegun, Handbook of Mathematical Functions (1964), 26.2.14, for the continued fraction.
 */
export function logNormalCdf(x: number): number {
  requireReal('logNormalCdf: "x"', x);
  if (x === Number.NEGATIVE_INFINITY) return x;
  if (x < FAR_TAIL) return -0.5 * x * x - LOG_SQRT_TWO_PI + Math.log(millsRatio(-x));
  // Near 1 the logarithm of Φ is that of 1 − Φ(−x).
  return x < 0 ? Math.log(normalCdf(x)) : Math.log1p(-normalCdf(-x));
}
