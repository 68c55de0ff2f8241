import fc from 'fast-check';
import { type Batch, batchOfRows } from '../src/core/batch.ts';
import { requireNumber } from '../src/core/errors.ts';

/**
 * 1 to `most` rows side by side, each drawn from `row`. Shrinks physics first: to fewer rows, whichever of them are
 * needed, and then to simpler values in those that remain.
 *
 * @param row   generator of one row; all its values have `cols` numbers
 * @param cols  n
 * @param most  integer >= 1; otherwise throws `out-of-range` or `not-finite`
 * @returns (B, n) with 1 <= B <= most
 * @example
 * import fc from 'fast-check';
 * const batches = fc.sample(batchArbitrary(fc.constant([1, 2]), 2, 3), { seed: 1, numRuns: 50 });
 * [...new Set(batches.map(({ rows }) => rows))].sort(); // => [1, 2, 3]
 */
export function batchArbitrary(row: fc.Arbitrary<ArrayLike<number>>, cols: number, most: number): fc.Arbitrary<Batch> {
  requireNumber('batchArbitrary: "most"', most, { minimum: 1, integer: true });
  // With a minimal length of 1, fast-check keeps the last row of every batch, needed or not.
  return fc
    .array(row, { maxLength: most })
    .filter((rows) => rows.length > 0)
    .map((rows) => batchOfRows(rows, cols));
}
