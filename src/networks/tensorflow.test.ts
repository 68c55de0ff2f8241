import * as tf from '@tensorflow/tfjs-core';
// Registers the gradients of the operations, which the core alone lacks.
import '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Batch, batch } from '../core/batch.ts';
import { stream } from '../core/random.ts';
import { loadBackend } from './backend.ts';
import { float64Network } from './float64.ts';
import type { NetworkSpec } from './network.ts';
import { type TensorflowCore, tensorflowNetwork } from './tensorflow.ts';
import type { TrainableNetwork } from './trainable.ts';
import { layerShapes } from './weights.ts';

const FLOAT32 = 2 ** -23;
/** Sums of up to 33 products of numbers near 1 in float32, three layers deep; at most 14 units of FLOAT32 over 40 seeds. */
const SINGLE_PRECISION = 64 * FLOAT32;

const spec: NetworkSpec = { inputs: 33, hidden: [18, 7], activation: 'tanh', outputs: 3 };
const backends = ['wasm', 'cpu'] as const;
type Tested = (typeof backends)[number];

function randomBatch(rows: number, cols: number, seed: number): Batch {
  const random = stream(seed, 'test/batch');
  return batch(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => random.normal()),
  );
}

function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function relativeDifference(a: Float64Array, b: Float64Array): number {
  return largest(a.map((value, i) => value - b[i]!)) / largest(b);
}

const make = (backend: Tested, given: NetworkSpec = spec, seed = 11): TrainableNetwork =>
  tensorflowNetwork(tf as TensorflowCore, backend, given, seed);

function trained(backend: Tested, steps: number): Float64Array {
  const network = make(backend);
  for (let step = 0; step < steps; step++) {
    const inputs = randomBatch(4, spec.inputs, step);
    const outputs = network.predict(inputs);
    network.update(inputs, outputs, 1e-2);
  }
  const parameters = network.parameters();
  network.dispose();
  return parameters;
}

beforeAll(async () => {
  for (const backend of backends) await loadBackend(backend);
});

