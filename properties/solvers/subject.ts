import { InverseClaimsError } from '../../src/core/errors.ts';
import { indicatesConvergence } from '../../src/core/solver.ts';
import type { StepObserver } from '../../src/core/step.ts';
import { type MinimizeOptions, minimize } from '../../src/solvers/minimize.ts';

/** A point and what the function said there. */
export interface PointLike {
  readonly x: ArrayLike<number>;
  readonly value: number;
  readonly gradient: ArrayLike<number>;
}

/** One step that was accepted as a strong Wolfe step: `to.x` = `from.x` + `step` · `direction`. */
export interface StepLike {
  readonly from: PointLike;
  readonly to: PointLike;
  readonly step: number;
  readonly direction: ArrayLike<number>;
}

/** φ(α) ≤ φ(0) + c1 α φ′(0) and |φ′(α)| ≤ c2 |φ′(0)|. */
export interface WolfeLike {
  readonly c1: number;
  readonly c2: number;
}

/** What a verified minimizer is asked for; it may ignore all but the first two, and skips the laws about the others. */
export interface MinimizeLikeOptions {
  /** Calls of the function, never to be exceeded. */
  readonly maxEvaluations: number;
  /** Converged means ‖∇f(x)‖∞ at most this. */
  readonly gradientTolerance: number;
  /** Constants of the strong Wolfe conditions, 0 < c1 < c2 < 1; its own usual ones where this is absent. */
  readonly wolfe?: WolfeLike;
  /**
   * To be told every step that was accepted as a strong Wolfe step, or found by an exact line search. A minimizer
   * that never calls it skips the laws about steps.
   */
  readonly observe: (step: StepLike) => void;
  /** Asked of subjects with `exactLineSearch` only: go to the minimum along each direction. */
  readonly lineSearch?: 'exact';
}

/** Answer of a verified minimizer. */
export interface MinimizeResultLike {
  readonly x: ArrayLike<number>;
  /** f(x). */
  readonly value: number;
  /** Whether ‖∇f(x)‖∞ is within the tolerance; a minimizer that does not say it skips the laws about it. */
  readonly converged?: boolean | undefined;
  /** Calls of the function; may be left out. */
  readonly evaluations?: number | undefined;
}

/** A function of one vector with its gradient. */
export type FunctionLike = (x: Float64Array) => { readonly value: number; readonly gradient: ArrayLike<number> };

/** Any minimizer of a function with a gradient; options as in `MinimizeLikeOptions`. */
export type MinimizeLike = (fun: FunctionLike, x0: Float64Array, options: MinimizeLikeOptions) => MinimizeResultLike;

/** The subject of the solver laws. */
export interface SolverSubject {
  readonly minimize: MinimizeLike;
  /** True where `lineSearch: 'exact'` is understood. */
  readonly exactLineSearch?: boolean;
}

function protocol(field: string, expected: string, received: unknown): InverseClaimsError {
  return new InverseClaimsError('solver-protocol', {
    where: `minimizer under test: "${field}"`,
    expected,
    received: typeof received === 'object' && received !== null ? 'an object' : String(received),
    hint: 'see MinimizeResultLike for what a minimizer must return',
  });
}

function isVector(value: unknown, length: number): value is ArrayLike<number> {
  if (value instanceof Float64Array) return value.length === length;
  if (typeof value !== 'object' || value === null || (value as ArrayLike<unknown>).length !== length) return false;
  return Array.from(value as ArrayLike<unknown>).every((each) => typeof each === 'number');
}

/**
 * The answer of a minimizer as it was documented, or `solver-protocol` with the field that is wrong. Numbers may be NaN
 * or infinite here: what that means is a matter of the laws.
 *
 * @param dimension  length of x, n >= 1
 * @example
 * requireResult({ x: [1, 2], value: 3 }, 2).value; // => 3
 */
export function requireResult(result: unknown, dimension: number): MinimizeResultLike {
  if (typeof result !== 'object' || result === null) throw protocol('result', 'an object', result);
  const { x, value, converged, evaluations } = result as Record<keyof MinimizeResultLike, unknown>;
  if (!isVector(x, dimension)) throw protocol('x', `a vector of ${dimension} numbers`, x);
  if (typeof value !== 'number') throw protocol('value', 'a number', value);
  if (converged !== undefined && typeof converged !== 'boolean') throw protocol('converged', 'a boolean', converged);
  if (evaluations !== undefined && !Number.isInteger(evaluations)) {
    throw protocol('evaluations', 'an integer', evaluations);
  }
  return { x, value, converged, evaluations: evaluations as number | undefined };
}

/** A step as a minimizer reported it, copied, or `solver-protocol` with the field that is wrong. */
export function requireStep(reported: unknown, dimension: number): StepLike {
  if (typeof reported !== 'object' || reported === null) throw protocol('observe', 'a step', reported);
  const { from, to, step, direction } = reported as Record<keyof StepLike, unknown>;
  if (typeof step !== 'number') throw protocol('observe.step', 'a number', step);
  if (!isVector(direction, dimension))
    throw protocol('observe.direction', `a vector of ${dimension} numbers`, direction);
  return {
    from: copiedPoint('from', from, dimension),
    to: copiedPoint('to', to, dimension),
    step,
    direction: Float64Array.from(direction),
  };
}

function copiedPoint(name: 'from' | 'to', point: unknown, dimension: number): PointLike {
  if (typeof point !== 'object' || point === null) throw protocol(`observe.${name}`, 'a point', point);
  const { x, value, gradient } = point as Record<keyof PointLike, unknown>;
  if (!isVector(x, dimension)) throw protocol(`observe.${name}.x`, `a vector of ${dimension} numbers`, x);
  if (typeof value !== 'number') throw protocol(`observe.${name}.value`, 'a number', value);
  if (!isVector(gradient, dimension)) {
    throw protocol(`observe.${name}.gradient`, `a vector of ${dimension} numbers`, gradient);
  }
  return { x: Float64Array.from(x), value, gradient: Float64Array.from(gradient) };
}

/**
 * `minimize` of this library as a subject of the laws. Only steps that it guarantees to be strong Wolfe steps are told.
 *
 * @example
 * const settings = { maxEvaluations: 9, gradientTolerance: 1e-5, observe: () => {} };
 * const bowl = (x) => ({ value: x[0] ** 2, gradient: [2 * x[0]] });
 * minimizeSubject().minimize(bowl, Float64Array.of(3), settings).converged; // => true
 */
export function minimizeSubject(options: Pick<MinimizeOptions, 'method' | 'learningRate'> = {}): SolverSubject {
  return {
    minimize: (fun, x0, { maxEvaluations, gradientTolerance, wolfe = {}, observe }) => {
      const tell: StepObserver = ({ from, to, length, direction, guarantee }) => {
        if (direction !== undefined && guarantee.kind === 'strong-wolfe')
          observe({ from, to, step: length, direction });
      };
      const found = minimize(fun, x0, { ...options, maxEvaluations, gradientTolerance, wolfe, observe: tell });
      return { ...found, converged: indicatesConvergence(found.stop) };
    },
  };
}
