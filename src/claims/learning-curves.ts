import type { Run } from '../core/solver.ts';
import { share } from './run-comparison.ts';

/** Steps at which a whole set is looked at: about eight per decade, the first and the last one included. */
export function looks(iterations: number): number[] {
  const grid = Array.from({ length: 60 }, (_, i) => Math.round(10 ** (i / 8)));
  return [...new Set([0, ...grid.filter((step) => step < iterations), iterations])];
}

/** Best loss of a row within so many evaluations; undefined before the first. */
function bestLoss({ trace }: Run['rows'][number], evaluations: number): number | undefined {
  return trace.filter(([used]) => used <= evaluations).at(-1)?.[1];
}

/** Mean over rows of the best loss within e evaluations, for each e of the grid. */
export function meanBestLoss(result: Run, grid: readonly number[]): (number | null)[] {
  return grid.map((evaluations) => {
    let sum = 0;
    for (const row of result.rows) {
      const reached = bestLoss(row, evaluations);
      if (reached === undefined) return null;
      sum += reached;
    }
    return sum / result.rows.length;
  });
}

/** Share of the rows whose best loss within so many steps is better, for each number of steps. */
export function sharesOfBest(
  result: Run,
  steps: readonly number[],
  isBetter: (loss: number, row: number) => boolean,
): number[] {
  return steps.map((step) =>
    share(result.rows, (row, b) => isBetter(bestLoss(row, step) ?? Number.POSITIVE_INFINITY, b)),
  );
}
