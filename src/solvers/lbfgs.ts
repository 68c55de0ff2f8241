import { requireNumber } from '../core/errors.ts';
import type { Method, Solver } from '../core/solver.ts';
import { limitedMemory } from '../numerics/limited-memory.ts';
import { norm, scaleInto } from '../numerics/vector.ts';
import { type DirectionRule, lineDescent, requireStopRule } from './line-descent.ts';
import type { LineSearch } from './line-search.ts';
import { perRow } from './per-row.ts';
import { requireWolfe, strongWolfe, USUAL_WOLFE, type WolfeConstants } from './strong-wolfe.ts';

export interface LbfgsOptions {
  /** Stops where ‖∇f‖∞ is at most this; default 1e-5. */
  readonly gradientTolerance?: number;
  /** Accepted steps; default 1000. */
  readonly maxIterations?: number;
  /** Defaults c1 = 1e-4, c2 = 0.9. */
  readonly wolfe?: Partial<WolfeConstants>;
  /** Pairs (s, y) that are remembered, an integer from 1 to 1000; default 10. */
  readonly memory?: number;
  /** Greatest length of the first trial step from a fresh model, in the units of x; default 1. */
  readonly firstStep?: number;
  /** Another line search, made anew for every start; then `wolfe` is not looked at. */
  readonly lineSearch?: () => LineSearch;
}

type LbfgsSettings = Required<Omit<LbfgsOptions, 'wolfe' | 'lineSearch'>> & { readonly wolfe: WolfeConstants };

/**
 * Limited-memory BFGS with a strong Wolfe line search, every row on its own, all rows in lock step.
 *
 *     x₊ = x − α H ∇f(x),  H from the last `memory` pairs and H₀ = (sᵀy / yᵀy) I
 *
 * From a fresh model the first trial is −∇f, cut to the length `firstStep`; later it is α = 1. Memory O(n · memory).
 * Failed searches end as in `bfgs`.
 *
 * Liu & Nocedal, Mathematical Programming 45 (1989) 503; Nocedal & Wright, 2nd ed., algorithms 7.4 and 7.5.
 *
 * @example
 * lbfgs({ memory: 5 }).settings.memory; // => 5
 */
export function lbfgs(options: LbfgsOptions = {}): Solver {
  const { gradientTolerance, maxIterations, wolfe, memory, firstStep } = requireSettings(options);
  const method = lbfgsMethod(options);
  return perRow('lbfgs', { gradientTolerance, maxIterations, ...wolfe, memory, firstStep }, () => method);
}

/** The method behind `lbfgs` for one instance. */
export function lbfgsMethod(options: LbfgsOptions = {}): Method {
  const settings = requireSettings(options);
  const search = options.lineSearch ?? (() => strongWolfe(settings.wolfe));
  return lineDescent((n) => limitedMemoryRule(n, settings), search, settings);
}

function requireSettings(options: LbfgsOptions): LbfgsSettings {
  const wolfe = { ...USUAL_WOLFE, ...options.wolfe };
  requireWolfe('lbfgs', wolfe);
  const { gradientTolerance = 1e-5, maxIterations = 1000, memory = 10, firstStep = 1 } = options;
  requireStopRule('lbfgs', { gradientTolerance, maxIterations });
  requireNumber('lbfgs: "memory"', memory, { minimum: 1, maximum: 1000, integer: true });
  requireNumber('lbfgs: "firstStep"', firstStep, { above: 0 });
  return { gradientTolerance, maxIterations, wolfe, memory, firstStep };
}

function limitedMemoryRule(n: number, { memory, firstStep }: LbfgsSettings): DirectionRule {
  const model = limitedMemory(n, memory);
  return {
    isFresh: model.isFresh,
    directionInto: (out, gradient) => {
      if (model.isFresh()) {
        scaleInto(out, -Math.min(1, firstStep / norm(gradient)), gradient);
        return;
      }
      model.timesInto(out, gradient);
      scaleInto(out, -1, out);
    },
    firstTrial: () => 1,
    learn: model.update,
    reset: model.reset,
    model,
  };
}
