import type { Batch } from '../core/batch.ts';
import type { BackendName } from '../core/solver.ts';

/** A trainable map inputs ↦ outputs. TensorFlow.js is one implementation, a float64 network in TypeScript the other. */
export interface Network {
  readonly backend: BackendName;
  readonly parameterCount: number;
  /** inputs (B, p) → outputs (B, q), float64 at the border. */
  predict(inputs: Batch): Batch;
  /**
   * One optimizer step on θ from x̄ = ∂(objective)/∂(outputs), (B, q), at learning rate `rate` > 0; returns true.
   * Where the gradient in θ overflows, nothing changes and it returns false.
   */
  update(inputs: Batch, outputBar: Batch, rate: number): boolean;
  /** All parameters in one vector, layer by layer (kernel row-major, then bias); a copy. */
  parameters(): Float64Array;
  /** Frees what the collector cannot. */
  dispose(): void;
}

/**
 * Architecture of a fully connected network, behind periodic convolutions where it has some; everything is in the spec so
 * that every backend starts from the same numbers.
 */
export interface NetworkSpec {
  readonly inputs: number;
  /** Width of each hidden layer. */
  readonly hidden: readonly number[];
  readonly activation: 'tanh' | 'relu';
  readonly outputs: number;
  /** Convolutions before the dense layers; the inputs are then `fields` periodic signals side by side. */
  readonly convolution?: ConvolutionSpec;
}

/**
 * Periodic convolutions in one or two dimensions, one after the other, each with bias and the activation of the network.
 *
 * The inputs (B, fields · N) are `fields` signals of N points, field after field; in two dimensions N is the square of a side and
 * a signal lies row after row. Each convolution leaves points / stride (points / stride² in two dimensions) of channels[l] channels;
 * the last one is flattened point after point. `periodicConvolutions` states the index conventions and what is invalid.
 *
 * @example
 * import { float64Network } from './float64.ts';
 * const convolution = { fields: 2, channels: [8, 8], width: 3, stride: 2 };
 * const spec = { inputs: 32, convolution, hidden: [], activation: 'relu', outputs: 1 } as const;
 * // (3 · 2 + 1) · 8 and (3 · 8 + 1) · 8 for the convolutions, (4 · 8 + 1) · 1 on the 4 points that are left.
 * float64Network(spec, 1).parameterCount; // => 289
 */
export interface ConvolutionSpec {
  readonly fields: number;
  /** 1 unless given. */
  readonly dimensions?: 1 | 2;
  /** Channels made by each convolution; at least one. */
  readonly channels: readonly number[];
  /** Points that an output point reads along a dimension; odd. */
  readonly width: number;
  /** Divides the number of points along a dimension before every convolution. */
  readonly stride: number;
}

/** Makes a network with weights drawn from the seed; the float64 draws are the same on every backend. */
export type NetworkFactory = (spec: NetworkSpec, seed: number) => Network;
