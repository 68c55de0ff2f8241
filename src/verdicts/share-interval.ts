import betainc from '@stdlib/math-base-special-betainc';
import { requireNumber } from '../core/errors.ts';
import { bisect } from '../numerics/bisection.ts';
import { requireAlpha } from './confidence-sequence.ts';
import type { Estimate } from './estimate.ts';

/**
 * Exact confidence interval of a probability from k successes in n independent trials.
 *
 *     low:  P(X >= k | low) = α/2,    high:  P(X <= k | high) = α/2,    X binomial(n, ·)
 *
 * Covers with probability at least 1 − α at every n and every probability (Clopper & Pearson, Biometrika 26 (1934) 404),
 * for a number of trials that was fixed beforehand. P(X >= k | p) is the regularized incomplete beta function I_p(k, n − k + 1).
 *
 * @param successes  integer in [0, trials]; others throw `out-of-range` or `not-finite`
 * @param trials     integer >= 1
 * @param alpha      error of both sides together, in (0, 1)
 * @example
 * const { low, high } = shareInterval(0, 100, 0.05);
 * [low, high.toFixed(6)]; // => [0, '0.036217']
 */
export function shareInterval(successes: number, trials: number, alpha: number): Estimate {
  requireNumber('shareInterval: "trials"', trials, { minimum: 1, integer: true });
  requireNumber('shareInterval: "successes"', successes, { minimum: 0, maximum: trials, integer: true });
  requireAlpha('shareInterval: "alpha"', alpha);
  return {
    value: successes / trials,
    low: lowEnd(successes, trials, alpha / 2),
    high: 1 - lowEnd(trials - successes, trials, alpha / 2),
    count: trials,
  };
}

function lowEnd(successes: number, trials: number, alpha: number): number {
  if (successes === 0) return 0;
  return bisect(0, 1, (p) => betainc(p, successes, trials - successes + 1) <= alpha);
}
