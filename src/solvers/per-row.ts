import { type Batch, batch, row } from '../core/batch.ts';
import type { Task } from '../core/problem.ts';
import type {
  Answer,
  Ask,
  Method,
  MethodAnswer,
  MethodAsk,
  MethodTell,
  Settings,
  Solver,
  Stop,
  Tell,
} from '../core/solver.ts';
import type { Step } from '../core/step.ts';

type RowObserver = (row: number, step: Step) => void;

const BUDGET_SPENT: Stop = Object.freeze({ kind: 'budget-spent' });

/** One row: its generator, the point it waits for, and the best finite point it was told about. */
interface RowState {
  readonly row: number;
  readonly steps: Generator<MethodAsk, MethodAnswer, MethodTell>;
  pending: MethodAsk | undefined;
  readonly best: Float64Array;
  bestValue: number;
}

/**
 * Lifts a method for one instance to a solver of batches: all rows advance in lock step, and each round asks for
 * the pending points of all live rows at once. The result equals that of single runs, bit for bit, wherever the
 * simulator's rows are independent of each other.
 *
 * A row whose evaluation budget is spent ends there: its answer is the best finite point it was told about (its
 * start, if none was), with the stop reason `budget-spent`.
 *
 * @param methodFor  the method of one row; most methods are the same for all rows and seeds
 * @example
 * perRow('stay', {}, () => function* (start) { return { x: start, stop: { kind: 'budget-spent' } }; }).name; // => 'stay'
 */
export function perRow(name: string, settings: Settings, methodFor: (row: number, seed: number) => Method): Solver {
  return Object.freeze({
    name,
    settings: Object.freeze({ ...settings }),
    *solve(task: Task, seed: number, observe?: RowObserver): Generator<Ask, Answer, Tell> {
      const { rows, cols } = task.start;
      const x = batch(rows, cols);
      const stops = new Array<Stop>(rows);
      const answer = (b: number, found: MethodAnswer): void => {
        x.data.set(found.x, b * cols);
        stops[b] = found.stop;
      };
      let live: RowState[] = [];
      try {
        for (let b = 0; b < rows; b++) live.push(started(task.start, b, methodFor(b, seed), observe));
        for (const state of live) advance(state, state.steps.next(), answer);
        for (;;) {
          live = live.filter((state) => state.pending !== undefined);
          if (live.length === 0) return { x, stops };
          for (const need of ['gradient', 'value'] as const) {
            const group = live.filter((state) => state.pending?.need === need);
            if (group.length > 0) deliver(group, yield gather(group, need, cols), answer);
          }
        }
      } finally {
        for (const state of live) state.steps.return({ x: state.best, stop: BUDGET_SPENT });
      }
    },
  });
}

function started(start: Batch, b: number, method: Method, observe: RowObserver | undefined): RowState {
  const x = row(start, b).slice();
  const steps = observe === undefined ? method(x) : method(x, (step) => observe(b, step));
  return { row: b, steps, pending: undefined, best: x.slice(), bestValue: Number.POSITIVE_INFINITY };
}

function advance(
  state: RowState,
  step: IteratorResult<MethodAsk, MethodAnswer>,
  answer: (b: number, found: MethodAnswer) => void,
): void {
  state.pending = step.done ? undefined : step.value;
  if (step.done) answer(state.row, step.value);
}

function gather(group: readonly RowState[], need: Ask['need'], cols: number): Ask {
  const x = batch(group.length, cols);
  const rows = new Int32Array(group.length);
  for (let k = 0; k < group.length; k++) {
    const state = group[k]!;
    const point = state.pending!.x;
    rows[k] = state.row;
    for (let i = 0; i < cols; i++) x.data[k * cols + i] = point[i]!;
  }
  return { x, rows, need };
}

function deliver(group: readonly RowState[], tell: Tell, answer: (b: number, found: MethodAnswer) => void): void {
  for (let k = 0; k < group.length; k++) {
    const state = group[k]!;
    if (tell.spent[k] === 1) {
      state.pending = undefined;
      state.steps.return({ x: state.best, stop: BUDGET_SPENT });
      answer(state.row, { x: state.best, stop: BUDGET_SPENT });
      continue;
    }
    const value = tell.value[k]!;
    if (value < state.bestValue) {
      state.bestValue = value;
      state.best.set(state.pending!.x);
    }
    const told = tell.gradient === undefined ? { value } : { value, gradient: row(tell.gradient, k) };
    advance(state, state.steps.next(told), answer);
  }
}
