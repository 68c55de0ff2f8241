import { type Batch, batch, row } from '../core/batch.ts';
import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import type { Task } from '../core/problem.ts';
import type { BackendName, Settings } from '../core/solver.ts';
import type { NetworkFactory, NetworkSpec } from '../networks/network.ts';

export interface JointNetworkOptions {
  readonly makeNetwork: NetworkFactory;
  readonly backend: BackendName;
  /** Widths of the hidden layers, each an integer >= 1. */
  readonly hidden?: readonly number[];
  readonly activation?: NetworkSpec['activation'];
  /** Periodic convolutions before the hidden layers; none where absent. Checked by `makeNetwork`, when solving starts. */
  readonly convolution?: NonNullable<NetworkSpec['convolution']>;
  /** Learning rate of Adam at the first step, >= 0; 0 trains nothing and is a negative control. */
  readonly learningRate?: number;
  /** `'cosine'`: lr · (1 + cos(π t/T))/2 at step t = 0, …, T − 1; `'constant'`: lr. */
  readonly schedule?: 'cosine' | 'constant';
  /** T, an integer >= 0; 0 answers with the untrained network. */
  readonly iterations?: number;
  /** Instances per step, an integer >= 1, drawn with replacement; all of them, in order, where there are no more. */
  readonly batchSize?: number;
  /** Whether a step follows the mean or the sum of the losses in its batch. */
  readonly reduction?: 'mean' | 'sum';
  /**
   * What each example contributes to a step: `'losses'`, the gradient of its loss; `'votes'`, only the direction of that.
   *
   * A vote is the gradient in the output o of the network, ∂L_i/∂o = scale ∘ ∂L_i/∂x, divided by its Euclidean norm over
   * the n unknowns of the example: its sign where n = 1, and 0 where the gradient is 0. `reduction` applies to the votes.
   * Magnitudes that spread over many orders, as in chaos, then do not let one example decide for all.
   */
  readonly exampleWeights?: 'losses' | 'votes';
  /**
   * Answers with the prediction that had the lowest sum of told losses, among those of all steps and the final one, instead
   * of the final one; the first of equals. A sum that contains +∞ is best only where none is finite, and then the last finite
   * prediction is the answer. The final prediction is evaluated once more for that, a value per instance, counted by the runner;
   * where a budget is spent, those told before compete without it.
   *
   * Needs a batchSize of at least the number of instances; otherwise `out-of-range` is thrown when solving starts.
   */
  readonly keepBest?: boolean;
  /** x = offset + scale ∘ o for the network's output o: numbers, or one number per unknown (n). */
  readonly output?: { readonly offset: number | ArrayLike<number>; readonly scale: number | ArrayLike<number> };
  /** What the network sees, (B, p); observation and identifiers side by side, unscaled, where absent. */
  readonly inputs?: (task: Task) => Batch;
  /** Steps t in 0 … T before which the losses of all instances are recorded; T records those of the answer. */
  readonly snapshots?: readonly number[];
  /**
   * Called once when training ends, with the predictions of the network as it is then: unknowns (B, n) for any task whose
   * inputs `inputs` can make, problems that it was not trained on for instance. They cost no evaluation and change nothing.
   */
  readonly whenTrained?: (predict: (task: Task) => Batch) => void;
}

/** Options with their defaults filled in; a network without convolutions has none. */
export type Resolved = Required<Omit<JointNetworkOptions, 'convolution'>> & Pick<JointNetworkOptions, 'convolution'>;

/** Observation and identifiers side by side: (B, m + c). */
function observedAndIdentifiers(task: Task): Batch {
  const { observed, identifiers } = task;
  const result = batch(observed.rows, observed.cols + identifiers.cols);
  for (let b = 0; b < result.rows; b++) {
    const values = row(result, b);
    values.set(row(observed, b));
    values.set(row(identifiers, b), observed.cols);
  }
  return result;
}

/** Fills in the defaults; throws `out-of-range`, `not-finite` or `unknown-option`, naming the option. */
export function resolve(options: JointNetworkOptions, solver = 'joint-network'): Resolved {
  const resolved: Resolved = {
    hidden: [64, 64],
    activation: 'tanh',
    learningRate: 3e-3,
    schedule: 'cosine',
    iterations: 3000,
    batchSize: 16,
    reduction: 'mean',
    exampleWeights: 'losses',
    keepBest: false,
    output: { offset: 0, scale: 1 },
    inputs: observedAndIdentifiers,
    snapshots: [],
    whenTrained: () => undefined,
    ...options,
  };
  const where = (name: string): string => `${solver}: "${name}"`;
  resolved.hidden.forEach((units, k) => {
    requireNumber(where(`hidden[${k}]`), units, { minimum: 1, integer: true });
  });
  requireOneOf(where('activation'), resolved.activation, ['tanh', 'relu']);
  requireNumber(where('learningRate'), resolved.learningRate, { minimum: 0 });
  requireOneOf(where('schedule'), resolved.schedule, ['cosine', 'constant']);
  requireNumber(where('iterations'), resolved.iterations, { minimum: 0, integer: true });
  requireNumber(where('batchSize'), resolved.batchSize, { minimum: 1, integer: true });
  requireOneOf(where('reduction'), resolved.reduction, ['mean', 'sum']);
  requireOneOf(where('exampleWeights'), resolved.exampleWeights, ['losses', 'votes']);
  requireOneOf(where('keepBest'), resolved.keepBest, [true, false]);
  for (const name of ['offset', 'scale'] as const) {
    for (const value of entries(resolved.output[name])) requireNumber(where(`output.${name}`), value);
  }
  for (const step of resolved.snapshots) {
    requireNumber(where('snapshots'), step, { minimum: 0, maximum: resolved.iterations, integer: true });
  }
  return resolved;
}

function entries(given: number | ArrayLike<number>): readonly number[] {
  return typeof given === 'number' ? [given] : Array.from(given);
}

function requireOneOf<T extends string | boolean>(where: string, given: T, allowed: readonly T[]): void {
  if (allowed.includes(given)) return;
  throw new InverseClaimsError('unknown-option', {
    where,
    expected: allowed.map((name) => JSON.stringify(name)).join(' or '),
    received: JSON.stringify(given) ?? 'undefined',
  });
}

/** All that the answer depends on besides task, seed and backend; snapshots do not change it. */
export function settingsOf(options: Resolved): Settings {
  const { activation, learningRate, schedule, iterations, batchSize, reduction, inputs } = options;
  const { exampleWeights, keepBest } = options;
  const listed = (given: number | ArrayLike<number>): number | string =>
    typeof given === 'number' ? given : entries(given).join(', ');
  return {
    convolution: convolutionText(options.convolution),
    hidden: options.hidden.join('-'),
    activation,
    optimizer: 'Adam',
    learningRate,
    schedule,
    iterations,
    batchSize,
    reduction,
    exampleWeights,
    keepBest,
    outputOffset: listed(options.output.offset),
    outputScale: listed(options.output.scale),
    inputs: inputs === observedAndIdentifiers ? 'observed, identifiers' : inputs.name || 'custom',
  };
}

function convolutionText(given: Resolved['convolution']): string {
  if (given === undefined) return 'none';
  const { fields, channels, width, stride, dimensions = 1 } = given;
  return `${dimensions === 1 ? '' : '2-D '}conv ${channels.join('-')} width ${width} stride ${stride} fields ${fields}`;
}
