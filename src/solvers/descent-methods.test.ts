import { describe, expect, it } from 'vitest';
import { batchOfRows } from '../core/batch.ts';
import { indicatesConvergence, type RunRow, type Solver } from '../core/solver.ts';
import { maxNorm } from '../numerics/vector.ts';
import { wavePacketProblem } from '../simulators/wave-packet-problem.ts';
import { backtrackingDescent } from './backtracking-descent.ts';
import { bfgs } from './bfgs.ts';
import { conjugateGradient } from './conjugate-gradient.ts';
import { booth, logBarrier, rosenbrock, type StandardFunction } from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { lbfgs } from './lbfgs.ts';
import { projectedLbfgs } from './projected-lbfgs.ts';
import { run } from './run.ts';

/** What every method that descends along lines has to do alike; every step of these runs is certified as well. */
interface Options {
  readonly gradientTolerance?: number;
  readonly maxIterations?: number;
}
const unbounded = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
const methods: readonly { readonly name: string; readonly make: (options?: Options) => Solver }[] = [
  { name: 'bfgs', make: bfgs },
  { name: 'lbfgs', make: lbfgs },
  { name: 'lbfgs with one pair', make: (options) => lbfgs({ ...options, memory: 1 }) },
  { name: 'conjugateGradient', make: conjugateGradient },
  { name: 'backtrackingDescent', make: backtrackingDescent },
  { name: 'projectedLbfgs without bounds', make: (options) => projectedLbfgs({ ...options, ...unbounded }) },
];

function one(fun: StandardFunction, start: readonly number[], solver: Solver, evaluationsPerRow = 20_000): RunRow {
  const problem = standardProblem({ ...fun, starts: [start] });
  return run(problem, solver, problem.draw(1, 1).task, 1, { evaluationsPerRow, certify: true }).rows[0]!;
}

/** A function of one or two variables that no table lists. */
function functionOf(dimension: number, evaluate: (x: number, y: number) => readonly number[]): StandardFunction {
  return {
    name: 'made up',
    evaluate: ([x = 0, y = 0]) => {
      const [value = Number.NaN, ...gradient] = evaluate(x, y);
      return { value, gradient: Float64Array.from(gradient) };
    },
    minimizer: new Array<number>(dimension).fill(0),
    minimum: 0,
    starts: [],
  };
}

