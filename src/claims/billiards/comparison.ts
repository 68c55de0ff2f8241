import type { FactMeaning } from '../../core/claim.ts';
import type { Run } from '../../core/solver.ts';

/** A shot is solved where the ball ends within 0.01 of the wanted place: |p − y*|² < 1e-4. */
export const SOLVED_LOSS = 1e-4;
/** Losses of converged methods closer than this are tied; losses that count are 1e-2 to 1. */
const TIE_TOLERANCE = 1e-6;

/** Fraction of the entries for which something holds. */
export function share<T>(values: readonly T[], holds: (value: T, index: number) => boolean): number {
  return values.filter(holds).length / values.length;
}

/** Fraction of rows with a loss below `SOLVED_LOSS`. */
export function solvedShare({ rows }: Run): number {
  return share(rows, ({ loss }) => loss < SOLVED_LOSS);
}

/** Fractions of rows on which `run` ends lower or higher than `other` by more than the tie tolerance. */
export function compared(run: Run, other: Run): { readonly better: number; readonly worse: number } {
  const difference = (i: number): number => (run.rows[i]?.loss as number) - (other.rows[i]?.loss as number);
  return {
    better: share(run.rows, (_, i) => difference(i) < -TIE_TOLERANCE),
    worse: share(run.rows, (_, i) => difference(i) > TIE_TOLERANCE),
  };
}

/** A fact that is a fraction of problems, or an event. */
export const fractionOf = (label: string): FactMeaning => ({ label, unit: '1' });

/** Meanings of mean and median loss and evaluations under a prefix, as `lossFacts` names them. */
export function lossMeanings(prefix: string, name: string): Record<string, FactMeaning> {
  return {
    [`${prefix}MeanLoss`]: { label: `mean loss, ${name}`, unit: 'loss' },
    [`${prefix}MedianLoss`]: { label: `median loss, ${name}`, unit: 'loss' },
    [`${prefix}Evaluations`]: { label: `simulator evaluations per problem, ${name}`, unit: 'evaluations' },
  };
}
