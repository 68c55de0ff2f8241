import { expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import { boundedMean } from './bounded-mean.ts';

it('covers the mean of values on an interval of its own', () => {
  const random = stream(4, 'bounded-mean');
  const misses = Array.from({ length: 300 }, () => {
    const { low, high } = boundedMean(
      Array.from({ length: 30 }, () => 2 + 3 * random.uniform() ** 2),
      { low: 2, high: 5 },
      0.1,
    );
    return low <= 3 && 3 <= high ? 0 : 1;
  }).reduce<number>((sum, miss) => sum + miss, 0);
  expect(misses).toBeLessThanOrEqual(30);
});

it('shrinks with the number of values', () => {
  const width = (n: number): number => {
    const { low, high } = boundedMean(
      Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 0.2 : -0.2)),
      { low: -1, high: 1 },
      0.05,
    );
    return high - low;
  };
  expect(width(1000)).toBeLessThan(width(50) / 3);
});

it('refuses values outside, none, and an empty range', () => {
  expect(() => boundedMean([2], { low: 0, high: 1 }, 0.05)).toThrow();
  expect(() => boundedMean([Number.NaN], { low: 0, high: 1 }, 0.05)).toThrow();
  expect(() => boundedMean([], { low: 0, high: 1 }, 0.05)).toThrow('at least one');
  expect(() => boundedMean([1], { low: 1, high: 1 }, 0.05)).toThrow('"high"');
});
