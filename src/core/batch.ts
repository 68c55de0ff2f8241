import { InverseClaimsError, requireNumber } from './errors.ts';

/** `rows` instances side by side, float64, row-major, shape (B, n); row b is instance b. */
export interface Batch {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** A batch of zeros, or a view of `data` where it is given. Throws `shape-mismatch` if the length is not rows · cols. */
export function batch(rows: number, cols: number, data?: Float64Array): Batch {
  requireNumber('batch: "rows"', rows, { minimum: 0, integer: true });
  requireNumber('batch: "cols"', cols, { minimum: 0, integer: true });
  if (data !== undefined && data.length !== rows * cols) {
    throw new InverseClaimsError('shape-mismatch', {
      where: 'batch: "data"',
      expected: `${rows * cols} numbers for shape (${rows}, ${cols})`,
      received: String(data.length),
    });
  }
  return { rows, cols, data: data ?? new Float64Array(rows * cols) };
}

/**
 * Copies equally long rows into one batch.
 *
 * @example
 * batchOfRows([[1, 2], [3, 4]]).data; // => Float64Array [1, 2, 3, 4]
 */
export function batchOfRows(rows: readonly ArrayLike<number>[], cols: number = rows[0]?.length ?? 0): Batch {
  const result = batch(rows.length, cols);
  rows.forEach((row, b) => {
    if (row.length !== cols) {
      throw new InverseClaimsError('shape-mismatch', {
        where: `batchOfRows: row ${b}`,
        expected: `${cols} numbers`,
        received: String(row.length),
      });
    }
    result.data.set(row, b * cols);
  });
  return result;
}

/** A view (no copy) of row b: shape (n). */
export function row(source: Batch, b: number): Float64Array {
  return source.data.subarray(b * source.cols, (b + 1) * source.cols);
}

/** Copies the named rows, in the order given: shape (indices.length, n). */
export function takeRows(source: Batch, indices: ArrayLike<number>): Batch {
  const { cols, data } = source;
  const result = batch(indices.length, cols);
  for (let k = 0; k < indices.length; k++) {
    // A loop, because a view per row costs more than copying a short row.
    for (let j = 0, from = (indices[k] as number) * cols, to = k * cols; j < cols; j++) {
      result.data[to + j] = data[from + j] as number;
    }
  }
  return result;
}

/** Rows first, first + 1, …, first + count − 1 as a view (no copy). */
export function rowRange(source: Batch, first: number, count: number): Batch {
  return {
    rows: count,
    cols: source.cols,
    data: source.data.subarray(first * source.cols, (first + count) * source.cols),
  };
}

/** Throws `shape-mismatch` unless the batch has the shape; `undefined` leaves a dimension free. */
export function requireShape(where: string, given: Batch, rows: number | undefined, cols: number | undefined): void {
  const rowsFit = rows === undefined || given.rows === rows;
  const colsFit = cols === undefined || given.cols === cols;
  if (rowsFit && colsFit && given.data.length === given.rows * given.cols) return;
  throw new InverseClaimsError('shape-mismatch', {
    where,
    expected: `shape (${rows ?? 'B'}, ${cols ?? 'n'})`,
    received: `(${given.rows}, ${given.cols}) with ${given.data.length} numbers`,
  });
}

/** True if every entry of the array is a finite number. */
export function allFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) return false;
  }
  return true;
}

/** Throws `not-finite`, naming the first offending entry, unless every entry is finite. */
export function requireFinite(where: string, given: Batch): void {
  const bad = given.data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new InverseClaimsError('not-finite', {
    where,
    expected: 'finite numbers',
    received: `${given.data[bad]} at row ${Math.floor(bad / given.cols)}, column ${bad % given.cols}`,
  });
}

/** Rows of both, one after the other: (B, n), (B, m) → (B, n + m). The caller sees to equal rows. */
export function sideBySide(left: Batch, right: Batch): Batch {
  const both = batch(left.rows, left.cols + right.cols);
  for (let b = 0; b < left.rows; b++) {
    row(both, b).set(row(left, b));
    row(both, b).set(row(right, b), left.cols);
  }
  return both;
}

/** Columns from `first` on, `count` of them: a copy. */
export function columns(source: Batch, first: number, count: number): Batch {
  const some = batch(source.rows, count);
  for (let b = 0; b < source.rows; b++) row(some, b).set(row(source, b).subarray(first, first + count));
  return some;
}
