import { allFinite } from '../../src/core/batch.ts';
import { dot, maxNorm, norm } from '../../src/numerics/vector.ts';
import type { MinimizeLike, MinimizeLikeOptions, MinimizeResultLike } from '../solvers/subject.ts';

/** A point and what was told there; not finite is told as +∞. */
export interface Told {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/** A point of the line x + α p, with φ(α) = `value` and φ′(α) = `slope`. */
export interface Trial extends Told {
  readonly step: number;
  readonly slope: number;
}

/** The line that is searched: φ(0), and φ(α) for the price of an evaluation. */
export interface Line {
  readonly origin: Trial;
  at(step: number): Trial;
}

export interface Searched {
  readonly accepted?: Trial;
  /** The last trial, where none was accepted. */
  readonly last?: Trial;
}

export type LineSearch = (line: Line, firstStep: number, options: MinimizeLikeOptions) => Searched;

/** Why a minimization ended, with what is known then. */
export interface Ending {
  readonly kind: 'stationary' | 'spent' | 'failed';
  readonly current: Told;
  readonly lowest: Told;
  readonly calls: number;
  readonly accepted: number;
}

/** The parts of which each known bug breaks one. */
export interface QuasiNewtonParts {
  readonly look: (x: Float64Array, value: number, gradient: ArrayLike<number>) => Told;
  readonly search: LineSearch;
  /** H ← H updated with s and y; `fresh` before the first pair. False where the pair was left out. */
  readonly update: (h: Float64Array, s: Float64Array, y: Float64Array, fresh: boolean, g: Float64Array) => boolean;
  readonly isStationary: (at: Told, options: MinimizeLikeOptions, previous: Told | undefined) => boolean;
  /** Where to go on after a line search without success. */
  readonly afterFailure: (current: Told, lowest: Told, searched: Searched) => Told;
  readonly accept: (x0: Float64Array, accepted: Trial, line: Line) => Trial;
  /** Called before each evaluation: whether the budget is spent. */
  readonly isSpent: (calls: number, maxEvaluations: number, inLineSearch: boolean) => boolean;
  readonly answer: (ending: Ending, options: MinimizeLikeOptions) => MinimizeResultLike;
  /** Whether accepted steps are reported as strong Wolfe steps. */
  readonly reportsSteps: boolean;
}

/** Value and gradient that are not finite become +∞ and 0. */
export function guardedLook(x: Float64Array, value: number, gradient: ArrayLike<number>): Told {
  const copy = Float64Array.from(gradient);
  const usable = Number.isFinite(value) && allFinite(copy);
  return usable ? { x, value, gradient: copy } : { x, value: Number.POSITIVE_INFINITY, gradient: copy.fill(0) };
}

/** ‖∇f‖∞ within the tolerance, at a point that is finite. */
export function isStationary({ value, gradient }: Told, { gradientTolerance }: MinimizeLikeOptions): boolean {
  return Number.isFinite(value) && maxNorm(gradient) <= gradientTolerance;
}

/** H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ, ρ = 1/yᵀs, from H = (yᵀs / yᵀy) I. Nocedal & Wright (2006), 6.17, 6.20. */
export function bfgsUpdate(h: Float64Array, s: Float64Array, y: Float64Array, fresh: boolean): void {
  const n = s.length;
  const ys = dot(y, s);
  if (fresh) for (let i = 0; i < n; i++) h[i * n + i] = ys / dot(y, y);
  const hy = product(h, y);
  const scale = (1 + dot(y, hy) / ys) / ys;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      h[i * n + j] = h[i * n + j]! + scale * s[i]! * s[j]! - (s[i]! * hy[j]! + hy[i]! * s[j]!) / ys;
    }
  }
}

/** Least part of ‖∇f‖ by which the gradient has to change: less is mostly rounding, and H would not stay positive. */
const LEAST_CHANGE = 2 ** -36;

/** Pairs count where yᵀs is a positive part of ‖y‖‖s‖ and y of ∇f: the same in all units. */
function guardedUpdate(h: Float64Array, s: Float64Array, y: Float64Array, fresh: boolean, g: Float64Array): boolean {
  if (!(dot(y, s) > 1e-8 * norm(y) * norm(s) && norm(y) > LEAST_CHANGE * norm(g))) return false;
  bfgsUpdate(h, s, y, fresh);
  return true;
}

/** The current point, whatever was seen elsewhere. */
export function currentAnswer(ending: Ending, options: MinimizeLikeOptions): MinimizeResultLike {
  const { x, value } = ending.current;
  return { x, value, converged: isStationary(ending.current, options), evaluations: ending.calls };
}

/** The answer is the lowest point that was told, unless the current one is stationary. */
export function honestAnswer(ending: Ending, options: MinimizeLikeOptions): MinimizeResultLike {
  const { x, value } = ending.kind === 'stationary' ? ending.current : ending.lowest;
  const converged = ending.kind === 'stationary' || isStationary(ending.lowest, options);
  return { x, value, converged, evaluations: ending.calls };
}

