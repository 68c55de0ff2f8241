import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import { adam } from './adam.ts';
import { quadratic, type StandardFunction } from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { gradientDescent } from './gradient-descent.ts';
import { run } from './run.ts';

/** Relative error of n multiplications, n <= 200. */
const ROUNDING = 400 * Number.EPSILON;

function rowOf(fun: StandardFunction, solver: Parameters<typeof run>[1]) {
  const problem = standardProblem(fun);
  return run(problem, solver, problem.draw(1, 1).task, 1).rows[0]!;
}

describe('gradientDescent', () => {
  it('multiplies the error on a quadratic by 1 − rate · λ in every step', () => {
    const found = rowOf(quadratic(1, 4), gradientDescent({ learningRate: 0.01, iterations: 100 }));
    const exact = 1 - (1 - 0.04) ** 100;
    expect(Math.abs(found.x[0]! - exact)).toBeLessThanOrEqual(ROUNDING);
    expect(found.evaluations).toEqual({ values: 0, gradients: 100 });
    expect(found.stop).toEqual({ kind: 'budget-spent' });
  });

  it('answers with the last iterate, also where it is the worst', () => {
    // 1 − 0.6 · 4 = −1.4: every step is longer than the last.
    const found = rowOf(quadratic(1, 4), gradientDescent({ learningRate: 0.6, iterations: 5 }));
    expect(Math.abs(found.x[0]! - (1 + 1.4 ** 5))).toBeLessThanOrEqual(1e-12);
    expect(found.loss).toBeGreaterThan(found.bestLoss);
  });

  it('stops where it can never move again, and where the tolerance is met', () => {
    const still: StandardFunction = {
      ...quadratic(1, 1),
      evaluate: () => ({ value: 3, gradient: Float64Array.of(0) }),
    };
    const found = rowOf(still, gradientDescent({ learningRate: 0.1, iterations: 50 }));
    expect(found.stop).toEqual({ kind: 'gradient-small', norm: 0 });
    expect(found.evaluations.gradients).toBe(1);
    const loose = gradientDescent({ learningRate: 0.5, iterations: 50, gradientTolerance: 0.1 });
    expect(rowOf(quadratic(1, 1), loose)).toMatchObject({
      stop: { kind: 'gradient-small', norm: 0.0625 },
      evaluations: { gradients: 5 },
    });
  });

  it('ends at a point that is not finite without calling it a success', () => {
    const found = rowOf(quadratic(1, 4), gradientDescent({ learningRate: 1e200, iterations: 50 }));
    expect(found.stop.kind).toBe('non-finite');
    expect(found.loss).toBe(Number.POSITIVE_INFINITY);
    expect(found.bestLoss).toBe(2);
  });

  it.each([
    { learningRate: 0, iterations: 1 },
    { learningRate: Number.NaN, iterations: 1 },
    { learningRate: 1, iterations: -1 },
    { learningRate: 1, iterations: 1.5 },
    { learningRate: 1, iterations: Number.NaN },
    { learningRate: 1, iterations: 1, gradientTolerance: -1 },
  ])('rejects %o, and so does Adam', (options) => {
    expect(() => gradientDescent(options)).toThrow(InverseClaimsError);
    expect(() => adam(options)).toThrow(InverseClaimsError);
  });
});
