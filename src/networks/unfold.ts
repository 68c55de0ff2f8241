import { type Batch, batch } from '../core/batch.ts';
import type { Windows } from './periodic-convolution.ts';

/** Float32 for TensorFlow.js, float64 for the oracle. */
type Floats = Float32Array | Float64Array;

/**
 * Writes the windows of periodic signals as rows of a matrix, so that a convolution is a product with it (im2col).
 *
 *     columns[b · outputPoints + p, j · channels + c] = channel c of the point that tap j of window p reads, instance b
 *
 * What lies side by side is copied in one piece: of long ones in a third of the time of a loop.
 *
 * @param columns  (B · outputPoints, width · channels), overwritten
 * @param signals  (B, points · channels), point after point; any number B of instances
 * @example
 * import { periodicConvolutions } from './periodic-convolution.ts';
 * const [circle] = periodicConvolutions({ inputs: 4, convolution: { fields: 1, channels: [1], width: 3, stride: 2 } });
 * const columns = new Float64Array(6);
 * unfoldInto(columns, Float64Array.of(10, 11, 12, 13), circle!);
 * columns; // => Float64Array [13, 10, 11, 11, 12, 13]
 * @see Chellapilla, Puri & Simard, "High performance convolutional neural networks for document processing", IWFHR 2006.
 */
export function unfoldInto(columns: Floats, signals: Floats, windows: Windows): void {
  const { points, channels, taps } = windows;
  let to = 0;
  for (let instance = 0; instance < signals.length; instance += points * channels) {
    for (let t = 0; t < taps.length; ) {
      // A piece ends where the next tap reads elsewhere, or where the next window begins.
      const first = taps[t]!;
      let count = 1;
      while ((t + count) % windows.width !== 0 && taps[t + count] === first + count) count++;
      const from = instance + first * channels;
      copyInto(columns, to, signals, from, count * channels);
      to += count * channels;
      t += count;
    }
  }
}

/** Shorter pieces are copied faster by a loop. */
const SHORT_PIECE = 24;

function copyInto(target: Floats, to: number, source: Floats, from: number, count: number): void {
  if (count >= SHORT_PIECE) target.set(source.subarray(from, from + count), to);
  else for (let i = 0; i < count; i++) target[to + i] = source[from + i]!;
}

/**
 * The matrix of `unfoldInto` transposed, (width · channels, B · outputPoints), overwritten.
 *
 * Four of its rows at a time, because four channels of a point lie side by side in the signals: half the time of single rows.
 *
 * @example
 * import { periodicConvolutions } from './periodic-convolution.ts';
 * const [circle] = periodicConvolutions({ inputs: 4, convolution: { fields: 1, channels: [1], width: 3, stride: 2 } });
 * const columns = new Float64Array(6);
 * unfoldTransposedInto(columns, Float64Array.of(10, 11, 12, 13), circle!);
 * columns; // => Float64Array [13, 11, 10, 12, 11, 13]
 */
export function unfoldTransposedInto(columns: Floats, signals: Floats, windows: Windows): void {
  const { channels, width } = windows;
  for (let j = 0; j < width; j++) {
    let c = 0;
    for (; c + 3 < channels; c += 4) fourRowsInto(columns, signals, windows, j, c);
    for (; c < channels; c++) oneRowInto(columns, signals, windows, j, c);
  }
}

/** Tap j, channels c to c + 3. */
function fourRowsInto(columns: Floats, signals: Floats, windows: Windows, j: number, c: number): void {
  const { points, channels, outputPoints, width, taps } = windows;
  const cols = (signals.length / (points * channels)) * outputPoints;
  let to = (j * channels + c) * cols;
  for (let first = c; first < signals.length; first += points * channels) {
    for (let t = j; t < taps.length; t += width, to++) {
      const from = first + taps[t]! * channels;
      columns[to] = signals[from]!;
      columns[to + cols] = signals[from + 1]!;
      columns[to + 2 * cols] = signals[from + 2]!;
      columns[to + 3 * cols] = signals[from + 3]!;
    }
  }
}

/** Tap j, channel c. */
function oneRowInto(columns: Floats, signals: Floats, windows: Windows, j: number, c: number): void {
  const { points, channels, outputPoints, width, taps } = windows;
  let to = ((j * channels + c) * outputPoints * signals.length) / (points * channels);
  for (let first = c; first < signals.length; first += points * channels) {
    for (let t = j; t < taps.length; t += width) columns[to++] = signals[first + taps[t]! * channels]!;
  }
}

/**
 * The transpose of `unfoldInto`: adds every number of `columns` to where it was read.
 *
 * @param signals  (B, points · channels), overwritten
 * @param columns  (B · outputPoints, width · channels)
 * @example
 * import { periodicConvolutions } from './periodic-convolution.ts';
 * const [circle] = periodicConvolutions({ inputs: 4, convolution: { fields: 1, channels: [1], width: 3, stride: 2 } });
 * const signals = new Float64Array(4);
 * foldInto(signals, Float64Array.of(1, 2, 3, 4, 5, 6), circle!);
 * signals; // => Float64Array [2, 7, 5, 7]
 */
export function foldInto(signals: Floats, columns: Floats, windows: Windows): void {
  const { points, channels, taps } = windows;
  signals.fill(0);
  let at = 0;
  for (let instance = 0; instance < signals.length; instance += points * channels) {
    for (let t = 0; t < taps.length; t++) {
      const to = instance + taps[t]! * channels;
      for (let c = 0; c < channels; c++) signals[to + c]! += columns[at++]!;
    }
  }
}

/**
 * Inputs of a network, field after field, as its first convolution reads them, place after place; a copy.
 *
 * @param inputs  (B, fields · N)
 * @param order   the point at each place; places are points unless given
 * @example
 * pointAfterPoint({ rows: 1, cols: 6, data: Float64Array.of(1, 2, 3, 10, 20, 30) }, 2).data;
 * // => Float64Array [1, 10, 2, 20, 3, 30]
 */
export function pointAfterPoint(inputs: Batch, fields: number, order?: Int32Array): Batch {
  const points = inputs.cols / fields;
  const result = batch(inputs.rows, inputs.cols);
  for (let instance = 0; instance < result.data.length; instance += inputs.cols) {
    for (let field = 0; field < fields; field++) {
      for (let place = 0; place < points; place++) {
        result.data[instance + place * fields + field] =
          inputs.data[instance + field * points + (order === undefined ? place : order[place]!)]!;
      }
    }
  }
  return result;
}
