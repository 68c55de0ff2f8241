import { describe, expect, it } from 'vitest';
import { batch, row } from '../core/batch.ts';
import { rowEvaluator } from '../solvers/evaluate-rows.ts';
import {
  kuramotoSivashinskyPrior,
  kuramotoSivashinskyProblem,
  kuramotoSivashinskySettings,
} from './kuramoto-sivashinsky-problem.ts';

const everyRow = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, b) => b);

describe('Kuramoto-Sivashinsky problems', () => {
  it.each(['A', 'B', 'C', 'D'] as const)(
    'of setting %s have the loss 0 at the truth, and more at the start',
    (setting) => {
      const problem = kuramotoSivashinskyProblem(setting);
      const { task, reference } = problem.draw(5, 1);
      const evaluate = rowEvaluator(problem, task);
      expect([...evaluate(reference.truth, everyRow(5), 'value').value]).toEqual([0, 0, 0, 0, 0]);
      expect(Math.min(...evaluate(task.start, everyRow(5), 'value').value)).toBeGreaterThan(1e-4);
      expect([...(reference.globalLoss ?? [])]).toEqual([0, 0, 0, 0, 0]);
      expect([...task.start.data]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    },
  );

  it('are the same for the same seed, whichever are asked for', () => {
    const problem = kuramotoSivashinskyProblem('C');
    const all = problem.draw(6, 7);
    const some = problem.draw(2, 7, 3);
    expect(some.reference.truth.data).toEqual(all.reference.truth.data.slice(6, 10));
    expect(some.task.observed.data).toEqual(all.task.observed.data.slice(3 * 64, 5 * 64));
    expect(problem.draw(6, 8).reference.truth.data).not.toEqual(all.reference.truth.data);
  });

  it('share parameters and states between settings A, C and D', () => {
    const [a, c, d] = (['A', 'C', 'D'] as const).map((setting) => kuramotoSivashinskyProblem(setting).draw(3, 2));
    for (const other of [c, d]) {
      expect(other!.reference.truth).toEqual(a!.reference.truth);
      expect(other!.task.identifiers).toEqual(a!.task.identifiers);
      expect(other!.task.observed).not.toEqual(a!.task.observed);
    }
  });

  it('stay within the prior and fill it', () => {
    const { reference } = kuramotoSivashinskyProblem({ ...kuramotoSivashinskySettings.A, horizon: 0.25 }).draw(500, 3);
    const column = (j: number): number[] => Array.from({ length: 500 }, (_, b) => row(reference.truth, b)[j]!);
    const range = (values: number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)];
    const [[lowAlpha, highAlpha], [lowBeta, highBeta]] = [range(column(0)), range(column(1))];
    expect(lowAlpha).toBeGreaterThanOrEqual(-1);
    expect(lowAlpha).toBeLessThan(-0.95);
    expect(highAlpha).toBeLessThanOrEqual(1);
    expect(highAlpha).toBeGreaterThan(0.95);
    expect(lowBeta).toBeGreaterThanOrEqual(0.5);
    expect(lowBeta).toBeLessThan(0.53);
    expect(highBeta).toBeLessThanOrEqual(1.5);
    expect(highBeta).toBeGreaterThan(1.47);
  });

  it.each(['parameters-and-modes', 'parameters-and-state'] as const)('may leave the state unknown: %s', (unknowns) => {
    const problem = kuramotoSivashinskyProblem({ ...kuramotoSivashinskySettings.C, unknowns });
    const known = kuramotoSivashinskyProblem('C').draw(2, 4);
    const { task, reference } = problem.draw(2, 4);
    expect(task.observed.data).toEqual(known.task.observed.data);
    expect(task.identifiers.cols).toBe(0);
    expect([...row(task.start, 1).slice(2)].every((value) => value === 0)).toBe(true);
    const { value } = rowEvaluator(problem, task)(reference.truth, everyRow(2), 'value');
    expect([...value]).toEqual([0, 0]);
  });

  it('are observed in double precision whatever the simulator runs in', () => {
    const options = kuramotoSivashinskySettings.C;
    const single = kuramotoSivashinskyProblem({ ...options, precision: 'float32' });
    expect(single.simulator.precision).toBe('float32');
    expect(single.draw(3, 5).task.observed).toEqual(kuramotoSivashinskyProblem(options).draw(3, 5).task.observed);
  });

  it('take no problem at all, and refuse fewer', () => {
    expect(kuramotoSivashinskyProblem('A').draw(0, 1).task.observed).toEqual(batch(0, 64));
    expect(() => kuramotoSivashinskyProblem('A').draw(-1, 1)).toThrow(/"count"/);
    expect(() => kuramotoSivashinskyProblem('A').draw(1, 1, 0.5)).toThrow(/"first"/);
  });

  it('refuse a setting that nobody knows', () => {
    expect(() => kuramotoSivashinskyProblem('E' as 'A')).toThrow(expect.objectContaining({ code: 'unknown-name' }));
    expect(() => kuramotoSivashinskyPrior('toString' as 'A')).toThrow(
      expect.objectContaining({ code: 'unknown-name' }),
    );
  });
});
