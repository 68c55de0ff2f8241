import { requireNumber } from '../core/errors.ts';
import { requireAlpha } from './confidence-sequence.ts';
import { BET_FRACTIONS, capitalOfCounts, LOG_BETS } from './e-process.ts';

/**
 * Smallest number of trials after which θ₀ can be exceeded at all: all of them successes.
 *
 * No test can be faster than ln(1/α)/−ln θ₀; the mixture of bets costs up to ln 16/−ln θ₀ more.
 * By symmetry `earliestDecision(1 − θ₁, α)` is the earliest refutation.
 *
 * @param theta0  in (0, 1)
 * @param alpha   in (0, 1); anything else throws `out-of-range` or `not-finite`
 * @example
 * earliestDecision(0.5, 1e-5); // => 19
 * earliestDecision(0.999, 1e-3); // => 8466
 */
export function earliestDecision(theta0: number, alpha: number): number {
  requireNumber('earliestDecision: "theta0"', theta0, { above: 0, maximum: 1 - Number.EPSILON });
  requireAlpha('earliestDecision: "alpha"', alpha);
  const threshold = -Math.log(alpha);
  const logCapital = capitalOfCounts(theta0, 'above');
  const decides = (trials: number): boolean => logCapital(trials, 0) >= threshold;
  let [low, high] = [0, 1];
  while (!decides(high)) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (decides(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Approximate number of 0/1 trials of mean θ until θ₀ is exceeded, by the growth of the best bet of the grid.
 *
 *     (ln(1/α) + ln 16) / maxⱼ { θ ln(1 − fⱼ + fⱼ/θ₀) + (1 − θ) ln(1 − fⱼ) }
 *
 * An approximation: it leaves out the overshoot at the decision and what the other bets add. It is within 0.95 and 1.25
 * times the exact median (`exactCrossingProbability`) for gaps of 0.09 and more. Samples between 0 and 1 are decided
 * sooner than events of the same mean. By symmetry `expectedTrials(1 − θ, 1 − θ₁, α)` is the time to a refutation.
 *
 * @param theta   true mean, in [0, 1]
 * @param theta0  in (0, 1)
 * @param alpha   in (0, 1); anything else throws `out-of-range` or `not-finite`
 * @returns a number >= 1; `Infinity` where no bet of the grid grows, as for every θ <= θ₀
 * @example
 * Math.round(expectedTrials(0.9, 0.5, 1e-5)); // => 39
 */
export function expectedTrials(theta: number, theta0: number, alpha: number): number {
  requireNumber('expectedTrials: "theta"', theta, { minimum: 0, maximum: 1 });
  requireNumber('expectedTrials: "theta0"', theta0, { above: 0, maximum: 1 - Number.EPSILON });
  requireAlpha('expectedTrials: "alpha"', alpha);
  const odds = (1 - theta0) / theta0;
  const growth = BET_FRACTIONS.map(
    (f) => theta * Math.log1p(f * odds) + (theta < 1 ? (1 - theta) * Math.log1p(-f) : 0),
  );
  const best = Math.max(...growth);
  return best > 0 ? Math.max(1, (LOG_BETS - Math.log(alpha)) / best) : Number.POSITIVE_INFINITY;
}
