import { describe, expect, it } from 'vitest';
import { curvatureOf, firstOf, outside, simulatedMean, slopeOf, unlike, unlikeSimulated } from './comparison.ts';

describe('comparisons', () => {
  it('complain about what differs, and about what is no number', () => {
    expect(unlike('x', 1 + 1e-14, 1, 1e-13)).toBeUndefined();
    expect(unlike('x', 1.1, 1, 1e-13)).toBe('x: 1.1 instead of 1');
    expect(unlike('x', 1e-20, 0, 1e-13)).toBeDefined();
    expect(unlike('x', 1e-20, 0, 1e-13, 1)).toBeUndefined();
    for (const [value, expected] of [
      [Number.NaN, 1],
      [1, Number.NaN],
    ] as const) {
      expect(unlike('x', value, expected, 1)).toBeDefined();
      expect(outside('x', value, expected, 2)).toBeDefined();
    }
    expect(outside('x', 2, 1, 2)).toBeUndefined();
    expect(outside('x', 2.1, 1, 2)).toBe('x: 2.1 is not in [1, 2]');
    expect(outside('x', 0.9, 1, 2)).toBeDefined();
    expect(outside('x', -1 - 1e-15, -1, 2)).toBeUndefined();
    expect(firstOf(undefined, 'second', 'third')).toBe('second');
  });

  it('differentiate to fourth order', () => {
    expect(slopeOf((x) => x ** 4 - x, 2, 0.25)).toBeCloseTo(31, 12);
    expect(curvatureOf((x) => x ** 5 - x, 2, 0.25)).toBeCloseTo(160, 11);
  });
});

describe('simulated means', () => {
  const plan = (salt: number) => ({ draws: 4000, purpose: 'test', salt });

  it('are a function of their name, within their bound, and no wider than Hoeffding allows', () => {
    for (let salt = 0; salt < 50; salt++) {
      const signs = simulatedMean(plan(salt), (random) => (random.uniform() < 0.7 ? 1 : -1));
      expect(unlikeSimulated('mean', 0.4, signs)).toBeUndefined();
      expect(unlikeSimulated('mean', 0.65, signs)).toContain('mean: 0.65, simulated 0.');
      expect(signs.allowed).toBeLessThan(0.112);
      expect(signs.allowed).toBeGreaterThan(0.05);
      expect(simulatedMean(plan(salt), (random) => (random.uniform() < 0.7 ? 1 : -1))).toEqual(signs);
    }
  });

  it('use a small variance where there is one', () => {
    const narrow = simulatedMean(plan(1), (random) => 0.5 + 0.001 * random.uniform());
    expect(narrow.allowed).toBeLessThan(0.04);
    expect(unlikeSimulated('mean', Number.NaN, narrow)).toBeDefined();
  });
});
