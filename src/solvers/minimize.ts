import { allFinite } from '../core/batch.ts';
import { InverseClaimsError, messageOf, requireNumber, unknownName } from '../core/errors.ts';
import { indicatesConvergence, type Method, type MethodAnswer, type MethodTell, type Stop } from '../core/solver.ts';
import type { Step, StepObserver } from '../core/step.ts';
import { maxNorm } from '../numerics/vector.ts';
import { adamMethod } from './adam.ts';
import { backtrackingDescentMethod } from './backtracking-descent.ts';
import { bfgsMethod } from './bfgs.ts';
import { CERTIFY_BY_DEFAULT, certifier } from './certificate.ts';
import { conjugateGradientMethod } from './conjugate-gradient.ts';
import { gradientDescentMethod } from './gradient-descent.ts';
import { lbfgsMethod } from './lbfgs.ts';
import type { WolfeConstants } from './strong-wolfe.ts';

/** f(x) and ∇f(x). The x passed in is a copy of the caller's own; the gradient is copied before it is used. */
export type Differentiable = (x: Float64Array) => { readonly value: number; readonly gradient: ArrayLike<number> };

export type MinimizeMethod = 'bfgs' | 'lbfgs' | 'conjugate-gradient' | 'backtracking' | 'gradient-descent' | 'adam';

export interface MinimizeOptions {
  /** Default `'bfgs'`. */
  readonly method?: MinimizeMethod;
  /** Stops where ‖∇f‖∞ is at most this; default 1e-5. */
  readonly gradientTolerance?: number;
  /** Calls of the function, never exceeded; default 10 000. */
  readonly maxEvaluations?: number;
  /** Of gradient descent (default 0.01) and Adam (default 0.001). */
  readonly learningRate?: number;
  /** Constants of the line search, for the methods that have one with strong Wolfe conditions; each method has its own defaults. */
  readonly wolfe?: Partial<WolfeConstants>;
  /** Called at every accepted step, for the methods that have such. */
  readonly observe?: StepObserver;
  /** Checks every accepted step and the answer, see `certifier`; a violation throws. Default: `CERTIFY_BY_DEFAULT`. */
  readonly certify?: boolean;
}

/** `value` and `gradient` are what the function returned at `x`, not at some other trial. */
export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly evaluations: number;
  /** Accepted steps. */
  readonly iterations: number;
  readonly stop: Stop;
}

