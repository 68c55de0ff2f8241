import { describe, expect, it } from 'vitest';
import { optimalSignalToNoise, signalToNoise } from './signal-to-noise.ts';

describe('signalToNoise', () => {
  it('is √n |s|/σ for equal noise and weights', () => {
    expect(signalToNoise(0.3, new Array(10).fill(2))).toBeCloseTo((Math.sqrt(10) * 0.3) / 2, 15);
    expect(signalToNoise(0.3, new Array(10).fill(2), new Array(10).fill(1e200))).toBeCloseTo(
      (Math.sqrt(10) * 0.3) / 2,
      15,
    );
  });

  it('weighs: a weight of 0 drops an example, opposite weights drop the signal', () => {
    expect(signalToNoise(1, [1, 3, 2], [1, 0, 1])).toBeCloseTo(2 / Math.sqrt(5), 15);
    expect(signalToNoise(1, [1, 3], [1, -1])).toBe(0);
    expect(signalToNoise(0, [1, 3])).toBe(0);
    expect(signalToNoise(1, [1, 3], [-1, -1])).toBe(-signalToNoise(1, [1, 3]));
  });

  it('is largest, √Σ σ⁻², at inverse variances', () => {
    const noise = [0.5, 1, 4, 2.5];
    const best = optimalSignalToNoise(0.7, noise);
    expect(best).toBeCloseTo(0.7 * Math.sqrt(4 + 1 + 1 / 16 + 0.16), 14);
    expect(
      signalToNoise(
        0.7,
        noise,
        noise.map((sigma) => sigma ** -2),
      ),
    ).toBeCloseTo(best, 14);
    expect(signalToNoise(0.7, noise)).toBeLessThan(best);
    expect(
      signalToNoise(
        0.7,
        noise,
        noise.map((sigma) => 1 / sigma),
      ),
    ).toBeLessThan(best);
  });

  it('survives sizes whose squares overflow', () => {
    expect(signalToNoise(1e200, [1e200, 1e200])).toBeCloseTo(Math.SQRT2, 14);
    expect(optimalSignalToNoise(1e-200, [1e-200])).toBeCloseTo(1, 14);
  });

  it('says what it cannot take', () => {
    expect(() => signalToNoise(1, [])).toThrow('the standard deviation of at least one example');
    expect(() => signalToNoise(1, [1, 0])).toThrow('signalToNoise: "noise": expected a finite number > 0, received 0');
    expect(() => signalToNoise(-1, [1])).toThrow('signalToNoise: "signal"');
    expect(() => signalToNoise(1, [1, 1], [1])).toThrow('expected 2 numbers, one per example');
    expect(() => signalToNoise(1, [1, 1], [0, 0])).toThrow('not all of them 0');
    expect(() => signalToNoise(1, [1], [Number.NaN])).toThrow('signalToNoise: "weights"');
    expect(() => optimalSignalToNoise(1, [Infinity])).toThrow('optimalSignalToNoise: "noise"');
  });
});
