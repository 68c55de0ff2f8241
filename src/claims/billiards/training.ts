import { batch } from '../../core/batch.ts';
import type { FactMeaning, Facts, TrialContext, TrialSource } from '../../core/claim.ts';
import type { Reference } from '../../core/problem.ts';
import { childSeed } from '../../core/random.ts';
import type { Run, Solver } from '../../core/solver.ts';
import { billiardsProblem } from '../../simulators/billiards-problem.ts';
import { run } from '../../solvers/run.ts';
import { heldOutFacts, heldOutMeanings } from '../held-out.ts';
import { answers, evaluationsPerRow, fractionOf, lossFacts, lossMeanings, share } from '../run-comparison.ts';
import { RUNTIME_NAMES, trainingRuntimes } from '../runtime.ts';
import { compared, SOLVED_LOSS, solvedShare } from './comparison.ts';
import { jointShots, localBfgs, multiStartShots, type NetworkOptions, supervisedShots } from './methods.ts';

interface TrainingOptions extends Omit<NetworkOptions, 'snapshots' | 'whenTrained'> {
  /** Problems solved together. */
  readonly problems: number;
  /** Trainings averaged in one trial; 1 unless given. */
  readonly trainings?: number;
  /** What the network is trained on: through the simulator unless given; hidden shots of its own or of other problems. */
  readonly learnsFrom?: 'simulator' | 'own-shots' | 'shots-of-others';
}

/** The training of the claims about a single shot: everything but the number of problems. */
export const CLAIMED_TRAINING = {
  setting: 'single',
  iterations: 300,
  learningRate: 3e-3,
  inputs: 'observation',
} as const;

/** The training of the claim about two impacts. */
export const CHAIN_TRAINING = {
  setting: 'chain',
  problems: 256,
  iterations: 1500,
  learningRate: 1e-3,
  inputs: 'observation',
} as const;

/** Problems that the network has not seen. */
const HELD_OUT_PROBLEMS = 256;

const LEARNS_FROM = {
  simulator: 'trained through the simulator',
  'own-shots': 'trained on the hidden shots',
  'shots-of-others': 'trained on the hidden shots of other problems',
} as const;

/**
 * One trial per training, or per group of trainings: fresh problems and a fresh network, refined by BFGS; beside it BFGS
 * from the start and multi-start BFGS with as many simulator evaluations as network and refinement took.
 */
export function billiardsTraining(id: string, options: TrainingOptions): TrialSource {
  const { problems, trainings = 1, iterations, learningRate, inputs, setting, learnsFrom = 'simulator' } = options;
  const seen = inputs === 'random' ? 'a fixed random vector per problem as input' : 'balls and wanted place as input';
  const each = `${trainings === 1 ? 'one training' : `the mean of ${trainings} trainings`} of a network`;
  return {
    id,
    unit: 'training',
    what:
      `${each} on ${problems} billiards problems (${setting}), ${LEARNS_FROM[learnsFrom]}, ${iterations} full-batch ` +
      `steps, learning rate ${learningRate}, ${seen}`,
    chunk: 1,
    meanings: trainingMeanings,
    unshown: RUNTIME_NAMES,
    run: async (context, first, count) => {
      const facts: Facts[] = [];
      for (let k = first; k < first + count; k++) {
        const group: Facts[] = [];
        for (let j = 0; j < trainings; j++) group.push(await training(id, options, context, k * trainings + j));
        facts.push(meanFacts(group));
      }
      return facts;
    },
  };
}

function meanFacts(group: readonly Facts[]): Facts {
  const mean = (name: string): number => group.reduce((sum, facts) => sum + (facts[name] as number), 0) / group.length;
  return Object.fromEntries(Object.keys(group[0] as Facts).map((name) => [name, mean(name)]));
}