/** The parts that are right whatever the line search; that one has a file of its own. */
const RIGHT = {
  look: guardedLook,
  update: guardedUpdate,
  isStationary,
  afterFailure: (current, lowest) => (lowest.value < current.value ? lowest : current),
  accept: (_x0, accepted) => accepted,
  isSpent: (calls, maxEvaluations) => calls >= maxEvaluations,
  answer: honestAnswer,
  reportsSteps: true,
} as const satisfies Omit<QuasiNewtonParts, 'search'>;

class Spent extends Error {}

function product(h: Float64Array, v: Float64Array): Float64Array {
  const n = v.length;
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) result[i] = result[i]! + h[i * n + j]! * v[j]!;
  }
  return result;
}

/** Accumulated state of one minimization. */
interface State {
  current: Told;
  lowest: Told;
  calls: number;
  accepted: number;
}

/**
 * A small BFGS made of exchangeable parts: right where all of them are, and a known bug where one is exchanged.
 *
 * From a fresh model the direction is −∇f and the first trial has length 1; a line search without success starts again
 * from the lowest point, once. Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), algorithm 6.1.
 *
 * @param changes  the line search, and the parts that differ from the right ones
 */
export function quasiNewton(changes: Pick<QuasiNewtonParts, 'search'> & Partial<QuasiNewtonParts>): MinimizeLike {
  const parts: QuasiNewtonParts = { ...RIGHT, ...changes };
  return (fun, x0, options) => {
    const nowhere: Told = { x: x0, value: Number.NaN, gradient: new Float64Array(x0.length) };
    const state: State = { current: nowhere, lowest: nowhere, calls: 0, accepted: 0 };
    const evaluate = (x: Float64Array, inLineSearch: boolean): Told => {
      if (parts.isSpent(state.calls, options.maxEvaluations, inLineSearch)) throw new Spent();
      state.calls += 1;
      const { value, gradient } = fun(x);
      const told = parts.look(x, value, gradient);
      const raw = { x, value, gradient: Float64Array.from(gradient) };
      if (state.calls === 1) Object.assign(state, { current: told, lowest: raw });
      else if (Number.isFinite(told.value) && !(told.value >= state.lowest.value)) state.lowest = told;
      return told;
    };
    const ended = (kind: Ending['kind']): MinimizeResultLike => parts.answer({ kind, ...state }, options);
    try {
      evaluate(x0.slice(), false);
      return ended(descend(parts, state, evaluate, x0, options));
    } catch (error) {
      if (!(error instanceof Spent)) throw error;
      return ended('spent');
    }
  };
}

function descend(
  parts: QuasiNewtonParts,
  state: State,
  evaluate: (x: Float64Array, inLineSearch: boolean) => Told,
  x0: Float64Array,
  options: MinimizeLikeOptions,
): Ending['kind'] {
  const h = new Float64Array(x0.length ** 2);
  let fresh = true;
  let previous: Told | undefined;
  for (;;) {
    const { current } = state;
    if (parts.isStationary(current, options, previous)) return 'stationary';
    if (mustEnd(parts, state, options)) return 'spent';
    const direction = (fresh ? current.gradient : product(h, current.gradient)).map((entry) => -entry);
    const line = lineAlong(current, direction, (x) => evaluate(x, true));
    const searched = parts.search(line, fresh ? 1 / norm(direction) : 1, options);
    if (searched.accepted !== undefined) {
      const { step } = searched.accepted;
      const to = parts.accept(x0, searched.accepted, line);
      if (parts.reportsSteps) options.observe({ from: line.origin, to, step, direction });
      const s = direction.map((entry) => step * entry);
      const y = to.gradient.map((entry, i) => entry - current.gradient[i]!);
      if (parts.update(h, s, y, fresh, current.gradient)) fresh = false;
      state.accepted += 1;
      state.current = to;
      previous = current;
      continue;
    }
    state.current = parts.afterFailure(current, state.lowest, searched);
    if (fresh) return endAfterFailure(parts, state, options);
    h.fill(0);
    fresh = true;
  }
}

function endAfterFailure({ isStationary: test }: QuasiNewtonParts, { current }: State, options: MinimizeLikeOptions) {
  return test(current, options, undefined) ? 'stationary' : 'failed';
}

/** Every sound step costs an evaluation, so the second condition only ends what would never end. */
function mustEnd({ isSpent }: QuasiNewtonParts, { calls, accepted }: State, options: MinimizeLikeOptions): boolean {
  return isSpent(calls, options.maxEvaluations, false) || accepted > options.maxEvaluations;
}

function lineAlong(current: Told, direction: Float64Array, evaluate: (x: Float64Array) => Told): Line {
  const asTrial = (told: Told, step: number): Trial => ({ ...told, step, slope: dot(direction, told.gradient) });
  return {
    origin: asTrial(current, 0),
    at: (step) => asTrial(evaluate(direction.map((d, i) => current.x[i]! + step * d)), step),
  };
}
