import { requireNumber } from '../core/errors.ts';
import type { Method, Solver } from '../core/solver.ts';
import { dot, norm, scaleInto } from '../numerics/vector.ts';
import { type DirectionRule, type LastStep, lineDescent, requireStopRule } from './line-descent.ts';
import type { LineSearch } from './line-search.ts';
import { perRow } from './per-row.ts';
import { requireWolfe, strongWolfe, type WolfeConstants } from './strong-wolfe.ts';

export interface ConjugateGradientOptions {
  /** Stops where ‖∇f‖∞ is at most this; default 1e-5. */
  readonly gradientTolerance?: number;
  /** Accepted steps; default 10 000. */
  readonly maxIterations?: number;
  /** Defaults c1 = 1e-4, c2 = 0.1: directions lean on each other, so that the search has to be more exact. */
  readonly wolfe?: Partial<WolfeConstants>;
  /** Greatest length of the first trial step, in the units of x; default 1. */
  readonly firstStep?: number;
  /** Another line search, made anew for every start; then `wolfe` is not looked at. */
  readonly lineSearch?: () => LineSearch;
}

type Settings = Required<Omit<ConjugateGradientOptions, 'wolfe' | 'lineSearch'>> & { readonly wolfe: WolfeConstants };

const WOLFE: WolfeConstants = Object.freeze({ c1: 1e-4, c2: 0.1 });
/** Neighboring gradients that are less orthogonal than this start afresh: |g₊ᵀg| ≥ ν ‖g₊‖², Powell's test. */
const RESTART = 0.2;

/**
 * Nonlinear conjugate gradients, Polak and Ribière's formula cut at zero, with a strong Wolfe line search.
 *
 *     p₊ = −∇f(x₊) + β p,  β = max(0, ∇f(x₊)ᵀ(∇f(x₊) − ∇f(x)) / ‖∇f(x)‖²)
 *
 * Starts afresh from −∇f where neighboring gradients are far from orthogonal, which leaves no β below zero to cut, or where
 * the direction does not descend.
 * The first trial assumes the same first-order change as the last step; failed searches end as in `bfgs`.
 *
 * Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), eqs. 5.44, 5.45 and 5.52, algorithm 5.4; Gilbert & Nocedal,
 * SIAM J. Optimization 2 (1992) 21.
 *
 * @example
 * conjugateGradient({ gradientTolerance: 1e-6 }).settings.c2; // => 0.1
 */
export function conjugateGradient(options: ConjugateGradientOptions = {}): Solver {
  const { gradientTolerance, maxIterations, wolfe, firstStep } = requireSettings(options);
  const method = conjugateGradientMethod(options);
  return perRow('conjugate-gradient', { gradientTolerance, maxIterations, ...wolfe, firstStep }, () => method);
}

/** The method behind `conjugateGradient` for one instance. */
export function conjugateGradientMethod(options: ConjugateGradientOptions = {}): Method {
  const settings = requireSettings(options);
  const search = options.lineSearch ?? (() => strongWolfe(settings.wolfe));
  return lineDescent((n) => conjugateRule(n, settings), search, settings);
}

function requireSettings(options: ConjugateGradientOptions): Settings {
  const wolfe = { ...WOLFE, ...options.wolfe };
  requireWolfe('conjugateGradient', wolfe);
  const { gradientTolerance = 1e-5, maxIterations = 10_000, firstStep = 1 } = options;
  requireStopRule('conjugateGradient', { gradientTolerance, maxIterations });
  requireNumber('conjugateGradient: "firstStep"', firstStep, { above: 0 });
  return { gradientTolerance, maxIterations, wolfe, firstStep };
}

function conjugateRule(n: number, { firstStep }: Settings): DirectionRule {
  const previous = new Float64Array(n);
  let beta = 0;
  return {
    isFresh: () => beta === 0,
    directionInto: (out, gradient) => {
      for (let i = 0; i < n; i++) out[i] = beta * previous[i]! - gradient[i]!;
      previous.set(out);
    },
    firstTrial: (slope, last) => trialAfter(slope, last, Math.min(1, firstStep / norm(previous))),
    learn: (_s, y, gradientBefore) => {
      // ∇f(x₊) = ∇f(x) + y
      const sizeBefore = dot(gradientBefore, gradientBefore);
      const before = dot(gradientBefore, y);
      const change = dot(y, y);
      const quotient = (before + change) / sizeBefore;
      const size = sizeBefore + 2 * before + change;
      const orthogonal = Math.abs(sizeBefore + before) < RESTART * size;
      beta = orthogonal && Number.isFinite(quotient) ? quotient : 0;
      return true;
    },
    reset: () => {
      beta = 0;
      scaleInto(previous, 0, previous);
    },
  };
}

/** α φ′(0) as at the last step; the first time of a given length. */
function trialAfter(slope: number, last: LastStep, first: number): number {
  const trial = (last.length * last.slope) / slope;
  return trial > 0 && Number.isFinite(trial) ? trial : first;
}
