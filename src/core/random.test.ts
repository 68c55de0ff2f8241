import { describe, expect, it } from 'vitest';
import { childSeed, stream } from './random.ts';

describe('stream', () => {
  it('gives the same numbers for the same name and others for another', () => {
    const first = stream(1, 'a', 0);
    const again = stream(1, 'a', 0);
    const other = stream(1, 'a', 1);
    const numbers = Array.from({ length: 5 }, () => first.uniform());
    expect(Array.from({ length: 5 }, () => again.uniform())).toEqual(numbers);
    expect(Array.from({ length: 5 }, () => other.uniform())).not.toEqual(numbers);
  });

  it('is uncorrelated between neighbouring seeds, where raw seeding is not', () => {
    const count = 2000;
    const values = Array.from({ length: count }, (_, seed) => stream(seed, 'x').uniform() - 0.5);
    let correlation = 0;
    for (let i = 1; i < count; i++) correlation += values[i]! * values[i - 1]! * 12;
    // Standard error of the lag-1 correlation is 1/sqrt(count) = 0.022; five of them.
    expect(Math.abs(correlation / count)).toBeLessThan(0.112);
  });

  it('draws normals with mean 0, variance 1 and kurtosis 3', () => {
    const random = stream(7, 'normal');
    const count = 200_000;
    const moments = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      const z = random.normal();
      moments[0]! += z / count;
      moments[1]! += z ** 2 / count;
      moments[2]! += z ** 4 / count;
    }
    // Five standard errors: sqrt(1/n), sqrt(2/n), sqrt(96/n).
    expect(Math.abs(moments[0]!)).toBeLessThan(5 * Math.sqrt(1 / count));
    expect(Math.abs(moments[1]! - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    expect(Math.abs(moments[2]! - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
  });

  it('refuses seeds that are not integers in [0, 2^48)', () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 48]) {
      expect(() => stream(seed, 'x')).toThrow(/random: "seed"/);
    }
  });

  it('derives child seeds inside the range of seeds', () => {
    const seeds = new Set(Array.from({ length: 1000 }, (_, index) => childSeed(3, 'child', index)));
    expect(seeds.size).toBe(1000);
    for (const seed of seeds) expect(Number.isSafeInteger(seed) && seed >= 0 && seed < 2 ** 48).toBe(true);
  });
});
