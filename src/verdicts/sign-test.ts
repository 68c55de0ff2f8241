import betainc from '@stdlib/math-base-special-betainc';
import { requireNumber } from '../core/errors.ts';

/**
 * Exact two-sided sign test: the probability, if better and worse were equally likely, of a split at least as uneven.
 *
 *     p = min(1, 2 P(X >= max(worse, better))),   X binomial(worse + better, 1/2)
 *
 * Ties are left out (Dixon & Mood 1946, J. Am. Stat. Assoc. 41, 557). The tail is the regularized incomplete beta function
 * I_{1/2}(k, n − k + 1).
 *
 * @param worse   integer >= 0; others throw `out-of-range` or `not-finite`
 * @param better  integer >= 0
 * @example
 * signTest(5, 0); // => 0.0625
 * signTest(3, 3); // => 1
 */
export function signTest(worse: number, better: number): number {
  requireNumber('signTest: "worse"', worse, { minimum: 0, integer: true });
  requireNumber('signTest: "better"', better, { minimum: 0, integer: true });
  const more = Math.max(worse, better);
  if (more === 0 || worse === better) return 1;
  return Math.min(1, 2 * betainc(0.5, more, worse + better - more + 1));
}
