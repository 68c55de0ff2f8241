import { describe, expect, it } from 'vitest';
import type { MethodAsk, RunRow } from '../core/solver.ts';
import type { Step } from '../core/step.ts';
import { dot, maxNorm } from '../numerics/vector.ts';
import {
  type BacktrackingDescentOptions,
  backtrackingDescent,
  backtrackingDescentMethod,
} from './backtracking-descent.ts';
import { exactLineSearch } from './exact-line-search.ts';
import {
  beale,
  booth,
  quadratic,
  rosenbrock,
  type StandardFunction,
  standardFunctions,
} from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { run } from './run.ts';

const TOLERANCE = 1e-6;

const all = (fun: StandardFunction, options: BacktrackingDescentOptions = {}): readonly RunRow[] => {
  const problem = standardProblem(fun);
  const solver = backtrackingDescent({ gradientTolerance: TOLERANCE, ...options });
  return run(problem, solver, problem.draw(fun.starts.length, 1).task, 1, { certify: true }).rows;
};

/** Steepest descent takes about as many steps as the condition number: these are the ones below some hundred. */
const wellConditioned = standardFunctions.filter(({ name }) =>
  /-1d|condition-1$|condition-100$|be|booth|log/.test(name),
);
const badlyConditioned = standardFunctions.filter((fun) => !wellConditioned.includes(fun));

function stepsOf(fun: StandardFunction, start: readonly number[], options: BacktrackingDescentOptions) {
  const seen: { length: number; step: Step }[] = [];
  const asked: Float64Array[] = [];
  const observe = (step: Step) => {
    const copied = { ...step.from, x: step.from.x.slice(), gradient: step.from.gradient.slice() };
    const end = { ...step.to, x: step.to.x.slice(), gradient: step.to.gradient.slice() };
    seen.push({ length: step.length, step: { ...step, from: copied, to: end, direction: step.direction!.slice() } });
  };
  const method = backtrackingDescentMethod({ gradientTolerance: TOLERANCE, ...options });
  const steps = method(Float64Array.from(start), observe);
  let next = steps.next();
  while (!next.done) {
    asked.push(next.value.x.slice());
    next = steps.next(fun.evaluate(next.value.x.slice()));
  }
  return { seen, asked };
}

describe('backtrackingDescent', () => {
  it('is tried on functions of both kinds', () => {
    expect(wellConditioned.length).toBeGreaterThanOrEqual(7);
    expect(badlyConditioned.length).toBeGreaterThanOrEqual(6);
  });

  it.each(wellConditioned)('reaches the known minimum of $name within 2000 evaluations', (fun) => {
    for (const found of all(fun)) {
      expect(found.stop.kind).toBe('gradient-small');
      expect(found.loss - fun.minimum).toBeLessThanOrEqual(1e-8);
      expect(found.loss).toBe(fun.evaluate(Float64Array.from(found.x)).value);
      expect(maxNorm(fun.evaluate(Float64Array.from(found.x)).gradient)).toBeLessThanOrEqual(TOLERANCE);
      expect(found.evaluations.gradients).toBeLessThanOrEqual(2000);
    }
  });

  it.each(badlyConditioned)('is still on its way down on $name after 300 steps, and says so', (fun) => {
    for (const [b, found] of all(fun, { maxIterations: 300 }).entries()) {
      expect(found.stop).toEqual({ kind: 'budget-spent' });
      expect(found.loss).toBe(found.bestLoss);
      expect(found.loss).toBeLessThan(0.9 * fun.evaluate(Float64Array.from(fun.starts[b]!)).value);
    }
  });

  it('steps along −∇f, with sufficient decrease, to the first of 2 α₋, α₋, α₋ / 2, … that has it', () => {
    for (const fun of [beale, booth, quadratic(5, 100), rosenbrock(5)]) {
      const { seen } = stepsOf(fun, fun.starts[0]!, { c1: 0.1, maxIterations: 100 });
      seen.forEach(({ length, step: { from, to, direction, guarantee } }, k) => {
        expect(direction).toEqual(from.gradient.map((g) => -g));
        expect(guarantee).toEqual({ kind: 'sufficient-decrease', c1: 0.1 });
        const slope = dot(direction!, from.gradient);
        expect(to.value).toBeLessThanOrEqual(from.value + 0.1 * length * slope);
        if (k === 0) return;
        const shrunk = Math.log2((2 * seen[k - 1]!.length) / length);
        expect(Number.isInteger(shrunk) && shrunk >= 0).toBe(true);
        if (shrunk === 0) return;
        const tooFar = fun.evaluate(from.x.map((x, i) => x + 2 * length * direction![i]!)).value;
        expect(tooFar).toBeGreaterThan(from.value + 0.1 * 2 * length * slope);
      });
    }
  });

  it('takes the first trial of length firstStep, whatever the gradient', () => {
    for (const slope of [1e-3, 5, 1e6]) {
      const steps = backtrackingDescentMethod({ firstStep: 0.5 })(Float64Array.of(0, 0));
      steps.next();
      const told = { value: 1, gradient: Float64Array.of(0.6 * slope, -0.8 * slope) };
      const trial = steps.next(told).value as MethodAsk;
      expect(maxNorm(trial.x.map((x, i) => x - [-0.3, 0.4][i]!))).toBeLessThanOrEqual(Number.EPSILON);
    }
  });

  it('shrinks by the factor it is given', () => {
    const { asked } = stepsOf(quadratic(1, 1), [0], { firstStep: 1024, shrink: 0.25, maxIterations: 1 });
    expect(asked.map(([x]) => x)).toEqual([0, 1024, 256, 64, 16, 4, 1]);
  });

  it('takes the line search it is given, one for every start', () => {
    let made = 0;
    const lineSearch = () => {
      made += 1;
      return exactLineSearch();
    };
    const rows = all(quadratic(5, 1), { lineSearch });
    expect(made).toBe(rows.length);
    // With an exact search one step is enough where all curvatures are equal.
    for (const { evaluations, stop } of rows) {
      expect([evaluations.gradients, stop.kind]).toEqual([3, 'gradient-small']);
    }
  });
});

describe('backtrackingDescent settings', () => {
  it.each([
    [{ firstStep: 0 }, 'out-of-range', 'backtrackingDescent: "firstStep"'],
    [{ firstStep: Number.NaN }, 'not-finite', 'backtrackingDescent: "firstStep"'],
  ] as const)('rejects %o', (options, code, where) => {
    for (const make of [backtrackingDescent, backtrackingDescentMethod]) {
      expect(() => make(options)).toThrow(expect.objectContaining({ code }));
      expect(() => make(options)).toThrow(where);
    }
  });

  it.each([{ c1: 0 }, { c1: 1 }, { shrink: 1 }, { shrink: -0.5 }])('rejects %o when it is made', (options) => {
    for (const make of [backtrackingDescent, backtrackingDescentMethod]) {
      expect(() => make(options)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    }
  });

  it('reports what it runs with', () => {
    const settings = { gradientTolerance: 1e-5, maxIterations: 10_000, c1: 0.2, shrink: 0.5, firstStep: 1 };
    expect(backtrackingDescent({ c1: 0.2 }).settings).toEqual(settings);
  });
});
