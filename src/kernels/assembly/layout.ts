// Where tables, work space and parameters lie in memory. An array of N vectors takes 16 N bytes, a lane per trajectory.

/** Points, and bytes of one array of N vectors. */
export let points: i32 = 0;
export let bytes: i32 = 0;

/** Table of N scalars each, one after the other in this order. */
export let tableE: i32 = 0;
export let tableHalfE: i32 = 0;
export let tableQ: i32 = 0;
export let tableF1: i32 = 0;
export let tableF2: i32 = 0;
export let tableF3: i32 = 0;
export let tableSquare: i32 = 0;
export let tableForcing: i32 = 0;
export let tableDerivative: i32 = 0;
/** Twiddles of all stages, shortest first. */
export let twiddles: i32 = 0;

/** Arrays of N vectors: right-hand sides, running sums, cotangents. */
export let scratch: i32 = 0;
/** alpha, beta − 1, and their cotangents or tangents, one vector each. */
export let parameters: i32 = 0;

/** Places everything; `tables` holds 9 N scalars and then the twiddles, `work` 9 arrays and 6 vectors. */
export function place<T>(n: i32, tables: i32, work: i32): void {
  const table = n * <i32>sizeof<T>();
  points = n;
  bytes = n << 4;
  tableE = tables;
  tableHalfE = tables + table;
  tableQ = tables + 2 * table;
  tableF1 = tables + 3 * table;
  tableF2 = tables + 4 * table;
  tableF3 = tables + 5 * table;
  tableSquare = tables + 6 * table;
  tableForcing = tables + 7 * table;
  tableDerivative = tables + 8 * table;
  twiddles = tables + 9 * table;
  scratch = work;
  parameters = work + 9 * bytes;
}

/** Entry j of a table in all lanes. */
export function entry<T>(table: i32, j: i32): v128 {
  return v128.load_splat<T>(table + j * <i32>sizeof<T>());
}

export function at(array: i32, j: i32): i32 {
  return array + (j << 4);
}

/** One of the nine arrays of work space. */
export function scratchArray(k: i32): i32 {
  return scratch + k * bytes;
}
