import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import { maxNorm } from '../numerics/vector.ts';
import { booth, logBarrier, quadratic, rosenbrock, standardFunctions } from './functions/standard-functions.ts';
import { type Differentiable, minimize } from './minimize.ts';

/** Records every call, as the caller of `minimize` sees it. */
function recorded(fun: Differentiable) {
  const calls: { x: number[]; value: number; gradient: number[] }[] = [];
  const wrapped: Differentiable = (x) => {
    const { value, gradient } = fun(x);
    calls.push({ x: Array.from(x), value, gradient: Array.from(gradient) });
    return { value, gradient };
  };
  return { wrapped, calls };
}

const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof InverseClaimsError) return error.code;
    throw error;
  }
  return 'no error';
};

describe('minimize', () => {
  it.each(standardFunctions)('finds the minimum of $name', (fun) => {
    for (const start of fun.starts) {
      const found = minimize(fun.evaluate, start, { gradientTolerance: 1e-6 });
      expect(found.stop.kind).toBe('gradient-small');
      // As in bfgs.test.ts: a Hessian of at least the identity, or Powell's quartic.
      expect(found.value - fun.minimum).toBeLessThanOrEqual(1e-8);
      expect(maxNorm(found.gradient)).toBeLessThanOrEqual(1e-6);
    }
  });

  it('returns value and gradient of the returned point, not of another trial', () => {
    const methods = ['bfgs', 'gradient-descent', 'adam'] as const;
    for (const fun of [rosenbrock(2), booth, logBarrier(1)]) {
      for (const method of methods) {
        for (const maxEvaluations of [1, 2, 5, 17, 400]) {
          const { wrapped, calls } = recorded(fun.evaluate);
          const found = minimize(wrapped, fun.starts[0]!, { method, maxEvaluations, learningRate: 1e-3 });
          const { value, gradient } = fun.evaluate(found.x.slice());
          expect(found.value).toBe(value);
          expect(found.gradient).toEqual(gradient);
          expect(found.evaluations).toBe(calls.length);
          expect(calls.length).toBeLessThanOrEqual(maxEvaluations);
        }
      }
    }
  });

  it('spends exactly its evaluations and returns the best point seen', () => {
    for (let maxEvaluations = 1; maxEvaluations <= 25; maxEvaluations++) {
      const { wrapped, calls } = recorded(rosenbrock(10).evaluate);
      const found = minimize(wrapped, rosenbrock(10).starts[0]!, { maxEvaluations });
      expect(calls).toHaveLength(maxEvaluations);
      expect(found.stop).toEqual({ kind: 'budget-spent' });
      expect(found.value).toBe(Math.min(...calls.map(({ value }) => value)));
    }
  });

  it('reports convergence where it comes with the last permitted evaluation', () => {
    const free = minimize(booth.evaluate, [0, 0]);
    const exact = minimize(booth.evaluate, [0, 0], { maxEvaluations: free.evaluations });
    expect(exact).toEqual(free);
    expect(minimize(booth.evaluate, [0, 0], { maxEvaluations: free.evaluations - 1 }).stop.kind).toBe('budget-spent');
  });

  it('counts accepted steps', () => {
    expect(minimize(booth.evaluate, [1, 3])).toMatchObject({ iterations: 0, evaluations: 1 });
    // One cut step to length 1.01, then the exact Newton step of a parabola.
    expect(minimize(quadratic(1, 4).evaluate, [0])).toMatchObject({ iterations: 2, evaluations: 3 });
    const bowl = quadratic(1, 1).evaluate;
    const descent = minimize(bowl, [0], { method: 'gradient-descent', learningRate: 0.5, gradientTolerance: 0.1 });
    expect(descent).toMatchObject({ iterations: 4, evaluations: 5 });
  });

  it('does not share its vectors with the function or the caller', () => {
    const shared = new Float64Array(2);
    const meddling: Differentiable = (x) => {
      const { value, gradient } = rosenbrock(2).evaluate(x);
      shared.set(gradient);
      x.fill(Number.NaN);
      return { value, gradient: shared };
    };
    const start = Float64Array.of(-1.2, 1);
    const plain = minimize(rosenbrock(2).evaluate, start);
    const found = minimize(meddling, start);
    shared.fill(Number.NaN);
    expect(found).toEqual(plain);
    expect(start).toEqual(Float64Array.of(-1.2, 1));
  });

  it('accepts plain arrays on both sides', () => {
    const found = minimize((x) => ({ value: x[0]! ** 2, gradient: [2 * x[0]!] }), [3]);
    expect(found.x).toBeInstanceOf(Float64Array);
    expect(found.gradient).toBeInstanceOf(Float64Array);
    expect(Math.abs(found.x[0]!)).toBeLessThanOrEqual(5e-6);
  });

  it.each(['gradient-descent', 'adam'] as const)('runs %s until the gradient is small', (method) => {
    const { evaluate } = quadratic(3, 4);
    const found = minimize(evaluate, [0, 3, -1], { method, learningRate: 0.05, gradientTolerance: 1e-4 });
    expect(found.stop.kind).toBe('gradient-small');
    expect(maxNorm(found.gradient)).toBeLessThanOrEqual(1e-4);
  });

  it('returns the point its stop reason certifies, also where a lower one was seen', () => {
    // Values that contradict the gradient: descent along it climbs from −9 to 0.
    const contradictory: Differentiable = ([x = 0]) => ({ value: -x * x, gradient: [x] });
    const found = minimize(contradictory, [3], { method: 'gradient-descent', learningRate: 0.5 });
    expect(found.stop).toEqual({ kind: 'gradient-small', norm: Math.abs(found.gradient[0]!) });
    expect(found.value).toBeGreaterThan(-1);
  });

  it('keeps the best point where gradient descent diverges', () => {
    const found = minimize(quadratic(1, 4).evaluate, [0], { method: 'gradient-descent', learningRate: 10 });
    expect(found.stop.kind).toBe('non-finite');
    expect(found.value).toBe(2);
    expect(found.x).toEqual(Float64Array.of(0));
  });
});

