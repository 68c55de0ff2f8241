import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, selectClaims } from '../claims/catalogue.ts';
import type { Claim, TrialSource } from '../core/claim.ts';
import { numberText } from '../report/number-text.ts';
import { type CellPlan, type ClaimPlan, planOfClaim } from '../verdicts/plan.ts';

/** Jobs and worker seconds that a past run spent on each trial source and law. */
export type PastCosts = Readonly<Record<string, { readonly jobs: number; readonly seconds: number }>>;

/** A claim with its plan. */
interface Planned {
  readonly claim: Claim;
  readonly plan: ClaimPlan;
}

/** `plan [claim or prefix …]`: what the claims are expected to take, before anything is run. */
export function plan(names: readonly string[], tier: 'quick' | 'full', reports: string): string {
  const planned = selectClaims(catalogue, names, tier).map((claim) => ({ claim, plan: planOfClaim(claim) }));
  const past = pastCosts(join(reports, 'report.json'));
  const total = totalText(planned, past);
  return [...planned.map((each) => planText(each, past)), total].join('\n\n');
}

/**
 * The costs a report tells of; undefined where there is no report or it tells none. Read as plain JSON, not through the
 * schema: the estimate may come from a report of another version, and is only an estimate.
 */
export function pastCosts(path: string): PastCosts | undefined {
  if (!existsSync(path)) return undefined;
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
  const sources = field(field(report, 'timings'), 'sources');
  if (typeof sources !== 'object' || sources === null) return undefined;
  const costs = Object.entries(sources).flatMap(([id, cost]) => {
    const [jobs, seconds] = [field(cost, 'jobs'), field(cost, 'seconds')];
    return isPositive(jobs) && isPositive(seconds) ? [[id, { jobs, seconds }] as const] : [];
  });
  return Object.fromEntries(costs);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

/** Trials a claim is expected to ask of each source, its control at its earliest. */
function trialsOf({ claim, plan: expected }: Planned): readonly (readonly [TrialSource, number])[] {
  if (claim.kind === 'statistical' && expected.kind === 'statistical') {
    return [
      [claim.measurement.trials, expected.plannedTrials],
      [claim.control.trials, expected.earliestRefutation],
    ];
  }
  if (claim.kind !== 'formula' || expected.kind !== 'formula') return [];
  return claim.cells.map((cell, k) => [cell.measurement.trials, (expected.cells[k] as CellPlan).plannedTrials]);
}

/** Jobs per source (or law) that the claims need together: each trial is computed once for all of them. */
function jobsOf(planned: readonly Planned[]): ReadonlyMap<string, number> {
  const jobs = new Map<string, number>();
  for (const each of planned) {
    if (each.claim.kind === 'law') jobs.set(each.claim.id, 2);
    for (const [source, trials] of trialsOf(each)) {
      jobs.set(source.id, Math.max(jobs.get(source.id) ?? 0, Math.ceil(trials / source.chunk)));
    }
  }
  return jobs;
}

/** CPU seconds of the claims together; undefined where the past run lacks one of their sources. */
function cpuSeconds(planned: readonly Planned[], past: PastCosts): number | undefined {
  let seconds = 0;
  for (const [source, jobs] of jobsOf(planned)) {
    const known = past[source];
    if (known === undefined) return undefined;
    seconds += (jobs * known.seconds) / known.jobs;
  }
  return seconds;
}

function cpuText(planned: readonly Planned[], past: PastCosts | undefined): string {
  const seconds = past === undefined ? undefined : cpuSeconds(planned, past);
  return seconds === undefined ? 'no past run' : `about ${numberText(seconds, 2)} s, from the last run`;
}

function totalText(planned: readonly Planned[], past: PastCosts | undefined): string {
  const alpha = planned.reduce((sum, { claim }) => sum + (claim.kind === 'law' ? 0 : claim.alpha), 0);
  return (
    `${planned.length} claim${planned.length === 1 ? '' : 's'}, error spent at most ${numberText(alpha, 3)}\n` +
    `  CPU        ${cpuText(planned, past)}, trials shared between claims counted once`
  );
}

function planText(each: Planned, past: PastCosts | undefined): string {
  const { claim, plan: expected } = each;
  const lines = [...expectationLines(claim, expected), `CPU        ${cpuText([each], past)}`];
  return [`${claim.id}  (${claim.kind}, ${claim.tier})`, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** Never rounded up to certainty. */
const percent = (share: number): string =>
  share > 0.9999 && share < 1 ? 'over 99.99 %' : `${numberText(100 * share, 4)} %`;

function expectationLines(claim: Claim, expected: ClaimPlan): readonly string[] {
  if (expected.kind === 'law') {
    return [`search     ${numberText(expected.cases)} cases, as many for the control; no error spent`];
  }
  if (claim.kind === 'statistical' && expected.kind === 'statistical') {
    const { medianTrials: half, minimalGap: gap } = expected;
    const unit = `${claim.measurement.trials.unit}s`;
    return [
      `test       supported above ${claim.theta0}, refuted below ${claim.theta1}, α = ${claim.alpha}`,
      `trials     if it held in ${percent(expected.alternative)} of all ${unit}: half of all runs decide ` +
        `${half === undefined ? 'later than allowed' : `by ${numberText(half)}`}, 99 % by ${numberText(expected.plannedTrials)}`,
      `power      ${percent(expected.power)} within the ${numberText(expected.maxTrials)} ${unit} allowed`,
      `detects    ${gap === undefined ? 'nothing with power 0.9' : `a frequency ${numberText(gap, 3)} above ${claim.theta0} with power 0.9`}`,
      `earliest   support after ${numberText(expected.earliestSupport)}, refutation after ${numberText(expected.earliestRefutation)}`,
      `control    takes at least ${numberText(expected.earliestRefutation)} ${claim.control.trials.unit}s`,
    ];
  }
  return expected.kind === 'formula' && claim.kind === 'formula'
    ? [
        `test       within ${claim.bias} + ${claim.resolution} of theory, refuted beyond ${claim.bias}, α = ${claim.alpha} over all cells`,
        ...expected.cells.map((cell) => cellLine(cell, expected.maxTrials)),
      ]
    : [];
}

function cellLine(cell: CellPlan, maxTrials: number): string {
  return (
    `trials     ${cell.label}: if theory ${numberText(cell.theory, 4)} is right, 99 % of all runs decide by ` +
    `${numberText(cell.plannedTrials)} of ${numberText(maxTrials)}, power ${percent(cell.power)}; ` +
    `control at least ${numberText(cell.earliestRefutation)}`
  );
}
