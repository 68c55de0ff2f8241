import { describe, expect, it } from 'vitest';
import { stream } from '../src/core/random.ts';
import { dot, maxNorm, norm } from '../src/numerics/vector.ts';
import {
  gradientDescentPoint,
  krylovMinimizer,
  type Quadratic,
  quadraticAt,
  steepestDescentPath,
} from './quadratic.ts';

/** Rounding of a few dozen operations on numbers of order one, with condition numbers of at most 100. */
const ROUNDING = 1e-12;

/** Rotations of neighboring coordinates: orthonormal to rounding, and far from the unit vectors. */
function rotated(n: number): readonly (readonly number[])[] {
  const basis = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j): number => (i === j ? 1 : 0)));
  for (let i = 0; i + 1 < n; i++) {
    const [c, s] = [Math.cos(i + 1), Math.sin(i + 1)];
    const [p, q] = [basis[i]!, basis[i + 1]!];
    basis[i] = p.map((value, k) => c * value + s * q[k]!);
    basis[i + 1] = p.map((value, k) => c * q[k]! - s * value);
  }
  return basis;
}

function instance(n: number, condition: number, seed: number) {
  const random = stream(seed, 'quadratic.test', n);
  const normals = (): number[] => Array.from({ length: n }, () => random.normal());
  const eigenvalues = Array.from({ length: n }, (_, i) => (n === 1 ? condition : condition ** (i / (n - 1))));
  const quadratic: Quadratic = { eigenvalues, center: normals(), basis: rotated(n) };
  return { quadratic, start: normals() };
}

const instances = [1, 2, 3, 5, 8].flatMap((n) => [1, 10, 100].map((condition) => instance(n, condition, condition)));
const apart = (a: Float64Array, b: ArrayLike<number>): number => norm(a.map((value, i) => value - b[i]!));
const valueAt = (quadratic: Quadratic, x: ArrayLike<number>): number => quadraticAt(quadratic, x).value;

describe('quadraticAt', () => {
  it('has the gradient of its value, by central differences, which are exact for quadratics', () => {
    for (const { quadratic, start } of instances) {
      const { gradient } = quadraticAt(quadratic, start);
      start.forEach((_, i) => {
        const moved = (h: number): number[] => start.map((value, j) => (i === j ? value + h : value));
        const difference = valueAt(quadratic, moved(0.5)) - valueAt(quadratic, moved(-0.5));
        expect(Math.abs(difference - gradient[i]!)).toBeLessThanOrEqual(ROUNDING * (1 + valueAt(quadratic, start)));
      });
    }
  });

  it('is λ_i / 2 at a unit distance along the i-th axis, and least at its center', () => {
    for (const { quadratic } of instances) {
      expect(quadraticAt(quadratic, quadratic.center).value).toBe(0);
      quadratic.basis!.forEach((axis, i) => {
        const x = quadratic.center.map((c, j) => c + axis[j]!);
        const lambda = quadratic.eigenvalues[i]!;
        expect(Math.abs(valueAt(quadratic, x) - lambda / 2)).toBeLessThanOrEqual(ROUNDING * lambda);
      });
    }
  });
});

describe('gradientDescentPoint', () => {
  it('is where the recursion x ← x − η ∇f(x) stands', () => {
    for (const { quadratic, start } of instances) {
      for (const rate of [0.5, 1, 1.9].map((share) => share / Math.max(...quadratic.eigenvalues))) {
        let x = Float64Array.from(start);
        for (let k = 0; k <= 30; k++) {
          expect(apart(gradientDescentPoint(quadratic, start, rate, k), x)).toBeLessThanOrEqual(ROUNDING);
          const { gradient } = quadraticAt(quadratic, x);
          x = x.map((value, i) => value - rate * gradient[i]!);
        }
      }
    }
  });

  it('converges below η = 2 / λ_max and diverges above', () => {
    const { quadratic, start } = instance(5, 100, 1);
    expect(apart(gradientDescentPoint(quadratic, start, 0.0199, 1e5), quadratic.center)).toBeLessThan(ROUNDING);
    expect(apart(gradientDescentPoint(quadratic, start, 0.0201, 1e4), quadratic.center)).toBeGreaterThan(1e10);
  });
});

describe('steepestDescentPath', () => {
  it('makes every gradient orthogonal to the next one', () => {
    for (const { quadratic, start } of instances) {
      const gradients = steepestDescentPath(quadratic, start, 6).map((x) => quadraticAt(quadratic, x).gradient);
      const first = norm(gradients[0]!);
      for (let k = 0; k < 6; k++) {
        expect(Math.abs(dot(gradients[k]!, gradients[k + 1]!))).toBeLessThanOrEqual(ROUNDING * first * first);
      }
    }
  });

  it("zigzags by (κ − 1)/(κ + 1) from the worst start, and never does worse than Kantorovich's bound", () => {
    const condition = 9;
    const worst = steepestDescentPath({ eigenvalues: [1, condition], center: [0, 0] }, [condition, 1], 10);
    worst.forEach((x, k) => {
      const expected = Float64Array.of(condition * 0.8 ** k, (-0.8) ** k);
      expect(apart(x, expected)).toBeLessThanOrEqual(ROUNDING * condition);
    });
    for (const { quadratic, start } of instances) {
      const kappa = Math.max(...quadratic.eigenvalues) / Math.min(...quadratic.eigenvalues);
      const values = steepestDescentPath(quadratic, start, 10).map((x) => valueAt(quadratic, x));
      for (let k = 0; k < 10; k++) {
        const bound = ((kappa - 1) / (kappa + 1)) ** 2 * values[k]!;
        expect(values[k + 1]).toBeLessThanOrEqual(bound + ROUNDING * values[0]!);
      }
    }
  });

  it('stays where it starts at the minimizer', () => {
    const path = steepestDescentPath({ eigenvalues: [2, 3], center: [1, -1] }, [1, -1], 3);
    expect(path).toEqual(new Array(4).fill(Float64Array.of(1, -1)));
  });
});

