import erf from '@stdlib/math-base-special-erf';
import { type Batch, batch } from '../../src/core/batch.ts';
import type { Random } from '../../src/core/random.ts';
import type { Activation } from '../../theory/tangent-kernels.ts';

/** φ and φ′, written down here once more: laws must not share code with what they test. */
export const activations: Readonly<
  Record<Activation, { readonly value: (u: number) => number; readonly slope: (u: number) => number }>
> = {
  linear: { value: (u) => u, slope: () => 1 },
  relu: { value: (u) => Math.max(0, u), slope: (u) => (u > 0 ? 1 : 0) },
  erf: { value: (u) => erf(u), slope: (u) => (2 / Math.sqrt(Math.PI)) * Math.exp(-u * u) },
};

/** f(x) = m^(−1/2) Σ_k v_k φ(w_k · x) + c in float64, all weights N(0, 1), c = 0 at first: NTK parametrization. */
export interface FiniteNetwork {
  /** (m, p) */
  readonly hidden: Float64Array;
  /** (m) */
  readonly readout: Float64Array;
  readonly bias: number;
}

export function drawNetwork(random: Random, width: number, inputs: number): FiniteNetwork {
  const hidden = Float64Array.from({ length: width * inputs }, () => random.normal());
  return { hidden, readout: Float64Array.from({ length: width }, () => random.normal()), bias: 0 };
}

function preactivation({ hidden }: FiniteNetwork, unit: number, x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += hidden[unit * x.length + i]! * x[i]!;
  return sum;
}

export function outputOf(network: FiniteNetwork, activation: Activation, x: ArrayLike<number>): number {
  const { value } = activations[activation];
  const width = network.readout.length;
  let sum = 0;
  for (let k = 0; k < width; k++) sum += network.readout[k]! * value(preactivation(network, k, x));
  return sum / Math.sqrt(width) + network.bias;
}

/** ∂f/∂θ at each input: rows (hidden, readout, bias). */
export function jacobian(network: FiniteNetwork, activation: Activation, xs: readonly ArrayLike<number>[]): Batch {
  const { value, slope } = activations[activation];
  const width = network.readout.length;
  const scale = 1 / Math.sqrt(width);
  const result = batch(xs.length, network.hidden.length + width + 1);
  xs.forEach((x, row) => {
    const gradient = result.data.subarray(row * result.cols, (row + 1) * result.cols);
    for (let k = 0; k < width; k++) {
      const u = preactivation(network, k, x);
      const back = scale * network.readout[k]! * slope(u);
      for (let i = 0; i < x.length; i++) gradient[k * x.length + i] = back * x[i]!;
      gradient[network.hidden.length + k] = scale * value(u);
    }
    gradient[result.cols - 1] = 1;
  });
  return result;
}

/** A Aᵀ. */
export function gram({ rows, cols, data }: Batch): Batch {
  const result = batch(rows, rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < cols; k++) sum += data[i * cols + k]! * data[j * cols + k]!;
      result.data[i * rows + j] = sum;
      result.data[j * rows + i] = sum;
    }
  }
  return result;
}

/** θ − η Jᵀ g. */
export function stepped(
  network: FiniteNetwork,
  { rows, cols, data }: Batch,
  g: ArrayLike<number>,
  eta: number,
): FiniteNetwork {
  const theta = Float64Array.of(...network.hidden, ...network.readout, network.bias);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < cols; k++) theta[k]! -= eta * g[i]! * data[i * cols + k]!;
  }
  const split = network.hidden.length;
  return { hidden: theta.slice(0, split), readout: theta.slice(split, cols - 1), bias: theta[cols - 1]! };
}

/** A mean with what is known of its error. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

/** Mean of `draws` samples with its standard error. */
export function estimate(draws: number, sample: () => number): Estimate {
  let [sum, squares] = [0, 0];
  for (let k = 0; k < draws; k++) {
    const value = sample();
    sum += value;
    squares += value * value;
  }
  const mean = sum / draws;
  return { mean, standardError: Math.sqrt(Math.max(0, squares / draws - mean * mean) / draws) };
}

/** What one hidden unit adds to the tangent kernel, averaged over `draws` units: φφ + v² φ′φ′ x·y. */
export function unitShare(
  random: Random,
  draws: number,
  activation: Activation,
  x: readonly number[],
  y: readonly number[],
): Estimate {
  const { value, slope } = activations[activation];
  const inner = x.reduce((sum, xi, i) => sum + xi * y[i]!, 0);
  return estimate(draws, () => {
    let [u, v] = [0, 0];
    for (let i = 0; i < x.length; i++) {
      const weight = random.normal();
      u += weight * x[i]!;
      v += weight * y[i]!;
    }
    return value(u) * value(v) + random.normal() ** 2 * slope(u) * slope(v) * inner;
  });
}
