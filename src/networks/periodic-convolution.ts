import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import type { ConvolutionSpec, NetworkSpec } from './network.ts';

/** Windows of a periodic signal that lies point after point, channel c of point i at i · channels + c. */
export interface Windows {
  readonly points: number;
  readonly channels: number;
  /** One window for each. */
  readonly outputPoints: number;
  /** Points in a window. */
  readonly width: number;
  /** (outputPoints, width), row-major: the point that tap j of window p reads. */
  readonly taps: Int32Array;
}

/** A periodic convolution: a dense layer on the windows of a signal. */
export interface PeriodicConvolution extends Windows {
  readonly outputChannels: number;
  /** outputPoints = points / stride. */
  readonly stride: number;
}

/**
 * The convolutions of a spec, first to last; none where it has none.
 *
 *     out[p, o] = φ(bias[o] + Σ_j Σ_c kernel[j, c; o] · in[(p · stride + j − (width − 1) / 2) mod N, c])
 *
 * for output points p, taps j and channels c, o; rows j · channels + c of the kernel, columns o.
 * Signals lie point after point (channel c of point i at i · channels + c) between the layers, and that is also how the
 * last one is flattened for the dense layers; only the inputs of the network lie field after field. A kernel may be wider
 * than the signal: it then goes around more than once.
 *
 * Throws `out-of-range` for an even width, no channels, and anything that is not an integer >= 1 (`not-finite` for what is
 * no number); `shape-mismatch` for inputs that are not `fields` signals of equal length and for a number of points that the
 * stride does not divide.
 *
 * @param spec  `inputs`: an integer >= 1
 * @example
 * const convolution = { fields: 1, channels: [7, 8], width: 3, stride: 2 };
 * const layers = periodicConvolutions({ inputs: 8, convolution });
 * layers.map(({ points, channels, outputPoints }) => [points, channels, outputPoints]); // => [[8, 1, 4], [4, 7, 2]]
 * layers[0]?.taps; // => Int32Array [7, 0, 1, 1, 2, 3, 3, 4, 5, 5, 6, 7]
 */
export function periodicConvolutions(
  spec: Pick<NetworkSpec, 'inputs' | 'convolution'>,
): readonly PeriodicConvolution[] {
  if (spec.convolution === undefined) return [];
  const { fields, channels: made, width, stride } = spec.convolution;
  requireIntegers(spec.convolution);
  requireDivisor('fields', spec.inputs, fields, 'inputs');
  let points = spec.inputs / fields;
  let channels = fields;
  return made.map((outputChannels, layer) => {
    requireDivisor('stride', points, stride, `points before convolution ${layer}`);
    const windows = periodicWindows({ points, channels, width, stride, first: -(width - 1) / 2 });
    points = windows.outputPoints;
    channels = outputChannels;
    return { ...windows, outputChannels, stride };
  });
}

/** Tap j of window p reads point (p · stride + first + j) mod points; the stride divides the points. */
export function periodicWindows(given: {
  readonly points: number;
  readonly channels: number;
  readonly width: number;
  readonly stride: number;
  readonly first: number;
}): Windows {
  const { points, channels, width, stride, first } = given;
  const outputPoints = points / stride;
  const taps = Int32Array.from({ length: outputPoints * width }, (_, k) => {
    const point = Math.floor(k / width) * stride + first + (k % width);
    return ((point % points) + points) % points;
  });
  return { points, channels, outputPoints, width, taps };
}

function requireIntegers({ fields, channels, width, stride }: ConvolutionSpec): void {
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