interface Evaluated {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/**
 * Minimizes a function of one vector.
 *
 * Where the method does not converge, or the evaluations are spent, the lowest point seen is returned. A value or
 * gradient that is not finite counts as +∞; at the start it ends the search with the stop reason `non-finite`.
 *
 * Throws `not-finite` for a start that is not finite, `shape-mismatch` for an empty start or a gradient of another
 * length, `unknown-name` for an unknown method, and `objective-failed` where the function throws: with its error as
 * the cause, and the point in `details.received`.
 *
 * @param fun  the function and its gradient
 * @param x0   start (n), n >= 1
 * @example
 * const bowl = (x: Float64Array) => ({ value: (x[0]! - 3) ** 2, gradient: [2 * (x[0]! - 3)] });
 * minimize(bowl, [0]).stop.kind; // => 'gradient-small'
 */
export function minimize(fun: Differentiable, x0: ArrayLike<number>, options: MinimizeOptions = {}): Minimum {
  const { maxEvaluations = 10_000, certify = CERTIFY_BY_DEFAULT } = options;
  requireNumber('minimize: "maxEvaluations"', maxEvaluations, { minimum: 1, integer: true });
  const start = requireStart(x0);
  const { method = 'bfgs' } = options;
  const watch = certify
    ? certifier({ solver: method, problem: 'minimize', row: 0, start: Array.from(start) })
    : undefined;
  const { gradientTolerance = 1e-5 } = options;
  const seen = pointsSeen(gradientTolerance);
  const steps = methodOf(method, options)(start, (step) => {
    seen.accept(step);
    watch?.step(step);
    options.observe?.(step);
  });
  let next = steps.next();
  while (!next.done && seen.count() < maxEvaluations) {
    const evaluated = evaluate(fun, next.value.x);
    seen.add(evaluated, next.value.iteration);
    const told = toldAs(evaluated);
    watch?.told(evaluated.x, told.value, told.gradient);
    next = steps.next(told);
  }
  const found = seen.answer(next.done ? next.value : { x: start, stop: { kind: 'budget-spent' } });
  watch?.answer(found.x, found.value, found.stop, found.evaluations);
  return found;
}

/** What `minimize` remembers: the first point, the last, the lowest, and the one accepted last. */
function pointsSeen(gradientTolerance: number) {
  let first: Evaluated | undefined;
  let last: Evaluated | undefined;
  let lowest: Evaluated | undefined;
  let accepted: Evaluated | undefined;
  let evaluations = 0;
  let iterations = 0;
  /** The lowest point may be stationary though the method did not end there: the last trial that was permitted, say. */
  const stopAt = (point: Evaluated, stop: Stop, answered: Evaluated | undefined): Stop => {
    const norm = maxNorm(point.gradient);
    if (isUsable(point) && norm <= gradientTolerance) return { kind: 'gradient-small', norm };
    return preciseStop(stop, answered);
  };
  return {
    count: () => evaluations,
    add: (evaluated: Evaluated, iteration: number): void => {
      evaluations += 1;
      iterations = Math.max(iterations, iteration);
      first ??= evaluated;
      last = evaluated;
      if (lowest === undefined || (isUsable(evaluated) && evaluated.value < lowest.value)) lowest = evaluated;
    },
    accept: ({ iteration, to }: Step): void => {
      iterations = Math.max(iterations, iteration);
      accepted = { x: to.x.slice(), value: to.value, gradient: to.gradient.slice() };
    },
    answer: ({ x, stop }: MethodAnswer): Minimum => {
      const answered = [last, accepted, lowest, first].find((point) => point !== undefined && sameVector(point.x, x));
      const keeps = indicatesConvergence(stop) && answered !== undefined && isUsable(answered);
      const point = (keeps ? answered : lowest) as Evaluated;
      return { ...point, evaluations, iterations, stop: keeps ? stop : stopAt(point, stop, answered) };
    },
  };
}

const LINE_METHODS = { bfgs: bfgsMethod, lbfgs: lbfgsMethod, 'conjugate-gradient': conjugateGradientMethod } as const;
const METHODS = [...Object.keys(LINE_METHODS), 'backtracking', 'gradient-descent', 'adam'];

function methodOf(method: MinimizeMethod, options: MinimizeOptions): Method {
  const { gradientTolerance = 1e-5, learningRate, wolfe = {} } = options;
  requireNumber('minimize: "gradientTolerance"', gradientTolerance, { minimum: 0 });
  const unlimited = { gradientTolerance, iterations: Number.POSITIVE_INFINITY };
  const { iterations: maxIterations } = unlimited;
  switch (method) {
    case 'bfgs':
    case 'lbfgs':
    case 'conjugate-gradient':
      return LINE_METHODS[method]({ gradientTolerance, maxIterations, wolfe });
    case 'backtracking':
      return backtrackingDescentMethod({ gradientTolerance, maxIterations });
    case 'gradient-descent':
      return gradientDescentMethod({ ...unlimited, learningRate: learningRate ?? 0.01 });
    case 'adam':
      return adamMethod({ ...unlimited, learningRate: learningRate ?? 0.001 });
    default:
      throw unknownName('minimize: "method"', String(method), METHODS);
  }
}

function evaluate(fun: Differentiable, asked: Float64Array): Evaluated {
  const x = asked.slice();
  const { value, gradient } = called(fun, x);
  if (typeof value !== 'number' || typeof gradient !== 'object' || typeof gradient?.length !== 'number') {
    throw new InverseClaimsError('shape-mismatch', {
      where: 'minimize: "fun"',
      expected: 'an object { value, gradient } with a number and a vector',
      received: `{ value: ${typeof value}, gradient: ${typeof gradient} }`,
    });
  }
  if (gradient.length !== x.length) {
    throw new InverseClaimsError('shape-mismatch', {
      where: 'minimize: "fun" gradient',
      expected: `${x.length} numbers`,
      received: String(gradient.length),
    });
  }
  requireNumbers('minimize: "fun" gradient', gradient);
  return { x, value, gradient: new Float64Array(gradient) };
}

/** Calls the function with a copy; what it throws comes through as the cause, with the point. */
function called(fun: Differentiable, x: Float64Array): ReturnType<Differentiable> {
  try {
    return fun(x.slice()) ?? {};
  } catch (cause) {
    const details = {
      where: 'minimize: "fun"',
      expected: 'a value and a gradient',
      received: `an error at x = [${Array.from(x).join(', ')}]: ${messageOf(cause)}`,
    };
    throw new InverseClaimsError('objective-failed', details, { cause });
  }
}

function toldAs(evaluated: Evaluated): MethodTell {
  if (isUsable(evaluated)) return evaluated;
  return { value: Number.POSITIVE_INFINITY, gradient: new Float64Array(evaluated.gradient.length) };
}

function isUsable({ x, value, gradient }: Evaluated): boolean {
  return Number.isFinite(value) && allFinite(gradient) && allFinite(x);
}

/** A method cannot tell a bad value from a bad gradient; here both are known. */
function preciseStop(stop: Stop, at: Evaluated | undefined): Stop {
  if (stop.kind !== 'non-finite' || at === undefined || !Number.isFinite(at.value)) return stop;
  return { kind: 'non-finite', where: 'gradient' };
}

function requireStart(x0: ArrayLike<number>): Float64Array {
  if (typeof x0 !== 'object' || x0 === null || !(x0.length > 0)) {
    const received = typeof x0 === 'object' && x0 !== null ? '[]' : String(x0);
    throw new InverseClaimsError('shape-mismatch', { where: 'minimize: "x0"', expected: 'a vector', received });
  }
  requireNumbers('minimize: "x0"', x0);
  const start = Float64Array.from(x0);
  const bad = start.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return start;
  throw new InverseClaimsError('not-finite', {
    where: `minimize: "x0"[${bad}]`,
    expected: 'a finite number',
    received: String(start[bad]),
  });
}

/** Throws `not-finite` for an entry of another type: null, a string or a bigint would become a number silently. */
function requireNumbers(where: string, values: ArrayLike<number>): void {
  if (values instanceof Float64Array) return;
  const bad = Array.from(values).findIndex((value) => typeof value !== 'number');
  if (bad < 0) return;
  throw new InverseClaimsError('not-finite', {
    where: `${where}[${bad}]`,
    expected: 'a number',
    received: String(values[bad]),
  });
}

function sameVector(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, i) => Object.is(value, b[i]));
}
