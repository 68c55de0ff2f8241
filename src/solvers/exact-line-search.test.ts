import { describe, expect, it } from 'vitest';
import {
  gradientDescentPoint,
  krylovMinimizer,
  type Quadratic,
  quadraticAt,
  steepestDescentPath,
} from '../../theory/quadratic.ts';
import { stream } from '../core/random.ts';
import type { Method } from '../core/solver.ts';
import { maxNorm, norm } from '../numerics/vector.ts';
import { backtrackingDescentMethod } from './backtracking-descent.ts';
import { bfgsMethod } from './bfgs.ts';
import { certifier } from './certificate.ts';
import { conjugateGradientMethod } from './conjugate-gradient.ts';
import { exactLineSearch } from './exact-line-search.ts';
import { gradientDescentMethod } from './gradient-descent.ts';
import { lbfgsMethod } from './lbfgs.ts';
import { searchLine } from './line-search.ts';

/** ½ c (α − a)² + d, and its slope. */
const parabola =
  (a: number, c = 2, d = 0) =>
  (step: number) => ({
    value: 0.5 * c * (step - a) ** 2 + d,
    slope: c * (step - a),
  });

/** A quadratic in n variables with eigenvalues from 1 to `condition`, in a basis that is not that of the axes. */
function instance(n: number, condition: number): { quadratic: Quadratic; start: Float64Array } {
  const random = stream(1, 'exact-line-search.test', n);
  const normals = (): number[] => Array.from({ length: n }, () => random.normal());
  const basis: number[][] = [];
  while (basis.length < n) {
    let next = normals();
    for (const q of [...basis, ...basis]) {
      const along = next.reduce((sum, value, i) => sum + value * q[i]!, 0);
      next = next.map((value, i) => value - along * q[i]!);
    }
    basis.push(next.map((value) => value / Math.hypot(...next)));
  }
  const eigenvalues = Array.from({ length: n }, (_, i) => (n === 1 ? condition : condition ** (i / (n - 1))));
  return { quadratic: { eigenvalues, center: normals(), basis }, start: Float64Array.from(normals(), (z) => 3 * z) };
}

/** The points a method asks for and those it accepts, certified, and how it stops. */
function iterates(method: Method, quadratic: Quadratic, start: Float64Array) {
  const accepted: Float64Array[] = [];
  const asked: Float64Array[] = [];
  const watch = certifier({ solver: 'method', problem: 'quadratic', row: 0, start: Array.from(start) });
  const steps = method(start, (step) => {
    watch.step(step);
    accepted.push(step.to.x.slice());
  });
  let next = steps.next();
  while (!next.done) {
    const x = next.value.x.slice();
    asked.push(x);
    const told = quadraticAt(quadratic, x);
    watch.told(x, told.value, told.gradient);
    next = steps.next(told);
  }
  return { accepted, asked, stop: next.value.stop };
}

const apart = (a: Float64Array, b: Float64Array): number => norm(a.map((value, i) => value - b[i]!));
const sizes = [1, 2, 3, 4, 5, 6, 7, 8];
const exact = { lineSearch: exactLineSearch } as const;

describe('exactLineSearch', () => {
  it.each([1e-3, 0.5, 1, 7, 1e4])('finds the minimizer of a parabola in two trials from a first step of %f', (step) => {
    for (const a of [1e-3, 1, 3, 500]) {
      const { outcome, trials } = searchLine(exactLineSearch(), parabola(a, 2, -1), step);
      expect(outcome).toBe('accepted');
      expect(trials.length).toBe(step === a ? 1 : 2);
      // The difference of two slopes is rounded relative to the larger one, and divided by the distance.
      const rounding = 8 * Number.EPSILON * a * (1 + a / step);
      expect(Math.abs(trials.at(-1)!.step - a)).toBeLessThanOrEqual(rounding);
    }
  });

  it('asks no second time where the first step is the minimizer', () => {
    const { outcome, trials } = searchLine(exactLineSearch(), parabola(2), 2);
    expect([outcome, trials.length]).toEqual(['accepted', 1]);
  });

  it.each<[string, (step: number) => { value: number; slope: number }, string, number]>([
    ['a line uphill', (a) => ({ value: a, slope: 1 }), 'not-a-descent-direction', 0],
    ['a flat line', () => ({ value: 1, slope: 0 }), 'not-a-descent-direction', 0],
    ['a slope that is not a number', () => ({ value: 1, slope: Number.NaN }), 'not-a-descent-direction', 0],
    ['a line without lower bound', (a) => ({ value: -a, slope: -1 }), 'no-bracket', 1],
    ['a parabola that opens downward', (a) => ({ value: -a - a * a, slope: -1 - 2 * a }), 'no-bracket', 1],
    ['a wall', (a) => ({ value: a > 0 ? Number.NaN : 0, slope: -1 }), 'no-bracket', 1],
    ['a step that climbs', (a) => ({ value: a, slope: a > 0.9 ? 1 : -1 }), 'zoom-exhausted', 2],
  ])('fails on %s', (_what, line, why, trials) => {
    const found = searchLine(exactLineSearch(), line, 1);
    expect([found.outcome, found.trials.length]).toEqual([why, trials]);
  });

  it('can be used again, and tells its lowest trial', () => {
    const search = exactLineSearch();
    searchLine(search, (a) => ({ value: -a, slope: -1 }), 1);
    expect(searchLine(search, parabola(3), 1)).toEqual(searchLine(exactLineSearch(), parabola(3), 1));
    search.begin(9, -6, 1, 0);
    expect(search.isLowest()).toBe(false);
    search.tell(10, 2);
    expect(search.isLowest()).toBe(false);
    search.tell(8, 0);
    expect(search.isLowest()).toBe(true);
  });

  it('promises a decrease and nothing more', () => {
    expect(exactLineSearch().guarantee).toEqual({ kind: 'decrease' });
  });
});

