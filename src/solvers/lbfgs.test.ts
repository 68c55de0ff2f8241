import { describe, expect, it } from 'vitest';
import type { MethodAsk, RunRow } from '../core/solver.ts';
import type { Step } from '../core/step.ts';
import { dot, maxNorm, norm, scaleInto } from '../numerics/vector.ts';
import { wavePacketProblem } from '../simulators/wave-packet-problem.ts';
import { exactLineSearch } from './exact-line-search.ts';
import {
  booth,
  quadratic,
  rosenbrock,
  type StandardFunction,
  standardFunctions,
} from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { type LbfgsOptions, lbfgs, lbfgsMethod } from './lbfgs.ts';
import { run } from './run.ts';

const TOLERANCE = 1e-6;
/** As for BFGS: Hessians of at least the identity, or Powell's quartic. */
const VALUE_ERROR = 1e-8;

const all = (fun: StandardFunction, options: LbfgsOptions = {}): readonly RunRow[] => {
  const problem = standardProblem(fun);
  const solver = lbfgs({ gradientTolerance: TOLERANCE, ...options });
  return run(problem, solver, problem.draw(fun.starts.length, 1).task, 1, { certify: true }).rows;
};

function stepsOf(fun: StandardFunction, start: readonly number[], options: LbfgsOptions, observe: (s: Step) => void) {
  const steps = lbfgsMethod({ gradientTolerance: TOLERANCE, ...options })(Float64Array.from(start), observe);
  let next = steps.next();
  while (!next.done) next = steps.next(fun.evaluate(next.value.x.slice()));
}

