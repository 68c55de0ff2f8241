import { InverseClaimsError } from '../core/errors.ts';
import { confidenceSequence } from '../verdicts/confidence-sequence.ts';
import { signTest } from '../verdicts/sign-test.ts';
import type { Measurement } from './measurement.ts';
import { families } from './problem-set.ts';

/** Error of all verdicts of a comparison together, in either direction. */
export const GATE_ALPHA = 1e-3;

export type Measure = 'evaluations' | 'loss' | 'solved';
export type GateOutcome = 'proved' | 'excluded' | 'undecided';

/** One measure of a solver on a family, head against base, unit by unit. */
export interface MeasureVerdict {
  readonly measure: Measure;
  readonly outcome: GateOutcome;
  /** Mean change in percent (points, for problems solved): positive is worse. */
  readonly change: number;
  /** Confidence interval of the mean change, at level 1 − 2α of this measure. */
  readonly lower: number;
  readonly upper: number;
  /** A regression below it is let through; in the unit of `change`. */
  readonly margin: number;
  readonly worse: number;
  readonly better: number;
  readonly tied: number;
  /** p-value of the exact sign test; shown beside, it decides nothing. */
  readonly signTest: number;
  /** In words: why this outcome, and what would settle an undecided one. */
  readonly because: string;
}

/** A solver on a family: the worst of its measures, or what makes measures pointless. */
export interface GateVerdict {
  readonly solver: string;
  readonly family: string;
  readonly unit: 'problem' | 'training';
  readonly units: number;
  readonly outcome: GateOutcome;
  readonly because: string;
  readonly measures: readonly MeasureVerdict[];
}

/** All verdicts, and the code a gate exits with: 1 a regression is proved, 2 one is not excluded, 0 all are. */
export interface GateResult {
  readonly alpha: number;
  readonly verdicts: readonly GateVerdict[];
  readonly exitCode: 0 | 1 | 2;
}

/** Changes by more than a factor of two count as one of two. */
const CLIP = Math.LN2;
/** Losses above their floor by less than this share of what counts as solved are equal. */
const NEGLIGIBLE = 1e-3;
/** Of families that this version does not know: nothing is let through. */
const NO_MARGIN = { margin: 0, solvedMargin: 0 } as const;
const MEASURES = ['evaluations', 'loss', 'solved'] as const;

/**
 * Compares what solvers do now with what they did, on the same problems. The only place of the gate that decides.
 *
 * Per solver, family and measure, the differences d_i of its units (independent problems, or whole trainings) lie in
 * [−log 2, log 2] (or [−1, 1] for solved or not) and are worse above 0. Their mean has an exact confidence interval at any
 * number of units (`confidenceSequence`); with α split over all k measures compared (Bonferroni), the probability that any
 * regression is proved where the mean is no worse, or excluded where it is beyond its margin, is at most 2α.
 *
 *     proved:    the interval lies above 0      excluded: it lies below the margin, or nothing changed at all
 *
 * A solver that errs at head, or breaks certificates that it kept at base, is proved worse without statistics.
 *
 * @param base  measurements of one version of the problem set
 * @param head  of the same solvers, families and units; what only one side has is left out of the comparison of numbers
 * @throws `shape-mismatch` where a solver has other numbers of units on either side
 */
export function compareMeasurements(
  base: readonly Measurement[],
  head: readonly Measurement[],
  alpha = GATE_ALPHA,
): GateResult {
  const pairs = head.flatMap((now) => {
    const before = base.find(({ solver, family }) => solver === now.solver && family === now.family);
    return before === undefined ? [] : [{ before, now }];
  });
  const each = alpha / Math.max(1, pairs.length * MEASURES.length);
  const verdicts = [
    ...pairs.map(({ before, now }) => verdictOf(before, now, each)),
    ...oneSided(head, base, 'undecided', 'is not in the baseline: "gate --update" adds it'),
    ...oneSided(base, head, 'proved', 'was measured before and is not any more'),
  ];
  const outcomes = verdicts.map(({ outcome }) => outcome);
  const exitCode = outcomes.includes('proved') ? 1 : outcomes.includes('undecided') ? 2 : 0;
  return { alpha, verdicts, exitCode };
}

function oneSided(
  those: readonly Measurement[],
  others: readonly Measurement[],
  outcome: GateOutcome,
  because: string,
): readonly GateVerdict[] {
  return those
    .filter(({ solver, family }) => !others.some((other) => other.solver === solver && other.family === family))
    .map((one) => ({ ...named(one), outcome, because, measures: [] }));
}

function named({ solver, family, solved }: Measurement) {
  const { unit = 'problem' } = families.find(({ name }) => name === family) ?? {};
  return { solver, family, unit, units: solved.length } as const;
}

