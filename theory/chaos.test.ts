import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../src/core/errors.ts';
import { chaoticSumOfThree, dominanceOfOne, stableAlignment, threeWayCrossing } from './chaos.ts';
import { majorityVote } from './voting.ts';
import { chaosBounds, weightedMajority } from './weighted-majority.ts';

interface ThreeCase {
  readonly tau: number;
  readonly pi3: string;
  readonly p: number;
  readonly sumAlignment_n3: string;
}

const reference = JSON.parse(readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'));
const relativeError = (value: number, exact: number): number => Math.abs(value / exact - 1);
const infinity = Number.POSITIVE_INFINITY;

describe('three chaotic gradients', () => {
  it.each(reference.T7_n3 as readonly ThreeCase[])('reference at tau = $tau', ({ tau, pi3, p, sumAlignment_n3 }) => {
    // 4.9e-3792 at τ = 0.01 is 0 in floats.
    if (Number(pi3) === 0) expect(dominanceOfOne(tau)).toBe(0);
    else expect(relativeError(dominanceOfOne(tau), Number(pi3))).toBeLessThan(1e-12);
    expect(relativeError(chaoticSumOfThree(p, tau), Number(sumAlignment_n3))).toBeLessThan(1e-12);
  });

  it('increases from 0 to a third', () => {
    const steps = Array.from({ length: 400 }, (_, k) => dominanceOfOne(0.01 * 1.03 ** k));
    for (let k = 1; k < steps.length; k++) {
      expect(steps[k]).toBeGreaterThanOrEqual((steps[k - 1] ?? 1) * (1 - 1e-14));
    }
    expect(dominanceOfOne(0)).toBe(0);
    expect(dominanceOfOne(infinity)).toBe(1 / 3);
    expect(dominanceOfOne(1e300)).toBeCloseTo(1 / 3, 14);
    expect(dominanceOfOne(5e-324)).toBe(0);
  });

  it('lies between one example and the vote of three', () => {
    for (const p of [0, 0.2, 0.5, 0.8, 1]) {
      expect(chaoticSumOfThree(p, 0)).toBeCloseTo(majorityVote(3, p), 15);
      expect(chaoticSumOfThree(p, infinity)).toBeCloseTo(2 * p - 1, 15);
    }
  });

  it('refuses what it must', () => {
    for (const tau of [-1, Number.NaN]) expect(() => dominanceOfOne(tau)).toThrow(InverseClaimsError);
    expect(() => chaoticSumOfThree(1.1, 1)).toThrow(InverseClaimsError);
  });
});

describe('threeWayCrossing', () => {
  it.each(reference.T7_cn as readonly { n: number; cn: string }[])('reference at n = $n', ({ n, cn }) => {
    expect(relativeError(threeWayCrossing(n), Number(cn))).toBeLessThan(1e-12);
  });

  it('is 0 for fewer than three, √3/π for three, 2√3/π for four, and approaches 4 ln n', () => {
    expect([1, 2].map(threeWayCrossing)).toEqual([0, 0]);
    expect(threeWayCrossing(3)).toBeCloseTo(Math.sqrt(3) / Math.PI, 14);
    expect(threeWayCrossing(4)).toBeCloseTo((2 * Math.sqrt(3)) / Math.PI, 14);
    expect(threeWayCrossing(2 ** 53) / (4 * Math.log(2 ** 53))).toBeCloseTo(0.919, 3);
    expect(() => threeWayCrossing(0)).toThrow(InverseClaimsError);
    expect(() => threeWayCrossing(2 ** 54)).toThrow(InverseClaimsError);
  });
});

describe('stableAlignment', () => {
  it.each(reference.T7_stable as readonly { alpha: number; p: number; stableAlignment: number }[])(
    'reference: alpha = $alpha, p = $p',
    ({ alpha, p, stableAlignment: exact }) =>
      expect(relativeError(stableAlignment(alpha, p), exact)).toBeLessThan(1e-12),
  );

  it('is defined from 0 to infinity', () => {
    for (const alpha of [0, 5e-324, 1e-160, 0.5, 1 - 2 ** -53, 1, 7, infinity]) {
      expect(stableAlignment(alpha, 0.5)).toBe(0);
      expect(stableAlignment(alpha, 1)).toBeCloseTo(1, 15);
      expect(stableAlignment(alpha, 0)).toBeCloseTo(-1, 15);
      expect(stableAlignment(alpha, 0.75)).toBeGreaterThanOrEqual(0.5);
    }
    expect(stableAlignment(1 - 2 ** -53, 0.75)).toBeCloseTo(1, 14);
    expect(() => stableAlignment(-0.1, 0.5)).toThrow(InverseClaimsError);
    expect(() => stableAlignment(Number.NaN, 0.5)).toThrow(InverseClaimsError);
    expect(() => stableAlignment(0.5, 2)).toThrow(InverseClaimsError);
  });
});

describe('weightedMajority', () => {
  it('is the vote for equal weights, one example for dominating ones, and keeps to the bounds', () => {
    for (const p of [0, 0.3, 0.5, 0.8, 1]) {
      for (const n of [1, 2, 5, 8]) {
        const equal = new Array<number>(n).fill(0.1);
        const doubling = equal.map((m, k) => m * 2 ** k);
        const { lower, upper } = chaosBounds(n, p);
        expect(weightedMajority(equal, p)).toBeCloseTo(majorityVote(n, p), 14);
        expect(weightedMajority(doubling, p)).toBeCloseTo(2 * p - 1, 14);
        expect(lower).toBeLessThanOrEqual(upper);
        expect([lower, upper]).toContain(2 * p - 1);
      }
    }
    expect(weightedMajority([1e308, 1e308, 1e308], 0.75)).toBe(0.6875);
    expect(chaosBounds(infinity, 0.6).upper).toBe(1);
  });

  it.each([[[]], [[0]], [[-1, 2]], [[Number.POSITIVE_INFINITY]], [new Array(21).fill(1)]])(
    'refuses %o',
    (magnitudes) => {
      expect(() => weightedMajority(magnitudes, 0.5)).toThrow(InverseClaimsError);
      expect(() => weightedMajority([1], -0.5)).toThrow(InverseClaimsError);
      expect(() => chaosBounds(0, 0.5)).toThrow(InverseClaimsError);
    },
  );
});
