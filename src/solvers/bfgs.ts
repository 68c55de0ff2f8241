import { requireNumber, unknownName } from '../core/errors.ts';
import type { Method, Solver } from '../core/solver.ts';
import { inverseHessian } from '../numerics/inverse-hessian.ts';
import { norm, scaleInto } from '../numerics/vector.ts';
import { type DirectionRule, type LastStep, lineDescent, requireStopRule } from './line-descent.ts';
import type { LineSearch } from './line-search.ts';
import { perRow } from './per-row.ts';
import { requireWolfe, strongWolfe, USUAL_WOLFE, type WolfeConstants } from './strong-wolfe.ts';

export interface BfgsOptions {
  /** Stops where ‖∇f‖∞ is at most this; default 1e-5. */
  readonly gradientTolerance?: number;
  /** Accepted steps; default 1000. */
  readonly maxIterations?: number;
  /** Defaults c1 = 1e-4, c2 = 0.9. */
  readonly wolfe?: Partial<WolfeConstants>;
  /** Greatest length of the first trial step from a fresh model, in the units of x; default 1.01. */
  readonly firstStep?: number;
  /**
   * What H is before the first update: `'identity'` (default) or `'scaled'`, ten times the inverse curvature along
   * the first step, which does not depend on units.
   */
  readonly initialModel?: 'identity' | 'scaled';
  /** Another line search, made anew for every start; then `wolfe` is not looked at. */
  readonly lineSearch?: () => LineSearch;
}

type BfgsSettings = Required<Omit<BfgsOptions, 'wolfe' | 'lineSearch'>> & { readonly wolfe: WolfeConstants };

/**
 * Ten times too long costs little, because the trial rule cuts it; too short costs many iterations. Evaluations over all
 * of `standardFunctions`, with f times 1e-6 / 1 / 1e6: 1107 / 923 / 919 with 10, 1330 / 1116 / 1116 with 1, and
 * 2698 / 848 / 1012 with the identity.
 */
const SCALED_MODEL_MULTIPLE = 10;

/** Names of the initial models, for messages. */
const INITIAL_MODELS = ['identity', 'scaled'] as const;

/** The trial after a decrease Δf assumes the same decrease again: α = min(1, 1.01 · 2 Δf / −φ′(0)), eq. 3.60. */
const TRIAL_GROWTH = 1.01;

/**
 * BFGS with a strong Wolfe line search, every row on its own, all rows in lock step.
 *
 *     x₊ = x − α H ∇f(x),  H the inverse-Hessian model of `inverseHessian`
 *
 * First trials and initial model are those of SciPy's BFGS, so that it can stand in for it as a baseline: from a fresh
 * model the step −∇f, cut to the length `firstStep`; later α = min(1, 1.01 · 2 Δf / −φ′(0)). Hence the method depends on
 * the units of x: where gradients are long, `firstStep` decides how far the first trial jumps, and with it possibly
 * into which basin. With `initialModel: 'scaled'` multiplying f and the tolerance by a power of two changes nothing,
 * bit for bit, as long as ‖∇f‖₂ ≥ `firstStep` at the start; below that the first trial scales with f.
 *
 * A failed line search moves to its lowest trial, if that is an improvement, and starts again once from steepest
 * descent; if that fails as well the stop is `line-search-failed`, also where rounding alone prevents progress.
 * A start whose value or gradient is not finite stops as `non-finite` where `'value'`, since both are told alike.
 *
 * Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), algorithm 6.1.
 *
 * @example
 * bfgs({ gradientTolerance: 1e-8 }).settings.gradientTolerance; // => 1e-8
 */
export function bfgs(options: BfgsOptions = {}): Solver {
  const { gradientTolerance, maxIterations, wolfe, firstStep, initialModel } = requireSettings(options);
  const method = bfgsMethod(options);
  return perRow('bfgs', { gradientTolerance, maxIterations, ...wolfe, firstStep, initialModel }, () => method);
}

/** The method behind `bfgs` for one instance, for `multiStart`, `minimize` and methods of your own. */
export function bfgsMethod(options: BfgsOptions = {}): Method {
  const settings = requireSettings(options);
  const search = options.lineSearch ?? (() => strongWolfe(settings.wolfe));
  return lineDescent((n) => quasiNewtonRule(n, settings), search, settings);
}

function requireSettings(options: BfgsOptions): BfgsSettings {
  const wolfe = { ...USUAL_WOLFE, ...options.wolfe };
  requireWolfe('bfgs', wolfe);
  const { gradientTolerance = 1e-5, maxIterations = 1000, firstStep = 1.01, initialModel = 'identity' } = options;
  requireStopRule('bfgs', { gradientTolerance, maxIterations });
  requireNumber('bfgs: "firstStep"', firstStep, { above: 0 });
  if (!INITIAL_MODELS.includes(initialModel)) {
    throw unknownName('bfgs: "initialModel"', String(initialModel), INITIAL_MODELS);
  }
  return { gradientTolerance, maxIterations, wolfe, firstStep, initialModel };
}

/** p = −H g; from a fresh model −g, cut to the length `firstStep`. */
function quasiNewtonRule(n: number, { initialModel, firstStep }: BfgsSettings): DirectionRule {
  const model = inverseHessian(n, initialModel === 'scaled' ? SCALED_MODEL_MULTIPLE : undefined);
  return {
    isFresh: model.isFresh,
    directionInto: (out, gradient) => {
      if (model.isFresh()) scaleInto(out, -Math.min(1, firstStep / norm(gradient)), gradient);
      else model.timesInto(out, gradient, -1);
    },
    firstTrial: (slope, last) => (model.isFresh() ? 1 : trialAfter(last, slope)),
    learn: model.update,
    reset: model.reset,
    model,
  };
}

function trialAfter({ decrease }: LastStep, slope: number): number {
  return Math.min(1, (TRIAL_GROWTH * 2 * decrease) / -slope);
}
