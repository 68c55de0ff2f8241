import type { Run } from '../../core/solver.ts';
import { compareRuns, share } from '../run-comparison.ts';

/** A shot is solved where the ball ends within 0.01 of the wanted place: |p − y*|² < 1e-4. */
export const SOLVED_LOSS = 1e-4;
/** Losses of converged methods closer than this are tied; losses that count are 1e-2 to 1. */
const TIE_TOLERANCE = 1e-6;

/** Fraction of rows with a loss below `SOLVED_LOSS`. */
export function solvedShare({ rows }: Run): number {
  return share(rows, ({ loss }) => loss < SOLVED_LOSS);
}

/** Fractions of rows on which `result` ends lower or higher than `other` by more than the tie tolerance. */
export function compared(result: Run, other: Run): { readonly better: number; readonly worse: number } {
  return compareRuns(result, other, TIE_TOLERANCE);
}
