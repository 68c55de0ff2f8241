import { describe, expect, it } from 'vitest';
import { bisect } from './bisection.ts';

describe('bisect', () => {
  it('ends at two neighboring doubles', () => {
    const root = bisect(1, 2, (x) => x * x < 2);
    expect(root * root < 2).toBe(true);
    expect((root + 2 ** -52) ** 2 < 2).toBe(false);
  });

  it('never looks at the ends, so a sign spoiled there does no harm', () => {
    const seen: number[] = [];
    bisect(0, 1, (x) => {
      seen.push(x);
      return x < 0.3;
    });
    expect(seen).not.toContain(0);
    expect(seen).not.toContain(1);
  });

  it('reaches the end itself where everything lies on one side', () => {
    expect(bisect(0, 1, () => true)).toBe(1 - 2 ** -53);
    expect(bisect(1, 2, () => false)).toBe(1);
  });

  it('survives the widest bracket', () => {
    const root = bisect(-Number.MAX_VALUE / 2, Number.MAX_VALUE / 2, (x) => x < 12345.678);
    // Neighbors of 12345.678 are 2^-39 apart.
    expect(Math.abs(root - 12345.678)).toBeLessThanOrEqual(2 ** -39);
  });

  it('refuses empty and infinite brackets', () => {
    expect(() => bisect(1, 1, () => true)).toThrow(/bisect: "high"/);
    expect(() => bisect(Number.NEGATIVE_INFINITY, 1, () => true)).toThrow(/bisect: "low"/);
    expect(() => bisect(0, Number.NaN, () => true)).toThrow(/bisect: "high"/);
  });
});
