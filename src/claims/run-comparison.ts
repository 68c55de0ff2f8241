import { median } from 'simple-statistics';
import { type Batch, batchOfRows, rowRange } from '../core/batch.ts';
import type { FactMeaning, Facts } from '../core/claim.ts';
import type { InverseProblem, Task } from '../core/problem.ts';
import type { Run, RunRow, Solver } from '../core/solver.ts';
import { run } from '../solvers/run.ts';

/** Fraction of the entries for which something holds. */
export function share<T>(values: readonly T[], holds: (value: T, index: number) => boolean): number {
  return values.filter(holds).length / values.length;
}

/** Fractions of rows on which `result` ends lower, equal or higher than `other`, by more than the tolerance. */
export function compareRuns(
  result: Run,
  other: Run,
  tolerance: number,
): { better: number; tied: number; worse: number } {
  const difference = ({ loss }: RunRow, i: number): number => {
    const against = other.rows[i]?.loss ?? Number.NaN;
    // Two diverged runs are tied.
    return loss === against ? 0 : loss - against;
  };
  return {
    better: share(result.rows, (row, i) => difference(row, i) < -tolerance),
    tied: share(result.rows, (row, i) => Math.abs(difference(row, i)) <= tolerance),
    worse: share(result.rows, (row, i) => difference(row, i) > tolerance),
  };
}

/** Simulator evaluations (with or without gradient) per problem. */
export function evaluationsPerRow({ rows }: Run): number {
  return rows.reduce((sum, { evaluations }) => sum + evaluations.values + evaluations.gradients, 0) / rows.length;
}

/** Mean and median loss and evaluations per problem of a run, under names that start with `prefix`. */
export function lossFacts(prefix: string, result: Run): Facts {
  const losses = result.rows.map(({ loss }) => loss);
  return {
    [`${prefix}MeanLoss`]: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    [`${prefix}MedianLoss`]: median(losses),
    [`${prefix}Evaluations`]: evaluationsPerRow(result),
  };
}

/** Meanings of the facts that `lossFacts` names. */
export function lossMeanings(prefix: string, name: string): Record<string, FactMeaning> {
  return {
    [`${prefix}MeanLoss`]: { label: `mean loss, ${name}`, unit: 'loss' },
    [`${prefix}MedianLoss`]: { label: `median loss, ${name}`, unit: 'loss' },
    [`${prefix}Evaluations`]: { label: `simulator evaluations per problem, ${name}`, unit: 'evaluations' },
  };
}

/** A fact that is a fraction of problems, or an event. */
export const fractionOf = (label: string): FactMeaning => ({ label, unit: '1' });

/** The answers of a run as a batch (B, n): where a refinement starts. */
export function answers({ rows }: Run): Batch {
  return batchOfRows(rows.map(({ x }) => x));
}

/** Rows first, …, first + count − 1 of a task. */
export function taskRows(task: Task, first: number, count: number): Task {
  const { problem, start, observed, identifiers } = task;
  const part = (whole: Batch): Batch => rowRange(whole, first, count);
  return { problem, start: part(start), observed: part(observed), identifiers: part(identifiers) };
}

/** Solves the rows one by one, each with its own seed: for methods that draw random numbers. */
export function runEach(
  problem: InverseProblem,
  solver: Solver,
  task: Task,
  seedOf: (row: number) => number,
): readonly RunRow[] {
  return Array.from(
    { length: task.start.rows },
    (_, b) => run(problem, solver, taskRows(task, b, 1), seedOf(b)).rows[0] as RunRow,
  );
}
