import { describe, expect, it } from 'vitest';
import type { MethodAsk, RunRow } from '../core/solver.ts';
import type { Step } from '../core/step.ts';
import { dot, maxNorm, norm } from '../numerics/vector.ts';
import { type ConjugateGradientOptions, conjugateGradient, conjugateGradientMethod } from './conjugate-gradient.ts';
import { exactLineSearch } from './exact-line-search.ts';
import {
  logSumExp,
  quadratic,
  rosenbrock,
  type StandardFunction,
  standardFunctions,
} from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { run } from './run.ts';

const TOLERANCE = 1e-6;
/** As for BFGS: Hessians of at least the identity, or Powell's quartic. */
const VALUE_ERROR = 1e-8;

const all = (fun: StandardFunction, options: ConjugateGradientOptions = {}): readonly RunRow[] => {
  const problem = standardProblem(fun);
  const solver = conjugateGradient({ gradientTolerance: TOLERANCE, ...options });
  return run(problem, solver, problem.draw(fun.starts.length, 1).task, 1, { certify: true }).rows;
};

interface Seen {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly direction: Float64Array;
  readonly length: number;
}

/** Gradients before and after, and the direction, of every accepted step. */
function stepsOf(fun: StandardFunction, start: readonly number[], options: ConjugateGradientOptions): readonly Seen[] {
  const seen: Seen[] = [];
  const observe = ({ from, to, direction, length, model }: Step) => {
    expect(model).toBeUndefined();
    seen.push({ from: from.gradient.slice(), to: to.gradient.slice(), direction: direction!.slice(), length });
  };
  const method = conjugateGradientMethod({ gradientTolerance: TOLERANCE, ...options });
  const steps = method(Float64Array.from(start), observe);
  let next = steps.next();
  while (!next.done) next = steps.next(fun.evaluate(next.value.x.slice()));
  return seen;
}

const isSteepest = ({ from, direction }: Seen): boolean => direction.every((p, i) => p === -from[i]!);

