import { describe, expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import { type PeriodicConvolution, periodicConvolutions } from './periodic-convolution.ts';
import { foldInto, pointAfterPoint, unfoldInto, unfoldTransposedInto } from './unfold.ts';

const INSTANCES = 3;
/** Sums of at most 500 products of numbers near 1. */
const ROUNDING = 1024 * Number.EPSILON;

/** Fields, width and stride on 12 points: channels in fours and not, windows that overlap, leave gaps, and go around twice. */
const cases = [
  [1, 3, 1],
  [2, 5, 2],
  [6, 1, 3],
  [4, 7, 4],
  [5, 27, 2],
].map(([fields, width, stride]) => {
  const convolution = { fields: fields!, channels: [1], width: width!, stride: stride! };
  return periodicConvolutions({ inputs: 12 * fields!, convolution })[0] as PeriodicConvolution;
});

function drawn(length: number, seed: number): Float64Array {
  const random = stream(seed, 'test/unfold');
  return Float64Array.from({ length }, () => random.normal());
}

function unfolded(signals: Float64Array, convolution: PeriodicConvolution): Float64Array {
  const { outputPoints, width, channels } = convolution;
  const columns = new Float64Array(INSTANCES * outputPoints * width * channels);
  unfoldInto(columns, signals, convolution);
  return columns;
}

describe.each(cases)('windows of width $width, stride $stride, $channels channels', (convolution) => {
  const { points, channels, outputPoints, width, stride } = convolution;
  const signals = drawn(INSTANCES * points * channels, 1);
  const columns = unfolded(signals, convolution);

  it('has the point p · stride + j − (width − 1) / 2 at tap j of row p', () => {
    let at = 0;
    for (let b = 0; b < INSTANCES; b++) {
      for (let p = 0; p < outputPoints; p++) {
        for (let j = 0; j < width; j++) {
          const point = (p * stride + j - (width - 1) / 2 + 10 * points) % points;
          for (let c = 0; c < channels; c++) expect(columns[at++]).toBe(signals[(b * points + point) * channels + c]);
        }
      }
    }
    expect(at).toBe(columns.length);
  });

  it('is transposed by unfoldTransposedInto', () => {
    const transposed = new Float64Array(columns.length);
    unfoldTransposedInto(transposed, signals, convolution);
    const [rows, cols] = [INSTANCES * outputPoints, width * channels];
    expect(transposed.map((_, k) => transposed[(k % cols) * rows + Math.floor(k / cols)]!)).toEqual(columns);
  });

  it('has foldInto as its transpose, whatever was there before', () => {
    const bar = drawn(columns.length, 2);
    const folded = drawn(signals.length, 3);
    foldInto(folded, bar, convolution);
    const left = columns.reduce((sum, value, k) => sum + value * bar[k]!, 0);
    const right = signals.reduce((sum, value, k) => sum + value * folded[k]!, 0);
    expect(Math.abs(left - right)).toBeLessThan(ROUNDING * columns.length);
  });
});

describe('pointAfterPoint', () => {
  it('transposes every instance and leaves its argument alone', () => {
    const data = Float64Array.of(1, 2, 3, 10, 20, 30, 4, 5, 6, 40, 50, 60);
    const inputs = { rows: 2, cols: 6, data: data.slice() };
    expect(pointAfterPoint(inputs, 2).data).toEqual(Float64Array.of(1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60));
    expect(pointAfterPoint(inputs, 1)).toEqual(inputs);
    expect(inputs.data).toEqual(data);
  });
});
