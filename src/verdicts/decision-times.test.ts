import { describe, expect, it } from 'vitest';
import { earliestDecision, expectedTrials } from './decision-times.ts';
import { judge } from './judge.ts';

/** No test of level α can exceed θ₀ sooner: the likelihood of θ₀ after n successes is θ₀ⁿ. */
const informationBound = (theta0: number, alpha: number): number => Math.ceil(Math.log(1 / alpha) / -Math.log(theta0));

describe('earliestDecision', () => {
  it('is 19 trials at θ₀ = 0.5 and α = 1e-5, two more than any test needs', () => {
    expect(earliestDecision(0.5, 1e-5)).toBe(19);
    expect(informationBound(0.5, 1e-5)).toBe(17);
  });

  it('is 8466 trials at θ₀ = 0.999 and α = 1e-3, where no test needs less than 6905', () => {
    expect(informationBound(0.999, 1e-3)).toBe(6905);
    expect(earliestDecision(0.999, 1e-3)).toBe(8466);
  });

  it('lies between the information bound and the price of the mixture, for every level', () => {
    for (const theta0 of [0.01, 0.5, 0.9, 0.999]) {
      for (const alpha of [0.05, 1e-3, 1e-5]) {
        const earliest = earliestDecision(theta0, alpha);
        expect(earliest).toBeGreaterThanOrEqual(informationBound(theta0, alpha));
        expect(earliest).toBeLessThanOrEqual(informationBound(theta0, alpha / 16));
      }
    }
  });

  it('is what the judge takes when everything succeeds, or fails', () => {
    const test = { kind: 'statistical', theta0: 0.9, theta1: 0.95, alpha: 1e-5 } as const;
    expect(judge(new Array(200).fill(1), test).decidedAt).toBe(earliestDecision(0.9, 1e-5));
    // 1 − 0.95 is one rounding away from 0.05.
    expect(judge(new Array(200).fill(0), test).decidedAt).toBe(earliestDecision(0.05, 1e-5));
  });

  it('refuses null means and levels outside (0, 1)', () => {
    for (const theta0 of [0, 1, Number.NaN]) expect(() => earliestDecision(theta0, 0.05)).toThrow(/theta0/);
    for (const alpha of [0, 1, Number.NaN]) expect(() => earliestDecision(0.5, alpha)).toThrow(/alpha/);
  });
});

describe('expectedTrials', () => {
  it('is at least the information bound, and infinite where nothing can be shown', () => {
    // ln(1/α)/KL(0.9, 0.5) = 31.3.
    expect(expectedTrials(0.9, 0.5, 1e-5)).toBeGreaterThan(31.3);
    expect(expectedTrials(0.9, 0.5, 1e-5)).toBeLessThan(31.3 * 1.25);
    expect(expectedTrials(0.5, 0.5, 1e-5)).toBe(Number.POSITIVE_INFINITY);
    expect(expectedTrials(0.2, 0.5, 1e-5)).toBe(Number.POSITIVE_INFINITY);
  });

  it('falls as the gap widens', () => {
    const times = [0.52, 0.6, 0.7, 0.9, 1].map((theta) => expectedTrials(theta, 0.5, 1e-5));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(times[0]).toBeGreaterThan(14_000);
  });
});
