import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { batch } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { indicatesConvergence, type MethodAsk } from '../core/solver.ts';
import type { Step } from '../core/step.ts';
import { dot, maxNorm, norm } from '../numerics/vector.ts';
import { wavePacketProblem } from '../simulators/wave-packet-problem.ts';
import { bfgs, bfgsMethod } from './bfgs.ts';
import {
  booth,
  quadratic,
  rosenbrock,
  type StandardFunction,
  standardFunctions,
} from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { run } from './run.ts';

const TOLERANCE = 1e-6;
/** Where the Hessian is at least the identity, ‖∇f‖∞ <= 1e-6 leaves this much in f; Powell's quartic gets as close. */
const VALUE_ERROR = 1e-8;
/** H y = s to rounding: |H||y| is up to 1e6 times |s| on the worst-conditioned quadratic. */
const SECANT = 1e-8;

interface ScipyRuns {
  readonly gradientTolerance: number;
  readonly runs: readonly {
    readonly function: string;
    readonly start: readonly number[];
    readonly startValue: number;
    readonly startGradient: readonly number[];
    readonly value: number;
    readonly evaluations: number;
    readonly status: number;
  }[];
}
const scipy: ScipyRuns = JSON.parse(readFileSync(new URL('../../fixtures/scipy-bfgs.json', import.meta.url), 'utf8'));
const named = (name: string): StandardFunction => {
  const found = standardFunctions.find((fun) => fun.name === name);
  if (found === undefined) throw new Error(`the fixture names ${name}, the table does not`);
  return found;
};

const one = (fun: StandardFunction, start: readonly number[], options: Parameters<typeof bfgs>[0] = {}) => {
  const result = run(
    standardProblem({ ...fun, starts: [start] }),
    bfgs({ gradientTolerance: TOLERANCE, ...options }),
    standardProblem({ ...fun, starts: [start] }).draw(1, 1).task,
    1,
  );
  return result.rows[0]!;
};

/** The steps of one run, told as they happen. */
const observed = (
  fun: StandardFunction,
  start: readonly number[],
  options: Parameters<typeof bfgs>[0],
  observe: (step: Step) => void,
): void => {
  const steps = bfgsMethod({ gradientTolerance: TOLERANCE, ...options })(Float64Array.from(start), observe);
  let next = steps.next();
  while (!next.done) next = steps.next(fun.evaluate(next.value.x.slice()));
};

/** f with another value and gradient, on the starts of its own. */
function functionOf(
  name: string,
  starts: readonly (readonly number[])[],
  evaluate: StandardFunction['evaluate'],
): StandardFunction {
  return { name, evaluate, starts, minimizer: starts[0]!, minimum: 0 };
}

