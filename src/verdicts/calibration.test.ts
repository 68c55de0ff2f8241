import { describe, expect, it } from 'vitest';
import {
  bettingCrosses,
  type CrossingPredicate,
  exactCrossingProbability,
  exactOutcomes,
  monteCarloCrossing,
} from './calibration.ts';
import { expectedTrials } from './decision-times.ts';
import { BET_FRACTIONS, bettingProcess } from './e-process.ts';
import { judge } from './judge.ts';
import { wilsonCrosses } from './wilson.ts';

const NULL_MEANS = [0.5, 0.9, 0.95, 0.99, 0.999];
const ALPHAS = [0.05, 0.01, 1e-3, 1e-5];
const GRID = NULL_MEANS.flatMap((nullMean) => ALPHAS.map((alpha) => ({ nullMean, alpha })));

/** True error of a sequential test at its null. */
function error(crosses: CrossingPredicate, nullMean: number, direction: 'above' | 'below' = 'above'): number {
  // At 0.999 nothing can be exceeded before some thousand trials.
  const maxTrials = nullMean > 0.99 ? 14_000 : 2000;
  return exactCrossingProbability({ crosses, trueMean: nullMean, maxTrials, direction }).probability;
}

/** A test with a planted bug: how the capital of each bet is made, how it is averaged, and where it crosses. */
function faulty(
  nullMean: number,
  bug: { readonly stretch?: number; readonly weight?: number; readonly threshold: number },
): CrossingPredicate {
  return (successes, trials) => {
    const capital = BET_FRACTIONS.reduce((sum, fraction) => {
      const f = fraction * (bug.stretch ?? 1);
      const [win, lose] = [1 - f + f / nullMean, Math.max(0, 1 - f)];
      return sum + win ** successes * lose ** (trials - successes) * (bug.weight ?? 1 / BET_FRACTIONS.length);
    }, 0);
    return capital >= bug.threshold;
  };
}

describe('exactCrossingProbability', () => {
  it.each(GRID)('shows an error of at most $alpha at θ₀ = $nullMean, both ways', ({ nullMean, alpha }) => {
    for (const direction of ['above', 'below'] as const) {
      const probability = error(bettingCrosses({ nullMean, alpha, direction }), nullMean, direction);
      expect(probability).toBeLessThanOrEqual(alpha);
      // Not by being blind: overshoot and the finite horizon cost a factor of five at most.
      expect(probability).toBeGreaterThan(alpha / 10);
    }
  });

  it.each(GRID)('shows that peeking at Wilson intervals breaks $alpha at θ₀ = $nullMean', ({ nullMean, alpha }) => {
    // The normal approximation fails on the side of the rarer outcome: that is where a claim "θ >= 0.99" is refuted.
    const probability = error(wilsonCrosses({ nullMean, alpha, direction: 'below' }), nullMean, 'below');
    expect(probability).toBeGreaterThan(3 * alpha);
  });

  it('compares with Wilson bounds at the right normal quantiles', () => {
    // z = 1.6449 at 0.05 and 4.2649 at 1e-5; a million trials at m = 0.5 have standard deviation 500.
    const [weak, strong] = [0.05, 1e-5].map((alpha) => wilsonCrosses({ nullMean: 0.5, alpha }));
    expect([822, 823].map((excess) => weak!(500_000 + excess, 1e6))).toEqual([false, true]);
    expect([2132, 2133].map((excess) => strong!(500_000 + excess, 1e6))).toEqual([false, true]);
  });

  it('accepts the plain formula and catches bugs planted in it', () => {
    const nullMean = 0.5;
    const broken = (bug: { readonly stretch?: number; readonly weight?: number; readonly power?: number }): number =>
      ALPHAS.filter((alpha) => {
        const threshold = (1 / alpha) ** (bug.power ?? 1);
        return error(faulty(nullMean, { ...bug, threshold }), nullMean) > alpha;
      }).length;
    expect(broken({})).toBe(0);
    // Bets λ = 1.5 f/m can exceed 1/m; weights of 1/8 sum to 2; a threshold of √(1/α).
    expect(broken({ stretch: 1.5 })).toBeGreaterThan(0);
    expect(broken({ weight: 1 / 8 })).toBeGreaterThan(0);
    expect(broken({ power: 0.5 })).toBe(ALPHAS.length);
  });

  it('agrees with the enumeration of all sequences of 12 trials', () => {
    const [length, trueMean] = [12, 0.7];
    for (const direction of ['above', 'below'] as const) {
      const crosses = bettingCrosses({ nullMean: 0.5, alpha: 0.2, direction });
      let expected = 0;
      for (let word = 0; word < 2 ** length; word++) {
        const bits = Array.from({ length }, (_, k) => (word >> k) & 1);
        const total = bits.reduce((sum, bit) => sum + bit, 0);
        let successes = 0;
        const crossed = bits.some((bit, k) => {
          successes += bit;
          return crosses(successes, k + 1);
        });
        if (crossed) expected += trueMean ** total * (1 - trueMean) ** (length - total);
      }
      const { probability } = exactCrossingProbability({ crosses, trueMean, maxTrials: length, direction });
      // Sums of 4096 terms of order 1e-3.
      expect(Math.abs(probability - expected)).toBeLessThan(1e-13);
      expect(expected).toBeGreaterThan(1e-3);
    }
  });

  it('gives the median time of a decision, or none', () => {
    const crosses = bettingCrosses({ nullMean: 0.5, alpha: 1e-5 });
    expect(exactCrossingProbability({ crosses, trueMean: 1, maxTrials: 50 })).toEqual({
      probability: 1,
      medianTrials: 19,
    });
    expect(exactCrossingProbability({ crosses, trueMean: 0.9, maxTrials: 500 }).medianTrials).toBe(34);
    expect(exactCrossingProbability({ crosses, trueMean: 0.5, maxTrials: 500 }).medianTrials).toBeUndefined();
    expect(exactCrossingProbability({ crosses, trueMean: 0, maxTrials: 50 }).probability).toBe(0);
  });

  it('finds the approximate time of a decision within a quarter', () => {
    for (const [theta0, theta] of [
      [0.5, 0.9],
      [0.5, 0.99],
      [0.9, 0.99],
      [0.3, 0.5],
    ] as const) {
      const crosses = bettingCrosses({ nullMean: theta0, alpha: 1e-5 });
      const { medianTrials } = exactCrossingProbability({ crosses, trueMean: theta, maxTrials: 3000 });
      const ratio = expectedTrials(theta, theta0, 1e-5) / (medianTrials as number);
      expect(ratio).toBeGreaterThan(0.95);
      expect(ratio).toBeLessThan(1.25);
    }
  });

  it('refuses means outside [0, 1] and no trials', () => {
    const crosses = bettingCrosses({ nullMean: 0.5, alpha: 0.05 });
    expect(() => exactCrossingProbability({ crosses, trueMean: 1.5, maxTrials: 5 })).toThrow(/trueMean/);
    expect(() => exactCrossingProbability({ crosses, trueMean: 0.5, maxTrials: 0 })).toThrow(/maxTrials/);
    expect(() => bettingCrosses({ nullMean: 0.5, alpha: 1 })).toThrow(/alpha/);
    expect(() => wilsonCrosses({ nullMean: 0.5, alpha: 0.4 })).toThrow(/alpha/);
  });
});

