import type { Claim, FormulaCell, FormulaClaim } from '../core/claim.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { type DecisionDistribution, decisionDistribution } from './decision-distribution.ts';
import type { SequentialTestSpec, StatisticalTest } from './decision-rules.ts';
import { earliestDecision } from './decision-times.ts';

/** Probability with which a planned number of trials must suffice under the stated alternative. */
const SURE = 0.99;
/** Power that makes a gap detectable. */
const DETECTED = 0.9;
/** Once so much is decided, what is left changes no digit that is shown. */
const NEARLY_ALL = 1 - 1e-6;
/** Gaps are found to this width, and rounded up. */
const GAP_WIDTH = 1e-3;
/** Without `maxTrials`, the exact distribution is not followed further than this. */
const LONGEST_PLAN = 2 ** 17;

/** What to expect of a statistical test of 0/1 events before it runs. */
export interface StatisticalPlan {
  /** θ = (1 + θ₁)/2: the mean under which trials and power are stated. */
  readonly alternative: number;
  /** Trials by which half of all runs are decided; undefined where that is beyond `maxTrials`. */
  readonly medianTrials: number | undefined;
  /** Trials by which 99 % of all runs are decided, at most `maxTrials`. */
  readonly plannedTrials: number;
  /** P(supported within `maxTrials`) under the alternative. */
  readonly power: number;
  /** Smallest θ − θ₀ that is supported with probability 0.9 within `maxTrials`; undefined where no θ is. */
  readonly minimalGap: number | undefined;
  /** Smallest number of trials that can support, all of them successes. */
  readonly earliestSupport: number;
  /** Smallest number of trials that can refute, all of them failures: what the control takes at least. */
  readonly earliestRefutation: number;
}

/** What to expect of one cell of a formula before it runs, if the theory is right. */
export interface CellPlan {
  readonly label: string;
  readonly theory: number;
  /** Trials by which the interval lies within theory ± (b + δ) in 99 % of all runs, at most `maxTrials`. */
  readonly plannedTrials: number;
  /** P(supported within `maxTrials`). */
  readonly power: number;
  /** Smallest number of trials that can refute the wrong theory: what the control takes at least. */
  readonly earliestRefutation: number;
}

/** A claim's plan. */
export type ClaimPlan =
  | { readonly kind: 'law'; readonly cases: number }
  | ({ readonly kind: 'statistical'; readonly maxTrials: number } & StatisticalPlan)
  | { readonly kind: 'formula'; readonly maxTrials: number; readonly cells: readonly CellPlan[] };

/** The alternative under which a statistical test is planned: half way between θ₁ and certainty. */
export function statedAlternative(test: { readonly theta1: number }): number {
  return (1 + test.theta1) / 2;
}

function earliest(theta0: number, alpha: number): number {
  // Against a mean of 0 a single positive sample is infinite evidence.
  return theta0 <= 0 ? 1 : earliestDecision(theta0, alpha);
}

function meanPlanned(test: SequentialTestSpec): number {
  return test.kind === 'statistical' ? statedAlternative(test) : test.theory;
}

/** First number of trials by which this share of all runs is decided; undefined where the walk ended before. */
function quantile({ decided }: DecisionDistribution, probability: number): number | undefined {
  const trials = decided.findIndex((share) => share >= probability);
  return trials < 0 ? undefined : trials;
}

/**
 * Trials by which the test is decided with probability at least 0.99 under its stated alternative, at most `maxTrials`.
 *
 * Exact, by `decisionDistribution`, for 0/1 events of mean θ = (1 + θ₁)/2 in statistical tests, of mean T in formula
 * tests. Events have the largest variance of all trials of their mean: others are decided sooner.
 *
 * @param test  as for `judge`; anything invalid throws as there. Without `maxTrials`, a test that takes more than
 *              131072 trials throws `out-of-range`
 * @returns an integer >= 1
 * @example
 * plannedTrials({ kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: 1e-5, maxTrials: 60 }); // => 45
 */