describe('krylovMinimizer', () => {
  it('is the first step of steepest descent for one dimension, and the minimizer for all', () => {
    for (const { quadratic, start } of instances) {
      const n = start.length;
      const one = krylovMinimizer(quadratic, start, 1);
      expect(apart(one, steepestDescentPath(quadratic, start, 1)[1]!)).toBeLessThanOrEqual(ROUNDING);
      for (const k of [n, n + 3]) {
        expect(apart(krylovMinimizer(quadratic, start, k), quadratic.center)).toBeLessThanOrEqual(ROUNDING);
      }
    }
  });

  it('has a gradient orthogonal to g, Ag, …, A^{k−1}g, and lies in their span', () => {
    for (const { quadratic, start } of instances) {
      for (let k = 1; k < start.length; k++) {
        const x = krylovMinimizer(quadratic, start, k);
        // A v is the change of the gradient along v.
        const zero = quadraticAt(quadratic, new Float64Array(start.length)).gradient;
        const times = (v: Float64Array) => quadraticAt(quadratic, v).gradient.map((value, i) => value - zero[i]!);
        let power = quadraticAt(quadratic, start).gradient;
        const { gradient } = quadraticAt(quadratic, x);
        for (let j = 0; j < k; j++) {
          expect(Math.abs(dot(gradient, power))).toBeLessThanOrEqual(1e-9 * norm(power));
          power = times(power);
        }
      }
    }
  });

  it("decreases with the dimension, at least as fast as Chebyshev's bound", () => {
    for (const { quadratic, start } of instances) {
      const root = Math.sqrt(Math.max(...quadratic.eigenvalues) / Math.min(...quadratic.eigenvalues));
      const first = valueAt(quadratic, start);
      let previous = first;
      for (let k = 1; k <= start.length; k++) {
        const value = valueAt(quadratic, krylovMinimizer(quadratic, start, k));
        expect(value).toBeLessThanOrEqual(previous + ROUNDING * first);
        // Nocedal & Wright, eq. 5.36, for values, which are squares of the A-norm.
        expect(value).toBeLessThanOrEqual(4 * ((root - 1) / (root + 1)) ** (2 * k) * first + ROUNDING * first);
        previous = value;
      }
    }
  });

  it('needs as many dimensions as there are different eigenvalues', () => {
    const quadratic = { eigenvalues: [2, 2, 2, 7, 7], center: [1, 2, 3, 4, 5], basis: rotated(5) };
    const start = [0, 0, 0, 0, 0];
    expect(apart(krylovMinimizer(quadratic, start, 1), quadratic.center)).toBeGreaterThan(0.1);
    for (const k of [2, 3, 5]) {
      expect(apart(krylovMinimizer(quadratic, start, k), quadratic.center)).toBeLessThanOrEqual(ROUNDING);
    }
    expect(krylovMinimizer(quadratic, quadratic.center, 2)).toEqual(Float64Array.from(quadratic.center));
  });
});

describe('what no quadratic is', () => {
  const good: Quadratic = { eigenvalues: [1, 2], center: [0, 0] };
  it.each<[string, Quadratic, readonly number[], string]>([
    ['no unknowns', { eigenvalues: [], center: [] }, [], 'out-of-range'],
    ['an eigenvalue of zero', { ...good, eigenvalues: [0, 1] }, [1, 1], 'out-of-range'],
    ['an eigenvalue that is not a number', { ...good, eigenvalues: [1, Number.NaN] }, [1, 1], 'not-finite'],
    ['an infinite center', { ...good, center: [0, Number.POSITIVE_INFINITY] }, [1, 1], 'not-finite'],
    ['a center of another length', { ...good, center: [0] }, [1, 1], 'shape-mismatch'],
    ['a start of another length', good, [1], 'shape-mismatch'],
    ['a start that is not a number', good, [1, Number.NaN], 'not-finite'],
    ['a basis of another size', { ...good, basis: [[1, 0]] }, [1, 1], 'shape-mismatch'],
    ['a basis with a short vector', { ...good, basis: [[1, 0], [0]] }, [1, 1], 'shape-mismatch'],
    // biome-ignore format: a matrix
    ['a basis that is not orthonormal', { ...good, basis: [[1, 0], [1, 0]] }, [1, 1], 'out-of-range'],
  ])('refuses %s', (_what, quadratic, x, code) => {
    const refused = expect.objectContaining({ code });
    expect(() => quadraticAt(quadratic, x)).toThrow(refused);
    expect(() => gradientDescentPoint(quadratic, x, 0.1, 1)).toThrow(refused);
    expect(() => steepestDescentPath(quadratic, x, 1)).toThrow(refused);
    expect(() => krylovMinimizer(quadratic, x, 1)).toThrow(refused);
  });

  it('refuses numbers of steps that are none', () => {
    for (const steps of [-1, 0.5, Number.NaN]) {
      expect(() => gradientDescentPoint(good, [1, 1], 0.1, steps)).toThrow('gradientDescentPoint: "steps"');
      expect(() => steepestDescentPath(good, [1, 1], steps)).toThrow('steepestDescentPath: "steps"');
      expect(() => krylovMinimizer(good, [1, 1], steps)).toThrow('krylovMinimizer: "size"');
    }
    expect(() => gradientDescentPoint(good, [1, 1], Number.NaN, 1)).toThrow('gradientDescentPoint: "rate"');
    expect(maxNorm(gradientDescentPoint(good, [1, 1], 0.1, 0))).toBe(1);
  });
});