describe('bfgs', () => {
  it.each(standardFunctions)('reaches the known minimum of $name from every start', (fun) => {
    for (const start of fun.starts) {
      const found = one(fun, start);
      expect(found.stop.kind).toBe('gradient-small');
      expect(found.loss - fun.minimum).toBeLessThanOrEqual(VALUE_ERROR);
      expect(found.loss).toBe(fun.evaluate(Float64Array.from(found.x)).value);
      expect(found.loss).toBe(found.bestLoss);
      expect(maxNorm(fun.evaluate(Float64Array.from(found.x)).gradient)).toBeLessThanOrEqual(TOLERANCE);
    }
  });

  it.each(scipy.runs)('needs about as many evaluations as SciPy on $function', (theirs) => {
    const fun = named(theirs.function);
    const { value, gradient } = fun.evaluate(Float64Array.from(theirs.start));
    // The same function on both sides, up to the order of summation.
    const scale = 1e-13 * (1 + Math.abs(value) + norm(gradient));
    expect(Math.abs(value - theirs.startValue)).toBeLessThanOrEqual(scale);
    expect(maxNorm(gradient.map((g, i) => g - theirs.startGradient[i]!))).toBeLessThanOrEqual(scale);

    const ours = one(fun, theirs.start, { gradientTolerance: scipy.gradientTolerance });
    expect(theirs.status).toBe(0);
    expect(Math.abs(ours.loss - theirs.value)).toBeLessThanOrEqual(VALUE_ERROR);
    expect(ours.evaluations.gradients).toBeLessThanOrEqual(1.25 * theirs.evaluations + 1);
    expect(ours.evaluations.values).toBe(0);
  });

  it.each([
    { c1: 1e-4, c2: 0.9 },
    { c1: 0.3, c2: 0.4 },
    { c1: 1e-3, c2: 2e-3 },
  ])(
    'fulfills the strong Wolfe conditions with c1 = $c1, c2 = $c2, and the secant equation, on every step',
    (wolfe) => {
      for (const fun of standardFunctions) {
        let steps = 0;
        const observe = ({ iteration, from, to, length, direction, model }: Step) => {
          steps += 1;
          expect(iteration).toBe(steps);
          const [slope, newSlope] = [dot(direction!, from.gradient), dot(direction!, to.gradient)];
          expect(to.value).toBeLessThanOrEqual(from.value + wolfe.c1 * length * slope);
          expect(Math.abs(newSlope)).toBeLessThanOrEqual(wolfe.c2 * Math.abs(slope));
          const { displacement, gradientChange, updated, timesInto } = model!;
          expect(dot(displacement, gradientChange)).toBeGreaterThan(0);
          if (!updated) return;
          const product = new Float64Array(displacement.length);
          timesInto(product, gradientChange);
          const residual = norm(product.map((value, i) => value - displacement[i]!));
          const stiffness = norm(product) / norm(gradientChange);
          expect(residual).toBeLessThanOrEqual(SECANT * (norm(displacement) + stiffness * norm(gradientChange)));
        };
        for (const start of fun.starts) {
          steps = 0;
          observed(fun, start, { wolfe }, observe);
          expect(steps).toBeGreaterThan(0);
        }
      }
    },
  );

  it('takes the first trial of length min(‖g‖, firstStep)', () => {
    for (const [start, firstStep, length] of [
      [[100], 1.01, 1.01],
      [[100], 0.25, 0.25],
      [[1.5], 1.01, 0.5],
    ] as const) {
      const steps = bfgsMethod({ firstStep })(Float64Array.from(start));
      steps.next();
      const { gradient, value } = quadratic(1, 1).evaluate(Float64Array.from(start));
      const trial = steps.next({ value, gradient }).value;
      expect(Math.abs(start[0] - trial.x[0]! - length)).toBeLessThanOrEqual(128 * Number.EPSILON);
    }
  });

  it('solves every wave packet whose center lies in the basin of the start, and no other', () => {
    // Setting B: basin half-width 13.317 samples of a prior of +-32 around the start (the landscape without noise).
    const problem = wavePacketProblem('B');
    const { task, reference } = problem.draw(256, 5);
    const { rows } = run(problem, bfgs({ gradientTolerance: TOLERANCE }), task, 5);
    let clear = 0;
    rows.forEach((found, b) => {
      const distance = Math.abs(reference.truth.data[b]! - 64);
      // Noise of 0.1 per sample moves the edge of the basin by less than this many samples.
      if (Math.abs(distance - 13.317) < 2) return;
      clear += 1;
      expect(Math.abs(found.x[0]! - reference.truth.data[b]!) < 1).toBe(distance < 13.317);
    });
    expect(clear).toBeGreaterThan(200);
    const evaluations = rows.reduce((sum, found) => sum + found.evaluations.gradients, 0) / rows.length;
    // SciPy's BFGS needs 8.5 on the same family.
    expect(evaluations).toBeLessThan(9);
  });
});

describe('bfgs under a change of units', () => {
  const scaled = (fun: StandardFunction, c: number): StandardFunction => ({
    ...fun,
    evaluate: (x) => {
      const { value, gradient } = fun.evaluate(x);
      return { value: c * value, gradient: gradient.map((g) => c * g) };
    },
  });

  it('repeats itself bit for bit under f → 2ᵏ f with the scaled model where the first gradient is long', () => {
    for (const fun of [rosenbrock(2), rosenbrock(10), booth, quadratic(10, 1e4)]) {
      const start = fun.starts[0]!;
      const plain = one(fun, start, { initialModel: 'scaled' });
      for (const k of [-1, 3, 20]) {
        const c = 2 ** k;
        expect(c * norm(fun.evaluate(Float64Array.from(start)).gradient)).toBeGreaterThan(1.01);
        const options = { initialModel: 'scaled', gradientTolerance: c * TOLERANCE } as const;
        const { x, evaluations } = one(scaled(fun, c), start, options);
        expect({ x, evaluations }).toEqual({ x: plain.x, evaluations: plain.evaluations });
      }
    }
  });

  it('does not repeat itself where the first gradient is shorter than the first step', () => {
    const start = rosenbrock(2).starts[0]!;
    const c = 2 ** -12;
    const options = { initialModel: 'scaled', gradientTolerance: c * TOLERANCE } as const;
    const tiny = one(scaled(rosenbrock(2), c), start, options);
    expect(tiny.evaluations).not.toEqual(one(rosenbrock(2), start, { initialModel: 'scaled' }).evaluations);
  });

  it.each(['identity', 'scaled'] as const)(
    'still converges for f scaled by 1e-12 and 1e12 (%s model)',
    (initialModel) => {
      // An absolute curvature threshold skips every update at 1e-12 and crawls along steepest descent.
      for (const fun of [rosenbrock(2), booth, quadratic(5, 100)]) {
        for (const c of [1e-12, 1e12]) {
          const found = one(scaled(fun, c), fun.starts[0]!, { initialModel, gradientTolerance: c * TOLERANCE });
          expect(found.stop.kind).toBe('gradient-small');
          expect(found.loss).toBeLessThanOrEqual(c * VALUE_ERROR);
          expect(found.evaluations.gradients).toBeLessThan(200);
        }
      }
    },
  );

  it('needs few more evaluations on an ill-conditioned quadratic with the scaled model than in good units', () => {
    const evaluations = (c: number, initialModel: 'identity' | 'scaled'): number => {
      const options = { initialModel, gradientTolerance: c * TOLERANCE };
      return one(scaled(quadratic(10, 1e4), c), new Array(10).fill(0), options).evaluations.gradients;
    };
    expect(evaluations(2 ** -20, 'scaled')).toBeLessThan(evaluations(2 ** -20, 'identity'));
  });
});

