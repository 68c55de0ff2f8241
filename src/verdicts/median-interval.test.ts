import { expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import { medianInterval } from './median-interval.ts';

it('covers the median of a skewed distribution as often as it says, and hardly more often', () => {
  const random = stream(1, 'median');
  const repeats = 4000;
  let covered = 0;
  for (let k = 0; k < repeats; k++) {
    const { low, high } = medianInterval(
      Array.from({ length: 25 }, () => random.uniform() ** 8),
      0.1,
    );
    if (low <= 0.5 ** 8 && 0.5 ** 8 <= high) covered += 1;
  }
  // Exactly 1 − 2 P(X < 8) = 0.9567 for 25 values.
  expect(covered / repeats).toBeGreaterThan(0.94);
  expect(covered / repeats).toBeLessThan(0.97);
});

it('says nothing from too few, and takes infinities for numbers', () => {
  expect(medianInterval([1, 2, 3, 4, 5], 0.05)).toEqual({ value: 3, low: -Infinity, high: Infinity, count: 5 });
  expect(medianInterval(Array(9).fill(Infinity), 0.05)).toEqual({
    value: Infinity,
    low: Infinity,
    high: Infinity,
    count: 9,
  });
});

it('refuses none and NaN', () => {
  expect(() => medianInterval([], 0.05)).toThrow('medianInterval');
  expect(() => medianInterval([1, Number.NaN], 0.05)).toThrow('NaN');
  expect(() => medianInterval([1], 0)).toThrow('alpha');
});
