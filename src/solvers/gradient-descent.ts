import { requireNumber } from '../core/errors.ts';
import type { Method, MethodAnswer, MethodAsk, MethodTell, Solver } from '../core/solver.ts';
import { maxNorm } from '../numerics/vector.ts';
import { perRow } from './per-row.ts';

export interface GradientDescentOptions {
  /** Step length per unit of gradient, > 0, in units of x² per unit of loss. */
  readonly learningRate: number;
  /** Steps, and gradients asked for; Infinity runs until the gradient is small or the budget is spent. */
  readonly iterations: number;
  /** Stops where ‖∇f‖∞ is at most this; default 0: only an exactly zero gradient, which never moves again. */
  readonly gradientTolerance?: number;
}

/**
 * Gradient descent with a fixed learning rate, every row on its own.
 *
 *     x₊ = x − rate · ∇f(x)
 *
 * The answer is the last iterate, not the best one; its loss was never told to the method. A row that meets a
 * point which is not finite stops there, since it has no gradient to leave it by.
 *
 * @example
 * gradientDescent({ learningRate: 0.5, iterations: 1000 }).name; // => 'gradient-descent'
 */
export function gradientDescent(options: GradientDescentOptions): Solver {
  const { learningRate, iterations, gradientTolerance = 0 } = options;
  const method = gradientDescentMethod(options);
  return perRow('gradient-descent', { learningRate, iterations, gradientTolerance }, () => method);
}

/** The method behind `gradientDescent` for one instance. */
export function gradientDescentMethod(options: GradientDescentOptions): Method {
  const { learningRate, iterations, gradientTolerance = 0 } = options;
  requireNumber('gradientDescent: "learningRate"', learningRate, { above: 0 });
  requireIterations('gradientDescent: "iterations"', iterations);
  requireNumber('gradientDescent: "gradientTolerance"', gradientTolerance, { minimum: 0 });
  return function* (start): Generator<MethodAsk, MethodAnswer, MethodTell> {
    let x = start;
    for (let iteration = 0; iteration < iterations; iteration++) {
      const told = yield { x, need: 'gradient', iteration };
      if (told.value === Number.POSITIVE_INFINITY) return { x, stop: { kind: 'non-finite', where: 'value' } };
      const gradient = told.gradient as Float64Array;
      const size = maxNorm(gradient);
      if (size <= gradientTolerance) return { x, stop: { kind: 'gradient-small', norm: size } };
      x = x.map((value, i) => value - learningRate * gradient[i]!);
    }
    return { x, stop: { kind: 'budget-spent' } };
  };
}

/** Throws unless the number of iterations is an integer >= 0 or Infinity. */
export function requireIterations(where: string, iterations: number): void {
  if (iterations !== Number.POSITIVE_INFINITY) requireNumber(where, iterations, { minimum: 0, integer: true });
}
