import { type Batch, batch, row } from '../../core/batch.ts';
import type { TrialContext } from '../../core/claim.ts';
import { samplePrior } from '../../core/prior.ts';
import type { Task } from '../../core/problem.ts';
import { childSeed } from '../../core/random.ts';
import type { Run, Solver } from '../../core/solver.ts';
import { loadBackend } from '../../networks/backend.ts';
import type { FlowOptions } from '../../simulators/flow-options.ts';
import { flowPrior } from '../../simulators/flow-problem.ts';
import { adam } from '../../solvers/adam.ts';
import { bfgs, bfgsMethod } from '../../solvers/bfgs.ts';
import { gradientDescent } from '../../solvers/gradient-descent.ts';
import { jointNetwork, randomInputs } from '../../solvers/joint-network.ts';
import type { JointNetworkOptions } from '../../solvers/joint-network-options.ts';
import { multiStart } from '../../solvers/multi-start.ts';
import { share } from '../run-comparison.ts';

/** A problem is solved below it: losses at the start are 0.03 to 0.05, at other minima 1e-4 and more. */
export const SOLVED_LOSS = 1e-6;

/** Problems (a), (b) and (c): 32 × 32 points, steps of 0.1, ν = κ = 0.01. */
export const flowSettings = {
  vortex: { unknowns: 'vortex', horizon: 3 },
  'two-vortices': { unknowns: 'two-vortices', horizon: 3 },
  waves: { unknowns: 'modes', horizon: 4 },
} as const satisfies Record<string, FlowOptions>;

export type FlowSetting = keyof typeof flowSettings;

/** Gradient tolerance of every BFGS here, on the largest component, and iterations: 24 waves take 150 to 300. */
const STOP = { gradientTolerance: 1e-8, maxIterations: 300 };

/** BFGS on each problem alone, from the start of the task. */
export const localBfgs = (): Solver => bfgs(STOP);

/** Gradient descent and Adam on each problem alone, with the rates that ended lowest of those tried on 8 problems with waves. */
export const plainDescent = (iterations: number): Solver => gradientDescent({ learningRate: 10, iterations });
export const plainAdam = (iterations: number): Solver => adam({ learningRate: 0.1, iterations });

/** Multi-start BFGS from the prior with the given number of evaluations per problem; a solved problem ends. */
export function multiStartFromPrior(setting: FlowSetting, evaluationsPerRow: number): Solver {
  const prior = flowPrior(flowSettings[setting]);
  return multiStart(bfgsMethod(STOP), {
    evaluationsPerRow,
    sampleStart: (random) => samplePrior(prior, random),
    target: SOLVED_LOSS,
  });
}

/** Fraction of rows with a loss below `SOLVED_LOSS`. */
export function solvedShare({ rows }: Run): number {
  return share(rows, ({ loss }) => loss < SOLVED_LOSS);
}

export interface NetworkOptions {
  readonly setting: FlowSetting;
  readonly iterations: number;
  /** `'random'` feeds each problem a fixed random vector instead of its markers: a control. */
  readonly inputs: 'observation' | 'random';
  readonly snapshots?: readonly number[];
  readonly whenTrained?: NonNullable<JointNetworkOptions['whenTrained']>;
}

/** Root mean square of a marker, about, which the inputs are divided by. */
const MARKER_SCALE = 0.2;

/** Markers before and after at about unit size, side by side: (B, 2N²). */
function networkInputs({ observed, identifiers }: Task): Batch {
  const result = batch(observed.rows, identifiers.cols + observed.cols);
  for (let b = 0; b < result.rows; b++) {
    row(result, b).set(row(identifiers, b));
    row(result, b).set(row(observed, b), identifiers.cols);
  }
  for (let i = 0; i < result.data.length; i++) result.data[i]! /= MARKER_SCALE;
  return result;
}

/** Standard deviations of the unknowns. */
function outputScale(setting: FlowSetting): number[] {
  return flowPrior(flowSettings[setting]).map(({ distribution }) => {
    if (distribution.kind === 'normal') return distribution.sd;
    return distribution.kind === 'uniform' ? (distribution.high - distribution.low) / Math.sqrt(12) : 1;
  });
}

/**
 * The joint network: x = σ ∘ N(m₀, m_T), two periodic convolutions of 16 and 32 channels, width 5, stride 2, and a layer of 64, ReLU, trained
 * with the whole set in every step on the sum of losses.
 */
export async function jointFlow(context: TrialContext, options: NetworkOptions, seed: number): Promise<Solver> {
  const { setting, iterations, inputs, ...others } = options;
  const { backend, makeNetwork } = await loadBackend(context.backend);
  return jointNetwork({
    ...others,
    makeNetwork,
    backend,
    convolution: { fields: 2, dimensions: 2, channels: [16, 32], width: 5, stride: 2 },
    hidden: [64],
    activation: 'relu',
    learningRate: 2e-3,
    schedule: 'constant',
    iterations,
    batchSize: Number.MAX_SAFE_INTEGER,
    reduction: 'sum',
    keepBest: true,
    output: { offset: 0, scale: outputScale(setting) },
    inputs: inputs === 'random' ? (task) => randomInputs(task, childSeed(seed, 'flow/random-inputs')) : networkInputs,
  });
}
