import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MethodAsk } from '../core/solver.ts';
import type { Step } from '../core/step.ts';
import { maxNorm } from '../numerics/vector.ts';
import { certifier } from './certificate.ts';
import { moreGarbowHillstrom } from './functions/more-garbow-hillstrom.ts';
import {
  booth,
  quadratic,
  rosenbrock,
  type StandardFunction,
  standardFunctions,
} from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { type ProjectedLbfgsOptions, projectedLbfgs, projectedLbfgsMethod } from './projected-lbfgs.ts';
import { run } from './run.ts';

interface BoundedRun {
  readonly function: string;
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  readonly start: readonly number[];
  readonly value: number;
  readonly evaluations: number;
}
const fixture = new URL('../../fixtures/scipy-minimizers.json', import.meta.url);
const scipy = (JSON.parse(readFileSync(fixture, 'utf8')) as { readonly bounded: readonly BoundedRun[] }).bounded;

const TOLERANCE = 1e-6;
const infinite = Number.POSITIVE_INFINITY;

type Evaluate = StandardFunction['evaluate'];

/** Runs the method, certified; every asked point must lie in the box. */
function descend(evaluate: Evaluate, start: readonly number[], options: ProjectedLbfgsOptions) {
  const asked: Float64Array[] = [];
  const kinds: string[] = [];
  const watch = certifier({ solver: 'projected-lbfgs', problem: 'bounded', row: 0, start });
  const bound = (side: number | ArrayLike<number>, i: number): number => (typeof side === 'number' ? side : side[i]!);
  const observe = (step: Step) => {
    watch.step(step);
    kinds.push(step.guarantee.kind);
  };
  const steps = projectedLbfgsMethod(options)(Float64Array.from(start), observe);
  let next = steps.next();
  while (!next.done) {
    const x = next.value.x.slice();
    expect(x.every((at, i) => bound(options.lower, i) <= at && at <= bound(options.upper, i))).toBe(true);
    asked.push(x);
    const { value, gradient } = evaluate(x.slice());
    const usable = Number.isFinite(value) && gradient.every(Number.isFinite);
    const told = usable ? { value, gradient } : { value: infinite, gradient: new Float64Array(x.length) };
    watch.told(x, told.value, told.gradient);
    next = steps.next(told);
  }
  const { x, stop } = next.value;
  watch.answer(x, evaluate(x.slice()).value, stop, asked.length);
  return { x, stop, asked, kinds, ...evaluate(x.slice()) };
}

const named = (name: string): Evaluate => moreGarbowHillstrom.find((fun) => fun.name === name)!.evaluate;

describe("projectedLbfgs against SciPy's L-BFGS-B", () => {
  const runs = scipy.map((theirs, k) => {
    const lower = theirs.lower.map((at) => at ?? -infinite);
    const upper = theirs.upper.map((at) => at ?? infinite);
    const options = { lower, upper, gradientTolerance: TOLERANCE, maxIterations: 10_000 };
    const second = scipy.findIndex(({ function: name }) => name === theirs.function) !== k;
    return { theirs, options, second, ours: descend(named(theirs.function), theirs.start, options) };
  });
  const rounding = (value: number): number => 1e-6 * Math.max(1, Math.abs(value));
  /** Other local minima of these functions, where descent from the second, far start ends. */
  const elsewhere = new Map([
    ['box-3d', 0.0043446],
    ['broyden-tridiagonal-10d', 1.3495361],
  ]);

  it('fulfills the Karush–Kuhn–Tucker conditions at every answer', () => {
    for (const { theirs, options, ours } of runs) {
      // Only here rounding of f, which is 88860 at the minimum, ends progress before.
      const exhausted = theirs.function === 'brown-dennis' && ours.stop.kind === 'line-search-failed';
      const tolerance = exhausted ? 1e-9 * ours.value : TOLERANCE;
      if (!exhausted) expect(ours.stop.kind).toBe('gradient-small');
      ours.gradient.forEach((g, i) => {
        const at = ours.x[i]!;
        // Inward at a lower bound, at most the tolerance elsewhere, unless the bound is nearer than that.
        if (g > 0) expect(Math.min(g, at - options.lower[i]!)).toBeLessThanOrEqual(tolerance);
        else expect(Math.min(-g, options.upper[i]! - at)).toBeLessThanOrEqual(tolerance);
      });
    }
    expect(runs.length).toBeGreaterThanOrEqual(43);
  });

  it('ends as low or lower, except at documented other minima from far starts', () => {
    let different = 0;
    for (const { theirs, second, ours } of runs) {
      const other = second ? elsewhere.get(theirs.function) : undefined;
      if (other === undefined) {
        expect(ours.value, theirs.function).toBeLessThanOrEqual(theirs.value + rounding(theirs.value));
      } else {
        different += 1;
        expect(Math.abs(ours.value / other - 1)).toBeLessThan(1e-5);
      }
    }
    expect(different).toBe(2);
  });

  it('needs at most a tenth more evaluations over all runs that end at the same minimum', () => {
    const same = runs.filter(({ theirs, ours }) => Math.abs(ours.value - theirs.value) <= rounding(theirs.value));
    expect(same.length).toBeGreaterThanOrEqual(40);
    const total = (count: (pair: (typeof same)[number]) => number): number =>
      same.reduce((sum, r) => sum + count(r), 0);
    const theirs = total((pair) => pair.theirs.evaluations);
    expect(total(({ ours }) => ours.asked.length)).toBeLessThanOrEqual(1.1 * theirs);
  });

  it('takes steps of both kinds: strong Wolfe within the box, sufficient decrease where a bound is met', () => {
    const kinds = new Set(runs.flatMap(({ ours }) => ours.kinds));
    expect(kinds).toEqual(new Set(['strong-wolfe', 'projected-decrease']));
  });
});

