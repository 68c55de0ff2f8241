import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchOfRows } from '../src/core/batch.ts';
import { normalCdf } from '../src/numerics/normal-distribution.ts';
import { NOISE_KINDS, type NoiseKind, noiseArbitrary, noiseBatch, withNoise } from './noise-arbitrary.ts';

const DRAWS = 200_000;
const tail = (kind: NoiseKind, t: number): number =>
  noiseBatch({ kind, scale: 1, salt: 3 }, DRAWS / 10, 10).data.filter((error) => Math.abs(error) > t).length / DRAWS;

/** P(|X| > t) of each kind at unit scale. */
const TAILS: Readonly<Record<NoiseKind, (t: number) => number>> = {
  none: () => 0,
  uniform: (t) => Math.max(0, 1 - t / Math.sqrt(3)),
  gaussian: (t) => 2 * normalCdf(-t),
  laplace: (t) => Math.exp(-Math.SQRT2 * t),
  contaminated: (t) => 0.9 * 2 * normalCdf(-t) + 0.1 * 2 * normalCdf(-t / 10),
  // Student's distribution with 3 degrees of freedom in closed form.
  'student-3': (t) => 1 - (2 / Math.PI) * (Math.atan(t / Math.sqrt(3)) + t / Math.sqrt(3) / (1 + t ** 2 / 3)),
  cauchy: (t) => 1 - (2 / Math.PI) * Math.atan(t),
};

describe('noiseBatch', () => {
  // 35 comparisons of frequencies, each within 5 standard errors: a right generator fails with probability 2·10⁻⁵.
  it.each(NOISE_KINDS)('%s has the tails of its distribution', (kind) => {
    for (const t of [0.25, 1, 1.5, 3, 10]) {
      const expected = TAILS[kind](t);
      const error = Math.sqrt((expected * (1 - expected)) / DRAWS);
      expect(Math.abs(tail(kind, t) - expected)).toBeLessThanOrEqual(5 * error + 1 / DRAWS);
    }
  });

  it('is symmetric and scales', () => {
    for (const kind of NOISE_KINDS) {
      const { data } = noiseBatch({ kind, scale: 1, salt: 1 }, 1000, 10);
      const positive = data.filter((error) => error > 0).length;
      if (kind !== 'none') expect(Math.abs(positive - 5000)).toBeLessThan(250);
      const twice = noiseBatch({ kind, scale: 2, salt: 1 }, 1000, 10).data;
      expect(twice.every((error, i) => error === 2 * (data[i] as number))).toBe(true);
    }
  });

  it('is named by its salt', () => {
    const draw = (salt: number): number[] => [...noiseBatch({ kind: 'gaussian', scale: 1, salt }, 2, 3).data];
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('refuses a scale that is none', () => {
    for (const scale of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => noiseBatch({ kind: 'gaussian', scale, salt: 1 }, 1, 1)).toThrow('"scale"');
    }
  });
});

describe('noiseArbitrary', () => {
  it('draws every kind, from the finest scale to the coarsest', () => {
    const drawn = fc.sample(noiseArbitrary(), { seed: 1, numRuns: 2000 });
    expect(new Set(drawn.map(({ kind }) => kind))).toEqual(new Set(NOISE_KINDS));
    const scales = drawn.map(({ scale }) => scale);
    expect([Math.min(...scales), Math.max(...scales)]).toEqual([2 ** -10, 8]);
  });

  it('shrinks to the lightest tails that still fail', () => {
    const shrink = (fails: (kind: NoiseKind) => boolean): unknown =>
      fc.check(
        fc.property(noiseArbitrary(), ({ kind }) => !fails(kind)),
        { seed: 2, numRuns: 1000 },
      ).counterexample?.[0];
    expect(shrink(() => true)).toEqual({ kind: 'none', scale: 1, salt: 0 });
    expect(shrink((kind) => kind === 'cauchy' || kind === 'student-3')).toMatchObject({ kind: 'student-3', scale: 1 });
  });
});

describe('withNoise', () => {
  it('adds the errors and leaves the values alone', () => {
    const y = batchOfRows([
      [1, 2],
      [3, 4],
    ]);
    const noise = { kind: 'laplace', scale: 0.5, salt: 4 } as const;
    const errors = noiseBatch(noise, 2, 2).data;
    expect([...withNoise(y, noise).data]).toEqual([1, 2, 3, 4].map((value, i) => value + (errors[i] as number)));
    expect([...y.data]).toEqual([1, 2, 3, 4]);
  });
});
