import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Batch, batch } from '../core/batch.ts';
import { stream } from '../core/random.ts';
import { loadBackend } from './backend.ts';
import { float64Network } from './float64.ts';
import type { NetworkSpec } from './network.ts';
import { tangentKernel, withPullback } from './tangent-kernel.ts';
import type { TrainableNetwork } from './trainable.ts';
import { layerShapes } from './weights.ts';

const specs: Record<string, NetworkSpec> = {
  'two fields, two convolutions': {
    inputs: 16,
    convolution: { fields: 2, channels: [3, 5], width: 3, stride: 2 },
    hidden: [4],
    activation: 'tanh',
    outputs: 2,
  },
  'stride 1, nothing hidden': {
    inputs: 12,
    convolution: { fields: 1, channels: [2], width: 5, stride: 1 },
    hidden: [],
    activation: 'relu',
    outputs: 3,
  },
  'wider than the signal, down to one point': {
    inputs: 8,
    convolution: { fields: 2, channels: [4, 6], width: 7, stride: 2 },
    hidden: [3, 3],
    activation: 'tanh',
    outputs: 1,
  },
  'stride wider than the window': {
    inputs: 54,
    convolution: { fields: 3, channels: [5, 4], width: 1, stride: 3 },
    hidden: [4],
    activation: 'relu',
    outputs: 2,
  },
  'two dimensions, two convolutions': {
    inputs: 128,
    convolution: { fields: 2, dimensions: 2, channels: [3, 5], width: 5, stride: 2 },
    hidden: [4],
    activation: 'tanh',
    outputs: 2,
  },
  'two dimensions, stride 1, then wider than what is left': {
    inputs: 36,
    convolution: { fields: 1, dimensions: 2, channels: [4], width: 9, stride: 3 },
    hidden: [],
    activation: 'relu',
    outputs: 2,
  },
};
const ROWS = 3;
const FLOAT32 = 2 ** -23;
/** As in tensorflow.test.ts. */
const SINGLE_PRECISION = 64 * FLOAT32;

function randomBatch(rows: number, cols: number, seed: number): Batch {
  const random = stream(seed, 'test/batch');
  return batch(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => random.normal()),
  );
}

function relativeDifference(a: Float64Array, b: Float64Array): number {
  const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest(a.map((value, i) => value - b[i]!)) / largest(b);
}

/** Outputs of one instance, written apart from the networks: signals[c][i], one sum per output point and channel. */
function outputsApart(spec: NetworkSpec, theta: Float64Array, inputs: Float64Array): number[] {
  const { fields, channels, width, stride, dimensions = 1 } = spec.convolution!;
  const phi = (value: number): number => (spec.activation === 'tanh' ? Math.tanh(value) : Math.max(0, value));
  const shapes = layerShapes(spec);
  const points = spec.inputs / fields;
  let signals = Array.from({ length: fields }, (_, f) => Array.from(inputs.subarray(f * points, (f + 1) * points)));
  channels.forEach((made, layer) => {
    const { kernel, bias } = shapes[layer]!;
    const below = signals;
    const n = below[0]!.length ** (1 / dimensions);
    const coarse = n / stride;
    const from = (p: number, j: number): number => (((p * stride + j - (width - 1) / 2) % n) + n) % n;
    signals = Array.from({ length: made }, (_, o) =>
      Array.from({ length: coarse ** dimensions }, (_, p) => {
        let sum = theta[bias + o]!;
        for (let j = 0; j < width ** dimensions; j++) {
          const row = dimensions === 1 ? 0 : from(Math.floor(p / coarse), Math.floor(j / width));
          const point = row * n + from(p % coarse, j % width);
          below.forEach((signal, c) => {
            sum += signal[point]! * theta[kernel + (j * below.length + c) * made + o]!;
          });
        }
        return phi(sum);
      }),
    );
  });
  let hidden = signals[0]!.flatMap((_, p) => signals.map((signal) => signal[p]!));
  shapes.slice(channels.length).forEach(({ outputs, kernel, bias }, layer, dense) => {
    const below = hidden;
    hidden = Array.from({ length: outputs }, (_, o) => {
      const sum = below.reduce((total, value, i) => total + value * theta[kernel + i * outputs + o]!, theta[bias + o]!);
      return layer < dense.length - 1 ? phi(sum) : sum;
    });
  });
  return hidden;
}

