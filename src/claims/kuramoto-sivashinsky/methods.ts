import { type Batch, batch, row } from '../../core/batch.ts';
import type { TrialContext } from '../../core/claim.ts';
import type { InverseProblem, Task } from '../../core/problem.ts';
import { childSeed } from '../../core/random.ts';
import type { Run, Solver } from '../../core/solver.ts';
import { loadBackend } from '../../networks/backend.ts';
import type { KuramotoSivashinskyOptions } from '../../simulators/kuramoto-sivashinsky-options.ts';
import {
  type KuramotoSivashinskySettingName,
  kuramotoSivashinskyProblem,
  kuramotoSivashinskySettings,
} from '../../simulators/kuramoto-sivashinsky-problem.ts';
import { adam } from '../../solvers/adam.ts';
import { bfgs, bfgsMethod } from '../../solvers/bfgs.ts';
import { gradientDescent } from '../../solvers/gradient-descent.ts';
import { type JointNetworkOptions, jointNetwork, randomInputs } from '../../solvers/joint-network.ts';
import { multiStart } from '../../solvers/multi-start.ts';
import { share } from '../run-comparison.ts';

/** A problem is solved below it: of 981 such answers 90 % had both parameters right to 1e-3, all to 2.4e-3. */
export const SOLVED_LOSS = 1e-6;

/** Gradient tolerance of every BFGS here, on the largest component. */
const GRADIENT_TOLERANCE = 1e-8;

/** BFGS on each problem alone, from the start of the task. */
export const localBfgs = (): Solver => bfgs({ gradientTolerance: GRADIENT_TOLERANCE });

/** Steps of the methods without a stop rule in claims. */
export const DESCENT_ITERATIONS = 1000;

/** Gradient descent on one problem: a small rate, because one steep step throws the parameters far out. */
export const plainDescent = (iterations = DESCENT_ITERATIONS): Solver =>
  gradientDescent({ learningRate: 1e-3, iterations });

/** Adam on one problem. */
export const plainAdam = (iterations = DESCENT_ITERATIONS): Solver => adam({ learningRate: 0.03, iterations });

/** Multi-start BFGS from the prior with the given number of evaluations per problem; a solved problem ends. */
export function multiStartFromPrior(evaluationsPerRow: number): Solver {
  return multiStart(bfgsMethod({ gradientTolerance: GRADIENT_TOLERANCE }), {
    evaluationsPerRow,
    sampleStart: (random) => Float64Array.of(random.between(-1, 1), random.between(0.5, 1.5)),
    target: SOLVED_LOSS,
  });
}

/** Fraction of rows with a loss below `SOLVED_LOSS`. */
export function solvedShare({ rows }: Run): number {
  return share(rows, ({ loss }) => loss < SOLVED_LOSS);
}

/** A setting by name or by its options. */
export type Setting = KuramotoSivashinskySettingName | KuramotoSivashinskyOptions;

/** The problems of a setting: `exact` for everything that decides, `training` in single precision. */
export function problemsOf(setting: Setting): {
  readonly exact: InverseProblem;
  readonly training: InverseProblem;
} {
  const options = typeof setting === 'string' ? kuramotoSivashinskySettings[setting] : setting;
  return {
    exact: kuramotoSivashinskyProblem(setting),
    training: kuramotoSivashinskyProblem({ ...options, precision: 'float32' }),
  };
}

export interface NetworkOptions {
  readonly setting: Setting;
  /** Two tanh layers of 64 at rate 1e-3, or three periodic ReLU convolutions of 32 channels and a layer of 64 at 3e-3. */
  readonly network: 'perceptron' | 'convolutional';
  readonly iterations: number;
  /** `'random'` feeds each problem a fixed random vector instead of its states: the negative control. */
  readonly inputs: 'observation' | 'random';
  readonly exampleWeights?: 'losses' | 'votes';
  /** Replaces the rate of the network's kind; 0 trains nothing. */
  readonly learningRate?: number;
  readonly keepBest?: boolean;
  readonly snapshots?: readonly number[];
  readonly whenTrained?: NonNullable<JointNetworkOptions['whenTrained']>;
}

/** Root mean squares of an observation and of an initial state, which the inputs are divided by. */
const INPUT_SCALES = { observed: 2, initial: 1 };

/** y* and u0 at about unit size, side by side: (B, 2N). */
function networkInputs({ observed, identifiers }: Task): Batch {
  const result = batch(observed.rows, observed.cols + identifiers.cols);
  for (let b = 0; b < result.rows; b++) {
    const target = row(result, b);
    row(observed, b).forEach((value, j) => {
      target[j] = value / INPUT_SCALES.observed;
    });
    row(identifiers, b).forEach((value, j) => {
      target[observed.cols + j] = value / INPUT_SCALES.initial;
    });
  }
  return result;
}

const NETWORKS = {
  perceptron: { hidden: [64, 64], activation: 'tanh', learningRate: 1e-3 },
  convolutional: {
    hidden: [64],
    activation: 'relu',
    learningRate: 3e-3,
    convolution: { fields: 2, channels: [32, 32, 32], width: 5, stride: 2 },
  },
} as const;

/**
 * The joint network: (α, β) = (0, 1) + (1, ½) ∘ N(y*, u0), trained with the whole set in every step on the sum of losses.
 */
export async function jointParameters(context: TrialContext, options: NetworkOptions, seed: number): Promise<Solver> {
  const { network, iterations, inputs, setting: _, ...others } = options;
  const { backend, makeNetwork } = await loadBackend(context.backend);
  return jointNetwork({
    ...NETWORKS[network],
    ...others,
    makeNetwork,
    backend,
    schedule: 'constant',
    iterations,
    batchSize: Number.MAX_SAFE_INTEGER,
    reduction: 'sum',
    output: { offset: [0, 1], scale: [1, 0.5] },
    inputs:
      inputs === 'random'
        ? (task) => randomInputs(task, childSeed(seed, 'kuramoto-sivashinsky/random-inputs'))
        : networkInputs,
  });
}
