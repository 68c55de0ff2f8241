import { type Batch, batch, rowRange, takeRows } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { type InverseProblem, type Simulator, type Task, width } from '../core/problem.ts';
import type { Ask } from '../core/solver.ts';

/** Losses (K), +∞ where anything was not finite, and gradients (K, n), zero there. Arrays of their own. */
export interface Evaluated {
  readonly value: Float64Array;
  readonly gradient: Batch | undefined;
}

/**
 * Points evaluated in one simulator call: enough to fill any SIMD unit, few enough that outputs stay in the cache
 * (BFGS on 1024 wave packets: 37 to 42 ms, against 33 to 56 ms with one call for all). A simulator whose tapes are larger names a number of its own.
 */
const BLOCK = 64;

export type EvaluateRows = (x: Batch, rows: Int32Array, need: Ask['need']) => Evaluated;

/** Rows 0, 1, …, count − 1. */
export function everyRow(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, b) => b);
}

/**
 * Evaluates ℓ(F(x_k | γ_b), y*_b) and its gradient for points x_k of rows b = rows[k].
 *
 * A point is told as +∞ with zero gradient if the point, its value or any component of its gradient is not finite:
 * a comparison with NaN inside a simulator may otherwise turn a lost iterate into a finite loss. Throws
 * `shape-mismatch` if the task does not fit the simulator, `simulator-contract` if the simulator or the misfit
 * answers in a wrong shape.
 */
export function rowEvaluator(problem: InverseProblem, task: Task): EvaluateRows {
  requireTaskFits(problem, task);
  const { simulator, misfit } = problem;
  const outputs = width(simulator.output);
  const measure = (y: Batch, count: number, target: Batch): ReturnType<typeof misfit.evaluate> => {
    requireContract(`${simulator.name}: output`, y, count, outputs);
    const measured = misfit.evaluate(y, target);
    requireContract(`${misfit.name}: gradient`, measured.gradient, count, outputs);
    if (measured.value.length !== count) {
      throw contractError(`${misfit.name}: value`, `${count} numbers`, String(measured.value.length));
    }
    return measured;
  };
  const evaluateBlock: EvaluateRows = (x, rows, need) => {
    const observed = takeRows(task.observed, rows);
    const identifiers = takeRows(task.identifiers, rows);
    if (need === 'value') {
      const { value } = measure(simulator.forward(x, identifiers), x.rows, observed);
      return guarded(x, value, undefined);
    }
    const taped = simulator.vjp(x, identifiers);
    const measured = measure(taped.y, x.rows, observed);
    const xBar = taped.pullback(measured.gradient);
    requireContract(`${simulator.name}: pullback`, xBar, x.rows, x.cols);
    return guarded(x, measured.value, xBar);
  };
  const block = rowsPerCall(simulator);
  return (x, rows, need) =>
    rows.length <= block ? evaluateBlock(x, rows, need) : inBlocks(evaluateBlock, block, x, rows, need);
}

function rowsPerCall({ name, rowsPerCall: wanted = BLOCK }: Simulator): number {
  if (Number.isInteger(wanted) && wanted >= 1) return wanted;
  throw contractError(`${name}: rowsPerCall`, 'an integer >= 1', String(wanted));
}

function inBlocks(evaluateBlock: EvaluateRows, size: number, x: Batch, rows: Int32Array, need: Ask['need']): Evaluated {
  const value = new Float64Array(x.rows);
  const gradient = need === 'value' ? undefined : batch(x.rows, x.cols);
  for (let first = 0; first < x.rows; first += size) {
    const count = Math.min(size, x.rows - first);
    const block = evaluateBlock(rowRange(x, first, count), rows.subarray(first, first + count), need);
    value.set(block.value, first);
    if (block.gradient !== undefined) gradient?.data.set(block.gradient.data, first * x.cols);
  }
  return { value, gradient };
}

function guarded(x: Batch, losses: Float64Array, xBar: Batch | undefined): Evaluated {
  const { rows, cols } = x;
  const value = new Float64Array(rows);
  const gradient = xBar === undefined ? undefined : batch(rows, cols, xBar.data.slice());
  for (let k = 0; k < rows; k++) {
    const usable =
      Number.isFinite(losses[k]) &&
      finiteRow(x.data, k, cols) &&
      (gradient === undefined || finiteRow(gradient.data, k, cols));
    value[k] = usable ? losses[k]! : Number.POSITIVE_INFINITY;
    if (!usable) gradient?.data.fill(0, k * cols, (k + 1) * cols);
  }
  return { value, gradient };
}

function finiteRow(data: Float64Array, k: number, cols: number): boolean {
  for (let i = k * cols; i < (k + 1) * cols; i++) {
    if (!Number.isFinite(data[i])) return false;
  }
  return true;
}

function requireTaskFits({ id, simulator }: InverseProblem, { start, observed, identifiers }: Task): void {
  const parts = [
    ['start', start, width(simulator.input)],
    ['observed', observed, width(simulator.output)],
    ['identifiers', identifiers, width(simulator.identifiers)],
  ] as const;
  for (const [part, given, cols] of parts) {
    if (fits(given, start.rows, cols)) continue;
    throw new InverseClaimsError('shape-mismatch', {
      where: `run: task."${part}" for problem "${id}"`,
      expected: `shape (${start.rows}, ${cols})`,
      received: `(${given.rows}, ${given.cols}) with ${given.data.length} numbers`,
    });
  }
}

function fits(given: Batch, rows: number, cols: number): boolean {
  return given.rows === rows && given.cols === cols && given.data.length === rows * cols;
}

function requireContract(where: string, given: Batch, rows: number, cols: number): void {
  if (fits(given, rows, cols)) return;
  const received = `(${given.rows}, ${given.cols}) with ${given.data.length} numbers`;
  throw contractError(where, `shape (${rows}, ${cols})`, received);
}

function contractError(where: string, expected: string, received: string): InverseClaimsError {
  return new InverseClaimsError('simulator-contract', { where, expected, received });
}