function verdictOf(before: Measurement, now: Measurement, alpha: number): GateVerdict {
  const name = named(now);
  const certain = withoutStatistics(before, now);
  if (certain !== undefined) return { ...name, ...certain, measures: [] };
  if (before.solved.length !== now.solved.length) {
    throw new InverseClaimsError('shape-mismatch', {
      where: `gate: ${now.solver} on ${now.family}`,
      expected: `${before.solved.length} units, as in the baseline`,
      received: String(now.solved.length),
    });
  }
  const measures = MEASURES.map((measure) => judged(measure, before, now, alpha));
  const worst = (['proved', 'undecided', 'excluded'] as const).find((outcome) =>
    measures.some((each) => each.outcome === outcome),
  );
  const deciding = measures.filter(({ outcome }) => outcome === worst);
  const because = [
    ...new Set(deciding.map(({ because: why, measure }) => (worst === 'excluded' ? why : `${measure}: ${why}`))),
  ];
  return { ...name, outcome: worst ?? 'undecided', because: because.join('; '), measures };
}

/** Errors and broken certificates need no test. */
function withoutStatistics(
  before: Measurement,
  now: Measurement,
): Pick<GateVerdict, 'outcome' | 'because'> | undefined {
  if (now.error !== undefined && before.error === undefined)
    return { outcome: 'proved', because: `errs: ${now.error}` };
  if (now.error !== undefined) return { outcome: 'undecided', because: `errs as before: ${now.error}` };
  if (before.error !== undefined)
    return { outcome: 'undecided', because: 'erred in the baseline: nothing to compare with' };
  if (now.violations > before.violations) {
    return { outcome: 'proved', because: `${now.violations} certificates broken, ${before.violations} before` };
  }
  return undefined;
}

function judged(measure: Measure, before: Measurement, now: Measurement, alpha: number): MeasureVerdict {
  const family = families.find(({ name }) => name === now.family);
  const { margin: share, solvedMargin } = family ?? NO_MARGIN;
  const [scale, margin] = measure === 'solved' ? [1, solvedMargin] : [CLIP, Math.log1p(share)];
  const differences = now.solved.map((_, i) => differenceOf(measure, before, now, i));
  const worse = differences.filter((d) => d > 0).length;
  const better = differences.filter((d) => d < 0).length;
  const counts = { worse, better, tied: differences.length - worse - better, signTest: signTest(worse, better) };
  const percent = (d: number): number => 100 * (measure === 'solved' ? d : Math.expm1(d));
  const shown = { measure, margin: percent(margin), ...counts };
  if (worse === 0 && better === 0) {
    const because = `identical on all ${differences.length}`;
    return { ...shown, outcome: 'excluded', change: 0, lower: 0, upper: 0, because };
  }
  const interval = confidenceSequence(
    differences.map((d) => (d + scale) / (2 * scale)),
    { alpha },
  );
  const back = (z: number): number => (2 * z - 1) * scale;
  const [mean, lower, upper] = [back(interval.mean), back(interval.lower), back(interval.upper)];
  const outcome: GateOutcome = lower > 0 ? 'proved' : upper < margin ? 'excluded' : 'undecided';
  return {
    ...shown,
    outcome,
    change: percent(mean),
    lower: percent(lower),
    upper: percent(upper),
    because: reason(outcome, { mean, upper, margin, scale, alpha, units: differences.length }),
  };
}

/** Difference of unit i, worse above 0, clipped. */
function differenceOf(measure: Measure, before: Measurement, now: Measurement, i: number): number {
  if (measure === 'solved') return (before.solved[i] as number) - (now.solved[i] as number);
  const [was, is] = measure === 'evaluations' ? costs(before, now, i) : [floored(before, i), floored(now, i)];
  if (was === is) return 0;
  return Math.min(CLIP, Math.max(-CLIP, Math.log(is) - Math.log(was)));
}

/** Evaluations until solved; where neither side solved the unit, those until it gave up. */
function costs(before: Measurement, now: Measurement, i: number): readonly [number, number] {
  const [was, is] = [before.toTarget[i] ?? null, now.toTarget[i] ?? null];
  if (was === null && is === null) return [before.evaluations[i] as number, now.evaluations[i] as number];
  return [was ?? Number.POSITIVE_INFINITY, is ?? Number.POSITIVE_INFINITY];
}

function floored({ excess, family }: Measurement, i: number): number {
  const gap = GAPS[family] ?? 1e-8;
  return Math.max(excess[i] ?? Number.POSITIVE_INFINITY, NEGLIGIBLE * gap);
}

/** Per family, what counts as solved. */
const GAPS: Readonly<Record<string, number>> = Object.fromEntries(families.map(({ name, gap }) => [name, gap]));

interface Reasoned {
  readonly mean: number;
  readonly upper: number;
  readonly margin: number;
  readonly scale: number;
  readonly alpha: number;
  readonly units: number;
}

function reason(outcome: GateOutcome, { mean, upper, margin, scale, alpha, units }: Reasoned): string {
  if (outcome === 'proved') return upper < margin ? 'proved worse, though by less than the margin' : 'proved worse';
  if (outcome === 'excluded') return 'a regression beyond the margin is excluded';
  // Widths of betting intervals shrink at least like √(2 log(1/α)/n) of the range.
  const distance = Math.max(Math.abs(mean), Math.abs(margin - mean)) / (2 * scale);
  const needed = Math.max(2 * units, Math.ceil((2 * Math.log(1 / alpha)) / (4 * distance * distance)));
  return `neither proved nor excluded; about ${needed} units would settle it, or a wider margin`;
}
