import { describe, expect, it } from 'vitest';
import { batch } from '../core/batch.ts';
import { float64Network } from './float64.ts';
import type { NetworkSpec } from './network.ts';

const spec: NetworkSpec = { inputs: 3, hidden: [4], activation: 'tanh', outputs: 2 };
const inputs = batch(2, 3, Float64Array.of(0.5, -1, 2, 1.5, 0.25, -0.75));
const bar = batch(2, 2, Float64Array.of(1, -2, 0.5, 3));
/** A handful of roundings of numbers below 1. */
const ROUNDING = 16 * Number.EPSILON;

describe('a trainable network', () => {
  it('takes the steps of Adam, bias correction included', () => {
    const network = float64Network(spec, 4);
    const expected = network.parameters();
    const m = expected.map(() => 0);
    const v = expected.map(() => 0);
    for (let t = 1; t <= 3; t++) {
      const rate = 0.01 * t;
      const gradient = network.pullback(inputs, bar);
      network.update(inputs, bar, rate);
      gradient.forEach((g, i) => {
        m[i] = 0.9 * m[i]! + 0.1 * g;
        v[i] = 0.999 * v[i]! + 0.001 * g * g;
        expected[i]! -= (rate * m[i]!) / (1 - 0.9 ** t) / (Math.sqrt(v[i]! / (1 - 0.999 ** t)) + 1e-8);
      });
      network.parameters().forEach((value, i) => {
        expect(Math.abs(value - expected[i]!), `step ${t}, parameter ${i}`).toBeLessThan(ROUNDING);
      });
    }
  });

  it('predicts with the parameters it shows, before and after a step', () => {
    const network = float64Network({ ...spec, hidden: [], outputs: 1 }, 4);
    const seen: number[] = [];
    for (let step = 0; step < 2; step++) {
      const [w0, w1, w2, b] = network.parameters() as unknown as [number, number, number, number];
      const [first] = network.predict(inputs).data as unknown as [number];
      expect(Math.abs(first - (0.5 * w0 - w1 + 2 * w2 + b))).toBeLessThan(ROUNDING);
      seen.push(first);
      network.update(inputs, batch(2, 1, Float64Array.of(1, 1)), 0.1);
    }
    expect(Math.abs(seen[0]! - seen[1]!)).toBeGreaterThan(0.1);
  });

  it('updates alike after a prediction at the same inputs, at others, and after none', () => {
    const updated = [inputs, batch(1, 3, Float64Array.of(9, 9, 9)), undefined].map((predicted) => {
      const network = float64Network(spec, 4);
      for (let step = 0; step < 2; step++) {
        if (predicted !== undefined) network.predict(predicted);
        network.update(inputs, bar, 0.1);
      }
      return network.parameters();
    });
    expect(updated[1]).toEqual(updated[0]);
    expect(updated[2]).toEqual(updated[0]);
  });

  it('sees that inputs were overwritten between predict and update', () => {
    const overwritten = batch(2, 3, new Float64Array(6));
    const network = float64Network(spec, 4);
    const reference = float64Network(spec, 4);
    network.predict(overwritten);
    overwritten.data.set(inputs.data);
    network.update(overwritten, bar, 0.1);
    reference.update(inputs, bar, 0.1);
    expect(network.parameters()).toEqual(reference.parameters());
  });

  it('hands out copies of its parameters and gradients', () => {
    const network = float64Network(spec, 4);
    network.parameters().fill(0);
    const gradient = network.pullback(inputs, bar);
    const kept = gradient.slice();
    network.pullback(inputs, batch(2, 2));
    expect(gradient).toEqual(kept);
    expect(network.parameters()).toEqual(float64Network(spec, 4).parameters());
  });

  it('refuses shapes, rates and gradients it cannot use, and then still works', () => {
    const network = float64Network(spec, 4);
    expect(() => network.predict(batch(2, 4))).toThrow(/network.predict: "inputs": expected shape \(B, 3\)/);
    expect(() => network.predict(batch(0, 3))).toThrow(/"inputs.rows"/);
    expect(() => network.update(inputs, batch(1, 2), 0.1)).toThrow(/"outputBar": expected shape \(2, 2\)/);
    expect(() => network.update(inputs, batch(2, 2, new Float64Array(4).fill(Number.NaN)), 0.1)).toThrow(/finite/);
    for (const rate of [0, -1, Number.NaN]) expect(() => network.update(inputs, bar, rate)).toThrow(/"rate"/);
    expect(network.parameters()).toEqual(float64Network(spec, 4).parameters());
  });

  it('can be disposed twice and used no more', () => {
    const network = float64Network(spec, 4);
    network.dispose();
    network.dispose();
    expect(() => network.predict(inputs)).toThrow(/has not been disposed/);
    expect(() => network.update(inputs, bar, 0.1)).toThrow(/has not been disposed/);
  });
});
