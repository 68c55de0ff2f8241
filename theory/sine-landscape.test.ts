import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../src/core/errors.ts';
import { stream } from '../src/core/random.ts';
import { arithmeticGeometricMean } from '../src/numerics/arithmetic-geometric-mean.ts';
import { gradedBreaks, integratePanels } from '../src/numerics/gauss-legendre.ts';
import {
  SINE_ASYMPTOTIC_RANGE,
  type SineFit,
  sineLandscapeLimit,
  sineLandscapeSum,
  sineLandscapeVote,
  sineNoiseOnlyAsymptotic,
  sineNoiseOnlyElliptic,
  sineNoiseOnlySum,
  sineNoiseOnlyVote,
  sineZeroStart,
} from './sine-landscape.ts';
import { landscapeIntegral } from './sine-landscape-tail.ts';
import { gaussianVoteAlignment } from './voting.ts';

interface SineCase extends SineFit {
  readonly sumAlignment: number;
  readonly voteAlignment: number;
  readonly noiseOnlySum: number;
  readonly noiseOnlyVote: number;
}

const reference = JSON.parse(readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'));
const cases = reference.T4 as readonly SineCase[];
const zeroStarts = reference.T4_zeroStart as readonly SineCase[];

/** Twelve significant digits; where the exact value is 0 by symmetry, 1e-15. */
function expectTwelveDigits(value: number, exact: number): void {
  expect(Math.abs(value - exact)).toBeLessThan(Math.abs(exact) < 1e-12 ? 1e-15 : 1e-12 * Math.abs(exact));
}

const all = [sineLandscapeSum, sineLandscapeVote, sineNoiseOnlySum, sineNoiseOnlyVote];

describe('alignment of fits of sin 2x', () => {
  it.each(cases)('reference: a = $a, sigma = $sigma, n = $n', (fit) => {
    expectTwelveDigits(sineLandscapeSum(fit), fit.sumAlignment);
    expectTwelveDigits(sineLandscapeVote(fit), fit.voteAlignment);
    expectTwelveDigits(sineNoiseOnlySum(fit), fit.noiseOnlySum);
    expectTwelveDigits(sineNoiseOnlyVote(fit), fit.noiseOnlyVote);
  });

  it.each(zeroStarts)('reference with start 0: a = $a, sigma = $sigma, n = $n', (fit) => {
    expectTwelveDigits(sineZeroStart('sum', fit), fit.sumAlignment);
    expectTwelveDigits(sineZeroStart('vote', fit), fit.voteAlignment);
  });

  it('is defined, in [−1, 1] and free of NaN on its whole domain', () => {
    for (const a of [1e-300, 1e-8, Math.PI / 4, 0.786, Math.PI / 2, 2, Math.PI]) {
      for (const n of [1, 2, 2 ** 53]) {
        for (const sigma of [1e-300, 1e-9, 0.3, 1e7, 1e300]) {
          const fit = { n, sigma, a };
          for (const value of [...all.map((f) => f(fit)), sineZeroStart('sum', fit), sineZeroStart('vote', fit)]) {
            expect(Math.abs(value)).toBeLessThanOrEqual(1);
          }
        }
      }
      for (const f of all) expect(f({ n: 3, sigma: Number.POSITIVE_INFINITY, a })).toBe(0);
      for (const [n, sigma] of [
        [Number.POSITIVE_INFINITY, 1],
        [1, 0],
        [Number.POSITIVE_INFINITY, 0],
      ] as const) {
        expect(sineLandscapeVote({ n, sigma, a })).toBeCloseTo(sineLandscapeLimit(a), 14);
        expect(sineNoiseOnlySum({ n, sigma, a })).toBeCloseTo(1, 14);
      }
    }
  });

  it('reaches its limit from moderate to absurd steepness', () => {
    for (const a of [1, 2]) {
      const limit = sineLandscapeLimit(a);
      expect(sineLandscapeSum({ n: 1, sigma: 1e-15, a })).toBeCloseTo(limit, 12);
      expect(Math.abs(sineLandscapeVote({ n: 10 ** 12, sigma: 1, a }) - limit)).toBeLessThan(1e-4);
    }
  });

  it.each([
    { n: 0, sigma: 1, a: 1 },
    { n: 1.5, sigma: 1, a: 1 },
    { n: Number.NaN, sigma: 1, a: 1 },
    { n: 1, sigma: -1, a: 1 },
    { n: 1, sigma: Number.NaN, a: 1 },
    { n: 1, sigma: 1, a: 0 },
    { n: 1, sigma: 1, a: 17 },
    { n: Number.POSITIVE_INFINITY, sigma: Number.POSITIVE_INFINITY, a: 1 },
  ])('refuses %o', (fit) => {
    for (const f of [...all, (bad: SineFit) => sineZeroStart('sum', bad)])
      expect(() => f(fit)).toThrow(InverseClaimsError);
  });
});

describe('votes of many', () => {
  it.each([1, 10, 999, 100_001, 10 ** 9])('n = %s agrees with the density of |D| over a period', (n) => {
    for (const steep of [0.3, 5]) {
      const sigma = Math.sqrt(n) / steep;
      const weighted = (w: number): number => gaussianVoteAlignment(n, 2 * w, sigma) / arithmeticGeometricMean(1, w);
      const exact = (2 / Math.PI) * integratePanels(weighted, gradedBreaks(0, 1, 0.5, 50), 20);
      expectTwelveDigits(sineNoiseOnlyVote({ n, sigma, a: Math.PI / 4 }), exact);
    }
  });
});

describe('the distribution of |D|', () => {
  it.each([0.5, 1, 1.5, 2.2, 3.3])('is that of a simulation, a = %s', (a) => {
    const random = stream(5, 'sine-landscape-tail.test', Math.round(10 * a));
    const draws = 20_000;
    const sizes = [0, 0.3, 1, 1.6];
    const sums = sizes.map(() => 0);
    for (let k = 0; k < draws; k++) {
      const [x0, solution] = [random.between(-a, a), random.between(-a, a)];
      const d = Math.sin(2 * x0) - Math.sin(2 * solution);
      const right = Math.sign(Math.cos(2 * x0) * d * (x0 - solution));
      sizes.forEach((w, j) => {
        if (Math.abs(d) > w) sums[j] = (sums[j] ?? 0) + right;
      });
    }
    const { at, zero } = landscapeIntegral(a).tail;
    // Hoeffding at 1e-9.
    const width = Math.sqrt((2 * Math.log(2e9)) / draws);
    sizes.forEach((w, j) => {
      expect(Math.abs((w === 0 ? zero : at(w)) - (sums[j] ?? 0) / draws)).toBeLessThan(width);
    });
  });
});

describe('sineLandscapeLimit', () => {
  it.each(reference.T4_limit as readonly { a: number; landscapeLimit: number }[])('reference at a = $a', (row) => {
    expectTwelveDigits(sineLandscapeLimit(row.a), row.landscapeLimit);
  });

  it('agrees with the sum of polygon areas where there is a closed form', () => {
    for (const a of [0.2, 0.9, 1.3, Math.PI / 2])
      expectTwelveDigits(landscapeIntegral(a).tail.zero, sineLandscapeLimit(a));
  });

  it.each([0, -1, Number.NaN, 17])('refuses %s', (a) => {
    expect(() => sineLandscapeLimit(a)).toThrow(InverseClaimsError);
  });
});

describe('sineNoiseOnlyElliptic', () => {
  it.each(reference.T4_noiseOnlyElliptic as readonly { n: number; sigma: number; noiseOnlySum: string }[])(
    'reference: n = $n, sigma = $sigma',
    ({ n, sigma, noiseOnlySum }) => expectTwelveDigits(sineNoiseOnlyElliptic(n, sigma), Number(noiseOnlySum)),
  );

  it('agrees with the two-dimensional integral over a period and over a quarter of one', () => {
    for (const sigma of [3, 0.3, 1e-3, 1e-9]) {
      const elliptic = sineNoiseOnlyElliptic(2, sigma);
      for (const a of [Math.PI / 4, Math.PI / 2, Math.PI]) {
        expectTwelveDigits(sineNoiseOnlySum({ n: 2, sigma, a }), elliptic);
      }
    }
  });

  it('has its limits, and refuses what it must', () => {
    expect(sineNoiseOnlyElliptic(1, Number.POSITIVE_INFINITY)).toBe(0);
    expect(sineNoiseOnlyElliptic(1, 0)).toBe(1);
    expect(sineNoiseOnlyAsymptotic(1, Number.POSITIVE_INFINITY)).toBe(0);
    expect(sineNoiseOnlyAsymptotic(1, 0)).toBe(1);
    for (const f of [sineNoiseOnlyElliptic, sineNoiseOnlyAsymptotic]) expect(() => f(0, 1)).toThrow(InverseClaimsError);
  });

  it('keeps the budget of the asymptotic law in its range, and not below', () => {
    const { smallestSteepness, budget } = SINE_ASYMPTOTIC_RANGE;
    const error = (steep: number): number =>
      Math.abs(sineNoiseOnlyAsymptotic(1, 1 / steep) - sineNoiseOnlyElliptic(1, 1 / steep));
    for (let steep: number = smallestSteepness; steep < 1e7; steep *= 1.07) expect(error(steep)).toBeLessThan(budget);
    expect(error(smallestSteepness)).toBeGreaterThan(budget / 2);
    expect(error(1.2)).toBeGreaterThan(budget);
  });
});
