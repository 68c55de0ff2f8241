import { requireNumber } from '../core/errors.ts';
import { type Random, stream } from '../core/random.ts';
import { requireAlpha } from './confidence-sequence.ts';
import { decisionRule, type StatisticalTest } from './decision-rules.ts';
import { type BettingProcess, capitalOfCounts, type Direction } from './e-process.ts';

/**
 * Whether a test on 0/1 trials stops at these counts. Monotone: where s successes of t trials cross upwards, so do
 * s + 1 of t (`'above'`); where they cross downwards, so do s − 1 of t (`'below'`).
 */
export type CrossingPredicate = (successes: number, trials: number) => boolean;

/** How a test with one boundary ends within the trials allowed. */
export interface Crossing {
  /** P(the boundary is ever crossed). */
  readonly probability: number;
  /** First trial by which half of all sequences have crossed; undefined where there is none. */
  readonly medianTrials: number | undefined;
}

/** How a test with two boundaries ends within the trials allowed. */
export interface Outcomes {
  readonly supported: number;
  readonly refuted: number;
  readonly undecided: number;
  /** First trial by which half of all sequences are decided; undefined where there is none. */
  readonly medianTrials: number | undefined;
  /** Mean number of trials taken, at most the number allowed. */
  readonly meanTrials: number;
}

/** Where a walk of successes stops: at or beyond `above` (`supported`), at or beyond `below` (`refuted`). */
interface Boundaries {
  readonly above?: CrossingPredicate;
  readonly below?: CrossingPredicate;
}

/** Less probable states at the edges are counted as crossed: all of them together weigh less than 1e-30. */
const NEGLIGIBLE = 1e-40;

/**
 * The exact distribution of a stopped walk, trial by trial: mass[s] is the probability that s successes were seen and
 * nothing was decided. Only the window of states that carry mass is visited.
 */
export function stoppedWalk(trueMean: number, maxTrials: number, { above, below }: Boundaries): Outcomes {
  const mass = new Float64Array(maxTrials + 2);
  mass[0] = 1;
  let [first, last] = [0, 0];
  let [supported, refuted, alive, meanTrials] = [0, 0, 1, 0];
  let medianTrials: number | undefined;
  for (let trials = 1; trials <= maxTrials && first <= last; trials++) {
    meanTrials += alive;
    last++;
    for (let s = last; s > first; s--) mass[s] = mass[s]! * (1 - trueMean) + mass[s - 1]! * trueMean;
    mass[first]! *= 1 - trueMean;
    while (first <= last && (mass[last]! < NEGLIGIBLE || above?.(last, trials) === true)) {
      supported += mass[last]!;
      mass[last--] = 0;
    }
    while (first <= last && (mass[first]! < NEGLIGIBLE || below?.(first, trials) === true)) {
      refuted += mass[first]!;
      mass[first++] = 0;
    }
    alive = 1 - supported - refuted;
    if (medianTrials === undefined && supported + refuted >= 0.5) medianTrials = trials;
  }
  let undecided = 0;
  for (let s = first; s <= last; s++) undecided += mass[s]!;
  return { supported, refuted, undecided, medianTrials, meanTrials };
}

/** `crosses` of the betting e-process: K(m) >= 1/α in the direction given (`'above'` by default). */
export function bettingCrosses(options: {
  readonly nullMean: number;
  readonly alpha: number;
  readonly direction?: Direction;
}): CrossingPredicate {
  const { nullMean, alpha, direction = 'above' } = options;
  requireAlpha('bettingCrosses: "alpha"', alpha);
  requireNumber('bettingCrosses: "nullMean"', nullMean, { minimum: 0, maximum: 1 });
  const threshold = -Math.log(alpha);
  const logCapital = capitalOfCounts(nullMean, direction);
  return (successes, trials) => logCapital(successes, trials - successes) >= threshold;
}

