import { describe, expect, it } from 'vitest';
import { batchOfRows } from '../core/batch.ts';
import { childSeed } from '../core/random.ts';
import type { Solver } from '../core/solver.ts';
import { adam } from './adam.ts';
import { bfgs } from './bfgs.ts';
import { rosenbrock } from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { gradientDescent } from './gradient-descent.ts';
import { refine } from './refine.ts';
import { run } from './run.ts';

const problem = standardProblem(rosenbrock(5));
const { task } = problem.draw(6, 1);
const descent = gradientDescent({ learningRate: 1e-4, iterations: 30 });

describe('refine', () => {
  it('does what both solvers do one after the other, and counts both', () => {
    const together = run(problem, refine(descent, bfgs()), task, 1).rows;
    const first = run(problem, descent, task, 1).rows;
    const second = run(problem, bfgs(), { ...task, start: batchOfRows(first.map(({ x }) => x)) }, 1).rows;
    together.forEach((found, b) => {
      expect(found.x).toEqual(second[b]!.x);
      expect(found.stop).toEqual(second[b]!.stop);
      expect(found.evaluations.gradients).toBe(30 + second[b]!.evaluations.gradients);
      expect(found.trace.at(-1)![0]).toBe(found.evaluations.gradients);
      expect(found.loss).toBeLessThan(first[b]!.loss);
    });
  });

  it('keeps the answer of the first solver where the budget is spent by then', () => {
    const first = run(problem, descent, task, 1).rows;
    const together = run(problem, refine(descent, bfgs()), task, 1, { evaluationsPerRow: 30 }).rows;
    together.forEach((found, b) => {
      expect(found.x).toEqual(first[b]!.x);
      expect(found.evaluations.gradients).toBe(30);
      expect(found.stop).toEqual({ kind: 'budget-spent' });
    });
  });

  it('names both, prefixes their settings and passes the backend on', () => {
    const networked: Solver = { ...descent, backend: 'wasm' };
    const solver = refine(networked, adam({ learningRate: 0.1, iterations: 3 }));
    expect(solver.name).toBe('gradient-descent+adam');
    expect(solver.backend).toBe('wasm');
    expect(solver.settings).toEqual({
      'first.learningRate': 1e-4,
      'first.iterations': 30,
      'first.gradientTolerance': 0,
      'second.learningRate': 0.1,
      'second.iterations': 3,
    });
    expect('backend' in refine(descent, bfgs())).toBe(false);
  });

  it('gives the second solver a seed of its own', () => {
    const seeds: number[] = [];
    const noting = (inner: Solver): Solver => ({
      ...inner,
      solve: (given, seed) => {
        seeds.push(seed);
        return inner.solve(given, seed);
      },
    });
    run(problem, refine(noting(descent), noting(bfgs())), task, 5);
    expect(seeds).toEqual([5, childSeed(5, 'refine')]);
  });
});
