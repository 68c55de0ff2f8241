import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import { requireAlpha } from './confidence-sequence.ts';
import { type BettingProcess, bettingProcess } from './e-process.ts';

/** "The mean θ of samples in [0, 1] lies above θ₀": supported above θ₀, refuted below θ₁ > θ₀. */
export interface StatisticalTest {
  readonly kind: 'statistical';
  /** In [0, 1). */
  readonly theta0: number;
  /** In (theta0, 1]. */
  readonly theta1: number;
  /** What the claim costs: the probability that its verdict is wrong, in (0, 1). */
  readonly alpha: number;
  /** Samples taken at most; no limit where absent. */
  readonly maxTrials?: number;
}

/** "The mean equals T up to the bias b": supported within T ± (b + δ), refuted outside T ± b. */
export interface FormulaTest {
  readonly kind: 'formula';
  /** T in [0, 1]. */
  readonly theory: number;
  /** b >= 0; 0 for exact statements. */
  readonly bias: number;
  /** δ >= 0, with b + δ > 0. */
  readonly resolution: number;
  /** What the claim costs: the probability that its verdict is wrong, in (0, 1). */
  readonly alpha: number;
  /** Samples taken at most; no limit where absent. */
  readonly maxTrials?: number;
}

export type SequentialTestSpec = StatisticalTest | FormulaTest;

/** What a rule finds, and why. */
export interface Finding {
  readonly outcome: 'supported' | 'refuted';
  readonly reason: string;
}

/** One way to decide: takes samples, finds something or nothing. */
export interface DecisionRule {
  /** Error of each bound of the confidence sequence shown beside it. */
  readonly boundAlpha: number;
  add(x: number): Finding | undefined;
  logFor(): number;
  logAgainst(): number;
  /** What would decide after these trials, in words. */
  needs(trials: number, mean: number): string;
}

/** Log evidence is shown up to here, so that it stays a finite number in every report (it is infinite at a null of 0). */
const LARGEST_LOG_EVIDENCE = 1e4;
/** Forecasts beyond this many trials are not given as a number. */
const LONGEST_FORECAST = 1e7;

function shown(logEvidence: number): number {
  return Math.min(logEvidence, LARGEST_LOG_EVIDENCE);
}

