import { describe, expect, it } from 'vitest';
import type { ConvolutionSpec } from './network.ts';
import { periodicConvolutions } from './periodic-convolution.ts';

const CONVOLUTION: ConvolutionSpec = { fields: 2, channels: [3, 5], width: 3, stride: 2 };
const refused = (change: Partial<ConvolutionSpec>, inputs = 16): (() => unknown) => {
  return () => periodicConvolutions({ inputs, convolution: { ...CONVOLUTION, ...change } });
};

describe('periodicConvolutions', () => {
  it('is empty for a fully connected network', () => {
    expect(periodicConvolutions({ inputs: 16 })).toEqual([]);
  });

  it('chains points and channels', () => {
    const [first, second, ...rest] = periodicConvolutions({ inputs: 16, convolution: CONVOLUTION });
    expect(first).toMatchObject({ points: 8, channels: 2, outputPoints: 4, outputChannels: 3, width: 3, stride: 2 });
    expect(second).toMatchObject({ points: 4, channels: 3, outputPoints: 2, outputChannels: 5, width: 3, stride: 2 });
    expect(rest).toEqual([]);
  });

  it.each([
    { fields: 1, channels: [1], width: 5, stride: 1 },
    { fields: 1, channels: [1], width: 1, stride: 3 },
    { fields: 1, channels: [1], width: 31, stride: 4 },
  ])('reads (p · stride + j − (width − 1) / 2) mod N: %j', (convolution) => {
    const { taps } = periodicConvolutions({ inputs: 12, convolution })[0]!;
    expect(taps).toHaveLength((12 / convolution.stride) * convolution.width);
    taps.forEach((point, k) => {
      const p = Math.floor(k / convolution.width);
      const distance = p * convolution.stride + (k % convolution.width) - (convolution.width - 1) / 2 - point;
      expect(Math.abs(distance % 12)).toBe(0);
      expect(point).toBeGreaterThanOrEqual(0);
      expect(point).toBeLessThan(12);
    });
  });

  it('reads a square around each point of a torus, in the order of the kernel', () => {
    const convolution = { fields: 1, channels: [1, 1], width: 3, stride: 2, dimensions: 2 } as const;
    const [layer, next] = periodicConvolutions({ inputs: 64, convolution });
    const { taps, order, outputOrder } = layer!;
    expect(Array.from(order).sort((a, b) => a - b)).toEqual([...Array(64).keys()]);
    expect(outputOrder).toEqual(next!.order);
    for (let p = 0; p < 16; p++) {
      const [y, x] = [Math.floor(outputOrder[p]! / 4), outputOrder[p]! % 4];
      const read = Array.from(taps.slice(9 * p, 9 * p + 9), (place) => order[place]);
      const around = [7, 0, 1].flatMap((dy) => [7, 0, 1].map((dx) => ((2 * y + dy) % 8) * 8 + ((2 * x + dx) % 8)));
      expect(read).toEqual(around);
    }
  });

  it.each([
    ['an even width', refused({ width: 4 }), 'out-of-range', /"convolution.width": expected an odd integer/],
    ['no channels', refused({ channels: [] }), 'out-of-range', /"convolution.channels.length"/],
    ['half a channel', refused({ channels: [3, 2.5] }), 'out-of-range', /"convolution.channels\[1\]"/],
    ['zero channels', refused({ channels: [0] }), 'out-of-range', /"convolution.channels\[0\]"/],
    ['half a field', refused({ fields: 0.5 }), 'out-of-range', /"convolution.fields"/],
    ['no field', refused({ fields: 0 }), 'out-of-range', /"convolution.fields"/],
    ['a stride of 1.5', refused({ stride: 1.5 }), 'out-of-range', /"convolution.stride"/],
    ['a negative width', refused({ width: -3 }), 'out-of-range', /"convolution.width"/],
    ['a width that is none', refused({ width: Number.NaN }), 'not-finite', /"convolution.width"/],
    [
      'inputs that are not two signals',
      refused({}, 17),
      'shape-mismatch',
      /fields": expected a divisor of the 17 inputs/,
    ],
    ['a stride too wide', refused({ stride: 3 }), 'shape-mismatch', /divisor of the 8 points before convolution 0/],
    ['signals that are no squares', refused({ dimensions: 2 }), 'shape-mismatch', /squares.*8 points/s],
    ['three dimensions', refused({ dimensions: 3 as 2 }), 'out-of-range', /"convolution.dimensions"/],
    ['a stride too deep', refused({}, 12), 'shape-mismatch', /divisor of the 3 points before convolution 1/],
  ])('refuses %s', (_, call, code, message) => {
    expect(call).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });
});
