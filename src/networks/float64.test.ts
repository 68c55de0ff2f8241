import { describe, expect, it } from 'vitest';
import { type Batch, batch } from '../core/batch.ts';
import { stream } from '../core/random.ts';
import { float64Network } from './float64.ts';
import type { NetworkSpec } from './network.ts';
import { layerShapes } from './weights.ts';

// Odd widths and row counts, so that the ends of the unrolled loops are used.
const spec: NetworkSpec = { inputs: 5, hidden: [7, 6], activation: 'tanh', outputs: 3 };
const ROWS = 6;
/** Sums of fewer than 10 rounded products of numbers near 1, three layers deep. */
const ROUNDING = 256 * Number.EPSILON;

function randomBatch(rows: number, cols: number, seed: number): Batch {
  const random = stream(seed, 'test/batch');
  return batch(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => random.normal()),
  );
}

/** Im Σ out · bar of the network with parameter `index` moved by i·h: written apart, in complex numbers, for tanh. */
function complexStep(given: NetworkSpec, theta: Float64Array, inputs: Batch, bar: Batch, index: number): number {
  const h = 1e-40;
  const imaginary = (i: number): number => (i === index ? h : 0);
  let sum = 0;
  for (let b = 0; b < inputs.rows; b++) {
    let re = Array.from(inputs.data.subarray(b * inputs.cols, (b + 1) * inputs.cols));
    let im = re.map(() => 0);
    layerShapes(given).forEach(({ outputs, kernel, bias }, layer, all) => {
      const units = Array.from({ length: outputs }, (_, j) => {
        let real = theta[bias + j]!;
        let imag = imaginary(bias + j);
        re.forEach((value, i) => {
          const at = kernel + i * outputs + j;
          real += value * theta[at]! - im[i]! * imaginary(at);
          imag += value * imaginary(at) + im[i]! * theta[at]!;
        });
        if (layer === all.length - 1) return [real, imag] as const;
        // tanh(a + ib) = (sinh 2a + i sin 2b) / (cosh 2a + cos 2b)
        const below = Math.cosh(2 * real) + Math.cos(2 * imag);
        return [Math.sinh(2 * real) / below, Math.sin(2 * imag) / below] as const;
      });
      re = units.map(([real]) => real);
      im = units.map(([, imag]) => imag);
    });
    im.forEach((value, j) => {
      sum += (value / h) * bar.data[b * bar.cols + j]!;
    });
  }
  return sum;
}

describe('float64Network', () => {
  it('computes φ(xW + b)W′ + b′', () => {
    const network = float64Network({ inputs: 2, hidden: [1], activation: 'tanh', outputs: 1 }, 0);
    const [w0, w1, b, v, c] = network.parameters() as unknown as [number, number, number, number, number];
    const expected = Math.tanh(3 * w0 - 2 * w1 + b) * v + c;
    expect(Math.abs(network.predict(batch(1, 2, Float64Array.of(3, -2))).data[0]! - expected)).toBeLessThan(ROUNDING);
  });

  it('has the gradient of the complex step, in every parameter', () => {
    const network = float64Network(spec, 1);
    const inputs = randomBatch(ROWS, spec.inputs, 2);
    const bar = randomBatch(ROWS, spec.outputs, 3);
    const gradient = network.pullback(inputs, bar);
    gradient.forEach((value, index) => {
      const expected = complexStep(spec, network.parameters(), inputs, bar, index);
      expect(Math.abs(value - expected), `parameter ${index}`).toBeLessThan(ROUNDING * Math.max(1, Math.abs(expected)));
    });
  });

  it('has the gradient of central differences with relu', () => {
    const relu: NetworkSpec = { ...spec, activation: 'relu' };
    const inputs = randomBatch(ROWS, spec.inputs, 2);
    const bar = randomBatch(ROWS, spec.outputs, 3);
    const gradient = float64Network(relu, 1).pullback(inputs, bar);
    expect(gradient.some((value) => value === 0)).toBe(true);
    // Piecewise linear in each parameter: exact up to the rounding of the objective, divided by the step.
    const step = 2 ** -16;
    const objective = (index: number, delta: number): number => reluObjective(relu, inputs, bar, index, delta);
    gradient.forEach((value, index) => {
      const slope = (objective(index, step) - objective(index, -step)) / (2 * step);
      expect(Math.abs(value - slope), `parameter ${index}`).toBeLessThan((64 * Number.EPSILON) / step);
    });
  });

  it('keeps NaN visible through relu', () => {
    const network = float64Network({ ...spec, activation: 'relu' }, 1);
    const inputs = randomBatch(2, spec.inputs, 2);
    inputs.data[0] = Number.NaN;
    const { data } = network.predict(inputs);
    expect(Array.from(data, Number.isNaN)).toEqual([true, true, true, false, false, false]);
  });
});

/** The objective written apart from the network under test, at the weights of seed 1 with one parameter moved. */
function reluObjective(given: NetworkSpec, inputs: Batch, bar: Batch, index: number, delta: number): number {
  const theta = float64Network(given, 1).parameters();
  theta[index]! += delta;
  let sum = 0;
  for (let b = 0; b < inputs.rows; b++) {
    let values = Array.from(inputs.data.subarray(b * inputs.cols, (b + 1) * inputs.cols));
    layerShapes(given).forEach(({ outputs, kernel, bias }, layer, all) => {
      const below = values;
      values = Array.from({ length: outputs }, (_, j) =>
        below.reduce((total, value, i) => total + value * theta[kernel + i * outputs + j]!, theta[bias + j]!),
      );
      if (layer < all.length - 1) values = values.map((value) => Math.max(0, value));
    });
    sum += values.reduce((total, value, j) => total + value * bar.data[b * bar.cols + j]!, 0);
  }
  return sum;
}
