import { type Batch, batch, row } from '../core/batch.ts';
import { maxNorm, norm } from '../numerics/vector.ts';

/**
 * Every row divided by its Euclidean norm, (B, n); rows of zeros stay zeros.
 *
 * Finite rows of any magnitude keep their direction, subnormal ones and those whose norm overflows included; a row of one
 * entry becomes exactly ±1. A row with an entry that is not finite has no direction and becomes NaN somewhere.
 *
 * @example
 * unitRows({ rows: 2, cols: 2, data: Float64Array.of(3e300, -4e300, 0, 0) }).data; // => Float64Array [0.6, -0.8, 0, 0]
 */
export function unitRows(given: Batch): Batch {
  return divided(largestOne(given), norm);
}

/** Every row divided by its largest magnitude, (B, n); rows of zeros stay zeros. */
export function largestOne(given: Batch): Batch {
  return divided(given, maxNorm);
}

function divided(given: Batch, size: (values: Float64Array) => number): Batch {
  const result = batch(given.rows, given.cols, given.data.slice());
  for (let b = 0; b < result.rows; b++) {
    const values = row(result, b);
    const divisor = size(values);
    if (divisor === 0) continue;
    for (let j = 0; j < values.length; j++) values[j] = values[j]! / divisor;
  }
  return result;
}