describe('conjugateGradient', () => {
  it.each(standardFunctions)('reaches the known minimum of $name from every start within 600 evaluations', (fun) => {
    for (const found of all(fun)) {
      expect(found.stop.kind).toBe('gradient-small');
      expect(found.loss - fun.minimum).toBeLessThanOrEqual(VALUE_ERROR);
      expect(found.loss).toBe(fun.evaluate(Float64Array.from(found.x)).value);
      expect(maxNorm(fun.evaluate(Float64Array.from(found.x)).gradient)).toBeLessThanOrEqual(TOLERANCE);
      expect(found.evaluations.gradients).toBeLessThanOrEqual(600);
    }
  });

  it("follows Polak and Ribière's formula, cut at zero, or starts afresh where Powell's test says so", () => {
    let conjugate = 0;
    let afresh = 0;
    for (const fun of [rosenbrock(2), rosenbrock(10), quadratic(8, 1e4), logSumExp(3)]) {
      for (const start of fun.starts) {
        const seen = stepsOf(fun, start, {});
        expect(isSteepest(seen[0]!)).toBe(true);
        seen.slice(1).forEach((step, k) => {
          const last = seen[k]!;
          const [before, now] = [last.from, step.from];
          const lean = Math.abs(dot(now, before)) / dot(now, now);
          const change = now.map((g, i) => g - before[i]!);
          const beta = dot(now, change) / dot(before, before);
          // Both rules are decided from numbers that rounding may move across their thresholds.
          if (Math.abs(lean - 0.2) < 1e-6 || Math.abs(beta) < 1e-9) return;
          const expected = lean < 0.2 && beta > 0 ? beta : 0;
          const direction = now.map((g, i) => expected * last.direction[i]! - g);
          const scale = norm(now) + expected * norm(last.direction);
          const rounding = 1e-9 * scale * Math.max(1, norm(before) / norm(now));
          expect(norm(step.direction.map((p, i) => p - direction[i]!))).toBeLessThanOrEqual(rounding);
          if (expected > 0) conjugate += 1;
          else afresh += 1;
        });
      }
    }
    expect(conjugate).toBeGreaterThan(20);
    expect(afresh).toBeGreaterThan(20);
  });

  it('has conjugate directions on a quadratic with exact line searches', () => {
    const fun = quadratic(6, 50);
    const seen = stepsOf(fun, fun.starts[1]!, { lineSearch: exactLineSearch });
    expect(seen.length).toBeLessThanOrEqual(7);
    const times = (v: Float64Array): Float64Array => v.map((value, i) => 50 ** (i / 5) * value);
    seen.slice(0, 6).forEach(({ direction }, k) => {
      for (const earlier of seen.slice(0, k)) {
        const product = dot(direction, times(earlier.direction));
        expect(Math.abs(product)).toBeLessThanOrEqual(1e-9 * norm(direction) * norm(earlier.direction) * 50);
      }
    });
  });

  it('tries steps that assume the same first-order change as the last one', () => {
    const method = conjugateGradientMethod({ firstStep: 0.25 });
    const steps = method(Float64Array.of(0, 0));
    steps.next();
    // The first trial has length firstStep along −g of length 5.
    const first = (steps.next({ value: 10, gradient: Float64Array.of(3, -4) }).value as MethodAsk).x.slice();
    expect(maxNorm(first.map((x, i) => x - [-0.15, 0.2][i]!))).toBeLessThanOrEqual(Number.EPSILON);
    // Accepted with α = 0.05 and φ′(0) = −25. Not orthogonal to the new gradient: along −g₊ φ′(0) = −0.25.
    const second = (steps.next({ value: 1, gradient: Float64Array.of(0.3, -0.4) }).value as MethodAsk).x;
    const moved = second.map((x, i) => x - first[i]!);
    // α = 0.05 · 25 / 0.25 = 5.
    expect(maxNorm(moved.map((x, i) => x - 5 * [-0.3, 0.4][i]!))).toBeLessThanOrEqual(8 * Number.EPSILON);
  });

  it('starts afresh, once, after a search along a conjugate direction has failed', () => {
    const steps = conjugateGradientMethod({ firstStep: 1 })(Float64Array.of(0, 0));
    steps.next();
    steps.next({ value: 10, gradient: Float64Array.of(-1, 0) });
    // Accepted at (1, 0), with a gradient orthogonal to the last one: β = 1, p = (1, −1).
    let next = steps.next({ value: 9, gradient: Float64Array.of(0, 1) });
    const asked: number[][] = [];
    while (!next.done) {
      asked.push(Array.from(next.value.x));
      next = steps.next({ value: Number.POSITIVE_INFINITY, gradient: Float64Array.of(0, 0) });
    }
    expect(next.value.stop).toEqual({ kind: 'line-search-failed', why: 'zoom-exhausted' });
    expect(next.value.x).toEqual(Float64Array.of(1, 0));
    const conjugate = asked.findIndex(([x]) => x === 1);
    expect(conjugate).toBeGreaterThan(0);
    expect(asked.slice(0, conjugate).every(([x = 0, y = 0]) => x - 1 > 0 && Math.abs(x - 1 + y) < 1e-12)).toBe(true);
    // Steepest descent: straight down from (1, 0).
    expect(asked.slice(conjugate).every(([x = 0, y = 0]) => x === 1 && y < 0)).toBe(true);
  });
});

describe('conjugateGradient settings', () => {
  it.each([
    [{ firstStep: 0 }, 'out-of-range'],
    [{ firstStep: Number.POSITIVE_INFINITY }, 'not-finite'],
    [{ wolfe: { c1: 0.1 } }, 'out-of-range'],
    [{ wolfe: { c2: 1 } }, 'out-of-range'],
  ] as const)('rejects %o', (options, code) => {
    for (const make of [conjugateGradient, conjugateGradientMethod]) {
      expect(() => make(options)).toThrow(expect.objectContaining({ code }));
      expect(() => make(options)).toThrow(`conjugateGradient: "${Object.keys(options)[0]}`);
    }
  });

  it('reports what it runs with', () => {
    const settings = { gradientTolerance: 1e-5, maxIterations: 10_000, c1: 1e-4, c2: 0.1, firstStep: 1 };
    expect(conjugateGradient().settings).toEqual(settings);
  });
});