/** Rounding of iterates relative to ‖x_0 − c‖: recursions of two terms lose their orthogonality, dense models do not. */
const conjugate = [
  { name: 'BFGS', make: bfgsMethod, conditions: [1, 10, 100, 1e4], rounding: 1e-13 },
  { name: 'L-BFGS with memory', make: lbfgsMethod, conditions: [1, 10, 100, 1e4], rounding: 1e-10 },
  {
    name: 'L-BFGS with one pair',
    make: (options: Parameters<typeof lbfgsMethod>[0]) => lbfgsMethod({ ...options, memory: 1 }),
    conditions: [1, 10],
    rounding: 1e-12,
  },
  { name: 'conjugate gradients', make: conjugateGradientMethod, conditions: [1, 10], rounding: 1e-12 },
];

describe('with an exact line search on a quadratic', () => {
  it.each(conjugate)(
    '$name minimizes over one Krylov space after the other and ends after n steps',
    ({ make, conditions, rounding }) => {
      for (const condition of conditions) {
        for (const n of sizes) {
          const { quadratic, start } = instance(n, condition);
          const gradientTolerance = 1e-9 * maxNorm(quadraticAt(quadratic, start).gradient);
          const { accepted, stop } = iterates(make({ ...exact, gradientTolerance }), quadratic, start);
          expect(stop.kind).toBe('gradient-small');
          expect(accepted.length).toBe(condition === 1 ? 1 : n);
          const distance = apart(start, Float64Array.from(quadratic.center));
          accepted.forEach((x, k) => {
            const oracle = krylovMinimizer(quadratic, start, k + 1);
            expect(apart(x, oracle)).toBeLessThanOrEqual(rounding * distance);
          });
        }
      }
    },
  );

  it.each(conjugate)('$name ends after at most one step more at condition 100', ({ make }) => {
    for (const n of sizes) {
      const { quadratic, start } = instance(n, 100);
      const gradientTolerance = 1e-9 * maxNorm(quadraticAt(quadratic, start).gradient);
      const { accepted, stop } = iterates(make({ ...exact, gradientTolerance }), quadratic, start);
      expect(stop.kind).toBe('gradient-small');
      expect(accepted.length).toBeLessThanOrEqual(n + 1);
    }
  });

  it('descent along the gradient follows the path of steepest descent', () => {
    for (const condition of [1, 10, 100, 1e4]) {
      for (const n of sizes) {
        const { quadratic, start } = instance(n, condition);
        const options = { ...exact, maxIterations: 12, gradientTolerance: 1e-9 };
        const { accepted } = iterates(backtrackingDescentMethod(options), quadratic, start);
        const path = steepestDescentPath(quadratic, start, accepted.length);
        const distance = apart(start, Float64Array.from(quadratic.center));
        accepted.forEach((x, k) => {
          expect(apart(x, path[k + 1]!)).toBeLessThanOrEqual(1e-12 * condition * distance);
        });
        expect(accepted.length).toBeGreaterThan(n > 1 && condition > 1 ? 4 : 0);
      }
    }
  });

  it('conjugate directions need fewer steps than steepest descent', () => {
    const { quadratic, start } = instance(5, 100);
    const steps = (make: typeof lbfgsMethod): number =>
      iterates(make({ ...exact, gradientTolerance: 1e-6 }), quadratic, start).accepted.length;
    expect(steps(lbfgsMethod)).toBe(5);
    expect(steps(backtrackingDescentMethod)).toBeGreaterThan(50);
  });
});

describe('gradientDescent on a quadratic', () => {
  it('stands at c + (I − ηA)ᵏ (x₀ − c) after k steps', () => {
    for (const condition of [1, 10, 100]) {
      for (const n of sizes) {
        const { quadratic, start } = instance(n, condition);
        for (const learningRate of [0.3 / condition, 1 / condition, 1.8 / condition]) {
          const { asked } = iterates(gradientDescentMethod({ learningRate, iterations: 40 }), quadratic, start);
          const distance = apart(start, Float64Array.from(quadratic.center));
          asked.forEach((x, k) => {
            const oracle = gradientDescentPoint(quadratic, start, learningRate, k);
            expect(apart(x, oracle)).toBeLessThanOrEqual(1e-13 * distance);
          });
          expect(asked.length).toBeGreaterThan(0);
        }
      }
    }
  });
});
