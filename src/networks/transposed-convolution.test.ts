import { describe, expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import { type PeriodicConvolution, periodicConvolutions } from './periodic-convolution.ts';
import { transposedConvolution, transposedKernel } from './transposed-convolution.ts';
import { foldInto, unfoldInto } from './unfold.ts';

const INSTANCES = 2;
/** Float32 kernels are exact in float64: sums of at most 150 products of numbers near 1. */
const ROUNDING = 1024 * Number.EPSILON;

function drawn(length: number, seed: number): Float64Array {
  const random = stream(seed, 'test/transposed');
  return Float64Array.from({ length }, () => random.normal());
}

/** (rows, inner) · (inner, cols). */
function product(a: Float64Array, b: ArrayLike<number>, inner: number): Float64Array {
  const cols = b.length / inner;
  return Float64Array.from({ length: (a.length / inner) * cols }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < inner; i++) sum += a[Math.floor(k / cols) * inner + i]! * b[i * cols + (k % cols)]!;
    return sum;
  });
}

describe.each([
  [1, 3, 1, 1],
  [2, 5, 2, 1],
  [3, 1, 3, 1],
  [2, 3, 4, 1],
  [4, 7, 3, 1],
  [2, 29, 2, 1],
  [1, 3, 1, 2],
  [2, 5, 2, 2],
  [3, 1, 3, 2],
  [1, 7, 4, 2],
] as const)('the pullback of a convolution of %i channels, width %i, stride %i in %i dimensions', (...numbers) => {
  const [fields, reach, stride, dimensions] = numbers;
  const width = reach ** dimensions;
  const convolution = { fields, channels: [3], width: reach, stride, dimensions };
  const [given] = periodicConvolutions({ inputs: 12 ** dimensions * fields, convolution }) as [PeriodicConvolution];
  const { outputPoints, outputChannels, channels, points } = given;

  it('is the transpose of the product, folded', () => {
    const kernel = new Float32Array(drawn(width * channels * outputChannels, 1));
    const bar = drawn(INSTANCES * outputPoints * outputChannels, 2);
    const kernelT = kernel.map((_, k) => {
      const cols = width * channels;
      return kernel[(k % cols) * outputChannels + Math.floor(k / cols)]!;
    });
    const expected = new Float64Array(INSTANCES * points * channels);
    foldInto(expected, product(bar, kernelT, outputChannels), given);

    const back = transposedConvolution(given);
    const inner = back.windows.width * outputChannels;
    const windows = new Float64Array(INSTANCES * outputPoints * inner);
    unfoldInto(windows, bar, back.windows);
    const inputBar = product(windows, transposedKernel(kernel, back), inner);
    expect(inputBar).toHaveLength(expected.length);
    inputBar.forEach((value, k) => {
      expect(Math.abs(value - expected[k]!)).toBeLessThan(ROUNDING);
    });
  });

  it('uses every tap once and reaches no further than it must', () => {
    const { taps, windows } = transposedConvolution(given);
    expect(Array.from(taps.filter((tap) => tap >= 0)).sort((a, b) => a - b)).toEqual([...Array(width).keys()]);
    expect(windows.width).toBeLessThanOrEqual((Math.ceil((reach - 1) / stride) + 1) ** dimensions);
  });
});
