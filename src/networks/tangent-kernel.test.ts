import { describe, expect, it } from 'vitest';
import { batch } from '../core/batch.ts';
import { stream } from '../core/random.ts';
import { loadBackend } from './backend.ts';
import { float64Network } from './float64.ts';
import type { Network, NetworkSpec } from './network.ts';
import { gradientDescentStep, tangentKernel, withPullback } from './tangent-kernel.ts';

const SPEC: NetworkSpec = { inputs: 3, hidden: [32], activation: 'relu', outputs: 1 };

function drawn(purpose: string, rows: number, cols: number) {
  const random = stream(5, `test/${purpose}`);
  return batch(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => random.normal()),
  );
}

describe('tangentKernel', () => {
  it('is J Jᵀ with J by finite differences of the outputs', () => {
    const network = float64Network({ ...SPEC, hidden: [4], activation: 'tanh' }, 3);
    const inputs = drawn('inputs', 3, 3);
    const kernel = tangentKernel(network, inputs);
    const theta = network.parameters();
    // The pullback of one output is a row of J; a direction of θ is reached by a step along it.
    const before = network.predict(inputs).data;
    const outputBar = batch(3, 1, Float64Array.of(0.3, -1, 2));
    const gradient = network.pullback(inputs, outputBar);
    gradientDescentStep(network, inputs, outputBar, 1e-6);
    const after = network.predict(inputs).data;
    network.parameters().forEach((value, k) => {
      expect(Math.abs((theta[k]! - value) / 1e-6 - gradient[k]!)).toBeLessThan(1e-4 * Math.abs(gradient[k]!) + 1e-9);
    });
    for (let i = 0; i < 3; i++) {
      const predicted = outputBar.data.reduce((sum, g, j) => sum - kernel.data[3 * i + j]! * g, 0);
      expect(Math.abs((after[i]! - before[i]!) / 1e-6 - predicted)).toBeLessThan(1e-4 * Math.abs(predicted));
    }
  });

  it.each(['wasm', 'cpu'] as const)('%s: equals that of the float64 network with the same weights', async (name) => {
    const { makeNetwork } = await loadBackend(name);
    const network = withPullback(makeNetwork(SPEC, 8));
    const oracle = float64Network(SPEC, 8);
    const inputs = drawn('inputs', 5, 3);
    const expected = tangentKernel(oracle, inputs);
    tangentKernel(network, inputs).data.forEach((value, k) => {
      expect(Math.abs(value - expected.data[k]!)).toBeLessThan(1e-5 * (1 + Math.abs(expected.data[k]!)));
    });
    network.dispose();
  });

  it('throws for a network without a pullback, and for a step without direction', () => {
    const { predict, update, parameters, dispose, backend, parameterCount } = float64Network(SPEC, 1);
    const bare: Network = { predict, update, parameters, dispose, backend, parameterCount };
    expect(() => withPullback(bare)).toThrow(expect.objectContaining({ code: 'unknown-option' }));
    const inputs = drawn('inputs', 1, 3);
    expect(() => gradientDescentStep(bare, inputs, batch(1, 1), 1)).toThrow(
      expect.objectContaining({ code: 'out-of-range' }),
    );
    expect(() => gradientDescentStep(bare, inputs, batch(1, 1, Float64Array.of(1)), 0)).toThrow(
      expect.objectContaining({ code: 'out-of-range' }),
    );
  });
});