describe('exactOutcomes', () => {
  const coin = { kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: 0.01, maxTrials: 2000 } as const;

  it('keeps both errors of the judge below α and its probabilities at 1', () => {
    for (const theta of [0.3, 0.5, 0.7, 0.9, 0.97]) {
      const { supported, refuted, undecided } = exactOutcomes(coin, theta);
      expect(Math.abs(supported + refuted + undecided - 1)).toBeLessThan(1e-12);
      if (theta <= coin.theta0) expect(supported).toBeLessThanOrEqual(coin.alpha);
      if (theta >= coin.theta1) expect(refuted).toBeLessThanOrEqual(coin.alpha);
    }
  });

  it('describes what the judge does on every sequence of 9 trials', () => {
    const test = { ...coin, alpha: 0.2, maxTrials: 9 };
    const expected = { supported: 0, refuted: 0, undecided: 0 };
    let trials = 0;
    for (let word = 0; word < 512; word++) {
      const bits = Array.from({ length: 9 }, (_, k) => (word >> k) & 1);
      const weight = bits.reduce((product, bit) => product * (bit === 1 ? 0.6 : 0.4), 1);
      const { verdict } = judge(bits, test);
      expected[verdict.outcome] += weight;
      trials += weight * verdict.evidence.trials;
    }
    const outcomes = exactOutcomes(test, 0.6);
    for (const outcome of ['supported', 'refuted', 'undecided'] as const) {
      expect(Math.abs(outcomes[outcome] - expected[outcome])).toBeLessThan(1e-12);
      expect(expected[outcome]).toBeGreaterThan(0.01);
    }
    expect(Math.abs(outcomes.meanTrials - trials)).toBeLessThan(1e-11);
  });
});

describe('monteCarloCrossing', () => {
  it('agrees with the exact probability for events', () => {
    const options = { nullMean: 0.5, alpha: 0.05, maxTrials: 200 };
    const repetitions = 2000;
    for (const trueMean of [0.5, 0.6]) {
      const exact = exactCrossingProbability({ crosses: bettingCrosses(options), trueMean, maxTrials: 200 });
      const estimate = monteCarloCrossing({
        start: () => bettingProcess(0.5, 'above'),
        sample: (random) => (random.uniform() < trueMean ? 1 : 0),
        alpha: 0.05,
        maxTrials: 200,
        repetitions,
        seed: 1,
      });
      const error = Math.sqrt((exact.probability * (1 - exact.probability)) / repetitions);
      expect(Math.abs(estimate.probability - exact.probability)).toBeLessThan(4 * error);
      if (exact.medianTrials === undefined) expect(estimate.medianTrials).toBeUndefined();
      else expect(Math.abs((estimate.medianTrials ?? 0) / exact.medianTrials - 1)).toBeLessThan(0.1);
    }
  });

  it('gives the same estimate for the same seed', () => {
    const run = (seed: number) =>
      monteCarloCrossing({
        start: () => bettingProcess(0.4, 'above'),
        sample: (random) => random.uniform(),
        alpha: 0.2,
        maxTrials: 50,
        repetitions: 200,
        seed,
      });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });
});
