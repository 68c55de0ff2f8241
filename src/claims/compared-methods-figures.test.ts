import { describe, expect, it } from 'vitest';
import type { Run, RunRow } from '../core/solver.ts';
import { comparedMethodsFigures } from './compared-methods-figures.ts';

const rowOf = (trace: readonly (readonly [number, number])[]): RunRow => {
  const loss = trace.at(-1)?.[1] as number;
  const evaluations = { values: 0, gradients: trace.at(-1)?.[0] as number };
  return { x: [0], loss, bestLoss: loss, evaluations, nonFinite: 0, stop: { kind: 'budget-spent' }, trace };
};
const runOf = (
  solver: string,
  traces: readonly (readonly (readonly [number, number])[])[],
  snapshots: Run['snapshots'] = [],
): Run => ({
  problem: 'p',
  solver,
  settings: {},
  seed: 1,
  backend: 'none',
  rows: traces.map(rowOf),
  snapshots,
});

/** Two problems, of which BFGS solves the second. */
const local = runOf('bfgs', [
  [
    [1, 1],
    [4, 0.5],
  ],
  [
    [1, 1],
    [2, 1e-9],
  ],
]);
const descent = runOf('descent', [
  [
    [1, 1],
    [2, 0.25],
  ],
  [
    [1, 1],
    [2, 0.75],
  ],
]);
const joint = runOf(
  'joint',
  [[[4, 0.125]], [[4, 0.25]]],
  [
    { label: 0, losses: [2, 4] },
    { label: 1, losses: [0.25, 0.75] },
    { label: 4, losses: [0.125, 0.25] },
  ],
);
const refined = runOf('refined', [[[1, 1e-20]], [[1, 0.5]]]);

const experiment = {
  name: 'Experiment',
  iterations: 4,
  solvedLoss: 1e-6,
  curves: { id: 'c', caption: 'curves' },
  better: { id: 'b', caption: 'better' },
  losses: { id: 'l', caption: 'losses' },
};
const [curves, better, losses] = comparedMethodsFigures(experiment, {
  joint,
  refined,
  local,
  others: [
    ['BFGS', local],
    ['gradient descent', descent],
  ],
});

const lines = (figure: typeof curves) =>
  Object.fromEntries((figure?.panels[0]?.series ?? []).map(({ name, x, y }) => [name, { x, y }]));

describe('figures of one training beside other methods', () => {
  it('show mean losses over evaluations: the network as it was, the others by their best so far', () => {
    const shown = lines(curves);
    expect(shown.JPO).toEqual({ x: [1, 4], y: [0.5, 0.1875] });
    const { x = [], y = [] } = shown.BFGS ?? {};
    expect([x[0], y[0], x.at(-1)]).toEqual([1, 1, 4]);
    expect(y.at(-1)).toBeCloseTo(0.25, 8);
    expect(shown['gradient descent']?.y.at(-1)).toBe(0.5);
  });

  it('show the share of problems that end lower than BFGS, which is no line but the limit', () => {
    const shown = lines(better);
    expect(Object.keys(shown)).toEqual(['JPO', 'gradient descent']);
    expect(shown.JPO).toEqual({ x: [0.5, 1, 4], y: [0, 0.5, 0.5] });
    expect(shown['gradient descent']?.y.at(-1)).toBe(0.5);
    expect(better?.panels[0]?.references).toEqual([{ axis: 'y', value: 0.5, label: 'unsolved by BFGS' }]);
  });

  it('show final losses in order, the smallest no smaller than a log axis has room for', () => {
    const shown = lines(losses);
    expect(shown['JPO + refinement']).toEqual({ x: [1e-12, 0.5], y: [0.5, 1] });
    expect(shown.BFGS).toEqual({ x: [1e-9, 0.5], y: [0.5, 1] });
    expect(shown.JPO).toEqual({ x: [0.125, 0.25], y: [0.5, 1] });
  });

  it('leave losses that are not finite out, and count them', () => {
    const lost = { ...joint, rows: [rowOf([[4, Number.POSITIVE_INFINITY]]), rowOf([[4, 0.25]])] };
    const [, , distribution] = comparedMethodsFigures(experiment, { joint: lost, refined, local, others: [] });
    expect(lines(distribution).JPO).toEqual({ x: [0.25], y: [0.5] });
  });
});
