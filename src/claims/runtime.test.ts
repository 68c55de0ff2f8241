import { describe, expect, it } from 'vitest';
import type { Run, RunRow } from '../core/solver.ts';
import { billiardsTraining } from './billiards/training.ts';
import {
  BUDGETS,
  COMPARED,
  evaluationsToTarget,
  RATIOS,
  RUNTIME_NAMES,
  ratioName,
  refinedTimes,
  runtimeFacts,
  solvedName,
  timesOf,
} from './runtime.ts';

const row = (trace: RunRow['trace'], loss = trace.at(-1)?.[1] ?? 1): RunRow => ({
  x: [0],
  loss,
  bestLoss: loss,
  evaluations: { values: 0, gradients: 0 },
  nonFinite: 0,
  stop: { kind: 'gradient-small', norm: 0 },
  trace,
});
const result = (rows: readonly RunRow[]): Run => ({
  problem: 'p',
  solver: 's',
  settings: {},
  seed: 1,
  backend: 'none',
  rows,
  snapshots: [],
});

describe('evaluations to a target', () => {
  const falling = row([
    [1, 8],
    [2, 2],
    [5, 0.5],
  ]);

  it('are those of the first loss at or below it', () => {
    expect([9, 8, 2, 1, 0.5, 0.4].map((target) => evaluationsToTarget(falling, target))).toEqual([
      1,
      1,
      2,
      5,
      5,
      Number.POSITIVE_INFINITY,
    ]);
    expect(timesOf(result([falling, falling]), (b) => [2, 0.1][b] as number)).toEqual([2, Number.POSITIVE_INFINITY]);
  });

  it('are none where the answer that is refined is at the target already, whatever was met on the way', () => {
    const answered = result([row([[1, 9]], 0.3), row([[1, 0.1]], 3)]);
    expect(refinedTimes(answered, result([falling, falling]), () => 0.5)).toEqual([0, 5]);
  });
});

describe('grids', () => {
  it('hold budgets that traces keep, four to an octave where numbers allow it, and ratios of half octaves', () => {
    expect(BUDGETS.slice(0, 12)).toEqual([1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22]);
    expect(BUDGETS.at(-1)).toBeGreaterThan(800);
    expect(RATIOS.filter((_, k) => k % 2 === 0)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
  });
});

describe('runtimeFacts', () => {
  const never = Number.POSITIVE_INFINITY;
  const facts = runtimeFacts({ a: [1, 2, never, never], b: [4, never, 3, never], c: [2, 2, 12] });
  const solved = (method: string, budget: number) =>
    facts[solvedName(method, budget === 0 ? 0 : BUDGETS.indexOf(budget) + 1)];
  const within = (method: string, tau: number) =>
    facts[
      ratioName(
        method,
        RATIOS.findIndex((r) => Math.abs(r - tau) < 1e-9),
      )
    ];

  it('have the share of problems solved within every budget', () => {
    expect([0, 1, 2, 3].map((budget) => solved('a', budget))).toEqual([0, 0.25, 0.5, 0.5]);
    expect([1, 3, 4].map((budget) => solved('b', budget))).toEqual([0, 0.25, 0.5]);
    expect([1, 2, 10, 12].map((budget) => solved('c', budget))).toEqual([0, 2 / 3, 2 / 3, 1]);
  });

  it('have the performance profiles of the problems that all methods have', () => {
    // Best of the three: 1, 2, 3. Ratios: a 1, 1, ∞; b 4, ∞, 1; c 2, 1, 4.
    expect([1, 2, 256].map((tau) => within('a', tau))).toEqual([2 / 3, 2 / 3, 2 / 3]);
    expect([1, 2, 4].map((tau) => within('b', tau))).toEqual([1 / 3, 1 / 3, 2 / 3]);
    expect([1, 2, 4].map((tau) => within('c', tau))).toEqual([1 / 3, 2 / 3, 1]);
  });

  it('count what was spent before in profiles, not in budgets', () => {
    const paid = runtimeFacts({ net: [0, 1], b: [2, never] }, { net: 7 });
    expect(paid[solvedName('net', 0)]).toBe(0.5);
    // 7 against 2 on the first problem; alone on the second.
    expect(RATIOS.map((_, k) => paid[ratioName('net', k)]).slice(0, 5)).toEqual([0.5, 0.5, 0.5, 0.5, 1]);
    expect(paid[ratioName('b', 0)]).toBe(0.5);
  });

  it.each([
    [{ a: [] }, 'at least one problem'],
    [{ a: [1, Number.NaN] }, 'NaN for problem 1'],
    [{ a: [-1] }, '-1 for problem 0'],
  ])('refuse %j', (times, message) => {
    expect(() => runtimeFacts(times)).toThrow(message);
  });
});

describe('the runtimes of a training', () => {
  it('end where the facts say how many were solved', async () => {
    const source = billiardsTraining('test.runtimes', {
      setting: 'single',
      iterations: 40,
      learningRate: 3e-3,
      inputs: 'observation',
      problems: 32,
    });
    expect(source.unshown).toEqual(RUNTIME_NAMES);
    const [facts = {}] = await source.run({ seed: 4, backend: 'cpu' }, 0, 1);
    const last = (method: string) => facts[solvedName(method, BUDGETS.length)];
    const [network, bfgs, restarts] = COMPARED;
    expect(last(bfgs)).toBe(facts.bfgsSolved);
    expect(last(network)).toBe(facts.refinedSolved);
    expect(last(restarts)).toBe(facts.restartsSolved);
    expect(facts[solvedName(network, 0)]).toBe(facts.jointSolved);
    expect(facts.bfgsSolved).toBeGreaterThan(0);
    for (const method of COMPARED) {
      const curve = RATIOS.map((_, k) => facts[ratioName(method, k)] as number);
      expect(curve).toEqual(curve.toSorted((a, b) => a - b));
    }
  });
});