describe.each(backends)('tensorflowNetwork on %s', (backend) => {
  it('starts from the same float64 numbers as every other backend', () => {
    const network = make(backend);
    expect(network.parameters()).toEqual(float64Network(spec, 11).parameters());
    expect(network.backend).toBe(backend);
    network.dispose();
  });

  it.each(['tanh', 'relu'] as const)('predicts and pulls back like the float64 network (%s)', (activation) => {
    for (const hidden of [[18, 7], [5], []]) {
      const given = { ...spec, activation, hidden };
      const network = make(backend, given);
      const oracle = float64Network(given, 11);
      for (const rows of [1, 6]) {
        const inputs = randomBatch(rows, spec.inputs, 1);
        const bar = randomBatch(rows, spec.outputs, 2);
        expect(relativeDifference(network.predict(inputs).data, oracle.predict(inputs).data)).toBeLessThan(
          SINGLE_PRECISION,
        );
        expect(relativeDifference(network.pullback(inputs, bar), oracle.pullback(inputs, bar))).toBeLessThan(
          SINGLE_PRECISION,
        );
      }
      network.dispose();
    }
  });

  it('pulls back like the automatic differentiation of TensorFlow.js', async () => {
    await tf.setBackend(backend);
    const network = make(backend);
    const inputs = randomBatch(6, spec.inputs, 1);
    const bar = randomBatch(6, spec.outputs, 2);
    const automatic = automaticGradient(network.parameters(), inputs, bar);
    expect(relativeDifference(network.pullback(inputs, bar), automatic)).toBeLessThan(SINGLE_PRECISION);
    network.dispose();
  });

  it('takes the steps of the float64 network, predicting in between or not', () => {
    const oracle = float64Network(spec, 11);
    const networks = [make(backend), make(backend)];
    const inputs = randomBatch(6, spec.inputs, 1);
    const bar = randomBatch(6, spec.outputs, 2);
    for (let step = 0; step < 3; step++) {
      networks[0]?.predict(inputs);
      for (const network of [oracle, ...networks]) network.update(inputs, bar, 1e-2);
    }
    const [predicting, silent] = networks.map((network) => network.parameters());
    expect(silent).toEqual(predicting);
    expect(relativeDifference(predicting!, oracle.parameters())).toBeLessThan(SINGLE_PRECISION);
    expect(relativeDifference(networks[0]!.predict(inputs).data, oracle.predict(inputs).data)).toBeLessThan(
      SINGLE_PRECISION,
    );
    for (const network of networks) network.dispose();
  });

  it('hands out gradients that later calls leave alone', () => {
    const network = make(backend);
    const gradient = network.pullback(randomBatch(4, spec.inputs, 1), randomBatch(4, spec.outputs, 2));
    const kept = gradient.slice();
    network.pullback(randomBatch(4, spec.inputs, 3), randomBatch(4, spec.outputs, 4));
    expect(gradient).toEqual(kept);
    network.dispose();
  });

  it('gives the same bytes for the same seed', () => {
    expect(trained(backend, 20)).toEqual(trained(backend, 20));
  });

  it('holds as many tensors after three hundred calls as after six, and none when disposed', () => {
    const before = tf.memory().numTensors;
    const network = make(backend);
    const inputs = randomBatch(4, spec.inputs, 1);
    const bar = randomBatch(4, spec.outputs, 2);
    const afterEachCall = (): number[] =>
      [
        () => network.predict(inputs),
        () => network.update(inputs, bar, 1e-3),
        () => network.predict(inputs),
        () => network.predict(randomBatch(9, spec.inputs, 3)),
        () => network.update(inputs, bar, 1e-3),
        () => network.update(inputs, bar, 1e-3),
      ].map((call) => {
        call();
        return tf.memory().numTensors - before;
      });
    const first = afterEachCall();
    for (let k = 0; k < 50; k++) expect(afterEachCall()).toEqual(first);
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('tensorflowNetwork', () => {
  it('stays on its own backend while another one is in use', () => {
    const networks = backends.map((backend) => make(backend));
    const inputs = randomBatch(4, spec.inputs, 5);
    const alternating = networks.map((network) => network.predict(inputs));
    backends.forEach((backend, k) => {
      const alone = make(backend);
      expect(alone.predict(inputs)).toEqual(alternating[k]);
      expect(tf.getBackend()).toBe(backend);
      alone.dispose();
    });
    for (const network of networks) network.dispose();
  });

  it('keeps steps that are too small for float32', () => {
    const network = make('wasm');
    const before = network.parameters();
    // A thousandth of the spacing of float32 numbers near the smallest weights that matter here.
    network.update(randomBatch(4, spec.inputs, 1), randomBatch(4, spec.outputs, 2), FLOAT32 * 1e-4);
    const moved = network.parameters().filter((value, i) => value !== before[i]).length;
    expect(moved).toBe(network.parameterCount);
    network.dispose();
  });
});

function automaticGradient(theta: Float64Array, inputs: Batch, bar: Batch): Float64Array {
  const shapes = layerShapes(spec);
  const single = new Float32Array(theta);
  const result = new Float64Array(theta.length);
  tf.tidy(() => {
    const parameters = shapes.flatMap(({ inputs: p, outputs: q, kernel, bias }) => [
      tf.tensor(single.slice(kernel, bias), [p, q]),
      tf.tensor(single.slice(bias, bias + q), [q]),
    ]);
    const x = tf.tensor2d(new Float32Array(inputs.data), [inputs.rows, inputs.cols]);
    const outputs = (...given: tf.Tensor[]): tf.Tensor => {
      let hidden: tf.Tensor = x;
      shapes.forEach((_, layer) => {
        hidden = tf.add(tf.matMul(hidden, given[2 * layer]!), given[2 * layer + 1]!);
        if (layer < shapes.length - 1) hidden = tf.tanh(hidden);
      });
      return hidden;
    };
    const outputBar = tf.tensor2d(new Float32Array(bar.data), [bar.rows, bar.cols]);
    const gradients = tf.grads(outputs)(parameters, outputBar);
    shapes.forEach(({ kernel, bias }, layer) => {
      result.set(gradients[2 * layer]!.dataSync(), kernel);
      result.set(gradients[2 * layer + 1]!.dataSync(), bias);
    });
  });
  return result;
}