/** Further trials until the capital, each bet growing at its rate so far, reaches the threshold. */
function furtherTrials(process: BettingProcess, threshold: number, trials: number): number {
  if (trials === 0) return Number.POSITIVE_INFINITY;
  const reaches = (further: number): boolean => process.projectedLogCapital(1 + further / trials) >= threshold;
  // The projection is convex in the trials and starts below the threshold: it is reached once and for all, or never.
  let [low, high] = [0, 1];
  while (!reaches(high)) {
    if (high > LONGEST_FORECAST) return Number.POSITIVE_INFINITY;
    [low, high] = [high, 2 * high];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The sentence of an undecided verdict from the forecast of each way it could end. */
function forecast(ways: readonly (readonly [trials: number, reason: string])[], trials: number, mean: number): string {
  if (trials === 0) return 'trials: none was run';
  const [soonest, reason] = ways.reduce((first, way) => (way[0] < first[0] ? way : first));
  const observed = `the observed mean ${Number(mean.toPrecision(4))}`;
  return soonest > LONGEST_FORECAST
    ? `more than ${LONGEST_FORECAST.toExponential(0)} trials: at ${observed} the evidence hardly grows in either direction`
    : `about ${soonest} further trials: at ${observed} they would show it ${reason}`;
}

const ABOVE = 'above θ₀';
const BELOW = 'below θ₁';

function statisticalRule(test: StatisticalTest): DecisionRule {
  const above = bettingProcess(test.theta0, 'above');
  const below = bettingProcess(test.theta1, 'below');
  const threshold = -Math.log(test.alpha);
  return {
    boundAlpha: test.alpha,
    add(x) {
      above.add(x);
      below.add(x);
      const isAbove = above.logCapital() >= threshold;
      const isBelow = below.logCapital() >= threshold;
      if (isBelow) return { outcome: 'refuted', reason: isAbove ? 'between θ₀ and θ₁' : BELOW };
      return isAbove ? { outcome: 'supported', reason: ABOVE } : undefined;
    },
    logFor: () => shown(above.logCapital()),
    logAgainst: () => shown(below.logCapital()),
    needs: (trials, mean) =>
      forecast(
        [
          [furtherTrials(above, threshold, trials), `${ABOVE} = ${test.theta0}`],
          [furtherTrials(below, threshold, trials), `${BELOW} = ${test.theta1}`],
        ],
        trials,
        mean,
      ),
  };
}

/** One side of the wide band; its largest evidence so far is kept. Absent where the side cannot be violated. */
interface Side {
  readonly process: BettingProcess;
  largest: number;
}

/**
 * Latching is valid: where the claim of support is false, the mean is outside the wide band, so the null of one of the
 * two sides is true, and that side ever crosses 2/α with probability at most α/2, whenever the other one crossed.
 * A refutation is wrong only if both narrow nulls are true: at most α/2 + α/2.
 */
function formulaRule(test: FormulaTest): DecisionRule {
  const { theory, bias, resolution } = test;
  const threshold = Math.log(2 / test.alpha);
  const [low, high] = [theory - bias - resolution, theory + bias + resolution];
  const sides: Side[] = [];
  if (low > 0) sides.push({ process: bettingProcess(low, 'above'), largest: 0 });
  if (high < 1) sides.push({ process: bettingProcess(high, 'below'), largest: 0 });
  const over = theory + bias < 1 ? bettingProcess(theory + bias, 'above') : undefined;
  const under = theory - bias > 0 ? bettingProcess(theory - bias, 'below') : undefined;
  const narrow = [over, under].filter((process) => process !== undefined);
  const logFor = (): number => sides.reduce((least, side) => Math.min(least, side.largest), Number.POSITIVE_INFINITY);
  const crossed = (process: BettingProcess | undefined): boolean =>
    process !== undefined && process.logCapital() >= threshold;
  return {
    boundAlpha: test.alpha / 2,
    add(x) {
      for (const process of narrow) process.add(x);
      for (const side of sides) {
        side.process.add(x);
        side.largest = Math.max(side.largest, side.process.logCapital());
      }
      const inside = logFor() >= threshold;
      const where = crossed(over) ? 'above' : crossed(under) ? 'below' : undefined;
      if (where !== undefined) {
        const how = bias === 0 ? `${where} theory` : `${where} theory by more than the bias`;
        return { outcome: 'refuted', reason: inside ? `${how}, though within the resolution` : how };
      }
      return inside ? { outcome: 'supported', reason: 'within the resolution of theory' } : undefined;
    },
    logFor: () => shown(logFor()),
    logAgainst: () => shown(narrow.reduce((most, process) => Math.max(most, process.logCapital()), -Infinity)),
    needs(trials, mean) {
      const missing = sides.filter((side) => side.largest < threshold);
      const support = missing.map((side) => furtherTrials(side.process, threshold, trials));
      const refute = narrow.map((process) => furtherTrials(process, threshold, trials));
      return forecast(
        [
          [Math.max(...support), `within ${bias + resolution} of theory ${theory}`],
          [Math.min(...refute), `off theory ${theory}`],
        ],
        trials,
        mean,
      );
    },
  };
}

function requireStatistical(where: string, test: StatisticalTest): void {
  requireNumber(`${where}: "theta0"`, test.theta0, { minimum: 0, maximum: 1 });
  requireNumber(`${where}: "theta1"`, test.theta1, { minimum: 0, maximum: 1 });
  if (test.theta0 < test.theta1) return;
  throw new InverseClaimsError('out-of-range', {
    where: `${where}: "theta0"`,
    expected: `theta0 < theta1 = ${test.theta1}`,
    received: String(test.theta0),
    hint: 'between them either verdict would be correct; with wider gaps decisions come sooner',
  });
}

function requireFormula(where: string, test: FormulaTest): void {
  requireNumber(`${where}: "theory"`, test.theory, { minimum: 0, maximum: 1 });
  requireNumber(`${where}: "bias"`, test.bias, { minimum: 0 });
  requireNumber(`${where}: "resolution"`, test.resolution, { minimum: 0 });
  const reach = test.bias + test.resolution;
  if (reach > 0 && (test.theory - reach > 0 || test.theory + reach < 1)) return;
  throw new InverseClaimsError('out-of-range', {
    where: `${where}: "resolution"`,
    expected: 'bias + resolution > 0 and a band theory ± (bias + resolution) that does not cover [0, 1]',
    received: `bias ${test.bias}, resolution ${test.resolution}`,
    hint: reach > 0 ? 'every mean would support the theory' : 'no number of trials shows exact equality',
  });
}

/** The rule of a test, after its numbers were checked; `where` names the caller in errors. */
export function decisionRule(where: string, test: SequentialTestSpec): DecisionRule {
  requireAlpha(`${where}: "alpha"`, test.alpha);
  if (test.maxTrials !== undefined) {
    requireNumber(`${where}: "maxTrials"`, test.maxTrials, { minimum: 1, integer: true });
  }
  if (test.kind === 'statistical') {
    requireStatistical(where, test);
    return statisticalRule(test);
  }
  requireFormula(where, test);
  return formulaRule(test);
}