describe('projectedLbfgs', () => {
  it.each(standardFunctions)('reaches the minimum of $name where the bounds are far, within 300 evaluations', (fun) => {
    const problem = standardProblem(fun);
    const solver = projectedLbfgs({ lower: -1e3, upper: 1e3, gradientTolerance: TOLERANCE });
    const { rows } = run(problem, solver, problem.draw(fun.starts.length, 1).task, 1, { certify: true });
    for (const found of rows) {
      expect(found.stop.kind).toBe('gradient-small');
      expect(found.loss - fun.minimum).toBeLessThanOrEqual(1e-8);
      expect(found.evaluations.gradients).toBeLessThanOrEqual(300);
    }
  });

  it('solves separable quadratics in a box exactly: the minimizer is the projected center', () => {
    const fun = quadratic(5, 100);
    const lower = [2, -infinite, -3, 1, 0];
    const upper = [4, 0.5, infinite, 1, 3];
    for (const start of [...fun.starts, [100, -100, 100, -100, 100]]) {
      const found = descend(fun.evaluate, start, { lower, upper, gradientTolerance: 1e-9 });
      expect(found.stop.kind).toBe('gradient-small');
      const answer = lower.map((low, i) => Math.min(Math.max(1, low), upper[i]!));
      expect(maxNorm(found.x.map((at, i) => at - answer[i]!))).toBeLessThanOrEqual(1e-8);
      // What is held is held exactly.
      expect([found.x[0], found.x[1], found.x[3]]).toEqual([2, 0.5, 1]);
    }
  });

  it('moves the start into the box before it asks', () => {
    const { asked } = descend(booth.evaluate, [-9, 9], { lower: [-1, 2], upper: [4, 5] });
    expect(asked[0]).toEqual(Float64Array.of(-1, 5));
  });

  it('asks once where every coordinate is pushed outward or fixed', () => {
    const corner = descend(booth.evaluate, [0, 0], { lower: [-3, -3], upper: [-1, -1] });
    expect([corner.stop, corner.asked.length]).toEqual([{ kind: 'gradient-small', norm: 0, projected: true }, 1]);
    const fixed = descend(rosenbrock(2).evaluate, [9, 9], { lower: [2, 3], upper: [2, 3] });
    expect([Array.from(fixed.x), fixed.asked.length]).toEqual([[2, 3], 1]);
  });

  it('lets go of a bound where the gradient turns inward', () => {
    // From the corner (0, 0) of the box both coordinates have to leave their bounds.
    const found = descend(booth.evaluate, [0, 0], { lower: 0, upper: 10, gradientTolerance: 1e-8 });
    expect(maxNorm(found.x.map((at, i) => at - booth.minimizer[i]!))).toBeLessThan(1e-7);
  });

  it('has one bound for all unknowns, or one for each', () => {
    const one = descend(rosenbrock(5).evaluate, rosenbrock(5).starts[0]!, { lower: -1, upper: 0.9 });
    const each = { lower: new Float64Array(5).fill(-1), upper: [0.9, 0.9, 0.9, 0.9, 0.9] };
    expect(descend(rosenbrock(5).evaluate, rosenbrock(5).starts[0]!, each)).toEqual(one);
    expect(Math.max(...one.x)).toBe(0.9);
  });

  it('says how small the projected gradient is, also where it is far below the rounding of x', () => {
    // P(x − g) rounds to x: taken for 0, it would be called stationary at any tolerance.
    const evaluate: Evaluate = ([x = 0]) => ({
      value: (x - 1e6) ** 2 / 2 ** 60,
      gradient: Float64Array.of((x - 1e6) / 2 ** 59),
    });
    const steps = projectedLbfgsMethod({ lower: 0, upper: 1e9, gradientTolerance: 1e-11 })(Float64Array.of(2e6));
    steps.next();
    const told = evaluate(Float64Array.of(2e6));
    const { value } = steps.next({ value: told.value, gradient: told.gradient });
    expect(value).toEqual({
      x: Float64Array.of(2e6),
      stop: { kind: 'gradient-small', norm: 1e6 / 2 ** 59, projected: true },
    });
    const strict = projectedLbfgsMethod({ lower: 0, upper: 1e9, gradientTolerance: 0 })(Float64Array.of(2e6));
    strict.next();
    expect((strict.next(told).value as MethodAsk).need).toBe('gradient');
  });

  it('keeps within the box where everything outside is infinite', () => {
    const wall: Evaluate = (x) =>
      x.some((at) => at < 0 || at > 1) ? { value: Number.NaN, gradient: x } : booth.evaluate(x);
    const found = descend(wall, [0.5, 0.5], { lower: 0, upper: 1 });
    expect(found.stop.kind).toBe('gradient-small');
    expect(Array.from(found.x)).toEqual([1, 1]);
  });
});

