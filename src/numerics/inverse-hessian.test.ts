import { describe, expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import { inverseHessian } from './inverse-hessian.ts';
import { dot } from './vector.ts';

/** H y − s after one update: sums of n products of entries of size |H||y|, n <= 6. */
const SECANT = 1e-12;

function normals(seed: number, n: number): Float64Array {
  const random = stream(seed, 'inverse-hessian.test');
  return Float64Array.from({ length: n }, () => random.normal());
}

/** y = A s for A = diag(1, 2, …, n), so that yᵀs > 0. */
function curved(s: Float64Array): Float64Array {
  return s.map((value, i) => (i + 1) * value);
}

function product(h: Float64Array, x: Float64Array): number[] {
  return Array.from(x, (_, i) => x.reduce((sum, value, j) => sum + h[i * x.length + j]! * value, 0));
}

describe('inverseHessian', () => {
  it('starts as the identity and answers with minus the gradient', () => {
    const out = new Float64Array(3);
    const model = inverseHessian(3);
    model.timesInto(out, Float64Array.of(1, -2, 3), -1);
    expect(out).toEqual(Float64Array.of(-1, 2, -3));
    expect(model.isFresh()).toBe(true);
  });

  it.each([undefined, 1, 10])(
    'fulfills the secant equation, stays symmetric and positive definite (multiple %s)',
    (multiple) => {
      for (let n = 1; n <= 6; n++) {
        const model = inverseHessian(n, multiple);
        for (let k = 0; k < 20; k++) {
          const s = normals(100 * n + k, n);
          const y = curved(s);
          expect(model.update(s, y)).toBe(true);
          product(model.entries, y).forEach((value, i) => {
            expect(Math.abs(value - s[i]!)).toBeLessThanOrEqual(SECANT);
          });
          for (let i = 0; i < n; i++) {
            for (let j = 0; j < n; j++) expect(model.entries[i * n + j]).toBe(model.entries[j * n + i]);
          }
          const probe = normals(7000 + k, n);
          expect(dot(probe, Float64Array.from(product(model.entries, probe)))).toBeGreaterThan(0);
        }
      }
    },
  );

  it('is the exact inverse after n conjugate steps on a quadratic', () => {
    // Unit vectors are conjugate for a diagonal A, so n updates leave nothing of the identity behind.
    const n = 4;
    const model = inverseHessian(n);
    for (let k = 0; k < n; k++) {
      const s = new Float64Array(n);
      s[k] = 1;
      model.update(s, curved(s));
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        expect(Math.abs(model.entries[i * n + j]! - (i === j ? 1 / (i + 1) : 0))).toBeLessThanOrEqual(SECANT);
      }
    }
  });

  it('takes the scale of the first pair where a multiple is given', () => {
    const model = inverseHessian(2, 10);
    // s = (1, 0), y = (4, 0): H before the update is 10/4, and the coordinate never visited keeps it.
    model.update(Float64Array.of(1, 0), Float64Array.of(4, 0));
    expect(Array.from(model.entries)).toEqual([0.25, 0, 0, 2.5]);
  });

  it('skips pairs without positive curvature, by a cosine and not by an absolute threshold', () => {
    const model = inverseHessian(2);
    const s = Float64Array.of(1, 0);
    for (const y of [
      [-1, 0],
      [0, 0],
      [0, 1],
      [1e-16, 1],
      [Number.NaN, 0],
    ]) {
      expect(model.update(s, Float64Array.from(y))).toBe(false);
    }
    expect(model.isFresh()).toBe(true);
    expect(Array.from(model.entries)).toEqual([1, 0, 0, 1]);
    for (const tiny of [1e-12, 1e-100]) {
      expect(inverseHessian(2).update(Float64Array.of(tiny, 0), Float64Array.of(tiny, tiny))).toBe(true);
    }
  });

  it('forgets on reset', () => {
    const model = inverseHessian(2);
    model.update(Float64Array.of(1, 1), Float64Array.of(2, 3));
    model.reset();
    expect(model.isFresh()).toBe(true);
    expect(Array.from(model.entries)).toEqual([1, 0, 0, 1]);
  });
});
