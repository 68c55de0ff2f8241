import { InverseClaimsError } from '../core/errors.ts';
import type { Method, MethodAnswer, MethodAsk, MethodTell, Stop } from '../core/solver.ts';
import type { StepObserver } from '../core/step.ts';

/** What all descents of one row share. */
export interface RestartBudget {
  /** Evaluations over all descents, >= 1; never exceeded. */
  readonly evaluations: number;
  /** Ends as soon as a loss at or below this is told. */
  readonly target: number;
}

/** The lowest point of a descent, and its value; +∞ where nothing finite was told. The array is the receiver's own. */
export interface Descended {
  readonly x: Float64Array;
  readonly value: number;
}

/**
 * One descent after the other until the evaluations are spent. The answer is the best point seen.
 *
 * @param nextStart  a fresh array (n), given the lowest point of the descent that just ended
 */
export function* restarts(
  inner: Method,
  firstStart: Float64Array,
  budget: RestartBudget,
  nextStart: (ended: Descended) => Float64Array,
  observe?: StepObserver,
): Generator<MethodAsk, MethodAnswer, MethodTell> {
  let best: Descended = { x: firstStart, value: Number.POSITIVE_INFINITY };
  let start = firstStart;
  for (let evaluations = 0; ; ) {
    const { lowest, used, stop } = yield* descend(inner, start, budget, evaluations, observe);
    evaluations += used;
    if (lowest.value < best.value) best = lowest;
    if (stop !== undefined) return { x: best.x, stop };
    start = nextStart(lowest);
  }
}

/** One descent; `stop` where everything ends with it. */
function* descend(
  inner: Method,
  start: Float64Array,
  { evaluations, target }: RestartBudget,
  before: number,
  observe: StepObserver | undefined,
): Generator<MethodAsk, { lowest: Descended; used: number; stop: Stop | undefined }, MethodTell> {
  const steps = inner(start, observe);
  const x = start.slice();
  let value = Number.POSITIVE_INFINITY;
  let used = 0;
  const ended = (stop: Stop | undefined) => ({ lowest: { x, value }, used, stop });
  let next = steps.next();
  requireAsked(next);
  while (!next.done) {
    if (before + used === evaluations) {
      steps.return({ x, stop: BUDGET_SPENT });
      return ended(BUDGET_SPENT);
    }
    const asked = next.value;
    const told = yield asked;
    used += 1;
    if (told.value < value) {
      value = told.value;
      x.set(asked.x);
    }
    if (value <= target) return ended({ kind: 'target-reached', value });
    next = steps.next(told);
  }
  return ended(before + used === evaluations ? BUDGET_SPENT : undefined);
}

const BUDGET_SPENT: Stop = Object.freeze({ kind: 'budget-spent' });

function requireAsked(first: IteratorResult<MethodAsk, MethodAnswer>): void {
  if (!first.done) return;
  throw new InverseClaimsError('solver-protocol', {
    where: 'restarts: "inner"',
    expected: 'a method that asks for at least one point per start',
    received: `an answer at once (${first.value.stop.kind})`,
  });
}