describe('projectedLbfgs settings', () => {
  const box = { lower: 0, upper: 1 };
  it.each<[string, ProjectedLbfgsOptions, string]>([
    ['"gradientTolerance"', { ...box, gradientTolerance: -1 }, 'out-of-range'],
    ['"maxIterations"', { ...box, maxIterations: 0.5 }, 'out-of-range'],
    ['"memory"', { ...box, memory: 0 }, 'out-of-range'],
    ['"wolfe.c2"', { ...box, wolfe: { c2: 2 } }, 'out-of-range'],
    ['bounds of unknown 0', { lower: 1, upper: 0 }, 'out-of-range'],
    ['bounds of unknown 1', { lower: [0, 2], upper: 1 }, 'out-of-range'],
    ['bounds of unknown 0', { lower: Number.NaN, upper: 1 }, 'out-of-range'],
    ['bounds of unknown 2', { lower: -1, upper: [1, 1, Number.NaN] }, 'out-of-range'],
    ['bounds of unknown 1', { lower: [0, 0], upper: [1] }, 'out-of-range'],
  ])('rejects bad %s', (where, options, code) => {
    for (const make of [projectedLbfgs, projectedLbfgsMethod]) {
      expect(() => make(options)).toThrow(expect.objectContaining({ code }));
      expect(() => make(options)).toThrow(`projectedLbfgs: ${where}`);
    }
  });

  it('rejects bounds that do not fit the unknowns when a row starts', () => {
    const problem = standardProblem(booth);
    const start = (options: ProjectedLbfgsOptions) => () =>
      run(problem, projectedLbfgs(options), problem.draw(1, 1).task, 1);
    expect(start({ lower: [0], upper: 1 })).toThrow('projectedLbfgs: "lower": expected one number, or 2');
    expect(start({ lower: 0, upper: [1, 1, 1] })).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
  });

  it('reports what it runs with', () => {
    const { settings } = projectedLbfgs({ lower: [0, -infinite], upper: infinite });
    const usual = { gradientTolerance: 1e-5, maxIterations: 1000, c1: 1e-4, c2: 0.9, memory: 10 };
    expect(settings).toEqual({ ...usual, lower: '0, -Infinity', upper: 'Infinity' });
    expect(projectedLbfgs({ lower: Float64Array.of(0, 1), upper: 2 }).settings.lower).toBe('0, 1');
  });
});
