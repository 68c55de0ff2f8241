import betainc from '@stdlib/math-base-special-betainc';
import { InverseClaimsError } from '../core/errors.ts';
import { requireAlpha } from './confidence-sequence.ts';
import type { Estimate } from './estimate.ts';

/**
 * Sample median with an interval that covers the median of any distribution, from order statistics:
 *
 *     [x₍ⱼ₎, x₍ₙ₊₁₋ⱼ₎],   j the largest with  2 P(X < j) <= α,   X binomial(n, 1/2)
 *
 * Fewer than j values lie below the median with probability P(X < j) at most, whatever the distribution, and likewise above
 * (David & Nagaraja, "Order Statistics", 2003, section 7.1). Where no j >= 1 qualifies, as for n <= 5 at α = 0.05, the bounds
 * are infinite.
 *
 * @param values  independent, at least one, none NaN (`not-finite`); ±Infinity is a value
 * @param alpha   error of both sides together, in (0, 1)
 * @example
 * medianInterval([4, 1, 3, 2, 5, 6], 0.05); // => { value: 3.5, low: 1, high: 6, count: 6 }
 */
export function medianInterval(values: readonly number[], alpha: number): Estimate {
  requireAlpha('medianInterval: "alpha"', alpha);
  if (values.length === 0 || values.some(Number.isNaN)) {
    throw new InverseClaimsError(values.length === 0 ? 'shape-mismatch' : 'not-finite', {
      where: 'medianInterval: "values"',
      expected: 'at least one number, none of them NaN',
      received: values.length === 0 ? 'none' : 'NaN',
    });
  }
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  const j = rankOf(n, alpha);
  return {
    value: middle(sorted),
    low: sorted[j - 1] ?? Number.NEGATIVE_INFINITY,
    high: sorted[n - j] ?? Number.POSITIVE_INFINITY,
    count: n,
  };
}

/** The largest j with 2 P(X < j) <= α, or 0. P(X <= j) = I_{1/2}(n − j, j + 1). */
function rankOf(n: number, alpha: number): number {
  let j = 0;
  while (j + 1 <= n / 2 && 2 * betainc(0.5, n - j, j + 1) <= alpha) j += 1;
  return j;
}

function middle(sorted: readonly number[]): number {
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  if (sorted.length % 2 === 1) return upper;
  const lower = sorted[half - 1] as number;
  return lower === upper ? upper : (lower + upper) / 2;
}
