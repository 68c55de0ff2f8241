import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Random, stream } from '../core/random.ts';
import { monteCarloCrossing } from './calibration.ts';
import { confidenceSequence } from './confidence-sequence.ts';
import { BET_FRACTIONS, bettingProcess } from './e-process.ts';

/** Bounds are found to 1e-12; both sides of a comparison may use it, and the naive capital rounds as well. */
const RESOLUTION = 1e-11;

/** The definition: the root of the mixture's capital, by bisection in plain arithmetic. */
function naiveLower(samples: readonly number[], alpha: number): number {
  const capital = (m: number): number =>
    BET_FRACTIONS.reduce((sum, f) => sum + samples.reduce((p, x) => p * (1 - f + (f * x) / m), 1 / 16), 0);
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const m = (low + high) / 2;
    if (capital(m) >= 1 / alpha) low = m;
    else high = m;
  }
  return low;
}

/** Distributions on [0, 1] that are easy to draw: order statistics of uniforms, a power, and events. */
const DISTRIBUTIONS: readonly { readonly name: string; readonly mean: number; draw(random: Random): number }[] = [
  { name: 'Beta(1, 3)', mean: 1 / 4, draw: (r) => Math.min(r.uniform(), r.uniform(), r.uniform()) },
  { name: 'Beta(3, 1)', mean: 3 / 4, draw: (r) => Math.max(r.uniform(), r.uniform(), r.uniform()) },
  { name: 'Beta(1/2, 1)', mean: 1 / 3, draw: (r) => r.uniform() ** 2 },
  {
    name: 'Beta(2, 2)',
    mean: 1 / 2,
    draw: (r) => [r.uniform(), r.uniform(), r.uniform()].sort((a, b) => a - b)[1] as number,
  },
  { name: 'half zeros, half uniform', mean: 1 / 4, draw: (r) => (r.uniform() < 0.5 ? 0 : r.uniform()) },
];

