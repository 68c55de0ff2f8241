// Where tables, work space and parameters lie in memory. An array of N vectors takes 16 N bytes, a lane per trajectory.

/** Points, and bytes of one array of N vectors. */
export let points: i32 = 0;
export let bytes: i32 = 0;

/** For each of the N entries a record of nine scalars, in the order of the constants below. */
export let table: i32 = 0;
export let recordBytes: i32 = 0;

export const E: usize = 0;
export const HALF_E: usize = 1;
export const Q: usize = 2;
export const F1: usize = 3;
export const F2: usize = 4;
export const F3: usize = 5;
export const SQUARE: usize = 6;
export const FORCING: usize = 7;
export const DERIVATIVE: usize = 8;

/** Twiddles of all stages, shortest first. */
export let twiddles: i32 = 0;

/** Arrays of N vectors: right-hand sides, running sums, cotangents. */
export let scratch: i32 = 0;
/** alpha, beta − 1, and their cotangents or tangents, one vector each. */
export let parameters: i32 = 0;

/** Places everything: at `tables` the records and then the twiddles, at `work` nine arrays and six vectors. */
export function place<T>(n: i32, tables: i32, work: i32): void {
  points = n;
  bytes = n << 4;
  table = tables;
  recordBytes = 9 * <i32>sizeof<T>();
  twiddles = tables + n * recordBytes;
  scratch = work;
  parameters = work + 9 * bytes;
}

/** Scalar j from an address on, in all lanes. */
export function entry<T>(address: i32, j: i32): v128 {
  return v128.load_splat<T>(address + j * <i32>sizeof<T>());
}

/** One of the nine arrays of work space. */
export function scratchArray(k: i32): i32 {
  return scratch + k * bytes;
}
