import type { Run } from '../../core/solver.ts';
import { compareRuns, share } from '../run-comparison.ts';

/** Losses closer than this are tied: far below the noise floor 0.63 and the side minima 3 to 10 of the wave packet. */
export const TIE_TOLERANCE = 1e-3;
/** A converged method is at the global minimum when its loss is this close to the oracle's. */
export const SOLVED_TOLERANCE = 0.05;
/** An unrefined network keeps the residual of minibatch Adam (mean excess 0.01): same basin, not same digit. */
export const SAME_BASIN_TOLERANCE = 0.5;

/** Fraction of rows whose loss is within `tolerance` of the global minimum. A row that diverged counts as unsolved. */
export function solvedFraction(run: Run, globalLoss: Float64Array, tolerance: number): number {
  return share(run.rows, ({ loss }, i) => loss <= (globalLoss[i] as number) + tolerance);
}

/** Fractions of rows on which `result` ends lower, equal or higher than `other`, by more than the tie tolerance. */
export function compareLosses(result: Run, other: Run): { better: number; tied: number; worse: number } {
  return compareRuns(result, other, TIE_TOLERANCE);
}
