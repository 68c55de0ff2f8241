import { describe, expect, it } from 'vitest';
import { type Distribution, type Prior, requirePrior, samplePrior, samplePriorRows } from './prior.ts';
import { stream } from './random.ts';

const one = (distribution: Distribution): Prior => [{ name: 'x', unit: '1', distribution }];

/** Mean and standard deviation of f(x) over draws, each from its own stream. */
function moments(distribution: Distribution, f: (x: number) => number = (x) => x) {
  const count = 4000;
  const values = Array.from({ length: count }, (_, k) => f(samplePrior(one(distribution), stream(3, 'prior', k))[0]!));
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  return { mean, sd: Math.sqrt(variance), smallest: Math.min(...values), largest: Math.max(...values) };
}

/** Five standard errors of a mean, and of a standard deviation, over 4000 draws of standard deviation 1. */
const ERROR = 5 / Math.sqrt(4000);

describe('samplePrior', () => {
  it('draws uniform coordinates over the whole support', () => {
    const { mean, sd, smallest, largest } = moments({ kind: 'uniform', low: -2, high: 6 });
    expect(Math.abs(mean - 2)).toBeLessThan((ERROR * 8) / Math.sqrt(12));
    expect(Math.abs(sd - 8 / Math.sqrt(12))).toBeLessThan((ERROR * 8) / Math.sqrt(12));
    expect([smallest >= -2, smallest < -1.95, largest > 5.95, largest < 6]).toEqual([true, true, true, true]);
  });

  it('draws log-uniform coordinates uniform in the logarithm', () => {
    const { mean, smallest, largest } = moments({ kind: 'log-uniform', low: 0.01, high: 100 }, Math.log10);
    expect(Math.abs(mean)).toBeLessThan((ERROR * 4) / Math.sqrt(12));
    expect([smallest >= -2, smallest < -1.95, largest > 1.95, largest <= 2]).toEqual([true, true, true, true]);
  });

  it('draws normal coordinates', () => {
    const { mean, sd } = moments({ kind: 'normal', mean: 3, sd: 2 });
    expect(Math.abs(mean - 3)).toBeLessThan(2 * ERROR);
    expect(Math.abs(sd - 2)).toBeLessThan(2 * ERROR);
  });

  it('takes its numbers in the order of the coordinates, one row per stream', () => {
    const prior: Prior = [
      { name: 'a', unit: '1', distribution: { kind: 'uniform', low: 0, high: 1 } },
      { name: 'b', unit: '1', distribution: { kind: 'uniform', low: 10, high: 20 } },
    ];
    const random = stream(1, 'order', 1);
    const expected = [random.between(0, 1), random.between(10, 20)];
    const rows = samplePriorRows(prior, [stream(1, 'order', 0), stream(1, 'order', 1)]);
    expect([rows.rows, rows.cols, ...rows.data.subarray(2)]).toEqual([2, 2, ...expected]);
  });
});

describe('requirePrior', () => {
  it.each<[string, Prior, RegExp]>([
    ['an empty interval', one({ kind: 'uniform', low: 1, high: 1 }), /"x" high/],
    ['a logarithm of zero', one({ kind: 'log-uniform', low: 0, high: 1 }), /"x" low/],
    ['no spread', one({ kind: 'normal', mean: 0, sd: 0 }), /"x" sd/],
    ['a mean that is no number', one({ kind: 'normal', mean: Number.NaN, sd: 1 }), /"x" mean/],
    ['an infinite end', one({ kind: 'uniform', low: 0, high: Number.POSITIVE_INFINITY }), /"x" high/],
    [
      'two coordinates of one name',
      [...one({ kind: 'normal', mean: 0, sd: 1 }), ...one({ kind: 'normal', mean: 0, sd: 1 })],
      /x twice/,
    ],
  ])('refuses %s', (_what, prior, message) => {
    expect(() => requirePrior('test', prior)).toThrow(message);
    expect(() => samplePriorRows(prior, [])).toThrow(message);
  });
});
