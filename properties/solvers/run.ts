import { allFinite } from '../../src/core/batch.ts';
import { messageOf } from '../../src/core/errors.ts';
import type { SolverProblem } from './problems.ts';
import {
  type FunctionLike,
  type MinimizeLikeOptions,
  type MinimizeResultLike,
  requireResult,
  requireStep,
  type SolverSubject,
  type StepLike,
} from './subject.ts';

/** One call of the function: where, and what was told. */
export interface Call {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

export type SolverSettings = Omit<MinimizeLikeOptions, 'observe'>;

/** Everything one minimization did, seen from outside. */
export interface SolverRun {
  readonly calls: readonly Call[];
  readonly steps: readonly StepLike[];
  /** The array that was handed in as the start, as it is afterwards. */
  readonly start: Float64Array;
  readonly outcome:
    | { readonly kind: 'returned'; readonly result: MinimizeResultLike }
    | { readonly kind: 'threw' | 'endless'; readonly words: string };
}

/** Calls beyond the budget after which a minimizer is taken for endless: this many times the budget. */
const ENDLESS = 10;

/** Value and gradient are finite: a minimizer can use them. */
export function isUsable({ value, gradient }: Pick<Call, 'value' | 'gradient'>): boolean {
  return Number.isFinite(value) && allFinite(gradient);
}

/**
 * Minimizes and records every call and every reported step, in copies. With ten times the evaluations permitted, or as
 * many steps, the function throws, so that a minimizer that never ends is ended; one that loops without calling it
 * cannot be.
 *
 * @param asSeen  the function as the minimizer sees it, if that is another one
 */
export function runSolver(
  { minimize }: SolverSubject,
  { evaluate, start }: SolverProblem,
  settings: SolverSettings,
  asSeen: (evaluate: FunctionLike) => FunctionLike = (same) => same,
): SolverRun {
  const calls: Call[] = [];
  const steps: StepLike[] = [];
  const limit = ENDLESS * settings.maxEvaluations;
  const isEndless = (): boolean => Math.max(calls.length, steps.length) >= limit;
  const endIfEndless = (): void => {
    if (isEndless()) throw new Error('the function is not to be called any more');
  };
  const counted: FunctionLike = (x) => {
    endIfEndless();
    const at = Float64Array.from(x);
    const { value, gradient } = evaluate(at.slice());
    calls.push({ x: at, value, gradient });
    return { value, gradient: gradient.slice() };
  };
  const x0 = start.slice();
  const observe = (step: StepLike): void => {
    endIfEndless();
    steps.push(requireStep(step, start.length));
  };
  const outcome = (): SolverRun['outcome'] => {
    try {
      const returned = minimize(asSeen(counted), x0, { ...settings, observe });
      return { kind: 'returned', result: requireResult(returned, start.length) };
    } catch (error) {
      if (!isEndless()) return { kind: 'threw', words: `it threw: ${messageOf(error)}` };
      return {
        kind: 'endless',
        words: `it was stopped after ${calls.length} calls of the function and ${steps.length} steps`,
      };
    }
  };
  return { calls, steps, start: x0, outcome: outcome() };
}

/** The lowest value among the calls whose value and gradient are finite; +∞ without one. */
export function lowestTold(calls: readonly Call[]): number {
  return calls.reduce((low, call) => (isUsable(call) ? Math.min(low, call.value) : low), Number.POSITIVE_INFINITY);
}

/** A run that ended with an answer. */
export type FinishedRun = SolverRun & { readonly outcome: { readonly kind: 'returned' } };
