import { type Batch, requireFinite, requireShape } from '../core/batch.ts';
import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import type { BackendName } from '../core/solver.ts';
import { adamState, adamStep } from '../numerics/adam-step.ts';
import type { Network, NetworkSpec } from './network.ts';
import { initialWeights, type LayerShape, layerShapes } from './weights.ts';

/** The arithmetic of one backend; holds its own copy of the parameters and the activations of its last forward run. */
export interface Engine {
  /** Takes over new parameters; the argument is only read during the call. */
  load(parameters: Float64Array): void;
  /** inputs (B, p) → outputs (B, q); keeps what `pullback` needs. */
  forward(inputs: Batch): Batch;
  /** ȳ (B, q) ↦ (∂y/∂θ)ᵀ ȳ in the layout of the parameters, at the inputs of the last forward run; the next call reuses the array. */
  pullback(outputBar: Batch): Float64Array;
  dispose(): void;
}

/** A network that also shows its gradient: what `update` hands to the optimizer. */
export interface TrainableNetwork extends Network {
  /** Σ over rows and outputs of outputBar · ∂output/∂θ, in the layout of `parameters()`; changes nothing. */
  pullback(inputs: Batch, outputBar: Batch): Float64Array;
}

/**
 * Parameters, optimizer and argument checks common to all backends.
 *
 * The parameters and the moments of Adam (β₁ = 0.9, β₂ = 0.999, ε = 1e-8) are float64 whatever the backend computes in:
 * a float32 engine receives rounded copies, so that small steps late in a training are not lost to rounding, and
 * the optimizer is one loop instead of a dozen tensor operations per layer.
 *
 * `update` does not repeat the forward run if its inputs equal those of the last `predict`, number by number.
 * It refuses, changes nothing and returns false where a square of the gradient is not finite: parameters would become NaN, or
 * a second moment infinite for ever.
 * Wrong shapes throw `shape-mismatch`, no rows `out-of-range`, a non-finite outputBar `not-finite`, use after `dispose` `solver-protocol`.
 */
export function trainableNetwork(
  backend: BackendName,
  spec: NetworkSpec,
  seed: number,
  makeEngine: (shapes: readonly LayerShape[], activation: NetworkSpec['activation']) => Engine,
): TrainableNetwork {
  const parameters = initialWeights(spec, seed);
  const moments = adamState(parameters.length);
  const engine = makeEngine(layerShapes(spec), spec.activation);
  let forwardInputs: Batch | undefined;
  let disposed = false;
  engine.load(parameters);

  const forward = (where: string, inputs: Batch): Batch => {
    if (disposed) throw disposedError(where);
    requireShape(`${where}: "inputs"`, inputs, undefined, spec.inputs);
    requireNumber(`${where}: "inputs.rows"`, inputs.rows, { minimum: 1 });
    forwardInputs = { ...inputs, data: inputs.data.slice() };
    return engine.forward(inputs);
  };
  const pullback = (where: string, inputs: Batch, outputBar: Batch): Float64Array => {
    if (forwardInputs === undefined || !sameNumbers(forwardInputs, inputs)) forward(where, inputs);
    requireShape(`${where}: "outputBar"`, outputBar, inputs.rows, spec.outputs);
    requireFinite(`${where}: "outputBar"`, outputBar);
    return engine.pullback(outputBar);
  };

  return {
    backend,
    parameterCount: parameters.length,
    predict: (inputs) => forward('network.predict', inputs),
    pullback: (inputs, outputBar) => pullback('network.pullback', inputs, outputBar).slice(),
    update: (inputs, outputBar, rate) => {
      requireNumber('network.update: "rate"', rate, { above: 0 });
      const gradient = pullback('network.update', inputs, outputBar);
      if (!squaresFinite(gradient)) return false;
      adamStep(moments, parameters, gradient, rate);
      forwardInputs = undefined;
      engine.load(parameters);
      return true;
    },
    parameters: () => parameters.slice(),
    dispose: () => {
      if (disposed) return;
      disposed = true;
      forwardInputs = undefined;
      engine.dispose();
    },
  };
}

function squaresFinite(gradient: Float64Array): boolean {
  for (let i = 0; i < gradient.length; i++) {
    if (!Number.isFinite(gradient[i]! * gradient[i]!)) return false;
  }
  return true;
}

function sameNumbers(a: Batch, b: Batch): boolean {
  if (a.rows !== b.rows || a.cols !== b.cols || a.data.length !== b.data.length) return false;
  for (let i = 0; i < a.data.length; i++) {
    if (a.data[i] !== b.data[i]) return false;
  }
  return true;
}

function disposedError(where: string): InverseClaimsError {
  return new InverseClaimsError('solver-protocol', {
    where,
    expected: 'a network that has not been disposed',
    received: 'a disposed one',
  });
}