export function plannedTrials(test: SequentialTestSpec): number {
  const limit = test.maxTrials ?? LONGEST_PLAN;
  const trials = quantile(decisionDistribution(test, meanPlanned(test), limit, SURE), SURE);
  if (trials !== undefined) return trials;
  if (test.maxTrials !== undefined) return limit;
  throw new InverseClaimsError('out-of-range', {
    where: 'plannedTrials: "maxTrials"',
    expected: `a number, for a test that takes more than ${LONGEST_PLAN} trials`,
    received: 'undefined',
  });
}

/** P(supported within the trials allowed) for 0/1 events of mean θ. It grows with θ. */
function power(test: BudgetedTest, theta: number): number {
  return decisionDistribution(test, theta, test.maxTrials, NEARLY_ALL).supported;
}

/** A statistical test with its budget. */
export type BudgetedTest = StatisticalTest & { readonly maxTrials: number };

/**
 * The smallest θ − θ₀ that is supported with probability at least 0.9 within `maxTrials`, found by bisection on the
 * exact distribution to 0.001 and rounded up; undefined where not even θ = 1 is.
 *
 * @param test  as for `judge`, with `maxTrials`, for 0/1 events; anything invalid throws as there
 * @example
 * minimalGap({ kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: 1e-5, maxTrials: 60 }); // => 0.375
 */
export function minimalGap(test: BudgetedTest): number | undefined {
  if (power(test, 1) < DETECTED) return undefined;
  let [low, high] = [test.theta0, 1];
  while (high - low > GAP_WIDTH) {
    const middle = (low + high) / 2;
    if (power(test, middle) >= DETECTED) high = middle;
    else low = middle;
  }
  return high - test.theta0;
}

/** The plan of a statistical test; anything invalid throws as in `judge`. */
export function planOfStatistical(test: BudgetedTest): StatisticalPlan {
  const alternative = statedAlternative(test);
  const distribution = decisionDistribution(test, alternative, test.maxTrials, NEARLY_ALL);
  return {
    alternative,
    medianTrials: quantile(distribution, 0.5),
    plannedTrials: quantile(distribution, SURE) ?? test.maxTrials,
    power: distribution.supported,
    minimalGap: minimalGap(test),
    earliestSupport: earliest(test.theta0, test.alpha),
    earliestRefutation: earliest(1 - test.theta1, test.alpha),
  };
}

function planOfCell(claim: FormulaClaim, { label, theory, wrongTheory }: FormulaCell): CellPlan {
  const { bias, resolution, maxTrials } = claim;
  const alpha = claim.alpha / claim.cells.length;
  const test = { kind: 'formula', theory, bias, resolution, alpha, maxTrials } as const;
  const distribution = decisionDistribution(test, theory, maxTrials, NEARLY_ALL);
  const [over, under] = [wrongTheory + bias, 1 - (wrongTheory - bias)];
  return {
    label,
    theory,
    plannedTrials: quantile(distribution, SURE) ?? maxTrials,
    power: distribution.supported,
    earliestRefutation: Math.min(
      over < 1 ? earliest(over, alpha / 2) : Number.POSITIVE_INFINITY,
      under < 1 ? earliest(under, alpha / 2) : Number.POSITIVE_INFINITY,
    ),
  };
}

/**
 * What to expect of a claim before any of its trials is run: a pure function of the claim's numbers.
 *
 * @param claim  of any kind; invalid thresholds throw as in `judge`
 */
export function planOfClaim(claim: Claim): ClaimPlan {
  switch (claim.kind) {
    case 'law':
      return { kind: 'law', cases: claim.cases };
    case 'statistical': {
      const { kind, theta0, theta1, alpha, maxTrials } = claim;
      return { kind, maxTrials, ...planOfStatistical({ kind, theta0, theta1, alpha, maxTrials }) };
    }
    case 'formula':
      return {
        kind: 'formula',
        maxTrials: claim.maxTrials,
        cells: claim.cells.map((cell) => planOfCell(claim, cell)),
      };
  }
}
