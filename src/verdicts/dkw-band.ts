import { requireNumber } from '../core/errors.ts';
import { type Band, requireNondecreasing } from './band.ts';
import { requireAlpha } from './confidence-sequence.ts';

/**
 * Simultaneous confidence band for a distribution function F from the empirical one Fₙ of n independent, identically
 * distributed values, at any points, at any n:
 *
 *     P( |Fₙ(x) − F(x)| <= ε for all x ) >= 1 − α,    ε = √( ln(2/α) / (2n) )
 *
 * Theorem (Dvoretzky, Kiefer & Wolfowitz 1956 with the constant of Massart 1990): P(sup |Fₙ − F| > ε) <= 2 exp(−2nε²)
 * for every F, continuous or not, and every n; setting the right side to α gives ε. It is one event for all x, so points
 * may be chosen freely, and values may be +∞ (a problem that was never solved): F then stays below 1.
 *
 * @param shares  (m) Fₙ at nondecreasing points, in [0, 1] and nondecreasing; others throw
 * @param n       number of values, an integer >= 1
 * @param alpha   error of the whole band, in (0, 1)
 * @example
 * dkwBand([0.5], 200, 0.05).low.map((x) => x.toFixed(4)); // => ['0.4040']
 * @see Massart, "The tight constant in the Dvoretzky–Kiefer–Wolfowitz inequality", Ann. Probab. 18 (1990) 1269.
 */
export function dkwBand(shares: readonly number[], n: number, alpha: number): Band {
  requireNondecreasing('dkwBand: "shares"', shares);
  requireNumber('dkwBand: "n"', n, { minimum: 1, integer: true });
  requireAlpha('dkwBand: "alpha"', alpha);
  const halfWidth = Math.sqrt(Math.log(2 / alpha) / (2 * n));
  return {
    low: shares.map((share) => Math.max(0, share - halfWidth)),
    high: shares.map((share) => Math.min(1, share + halfWidth)),
  };
}
