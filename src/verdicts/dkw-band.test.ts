import { describe, expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import { bandOfSteps } from './band.ts';
import { dkwBand } from './dkw-band.ts';

const GRID = [1, 2, 3, 5, 8, 12, 20, 40];

/** Geometric times that are infinite with probability 0.2: their distribution function, and one draw. */
const truth = (e: number): number => 0.8 * (1 - 0.85 ** e);
function time(uniform: number): number {
  return uniform >= 0.8 ? Number.POSITIVE_INFINITY : Math.ceil(Math.log1p(-uniform / 0.8) / Math.log(0.85));
}

/** Share of `repetitions` in which a band with this error leaves the distribution anywhere on the grid. */
function missed(n: number, alpha: number, repetitions: number): number {
  let misses = 0;
  for (let r = 0; r < repetitions; r++) {
    const random = stream(240808119, 'test/dkw', r);
    const times = Array.from({ length: n }, () => time(random.uniform()));
    const shares = GRID.map((e) => times.filter((t) => t <= e).length / n);
    const { low, high } = dkwBand(shares, n, alpha);
    if (GRID.some((e, k) => truth(e) < (low[k] as number) || truth(e) > (high[k] as number))) misses += 1;
  }
  return misses / repetitions;
}

describe('dkwBand', () => {
  it('has the half-width of the theorem, cut at 0 and 1', () => {
    const { low, high } = dkwBand([0, 0.5, 1], 50, 0.05);
    const halfWidth = Math.sqrt(Math.log(40) / 100);
    expect(low).toEqual([0, 0.5 - halfWidth, 1 - halfWidth]);
    expect(high).toEqual([halfWidth, 0.5 + halfWidth, 1]);
  });

  it('misses the distribution anywhere in at most α of the samples, and a narrower band does in more', () => {
    // 2000 repetitions: standard error 0.009 at 0.2. Two thirds of the width means α' = 2 (α/2)^(4/9) = 0.72.
    const [alpha, repetitions] = [0.2, 2000];
    for (const n of [5, 40, 200]) expect(missed(n, alpha, repetitions), `n = ${n}`).toBeLessThan(alpha);
    expect(missed(200, 2 * (alpha / 2) ** (4 / 9), repetitions)).toBeGreaterThan(alpha);
  });

  it('refuses shares that fall, numbers of values and errors that mean nothing', () => {
    expect(() => dkwBand([0.5, 0.4], 10, 0.05)).toThrow(/point 1: expected a number from 0.5/);
    expect(() => dkwBand([Number.NaN], 10, 0.05)).toThrow(expect.objectContaining({ code: 'not-finite' }));
    expect(() => dkwBand([0.5], 0, 0.05)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    expect(() => dkwBand([0.5], 10, 1)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});

describe('bandOfSteps', () => {
  it('takes the upper bound of the next point, so that it holds up to there', () => {
    expect(bandOfSteps({ low: [0, 0.2, 0.3], high: [0.1, 0.4, 0.9] })).toEqual({
      low: [0, 0.2, 0.3],
      high: [0.4, 0.9, 0.9],
    });
  });
});
