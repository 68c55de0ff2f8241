import { allFinite } from '../core/batch.ts';
import { InverseClaimsError, requireNumber, unknownName } from '../core/errors.ts';
import type { Method, MethodTell, Stop } from '../core/solver.ts';
import { adamMethod } from './adam.ts';
import { bfgsMethod } from './bfgs.ts';
import { gradientDescentMethod } from './gradient-descent.ts';

/** f(x) and ∇f(x). The x passed in is a copy of the caller's own; the gradient is copied before it is used. */
export type Differentiable = (x: Float64Array) => { readonly value: number; readonly gradient: ArrayLike<number> };

export interface MinimizeOptions {
  /** Default `'bfgs'`. */
  readonly method?: 'bfgs' | 'gradient-descent' | 'adam';
  /** Stops where ‖∇f‖∞ is at most this; default 1e-5. */
  readonly gradientTolerance?: number;
  /** Calls of the function, never exceeded; default 10 000. */
  readonly maxEvaluations?: number;
  /** Of gradient descent (default 0.01) and Adam (default 0.001). */
  readonly learningRate?: number;
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

const METHODS = ['bfgs', 'gradient-descent', 'adam'] as const;

/**
 * Minimizes a function of one vector.
 *
 * Where the evaluations are spent, the best point seen is returned, with the stop reason `budget-spent`. A value or
 * gradient that is not finite counts as +∞; at the start it ends the search with the stop reason `non-finite`.
 * Errors of the function are passed on. Throws `not-finite` for a start that is not finite, `shape-mismatch` for a
 * gradient of another length, `unknown-name` for an unknown method.
 *
 * @param fun  the function and its gradient
 * @param x0   start (n), n >= 1
 * @example
 * const bowl = (x: Float64Array) => ({ value: (x[0]! - 3) ** 2, gradient: [2 * (x[0]! - 3)] });
 * minimize(bowl, [0]).stop.kind; // => 'gradient-small'
 */
export function minimize(fun: Differentiable, x0: ArrayLike<number>, options: MinimizeOptions = {}): Minimum {
  const { maxEvaluations = 10_000 } = options;
  requireNumber('minimize: "maxEvaluations"', maxEvaluations, { minimum: 1, integer: true });
  const start = requireStart(x0);
  let iterations = 0;
  const count = (accepted: number): void => {
    iterations = Math.max(iterations, accepted);
  };
  const steps = methodOf(options, count)(start);
  const seen = new WeakMap<Float64Array, Evaluated>();
  let best: Evaluated | undefined;
  let evaluations = 0;
  let next = steps.next();
  while (!next.done && evaluations < maxEvaluations) {
    const { x, iteration } = next.value;
    const evaluated = evaluate(fun, x);
    evaluations += 1;
    count(iteration);
    seen.set(x, evaluated);
    if (best === undefined || (isUsable(evaluated) && evaluated.value < best.value)) best = evaluated;
    next = steps.next(toldAs(evaluated));
  }
  const answered = next.done ? seen.get(next.value.x) : undefined;
  const point = answered !== undefined && isUsable(answered) ? answered : (best as Evaluated);
  const stop = next.done ? preciseStop(next.value.stop, answered) : ({ kind: 'budget-spent' } as const);
  return { ...point, evaluations, iterations, stop };
}

function methodOf(options: MinimizeOptions, count: (accepted: number) => void): Method {
  const { method = 'bfgs', gradientTolerance = 1e-5, learningRate } = options;
  requireNumber('minimize: "gradientTolerance"', gradientTolerance, { minimum: 0 });
  const unlimited = { gradientTolerance, iterations: Number.POSITIVE_INFINITY };
  switch (method) {
    case 'bfgs': {
      const onStep = ({ iteration }: { readonly iteration: number }): void => count(iteration);
      return bfgsMethod({ gradientTolerance, maxIterations: Number.MAX_SAFE_INTEGER, onStep });
    }
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
  const { value, gradient } = fun(asked.slice());
  if (gradient.length !== x.length) {
    throw new InverseClaimsError('shape-mismatch', {
      where: 'minimize: "fun" gradient',
      expected: `${x.length} numbers`,
      received: String(gradient.length),
    });
  }
  return { x, value, gradient: Float64Array.from(gradient) };
}

function toldAs(evaluated: Evaluated): MethodTell {
  if (isUsable(evaluated)) return { value: evaluated.value, gradient: evaluated.gradient.slice() };
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
  const start = Float64Array.from(x0);
  if (start.length === 0) {
    throw new InverseClaimsError('shape-mismatch', { where: 'minimize: "x0"', expected: 'a vector', received: '[]' });
  }
  const bad = start.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return start;
  throw new InverseClaimsError('not-finite', {
    where: `minimize: "x0"[${bad}]`,
    expected: 'a finite number',
    received: String(start[bad]),
  });
}