describe.each(methods)('$name', ({ make }) => {
  it('gives a batch the answers of single runs, bit for bit', () => {
    for (const fun of [rosenbrock(2), logBarrier(4)]) {
      const problem = standardProblem(fun);
      const { task } = problem.draw(7, 3);
      const solver = make({ maxIterations: 40 });
      const together = run(problem, solver, task, 3).rows;
      together.forEach((found, b) => {
        expect(found).toEqual(run(problem, solver, problem.draw(1, 3, b).task, 3).rows[0]);
      });
    }
  });

  it('gives wave packets the same answers together and alone, bit for bit', () => {
    const problem = wavePacketProblem('B');
    const { task } = problem.draw(24, 5);
    const solver = make();
    run(problem, solver, task, 5).rows.forEach((found, b) => {
      expect(found).toEqual(run(problem, solver, problem.draw(1, 5, b).task, 5).rows[0]);
    });
  });

  it('repeats itself', () => {
    const found = (): RunRow => one(rosenbrock(5), rosenbrock(5).starts[0]!, make(), 100);
    expect(found()).toEqual(found());
  });

  it('asks once where the start is stationary, be it a minimum or not', () => {
    const found = one(booth, [1, 3], make());
    expect(found.stop).toMatchObject({ kind: 'gradient-small', norm: 0 });
    expect(found.evaluations).toEqual({ values: 0, gradients: 1 });
    expect(found.x).toEqual([1, 3]);
    const flat = functionOf(1, () => [7, 0]);
    expect(one(flat, [5], make()).stop).toMatchObject({ kind: 'gradient-small', norm: 0 });
  });

  it.each([
    ['value', Number.NaN, 1],
    ['value', Number.POSITIVE_INFINITY, 1],
    ['value', Number.NEGATIVE_INFINITY, 1],
    ['gradient', 1, Number.NaN],
    ['gradient', 1, Number.POSITIVE_INFINITY],
  ])('stops as non-finite if the %s at the start is not finite (%f, %f)', (_what, value, slope) => {
    const broken = functionOf(1, () => [value, slope]);
    const found = one(broken, [1], make());
    expect(found.stop).toEqual({ kind: 'non-finite', where: 'value' });
    expect(found.evaluations.gradients).toBe(1);
    expect(found.x).toEqual([1]);
  });

  it('never reports success where only the start is finite', () => {
    const cliff = functionOf(1, (x) => [x === 1 ? 0 : Number.NaN, 1]);
    const found = one(cliff, [1], make());
    expect(found.stop.kind).toBe('line-search-failed');
    expect(found.x).toEqual([1]);
    expect(found.nonFinite).toBe(found.evaluations.gradients - 1);
  });

  it('never reports success on a function without lower bound, and returns the lowest point', () => {
    const slide = functionOf(1, (x) => [-x, -1]);
    const found = one(slide, [0], make(), 500);
    expect(indicatesConvergence(found.stop)).toBe(false);
    expect(found.loss).toBe(found.bestLoss);
    expect(found.loss).toBeLessThan(-1e20);
    expect(found.evaluations.gradients).toBeLessThanOrEqual(500);
  });

  it('never reports success at a kink, and returns the lowest point', () => {
    const kink = functionOf(2, (x, y) => [Math.abs(x) + y * y, x < 0 ? -1 : 1, 2 * y]);
    const found = one(kink, [3, 1], make());
    expect(indicatesConvergence(found.stop)).toBe(false);
    expect(found.loss).toBe(found.bestLoss);
    expect(found.loss).toBeLessThan(0.1);
  });

  it('does not move where the gradient points uphill', () => {
    const wrong = functionOf(1, (x) => [x * x, -2 * x]);
    const found = one(wrong, [2], make());
    expect(found.stop.kind).toBe('line-search-failed');
    expect(found.x).toEqual([2]);
  });

  it('is honest where rounding ends progress before the tolerance is met', () => {
    const { evaluate, starts } = rosenbrock(2);
    const lifted = {
      ...rosenbrock(2),
      evaluate: (x: Float64Array) => ({ ...evaluate(x), value: evaluate(x).value + 1e6 }),
    };
    const found = one(lifted, starts[0]!, make({ gradientTolerance: 0 }), 3000);
    const { gradient } = evaluate(Float64Array.from(found.x));
    expect(found.stop.kind === 'gradient-small').toBe(maxNorm(gradient) === 0);
    expect(found.loss).toBe(found.bestLoss);
  });

  it.each([0, 1, 2, 3, 10, 57])('spends exactly a budget of %i, and answers with the lowest point', (budget) => {
    const found = one(rosenbrock(10), rosenbrock(10).starts[1]!, make({ gradientTolerance: 1e-12 }), budget);
    expect(found.evaluations.gradients).toBe(budget);
    expect(found.stop).toEqual({ kind: 'budget-spent' });
    expect(found.loss).toBe(found.bestLoss);
  });

  it.each([0, 1, 3])('accepts at most maxIterations = %i steps', (maxIterations) => {
    let steps = 0;
    const problem = standardProblem(rosenbrock(2));
    const { solve } = make({ maxIterations });
    const counted: Solver = {
      name: 'counted',
      settings: {},
      solve: (task, seed) =>
        solve(task, seed, () => {
          steps += 1;
        }),
    };
    const found = run(problem, counted, problem.draw(1, 1).task, 1).rows[0]!;
    expect(steps).toBe(maxIterations);
    expect(found.stop).toEqual({ kind: 'budget-spent' });
  });

  it('meets unequal rows in one batch: stationary, hopeless and usual ones', () => {
    const problem = standardProblem({
      ...booth,
      evaluate: (x) => (x[0]! > 50 ? { value: Number.NaN, gradient: x } : booth.evaluate(x)),
    });
    // biome-ignore format: one row per line
    const start = batchOfRows([[1, 3], [99, 0], [0, 0]]);
    const { rows } = run(problem, make(), { ...problem.draw(3, 1).task, start }, 1);
    expect(rows.map(({ stop }) => stop.kind)).toEqual(['gradient-small', 'non-finite', 'gradient-small']);
    expect(rows.map(({ evaluations }) => evaluations.gradients).slice(0, 2)).toEqual([1, 1]);
    expect(rows[2]!.loss).toBeLessThan(1e-8);
  });

  it('refuses a stop rule that is none', () => {
    for (const [options, code] of [
      [{ gradientTolerance: -1 }, 'out-of-range'],
      [{ gradientTolerance: Number.NaN }, 'not-finite'],
      [{ maxIterations: 1.5 }, 'out-of-range'],
      [{ maxIterations: -1 }, 'out-of-range'],
      [{ maxIterations: Number.NaN }, 'not-finite'],
    ] as const) {
      expect(() => make(options)).toThrow(expect.objectContaining({ code }));
    }
  });
});
