import { type Batch, batch } from '../../core/batch.ts';
import type { FactMeaning, Facts, TrialContext, TrialSource } from '../../core/claim.ts';
import type { InverseProblem, Reference, Task } from '../../core/problem.ts';
import { childSeed } from '../../core/random.ts';
import type { Run, Solver } from '../../core/solver.ts';
import { loadBackend } from '../../networks/backend.ts';
import {
  type WavePacketSettingName,
  wavePacketProblem,
  wavePacketSettings,
} from '../../simulators/wave-packet-problem.ts';
import { bfgs, bfgsMethod } from '../../solvers/bfgs.ts';
import { jointNetwork, randomInputs } from '../../solvers/joint-network.ts';
import type { JointNetworkOptions } from '../../solvers/joint-network-options.ts';
import { multiStart } from '../../solvers/multi-start.ts';
import { run } from '../../solvers/run.ts';
import { heldOutFacts, heldOutMeanings } from '../held-out.ts';
import { answers, evaluationsPerRow, fractionOf, lossFacts, lossMeanings } from '../run-comparison.ts';
import { RUNTIME_NAMES, trainingRuntimes } from '../runtime.ts';
import { compareLosses, SAME_BASIN_TOLERANCE, SOLVED_TOLERANCE, solvedFraction } from './comparison.ts';

/** Gradient tolerance of every BFGS in the wave-packet comparisons, on the largest component. */
export const GRADIENT_TOLERANCE = 1e-6;

export interface TrainingOptions {
  readonly setting: WavePacketSettingName;
  /** Problems solved together. */
  readonly problems: number;
  readonly iterations: number;
  readonly learningRate: number;
  /** `'random'` feeds each problem a fixed random vector instead of its observation: the negative control. */
  readonly inputs: 'observation' | 'random';
}

/** Settings of the joint training that the claims state: experiments with other values name them in their id. */
export const CLAIMED_TRAINING = {
  problems: 1024,
  iterations: 3000,
  learningRate: 3e-3,
  inputs: 'observation',
} as const;

/** Problems that the network has not seen. */
const HELD_OUT_PROBLEMS = 256;

/** The joint network for a wave-packet problem: t0 = center + halfWidth · o, two hidden layers of 64, tanh. */
export async function wavePacketNetwork(
  context: TrialContext,
  options: TrainingOptions,
  seed: number,
  { snapshots = [], whenTrained = () => undefined }: Pick<JointNetworkOptions, 'snapshots' | 'whenTrained'> = {},
): Promise<Solver> {
  const { backend, makeNetwork } = await loadBackend(context.backend);
  const { center, halfWidth } = wavePacketSettings[options.setting];
  return jointNetwork({
    makeNetwork,
    backend,
    hidden: [64, 64],
    activation: 'tanh',
    learningRate: options.learningRate,
    schedule: 'cosine',
    iterations: options.iterations,
    batchSize: 16,
    reduction: 'mean',
    output: { offset: center, scale: halfWidth },
    snapshots,
    whenTrained,
    ...(options.inputs === 'random'
      ? { inputs: (task: Task) => randomInputs(task, childSeed(seed, 'wave-packet/random-inputs'), task.observed.cols) }
      : {}),
  });
}

/** Multi-start BFGS from the prior with the given number of simulator evaluations per problem. */
export function multiStartFromPrior(setting: WavePacketSettingName, evaluationsPerProblem: number): Solver {
  const { center, halfWidth } = wavePacketSettings[setting];
  return multiStart(bfgsMethod({ gradientTolerance: GRADIENT_TOLERANCE }), {
    evaluationsPerRow: evaluationsPerProblem,
    sampleStart: (random) => Float64Array.of(random.between(center - halfWidth, center + halfWidth)),
  });
}

/**
 * One trial per training: fresh problems and a fresh network, solved jointly, refined by BFGS, and beside it
 * BFGS from the center of the prior and multi-start BFGS with as many simulator evaluations as JPO + refinement took.
 */
export function wavePacketTraining(id: string, options: TrainingOptions): TrialSource {
  const { problems, setting } = options;
  const inputs =
    options.inputs === 'random' ? 'a fixed random vector per problem as input' : 'the observation as input';
  return {
    id,
    unit: 'training',
    what:
      `one training of a joint network on ${problems} wave packets of setting ${setting}, ` +
      `${options.iterations} steps of 16, learning rate ${options.learningRate}, ${inputs}`,
    chunk: 1,
    meanings: trainingMeanings,
    unshown: RUNTIME_NAMES,
    run: async (context, first, count) => {
      const facts: Facts[] = [];
      for (let k = first; k < first + count; k++) facts.push(await trainingTrial(id, options, context, k));
      return facts;
    },
  };
}