/**
 * Exact probability that 0/1 trials ever cross a boundary: dynamic programming over (trials, successes), no sampling.
 *
 * At trueMean = nullMean it is the true error of a sequential test, whatever the theory behind it says; an e-process at
 * 1/α must give at most α. States less likely than 1e-40 count as crossed, so that the result errs upwards by < 1e-30.
 *
 * @param options  crosses: the boundary, monotone in the successes; trueMean in [0, 1]; maxTrials >= 1; direction of
 *                 the boundary, `'above'` unless given. Anything else throws `out-of-range` or `not-finite`
 * @example
 * const crosses = bettingCrosses({ nullMean: 0.5, alpha: 0.05 });
 * exactCrossingProbability({ crosses, trueMean: 0.5, maxTrials: 1000 }).probability < 0.05; // => true
 */
export function exactCrossingProbability(options: {
  readonly crosses: CrossingPredicate;
  readonly trueMean: number;
  readonly maxTrials: number;
  readonly direction?: Direction;
}): Crossing {
  const { crosses, trueMean, maxTrials, direction = 'above' } = options;
  requireNumber('exactCrossingProbability: "trueMean"', trueMean, { minimum: 0, maximum: 1 });
  requireNumber('exactCrossingProbability: "maxTrials"', maxTrials, { minimum: 1, integer: true });
  const walk = stoppedWalk(trueMean, maxTrials, direction === 'above' ? { above: crosses } : { below: crosses });
  return {
    probability: direction === 'above' ? walk.supported : walk.refuted,
    medianTrials: walk.medianTrials,
  };
}

/**
 * Exact distribution of the verdicts of a statistical test on 0/1 trials of a given mean: its errors, its power and
 * the trials it takes.
 *
 * @param test      as for `judge`, with maxTrials
 * @param trueMean  in [0, 1]; anything else throws `out-of-range` or `not-finite`
 * @example
 * const coin = { kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: 1e-5, maxTrials: 200 } as const;
 * exactOutcomes(coin, 1).medianTrials; // => 19
 */
export function exactOutcomes(test: StatisticalTest & { readonly maxTrials: number }, trueMean: number): Outcomes {
  decisionRule('exactOutcomes', test);
  requireNumber('exactOutcomes: "trueMean"', trueMean, { minimum: 0, maximum: 1 });
  return stoppedWalk(trueMean, test.maxTrials, {
    above: bettingCrosses({ nullMean: test.theta0, alpha: test.alpha }),
    below: bettingCrosses({ nullMean: test.theta1, alpha: test.alpha, direction: 'below' }),
  });
}

/**
 * Estimated probability that an e-process ever reaches 1/α on samples of any distribution in [0, 1].
 *
 * @param options  start: makes a fresh process; sample: draws one sample; alpha in (0, 1); maxTrials and repetitions
 *                 >= 1; seed in [0, 2^48). Anything else throws
 * @returns the fraction of repetitions that crossed: standard error √(p(1 − p)/repetitions)
 */
export function monteCarloCrossing(options: {
  readonly start: () => Pick<BettingProcess, 'add' | 'logCapital'>;
  readonly sample: (random: Random) => number;
  readonly alpha: number;
  readonly maxTrials: number;
  readonly repetitions: number;
  readonly seed: number;
}): Crossing {
  const { start, sample, alpha, maxTrials, repetitions, seed } = options;
  requireAlpha('monteCarloCrossing: "alpha"', alpha);
  requireNumber('monteCarloCrossing: "maxTrials"', maxTrials, { minimum: 1, integer: true });
  requireNumber('monteCarloCrossing: "repetitions"', repetitions, { minimum: 1, integer: true });
  const threshold = -Math.log(alpha);
  const times: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const random = stream(seed, 'verdicts/monte-carlo-crossing', repetition);
    const process = start();
    for (let trials = 1; trials <= maxTrials; trials++) {
      process.add(sample(random));
      if (process.logCapital() < threshold) continue;
      times.push(trials);
      break;
    }
  }
  times.sort((a, b) => a - b);
  return { probability: times.length / repetitions, medianTrials: times[Math.ceil(repetitions / 2) - 1] };
}
