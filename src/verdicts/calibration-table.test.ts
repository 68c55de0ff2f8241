import { describe, expect, it } from 'vitest';
import { boundedCalibration, nullDistributions } from './bounded-calibration.ts';
import { bettingCrosses } from './calibration.ts';
import { calibrationFaults } from './calibration-faults.ts';
import { calibrationCells, calibrationTable, type TestOfEvents } from './calibration-table.ts';
import { bettingProcess } from './e-process.ts';
import { quickCheckFalseFailure } from './quickcheck-schedule.ts';
import { wilsonCrosses } from './wilson.ts';

const events = calibrationTable();
const bounded = boundedCalibration();

describe('calibrationTable', () => {
  it('shows every exact error of the engine at most α, and not far below', () => {
    expect(events).toHaveLength(20);
    for (const { alpha, error } of events) {
      for (const probability of [error.above, error.below]) {
        expect(probability).toBeLessThanOrEqual(alpha);
        // Overshoot and the finite horizon cost a factor of five at most; less would be blindness.
        expect(probability).toBeGreaterThan(alpha / 5);
      }
    }
  });

  it('shows that peeking at Wilson intervals exceeds α in every row, down to 6000 times', () => {
    const ratios = events.map(({ alpha, peeking }) => Math.max(peeking.above, peeking.below) / alpha);
    expect(Math.min(...ratios)).toBeGreaterThan(8);
    expect(Math.max(...ratios)).toBeGreaterThan(5000);
  });

  it("shows that QuickCheck's schedule exceeds α at every mean for α = 1e-5, most where the mean is near 1", () => {
    const ratios = events.filter(({ alpha }) => alpha === 1e-5).map(({ alpha, quickCheck }) => quickCheck / alpha);
    expect(Math.min(...ratios)).toBeGreaterThan(2);
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
    expect(ratios.at(-1)).toBeGreaterThan(500);
  });

  it('finds the same earliest trial by arithmetic and by the walk of an event that always happens', () => {
    for (const { earliest, medianTrials } of events) expect(medianTrials.always).toBe(earliest);
  });

  it('gives medians that grow with the share of failures, all of them found', () => {
    for (const { earliest, medianTrials } of events) {
      expect(medianTrials.tenth).toBeGreaterThanOrEqual(earliest);
      expect(medianTrials.midway).toBeGreaterThan(medianTrials.tenth as number);
    }
  });
});

describe('quickCheckFalseFailure', () => {
  it.each([
    [0.5, 100, '1.4e-10'],
    [0.9, 100, '9.4e-8'],
    [0.95, 100, '5.0e-7'],
    [0.99, 100, '8.2e-6'],
    [0.999, 100, '1.5e-4'],
    [0.999, 200, '1.1e-3'],
  ])('breaks the promise of 1e-9: required %s, %s trials: %s', (required, maxTrials, expected) => {
    const probability = quickCheckFalseFailure({ required, certainty: 1e9, maxTrials });
    expect(Number(probability.toPrecision(2))).toBe(Number(expected));
  });

  it('looks at 100, 200, 400 … trials only', () => {
    const at = (maxTrials: number) => quickCheckFalseFailure({ required: 0.9, certainty: 100, maxTrials });
    // States that are never reached count as crossed: less than 1e-30 in all.
    expect(at(99)).toBeLessThan(1e-30);
    expect(at(199)).toBe(at(100));
    expect(at(399)).toBe(at(200));
    expect(at(400)).toBeGreaterThan(at(200));
  });

  it('accepts, so that the probability levels off', () => {
    const at = (maxTrials: number) => quickCheckFalseFailure({ required: 0.95, certainty: 1000, maxTrials });
    // From 3200 trials on nearly every walk has been accepted; without acceptance each look would add about 5e-4.
    expect(at(51_200) - at(3200)).toBeLessThan(1e-5);
    expect(at(51_200)).toBeGreaterThan(1e-3);
  });

  it('agrees with the definition of both Wilson bounds at a single look', () => {
    const [n, p, z] = [100, 0.9, 2.5758293035489];
    const high = (k: number) =>
      (k / n + z ** 2 / (2 * n) + z * Math.sqrt(((k / n) * (1 - k / n)) / n + z ** 2 / (4 * n * n))) / (1 + z ** 2 / n);
    let expected = 0;
    let weight = (1 - p) ** n;
    for (let k = 0; k <= n; k++) {
      if (high(k) < p) expected += weight;
      weight *= ((n - k) / (k + 1)) * (p / (1 - p));
    }
    const found = quickCheckFalseFailure({ required: p, certainty: 100, maxTrials: n });
    // A hundred products of rounded factors.
    expect(Math.abs(found / expected - 1)).toBeLessThan(1e-12);
  });

  it('refuses what is no frequency and no certainty', () => {
    const fine = { required: 0.9, certainty: 100, maxTrials: 100 };
    expect(() => quickCheckFalseFailure({ ...fine, required: 1 })).toThrow(/required/);
    expect(() => quickCheckFalseFailure({ ...fine, certainty: 1 })).toThrow(/certainty/);
    expect(() => quickCheckFalseFailure({ ...fine, maxTrials: 0 })).toThrow(/maxTrials/);
  });
});

