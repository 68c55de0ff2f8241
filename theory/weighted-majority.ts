import { InverseClaimsError, requireNumber } from '../src/core/errors.ts';
import { majorityVote } from './voting.ts';

/** Subsets are enumerated: 2^20 of them take some 10 ms. */
const MOST_MEMBERS = 20;

/**
 * Alignment E sgn Σ ςᵢ mᵢ of a sum of gradients with given magnitudes mᵢ > 0 and independent signs ςᵢ = ±1, each right
 * with probability p; ties count 0. By enumeration of all 2ⁿ patterns of signs, so exact up to rounding, 1e-15. For
 * p >= ½ it lies in `chaosBounds`. T7a, ours.
 *
 * @param magnitudes  1 to 20 finite numbers > 0; anything else throws
 * @param p           in [0, 1]
 * @example
 * weightedMajority([1, 1, 1], 0.75); // => 0.6875
 * weightedMajority([1, 1, 3], 0.75); // => 0.5
 */
export function weightedMajority(magnitudes: readonly number[], p: number): number {
  requireNumber('weightedMajority: "p"', p, { minimum: 0, maximum: 1 });
  const n = magnitudes.length;
  if (n === 0 || n > MOST_MEMBERS) {
    throw new InverseClaimsError('shape-mismatch', {
      where: 'weightedMajority: "magnitudes"',
      expected: `1 to ${MOST_MEMBERS} numbers`,
      received: String(n),
    });
  }
  for (const m of magnitudes) requireNumber('weightedMajority: "magnitudes"', m, { above: 0 });
  // Margins around the middle of an exact tie are compared with the largest magnitude as unit, so that none overflows.
  const unit = Math.max(...magnitudes);
  let total = 0;
  const visit = (index: number, margin: number, weight: number): void => {
    if (weight === 0) return;
    if (index === n) {
      total += weight * Math.sign(margin);
      return;
    }
    const step = magnitudes[index]! / unit;
    visit(index + 1, margin + step, weight * p);
    visit(index + 1, margin - step, weight * (1 - p));
  };
  visit(0, 0, 1);
  return total;
}

/**
 * Between what the alignment of a sum lies for every law of positive magnitudes that is independent of the signs: the
 * alignment 2p − 1 of one example and that of the majority vote, W_n(p). Both are reached, by magnitudes dominated by
 * one and by equal ones. For p < ½ they change places. T7a, ours; optimality of the majority and the inequality of
 * Efron and Stein are classical.
 *
 * @param n  examples: an integer in [1, 2^53], or Infinity
 * @param p  probability that a sign is right, in [0, 1]
 * @returns lower <= upper
 * @example
 * chaosBounds(3, 0.75); // => { lower: 0.5, upper: 0.6875 }
 */
export function chaosBounds(n: number, p: number): { readonly lower: number; readonly upper: number } {
  if (n !== Number.POSITIVE_INFINITY)
    requireNumber('chaosBounds: "n"', n, { minimum: 1, maximum: 2 ** 53, integer: true });
  requireNumber('chaosBounds: "p"', p, { minimum: 0, maximum: 1 });
  const one = 2 * p - 1;
  const vote = n === Number.POSITIVE_INFINITY ? Math.sign(one) : majorityVote(n, p);
  return { lower: Math.min(one, vote), upper: Math.max(one, vote) };
}
