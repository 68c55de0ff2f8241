import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import { stream } from '../core/random.ts';
import { BET_FRACTIONS, bettingProcess, type Direction, logCapitalOfCounts } from './e-process.ts';

/** Relative error of a few dozen operations on numbers of order one. */
const ROUNDING = 1e-12;

function logCapital(samples: Iterable<number>, nullMean: number, direction: Direction): number {
  const process = bettingProcess(nullMean, direction);
  for (const x of samples) process.add(x);
  return process.logCapital();
}

/** The definition, in plain arithmetic. */
function naiveCapital(samples: readonly number[], m: number): number {
  const capitals = BET_FRACTIONS.map((f) => samples.reduce((product, x) => product * (1 - f + (f * x) / m), 1));
  return capitals.reduce((sum, capital) => sum + capital / BET_FRACTIONS.length, 0);
}

const dyadic = fc.integer({ min: 0, max: 64 }).map((k) => k / 64);
const nullMean = fc.integer({ min: 1, max: 63 }).map((k) => k / 64);

describe('bettingProcess', () => {
  it('starts with capital 1 and needs 19 successes to exceed 1/2 at 1e-5', () => {
    expect(Math.abs(logCapital([], 0.5, 'above'))).toBeLessThan(ROUNDING);
    const capitalAfter = (ones: number): number => logCapital(new Array(ones).fill(1), 0.5, 'above');
    expect(capitalAfter(18)).toBeLessThan(Math.log(1e5));
    expect(capitalAfter(19)).toBeGreaterThanOrEqual(Math.log(1e5));
    expect(capitalAfter(19)).toBeLessThanOrEqual(19 * Math.log(2));
  });

  it('has the capital of its definition', () => {
    fc.assert(
      fc.property(fc.array(dyadic, { maxLength: 30 }), nullMean, (samples, m) => {
        const expected = naiveCapital(samples, m);
        expect(Math.abs(Math.exp(logCapital(samples, m, 'above')) - expected)).toBeLessThanOrEqual(ROUNDING * expected);
      }),
      { seed: 1 },
    );
  });

  it('mirrors samples and null mean in the other direction, bit for bit on dyadic numbers', () => {
    fc.assert(
      fc.property(fc.array(dyadic, { maxLength: 30 }), nullMean, (samples, m) => {
        const mirrored = samples.map((x) => 1 - x);
        expect(logCapital(samples, m, 'below')).toBe(logCapital(mirrored, 1 - m, 'above'));
      }),
      { seed: 2 },
    );
  });

  it('decreases in the null mean upwards and increases downwards', () => {
    const samples = fc.array(fc.oneof(dyadic, fc.constantFrom(0, 1)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(samples, nullMean, nullMean, (xs, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(logCapital(xs, high, 'above')).toBeLessThanOrEqual(logCapital(xs, low, 'above') + ROUNDING);
        expect(logCapital(xs, low, 'below')).toBeLessThanOrEqual(logCapital(xs, high, 'below') + ROUNDING);
      }),
      { seed: 3 },
    );
  });

  it('has mean capital at most 1 under its null, for every two-point distribution of that mean', () => {
    fc.assert(
      fc.property(dyadic, dyadic, nullMean, (a, b, m) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(low <= m && m <= high && low < high);
        const p = (m - low) / (high - low);
        const mean = p * Math.exp(logCapital([high], m, 'above')) + (1 - p) * Math.exp(logCapital([low], m, 'above'));
        expect(Math.abs(mean - 1)).toBeLessThan(ROUNDING);
      }),
      { seed: 4 },
    );
  });

  it('gives the same bits for the same counts in any order', () => {
    const random = stream(11, 'verdicts/test/order');
    for (const m of [0.1, 0.5, 0.9, 0.999]) {
      const samples = Array.from({ length: 500 }, () => (random.uniform() < 0.8 ? 1 : 0));
      const ones = samples.filter((x) => x === 1).length;
      const shuffled = [...samples].sort(() => random.uniform() - 0.5);
      expect(shuffled).not.toEqual(samples);
      for (const direction of ['above', 'below'] as const) {
        const expected = logCapitalOfCounts(ones, samples.length - ones, m, direction);
        for (const order of [samples, shuffled, [...samples].sort(), [...samples].sort().reverse()]) {
          expect(logCapital(order, m, direction)).toBe(expected);
        }
      }
    }
  });

  it('is certain against a null of 0 after one positive sample, and never grows against a null of 1', () => {
    expect(logCapital([0, 0, 0], 0, 'above')).toBeLessThanOrEqual(0);
    for (const x of [1, 0.5, 1e-300]) {
      expect(logCapital([0, x, 0], 0, 'above')).toBe(Number.POSITIVE_INFINITY);
      expect(logCapital([1, 1 - 0.5, 1], 1, 'below')).toBe(Number.POSITIVE_INFINITY);
      expect(logCapital([1, x, 1], 1, 'above')).toBeLessThanOrEqual(ROUNDING);
      expect(logCapital([0, x, 0], 0, 'below')).toBeLessThanOrEqual(ROUNDING);
    }
  });

  it('never becomes NaN at the ends of the number range', () => {
    for (const m of [5e-324, 1e-300, 1e-16, 0.5, 1 - 2 ** -53, 1]) {
      for (const direction of ['above', 'below'] as const) {
        for (const samples of [[0, 1], [1, 0], [5e-324, 0, 1], [1 - 2 ** -53, 1, 0], [0.5], []]) {
          expect(logCapital(samples, m, direction)).not.toBeNaN();
        }
      }
    }
  });

  it('grows linearly over a million constant samples', () => {
    const process = bettingProcess(0.4, 'above');
    for (let k = 0; k < 1_000_000; k++) process.add(0.5);
    // The best bet is f = 1 with growth ln(0.5/0.4); 1e6 additions lose at most 1e-10 of the sum.
    const expected = 1e6 * Math.log(1.25) - Math.log(BET_FRACTIONS.length);
    expect(Math.abs(process.logCapital() / expected - 1)).toBeLessThan(1e-9);
  });

  it('refuses samples outside [0, 1] by their number and null means outside [0, 1]', () => {
    const process = bettingProcess(0.5, 'above');
    process.add(1);
    expect(() => process.add(1.5)).toThrow(/trial 1: expected a number in \[0, 1\], received 1.5/);
    expect(() => process.add(Number.NaN)).toThrow(InverseClaimsError);
    for (const m of [-0.1, 1.1, Number.NaN]) expect(() => bettingProcess(m, 'above')).toThrow(/nullMean/);
    expect(() => logCapitalOfCounts(1, 1, 1.5, 'above')).toThrow(/nullMean/);
    expect(() => logCapitalOfCounts(0.5, 1, 0.5, 'above')).toThrow(/successes/);
    expect(() => logCapitalOfCounts(1, -1, 0.5, 'above')).toThrow(/failures/);
  });
});
