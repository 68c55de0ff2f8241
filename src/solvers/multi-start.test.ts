import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import type { Method } from '../core/solver.ts';
import { wavePacketProblem } from '../simulators/wave-packet-problem.ts';
import { bfgs, bfgsMethod } from './bfgs.ts';
import { quadratic } from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { type MultiStartOptions, multiStart } from './multi-start.ts';
import { run } from './run.ts';

const problem = wavePacketProblem('B');
const prior: MultiStartOptions['sampleStart'] = (random) => Float64Array.of(random.between(32, 96));
const restarts = (options: Partial<MultiStartOptions> = {}) =>
  multiStart(bfgsMethod({ gradientTolerance: 1e-6 }), { evaluationsPerRow: 60, sampleStart: prior, ...options });

describe('multiStart', () => {
  it('spends exactly its evaluations and finds what one start does not', () => {
    const { task, reference } = problem.draw(64, 2);
    const solved = (losses: readonly number[]) => losses.filter((loss, b) => loss <= reference.globalLoss![b]! + 0.05);
    const many = run(problem, restarts(), task, 2).rows;
    const single = run(problem, bfgs({ gradientTolerance: 1e-6 }), task, 2).rows;
    many.forEach((found, b) => {
      expect(found.evaluations).toEqual({ values: 0, gradients: 60 });
      expect(found.stop).toEqual({ kind: 'budget-spent' });
      expect(found.loss).toBe(found.bestLoss);
      expect(found.loss).toBeLessThanOrEqual(single[b]!.loss);
    });
    expect(solved(many.map(({ loss }) => loss)).length).toBeGreaterThan(
      1.5 * solved(single.map(({ loss }) => loss)).length,
    );
  });

  it('begins with the start of the task', () => {
    const { task } = problem.draw(8, 2);
    const many = run(problem, restarts({ evaluationsPerRow: 4 }), task, 2).rows;
    const single = run(problem, bfgs({ gradientTolerance: 1e-6 }), task, 2, { evaluationsPerRow: 4 }).rows;
    expect(many.map(({ x, trace }) => ({ x, trace }))).toEqual(single.map(({ x, trace }) => ({ x, trace })));
  });

  it('draws other starts for every row and seed, and the same ones again', () => {
    const drawn = (seed: number): number[][] => {
      const starts: number[][] = [[], []];
      const sampleStart: MultiStartOptions['sampleStart'] = (random, row) => {
        const start = prior(random, row);
        starts[row]!.push(start[0]!);
        return start;
      };
      run(problem, restarts({ sampleStart }), problem.draw(2, 2).task, seed);
      return starts;
    };
    const first = drawn(1);
    expect(first[0]!.length).toBeGreaterThan(3);
    expect(drawn(1)).toEqual(first);
    expect(new Set([...first.flat(), ...drawn(2).flat()]).size).toBe(first.flat().length + drawn(2).flat().length);
  });

  it('stops a row at its target', () => {
    const { task } = problem.draw(32, 2);
    const { rows } = run(problem, restarts({ evaluationsPerRow: 400, target: 1 }), task, 2);
    for (const found of rows) {
      expect(found.stop).toEqual({ kind: 'target-reached', value: found.loss });
      expect(found.loss).toBeLessThanOrEqual(1);
      expect(found.evaluations.gradients).toBeLessThan(400);
    }
  });

  it('ends with the budget of the run where that is smaller', () => {
    const { task } = problem.draw(4, 2);
    for (const found of run(problem, restarts(), task, 2, { evaluationsPerRow: 25 }).rows) {
      expect(found.evaluations.gradients).toBe(25);
      expect(found.stop).toEqual({ kind: 'budget-spent' });
      expect(found.loss).toBe(found.bestLoss);
    }
  });

  it('goes on to the next start where the inner method ends after one evaluation', () => {
    const flat = standardProblem({
      ...quadratic(1, 1),
      evaluate: ([x = 0]) => ({ value: Math.floor(x), gradient: Float64Array.of(0) }),
      starts: [[9]],
    });
    const sampleStart: MultiStartOptions['sampleStart'] = (random) => Float64Array.of(random.between(0, 9));
    const solver = multiStart(bfgsMethod(), { evaluationsPerRow: 50, sampleStart });
    const found = run(flat, solver, flat.draw(1, 1).task, 1).rows[0]!;
    expect(found.loss).toBe(0);
    expect(found.evaluations.gradients).toBe(50);
  });

  it('refuses an inner method that asks for nothing, and starts that do not fit', () => {
    // biome-ignore lint/correctness/useYield: this is the fault
    const silent: Method = function* (start) {
      return { x: start, stop: { kind: 'budget-spent' } };
    };
    const { task } = problem.draw(1, 2);
    const solvers = [
      multiStart(silent, { evaluationsPerRow: 10, sampleStart: prior }),
      restarts({ sampleStart: () => Float64Array.of(1, 2) }),
      restarts({ sampleStart: () => Float64Array.of(Number.NaN) }),
    ];
    for (const solver of solvers) expect(() => run(problem, solver, task, 1)).toThrow(InverseClaimsError);
    expect(() => restarts({ evaluationsPerRow: 0 })).toThrow(InverseClaimsError);
  });

  it('reports its settings with those of the inner method', () => {
    const { settings, name } = restarts({ name: 'restarts', target: 2, settings: { gradientTolerance: 1e-6 } });
    expect(name).toBe('restarts');
    expect(settings).toEqual({ gradientTolerance: 1e-6, evaluationsPerRow: 60, target: 2 });
  });
});
