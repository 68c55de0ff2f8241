import { describe, expect, it } from 'vitest';
import { axpyInto, dot, maxNorm, norm, scaleInto, subtractInto } from './vector.ts';

/** One division and one multiplication by the largest entry on top of the plain norm. */
const SCALED_NORM = 4 * Number.EPSILON;

describe('vector', () => {
  it('multiplies, adds, scales and subtracts entry by entry', () => {
    const a = Float64Array.of(1, -2, 3);
    const b = Float64Array.of(4, 5, -6);
    expect(dot(a, b)).toBe(-24);
    axpyInto(a, 2, b);
    expect(a).toEqual(Float64Array.of(9, 8, -9));
    scaleInto(a, -0.5, b);
    expect(a).toEqual(Float64Array.of(-2, -2.5, 3));
    subtractInto(a, b, a);
    expect(a).toEqual(Float64Array.of(6, 7.5, -9));
  });

  it('takes norms of ordinary, empty, huge and tiny vectors', () => {
    expect(norm(Float64Array.of(3, 4))).toBe(5);
    expect(norm(new Float64Array(0))).toBe(0);
    expect(norm(new Float64Array(3))).toBe(0);
    for (const scale of [1e200, 1e-200, 1e-310]) {
      const exact = 5 * scale;
      expect(Math.abs(norm(Float64Array.of(3 * scale, -4 * scale)) - exact)).toBeLessThanOrEqual(
        SCALED_NORM * exact + Number.MIN_VALUE,
      );
    }
  });

  it('takes the largest magnitude, and does not lose a NaN', () => {
    expect(maxNorm(Float64Array.of(1, -7, 3))).toBe(7);
    expect(maxNorm(new Float64Array(0))).toBe(0);
    expect(maxNorm(Float64Array.of(Number.NEGATIVE_INFINITY, 1))).toBe(Number.POSITIVE_INFINITY);
    expect(maxNorm(Float64Array.of(1, Number.NaN, 3))).toBeNaN();
    expect(norm(Float64Array.of(1, Number.NaN))).toBeNaN();
  });
});