describe('confidenceSequence', () => {
  it('knows nothing without samples, and nothing on the side that was never seen', () => {
    expect(confidenceSequence([], { alpha: 0.05 })).toEqual({ lower: 0, upper: 1, level: 0.9, trials: 0, mean: 0.5 });
    expect(confidenceSequence([0, 0, 0], { alpha: 0.05 })).toMatchObject({ lower: 0, mean: 0 });
    expect(confidenceSequence([1, 1, 1], { alpha: 0.05 })).toMatchObject({ upper: 1, mean: 1 });
    const one = confidenceSequence([0.3], { alpha: 0.05 });
    expect(one.lower).toBeGreaterThan(0);
    expect(one.upper).toBeLessThan(1);
  });

  it('ends at the root of the capital, from outside', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 25 }),
        fc.constantFrom(0.3, 0.05, 1e-5),
        (samples, alpha) => {
          const { lower, upper } = confidenceSequence(samples, { alpha });
          const expectedLower = naiveLower(samples, alpha);
          const expectedUpper =
            1 -
            naiveLower(
              samples.map((x) => 1 - x),
              alpha,
            );
          expect(Math.abs(lower - expectedLower)).toBeLessThan(RESOLUTION);
          expect(Math.abs(upper - expectedUpper)).toBeLessThan(RESOLUTION);
          expect(lower).toBeLessThanOrEqual(expectedLower);
          expect(upper).toBeGreaterThanOrEqual(expectedUpper);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it('contains the mean and shrinks as samples repeat', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (samples) => {
        const once = confidenceSequence(samples, { alpha: 0.01 });
        const often = confidenceSequence(new Array(50).fill(samples).flat(), { alpha: 0.01 });
        expect(once.lower).toBeLessThanOrEqual(once.mean);
        expect(once.upper).toBeGreaterThanOrEqual(once.mean);
        expect(often.upper - often.lower).toBeLessThanOrEqual(once.upper - once.lower);
      }),
      { seed: 2 },
    );
  });

  it('depends on zeros and ones through their counts, bit for bit', () => {
    const samples = [1, 0, 1, 1, 0, 1, 1, 1];
    expect(confidenceSequence([...samples].sort(), { alpha: 0.05 })).toEqual(
      confidenceSequence(samples, { alpha: 0.05 }),
    );
  });

  it('depends on other samples through their values, up to rounding, whatever capital is won and lost on the way', () => {
    const sorted = [...new Array(10_000).fill(0.9), ...new Array(10_000).fill(0.1)];
    const alternating = sorted.map((_, k) => (k % 2 === 0 ? 0.9 : 0.1));
    const [first, second] = [sorted, alternating].map((samples) => confidenceSequence(samples, { alpha: 0.05 }));
    expect(Math.abs(first!.lower - second!.lower)).toBeLessThan(RESOLUTION);
    expect(Math.abs(first!.upper - second!.upper)).toBeLessThan(RESOLUTION);
  });

  it('excludes a null mean exactly where its e-process has crossed', () => {
    const random = stream(5, 'verdicts/test/consistency');
    const [nullMean, alpha] = [0.6, 0.01];
    let crossings = 0;
    for (const draw of [() => (random.uniform() < 0.8 ? 1 : 0), () => random.uniform() ** 0.3]) {
      const process = bettingProcess(nullMean, 'above');
      const samples: number[] = [];
      for (let trial = 0; trial < 200; trial++) {
        samples.push(draw());
        process.add(samples.at(-1) as number);
        const { lower } = confidenceSequence(samples, { alpha });
        if (Math.abs(lower - nullMean) < RESOLUTION) continue;
        expect(lower > nullMean).toBe(process.logCapital() >= -Math.log(alpha));
        crossings += lower > nullMean ? 1 : 0;
      }
    }
    expect(crossings).toBeGreaterThan(100);
    expect(crossings).toBeLessThan(390);
  });

  it.each(DISTRIBUTIONS)('covers the mean of $name at every trial at once', ({ mean, draw }) => {
    const alpha = 0.1;
    const repetitions = 400;
    for (const direction of ['above', 'below'] as const) {
      const { probability } = monteCarloCrossing({
        start: () => bettingProcess(mean, direction),
        sample: draw,
        alpha,
        maxTrials: 300,
        repetitions,
        seed: 3,
      });
      // Four standard errors of a frequency of 0.1; the true frequency is near 0.06.
      expect(probability).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / repetitions));
      expect(probability).toBeGreaterThan(0);
    }
  });

  it('is short enough to be useful, and misses the mean at a look at most as often as promised', () => {
    const repetitions = 200;
    const alpha = 0.1;
    for (const { mean, draw } of DISTRIBUTIONS) {
      let missed = 0;
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const random = stream(4, 'verdicts/test/coverage', repetition);
        const samples = Array.from({ length: 200 }, () => draw(random));
        const looks = [10, 40, 200].map((n) => confidenceSequence(samples.slice(0, n), { alpha }));
        if (looks.some(({ lower, upper }) => lower > mean || upper < mean)) missed++;
        // 2.5 times the fixed-sample normal interval of the widest of these distributions.
        expect(looks[2]!.upper - looks[2]!.lower).toBeLessThan(0.25);
      }
      expect(missed / repetitions).toBeLessThan(2 * alpha + 4 * Math.sqrt((2 * alpha * (1 - 2 * alpha)) / repetitions));
    }
  });

  it('handles a million constant and a million varying samples', () => {
    const constant = confidenceSequence(new Float64Array(1_000_000).fill(0.3), { alpha: 1e-5 });
    // Without variance the bound closes as nats/(n λ): far inside 1e-4, and the sum of 1e6 terms is compensated.
    expect(Math.abs(constant.mean - 0.3)).toBeLessThan(1e-15);
    expect(constant.lower).toBeGreaterThan(0.3 - 1e-4);
    expect(constant.upper).toBeLessThan(0.3 + 1e-4);
    const spread = Float64Array.from({ length: 1_000_000 }, (_, k) => (k * 0.6180339887498949) % 1);
    const { lower, upper } = confidenceSequence(spread, { alpha: 1e-5 });
    const normalApproximation = Math.sqrt((2 * Math.log(1e5)) / 12 / 1e6);
    for (const distance of [0.5 - lower, upper - 0.5]) {
      expect(distance / normalApproximation).toBeGreaterThan(1);
      expect(distance / normalApproximation).toBeLessThan(1.2);
    }
  });

  it('refuses samples outside [0, 1] by their number and levels outside (0, 1)', () => {
    expect(() => confidenceSequence([0, -1], { alpha: 0.05 })).toThrow(/trial 1/);
    expect(() => confidenceSequence([Number.NaN], { alpha: 0.05 })).toThrow(/trial 0/);
    for (const alpha of [0, 1, -1, Number.NaN]) expect(() => confidenceSequence([1], { alpha })).toThrow(/alpha/);
  });
});