describe('boundedCalibration', () => {
  it('estimates the error of the engine at most α, that of peeking above it, with the same numbers again', () => {
    expect(bounded).toHaveLength(9);
    for (const { alpha, engine, peeking } of bounded) {
      expect(engine.rate).toBeLessThanOrEqual(alpha);
      expect(engine.standardError).toBeGreaterThan(0);
      expect(peeking.rate).toBeGreaterThan(3 * alpha);
    }
    // At 0.05 a fifth of the level is used at least: the test is not blind.
    for (const { engine } of bounded.filter(({ alpha }) => alpha === 0.05)) expect(engine.rate).toBeGreaterThan(0.01);
    expect(boundedCalibration({ repetitions: 20 })).toEqual(boundedCalibration({ repetitions: 20 }));
  });

  it('draws from distributions that have the mean they are tested against', () => {
    for (const { mean, sample } of nullDistributions) {
      // The midpoints of 10 000 equal slices of the uniform variable: the integral up to 1e-4.
      const total = Array.from({ length: 10_000 }, (_, k) => (k + 0.5) / 10_000).reduce(
        (sum, uniform) => sum + sample({ uniform: () => uniform } as Parameters<typeof sample>[0]),
        0,
      );
      expect(Math.abs(total / 10_000 - mean)).toBeLessThan(1e-4);
    }
  });
});

describe('calibrationFaults', () => {
  it('finds none in the engine', () => {
    expect(calibrationFaults({ events, bounded })).toEqual([]);
  });

  /** The last row is left out: it takes as long as all others. */
  const cells = calibrationCells.slice(0, -1);

  it.each<[string, TestOfEvents]>([
    ['peeking', wilsonCrosses],
    ['a threshold of 1/√α', ({ alpha, ...rest }) => bettingCrosses({ ...rest, alpha: Math.sqrt(alpha) })],
  ])('finds %s planted in place of the engine, in every row', (_what, planted) => {
    const faults = calibrationFaults({ events: calibrationTable(planted, cells), bounded: [] });
    for (const { nullMean, alpha } of cells) {
      const wrong = new RegExp(`^A wrong .* at null mean ${nullMean}, α = ${alpha}\\.$`);
      expect(faults.some((fault) => wrong.test(fault))).toBe(true);
    }
  });

  it('finds an e-process whose bets are one and a half times what they may be', () => {
    const bold: typeof bettingProcess = (nullMean, direction) => bettingProcess(nullMean / 1.5, direction);
    const faults = calibrationFaults({ events: [], bounded: boundedCalibration({ start: bold, repetitions: 300 }) });
    expect(faults.filter((fault) => fault.startsWith('A wrong support'))).toHaveLength(9);
  });

  it('finds controls that no longer fail', () => {
    const blind = events.map((row) => ({ ...row, peeking: { above: 0, below: 0 }, quickCheck: 0 }));
    expect(calibrationFaults({ events: blind, bounded: [] })).toHaveLength(21);
    const still = bounded.map((row) => ({ ...row, peeking: row.engine }));
    expect(calibrationFaults({ events, bounded: still })).toHaveLength(9);
  });

  it('finds probabilities that are not numbers', () => {
    const broken = events.map((row) => ({ ...row, error: { above: Number.NaN, below: Number.NaN } }));
    expect(calibrationFaults({ events: broken, bounded })).toHaveLength(40);
  });
});
