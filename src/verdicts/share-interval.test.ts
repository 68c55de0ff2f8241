import { expect, it } from 'vitest';
import { shareInterval } from './share-interval.ts';

/** P(X = k) for k = 0 … n. */
function binomial(n: number, p: number): readonly number[] {
  const logs = [0];
  for (let k = 1; k <= n; k++) logs.push((logs[k - 1] as number) + Math.log((n - k + 1) / k));
  return logs.map((log, k) => Math.exp(log) * p ** k * (1 - p) ** (n - k));
}

it.each([1, 2, 7, 40])('covers every probability with %d trials, not by being everything', (n) => {
  const intervals = Array.from({ length: n + 1 }, (_, k) => shareInterval(k, n, 0.1));
  let least = 1;
  for (let p = 0; p <= 1.0001; p += 1 / 512) {
    const at = Math.min(1, p);
    const covered = binomial(n, at).reduce((sum, mass, k) => {
      const { low, high } = intervals[k]!;
      return sum + (low <= at && at <= high ? mass : 0);
    }, 0);
    least = Math.min(least, covered);
  }
  expect(least).toBeGreaterThanOrEqual(0.9 - 1e-9);
  if (n > 1) expect(least).toBeLessThan(0.98);
});

it('agrees with the defining tails', () => {
  const { low, high } = shareInterval(3, 10, 0.05);
  const tail = (p: number, from: number, to: number): number =>
    binomial(10, p)
      .slice(from, to)
      .reduce((sum, mass) => sum + mass, 0);
  expect(tail(low, 3, 11)).toBeCloseTo(0.025, 10);
  expect(tail(high, 0, 4)).toBeCloseTo(0.025, 10);
  expect(shareInterval(10, 10, 0.05).high).toBe(1);
});

it.each([
  [-1, 4, 0.05],
  [5, 4, 0.05],
  [1, 0, 0.05],
  [1, 4, 1],
  [Number.NaN, 4, 0.05],
])('refuses %d of %d at %d', (k, n, alpha) => {
  expect(() => shareInterval(k, n, alpha)).toThrow(/shareInterval/);
});
