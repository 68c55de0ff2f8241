import { requireNumber } from '../core/errors.ts';
import type { Method, MethodAnswer, MethodAsk, MethodTell, Solver } from '../core/solver.ts';
import { adamState, adamStep } from '../numerics/adam-step.ts';
import { maxNorm } from '../numerics/vector.ts';
import { requireIterations } from './gradient-descent.ts';
import { perRow } from './per-row.ts';

export interface AdamOptions {
  /** Length of the first step in every coordinate, > 0, in the units of x. */
  readonly learningRate: number;
  /** Steps, and gradients asked for; Infinity runs until the gradient is small or the budget is spent. */
  readonly iterations: number;
  /** Stops where ‖∇f‖∞ is at most this; by default it never does, since momentum may still carry it on. */
  readonly gradientTolerance?: number;
}

/**
 * Adam on every row separately, with bias correction: β₁ = 0.9, β₂ = 0.999, ε = 1e-8, fixed learning rate.
 *
 * The answer is the last iterate, not the best one; its loss was never told to the method. A point that is not
 * finite counts as a zero gradient: momentum carries the iterate on; a start that is not finite is never left, and
 * ends the row.
 *
 * Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1; see `adamStep`.
 *
 * @example
 * adam({ learningRate: 0.1, iterations: 1000 }).settings.iterations; // => 1000
 */
export function adam(options: AdamOptions): Solver {
  const { learningRate, iterations, gradientTolerance } = options;
  const method = adamMethod(options);
  const stopping = gradientTolerance === undefined ? {} : { gradientTolerance };
  return perRow('adam', { learningRate, iterations, ...stopping }, () => method);
}

/** The method behind `adam` for one instance. */
export function adamMethod({ learningRate, iterations, gradientTolerance }: AdamOptions): Method {
  requireNumber('adam: "learningRate"', learningRate, { above: 0 });
  requireIterations('adam: "iterations"', iterations);
  if (gradientTolerance !== undefined) requireNumber('adam: "gradientTolerance"', gradientTolerance, { minimum: 0 });
  const smallEnough = gradientTolerance ?? Number.NEGATIVE_INFINITY;
  return function* (start): Generator<MethodAsk, MethodAnswer, MethodTell> {
    const state = adamState(start.length);
    let x = start;
    for (let iteration = 0; iteration < iterations; iteration++) {
      const told = yield { x, need: 'gradient', iteration };
      const finite = told.value < Number.POSITIVE_INFINITY;
      if (iteration === 0 && !finite) return { x, stop: { kind: 'non-finite', where: 'value' } };
      const gradient = told.gradient as Float64Array;
      const size = maxNorm(gradient);
      if (finite && size <= smallEnough) {
        return { x, stop: { kind: 'gradient-small', norm: size } };
      }
      x = x.slice();
      adamStep(state, x, gradient, learningRate);
    }
    return { x, stop: { kind: 'budget-spent' } };
  };
}
