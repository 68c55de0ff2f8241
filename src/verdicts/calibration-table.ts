import { bettingCrosses, type CrossingPredicate, exactCrossingProbability } from './calibration.ts';
import { earliestDecision, expectedTrials } from './decision-times.ts';
import type { Direction } from './e-process.ts';
import { quickCheckFalseFailure } from './quickcheck-schedule.ts';
import { wilsonCrosses } from './wilson.ts';

/** Null mean and level of one row. */
export interface CalibrationCell {
  readonly nullMean: number;
  readonly alpha: number;
}

/** A sequential test on 0/1 trials: where it crosses at its null mean and level, in a direction. */
export type TestOfEvents = (options: CalibrationCell & { readonly direction: Direction }) => CrossingPredicate;

/** Probabilities of ever crossing within the horizon when the mean is exactly the null mean. */
export interface BothErrors {
  /** Of a wrong support, "above θ₀", at θ₀ = the null mean. */
  readonly above: number;
  /** Of a wrong refutation, "below θ₁", at θ₁ = the null mean. */
  readonly below: number;
}

/** What is known exactly of 0/1 trials at one null mean and level. */
export interface CalibrationRow extends CalibrationCell {
  /** Trials over which the probabilities are summed. */
  readonly horizon: number;
  /** Of the engine's test; each at most `alpha`. */
  readonly error: BothErrors;
  /** Of a Wilson score interval for a fixed number of trials that is looked at after every trial. */
  readonly peeking: BothErrors;
  /** False failures of QuickCheck's schedule with certainty 1/alpha: to be compared with `error.below`. */
  readonly quickCheck: number;
  /** First trial by which "above θ₀" can be shown: all trials successes. */
  readonly earliest: number;
  /** Trials until half of all sequences show "above θ₀", for named true means; null where that takes too long. */
  readonly medianTrials: {
    /** θ = 1. */
    readonly always: number | null;
    /** θ = 1 − (1 − θ₀)/10: a tenth of the failures. */
    readonly tenth: number | null;
    /** θ = (1 + θ₀)/2: half of the failures. */
    readonly midway: number | null;
  };
}

const NULL_MEANS = [0.5, 0.9, 0.95, 0.99, 0.999] as const;
const ALPHAS = [0.05, 0.01, 1e-3, 1e-5] as const;

/** Null means 0.5, 0.9, 0.95, 0.99, 0.999, each at the levels 0.05, 0.01, 1e-3, 1e-5. */
export const calibrationCells: readonly CalibrationCell[] = NULL_MEANS.flatMap((nullMean) =>
  ALPHAS.map((alpha) => ({ nullMean, alpha })),
);

/** Trials over which a cell is calibrated: 10 000, or four times the earliest decision where that is more. */
export function calibrationHorizon({ nullMean, alpha }: CalibrationCell): number {
  return Math.max(10_000, 4 * earliestDecision(nullMean, alpha));
}

/**
 * Both exact errors of a test on 0/1 trials within the horizon of the cell.
 *
 * @param test  the engine's unless given
 * @example
 * errorsUnderNull({ nullMean: 0.5, alpha: 0.05 }).above <= 0.05; // => true
 */
export function errorsUnderNull(cell: CalibrationCell, test: TestOfEvents = bettingCrosses): BothErrors {
  const error = (direction: Direction): number =>
    exactCrossingProbability({
      crosses: test({ ...cell, direction }),
      trueMean: cell.nullMean,
      maxTrials: calibrationHorizon(cell),
      direction,
    }).probability;
  return { above: error('above'), below: error('below') };
}

/** Median time of "above θ₀" at a true mean θ > θ₀; half as many trials again as the approximation at least. */
function medianTrials({ nullMean, alpha }: CalibrationCell, trueMean: number, test: TestOfEvents): number | null {
  const crosses = test({ nullMean, alpha, direction: 'above' });
  const maxTrials = Math.ceil(1.5 * expectedTrials(trueMean, nullMean, alpha));
  return exactCrossingProbability({ crosses, trueMean, maxTrials }).medianTrials ?? null;
}

function calibrationRow(cell: CalibrationCell, test: TestOfEvents): CalibrationRow {
  const { nullMean, alpha } = cell;
  const horizon = calibrationHorizon(cell);
  const failures = 1 - nullMean;
  return {
    nullMean,
    alpha,
    horizon,
    error: errorsUnderNull(cell, test),
    peeking: errorsUnderNull(cell, wilsonCrosses),
    quickCheck: quickCheckFalseFailure({ required: nullMean, certainty: 1 / alpha, maxTrials: horizon }),
    earliest: earliestDecision(nullMean, alpha),
    medianTrials: {
      always: medianTrials(cell, 1, test),
      tenth: medianTrials(cell, 1 - failures / 10, test),
      midway: medianTrials(cell, 1 - failures / 2, test),
    },
  };
}

/**
 * The calibration of the engine on 0/1 trials: every probability exact, by dynamic programming; nothing is sampled.
 *
 * One row for each null mean 0.5, 0.9, 0.95, 0.99, 0.999 and level 0.05, 0.01, 1e-3, 1e-5. Beside the engine's errors
 * stand those of two tests that must fail: a Wilson interval looked at after every trial, and QuickCheck's schedule.
 *
 * @param test   the engine's unless given: another one shows what the table says of it
 * @param cells  null means in (0, 1) and levels in (0, 0.3]; anything else throws. All 20 unless given
 * @example
 * calibrationTable().every(({ alpha, error }) => Math.max(error.above, error.below) <= alpha); // => true
 * @see Ville, "Étude critique de la notion de collectif" (1939): P(an e-process ever reaches 1/α) <= α;
 * Wilson, "Probable inference", JASA 22 (1927) 209; for QuickCheck see `quickCheckFalseFailure`.
 */
export function calibrationTable(
  test: TestOfEvents = bettingCrosses,
  cells: readonly CalibrationCell[] = calibrationCells,
): readonly CalibrationRow[] {
  return cells.map((cell) => calibrationRow(cell, test));
}
