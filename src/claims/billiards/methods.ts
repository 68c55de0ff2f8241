import { type Batch, batch } from '../../core/batch.ts';
import type { TrialContext } from '../../core/claim.ts';
import type { Task } from '../../core/problem.ts';
import { childSeed, type Random } from '../../core/random.ts';
import type { Solver } from '../../core/solver.ts';
import { loadBackend } from '../../networks/backend.ts';
import type { BilliardsSetting } from '../../simulators/billiards-problem.ts';
import { bfgs, bfgsMethod } from '../../solvers/bfgs.ts';
import { jointNetwork, randomInputs } from '../../solvers/joint-network.ts';
import type { JointNetworkOptions } from '../../solvers/joint-network-options.ts';
import { multiStart } from '../../solvers/multi-start.ts';
import { supervisedNetwork } from '../../solvers/supervised-network.ts';

/** Gradient tolerance of every BFGS here, on the largest component. */
const GRADIENT_TOLERANCE = 1e-7;
const BFGS_ITERATIONS = 200;
/** Multi-start ends a problem here: far below what counts as solved. */
const TARGET_LOSS = 1e-6;

export interface NetworkOptions {
  readonly setting: BilliardsSetting;
  readonly iterations: number;
  readonly learningRate: number;
  /** `'random'` feeds each problem a fixed random vector instead of its balls and wanted place: a control. */
  readonly inputs: 'observation' | 'random';
  readonly snapshots?: readonly number[];
  readonly whenTrained?: NonNullable<JointNetworkOptions['whenTrained']>;
}

/** BFGS on each problem alone, from the start of the task. */
export const localBfgs = (): Solver => bfgs({ gradientTolerance: GRADIENT_TOLERANCE, maxIterations: BFGS_ITERATIONS });

/** Center and half-width of what the network sees: balls, then the wanted place. */
const INPUT_SCALES: Readonly<Record<BilliardsSetting, readonly (readonly [number, number])[]>> = {
  single: [
    [0.5, 0.3],
    [0, 0.3],
    [1, 0.8],
    [0, 0.8],
  ],
  chain: [
    [0.45, 0.15],
    [0, 0.15],
    [0.9, 0.25],
    [0, 0.25],
    [2, 0.8],
    [0, 0.8],
  ],
};

/** Balls and wanted place, shifted and scaled to about [−1, 1]: (B, 4) or (B, 6). */
function networkInputs(setting: BilliardsSetting, { identifiers, observed }: Task): Batch {
  const scales = INPUT_SCALES[setting];
  const result = batch(observed.rows, scales.length);
  for (let b = 0; b < result.rows; b++) {
    scales.forEach(([center, halfWidth], j) => {
      const source = j < identifiers.cols ? identifiers : observed;
      const column = j < identifiers.cols ? j : j - identifiers.cols;
      result.data[b * result.cols + j] = (source.data[b * source.cols + column]! - center) / halfWidth;
    });
  }
  return result;
}

async function networkOptions(
  context: TrialContext,
  options: NetworkOptions,
  seed: number,
): Promise<JointNetworkOptions> {
  const { setting, iterations, learningRate, inputs, snapshots = [], whenTrained } = options;
  const { backend, makeNetwork } = await loadBackend(context.backend);
  const width = INPUT_SCALES[setting].length;
  return {
    makeNetwork,
    backend,
    hidden: [64, 64],
    activation: 'relu',
    learningRate,
    schedule: 'constant',
    iterations,
    // The whole set in every step, however large.
    batchSize: Number.MAX_SAFE_INTEGER,
    reduction: 'mean',
    output: { offset: setting === 'single' ? [1.5, 0] : [3, 0], scale: 1 },
    snapshots,
    ...(whenTrained === undefined ? {} : { whenTrained }),
    inputs:
      inputs === 'random'
        ? (task: Task) => randomInputs(task, childSeed(seed, 'billiards/random-inputs'), width)
        : (task: Task) => networkInputs(setting, task),
  };
}

/** The joint network, trained through the simulator: v = start + N(balls, wanted place), 64-64 ReLU, full batch. */
export async function jointShots(context: TrialContext, options: NetworkOptions, seed: number): Promise<Solver> {
  return jointNetwork(await networkOptions(context, options, seed));
}

/** The same network, trained to imitate the velocities that `references` gives. */
export async function supervisedShots(
  context: TrialContext,
  options: NetworkOptions,
  seed: number,
  references: (task: Task) => Batch,
): Promise<Solver> {
  return supervisedNetwork({ ...(await networkOptions(context, options, seed)), references });
}

const SPREAD = (55 * Math.PI) / 180;

/** Directions a little wider than those of the balls, and the speeds of the hidden shots. */
function guess(setting: BilliardsSetting, random: Random): Float64Array {
  const direction = random.between(-SPREAD, SPREAD);
  const speed = setting === 'single' ? random.between(1, 2.5) : random.between(2, 4);
  return Float64Array.of(speed * Math.cos(direction), speed * Math.sin(direction));
}

/** Multi-start BFGS from guesses at the hidden shot, with the given number of simulator evaluations per problem. */
export function multiStartShots(setting: BilliardsSetting, evaluationsPerRow: number): Solver {
  return multiStart(bfgsMethod({ gradientTolerance: GRADIENT_TOLERANCE, maxIterations: BFGS_ITERATIONS }), {
    evaluationsPerRow,
    sampleStart: (random) => guess(setting, random),
    target: TARGET_LOSS,
  });
}
