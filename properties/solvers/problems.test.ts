import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot } from '../../src/numerics/vector.ts';
import { barrierProblems, smoothProblems, startsAtMinimum } from './cases.ts';
import { barrierProblem, HOSTILE_KINDS, hostileProblem, UNUSABLE_STARTS, unusableProblem } from './hostile-problems.ts';
import { convexProblem, rotation, type SolverProblem } from './problems.ts';
import { isUsable } from './run.ts';

/** Central difference against gradient, at the start, in every coordinate; relative to the slope of the problem. */
function gradientError({ evaluate, start, slope }: SolverProblem): number {
  const { gradient } = evaluate(start);
  const errors = Array.from(start, (entry, i) => {
    const h = 2 ** -17;
    const above = evaluate(start.with(i, entry + h)).value;
    const below = evaluate(start.with(i, entry - h)).value;
    return Math.abs((above - below) / (2 * h) - gradient[i]!) / Math.max(slope, Math.abs(gradient[i]!));
  });
  return Math.max(...errors);
}

describe('problems of the solver laws', () => {
  it.each([
    ['smooth', smoothProblems()],
    ['barrier', barrierProblems()],
  ])('have exact gradients: %s', (_, problems: fc.Arbitrary<SolverProblem>) => {
    for (const problem of fc.sample(problems, { numRuns: 300, seed: 1 })) {
      // h² times third derivatives, and ε f / h: both far below 1e-6 of the slope.
      expect(gradientError(problem), problem.label).toBeLessThan(1e-6);
      expect(isUsable(problem.evaluate(problem.start))).toBe(true);
    }
  });

  it('are stationary and lowest at their minimizer', () => {
    for (const problem of fc.sample(startsAtMinimum(), { numRuns: 50, seed: 1 })) {
      const { value, gradient } = problem.evaluate(problem.start);
      expect(value).toBe(problem.convex?.minimum);
      expect(gradient.every((entry) => entry === 0)).toBe(true);
    }
  });

  it('have the curvatures that are stated', () => {
    const { evaluate, minimizer } = convexProblem({ kind: 'quadratic', dimension: 3, logCondition: 6, salt: 5 });
    const center = minimizer as Float64Array;
    const curvatures = rotation(3, 5).map((axis) => 2 * evaluate(center.map((entry, i) => entry + axis[i]!)).value);
    curvatures.forEach((curvature, i) => {
      expect(curvature).toBeCloseTo([1, 8, 64][i] as number, 10);
    });
  });

  it('are turned by orthogonal matrices, not at all for salt 0', () => {
    expect(rotation(2, 0).map((row) => Array.from(row))).toEqual([
      [1, 0],
      [0, 1],
    ]);
    for (const salt of [1, 2, 3]) {
      const rows = rotation(5, salt);
      rows.forEach((a, i) => {
        rows.forEach((b, j) => {
          expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 14);
        });
      });
    }
  });
});

describe('hostile problems', () => {
  it.each(HOSTILE_KINDS)('can be started: %s', (kind) => {
    for (let salt = 0; salt < 20; salt++) {
      const { evaluate, start } = hostileProblem(kind, 2, salt);
      expect(isUsable(evaluate(start))).toBe(true);
    }
  });

  it.each(HOSTILE_KINDS.filter((kind) => kind.includes('edge')))('are of no use far away: %s', (kind) => {
    const { evaluate, start } = hostileProblem(kind, 2, 3);
    expect(isUsable(evaluate(start.with(0, start[0]! + 100)))).toBe(false);
    expect(isUsable(evaluate(start.with(0, start[0]! - 100)))).toBe(true);
  });

  it.each(UNUSABLE_STARTS)('are of no use at all: %s', (kind) => {
    const { evaluate, start } = unusableProblem(kind, 2);
    expect(isUsable(evaluate(start))).toBe(false);
  });

  it('end at the barrier', () => {
    const { evaluate } = barrierProblem(2, Number.NaN, 0);
    expect(evaluate(Float64Array.of(1, 1))).toEqual({ value: 2, gradient: new Float64Array(2) });
    expect(evaluate(Float64Array.of(1, 0)).value).toBeNaN();
  });
});
