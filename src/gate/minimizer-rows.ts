import type { Minimizer } from '../claims/user-module.ts';
import { batch, row, rowRange } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { RunRow } from '../core/solver.ts';
import type { PartSolver } from './measurement.ts';
import type { Part } from './problem-set.ts';

/**
 * A plain minimizer on each row of a part: its function is misfit of simulator, with the gradient. Every call counts,
 * those beyond the budget are told +∞, and the loss at the answer is computed again.
 */
export function minimizerRows(minimize: Minimizer): PartSolver {
  return (part, budget) =>
    Array.from({ length: part.task.start.rows }, (_, b) => solved(minimize, lossOf(part, b), part, b, budget));
}

type Loss = (x: Float64Array) => { readonly value: number; readonly gradient: Float64Array };

function lossOf({ problem, task }: Part, b: number): Loss {
  const [observed, identifiers] = [rowRange(task.observed, b, 1), rowRange(task.identifiers, b, 1)];
  return (x) => {
    const { y, pullback } = problem.simulator.vjp(batch(1, x.length, x.slice()), identifiers);
    const { value, gradient } = problem.misfit.evaluate(y, observed);
    return { value: value[0] as number, gradient: pullback(gradient).data };
  };
}

function solved(minimize: Minimizer, loss: Loss, { task }: Part, b: number, budget: number): RunRow {
  const start = row(task.start, b).slice();
  const trace: [number, number][] = [];
  let [calls, best] = [0, Number.POSITIVE_INFINITY];
  const counted = (x: ArrayLike<number>) => {
    calls += 1;
    if (calls > budget) return { value: Number.POSITIVE_INFINITY, gradient: new Float64Array(start.length) };
    const told = loss(Float64Array.from(x));
    if (told.value < best) {
      best = told.value;
      trace.push([calls, best]);
    }
    return told;
  };
  const answer = minimize(counted, start, {
    maxEvaluations: budget,
    gradientTolerance: 1e-6,
    observe: () => undefined,
  });
  const x = Array.from(requireAnswer(answer.x, start.length));
  const end = loss(Float64Array.from(x)).value;
  return {
    x,
    loss: Number.isFinite(end) ? end : Number.POSITIVE_INFINITY,
    bestLoss: Math.min(best, end),
    evaluations: { values: 0, gradients: calls },
    nonFinite: 0,
    stop: { kind: 'budget-spent' },
    trace,
  };
}

function requireAnswer(x: unknown, length: number): ArrayLike<number> {
  const entries = Array.isArray(x) || ArrayBuffer.isView(x) ? (x as unknown as ArrayLike<number>) : undefined;
  if (entries?.length === length && Array.from(entries).every((value) => typeof value === 'number')) return entries;
  throw new InverseClaimsError('solver-protocol', {
    where: 'minimize: "x" of its answer',
    expected: `${length} numbers`,
    received: entries === undefined ? String(x) : `${entries.length} entries`,
    hint: 'minimize must return an object, not a promise: { x, value, converged, evaluations }.',
  });
}
