import { requireNumber } from '../core/errors.ts';
import { type CrossingPredicate, stoppedWalk } from './calibration.ts';
import { wilsonCrosses } from './wilson.ts';

/** Trials at the first look; each further look is at twice as many. */
const FIRST_LOOK = 100;
/** QuickCheck accepts a frequency that is shown to be at least this share of the required one. */
const TOLERANCE = 0.9;

function isLook(trials: number): boolean {
  const doublings = Math.log2(trials / FIRST_LOOK);
  return doublings >= 0 && Number.isInteger(doublings);
}

/**
 * Exact probability that QuickCheck's `checkCoverage` rejects a generator whose frequency is exactly the required one.
 *
 * It looks after 100, 200, 400, … trials at a Wilson score interval of two-sided error 1/certainty per look, fails when
 * its upper end is below the required frequency p, accepts when its lower end is at least 0.9 p, and goes on otherwise.
 * Its documentation promises a false failure at most once in `certainty` runs. Neither the normal approximation nor the
 * repeated looks are paid for, so the promise breaks; this is a control of the calibration, never used for a verdict.
 *
 * @param options  required: p in (0, 1), also the true frequency; certainty > 5/3; maxTrials >= 1, looks beyond it are
 *                 not taken. Anything else throws `out-of-range` or `not-finite`
 * @example
 * const atMost = { required: 0.999, certainty: 1e9, maxTrials: 200 };
 * quickCheckFalseFailure(atMost).toPrecision(2); // => '0.0011'
 * @see Claessen & Hughes, "QuickCheck: a lightweight tool for random testing of Haskell programs", ICFP (2000) 268;
 * `checkCoverage`, `Confidence` and `sufficientlyCovered` of QuickCheck 2.12 and later.
 */
export function quickCheckFalseFailure(options: {
  readonly required: number;
  readonly certainty: number;
  readonly maxTrials: number;
}): number {
  const { required, certainty, maxTrials } = options;
  requireNumber('quickCheckFalseFailure: "required"', required, { above: 0, maximum: 1 - Number.EPSILON });
  requireNumber('quickCheckFalseFailure: "certainty"', certainty, { above: 5 / 3 });
  requireNumber('quickCheckFalseFailure: "maxTrials"', maxTrials, { minimum: 1, integer: true });
  const alpha = 1 / (2 * certainty);
  const atLooks =
    (crosses: CrossingPredicate): CrossingPredicate =>
    (successes, trials) =>
      isLook(trials) && crosses(successes, trials);
  return stoppedWalk(required, maxTrials, {
    above: atLooks(wilsonCrosses({ nullMean: TOLERANCE * required, alpha })),
    below: atLooks(wilsonCrosses({ nullMean: required, alpha, direction: 'below' })),
  }).refuted;
}
