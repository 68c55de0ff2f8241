import type { FactMeaning, Facts, TrialContext, TrialSource } from '../../core/claim.ts';
import type { InverseProblem, Task } from '../../core/problem.ts';
import { childSeed } from '../../core/random.ts';
import type { Run } from '../../core/solver.ts';
import { flowProblem } from '../../simulators/flow-problem.ts';
import { run } from '../../solvers/run.ts';
import { heldOutFacts, heldOutMeanings } from '../held-out.ts';
import {
  answers,
  compareRuns,
  evaluationsPerRow,
  fractionOf,
  lossFacts,
  lossMeanings,
  share,
  taskRows,
} from '../run-comparison.ts';
import { evaluationsToTarget, RUNTIME_NAMES, trainingRuntimes } from '../runtime.ts';
import {
  flowSettings,
  jointFlow,
  localBfgs,
  multiStartFromPrior,
  type NetworkOptions,
  SOLVED_LOSS,
  solvedShare,
} from './methods.ts';

export interface TrainingOptions extends Omit<NetworkOptions, 'snapshots' | 'whenTrained'> {
  /** Problems solved together. */
  readonly problems: number;
}

/** The training of the claim: everything but the setting. */
export const CLAIMED_TRAINING = { problems: 64, iterations: 200, inputs: 'observation' } as const;

/** Losses closer than this are tied. */
const TIE_TOLERANCE = SOLVED_LOSS;
/** Multi-start at the cost of a training is run on so many of its problems, and the network on so many that it has not seen. */
export const RESTARTED_PROBLEMS = 8;
const HELD_OUT_PROBLEMS = 8;
/** Evaluations after which BFGS is stopped in a control: enough to descend, too few to solve. */
const SHORT = 30;

/**
 * One trial per training: fresh problems and a fresh network, refined by BFGS. Beside it BFGS from the start, multi-start BFGS on some
 * of the problems with as many simulator evaluations as network and refinement took, and problems that the network has not seen.
 */
export function flowTraining(id: string, options: TrainingOptions): TrialSource {
  const { problems, setting, iterations, inputs } = options;
  const seen = inputs === 'random' ? 'a fixed random vector per problem as input' : 'markers before and after as input';
  return {
    id,
    unit: 'training',
    what: `one training of a joint convolutional network on ${problems} flows (${setting}), ${iterations} full-batch steps, ${seen}`,
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
  const problem = flowProblem(flowSettings[options.setting]);
  const { task } = problem.draw(options.problems, dataSeed);
  const unseen = problem.draw(HELD_OUT_PROBLEMS, dataSeed, options.problems).task;
  let heldOut: Facts = {};
  const whenTrained: NonNullable<NetworkOptions['whenTrained']> = (predict) => {
    heldOut = heldOutFacts(
      { problem, task: unseen, local: localBfgs(), seed: dataSeed, solved: (loss) => loss < SOLVED_LOSS },
      predict(unseen),
    );
  };
  const joint = run(problem, await jointFlow(context, { ...options, whenTrained }, networkSeed), task, networkSeed);
  return { ...heldOut, ...comparisonFacts(problem, options, task, joint, dataSeed) };
}

/** Refinement of the network and the methods beside it. */
function comparisonFacts(
  problem: InverseProblem,
  { problems, setting }: TrainingOptions,
  task: Task,
  joint: Run,
  seed: number,
): Facts {
  const refined = run(problem, localBfgs(), { ...task, start: answers(joint) }, seed);
  const single = run(problem, localBfgs(), task, seed);
  const budget = Math.ceil(evaluationsPerRow(joint) + evaluationsPerRow(refined));
  const some = Math.min(RESTARTED_PROBLEMS, problems);
  const restarts = run(problem, multiStartFromPrior(setting, budget), taskRows(task, 0, some), seed);
  const against = compareRuns(refined, single, TIE_TOLERANCE);
  const [bfgsSolved, refinedSolved] = [solvedShare(single), solvedShare(refined)];
  return {
    gain: refinedSolved - bfgsSolved,
    gainOverShort: refinedSolved - share(single.rows, (row) => evaluationsToTarget(row, SOLVED_LOSS) <= SHORT),
    jointSolved: solvedShare(joint),
    refinedSolved,
    bfgsSolved,
    restartsSolved: solvedShare(restarts),
    bfgsOfRestartedSolved: solvedShare({ ...single, rows: single.rows.slice(0, some) }),
    refinedBetter: against.better,
    refinedTied: against.tied,
    refinedWorse: against.worse,
    ...lossFacts('joint', joint),
    ...lossFacts('refined', refined),
    ...lossFacts('bfgs', single),
    ...lossFacts('restarts', restarts),
    ...trainingRuntimes({ joint, refined, single, restarts }, () => SOLVED_LOSS),
  };
}

const trainingMeanings: Readonly<Record<string, FactMeaning>> = {
  gain: fractionOf('gain: solved by the refined network minus solved by BFGS'),
  gainOverShort: fractionOf(`the same over BFGS stopped after ${SHORT} evaluations`),
  jointSolved: fractionOf('solved by the network alone (loss below 1e-6)'),
  refinedSolved: fractionOf('solved by the network + BFGS refinement'),
  bfgsSolved: fractionOf('solved by BFGS from the start'),
  restartsSolved: fractionOf(
    `solved by multi-start BFGS with as many evaluations as network + refinement, on ${RESTARTED_PROBLEMS} of the problems`,
  ),
  bfgsOfRestartedSolved: fractionOf(`solved by BFGS from the start, on the same ${RESTARTED_PROBLEMS}`),
  refinedBetter: fractionOf('refined network better than BFGS'),
  refinedTied: fractionOf('refined network tied with BFGS (within 1e-6)'),
  refinedWorse: fractionOf('refined network worse than BFGS'),
  ...heldOutMeanings(HELD_OUT_PROBLEMS),
  ...lossMeanings('joint', 'network alone'),
  ...lossMeanings('refined', 'network + refinement (evaluations of the refinement only)'),
  ...lossMeanings('bfgs', 'BFGS'),
  ...lossMeanings('restarts', 'multi-start BFGS, which ends a problem once it is solved'),
};
