import type { Batch } from '../core/batch.ts';
import type { BackendName } from '../core/solver.ts';

/** A trainable map inputs ↦ outputs. TensorFlow.js is one implementation, a float64 network in TypeScript the other. */
export interface Network {
  readonly backend: BackendName;
  readonly parameterCount: number;
  /** inputs (B, p) → outputs (B, q), float64 at the border. */
  predict(inputs: Batch): Batch;
  /** One optimizer step on θ from x̄ = ∂(objective)/∂(outputs), (B, q), at learning rate `rate` > 0. */
  update(inputs: Batch, outputBar: Batch, rate: number): void;
  /** All parameters in one vector, layer by layer (kernel row-major, then bias); a copy. */
  parameters(): Float64Array;
  /** Frees what the collector cannot. */
  dispose(): void;
}

/** Architecture of a fully connected network; everything is in the spec so that every backend starts from the same numbers. */
export interface NetworkSpec {
  readonly inputs: number;
  /** Width of each hidden layer. */
  readonly hidden: readonly number[];
  readonly activation: 'tanh' | 'relu';
  readonly outputs: number;
}

/** Makes a network with weights drawn from the seed; the float64 draws are the same on every backend. */
export type NetworkFactory = (spec: NetworkSpec, seed: number) => Network;
