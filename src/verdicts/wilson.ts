import { requireNumber } from '../core/errors.ts';
import type { CrossingPredicate } from './calibration.ts';
import { requireAlpha } from './confidence-sequence.ts';
import type { Direction } from './e-process.ts';

/** Levels of the continued fraction below: relative error under 1e-12 for z >= 0.5. */
const LEVELS = 400;

/** P(Z > z) = φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))) for z > 0. Laplace's continued fraction, Abramowitz & Stegun 26.2.14. */
function normalTail(z: number): number {
  let fraction = z;
  for (let k = LEVELS; k >= 1; k--) fraction = z + k / fraction;
  return Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI) / fraction;
}

/**
 * The upper quantile of the standard normal: z with P(Z > z) = α, by bisection.
 *
 * @param alpha  in (0, 0.3]; outside it the result means nothing
 * @example
 * normalQuantile(5e-10).toFixed(3); // => '6.109'
 */
export function normalQuantile(alpha: number): number {
  let [low, high] = [0.5, 40];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalTail(middle) > alpha) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The failing control of the calibration: a Wilson score interval of one-sided error α, meant for one look at a number
 * of trials fixed beforehand, here looked at after every trial. Never used for a verdict.
 *
 *     bound beyond m  ⇔  |s − n m| > z √(n m (1 − m)) on that side
 *
 * @param options  nullMean in (0, 1), alpha in (0, 0.3] per look, direction `'above'` unless given; others throw
 * @see Wilson, "Probable inference", JASA 22 (1927) 209.
 */
export function wilsonCrosses(options: {
  readonly nullMean: number;
  readonly alpha: number;
  readonly direction?: Direction;
}): CrossingPredicate {
  const { nullMean, alpha, direction = 'above' } = options;
  requireNumber('wilsonCrosses: "nullMean"', nullMean, { above: 0, maximum: 1 - Number.EPSILON });
  requireAlpha('wilsonCrosses: "alpha"', alpha);
  requireNumber('wilsonCrosses: "alpha"', alpha, { maximum: 0.3 });
  const z = normalQuantile(alpha);
  const sign = direction === 'above' ? 1 : -1;
  return (successes, trials) =>
    sign * (successes - trials * nullMean) > z * Math.sqrt(trials * nullMean * (1 - nullMean));
}
