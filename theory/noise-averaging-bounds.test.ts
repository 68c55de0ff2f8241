import { describe, expect, it } from 'vitest';
import { alignment, misalignment } from './noise-averaging.ts';
import { alignmentBounds, largeSignalMisalignment, smallSignalAlignment } from './noise-averaging-bounds.ts';

const dimensions = [1, 1.5, 2, 3, 10, 300, 1e4];

describe('alignmentBounds', () => {
  it('has its upper end at erf for d = 1, and closes around the alignment', () => {
    for (const mu of [0.1, 1, 3, 6]) expect(alignmentBounds(1, mu).upper / alignment(1, mu)).toBeCloseTo(1, 14);
    const { lower, upper } = alignmentBounds(1000, 30);
    expect(upper / lower - 1).toBeLessThan(1e-3);
    expect(upper / lower - 1).toBeGreaterThan(5e-4);
  });

  it('is defined from no signal to an infinite one, and at sizes whose squares overflow', () => {
    expect(alignmentBounds(5, 0)).toEqual({ lower: 0, upper: 0 });
    expect(alignmentBounds(1, Infinity)).toEqual({ lower: 1, upper: 1 });
    expect(alignmentBounds(1, 5e-324).upper).toBe(5e-324);
    expect(alignmentBounds(1e300, 1e150).lower).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it('refuses negative signals and impossible dimensions', () => {
    expect(() => alignmentBounds(2, -1)).toThrow('alignmentBounds: "mu": expected a number >= 0 or ∞, received -1');
    expect(() => alignmentBounds(0.5, 1)).toThrow('alignmentBounds: "d"');
  });
});

describe('expansions', () => {
  it('the small one is below the alignment by at most its next term, in all of its range', () => {
    for (const d of dimensions) {
      for (const share of [0, 1e-3, 0.1, 0.5, 1]) {
        const mu = share * Math.sqrt(d + 2);
        const excess = alignment(d, mu) - smallSignalAlignment(d, mu);
        const next = (alignment(d, 1e-9) / 1e-9) * mu * ((3 * mu ** 4) / (8 * (d + 2) * (d + 4)));
        expect(excess).toBeGreaterThanOrEqual(-1e-15);
        expect(excess).toBeLessThanOrEqual(next + 1e-15);
      }
    }
  });

  it('the large one has the error of its third term', () => {
    for (const d of dimensions.slice(1)) {
      for (const factor of [2, 3, 5, 20, 1e3]) {
        const mu = factor * Math.sqrt(d + 3);
        expect(Math.abs(largeSignalMisalignment(d, mu) - misalignment(d, mu))).toBeLessThanOrEqual(
          ((d + 3) / mu ** 2) ** 3 + 1e-14 * misalignment(d, mu),
        );
      }
    }
    const exact = misalignment(7, 40);
    expect(Math.abs(largeSignalMisalignment(7, 40) / exact - 1)).toBeLessThan(1e-4);
    expect(Math.abs(3 / 40 ** 2 / exact - 1)).toBeGreaterThan(1e-3);
    expect(largeSignalMisalignment(3, Infinity)).toBe(0);
  });

  it('are refused outside of their ranges', () => {
    expect(() => smallSignalAlignment(2, 2.01)).toThrow(
      'smallSignalAlignment: "mu": expected a finite number >= 0 <= 2',
    );
    expect(() => largeSignalMisalignment(6, 5.9)).toThrow('largeSignalMisalignment: "mu": expected a number >= 6 or ∞');
    expect(() => largeSignalMisalignment(6, Number.NaN)).toThrow('NaN');
  });
});