async function trainingTrial(id: string, options: TrainingOptions, context: TrialContext, k: number): Promise<Facts> {
  const dataSeed = childSeed(context.seed, `${id}/data`, k);
  const networkSeed = childSeed(context.seed, `${id}/network`, k);
  const problem = wavePacketProblem(options.setting);
  const { task, reference } = problem.draw(options.problems, dataSeed);
  const local = bfgs({ gradientTolerance: GRADIENT_TOLERANCE });
  const single = run(problem, local, task, dataSeed);
  let heldOut: Facts = {};
  const whenTrained: NonNullable<JointNetworkOptions['whenTrained']> = (predict) => {
    const unseen = problem.draw(HELD_OUT_PROBLEMS, dataSeed, options.problems);
    const globalLoss = unseen.reference.globalLoss as Float64Array;
    const solved = (loss: number, b: number, refined: boolean): boolean =>
      loss <= (globalLoss[b] as number) + (refined ? SOLVED_TOLERANCE : SAME_BASIN_TOLERANCE);
    heldOut = heldOutFacts({ problem, task: unseen.task, local, seed: dataSeed, solved }, predict(unseen.task));
  };
  const network = await wavePacketNetwork(context, options, networkSeed, { whenTrained });
  const joint = run(problem, network, task, networkSeed);
  const refined = run(problem, local, { ...task, start: answers(joint) }, dataSeed);
  const budget = Math.ceil(evaluationsPerRow(joint) + evaluationsPerRow(refined));
  const restarts = run(problem, multiStartFromPrior(options.setting, budget), task, dataSeed);
  return { ...heldOut, ...trainingFacts(problem, task, reference, { single, joint, refined, restarts }) };
}

interface TrainingRuns {
  readonly single: Run;
  readonly joint: Run;
  readonly refined: Run;
  readonly restarts: Run;
}

function trainingFacts(problem: InverseProblem, task: Task, reference: Reference, runs: TrainingRuns): Facts {
  const globalLoss = reference.globalLoss as Float64Array;
  const bfgsSolved = solvedFraction(runs.single, globalLoss, SOLVED_TOLERANCE);
  const refinedSolved = solvedFraction(runs.refined, globalLoss, SOLVED_TOLERANCE);
  const refinedAgainst = compareLosses(runs.refined, runs.single);
  const jointAgainst = compareLosses(runs.joint, runs.single);
  const silent = silentFraction(problem, runs.joint, task);
  return {
    gain: refinedSolved - bfgsSolved,
    jointSolved: solvedFraction(runs.joint, globalLoss, SAME_BASIN_TOLERANCE),
    refinedSolved,
    bfgsSolved,
    restartsSolved: solvedFraction(runs.restarts, globalLoss, SOLVED_TOLERANCE),
    refinedBetter: refinedAgainst.better,
    refinedTied: refinedAgainst.tied,
    refinedWorse: refinedAgainst.worse,
    jointBetter: jointAgainst.better,
    jointTied: jointAgainst.tied,
    jointWorse: jointAgainst.worse,
    collapsed: silent > 0.5 ? 1 : 0,
    silent,
    globalMeanLoss: globalLoss.reduce((sum, loss) => sum + loss, 0) / globalLoss.length,
    ...lossFacts('joint', runs.joint),
    ...lossFacts('refined', runs.refined),
    ...lossFacts('bfgs', runs.single),
    ...lossFacts('restarts', runs.restarts),
    ...trainingRuntimes(runs, (b) => (globalLoss[b] as number) + SOLVED_TOLERANCE),
  };
}

/**
 * Fraction of answers whose packet has left the window: less than 1 % of the energy of a packet at the center
 * remains. Such an answer has loss ½|y*|², which can be lower than a side minimum without solving anything.
 */
export function silentFraction(problem: InverseProblem, joint: Run, task: Task): number {
  const centered = energies(problem, batch(1, 1, task.start.data.slice(0, 1)))[0] as number;
  const found = energies(problem, answers(joint));
  return found.filter((energy) => !(energy >= 0.01 * centered)).length / found.length;
}

function energies(problem: InverseProblem, x: Batch): number[] {
  const y = problem.simulator.forward(x, batch(x.rows, 0));
  return Array.from({ length: y.rows }, (_, b) =>
    y.data.subarray(b * y.cols, (b + 1) * y.cols).reduce((sum, value) => sum + value * value, 0),
  );
}

const trainingMeanings: Readonly<Record<string, FactMeaning>> = {
  gain: fractionOf('gain: solved by refined JPO minus solved by BFGS'),
  jointSolved: fractionOf('solved by JPO alone (right basin: loss within 0.5 of the global minimum)'),
  refinedSolved: fractionOf('solved by JPO + BFGS refinement (within 0.05)'),
  bfgsSolved: fractionOf('solved by BFGS from the center (within 0.05)'),
  restartsSolved: fractionOf('solved by multi-start BFGS with as many evaluations as JPO + refinement (within 0.05)'),
  refinedBetter: fractionOf('refined JPO better than BFGS'),
  refinedTied: fractionOf('refined JPO tied with BFGS (within 0.001)'),
  refinedWorse: fractionOf('refined JPO worse than BFGS'),
  jointBetter: fractionOf('JPO alone better than BFGS'),
  jointTied: fractionOf('JPO alone tied with BFGS (within 0.001)'),
  jointWorse: fractionOf('JPO alone worse than BFGS'),
  collapsed: fractionOf('collapsed network (more than half of its packets have left the window)'),
  silent: fractionOf('answers whose packet has left the window'),
  ...heldOutMeanings(HELD_OUT_PROBLEMS),
  globalMeanLoss: { label: 'mean loss at the global minima', unit: 'loss' },
  ...lossMeanings('joint', 'JPO alone'),
  ...lossMeanings('refined', 'JPO + refinement (evaluations of the refinement only)'),
  ...lossMeanings('bfgs', 'BFGS'),
  ...lossMeanings('restarts', 'multi-start BFGS'),
};
