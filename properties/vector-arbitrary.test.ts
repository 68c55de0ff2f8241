import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { illScaledVector, wellScaledVector } from './vector-arbitrary.ts';

const sample = (vectors: fc.Arbitrary<Float64Array>): Float64Array[] => fc.sample(vectors, { seed: 1, numRuns: 2000 });
const shrunk = (vectors: fc.Arbitrary<Float64Array>, fails: (x: Float64Array) => boolean): number[] | undefined => {
  const { counterexample } = fc.check(
    fc.property(vectors, (x) => !fails(x)),
    { seed: 1, numRuns: 5000 },
  );
  return counterexample?.[0] === null || counterexample === null ? undefined : [...(counterexample[0] as Float64Array)];
};

describe('wellScaledVector', () => {
  it('has entries in [−16, 16] that are multiples of 1/16, and reaches both ends', () => {
    const values = sample(wellScaledVector(3)).flatMap((x) => [...x]);
    expect(values).toHaveLength(6000);
    for (const value of values) expect(Math.abs(value) <= 16 && Number.isInteger(16 * value)).toBe(true);
    expect([Math.min(...values), Math.max(...values)]).toEqual([-16, 16]);
  });

  it('shrinks every entry by itself, towards 0', () => {
    expect(shrunk(wellScaledVector(4), (x) => (x[2] as number) > 3)).toEqual([0, 0, 3.0625, 0]);
  });
});

describe('illScaledVector', () => {
  it('has entries of all magnitudes and both signs, never 0', () => {
    const values = sample(illScaledVector(3, 40)).flatMap((x) => [...x]);
    const exponents = values.map((value) => Math.floor(Math.log2(Math.abs(value))));
    expect([Math.min(...exponents), Math.max(...exponents)]).toEqual([-40, 40]);
    expect(new Set(values.map(Math.sign))).toEqual(new Set([-1, 1]));
  });

  it('is as wide as asked for, in doubles', () => {
    const values = sample(illScaledVector(1, 500)).flatMap((x) => [...x]);
    expect(values.every((value) => Number.isFinite(value) && value ** 2 > 0)).toBe(true);
    expect(new Set(sample(illScaledVector(1, 0)).map((x) => Math.floor(Math.abs(x[0] as number))))).toEqual(
      new Set([1]),
    );
  });

  it('shrinks to ones, and keeps the scales that a failure needs', () => {
    const spread = (x: Float64Array): number => Math.max(...x) / Math.min(...x);
    expect(shrunk(illScaledVector(3), () => true)).toEqual([1, 1, 1]);
    const found = shrunk(illScaledVector(3), (x) => x.every((xi) => xi > 0) && spread(x) >= 2 ** 30) as number[];
    expect(spread(Float64Array.from(found))).toBe(2 ** 30);
  });
});

it.each([
  ['wellScaledVector: "length"', () => wellScaledVector(0)],
  ['wellScaledVector: "length"', () => wellScaledVector(1.5)],
  ['illScaledVector: "length"', () => illScaledVector(-1)],
  ['illScaledVector: "octaves"', () => illScaledVector(2, 501)],
  ['illScaledVector: "octaves"', () => illScaledVector(2, Number.NaN)],
])('refuses what it cannot draw: %s', (where, draw) => {
  expect(draw).toThrow(expect.objectContaining({ details: expect.objectContaining({ where }) }));
});
