import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import type { ConvolutionSpec, NetworkSpec } from './network.ts';

/** Windows of a periodic signal that lies place after place, channel c of place i at i · channels + c. */
export interface Windows {
  readonly points: number;
  readonly channels: number;
  /** One window for each. */
  readonly outputPoints: number;
  /** Points in a window. */
  readonly width: number;
  /** (outputPoints, width), row-major: the place that tap j of window p reads. */
  readonly taps: Int32Array;
}

/** A periodic convolution: a dense layer on the windows of a signal. */
export interface PeriodicConvolution extends Windows {
  readonly outputChannels: number;
  readonly dimensions: 1 | 2;
  /** Points along a dimension, of what is read; those of what is made are side / stride. */
  readonly side: number;
  /** Points of a window along a dimension. */
  readonly reach: number;
  readonly stride: number;
  /** The point, row after row, at each place of what is read and of what is made. */
  readonly order: Int32Array;
  readonly outputOrder: Int32Array;
}

/**
 * The convolutions of a spec, first to last; none where it has none.
 *
 *     out[p, o] = φ(bias[o] + Σ_j Σ_c kernel[j, c; o] · in[(p · stride + j − (width − 1) / 2) mod N, c])
 *
 * for output points p, taps j and channels c, o; rows j · channels + c of the kernel, columns o. In two dimensions p and j are
 * pairs, j row after row.
 *
 * Signals lie place after place (channel c of place i at i · channels + c) between the layers, and that is also how the
 * last one is flattened for the dense layers; only the inputs of the network lie field after field. In one dimension places are
 * points; in two, the stride² points that one output point begins at lie together, so that the pullback is a product whose rows need
 * no sorting. A kernel may be wider than the signal: it then goes around more than once.
 *
 * Throws `out-of-range` for an even width, no channels, other dimensions and anything that is not an integer >= 1 (`not-finite` for
 * what is no number); `shape-mismatch` for inputs that are not `fields` signals of equal length, in two dimensions squares, and for
 * a number of points that the stride does not divide.
 *
 * @param spec  `inputs`: an integer >= 1
 * @example
 * const convolution = { fields: 1, channels: [7, 8], width: 3, stride: 2 };
 * const layers = periodicConvolutions({ inputs: 8, convolution });
 * layers.map(({ points, channels, outputPoints }) => [points, channels, outputPoints]); // => [[8, 1, 4], [4, 7, 2]]
 * layers[0]?.taps; // => Int32Array [7, 0, 1, 1, 2, 3, 3, 4, 5, 5, 6, 7]
 * periodicConvolutions({ inputs: 16, convolution: { ...convolution, dimensions: 2, channels: [1] } })[0]?.order;
 * // => Int32Array [0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]
 */
export function periodicConvolutions(
  spec: Pick<NetworkSpec, 'inputs' | 'convolution'>,
): readonly PeriodicConvolution[] {
  if (spec.convolution === undefined) return [];
  const { channels: made, width: reach, stride, dimensions = 1 } = spec.convolution;
  const sides = sidesOf(spec.inputs, spec.convolution);
  const layers: PeriodicConvolution[] = [];
  let outputOrder = Int32Array.from({ length: (sides[made.length] as number) ** dimensions }, (_, i) => i);
  // From the last one back: what the next layer reads decides where this one writes.
  for (let layer = made.length - 1; layer >= 0; layer--) {
    const side = sides[layer] as number;
    const order = finerOrder(outputOrder, { dimensions, side, stride });
    const channels = layer === 0 ? spec.convolution.fields : (made[layer - 1] as number);
    const first = -(reach - 1) / 2;
    const windows = periodicWindows({ dimensions, side, order, outputOrder, channels, reach, stride, first });
    layers.unshift({
      ...windows,
      outputChannels: made[layer] as number,
      dimensions,
      side,
      reach,
      stride,
      order,
      outputOrder,
    });
    outputOrder = order;
  }
  return layers;
}