function objectiveApart(spec: NetworkSpec, theta: Float64Array, inputs: Batch, bar: Batch): number {
  let sum = 0;
  for (let b = 0; b < inputs.rows; b++) {
    const outputs = outputsApart(spec, theta, inputs.data.subarray(b * inputs.cols, (b + 1) * inputs.cols));
    outputs.forEach((value, o) => {
      sum += value * bar.data[b * bar.cols + o]!;
    });
  }
  return sum;
}

const make = async (backend: 'wasm' | 'cpu', spec: NetworkSpec): Promise<TrainableNetwork> =>
  withPullback((await loadBackend(backend)).makeNetwork(spec, 11));

describe.each(Object.entries(specs))('a convolutional network, %s', (_, spec) => {
  const inputs = randomBatch(ROWS, spec.inputs, 1);
  const bar = randomBatch(ROWS, spec.outputs, 2);
  const oracle = float64Network(spec, 11);

  it('sums over the taps of the index convention', () => {
    const { data } = oracle.predict(inputs);
    const apart = Array.from({ length: ROWS }, (_, b) =>
      outputsApart(spec, oracle.parameters(), inputs.data.subarray(b * spec.inputs, (b + 1) * spec.inputs)),
    ).flat();
    expect(relativeDifference(data, Float64Array.from(apart))).toBeLessThan(64 * Number.EPSILON);
  });

  it('has the gradient of central differences in every parameter', () => {
    const gradient = oracle.pullback(inputs, bar);
    const theta = oracle.parameters();
    // Truncation and rounding both near 1e-10; relu is piecewise linear in each parameter.
    const step = 2 ** -16;
    const slopes = theta.map((value, index) => {
      const moved = (delta: number): number =>
        objectiveApart(spec, theta.with(index, value + delta), inputs, bar) / (2 * step);
      return moved(step) - moved(-step);
    });
    expect(relativeDifference(gradient, slopes)).toBeLessThan(1e-8);
  });

  it.each(['wasm', 'cpu'] as const)('predicts, pulls back and learns on %s like in float64', async (backend) => {
    const network = await make(backend, spec);
    const learning = float64Network(spec, 11);
    expect(network.parameters()).toEqual(learning.parameters());
    for (const rows of [1, ROWS]) {
      const x = randomBatch(rows, spec.inputs, 3);
      const y = randomBatch(rows, spec.outputs, 4);
      expect(relativeDifference(network.predict(x).data, oracle.predict(x).data)).toBeLessThan(SINGLE_PRECISION);
      expect(relativeDifference(network.pullback(x, y), oracle.pullback(x, y))).toBeLessThan(SINGLE_PRECISION);
    }
    // Where a gradient is 0 up to rounding, Adam steps by the sign of the rounding: rates below what single precision shows.
    for (let step = 0; step < 3; step++) for (const each of [network, learning]) each.update(inputs, bar, 1e-3);
    expect(relativeDifference(network.predict(inputs).data, learning.predict(inputs).data)).toBeLessThan(1e-4);
    network.dispose();
  });

  it('draws weights within 1/√(width · channels)', () => {
    const theta = oracle.parameters();
    for (const { inputs: fanIn, outputs, kernel, bias } of layerShapes(spec)) {
      const largest = Math.max(...theta.subarray(kernel, bias + outputs).map(Math.abs)) * Math.sqrt(fanIn);
      expect(largest).toBeLessThanOrEqual(1);
      expect(largest).toBeGreaterThan(0.5);
    }
  });
});

