import { describe, expect, it } from 'vitest';
import { taylorSlope } from './taylor-slope.ts';

const steps = Array.from({ length: 32 }, (_, k) => 2 ** -k);

/** Remainders of f at 0 with a claimed derivative; f(0) is of order one, so rounding is a few ε. */
function slopeOf(f: (h: number) => number, derivative: number) {
  const remainders = steps.map((h) => Math.abs(f(h) - f(0) - h * derivative));
  return taylorSlope(steps, remainders, new Float64Array(steps.length).fill(4 * Number.EPSILON));
}

describe('taylorSlope', () => {
  it('is 2 for a right derivative', () => {
    const found = slopeOf(Math.exp, 1);
    expect(found.kind).toBe('slope');
    // Third order and rounding each bend the fitted window by less than a percent.
    expect(found.kind === 'slope' && Math.abs(found.slope - 2)).toBeLessThan(0.01);
  });

  it('is 1 for a wrong derivative, even one off by a thousandth of a percent', () => {
    for (const error of [1, -1e-2, 1e-4, 1e-5]) {
      const found = slopeOf(Math.exp, 1 + error);
      expect(found.kind === 'slope' && Math.abs(found.slope - 1)).toBeLessThan(0.1);
    }
  });

  it('is never 2 for a derivative off by a millionth, where curvature and error are of one size', () => {
    for (const error of [1e-6, -1e-6, 3e-7]) expect(slopeOf(Math.exp, 1 + error).kind).toBe('unresolved');
  });

  it('is 3 where the curvature vanishes', () => {
    const found = slopeOf((h) => 1 + Math.sin(h), 1);
    expect(found.kind === 'slope' && Math.abs(found.slope - 3)).toBeLessThan(0.1);
  });

  it('fits the smallest steps that stand out of rounding, and says which', () => {
    const found = slopeOf(Math.exp, 1);
    if (found.kind !== 'slope') throw new Error(found.kind);
    // h²/2 > 100 · 4 ε at h > 4.2e-7 = 2^-21.2.
    expect(found.from).toBe(2 ** -21);
    expect(found.to).toBe(2 ** -17);
  });

  it('is called exact where nothing but rounding remains', () => {
    expect(slopeOf((h) => 1 + h, 1)).toEqual({ kind: 'exact' });
    expect(slopeOf(() => 5, 0)).toEqual({ kind: 'exact' });
  });

  it('is unresolved on too few points', () => {
    const remainders = steps.map((h) => 1e-13 * h * h);
    const floor = new Float64Array(32).fill(1e-16);
    expect(taylorSlope(steps, remainders, floor)).toEqual({ kind: 'unresolved', why: 'too-few-points' });
  });

  it('is unresolved where two orders meet in the window', () => {
    const found = slopeOf((h) => 1 + 1e-6 * h + h * h, 3e-6);
    expect(found).toEqual({ kind: 'unresolved', why: 'not-straight' });
  });

  it('passes over values that are not finite, and is never called exact because of them', () => {
    expect(slopeOf((h) => (h > 0.01 ? Number.POSITIVE_INFINITY : Math.exp(h)), 1).kind).toBe('slope');
    expect(slopeOf(Math.exp, Number.NaN)).toEqual({ kind: 'unresolved', why: 'too-few-points' });
  });

  it('refuses unequal lengths, steps that do not fall and floors that are no numbers', () => {
    expect(() => taylorSlope(steps, [1], steps)).toThrow(/32 numbers/);
    expect(() => taylorSlope(steps.slice(0, 4), steps.slice(0, 4), steps.slice(0, 4))).toThrow(/at least 5/);
    const rising = [...steps].reverse();
    expect(() => taylorSlope(rising, rising, rising)).toThrow(/each below the one before/);
    expect(() =>
      taylorSlope(
        steps,
        steps,
        steps.map(() => Number.NaN),
      ),
    ).toThrow(/"floor"/);
  });
});
