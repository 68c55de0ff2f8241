import { type Batch, batch, row } from '../core/batch.ts';
import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import { dot, maxNorm, scaleInto } from '../numerics/vector.ts';
import type { Network } from './network.ts';
import type { TrainableNetwork } from './trainable.ts';

/** ε of the optimizer in `Network.update`. */
const ADAM_EPSILON = 1e-8;
/** Largest entry of the cotangent handed to the optimizer: gradients stay 1e4 times below its ε. */
const NEGLIGIBLE = 1e-17;

/**
 * The network with its pullback: every network that `loadBackend` makes has one. Throws `unknown-option` for one without.
 *
 * @example
 * import { float64Network } from './float64.ts';
 * const network = float64Network({ inputs: 1, hidden: [2], activation: 'relu', outputs: 1 }, 1);
 * withPullback(network) === network; // => true
 */
export function withPullback(network: Network): TrainableNetwork {
  if ('pullback' in network && typeof network.pullback === 'function') return network as TrainableNetwork;
  throw new InverseClaimsError('unknown-option', {
    where: 'withPullback: "network"',
    expected: 'a network with a pullback',
    received: `a ${network.backend} network without one`,
  });
}

/**
 * Empirical tangent kernel K = J Jᵀ of a network with one output, J_i = ∂f(x_i)/∂θ, by one pullback per input.
 *
 * @param inputs  (n, p), n >= 1; wrong shapes throw as in `predict`
 * @returns (n, n), symmetric; rounding of the backend (about 1e-6 of its entries in float32)
 * @example
 * import { float64Network } from './float64.ts';
 * const affine = float64Network({ inputs: 1, hidden: [], activation: 'relu', outputs: 1 }, 1);
 * tangentKernel(affine, { rows: 2, cols: 1, data: Float64Array.of(2, -3) }).data; // => Float64Array [5, -5, -5, 10]
 * @see Jacot, Gabriel & Hongler, "Neural tangent kernel", NeurIPS 2018.
 */
export function tangentKernel(network: TrainableNetwork, inputs: Batch): Batch {
  const n = inputs.rows;
  const gradients = Array.from({ length: n }, (_, i) =>
    network.pullback(batch(1, inputs.cols, row(inputs, i)), batch(1, 1, Float64Array.of(1))),
  );
  const kernel = batch(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = dot(gradients[i]!, gradients[j]!);
      kernel.data[i * n + j] = value;
      kernel.data[j * n + i] = value;
    }
  }
  return kernel;
}

/**
 * One step of plain gradient descent, θ ← θ − rate · Jᵀ outputBar, on a network that has not been updated before.
 *
 * The optimizer of networks is Adam. Its first step is rate · g / (|g| + ε) in every coordinate, which is gradient
 * descent with rate / ε where |g| ≪ ε: the cotangent is shrunk to 1e-17 first. Coordinates deviate by |g| / ε, at most
 * 1e-5 as long as the gradient of an output is below 1e4 / n.
 *
 * @param outputBar  (n, 1), not all 0 (`out-of-range`) and finite
 * @param rate       > 0
 */
export function gradientDescentStep(network: Network, inputs: Batch, outputBar: Batch, rate: number): void {
  const largest = requireNumber('gradientDescentStep: "outputBar"', maxNorm(outputBar.data), { above: 0 });
  const shrunk = batch(outputBar.rows, outputBar.cols);
  scaleInto(shrunk.data, NEGLIGIBLE / largest, outputBar.data);
  network.update(inputs, shrunk, (rate * ADAM_EPSILON * largest) / NEGLIGIBLE);
}
