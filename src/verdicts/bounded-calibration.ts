import { requireNumber } from '../core/errors.ts';
import { type Random, stream } from '../core/random.ts';
import { bettingProcess } from './e-process.ts';
import { normalQuantile } from './wilson.ts';

/** A distribution on [0, 1] whose mean is exactly the null mean it is tested against. */
export interface NullDistribution {
  readonly name: string;
  readonly mean: number;
  sample(random: Random): number;
}

/** Uniform; skewed, with a density infinite at 0: U³ ~ Beta(1/3, 1); and two points, one of them inside (0, 1). */
export const nullDistributions: readonly NullDistribution[] = [
  { name: 'uniform', mean: 0.5, sample: (random) => random.uniform() },
  { name: 'Beta(1/3, 1)', mean: 0.25, sample: (random) => random.uniform() ** 3 },
  { name: '0 or 1/2', mean: 0.25, sample: (random) => (random.uniform() < 0.5 ? 0.5 : 0) },
];

/** How far one sequence of samples from a null distribution went astray. */
export interface NullSequence {
  /** Largest ln K over all trials: the engine's test at level α crosses where it reaches ln(1/α). */
  readonly logCapital: number;
  /** Largest (mean − m)√n/s over n >= 30: peeking at normal intervals of level α crosses where it exceeds z(α). */
  readonly score: number;
}

/** Number of samples from which a normal interval is usually held to be good enough. */
const FIRST_PEEK = 30;

/**
 * Draws `horizon` samples with the null mean and follows the engine's e-process and a normal interval along them.
 *
 * @param start  makes the e-process against a null mean; the engine's unless given
 */
export function nullSequence(
  random: Random,
  { mean, sample }: NullDistribution,
  horizon: number,
  start: typeof bettingProcess = bettingProcess,
): NullSequence {
  const process = start(mean, 'above');
  let [logCapital, score] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  // Sum and sum of squares of the deviations from the null mean: no cancellation to speak of.
  let [sum, squares] = [0, 0];
  for (let n = 1; n <= horizon; n++) {
    const x = sample(random);
    process.add(x);
    logCapital = Math.max(logCapital, process.logCapital());
    sum += x - mean;
    squares += (x - mean) ** 2;
    const variance = (squares - sum ** 2 / n) / (n - 1);
    if (n >= FIRST_PEEK) score = Math.max(score, sum / Math.sqrt(n * variance));
  }
  return { logCapital, score };
}

/** Whether a sequence ever crossed: the engine's test, and peeking at normal intervals. */
export interface Crossings {
  readonly engine: boolean;
  readonly peeking: boolean;
}

/** The crossings of sequences at level α (one-sided error of each normal interval), α in (0, 0.3]. */
export function crossingsAt(alpha: number): (sequence: NullSequence) => Crossings {
  const [threshold, quantile] = [-Math.log(alpha), normalQuantile(alpha)];
  return ({ logCapital, score }) => ({ engine: logCapital >= threshold, peeking: score > quantile });
}

/** A frequency over independent repetitions. */
export interface Frequency {
  readonly rate: number;
  /** √(p(1 − p)/repetitions); that of a single occurrence where there was none. */
  readonly standardError: number;
}

/** How often sequences from one null distribution cross at one level. */
export interface BoundedRow {
  readonly distribution: string;
  readonly mean: number;
  readonly alpha: number;
  readonly repetitions: number;
  /** Samples per sequence. */
  readonly horizon: number;
  /** The engine's test. */
  readonly engine: Frequency;
  /** The control: a normal interval for a fixed number of samples, looked at after every sample from the 30th on. */
  readonly peeking: Frequency;
}

const ALPHAS = [0.05, 0.01, 1e-3] as const;
const REPETITIONS = 2000;
const HORIZON = 500;
/** The estimates belong to the engine, not to a verification: one seed for all. */
const SEED = 1;

function frequency(occurrences: number, repetitions: number): Frequency {
  const rate = occurrences / repetitions;
  const p = Math.max(rate, 1 / repetitions);
  return { rate, standardError: Math.sqrt((p * (1 - p)) / repetitions) };
}

/**
 * The calibration on samples other than 0 and 1, by Monte Carlo with a fixed seed: 2000 sequences of 500 samples from
 * each null distribution, at the levels 0.05, 0.01 and 1e-3.
 *
 * @param options  start: makes the e-process under calibration, the engine's unless given; repetitions: sequences per
 *                 distribution, >= 1, 2000 unless given. Anything else throws `out-of-range` or `not-finite`
 * @example
 * boundedCalibration({ repetitions: 100 })[0].engine.rate < 0.05; // => true
 * @see Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting", JRSS-B 86 (2024) 1.
 */
export function boundedCalibration(
  options: { readonly start?: typeof bettingProcess; readonly repetitions?: number } = {},
): readonly BoundedRow[] {
  const { start = bettingProcess, repetitions = REPETITIONS } = options;
  requireNumber('boundedCalibration: "repetitions"', repetitions, { minimum: 1, integer: true });
  return nullDistributions.flatMap((distribution) => {
    const { name, mean } = distribution;
    const sequences = Array.from({ length: repetitions }, (_, repetition) =>
      nullSequence(stream(SEED, `verdicts/calibration/${name}`, repetition), distribution, HORIZON, start),
    );
    return ALPHAS.map((alpha) => {
      const crossed = sequences.map(crossingsAt(alpha));
      const share = (test: keyof Crossings): Frequency =>
        frequency(crossed.filter((sequence) => sequence[test]).length, repetitions);
      const [engine, peeking] = [share('engine'), share('peeking')];
      return { distribution: name, mean, alpha, repetitions, horizon: HORIZON, engine, peeking };
    });
  });
}
