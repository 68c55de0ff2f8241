// Where everything lies in memory: number i of an array of the reference is the vector at address + 16 i, a lane per flow.
// Tables hold scalars of 8 bytes.

export let points: i32 = 0;
export let most: i32 = 0;
export let waves: i32 = 0;
export let modes: i32 = 0;
/** From one column of a plane to the next, from one plane to the next, of one line, of one field's modes, of a state. */
export let columnBytes: i32 = 0;
export let planeBytes: i32 = 0;
export let lineBytes: i32 = 0;
export let fieldBytes: i32 = 0;
export let stateBytes: i32 = 0;

/** Six scalars for each mode, in the order of ../../flow-tables.ts, and the twiddles of ../../line-fourier.ts. */
export let records: i32 = 0;
export let twiddles: i32 = 0;
export let twiddlesEnd: i32 = 0;
export const RECORD_BYTES: i32 = 48;
export const DECAY_MARKER: usize = 8;
export const ALONG_X: usize = 16;
export const ALONG_Y: usize = 24;
export const UPWARD: usize = 32;
export const ACROSS: usize = 40;

/** Four planes, four lines, then the slope, the sum, the cotangent and the state. */
export let planes: i32 = 0;
export let lines: i32 = 0;
export let slope: i32 = 0;
export let sum: i32 = 0;
export let cotangent: i32 = 0;
export let state: i32 = 0;

export let step: f64 = 0;

export function place(n: i32, h: f64, tables: i32, twiddleCount: i32, work: i32): void {
  points = n;
  step = h;
  most = (n + 2) / 3 - 1;
  waves = 2 * most + 1;
  modes = (most + 1) * waves;
  lineBytes = n << 5;
  columnBytes = lineBytes + 64;
  planeBytes = waves * columnBytes;
  fieldBytes = modes << 5;
  stateBytes = fieldBytes << 1;
  records = tables;
  twiddles = records + modes * RECORD_BYTES;
  twiddlesEnd = twiddles + 8 * twiddleCount;
  planes = work;
  lines = planes + 4 * planeBytes;
  slope = lines + 4 * lineBytes;
  sum = slope + stateBytes;
  cotangent = sum + stateBytes;
  state = cotangent + stateBytes;
}