describe('the features of convolutions', () => {
  const spec: NetworkSpec = {
    inputs: 48,
    convolution: { fields: 2, channels: [3, 4, 5], width: 5, stride: 2 },
    hidden: [],
    activation: 'relu',
    outputs: 1,
  };
  const [POINTS, OUTPUT_POINTS, CHANNELS] = [24, 3, 5];
  const shifted = (given: Float64Array, by: number): Float64Array =>
    given.map((_, k) => given[Math.floor(k / POINTS) * POINTS + ((((k - by) % POINTS) + POINTS) % POINTS)]!);
  /** An output without hidden layers is Σ feature · weight + bias: the features are the gradient of its weights. */
  const features = (network: TrainableNetwork, inputs: Float64Array): Float64Array => {
    const { kernel, bias } = layerShapes(spec).at(-1)!;
    return network.pullback(batch(1, spec.inputs, inputs), batch(1, 1, Float64Array.of(1))).slice(kernel, bias);
  };

  it.each(['float64', 'wasm', 'cpu'] as const)('move by a point when the inputs move by 2³ (%s)', async (backend) => {
    const network = withPullback((await loadBackend(backend)).makeNetwork(spec, 5));
    const { data } = randomBatch(1, spec.inputs, 6);
    const before = features(network, data);
    const after = features(network, shifted(data, 8));
    const rotated = before.map((_, k) => before[(k - CHANNELS + before.length) % before.length]!);
    expect(before).toHaveLength(OUTPUT_POINTS * CHANNELS);
    expect(after).toEqual(rotated);
    expect(after).not.toEqual(before);
    expect(relativeDifference(features(network, shifted(data, 4)), rotated)).toBeGreaterThan(0.01);
    network.dispose();
  });
});

describe.each(['wasm', 'cpu'] as const)('a convolutional network on %s', (backend) => {
  const spec = specs['two fields, two convolutions']!;
  const inputs = randomBatch(4, spec.inputs, 1);
  const bar = randomBatch(4, spec.outputs, 2);

  it('holds as many tensors after fifty updates as after one, and none when disposed', async () => {
    await loadBackend(backend);
    const before = tf.memory().numTensors;
    const network = await make(backend, spec);
    const counts = Array.from({ length: 50 }, () => {
      network.predict(inputs);
      const predicted = tf.memory().numTensors;
      network.update(inputs, bar, 1e-3);
      return [predicted - before, tf.memory().numTensors - before];
    });
    expect(counts).toEqual(counts.map(() => counts[0]));
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('gives the same bytes for the same seed, predicting in between or not', async () => {
    const [first, second] = [await make(backend, spec), await make(backend, spec)];
    for (let step = 0; step < 5; step++) {
      first.predict(inputs);
      first.update(inputs, bar, 1e-2);
      second.update(inputs, bar, 1e-2);
    }
    expect(second.parameters()).toEqual(first.parameters());
    for (const network of [first, second]) network.dispose();
  });

  it('has the tangent kernel of the float64 network', async () => {
    const given = { ...spec, outputs: 1 };
    const network = await make(backend, given);
    const expected = tangentKernel(float64Network(given, 11), inputs);
    expect(relativeDifference(tangentKernel(network, inputs).data, expected.data)).toBeLessThan(SINGLE_PRECISION);
    network.dispose();
  });
});

describe('fully connected networks', () => {
  const spec: NetworkSpec = { inputs: 3, hidden: [4, 5], activation: 'relu', outputs: 2 };
  const inputs = batch(2, 3, Float64Array.of(0.5, -1, 2, 1.5, 0.25, -0.75));
  const bar = batch(2, 2, Float64Array.of(1, -2, 0.5, 3));

  // Computed before there were convolutions.
  it.each([
    [
      'float64',
      [-0.22911179691605893, -0.2309615918034943, 0.07590649759679706, -0.011062818566936004],
      [-0.3017355883706424, -0.2142451670793845, 0.037035940362658795, -0.05367223721397831],
    ],
    [
      'wasm',
      [-0.22911176085472107, -0.23096156120300293, 0.07590650022029877, -0.011062819510698318],
      [-0.3017355501651764, -0.21424514055252075, 0.03703594207763672, -0.05367223918437958],
    ],
    [
      'cpu',
      [-0.22911179065704346, -0.23096157610416412, 0.07590650022029877, -0.01106281764805317],
      [-0.3017355501651764, -0.21424514055252075, 0.03703594207763672, -0.05367223918437958],
    ],
  ] as const)('%s: start, predict and learn as without convolutions, bit for bit', async (backend, before, after) => {
    const network = (await loadBackend(backend)).makeNetwork(spec, 42);
    const theta = network.parameters();
    expect([theta.length, theta[0], theta[20], theta[52]]).toEqual([
      53, 0.38616137271290973, -0.05602343123103981, -0.008949922223951967,
    ]);
    expect([...network.predict(inputs).data]).toEqual(before);
    for (let step = 0; step < 2; step++) network.update(inputs, bar, 0.01);
    expect([...network.predict(inputs).data]).toEqual(after);
    network.dispose();
  });
});
