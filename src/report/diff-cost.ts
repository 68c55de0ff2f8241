import type { Report, ReportClaim } from './schema.ts';

/** An amount before and after. */
export interface Amounts {
  readonly before: number;
  readonly after: number;
}

/** What one claim, or for seconds one trial source, took. */
export interface CostChange extends Amounts {
  readonly what: 'trials' | 'cases' | 'evaluations' | 'seconds';
  readonly id: string;
  /** after / before; null where there was nothing before. */
  readonly ratio: number | null;
}

/** What both reports took. Seconds are an indication only: they depend on the machine and on what else it did. */
export interface Costs {
  /** Trials judged, over claims in both reports; trials that claims share count for each. */
  readonly trials: Amounts;
  /** Cases of laws, over claims in both reports. */
  readonly cases: Amounts;
  /** Simulator evaluations that trials recorded, over claims in both reports that name some. */
  readonly evaluations: Amounts;
  /** Seconds of workers over all trials and laws, remembered ones included. */
  readonly workerSeconds: Amounts;
  readonly totalSeconds: Amounts;
  /** Jobs answered from a journal or the cache. */
  readonly reusedJobs: Amounts;
  /** What changed, by claim or trial source, the largest ratio first. */
  readonly changes: readonly CostChange[];
}

type Pair = readonly [before: ReportClaim, after: ReportClaim];

/** Shorter than this, seconds say nothing. */
const SECONDS_WORTH_A_LINE = 1;

const AMOUNTS: readonly (readonly [Exclude<CostChange['what'], 'seconds'>, (claim: ReportClaim) => number | null])[] = [
  ['trials', trialsOf],
  ['cases', ({ evidence }) => (evidence?.kind === 'cases' ? evidence.tried : null)],
  ['evaluations', evaluationsOf],
];

/** Compares what the reports took, claims by `pairs` of those in both. */
export function compareCosts(before: Report, after: Report, pairs: readonly Pair[]): Costs {
  const rows = AMOUNTS.flatMap(([what, read]) => pairs.flatMap((pair) => amounts(what, pair, read)));
  const total = (what: CostChange['what']): Amounts => sums(rows.filter((row) => row.what === what));
  const timed = (key: 'totalSeconds' | 'reusedJobs'): Amounts => ({
    before: before.timings[key],
    after: after.timings[key],
  });
  const changes = [...rows, ...secondsBySource(before, after)].filter((row) => row.before !== row.after);
  return {
    trials: total('trials'),
    cases: total('cases'),
    evaluations: total('evaluations'),
    workerSeconds: { before: workerSeconds(before), after: workerSeconds(after) },
    totalSeconds: timed('totalSeconds'),
    reusedJobs: timed('reusedJobs'),
    changes: changes.sort((one, other) => sizeOf(other) - sizeOf(one) || (one.id < other.id ? -1 : 1)),
  };
}

/** The amount of a claim in both reports; nothing where one of them has none. */
function amounts(
  what: CostChange['what'],
  [before, after]: Pair,
  read: (claim: ReportClaim) => number | null,
): readonly CostChange[] {
  const [old, now] = [read(before), read(after)];
  return old === null || now === null ? [] : [change(what, after.id, old, now)];
}

function change(what: CostChange['what'], id: string, before: number, after: number): CostChange {
  return { what, id, before, after, ratio: before > 0 ? after / before : null };
}

function trialsOf({ evidence }: ReportClaim): number | null {
  if (evidence?.kind === 'sequence') return evidence.trials;
  return evidence?.kind === 'cells' ? evidence.cells.reduce((sum, { trials }) => sum + trials, 0) : null;
}

/** Mean times trials over the facts that count evaluations; null where there is none, or one is not finite. */
function evaluationsOf({ facts }: ReportClaim): number | null {
  const counted = facts.filter(({ unit }) => unit === 'evaluations');
  if (counted.length === 0 || counted.some(({ mean }) => mean === null)) return null;
  return counted.reduce((sum, { mean, trials }) => sum + (mean ?? 0) * trials, 0);
}

function sums(rows: readonly Amounts[]): Amounts {
  return {
    before: rows.reduce((sum, row) => sum + row.before, 0),
    after: rows.reduce((sum, row) => sum + row.after, 0),
  };
}

function workerSeconds({ timings: { sources } }: Report): number {
  return Object.values(sources).reduce((sum, { seconds }) => sum + seconds, 0);
}

function secondsBySource({ timings: before }: Report, { timings: after }: Report): readonly CostChange[] {
  return Object.entries(after.sources).flatMap(([id, { seconds }]) => {
    const earlier = Object.hasOwn(before.sources, id) ? before.sources[id]?.seconds : undefined;
    if (earlier === undefined || Math.max(earlier, seconds) < SECONDS_WORTH_A_LINE) return [];
    return [change('seconds', id, earlier, seconds)];
  });
}

/** |log ratio|: infinite where there was nothing before or is nothing after. */
function sizeOf({ ratio }: CostChange): number {
  return ratio === null ? Number.MAX_VALUE : Math.min(Number.MAX_VALUE, Math.abs(Math.log(ratio)));
}
