import { describe, expect, it } from 'vitest';
import { adam, adamMethod } from './adam.ts';
import { booth, quadratic, type StandardFunction } from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { run } from './run.ts';

function rowsOf(fun: StandardFunction, solver: Parameters<typeof run>[1], count = 1) {
  const problem = standardProblem(fun);
  return run(problem, solver, problem.draw(count, 1).task, 1).rows;
}

/** With a fixed rate Adam hovers around the minimum; 2000 steps of 0.05 leave less than this. */
const HOVERING = 1e-6;

describe('adam', () => {
  it('reaches the minimum of convex functions from every start', () => {
    for (const fun of [quadratic(1, 4), booth, quadratic(5, 100)]) {
      for (const found of rowsOf(fun, adam({ learningRate: 0.05, iterations: 2000 }), 2)) {
        expect(found.loss - fun.minimum).toBeLessThan(HOVERING);
        expect(found.evaluations).toEqual({ values: 0, gradients: 2000 });
        expect(found.stop).toEqual({ kind: 'budget-spent' });
      }
    }
  });

  it('moves every coordinate by the learning rate in its first step, whatever the units of f', () => {
    for (const condition of [1, 1e4]) {
      const found = rowsOf(quadratic(2, condition), adam({ learningRate: 0.125, iterations: 1 }))[0]!;
      // ε = 1e-8 against gradients of at least 1.
      for (const x of found.x) expect(Math.abs(x - 0.125)).toBeLessThan(1e-8);
    }
  });

  it('answers with the last iterate', () => {
    const found = rowsOf(quadratic(1, 1), adam({ learningRate: 10, iterations: 1 }))[0]!;
    expect(found.x[0]).toBeGreaterThan(9);
    expect(found.loss).toBeGreaterThan(found.bestLoss);
  });

  it('keeps a moment of its own for every row', () => {
    const together = rowsOf(booth, adam({ learningRate: 0.1, iterations: 20 }), 2);
    const starts = booth.starts.map((start) => ({ ...booth, starts: [start] }));
    const apart = starts.map((fun) => rowsOf(fun, adam({ learningRate: 0.1, iterations: 20 }))[0]!);
    expect(together).toEqual(apart);
  });

  it('is carried on by momentum over a point that is not finite', () => {
    const hole: StandardFunction = {
      ...quadratic(1, 1),
      evaluate: ([x = 0]) => ({
        value: x > 0.15 && x < 0.25 ? Number.NaN : 0.5 * (x - 1) ** 2,
        gradient: Float64Array.of(x - 1),
      }),
    };
    const found = rowsOf(hole, adam({ learningRate: 0.1, iterations: 400 }))[0]!;
    expect(found.nonFinite).toBeGreaterThan(0);
    expect(found.loss).toBeLessThan(HOVERING);
  });

  it('does not take the zero gradient of a point that is not finite for a small one', () => {
    const cliff: StandardFunction = {
      ...quadratic(1, 1),
      evaluate: ([x = 0]) => ({ value: x === 0 ? 1 : Number.NaN, gradient: Float64Array.of(1) }),
    };
    const found = rowsOf(cliff, adam({ learningRate: 0.1, iterations: 5, gradientTolerance: 1e-3 }))[0]!;
    expect(found.stop).toEqual({ kind: 'budget-spent' });
    expect(found.loss).toBe(Number.POSITIVE_INFINITY);
    expect(found.nonFinite).toBe(4);
  });

  it('ends at once at a start that is not finite', () => {
    const nowhere: StandardFunction = {
      ...quadratic(1, 1),
      evaluate: () => ({ value: Number.NaN, gradient: Float64Array.of(1) }),
    };
    const found = rowsOf(nowhere, adam({ learningRate: 0.1, iterations: 5 }))[0]!;
    expect(found.stop).toEqual({ kind: 'non-finite', where: 'value' });
    expect(found.evaluations.gradients).toBe(1);
  });

  it('changes neither its start nor a point it has asked for', () => {
    const start = Float64Array.of(3);
    const steps = adamMethod({ learningRate: 0.5, iterations: 4 })(start);
    const asked: Float64Array[] = [];
    let next = steps.next();
    while (!next.done) {
      asked.push(next.value.x);
      next = steps.next({ value: 1, gradient: Float64Array.of(1) });
    }
    expect(start).toEqual(Float64Array.of(3));
    expect(new Set([...asked, next.value.x].map(([x]) => x)).size).toBe(5);
  });

  it('stops early only where it is given a tolerance', () => {
    const tolerant = adam({ learningRate: 0.1, iterations: 5000, gradientTolerance: 1e-3 });
    const found = rowsOf(quadratic(1, 1), tolerant)[0]!;
    expect(found.stop.kind).toBe('gradient-small');
    expect(found.evaluations.gradients).toBeLessThan(5000);
    const still: StandardFunction = {
      ...quadratic(1, 1),
      evaluate: () => ({ value: 0, gradient: Float64Array.of(0) }),
    };
    expect(rowsOf(still, adam({ learningRate: 0.1, iterations: 7 }))[0]!.evaluations.gradients).toBe(7);
    expect(adam({ learningRate: 0.1, iterations: 7 }).settings).toEqual({ learningRate: 0.1, iterations: 7 });
  });
});