describe('minimize, where the function misbehaves', () => {
  it.each(['bfgs', 'gradient-descent', 'adam'] as const)('stops %s as non-finite at an unusable start', (method) => {
    const value = minimize(() => ({ value: Number.NaN, gradient: [1] }), [2], { method });
    expect(value.stop).toEqual({ kind: 'non-finite', where: 'value' });
    expect(value.value).toBeNaN();
    expect(value.x).toEqual(Float64Array.of(2));
    expect(value.evaluations).toBe(1);
    const gradient = minimize(() => ({ value: 1, gradient: [Number.POSITIVE_INFINITY] }), [2], { method });
    expect(gradient.stop).toEqual({ kind: 'non-finite', where: 'gradient' });
    expect(gradient.value).toBe(1);
  });

  it('never calls a function without usable neighbors a success', () => {
    const found = minimize(([x = 0]) => ({ value: x === 0 ? 1 : Number.NaN, gradient: [1] }), [0]);
    expect(found.stop.kind).toBe('line-search-failed');
    expect(found.value).toBe(1);
  });

  it('does not return a low value whose gradient is unusable', () => {
    // From 0 the first trial at 1.01 is lower, but has no gradient.
    const trap: Differentiable = ([x = 0]) => ({
      value: x > 1 ? -100 : (x - 0.5) ** 2,
      gradient: [x > 1 ? Number.NaN : 20 * (x - 0.5)],
    });
    const found = minimize(trap, [0], { maxEvaluations: 2 });
    expect(found.value).toBe(0.25);
    expect(found.x).toEqual(Float64Array.of(0));
  });

  it('gets over a region of infinite values', () => {
    const found = minimize(logBarrier(4).evaluate, [5, 0.01, 8, 1]);
    expect(found.stop.kind).toBe('gradient-small');
    expect(found.value - 4).toBeLessThan(1e-8);
  });

  it('returns the best trial of a failed line search instead of discarding it', () => {
    const { wrapped, calls } = recorded(([x = 0, y = 0]) => ({
      value: Math.abs(x) + Math.abs(y - 0.7),
      gradient: [x < 0 ? -1 : 1, y < 0.7 ? -1 : 1],
    }));
    const found = minimize(wrapped, [3, 5]);
    expect(found.stop.kind).toBe('line-search-failed');
    expect(found.value).toBe(Math.min(...calls.map(({ value }) => value)));
  });

  it('passes errors of the function on', () => {
    let calls = 0;
    const failing: Differentiable = (x) => {
      calls += 1;
      if (calls === 4) throw new RangeError('mesh degenerated');
      return rosenbrock(2).evaluate(x);
    };
    expect(() => minimize(failing, [-1.2, 1])).toThrow(
      expect.objectContaining({ code: 'objective-failed', cause: new RangeError('mesh degenerated') }),
    );
    expect(calls).toBe(4);
  });

  it.each<[string, () => unknown, string]>([
    ['a gradient of another length', () => minimize(() => ({ value: 1, gradient: [1, 2] }), [0]), 'shape-mismatch'],
    ['a start that is not finite', () => minimize(booth.evaluate, [0, Number.NaN]), 'not-finite'],
    ['an empty start', () => minimize(booth.evaluate, []), 'shape-mismatch'],
    ['no evaluations', () => minimize(booth.evaluate, [0, 0], { maxEvaluations: 0 }), 'out-of-range'],
    ['a negative tolerance', () => minimize(booth.evaluate, [0, 0], { gradientTolerance: -1 }), 'out-of-range'],
    ['an unknown method', () => minimize(booth.evaluate, [0, 0], { method: 'bgfs' as 'bfgs' }), 'unknown-name'],
  ])('refuses %s', (_what, action, code) => {
    expect(codeOf(action)).toBe(code);
  });
});