describe('bfgs, where it has to stop early', () => {
  it('asks once where the start is stationary', () => {
    const found = one(booth, [1, 3]);
    expect(found.stop).toEqual({ kind: 'gradient-small', norm: 0 });
    expect(found.evaluations.gradients).toBe(1);
    expect(found.x).toEqual([1, 3]);
  });

  it('does not call a flat place that is no minimum anything but a small gradient', () => {
    const flat = functionOf('flat', [[5]], () => ({ value: 7, gradient: Float64Array.of(0) }));
    expect(one(flat, [5]).stop).toEqual({ kind: 'gradient-small', norm: 0 });
  });

  it.each([
    ['value', Number.NaN, 1],
    ['value', Number.POSITIVE_INFINITY, 1],
    ['value', Number.NEGATIVE_INFINITY, 1],
    ['gradient', 1, Number.NaN],
  ])('stops as non-finite, never as a success, if the %s at the start is not finite', (_what, value, slope) => {
    const broken = functionOf('broken', [[1]], () => ({ value, gradient: Float64Array.of(slope) }));
    const found = one(broken, [1]);
    expect(found.stop).toEqual({ kind: 'non-finite', where: 'value' });
    expect(indicatesConvergence(found.stop)).toBe(false);
    expect(found.evaluations.gradients).toBe(1);
  });

  it('never reports success where only the start is finite', () => {
    const cliff = functionOf('cliff', [[1]], ([x = 0]) => ({
      value: x === 1 ? 0 : Number.NaN,
      gradient: Float64Array.of(1),
    }));
    const found = one(cliff, [1]);
    expect(found.stop).toEqual({ kind: 'line-search-failed', why: 'zoom-exhausted' });
    expect(found.x).toEqual([1]);
    expect(found.nonFinite).toBe(found.evaluations.gradients - 1);
  });

  it('reports a function without lower bound, from its lowest point', () => {
    const slide = functionOf('slide', [[0]], ([x = 0]) => ({ value: -x, gradient: Float64Array.of(-1) }));
    const found = one(slide, [0]);
    expect(found.stop).toEqual({ kind: 'line-search-failed', why: 'no-bracket' });
    expect(found.loss).toBe(found.bestLoss);
    expect(found.loss).toBeLessThan(-1e20);
  });

  it('ends at a kink with the best point of the failed search, not with the last accepted one', () => {
    const kink = functionOf('kink', [[3, 1]], ([x = 0, y = 0]) => ({
      value: Math.abs(x) + y * y,
      gradient: Float64Array.of(x < 0 ? -1 : 1, 2 * y),
    }));
    const found = one(kink, [3, 1]);
    expect(found.stop.kind).toBe('line-search-failed');
    expect(found.loss).toBe(found.bestLoss);
    expect(found.loss).toBeLessThan(0.05);
  });

  it('reports a gradient that points uphill as a failed search, after one start from scratch', () => {
    const wrong = functionOf('wrong sign', [[2]], ([x = 0]) => ({ value: x * x, gradient: Float64Array.of(-2 * x) }));
    const found = one(wrong, [2]);
    expect(found.stop.kind).toBe('line-search-failed');
    expect(found.x).toEqual([2]);
  });

  it('is honest where rounding ends progress before the tolerance is met', () => {
    const lifted: StandardFunction = {
      ...rosenbrock(2),
      evaluate: (x) => ({ ...rosenbrock(2).evaluate(x), value: rosenbrock(2).evaluate(x).value + 1e6 }),
    };
    const found = one(lifted, [-1.2, 1], { gradientTolerance: 0, maxIterations: 500 });
    expect(['line-search-failed', 'gradient-small', 'budget-spent']).toContain(found.stop.kind);
    const { gradient } = lifted.evaluate(Float64Array.from(found.x));
    expect(found.stop.kind === 'gradient-small').toBe(maxNorm(gradient) === 0);
    expect(found.loss).toBe(found.bestLoss);
  });

  it('takes at most maxIterations steps', () => {
    const found = one(rosenbrock(2), [-1.2, 1], { maxIterations: 3 });
    expect(found.stop).toEqual({ kind: 'budget-spent' });
    let steps = 0;
    observed(rosenbrock(2), [-1.2, 1], { maxIterations: 3 }, () => {
      steps += 1;
    });
    expect(steps).toBe(3);
  });

  it('takes the lowest trial of a failed search for the answer if its gradient is small', () => {
    const steps = bfgsMethod()(Float64Array.of(0));
    steps.next();
    steps.next({ value: 10, gradient: Float64Array.of(-1) });
    // Lower than the start, but by less than sufficient decrease asks for; nothing else is finite.
    let next = steps.next({ value: 10 - 1e-9, gradient: Float64Array.of(0) });
    while (!next.done) next = steps.next({ value: Number.POSITIVE_INFINITY, gradient: Float64Array.of(0) });
    expect(next.value).toEqual({ x: Float64Array.of(1), stop: { kind: 'gradient-small', norm: 0 } });
  });

  it('goes on after a step whose decrease was lost to rounding', () => {
    const steps = bfgsMethod()(Float64Array.of(0));
    steps.next();
    steps.next({ value: 1e16, gradient: Float64Array.of(-1) });
    // Accepted: at 1e16 sufficient decrease cannot be told from none. The next trial must not be the same point.
    const next = steps.next({ value: 1e16, gradient: Float64Array.of(-0.5) }).value as MethodAsk;
    expect(next.iteration).toBe(1);
    expect(next.x).toEqual(Float64Array.of(2));
  });

  it('starts again from steepest descent where the model has led astray', () => {
    // After the first step the function changes, so that the learned direction points uphill.
    const method = bfgsMethod({ gradientTolerance: 1e-9 });
    const steps = method(Float64Array.of(0, 0));
    const told = [
      { value: 10, gradient: Float64Array.of(-1, 0) },
      { value: 8, gradient: Float64Array.of(-0.5, 0) },
    ];
    let next = steps.next();
    for (const tell of told) next = steps.next(tell);
    const asked: number[][] = [];
    while (!next.done && asked.length < 200) {
      asked.push(Array.from(next.value.x));
      next = steps.next({ value: Number.POSITIVE_INFINITY, gradient: batch(1, 2).data });
    }
    expect(next.done && next.value.stop).toEqual({ kind: 'line-search-failed', why: 'zoom-exhausted' });
    // Two searches along the same line: from the model, whose first trial is longer, and from scratch.
    const restarts = asked.filter(([x = 0], k) => k > 0 && x > asked[k - 1]![0]!).length;
    expect(restarts).toBe(1);
  });
});

describe('bfgs settings', () => {
  it.each([
    [{ gradientTolerance: -1 }, 'out-of-range'],
    [{ gradientTolerance: Number.NaN }, 'not-finite'],
    [{ maxIterations: 1.5 }, 'out-of-range'],
    [{ firstStep: 0 }, 'out-of-range'],
    [{ wolfe: { c2: 1 } }, 'out-of-range'],
    [{ initialModel: 'scale' as 'scaled' }, 'unknown-name'],
  ] as const)('rejects %o', (options, code) => {
    for (const make of [bfgs, bfgsMethod]) {
      expect(() => make(options)).toThrow(InverseClaimsError);
      try {
        make(options);
      } catch (error) {
        expect((error as InverseClaimsError).code).toBe(code);
      }
    }
  });

  it('reports what it runs with', () => {
    expect(bfgs({ wolfe: { c2: 0.5 } }).settings).toEqual({
      gradientTolerance: 1e-5,
      maxIterations: 1000,
      c1: 1e-4,
      c2: 0.5,
      firstStep: 1.01,
      initialModel: 'identity',
    });
  });
});
