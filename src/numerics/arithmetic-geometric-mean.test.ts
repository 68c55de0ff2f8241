import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import { arithmeticGeometricMean } from './arithmetic-geometric-mean.ts';
import { tanhSinh } from './tanh-sinh.ts';

describe('arithmeticGeometricMean', () => {
  it.each([1, 0.5, 0.3])('is the complete elliptic integral: AGM(1, %s)', (w) => {
    const integral = tanhSinh((t) => 1 / Math.hypot(Math.cos(t), w * Math.sin(t)), 0, Math.PI / 2);
    expect(arithmeticGeometricMean(1, w) * integral).toBeCloseTo(Math.PI / 2, 12);
  });

  it("is Gauss's constant at √2, symmetric and homogeneous", () => {
    expect(1 / arithmeticGeometricMean(1, Math.SQRT2)).toBeCloseTo(0.8346268416740731, 15);
    expect(arithmeticGeometricMean(3, 7)).toBeCloseTo(arithmeticGeometricMean(7, 3), 14);
    expect(arithmeticGeometricMean(6, 14)).toBeCloseTo(2 * arithmeticGeometricMean(3, 7), 13);
  });

  it('is 0 with a zero, and survives the whole range of floats', () => {
    expect(arithmeticGeometricMean(0, 5)).toBe(0);
    expect(arithmeticGeometricMean(5, 0)).toBe(0);
    expect(arithmeticGeometricMean(1e-320, 1e300)).toBeGreaterThan(0);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (bad) => {
    expect(() => arithmeticGeometricMean(bad, 1)).toThrow(InverseClaimsError);
    expect(() => arithmeticGeometricMean(1, bad)).toThrow(InverseClaimsError);
  });
});
