import fc from 'fast-check';
import { requireNumber } from '../src/core/errors.ts';
import { dyadic } from './arbitraries.ts';

/** Entries of a well-scaled vector are multiples of this: it is exact, and 1/16 of a unit is easy to read. */
const GRAIN = 16;
/** Largest magnitude of a well-scaled entry. */
const REACH = 16;

/**
 * Vectors whose entries are of one magnitude: multiples of 1/16 in [−16, 16]. They shrink entry by entry towards 0.
 *
 * Not for frequencies: fast-check prefers edges and simple values.
 *
 * @param length  n, an integer >= 1; otherwise throws `out-of-range` or `not-finite`
 * @returns (n)
 * @example
 * import fc from 'fast-check';
 * fc.sample(wellScaledVector(3), { seed: 1, numRuns: 50 }).every((x) => x.every((xi) => Math.abs(xi) <= 16)); // => true
 */
export function wellScaledVector(length: number): fc.Arbitrary<Float64Array> {
  requireLength('wellScaledVector', length);
  return vectorOf(length, dyadic(-REACH, REACH, GRAIN));
}

/**
 * Vectors whose entries differ by orders of magnitude: each is ±m · 2^k with m in [1, 2) and k up to `octaves` in both
 * directions, so that at 40 octaves the largest may be 10^24 times the smallest. They shrink towards 1 in every entry,
 * through smaller |k| first: what fails because of the scales keeps them, what does not loses them.
 *
 * @param length   n, an integer >= 1
 * @param octaves  integer from 0 to 500, 40 unless given; others throw `out-of-range` or `not-finite`
 * @returns (n), no entry 0
 * @example
 * import fc from 'fast-check';
 * const spread = (x) => Math.max(...x.map(Math.abs)) / Math.min(...x.map(Math.abs));
 * fc.sample(illScaledVector(4), { seed: 1, numRuns: 100 }).some((x) => spread(x) > 1e12); // => true
 */
export function illScaledVector(length: number, octaves = 40): fc.Arbitrary<Float64Array> {
  requireLength('illScaledVector', length);
  requireNumber('illScaledVector: "octaves"', octaves, { minimum: 0, maximum: 500, integer: true });
  const entry = fc
    .record({
      k: fc.integer({ min: -octaves, max: octaves }),
      sixteenths: fc.integer({ min: 0, max: 15 }),
      negative: fc.boolean(),
    })
    .map(({ k, sixteenths, negative }) => (negative ? -1 : 1) * (1 + sixteenths / 16) * 2 ** k);
  return vectorOf(length, entry);
}

function requireLength(where: string, length: number): void {
  requireNumber(`${where}: "length"`, length, { minimum: 1, integer: true });
}

function vectorOf(length: number, entry: fc.Arbitrary<number>): fc.Arbitrary<Float64Array> {
  return fc.tuple(...Array.from({ length }, () => entry)).map((entries) => Float64Array.from(entries));
}