async function training(id: string, options: TrainingOptions, context: TrialContext, k: number): Promise<Facts> {
  const dataSeed = childSeed(context.seed, `${id}/data`, k);
  const networkSeed = childSeed(context.seed, `${id}/network`, k);
  const { setting } = options;
  const problem = billiardsProblem(setting);
  const { task, reference } = problem.draw(options.problems, dataSeed);
  const single = run(problem, localBfgs(), task, dataSeed);
  const unseen = problem.draw(HELD_OUT_PROBLEMS, dataSeed, options.problems).task;
  let heldOut: Facts = {};
  const whenTrained: NonNullable<NetworkOptions['whenTrained']> = (predict) => {
    heldOut = heldOutFacts(
      { problem, task: unseen, local: localBfgs(), seed: dataSeed, solved: (loss) => loss < SOLVED_LOSS },
      predict(unseen),
    );
  };
  const network = await networkSolver(context, { ...options, whenTrained }, networkSeed, reference);
  const joint = run(problem, network, task, networkSeed);
  const refined = run(problem, localBfgs(), { ...task, start: answers(joint) }, dataSeed);
  const budget = Math.ceil(evaluationsPerRow(joint) + evaluationsPerRow(refined));
  const restarts = run(problem, multiStartShots(setting, budget), task, dataSeed);
  const missed = (x: Run): number =>
    share(problem.simulator.shotEvents(answers(x), task.identifiers), (event) => event === 'miss');
  const startMisses = share(problem.simulator.shotEvents(task.start, task.identifiers), (event) => event === 'miss');
  return {
    startMisses,
    jointMisses: missed(joint),
    ...heldOut,
    ...trainingFacts({ single, joint, refined, restarts }),
  };
}

function networkSolver(
  context: TrialContext,
  { learnsFrom = 'simulator', ...options }: TrainingOptions & Pick<NetworkOptions, 'whenTrained'>,
  seed: number,
  { truth }: Reference,
): Promise<Solver> {
  switch (learnsFrom) {
    case 'simulator':
      return jointShots(context, options, seed);
    case 'own-shots':
      return supervisedShots(context, options, seed, () => truth);
    case 'shots-of-others': {
      // Each problem gets the hidden shot of the next one.
      const { rows, cols, data } = truth;
      const next = data.map((_, i) => data[(i + cols) % data.length] as number);
      return supervisedShots(context, options, seed, () => batch(rows, cols, next));
    }
  }
}

type Runs = Readonly<Record<'single' | 'joint' | 'refined' | 'restarts', Run>>;

function trainingFacts({ single, joint, refined, restarts }: Runs): Facts {
  const against = compared(refined, single);
  const [bfgsSolved, refinedSolved] = [solvedShare(single), solvedShare(refined)];
  return {
    gain: refinedSolved - bfgsSolved,
    jointSolved: solvedShare(joint),
    refinedSolved,
    bfgsSolved,
    restartsSolved: solvedShare(restarts),
    refinedBetter: against.better,
    refinedWorse: against.worse,
    ...lossFacts('joint', joint),
    ...lossFacts('refined', refined),
    ...lossFacts('bfgs', single),
    ...lossFacts('restarts', restarts),
    ...trainingRuntimes({ single, joint, refined, restarts }, () => SOLVED_LOSS),
  };
}

const trainingMeanings: Readonly<Record<string, FactMeaning>> = {
  gain: fractionOf('gain: solved by the refined network minus solved by BFGS'),
  startMisses: fractionOf('starts that miss'),
  jointMisses: fractionOf('answers of the network that miss'),
  jointSolved: fractionOf('solved by the network alone (loss below 1e-4)'),
  refinedSolved: fractionOf('solved by the network + BFGS refinement'),
  bfgsSolved: fractionOf('solved by BFGS from the start'),
  restartsSolved: fractionOf('solved by multi-start BFGS with as many evaluations as network + refinement'),
  refinedBetter: fractionOf('refined network better than BFGS'),
  refinedWorse: fractionOf('refined network worse than BFGS'),
  ...heldOutMeanings(HELD_OUT_PROBLEMS),
  ...lossMeanings('joint', 'network alone'),
  ...lossMeanings('refined', 'network + refinement (evaluations of the refinement only)'),
  ...lossMeanings('bfgs', 'BFGS'),
  ...lossMeanings('restarts', 'multi-start BFGS, which stops a problem at 1e-6'),
};
