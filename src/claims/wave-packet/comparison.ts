import { median } from 'simple-statistics';
import type { Facts } from '../../core/claim.ts';
import type { Run } from '../../core/solver.ts';

/** Losses closer than this are tied: far below the noise floor 0.63 and the side minima 3 to 10 of the wave packet. */
export const TIE_TOLERANCE = 1e-3;
/** A converged method is at the global minimum when its loss is this close to the oracle's. */
export const SOLVED_TOLERANCE = 0.05;
/** An unrefined network keeps the residual of minibatch Adam (mean excess 0.01): same basin, not same digit. */
export const SAME_BASIN_TOLERANCE = 0.5;

/** Fraction of rows whose loss is within `tolerance` of the global minimum. A row that diverged counts as unsolved. */
export function solvedFraction(run: Run, globalLoss: Float64Array, tolerance: number): number {
  return fraction(run.rows.map((row, i) => row.loss <= (globalLoss[i] as number) + tolerance));
}

/** Fractions of rows on which `run` ends lower, equal or higher than `other`, by more than the tie tolerance. */
export function compareLosses(run: Run, other: Run): { better: number; tied: number; worse: number } {
  const differences = run.rows.map((row, i) => lossDifference(row.loss, other.rows[i]?.loss ?? Number.NaN));
  const better = fraction(differences.map((difference) => difference < -TIE_TOLERANCE));
  const worse = fraction(differences.map((difference) => difference > TIE_TOLERANCE));
  const tied = fraction(differences.map((difference) => Math.abs(difference) <= TIE_TOLERANCE));
  return { better, tied, worse };
}

/** loss − other, with two diverged runs tied. */
function lossDifference(loss: number, other: number): number {
  return loss === other ? 0 : loss - other;
}

/** Mean and median loss and evaluations per problem of a run, under names that start with `prefix`. */
export function lossFacts(prefix: string, run: Run): Facts {
  const losses = run.rows.map((row) => row.loss);
  return {
    [`${prefix}MeanLoss`]: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    [`${prefix}MedianLoss`]: median(losses),
    [`${prefix}Evaluations`]: evaluationsPerRow(run),
  };
}

/** Simulator evaluations (with or without gradient) per problem. */
export function evaluationsPerRow(run: Run): number {
  const total = run.rows.reduce((sum, row) => sum + row.evaluations.values + row.evaluations.gradients, 0);
  return total / run.rows.length;
}

function fraction(events: readonly boolean[]): number {
  return events.filter(Boolean).length / events.length;
}