/** Points along a dimension before each convolution and after the last one. */
function sidesOf(inputs: number, convolution: ConvolutionSpec): readonly number[] {
  requireIntegers(convolution);
  const { fields, channels, stride, dimensions = 1 } = convolution;
  requireDivisor('fields', inputs, fields, 'inputs');
  const sides = [dimensions === 1 ? inputs / fields : Math.sqrt(inputs / fields)];
  if (!Number.isInteger(sides[0])) {
    throw new InverseClaimsError('shape-mismatch', {
      where: 'network: "convolution.dimensions"',
      expected: 'signals that are squares',
      received: `${inputs / fields} points`,
    });
  }
  channels.forEach((_, layer) => {
    const side = sides[layer] as number;
    requireDivisor('stride', side, stride, `points before convolution ${layer}`);
    sides.push(side / stride);
  });
  return sides;
}

interface Grid {
  readonly dimensions: 1 | 2;
  readonly side: number;
}

/** Rows and columns of a grid; one dimension is a single row. */
const rowsOf = ({ dimensions, side }: Grid): number => (dimensions === 1 ? 1 : side);

/** Places of the finer grid: stride (or stride²) of them for each place of the coarser one, in its order. */
function finerOrder(
  coarser: Int32Array<ArrayBuffer>,
  grid: Grid & { readonly stride: number },
): Int32Array<ArrayBuffer> {
  const { dimensions, side, stride } = grid;
  const [across, down] = [stride, dimensions === 1 ? 1 : stride];
  const coarserSide = side / stride;
  return Int32Array.from({ length: coarser.length * across * down }, (_, place) => {
    const point = coarser[Math.floor(place / (across * down))]!;
    const phase = place % (across * down);
    const row = Math.floor(point / coarserSide) * down + Math.floor(phase / across);
    return row * side + (point % coarserSide) * across + (phase % across);
  });
}

/**
 * Tap j of window p reads point (p · stride + first + j) mod side along each dimension; the stride divides the side.
 *
 * @param given  `order`, `outputOrder`: the point at each place of what is read and of what is made
 */
export function periodicWindows(
  given: Grid & {
    readonly order: Int32Array;
    readonly outputOrder: Int32Array;
    readonly channels: number;
    readonly reach: number;
    readonly stride: number;
    readonly first: number;
  },
): Windows {
  const { dimensions, side, order, outputOrder, channels, reach, stride, first } = given;
  const rows = rowsOf(given);
  const placeOf = new Int32Array(order.length);
  order.forEach((point, place) => {
    placeOf[point] = place;
  });
  const width = reach ** dimensions;
  const outputSide = side / stride;
  const wrapped = (value: number, length: number): number => ((value % length) + length) % length;
  const taps = Int32Array.from({ length: outputOrder.length * width }, (_, k) => {
    const point = outputOrder[Math.floor(k / width)]!;
    const tap = k % width;
    const column = wrapped((point % outputSide) * stride + first + (tap % reach), side);
    const row =
      dimensions === 1 ? 0 : wrapped(Math.floor(point / outputSide) * stride + first + Math.floor(tap / reach), rows);
    return placeOf[row * side + column]!;
  });
  return { points: order.length, channels, outputPoints: outputOrder.length, width, taps };
}

function requireIntegers({ fields, channels, width, stride, dimensions = 1 }: ConvolutionSpec): void {
  requireNumber('network: "convolution.dimensions"', dimensions, { minimum: 1, maximum: 2, integer: true });
  for (const [name, value] of Object.entries({ fields, width, stride })) {
    requireNumber(`network: "convolution.${name}"`, value, { minimum: 1, integer: true });
  }
  if (width % 2 === 0) {
    throw new InverseClaimsError('out-of-range', {
      where: 'network: "convolution.width"',
      expected: 'an odd integer, so that a window has a center',
      received: String(width),
    });
  }
  requireNumber('network: "convolution.channels.length"', channels.length, { minimum: 1 });
  channels.forEach((count, layer) => {
    requireNumber(`network: "convolution.channels[${layer}]"`, count, { minimum: 1, integer: true });
  });
}

function requireDivisor(option: string, value: number, divisor: number, what: string): void {
  if (value % divisor === 0) return;
  throw new InverseClaimsError('shape-mismatch', {
    where: `network: "convolution.${option}"`,
    expected: `a divisor of the ${value} ${what}`,
    received: String(divisor),
  });
}
