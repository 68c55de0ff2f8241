import type { FactMeaning, Facts, TrialContext, TrialSource } from '../../core/claim.ts';
import { childSeed } from '../../core/random.ts';
import type { Run } from '../../core/solver.ts';
import type { KuramotoSivashinskySettingName } from '../../simulators/kuramoto-sivashinsky-problem.ts';
import { fractionOf, lossFacts, lossMeanings } from '../run-comparison.ts';
import { solvedShare } from './methods.ts';
import { CLAIMED_TRAINING, jointTraining, type TrainingOptions } from './training.ts';

/** What two trainings of the same network on the same problems share, and in what the second differs from the first. */
interface Pair {
  readonly second: 'votes' | 'sum of losses again';
}

/**
 * One trial per pair of trainings on the same fresh problems: the sum of losses, and votes, in which every problem's
 * gradient is normalized before it is pulled back through the network. Both start from the same weights.
 *
 * The control repeats the sum of losses from other weights, so that only chance can tell the two apart.
 */
export function votingTrials(
  id: string,
  setting: KuramotoSivashinskySettingName,
  { second }: Pair,
  { problems, iterations }: Pick<TrainingOptions, 'problems' | 'iterations'> = CLAIMED_TRAINING,
): TrialSource {
  const options: TrainingOptions = { ...CLAIMED_TRAINING, setting, problems, iterations };
  return {
    id,
    unit: 'training',
    what:
      `two trainings of a joint network on the same ${problems} Kuramoto-Sivashinsky problems of setting ` +
      `${setting}, ${iterations} steps: sum of losses, and ${second}`,
    chunk: 1,
    meanings,
    run: async (context, first, count) => {
      const facts: Facts[] = [];
      for (let k = first; k < first + count; k++) facts.push(await pairOf(id, options, second, context, k));
      return facts;
    },
  };
}

async function pairOf(
  id: string,
  options: TrainingOptions,
  second: Pair['second'],
  context: TrialContext,
  k: number,
): Promise<Facts> {
  const dataSeed = childSeed(context.seed, `${id}/data`, k);
  const seed = childSeed(context.seed, `${id}/network`, k);
  const sum = await jointTraining(options, context, dataSeed, seed);
  const other =
    second === 'votes'
      ? await jointTraining({ ...options, exampleWeights: 'votes' }, context, dataSeed, seed)
      : await jointTraining(options, context, dataSeed, childSeed(seed, 'again'));
  return {
    lower: meanLoss(other.joint) < meanLoss(sum.joint) ? 1 : 0,
    sumFoundMap: sum.foundMap,
    otherFoundMap: other.foundMap,
    sumRefinedSolved: solvedShare(sum.refined),
    otherRefinedSolved: solvedShare(other.refined),
    ...lossFacts('sum', sum.joint),
    ...lossFacts('other', other.joint),
  };
}

function meanLoss({ rows }: Run): number {
  return rows.reduce((total, { loss }) => total + loss, 0) / rows.length;
}

const meanings: Readonly<Record<string, FactMeaning>> = {
  lower: fractionOf('second training ends at the lower mean loss'),
  sumFoundMap: fractionOf('network that found the map, sum of losses'),
  otherFoundMap: fractionOf('network that found the map, second training'),
  sumRefinedSolved: fractionOf('solved after refinement, sum of losses'),
  otherRefinedSolved: fractionOf('solved after refinement, second training'),
  ...lossMeanings('sum', 'sum of losses'),
  ...lossMeanings('other', 'second training'),
};
