import { describe, expect, it } from 'vitest';
import type { Method, RunRow, Solver } from '../core/solver.ts';
import { wavePacketProblem } from '../simulators/wave-packet-problem.ts';
import { type BasinHoppingOptions, basinHopping } from './basin-hopping.ts';
import { bfgs, bfgsMethod } from './bfgs.ts';
import { booth, type StandardFunction } from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { run } from './run.ts';

/** Minima near all integers, the global one at 0; neighboring minima differ by (2 |x| + 1) / 50. */
const rippled: StandardFunction = {
  name: 'rippled',
  evaluate: ([x = 0]) => ({
    value: x ** 2 / 50 + 1 - Math.cos(2 * Math.PI * x),
    gradient: Float64Array.of(x / 25 + 2 * Math.PI * Math.sin(2 * Math.PI * x)),
  }),
  minimizer: [0],
  minimum: 0,
  starts: [[6.1], [-4.2], [3.3]],
};

const options: BasinHoppingOptions = { evaluationsPerRow: 600, stepSize: 1.5, temperature: 0.2 };

const rowsOf = (solver: Solver, seed: number, fun = rippled, count = fun.starts.length): readonly RunRow[] => {
  const problem = standardProblem(fun);
  return run(problem, solver, problem.draw(count, seed).task, seed).rows;
};

/** Every descent is one evaluation, so that the points asked for are the starts: hop by hop. */
const still: Method = function* (start) {
  yield { x: start, need: 'value', iteration: 0 };
  return { x: start, stop: { kind: 'budget-spent' } };
};

/** The points asked for by row 0, in order, for a function of one variable. */
function hops(f: (x: number) => number, change: Partial<BasinHoppingOptions> = {}, seed = 1): readonly number[] {
  const asked: number[] = [];
  const fun: StandardFunction = {
    ...rippled,
    starts: [[0]],
    evaluate: ([x = 0]) => {
      asked.push(x);
      return { value: f(x), gradient: Float64Array.of(0) };
    },
  };
  rowsOf(basinHopping(still, { ...options, evaluationsPerRow: 60, ...change }), seed, fun);
  // The last point is the answer, evaluated again by the runner.
  return asked.slice(0, -1);
}

