import { describe, expect, it } from 'vitest';
import { batch, row } from '../core/batch.ts';
import type { Prior } from '../core/prior.ts';
import type { SimulatorLike } from '../core/problem.ts';
import { type PriorProblemOptions, priorProblem } from './prior-problem.ts';

/** y = γ x, whose derivative is not asked for here. */
const simulator: SimulatorLike = {
  name: 'product',
  input: [{ name: 'x', length: 1, unit: '1' }],
  identifiers: [{ name: 'γ', length: 1, unit: '1' }],
  output: [{ name: 'y', length: 1, unit: '1' }],
  forward: (x, gamma) =>
    batch(
      x.rows,
      1,
      x.data.map((value, b) => value * gamma.data[b]!),
    ),
  vjp: () => {
    throw new Error('not asked for');
  },
};
const uniform = (name: string, low: number, high: number): Prior => [
  { name, unit: '1', distribution: { kind: 'uniform', low, high } },
];
const options: PriorProblemOptions = { id: 'p', simulator, prior: uniform('x', 1, 3), identifiers: uniform('γ', 5, 6) };

describe('priorProblem', () => {
  it('observes the truth, in the range of its prior, and starts in the middle', () => {
    const { task, reference } = priorProblem(options).draw(50, 3);
    for (let b = 0; b < 50; b++) {
      const [truth, gamma] = [row(reference.truth, b)[0]!, row(task.identifiers, b)[0]!];
      expect(truth >= 1 && truth < 3 && gamma >= 5 && gamma < 6).toBe(true);
      expect(row(task.observed, b)[0]).toBe(truth * gamma);
      expect(row(task.start, b)[0]).toBe(2);
    }
  });

  it('draws in pieces what it draws at once, noise included', () => {
    const problem = priorProblem({ ...options, noise: 0.1, start: 'prior' });
    const { task, reference } = problem.draw(5, 3);
    const later = problem.draw(2, 3, 3);
    expect(later.reference.truth.data).toEqual(reference.truth.data.slice(3));
    expect(later.task.observed.data).toEqual(task.observed.data.slice(3));
    expect(later.task.start.data).toEqual(task.start.data.slice(3));
    expect(task.start.data).not.toEqual(reference.truth.data);
    const clean = priorProblem(options).draw(5, 3).task.observed.data;
    expect(Math.max(...task.observed.data.map((y, i) => Math.abs(y - clean[i]!)))).toBeGreaterThan(0.01);
  });

  it('takes the median of every kind of distribution for its middle', () => {
    const log: Prior = [{ name: 'x', unit: '1', distribution: { kind: 'log-uniform', low: 1, high: 100 } }];
    const normal: Prior = [{ name: 'x', unit: '1', distribution: { kind: 'normal', mean: 7, sd: 1 } }];
    expect(priorProblem({ ...options, prior: log }).draw(1, 1).task.start.data[0]).toBeCloseTo(10, 12);
    expect(priorProblem({ ...options, prior: normal }).draw(1, 1).task.start.data[0]).toBe(7);
  });

  it.each([
    [{ prior: [...uniform('x', 0, 1), ...uniform('z', 0, 1)] }, 'each of 1 coordinates'],
    [{ identifiers: [] }, 'each of 1 coordinates'],
    [{ start: [1, 2] }, '1 finite numbers'],
    [{ start: [Number.NaN] }, 'NaN'],
    [{ noise: -1 }, '"noise"'],
  ])('refuses %o', (wrong, message) => {
    expect(() => priorProblem({ ...options, ...wrong })).toThrow(message);
  });

  it('refuses to observe what is not finite', () => {
    const broken = { ...simulator, forward: () => batch(1, 1, Float64Array.of(Number.NaN)) };
    expect(() => priorProblem({ ...options, simulator: broken }).draw(1, 1)).toThrow('F(x* | γ)');
  });
});
