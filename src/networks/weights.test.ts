import { describe, expect, it } from 'vitest';
import type { NetworkSpec } from './network.ts';
import { initialWeights, layerShapes, parameterCount } from './weights.ts';

const spec: NetworkSpec = { inputs: 16, hidden: [25, 9], activation: 'tanh', outputs: 2 };

describe('layerShapes', () => {
  it('places kernel and bias of each layer one after the other', () => {
    const shapes = layerShapes(spec);
    expect(shapes.map(({ kernel, bias }) => [kernel, bias])).toEqual([
      [0, 400],
      [425, 650],
      [659, 677],
    ]);
    expect(parameterCount(shapes)).toBe(679);
  });

  it('is a single layer where nothing is hidden', () => {
    expect(layerShapes({ ...spec, hidden: [] })).toEqual([{ inputs: 16, outputs: 2, kernel: 0, bias: 32 }]);
  });

  it('refuses widths and activations that make no network', () => {
    expect(() => layerShapes({ ...spec, inputs: 0 })).toThrow(/network: "inputs"/);
    expect(() => layerShapes({ ...spec, outputs: 1.5 })).toThrow(/network: "outputs"/);
    expect(() => layerShapes({ ...spec, hidden: [4, Number.NaN] })).toThrow(/network: "hidden\[1\]"/);
    expect(() => layerShapes({ ...spec, activation: 'gelu' as 'tanh' })).toThrow(/"tanh" or "relu", received "gelu"/);
  });
});

describe('initialWeights', () => {
  it('is uniform on ±1/√(inputs) in every layer, kernel and bias alike', () => {
    const wide: NetworkSpec = { inputs: 100, hidden: [400], activation: 'relu', outputs: 100 };
    const weights = initialWeights(wide, 5);
    for (const { inputs, outputs, kernel, bias } of layerShapes(wide)) {
      for (const [first, end] of [
        [kernel, bias],
        [bias, bias + outputs],
      ] as const) {
        const scaled = weights.subarray(first, end).map((weight) => weight * Math.sqrt(inputs));
        const variance = scaled.reduce((sum, value) => sum + value * value, 0) / scaled.length;
        expect(Math.max(...scaled.map(Math.abs))).toBeLessThanOrEqual(1);
        // U(−1, 1) has second moment 1/3, whose estimate from n draws has standard error √(4/45/n); five of them.
        expect(Math.abs(variance - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / scaled.length));
      }
    }
  });

  it('draws layer by layer, so that a deeper network starts with the numbers of a shallower one', () => {
    const shallow = initialWeights({ ...spec, hidden: [25], outputs: 9 }, 3);
    expect(initialWeights(spec, 3).slice(0, shallow.length)).toEqual(shallow);
  });

  it('depends on the seed and on nothing else', () => {
    expect(initialWeights(spec, 1)).toEqual(initialWeights({ ...spec, activation: 'relu' }, 1));
    expect(initialWeights(spec, 1)).not.toEqual(initialWeights(spec, 2));
  });
});