describe('basinHopping', () => {
  it('finds the global minimum of a rippled function where one descent ends in the nearest', () => {
    for (const found of rowsOf(bfgs(), 1)) expect(found.loss).toBeGreaterThan(0.01);
    for (const seed of [1, 2, 3, 4]) {
      for (const found of rowsOf(basinHopping(bfgsMethod(), options), seed)) {
        expect(found.loss).toBeLessThan(1e-10);
        expect(Math.abs(found.x[0]!)).toBeLessThan(1e-5);
      }
    }
  });

  it('solves many more wave packets of setting B than one descent, with hops as wide as the prior', () => {
    const problem = wavePacketProblem('B');
    const { task, reference } = problem.draw(32, 1);
    const solved = (solver: Solver): number =>
      run(problem, solver, task, 1).rows.filter(({ x }, b) => Math.abs(x[0]! - reference.truth.data[b]!) < 1).length;
    const hopping = basinHopping(bfgsMethod(), { evaluationsPerRow: 120, stepSize: 32, temperature: 0 });
    expect(solved(hopping)).toBeGreaterThanOrEqual(solved(bfgs()) + 8);
  });

  it.each([1, 2, 3, 10, 37])(
    'spends exactly %i evaluations and answers with the best point it saw',
    (evaluationsPerRow) => {
      for (const found of rowsOf(basinHopping(bfgsMethod(), { ...options, evaluationsPerRow }), 3)) {
        expect(found.evaluations).toEqual({ values: 0, gradients: evaluationsPerRow });
        expect(found.stop).toEqual({ kind: 'budget-spent' });
        expect(found.loss).toBe(found.bestLoss);
      }
    },
  );

  it('stops at its target', () => {
    for (const found of rowsOf(basinHopping(bfgsMethod(), { ...options, target: 1e-3 }), 2)) {
      expect(found.stop).toEqual({ kind: 'target-reached', value: found.loss });
      expect(found.loss).toBeLessThanOrEqual(1e-3);
      expect(found.evaluations.gradients).toBeLessThan(options.evaluationsPerRow);
    }
  });

  it('depends on seed and row only', () => {
    const solver = basinHopping(bfgsMethod(), { ...options, evaluationsPerRow: 60 });
    const fun = { ...rippled, starts: new Array(6).fill([4.4]) };
    const rows = rowsOf(solver, 5, fun);
    expect(rowsOf(solver, 5, fun)).toEqual(rows);
    expect(rowsOf(solver, 5, fun, 3)).toEqual(rows.slice(0, 3));
    expect(rowsOf(solver, 6, fun)).not.toEqual(rows);
    // Equal starts, but streams of their own.
    expect(new Set(rows.map(({ trace }) => JSON.stringify(trace))).size).toBeGreaterThan(1);
  });

  it('hops within its box from the last minimum it kept', () => {
    const asked = hops(() => 0, { stepSize: 2 });
    const moves = asked.slice(1).map((x, k) => x - asked[k]!);
    expect(asked).toHaveLength(60);
    for (const move of moves) expect(Math.abs(move)).toBeLessThanOrEqual(2);
    expect(Math.max(...moves)).toBeGreaterThan(1.5);
    expect(Math.min(...moves)).toBeLessThan(-1.5);
    // Twice the box, twice the hop.
    expect(hops(() => 0, { stepSize: 4 })).toEqual(asked.map((x) => 2 * x));
  });

  it('never goes uphill at temperature 0', () => {
    const f = (x: number): number => Math.abs(x - 9);
    const asked = hops(f, { temperature: 0 });
    let home = asked[0]!;
    asked.slice(1).forEach((x, k) => {
      if (f(asked[k]!) <= f(home)) home = asked[k]!;
      expect(Math.abs(x - home)).toBeLessThanOrEqual(1.5);
    });
    expect(f(home)).toBeLessThan(0.5);
    // Where everything else is uphill it returns home after every hop.
    const trapped = hops((x) => (x === 0 ? 0 : 1), { temperature: 0 });
    expect(Math.max(...trapped.map(Math.abs))).toBeLessThanOrEqual(1.5);
  });

  it('draws the same hops whether or not the last one was kept', () => {
    const kept = hops(() => 0);
    const returned = hops((x) => (x === 0 ? 0 : 1), { temperature: 0 });
    const moves = kept.slice(1).map((x, k) => x - kept[k]!);
    returned.slice(1).forEach((x, k) => {
      expect(Math.abs(x - moves[k]!)).toBeLessThanOrEqual(1e-13);
    });
  });

  it("keeps a hop uphill as often as Metropolis's rule says", () => {
    // Every point but home is higher by temperature · ln 2: kept in half the cases. Six standard errors of 1000 hops.
    let last = Number.NaN;
    let level = 0;
    const temperature = 0.3;
    const f = (x: number): number => {
      level += Number.isNaN(last) ? 0 : temperature * Math.LN2;
      last = x;
      return level;
    };
    // Each point is higher than the one before by Δ, so that keeping it decides where the next hop starts.
    const asked = hops(f, { temperature, evaluationsPerRow: 1001, stepSize: 1 });
    const moves = hops(() => 0, { evaluationsPerRow: 1001, stepSize: 1 });
    let home = asked[0]!;
    let height = 0;
    let likely = 0;
    let taken = 0;
    for (let k = 1; k + 1 < asked.length; k++) {
      const move = moves[k + 1]! - moves[k]!;
      const keeps = Math.abs(asked[k + 1]! - asked[k]! - move) < 1e-9;
      const stays = Math.abs(asked[k + 1]! - home - move) < 1e-9;
      expect(keeps || stays).toBe(true);
      likely += Math.exp((height - k) * Math.LN2);
      if (!keeps) continue;
      taken += 1;
      home = asked[k]!;
      height = k;
    }
    expect(taken).toBeGreaterThan(0);
    expect(Math.abs(taken - likely)).toBeLessThan(6 * Math.sqrt(likely) + 1);
  });

  it('takes one step size per unknown', () => {
    const asked: Float64Array[] = [];
    const fun = {
      ...booth,
      starts: [[0, 0]],
      evaluate: (x: Float64Array) => {
        asked.push(x.slice());
        return { value: 0, gradient: new Float64Array(2) };
      },
    };
    rowsOf(basinHopping(still, { ...options, stepSize: [1e-3, 10], evaluationsPerRow: 40 }), 1, fun);
    const moves = asked.slice(1, -1).map((x, k) => x.map((at, i) => at - asked[k]![i]!));
    for (const [small, large] of moves as unknown as [number, number][]) {
      expect(Math.abs(small)).toBeLessThanOrEqual(1e-3 * (1 + 1e-9));
      expect(Math.abs(large)).toBeLessThanOrEqual(10 * (1 + 1e-9));
    }
    expect(Math.max(...moves.map(([, large]) => Math.abs(large!)))).toBeGreaterThan(5);
  });

  it('hops on from a region without finite values', () => {
    const asked = hops((x) => (Math.abs(x) < 3 ? Number.NaN : Math.abs(x)), { temperature: 0 });
    const outside = asked.findIndex((x) => Math.abs(x) >= 3);
    expect(outside).toBeGreaterThan(1);
    // Once a finite value was seen it stays near such.
    for (const x of asked.slice(outside)) expect(Math.abs(x)).toBeGreaterThanOrEqual(3 - 1.5);
  });
});

