import { requireNumber } from '../core/errors.ts';
import type { Method, Solver } from '../core/solver.ts';
import { scaleInto } from '../numerics/vector.ts';
import { backtracking } from './backtracking.ts';
import { type DirectionRule, lineDescent, requireStopRule } from './line-descent.ts';
import type { LineSearch } from './line-search.ts';
import { perRow } from './per-row.ts';

export interface BacktrackingDescentOptions {
  /** Stops where ‖∇f‖∞ is at most this; default 1e-5. */
  readonly gradientTolerance?: number;
  /** Accepted steps; default 10 000. */
  readonly maxIterations?: number;
  /** Sufficient decrease, in (0, 1); default 1e-4. */
  readonly c1?: number;
  /** What a rejected step shrinks to, in (0, 1); default 0.5. */
  readonly shrink?: number;
  /** Length of the first trial, in the units of x; default 1. */
  readonly firstStep?: number;
  /** Another line search, made anew for every start. */
  readonly lineSearch?: () => LineSearch;
}

type Settings = Required<Omit<BacktrackingDescentOptions, 'lineSearch'>>;

/** Every step first tries to be this much longer, per unit of gradient, than the last one. */
const GROWTH = 2;

/**
 * Gradient descent with backtracking: steps grow where they may and shrink where they must.
 *
 *     x₊ = x − α ∇f(x),  α the first of 2 α₋, α₋, α₋ / 2, … that decreases f sufficiently
 *
 * Armijo (1966); Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), algorithm 3.1.
 *
 * @example
 * backtrackingDescent({ gradientTolerance: 1e-6 }).name; // => 'backtracking-descent'
 */
export function backtrackingDescent(options: BacktrackingDescentOptions = {}): Solver {
  const settings = requireSettings(options);
  const method = backtrackingDescentMethod(options);
  return perRow('backtracking-descent', { ...settings }, () => method);
}

/** The method behind `backtrackingDescent` for one instance. */
export function backtrackingDescentMethod(options: BacktrackingDescentOptions = {}): Method {
  const settings = requireSettings(options);
  const search = options.lineSearch ?? (() => backtracking(settings.c1, settings.shrink));
  return lineDescent(() => steepestRule(settings), search, settings);
}

function requireSettings(options: BacktrackingDescentOptions): Settings {
  const { gradientTolerance = 1e-5, maxIterations = 10_000, c1 = 1e-4, shrink = 0.5, firstStep = 1 } = options;
  requireStopRule('backtrackingDescent', { gradientTolerance, maxIterations });
  requireNumber('backtrackingDescent: "firstStep"', firstStep, { above: 0 });
  // Refuses bad constants here, where the options are given, not when a row starts.
  backtracking(c1, shrink);
  return { gradientTolerance, maxIterations, c1, shrink, firstStep };
}

function steepestRule({ firstStep }: Settings): DirectionRule {
  return {
    isFresh: () => true,
    directionInto: (out, gradient) => scaleInto(out, -1, gradient),
    // φ′(0) = −‖∇f‖² along −∇f.
    firstTrial: (slope, last) => (last.length > 0 ? GROWTH * last.length : firstStep / Math.sqrt(-slope)),
    learn: () => true,
    reset: () => undefined,
  };
}
