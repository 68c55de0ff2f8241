import type { ReportClaim, ReportSequence } from './schema.ts';

/** An estimate with its confidence sequence. */
export interface Interval {
  /** null before the first trial. */
  readonly mean: number | null;
  readonly lower: number;
  readonly upper: number;
  readonly trials: number;
}

/** An interval, of a claim or of one cell of it, that is not what it was. */
export interface IntervalChange {
  readonly id: string;
  readonly cell?: string;
  readonly before: Interval;
  readonly after: Interval;
  /** upper − lower. */
  readonly width: { readonly before: number; readonly after: number };
  /** True where the two intervals have no number in common. */
  readonly apart: boolean;
}

/** How far an interval moved, in its own widths: by its mean, or by its middle where there is none. */
export function shiftOf({ before, after, width }: IntervalChange): number {
  const center = ({ mean, lower, upper }: Interval): number => mean ?? (lower + upper) / 2;
  const distance = Math.abs(center(after) - center(before));
  return distance === 0 ? 0 : distance / Math.max(width.before, width.after, Number.EPSILON);
}

/** Intervals of a claim that was judged twice, where mean or bounds changed. */
export function intervalChanges(before: ReportClaim, after: ReportClaim): readonly IntervalChange[] {
  const old = intervalsOf(before);
  return [...intervalsOf(after)].flatMap(([key, { cell, interval }]) => {
    const earlier = old.get(key)?.interval;
    if (earlier === undefined || isSame(earlier, interval)) return [];
    return [
      {
        id: after.id,
        ...(cell === undefined ? {} : { cell }),
        before: earlier,
        after: interval,
        width: { before: earlier.upper - earlier.lower, after: interval.upper - interval.lower },
        apart: interval.lower > earlier.upper || interval.upper < earlier.lower,
      },
    ];
  });
}

function isSame(one: Interval, other: Interval): boolean {
  return one.mean === other.mean && one.lower === other.lower && one.upper === other.upper;
}

/** Intervals by a key that pairs them: that of the claim, or those of its cells by label, equal labels in order. */
function intervalsOf({ evidence }: ReportClaim): ReadonlyMap<string, { cell?: string; interval: Interval }> {
  if (evidence?.kind === 'sequence') return new Map([['sequence', { interval: intervalOf(evidence) }]]);
  if (evidence?.kind !== 'cells') return new Map();
  const { cells } = evidence;
  return new Map(
    cells.map((cell, k) => {
      const twins = cells.slice(0, k).filter(({ label }) => label === cell.label).length;
      return [`cell ${twins} ${cell.label}`, { cell: cell.label, interval: intervalOf(cell) }];
    }),
  );
}

function intervalOf({ mean, lower, upper, trials }: Omit<ReportSequence, 'kind'>): Interval {
  return { mean, lower, upper, trials };
}
