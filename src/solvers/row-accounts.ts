import type { Ask, RunRow } from '../core/solver.ts';

/** Traces keep every evaluation up to this one, and then one per growth by `TRACE_GROWTH`: at most 104 up to 10⁵. */
const TRACE_DENSE = 64;
const TRACE_GROWTH = 1.2;

/** The evaluation whose loss a trace keeps after it has kept this one. */
function nextKept(count: number): number {
  return count < TRACE_DENSE ? count + 1 : Math.ceil(count * TRACE_GROWTH);
}

/**
 * Numbers of evaluations at which traces say exactly how far a row has come.
 *
 * @param most  the largest is at most this; >= 1
 * @example
 * keptEvaluations(100).slice(-4); // => [63, 64, 77, 93]
 */
export function keptEvaluations(most: number): readonly number[] {
  const kept: number[] = [];
  for (let count = 1; count <= most; count = nextKept(count)) kept.push(count);
  return kept;
}

/** What the runner knows of each row: counts, budget, best loss told, trace. */
export interface RowAccounts {
  /** Counts one evaluation of the row and returns true, or returns false where its evaluations are over. */
  open(row: number, need: Ask['need']): boolean;
  /** Records the loss of an opened evaluation, in the order of opening; +∞ for a point that was not finite. */
  record(row: number, value: number): void;
  /** True if the row ended at the target and this loss keeps it. */
  keepsTarget(row: number, loss: number): boolean;
  summary(row: number): Pick<RunRow, 'bestLoss' | 'evaluations' | 'nonFinite' | 'trace'>;
}

/** Accounts of `rows` rows that may spend `evaluationsPerRow` each and end early at `targetLoss`. */
export function rowAccounts(rows: number, evaluationsPerRow: number, targetLoss: number): RowAccounts {
  const values = new Float64Array(rows);
  const gradients = new Float64Array(rows);
  const recorded = new Float64Array(rows);
  const nonFinite = new Float64Array(rows);
  const best = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  const awaited = new Float64Array(rows).fill(1);
  const traces = Array.from({ length: rows }, (): (readonly [number, number])[] => []);
  return {
    open: (b, need) => {
      if (values[b]! + gradients[b]! >= evaluationsPerRow || best[b]! <= targetLoss) return false;
      const counts = need === 'value' ? values : gradients;
      counts[b] = counts[b]! + 1;
      return true;
    },
    record: (b, value) => {
      const count = recorded[b]! + 1;
      recorded[b] = count;
      if (value === Number.POSITIVE_INFINITY) nonFinite[b] = nonFinite[b]! + 1;
      if (value < best[b]!) best[b] = value;
      if (count < awaited[b]!) return;
      traces[b]!.push([count, best[b]!]);
      awaited[b] = nextKept(count);
    },
    keepsTarget: (b, loss) => best[b]! <= targetLoss && loss <= targetLoss,
    summary: (b) => {
      const trace = traces[b]!.slice();
      const last = trace[trace.length - 1];
      if (last !== undefined && last[0] < recorded[b]!) trace.push([recorded[b]!, best[b]!]);
      return {
        bestLoss: best[b]!,
        evaluations: { values: values[b]!, gradients: gradients[b]! },
        nonFinite: nonFinite[b]!,
        trace,
      };
    },
  };
}
