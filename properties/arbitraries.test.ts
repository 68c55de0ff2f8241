import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { direction, dyadic, powerOfTwo, wavePacketOptions } from './arbitraries.ts';

const sample = <T>(arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { seed: 1, numRuns: 2000 });

describe('arbitraries', () => {
  it('dyadic stays on its grid and in its range, ends included', () => {
    const values = sample(dyadic(-1.5, 2.25, 4));
    for (const value of values) expect(Number.isInteger(4 * value)).toBe(true);
    expect([Math.min(...values), Math.max(...values)]).toEqual([-1.5, 2.25]);
  });

  it('dyadic keeps inside a range whose ends are not on the grid', () => {
    const values = sample(dyadic(0.3, 0.8, 2));
    expect(new Set(values)).toEqual(new Set([0.5]));
  });

  it('powerOfTwo draws whole exponents evenly', () => {
    const exponents = sample(powerOfTwo(-3, 4)).map(Math.log2);
    expect(new Set(exponents)).toEqual(new Set([-3, -2, -1, 0, 1, 2, 3, 4]));
  });

  it('wavePacketOptions draws what wavePacket accepts', () => {
    for (const { sigma, period, samples } of sample(wavePacketOptions())) {
      expect(sigma >= 0.5 && sigma <= 16 && period >= 2 && period <= 64 && samples >= 1 && samples <= 128).toBe(true);
    }
  });

  it('direction is named by its salt, has the shape asked for and no zero', () => {
    const first = direction(3, 50, 'v', 4);
    expect([first.rows, first.cols]).toEqual([3, 50]);
    expect(direction(3, 50, 'v', 4)).toEqual(first);
    expect(direction(3, 50, 'v', 5)).not.toEqual(first);
    expect(direction(3, 50, 'w', 4)).not.toEqual(first);
    for (const value of first.data) {
      expect(Number.isInteger(16 * value) && Math.abs(value) <= 1 && value !== 0).toBe(true);
    }
    expect(first.data.some((value) => value < 0) && first.data.some((value) => value > 0)).toBe(true);
  });
});
