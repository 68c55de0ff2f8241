import { type PeriodicConvolution, periodicWindows, type Windows } from './periodic-convolution.ts';

/** What takes the cotangent of the output of a periodic convolution to that of its input. */
export interface TransposedConvolution {
  /** Of the cotangent ā of the output, (B, outputPoints · outputChannels). */
  readonly windows: Windows;
  /** (phases, windows.width), row-major: the tap that joins phase r and place d of the window, −1 where there is none. */
  readonly taps: Int32Array;
  /** Channels of the input; K′ is as wide as one period of phases, cols = phases · channels. */
  readonly channels: number;
  readonly cols: number;
}

/**
 * The pullback of a periodic convolution, as one of stride 1 whose every output is a period of the input cotangent: `stride` points,
 * stride² in two dimensions.
 *
 * Input point stride · m + r has met output point m + d under tap j = r + (width − 1) / 2 − stride · d. With the windows of
 * ā as rows of V (B · outputPoints, windows.width · outputChannels),
 *
 *     h̄ = V K′      K′[d, o; r, c] = K[j, c; o], 0 where there is no such tap
 *
 * and the rows of h̄, a period each, are (B, points · channels) number by number; in two dimensions r, d and j are pairs. On wasm, `update` of the network
 * measured in tensorflow.ts takes a seventh less time so than with the cotangent of the columns and `foldInto`.
 *
 * @example
 * import { periodicConvolutions } from './periodic-convolution.ts';
 * const [circle] = periodicConvolutions({ inputs: 8, convolution: { fields: 1, channels: [1], width: 3, stride: 2 } });
 * const { windows, taps } = transposedConvolution(circle!);
 * windows.taps; // => Int32Array [0, 1, 1, 2, 2, 3, 3, 0]
 * taps; // => Int32Array [1, -1, 2, 0]
 * @see Shi et al., "Is the deconvolution layer the same as a convolutional layer?", arXiv:1609.07009.
 */
export function transposedConvolution(convolution: PeriodicConvolution): TransposedConvolution {
  const { dimensions, side, stride, reach, channels, outputChannels, outputOrder } = convolution;
  const half = (reach - 1) / 2;
  const first = -Math.floor(half / stride);
  const last = Math.floor((stride - 1 + half) / stride);
  const back = last - first + 1;
  const tapAlong = (phase: number, place: number): number => {
    const tap = phase + half - stride * (first + place);
    return tap >= 0 && tap < reach ? tap : -1;
  };
  const [phases, places] = [stride ** dimensions, back ** dimensions];
  const taps = Int32Array.from({ length: phases * places }, (_, k) => {
    const [phase, place] = [Math.floor(k / places), k % places];
    const x = tapAlong(phase % stride, place % back);
    if (dimensions === 1) return x;
    const y = tapAlong(Math.floor(phase / stride), Math.floor(place / back));
    return x < 0 || y < 0 ? -1 : y * reach + x;
  });
  const windows = periodicWindows({
    dimensions,
    side: side / stride,
    order: outputOrder,
    outputOrder,
    channels: outputChannels,
    reach: back,
    stride: 1,
    first,
  });
  return { windows, taps, channels, cols: phases * channels };
}

/** K′ (windows.width · outputChannels, stride · channels), row-major, from K (width · channels, outputChannels). */
export function transposedKernel(kernel: Float32Array, transposed: TransposedConvolution): Float32Array {
  const { windows, taps, channels, cols } = transposed;
  const { width: reach, channels: outputs } = windows;
  const result = new Float32Array(reach * outputs * cols);
  taps.forEach((tap, k) => {
    if (tap < 0) return;
    const place = (k % reach) * outputs * cols + Math.floor(k / reach) * channels;
    for (let c = 0; c < channels; c++) {
      const from = (tap * channels + c) * outputs;
      for (let o = 0; o < outputs; o++) result[place + o * cols + c] = kernel[from + o]!;
    }
  });
  return result;
}
