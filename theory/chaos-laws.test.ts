import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../src/core/errors.ts';
import { chaoticSumOfThree } from './chaos.ts';
import {
  type ChaoticSum,
  chaoticSumFrozen,
  chaoticSumMild,
  chaoticSumStrong,
  FROZEN_RANGE,
  freezingIndex,
  MILD_CHAOS_RANGE,
  predictabilityHorizon,
  STRONG_CHAOS_RANGE,
} from './chaos-laws.ts';
import { chaosBounds } from './weighted-majority.ts';

interface SumCase extends ChaoticSum {
  readonly sumMc: number;
  readonly se: number;
  readonly clt: number;
  readonly asym: number | null;
}

const reference = JSON.parse(readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'));
const sums = reference.T7_sum as readonly SumCase[];
const laws = [chaoticSumStrong, chaoticSumFrozen, chaoticSumMild];
const infinity = Number.POSITIVE_INFINITY;

/** Simulated means of the reference lie within 5 standard errors of theory; where all signs agreed none is given. */
const noise = ({ se }: SumCase): number => 5 * se + 5e-4;

describe('laws of chaotic sums', () => {
  it.each(sums)('budgets against simulation: n = $n, p = $p, tau = $tau', (row) => {
    const { n, tau, sumMc } = row;
    const off = (law: (sum: ChaoticSum) => number): number => Math.abs(law(row) - sumMc) - noise(row);
    if (tau >= STRONG_CHAOS_RANGE.smallestTau && n <= STRONG_CHAOS_RANGE.mostExamples) {
      expect(off(chaoticSumStrong)).toBeLessThan(STRONG_CHAOS_RANGE.budget);
    }
    if (freezingIndex(n, tau) <= FROZEN_RANGE.largestIndex) {
      expect(off(chaoticSumFrozen)).toBeLessThan(FROZEN_RANGE.budget);
    }
    if (tau <= MILD_CHAOS_RANGE.largestTau && n >= MILD_CHAOS_RANGE.fewestExamples) {
      expect(off(chaoticSumMild)).toBeLessThan(MILD_CHAOS_RANGE.budget);
    }
  });

  it.each(sums)('agrees with the reference before it is cut: n = $n, p = $p, tau = $tau', (row) => {
    const { lower, upper } = chaosBounds(row.n, row.p);
    const cut = (value: number): number => Math.min(upper, Math.max(lower, value));
    expect(chaoticSumMild(row)).toBeCloseTo(cut(row.clt), 12);
    if (row.asym !== null && row.tau > 0) expect(chaoticSumStrong(row)).toBeCloseTo(cut(row.asym), 12);
  });

  it('budgets against the exact sum of three', () => {
    let worst = 0;
    for (let tau = 1.0501; tau < 20; tau *= 1.4) {
      for (let p = 0.5; p < 1; p += 0.115) {
        const exact = chaoticSumOfThree(p, tau);
        worst = Math.max(worst, Math.abs(chaoticSumFrozen({ n: 3, p, tau }) - exact));
        if (tau >= 3) expect(Math.abs(chaoticSumStrong({ n: 3, p, tau }) - exact)).toBeLessThan(1e-3);
      }
    }
    expect(worst).toBeLessThan(FROZEN_RANGE.budget);
    expect(worst).toBeGreaterThan(0.9 * FROZEN_RANGE.budget);
  });

  it('is defined and within the bounds on the whole domain', () => {
    for (const n of [1, 2, 3, 1000, 2 ** 53]) {
      for (const p of [0, 0.3, 0.5, 1]) {
        for (const tau of [0, 5e-324, 1e-3, 1, 30, 1e300, infinity]) {
          const { lower, upper } = chaosBounds(n, p);
          for (const law of laws) {
            const value = law({ n, p, tau });
            expect(value).toBeGreaterThanOrEqual(lower);
            expect(value).toBeLessThanOrEqual(upper);
          }
        }
      }
    }
  });

  it.each([
    { n: 0, p: 0.5, tau: 1 },
    { n: 1, p: 2, tau: 1 },
    { n: 1, p: 0.5, tau: -1 },
    { n: 1, p: 0.5, tau: Number.NaN },
  ])('refuses %o', (sum) => {
    for (const law of laws) expect(() => law(sum)).toThrow(InverseClaimsError);
  });
});

describe('predictabilityHorizon', () => {
  it('is where the index of the stable law reaches 1', () => {
    expect(predictabilityHorizon(1000, 0.5)).toBeCloseTo((2 * Math.log(1000)) / 0.25, 12);
    expect(predictabilityHorizon(1, 0)).toBe(infinity);
    expect(predictabilityHorizon(1, 2)).toBe(0);
    expect(predictabilityHorizon(2, 1e-300)).toBe(infinity);
    expect(() => predictabilityHorizon(0, 1)).toThrow(InverseClaimsError);
    expect(() => predictabilityHorizon(2, -1)).toThrow(InverseClaimsError);
  });
});
