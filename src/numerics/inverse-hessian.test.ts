import { describe, expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import { inverseHessian } from './inverse-hessian.ts';
import { dot, norm } from './vector.ts';

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

describe('where rounding ends what inverseHessian can learn', () => {
  it('draws the line between positive and no curvature at a cosine of 2⁻⁵²', () => {
    const s = Float64Array.of(1, 0);
    expect(inverseHessian(2).update(s, Float64Array.of(2 ** -52, 1))).toBe(false);
    expect(inverseHessian(2).update(s, Float64Array.of(2 ** -51, 1))).toBe(true);
    // Whatever the units of either.
    for (const k of [-300, 300]) {
      const scaled = (c: number): Float64Array => Float64Array.of(c * 2 ** k, 2 ** k);
      expect(inverseHessian(2).update(s, scaled(2 ** -52))).toBe(false);
      expect(inverseHessian(2).update(Float64Array.of(2 ** -k, 0), scaled(2 ** -51))).toBe(true);
    }
  });

  it('measures itself before and after the update, whichever is larger', () => {
    const model = inverseHessian(2);
    expect(model.magnitude()).toBe(1);
    // H₁₁ falls to ¼ from 1, and H₂₂ stays 1.
    model.update(Float64Array.of(1, 0), Float64Array.of(4, 0));
    expect(model.magnitude()).toBe(1);
    // H₁₁ grows to 8.
    model.update(Float64Array.of(1, 0), Float64Array.of(0.125, 0));
    expect(model.magnitude()).toBe(8);
    // H₁₁ falls to 1, but rounding is that of the 8 it came from.
    model.update(Float64Array.of(1, 0), Float64Array.of(1, 0));
    expect(model.magnitude()).toBe(8);
    model.reset();
    expect(model.magnitude()).toBe(1);
  });

  it('says that it is not resolved once a pair drowned in its rounding, until a reset', () => {
    const model = inverseHessian(2);
    expect(model.isResolved()).toBe(true);
    model.update(Float64Array.of(1, 0), Float64Array.of(2 ** 10, 0));
    expect(model.isResolved()).toBe(true);
    // Curvature 2⁵⁰ beside a direction with H = 1.
    expect(model.update(Float64Array.of(1, 0), Float64Array.of(2 ** 50, 0))).toBe(true);
    expect(model.isResolved()).toBe(false);
    model.update(Float64Array.of(1, 1), Float64Array.of(1, 1));
    expect(model.isResolved()).toBe(false);
    model.reset();
    expect(model.isResolved()).toBe(true);
  });

  it('keeps secant equation and definiteness to its magnitude while it is resolved', () => {
    for (let seed = 0; seed < 40; seed++) {
      const model = inverseHessian(4, 10);
      for (let k = 0; k < 30; k++) {
        const s = normals(100 * seed + k, 4);
        const y = s.map((value, i) => 10 ** (2 * i) * value);
        model.update(s, y);
        expect(model.isResolved()).toBe(true);
        const scale = norm(s) + model.magnitude() * norm(y);
        const residual = Float64Array.from(product(model.entries, y), (value, i) => value - s[i]!);
        expect(norm(residual)).toBeLessThanOrEqual(SECANT * scale);
        expect(dot(s, Float64Array.from(product(model.entries, s)))).toBeGreaterThan(0);
      }
    }
  });
});