describe('lbfgs', () => {
  it.each(standardFunctions)('reaches the known minimum of $name from every start within 300 evaluations', (fun) => {
    for (const found of all(fun)) {
      expect(found.stop.kind).toBe('gradient-small');
      expect(found.loss - fun.minimum).toBeLessThanOrEqual(VALUE_ERROR);
      expect(found.loss).toBe(fun.evaluate(Float64Array.from(found.x)).value);
      expect(maxNorm(fun.evaluate(Float64Array.from(found.x)).gradient)).toBeLessThanOrEqual(TOLERANCE);
      expect(found.evaluations.gradients).toBeLessThanOrEqual(300);
    }
  });

  it('needs more evaluations with a shorter memory where the Hessian is badly conditioned', () => {
    const evaluations = [3, 10, 30].map((memory) =>
      all(quadratic(10, 1e4), { memory, maxIterations: 10_000 }).reduce(
        (sum, row) => sum + row.evaluations.gradients,
        0,
      ),
    );
    expect(evaluations[0]).toBeGreaterThan(2 * evaluations[1]!);
    expect(evaluations[1]).toBeGreaterThanOrEqual(evaluations[2]!);
  });

  it('solves every wave packet whose center lies in the basin of the start, and no other', () => {
    // As for BFGS: basin half-width 13.317 samples of setting B; noise moves its edge by less than two.
    const problem = wavePacketProblem('B');
    const { task, reference } = problem.draw(128, 5);
    const { rows } = run(problem, lbfgs({ gradientTolerance: TOLERANCE }), task, 5);
    let clear = 0;
    rows.forEach((found, b) => {
      const truth = reference.truth.data[b]!;
      if (Math.abs(Math.abs(truth - 64) - 13.317) < 2) return;
      clear += 1;
      expect(Math.abs(found.x[0]! - truth) < 1).toBe(Math.abs(truth - 64) < 13.317);
    });
    expect(clear).toBeGreaterThan(90);
  });

  it('keeps its secant equation and the Wolfe conditions on every step, as observed', () => {
    const wolfe = { c1: 1e-3, c2: 0.4 };
    for (const fun of [rosenbrock(10), rosenbrock(2), quadratic(8, 1e4)]) {
      let steps = 0;
      stepsOf(fun, fun.starts[0]!, { wolfe }, ({ iteration, from, to, length, direction, model, guarantee }) => {
        steps += 1;
        expect([iteration, guarantee]).toEqual([steps, { kind: 'strong-wolfe', ...wolfe }]);
        const [slope, after] = [dot(direction!, from.gradient), dot(direction!, to.gradient)];
        expect(to.value).toBeLessThanOrEqual(from.value + wolfe.c1 * length * slope);
        expect(Math.abs(after)).toBeLessThanOrEqual(-wolfe.c2 * slope);
        const { displacement: s, gradientChange: y, updated, timesInto } = model!;
        expect(updated).toBe(true);
        const product = new Float64Array(s.length);
        timesInto(product, y);
        expect(norm(product.map((value, i) => value - s[i]!))).toBeLessThanOrEqual(1e-9 * norm(s));
      });
      expect(steps).toBeGreaterThan(3);
    }
  });

  it('takes the first trial of length min(‖g‖, firstStep), and then full steps', () => {
    for (const [start, firstStep, length] of [
      [100, 1, 1],
      [100, 0.25, 0.25],
      [1.5, 1, 0.5],
    ] as const) {
      const steps = lbfgsMethod({ firstStep })(Float64Array.of(start));
      steps.next();
      const told = quadratic(1, 1).evaluate(Float64Array.of(start));
      const trial = steps.next(told).value as MethodAsk;
      expect(Math.abs(start - trial.x[0]! - length)).toBeLessThanOrEqual(128 * Number.EPSILON);
    }
    const lengths: number[] = [];
    stepsOf(quadratic(5, 100), quadratic(5, 100).starts[1]!, {}, ({ length }) => lengths.push(length));
    expect(lengths.slice(1).filter((length) => length === 1).length).toBeGreaterThan(lengths.length / 2);
  });

  it('takes the line search it is given, one for every start', () => {
    let made = 0;
    const lineSearch = () => {
      made += 1;
      return exactLineSearch();
    };
    const rows = all(quadratic(5, 10), { lineSearch });
    expect(made).toBe(rows.length);
    for (const { stop } of rows) expect(stop.kind).toBe('gradient-small');
  });

  it('repeats itself bit for bit under f → 2ᵏ f from starts with a long gradient', () => {
    for (const fun of [rosenbrock(10), booth, quadratic(10, 1e4)]) {
      const plain = all(fun);
      for (const c of [2 ** -1, 2 ** 3, 2 ** 20]) {
        const evaluate = (x: Float64Array) => {
          const { value, gradient } = fun.evaluate(x);
          scaleInto(gradient, c, gradient);
          return { value: c * value, gradient };
        };
        const scaled = all({ ...fun, evaluate }, { gradientTolerance: c * TOLERANCE });
        scaled.forEach(({ x, evaluations }, b) => {
          expect(c * norm(fun.evaluate(Float64Array.from(fun.starts[b]!)).gradient)).toBeGreaterThan(1);
          expect({ x, evaluations }).toEqual({ x: plain[b]!.x, evaluations: plain[b]!.evaluations });
        });
      }
    }
  });
});

describe('lbfgs settings', () => {
  it.each([
    [{ memory: 0 }, 'out-of-range'],
    [{ memory: 2.5 }, 'out-of-range'],
    [{ memory: Number.POSITIVE_INFINITY }, 'not-finite'],
    [{ firstStep: 0 }, 'out-of-range'],
    [{ firstStep: Number.NaN }, 'not-finite'],
    [{ wolfe: { c1: 0 } }, 'out-of-range'],
    [{ wolfe: { c2: 1e-5 } }, 'out-of-range'],
  ] as const)('rejects %o', (options, code) => {
    for (const make of [lbfgs, lbfgsMethod]) {
      expect(() => make(options)).toThrow(expect.objectContaining({ code }));
      expect(() => make(options)).toThrow(`lbfgs: "${Object.keys(options)[0]}`);
    }
  });

  it('reports what it runs with', () => {
    const settings = { gradientTolerance: 1e-5, maxIterations: 1000, c1: 1e-4, c2: 0.5, memory: 10, firstStep: 1 };
    expect(lbfgs({ wolfe: { c2: 0.5 } }).settings).toEqual(settings);
  });
});