describe('basinHopping settings', () => {
  it.each([
    ['evaluationsPerRow', { evaluationsPerRow: 0 }, 'out-of-range'],
    ['evaluationsPerRow', { evaluationsPerRow: 1.5 }, 'out-of-range'],
    ['temperature', { temperature: -1 }, 'out-of-range'],
    ['temperature', { temperature: Number.NaN }, 'not-finite'],
    ['stepSize', { stepSize: 0 }, 'out-of-range'],
    ['stepSize', { stepSize: [1, -1] }, 'out-of-range'],
    ['stepSize', { stepSize: Number.POSITIVE_INFINITY }, 'not-finite'],
  ])('rejects a bad %s (%o)', (name, bad, code) => {
    const make = () => basinHopping(bfgsMethod(), { ...options, ...bad });
    expect(make).toThrow(expect.objectContaining({ code }));
    expect(make).toThrow(`basinHopping: "${name}"`);
  });

  it('rejects step sizes that do not fit the unknowns, and methods that ask for nothing', () => {
    const solver = basinHopping(bfgsMethod(), { ...options, stepSize: [1, 2] });
    expect(() => rowsOf(solver, 1)).toThrow('basinHopping: "stepSize": expected one number, or 1: one per unknown');
    // biome-ignore lint/correctness/useYield: the fault of this method
    const silent: Method = function* (start) {
      return { x: start, stop: { kind: 'budget-spent' } };
    };
    expect(() => rowsOf(basinHopping(silent, options), 1)).toThrow(
      expect.objectContaining({ code: 'solver-protocol' }),
    );
  });

  it('reports what it runs with', () => {
    const inner = { settings: bfgs().settings, name: 'hopping' };
    const solver = basinHopping(bfgsMethod(), { ...options, ...inner, stepSize: [1, 2], target: 0.5 });
    expect(solver.name).toBe('hopping');
    const own = { evaluationsPerRow: 600, stepSize: '1, 2', temperature: 0.2, target: 0.5 };
    expect(solver.settings).toEqual({ ...bfgs().settings, ...own });
    expect(basinHopping(bfgsMethod(), options).settings).not.toHaveProperty('target');
  });
});
