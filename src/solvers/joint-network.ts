import { type Batch, batch, row } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { Task } from '../core/problem.ts';
import { stream } from '../core/random.ts';
import type { Ask, Solver, Tell } from '../core/solver.ts';
import { type JointNetworkOptions, resolve } from './joint-network-options.ts';
import { type LossesAndGradient, networkSolver, type Objective } from './network-training.ts';

export type { JointNetworkOptions } from './joint-network-options.ts';

/**
 * Joint optimization of many instances: one network, trained on the set it has to solve, proposes all unknowns.
 *
 *     x_i = offset + scale ∘ N_θ(y_i*, γ_i)        θ ← Adam step on Σ_{i ∈ batch} L_i(x_i), or its mean
 *
 * The gradient of each loss in x, ∂L_i/∂x_i, comes from the runner in float64 and is pulled back through the network.
 * With `exampleWeights: 'votes'` every gradient is first normalized to unit length in the output of the network.
 *
 * The answer is the prediction for every instance after the last step; no iterate is selected by its loss. With `keepBest`
 * it is the one of all steps whose sum of told losses was lowest, the final prediction, evaluated once more, included.
 *
 * A step whose gradient is not finite in the arithmetic of the network, or whose square overflows in float64, is left out:
 * parameters and moments of Adam stay as they are, and training goes on with the next one. Training ends early where a budget
 * is spent or a prediction is not finite; with `keepBest` the answer is then finite all the same, if any prediction was, and
 * `stops` still say `non-finite`. Batches are drawn from the stream
 * (seed, 'joint-network/batch'), initial weights from (seed, 'network/weights').
 *
 * Invalid options throw at once; a task without rows, or inputs of the network that are not finite, when solving starts.
 * After Holl & Thuerey, "The Unreasonable Effectiveness of Solving Inverse Problems with Neural Networks",
 * arXiv 2408.08119, of which we know the abstract: the details are ours.
 *
 * @example
 * const { backend, makeNetwork } = await loadBackend('auto');
 * const solver = jointNetwork({ makeNetwork, backend, output: { offset: 64, scale: 32 } });
 * solver.settings.hidden; // => '64-64'
 */
export function jointNetwork(options: JointNetworkOptions): Solver {
  const objective: Objective = { gradient: simulatorGradient, losses: simulatorLosses };
  return networkSolver('joint-network', resolve(options), () => objective);
}

function* simulatorGradient(x: Batch, rows: Int32Array): Generator<Ask, LossesAndGradient | undefined, Tell> {
  const { value, spent, gradient } = yield { x, rows, need: 'gradient' };
  if (anySpent(spent)) return undefined;
  if (gradient !== undefined) return { losses: value, xBar: gradient };
  throw new InverseClaimsError('solver-protocol', {
    where: 'joint-network',
    expected: 'a gradient, as asked for',
    received: 'values only',
  });
}

function* simulatorLosses(x: Batch, rows: Int32Array): Generator<Ask, Float64Array | undefined, Tell> {
  const { value, spent } = yield { x, rows, need: 'value' };
  return anySpent(spent) ? undefined : value;
}

function anySpent(spent: Uint8Array): boolean {
  return spent.some((row) => row === 1);
}

/**
 * The negative control: a fixed standard normal vector per instance, unrelated to what was observed.
 *
 * Row i is drawn from the stream (seed, 'joint-network/random-inputs', i): (B, cols). `cols` is the width of the inputs
 * it replaces, that of observation and identifiers together where absent.
 */
export function randomInputs(task: Task, seed: number, cols = task.observed.cols + task.identifiers.cols): Batch {
  const result = batch(task.observed.rows, cols);
  for (let b = 0; b < result.rows; b++) {
    const random = stream(seed, 'joint-network/random-inputs', b);
    const values = row(result, b);
    for (let j = 0; j < cols; j++) values[j] = random.normal();
  }
  return result;
}