describe('minimize, watched', () => {
  const methods = ['bfgs', 'lbfgs', 'conjugate-gradient', 'backtracking'] as const;

  it.each(methods)('tells every accepted step of %s, in order', (method) => {
    const { wrapped, calls } = recorded(rosenbrock(2).evaluate);
    const iterations: number[] = [];
    let last = Float64Array.from([-1.2, 1]);
    const found = minimize(wrapped, [-1.2, 1], {
      method,
      maxEvaluations: 300,
      observe: ({ iteration, from, to }) => {
        iterations.push(iteration);
        expect(from.x).toEqual(last);
        last = to.x.slice();
        // The point accepted is the one evaluated last.
        expect(calls.at(-1)).toEqual({ x: Array.from(to.x), value: to.value, gradient: Array.from(to.gradient) });
      },
    });
    expect(iterations).toEqual(Array.from({ length: found.iterations }, (_, k) => k + 1));
    expect(found.iterations).toBeGreaterThan(5);
    if (found.stop.kind === 'gradient-small') expect(last).toEqual(found.x);
  });

  it('has no steps to tell of fixed steps and Adam', () => {
    for (const method of ['gradient-descent', 'adam'] as const) {
      const observe = () => expect.unreachable();
      expect(minimize(booth.evaluate, [0, 0], { method, maxEvaluations: 20, observe }).iterations).toBe(19);
    }
  });

  it.each(['bfgs', 'lbfgs', 'conjugate-gradient', 'backtracking', 'gradient-descent', 'adam'] as const)(
    'is certified without a change of the answer (%s)',
    (method) => {
      for (const { evaluate, starts } of standardFunctions) {
        for (const start of starts) {
          const options = { method, maxEvaluations: 150 };
          const certified = minimize(evaluate, start, { ...options, certify: true });
          expect(certified).toEqual(minimize(evaluate, start, { ...options, certify: false }));
        }
      }
    },
  );

  it('stops where a method is made to go astray, and says at which step', () => {
    // An observer may not write into what it is shown; one that does makes a faulty method of a correct one.
    const tampering = (certify?: boolean) => () =>
      minimize(rosenbrock(2).evaluate, [-1.2, 1], {
        ...(certify === undefined ? {} : { certify }),
        maxEvaluations: 50,
        observe: ({ iteration, to }) => {
          if (iteration === 4) to.gradient[0] = 1;
        },
      });
    const violated = expect.objectContaining({ code: 'certificate-violated' });
    for (const certify of [true, undefined]) expect(tampering(certify)).toThrow(violated);
    expect(tampering(true)).toThrow('certificate "evaluated" of bfgs on minimize, row 0, step 5');
    expect(tampering(false)).not.toThrow(violated);
  });

  it('names the point at which the function throws, whatever it throws', () => {
    const failing = (thrown: unknown) => () =>
      minimize(
        ([x = 0]) => {
          if (x !== 2) throw thrown;
          return { value: 4, gradient: [4] };
        },
        [2],
      );
    for (const thrown of [new TypeError('no mesh'), 'no mesh']) {
      expect(failing(thrown)).toThrow(expect.objectContaining({ code: 'objective-failed', cause: thrown }));
      expect(failing(thrown)).toThrow('an error at x = [0.99]: no mesh');
    }
  });
});
