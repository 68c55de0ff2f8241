import { describe, expect, it } from 'vitest';
import { batch } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { Solver } from '../core/solver.ts';
import { bfgs } from '../solvers/bfgs.ts';
import { minimize } from '../solvers/minimize.ts';
import { certifiedRun, measure } from './measurement.ts';
import { minimizerRows } from './minimizer-rows.ts';
import { families, PROBLEM_SET_SEED } from './problem-set.ts';
import { rosenbrockStarts } from './testing/measured.ts';

const starts = rosenbrockStarts(6);
const usual = (): Solver => bfgs({ gradientTolerance: 1e-6 });

describe('the problem set', () => {
  it.each(families)('$name: the same seed gives the same problems, another one others', ({ parts }) => {
    const observed = (seed: number) => {
      const [first] = parts(seed);
      return [...(first?.task.start.data ?? []), ...(first?.task.observed.data ?? [])];
    };
    expect(observed(PROBLEM_SET_SEED)).toEqual(observed(PROBLEM_SET_SEED));
    expect(parts(PROBLEM_SET_SEED).length).toBe(parts(1).length);
    for (const { task, floor } of parts(1)) expect(floor.length).toBe(task.start.rows);
  });
});

describe('measure', () => {
  it('has evaluations to the target, losses and what was solved', async () => {
    const { toTarget, evaluations, excess, solved, violations, error } = await measure(
      'bfgs',
      starts,
      certifiedRun(usual),
      3,
    );
    expect(solved).toEqual([1, 1, 1, 1, 1, 1]);
    expect([violations, error]).toEqual([0, undefined]);
    toTarget.forEach((until, b) => {
      expect(until).toBeGreaterThan(1);
      expect(until).toBeLessThanOrEqual(evaluations[b] as number);
      expect(excess[b]).toBeLessThanOrEqual(starts.gap);
    });
  });

  it('counts what is not solved as never, with the evaluations that were spent', async () => {
    const hasty = { ...starts, budget: 3 };
    const { toTarget, evaluations, solved } = await measure('bfgs', hasty, certifiedRun(usual), 3);
    expect([toTarget, solved]).toEqual([new Array(6).fill(null), new Array(6).fill(0)]);
    expect(Math.max(...evaluations)).toBeLessThanOrEqual(3);
  });

  it('is a measurement with an error where the solver throws', async () => {
    const broken = (): Solver => {
      throw new Error('no such thing');
    };
    expect(await measure('x', starts, certifiedRun(broken), 3)).toMatchObject({ error: 'no such thing', solved: [] });
  });

  it('counts the rows whose certificates fail, and measures the others', async () => {
    const violating: Solver = {
      ...usual(),
      *solve(task, seed, observe) {
        if (task.start.data.some((value) => value > 1.5)) {
          throw new InverseClaimsError('certificate-violated', {
            where: 'test',
            expected: 'descent',
            received: 'ascent',
          });
        }
        return yield* usual().solve(task, seed, observe);
      },
    };
    const part = starts.parts(1)[0];
    const x = [0, 0, 2, 0, 0, 2].flatMap((value) => [value, 0.5]);
    const task = { ...part?.task, start: batch(6, 2, Float64Array.from(x)) } as never;
    const family = { ...starts, parts: () => [{ ...part, task } as never] };
    const { violations, solved } = await measure(
      'x',
      family,
      certifiedRun(() => violating),
      3,
    );
    expect(violations).toBe(2);
    expect(solved).toEqual([1, 1, 0, 1, 1, 0]);
  });

  it('takes whole trainings as units', async () => {
    const family = { ...starts, unit: 'training' as const };
    const { solved, evaluations } = await measure('bfgs', family, certifiedRun(usual), 3);
    const rows = await measure('bfgs', starts, certifiedRun(usual), 3);
    expect(solved).toEqual([1]);
    expect(evaluations[0]).toBeCloseTo(rows.evaluations.reduce((sum, e) => sum + e, 0) / 6, 6);
  });
});

describe('a plain minimizer', () => {
  it('is measured as the solver that it is', async () => {
    const plain = minimizerRows((fun, x0, options) => {
      const found = minimize((x) => fun(x), x0, { gradientTolerance: 1e-6, maxEvaluations: options.maxEvaluations });
      return { x: found.x, value: found.value, converged: true, evaluations: found.evaluations };
    });
    const own = await measure('solver', starts, plain, 3);
    const library = await measure('solver', starts, certifiedRun(usual), 3);
    expect(own).toEqual(library);
  });

  it('is told +∞ beyond its budget, and its answer is evaluated again', async () => {
    const values: number[] = [];
    const liar = minimizerRows((fun, x0) => {
      for (let k = 0; k < 5; k++) values.push(fun(x0).value);
      return { x: x0, value: -1, converged: true, evaluations: 1 };
    });
    const { evaluations, excess } = await measure('liar', { ...starts, budget: 3 }, liar, 3);
    expect(values.slice(0, 5).map(Number.isFinite)).toEqual([true, true, true, false, false]);
    expect(evaluations[0]).toBe(5);
    expect(excess[0]).toBe(Number((values[0] as number).toPrecision(9)));
  });

  it.each([
    ['a promise', () => Promise.resolve({ x: [0, 0] })],
    ['a wrong shape', () => ({ x: [1] })],
    ['words', () => ({ x: 'here' })],
  ])('that answers %s errs', async (_what, answer) => {
    const { error } = await measure('x', starts, minimizerRows(answer as never), 3);
    expect(error).toContain('minimize: "x" of its answer');
  });
});
