import type { TrialContext } from '../../core/claim.ts';
import type { InverseProblem } from '../../core/problem.ts';
import { childSeed } from '../../core/random.ts';
import { flowProblem } from '../../simulators/flow-problem.ts';
import { run } from '../../solvers/run.ts';
import { type ComparedExperiment, type ComparedMethods, comparedMethodsFigures } from '../compared-methods-figures.ts';
import type { FigureSource } from '../figure-source.ts';
import { looks } from '../learning-curves.ts';
import { answers } from '../run-comparison.ts';
import { answersFigure } from './answers-figure.ts';
import {
  flowSettings,
  jointFlow,
  localBfgs,
  multiStartFromPrior,
  plainAdam,
  plainDescent,
  SOLVED_LOSS,
} from './methods.ts';
import { CLAIMED_TRAINING } from './training.ts';

const { problems, iterations } = CLAIMED_TRAINING;

type Drawn = ReturnType<InverseProblem['draw']>;

/** One training of the claims and every classical method on the same problems. */
async function comparedMethods(
  context: TrialContext,
  problem: ReturnType<typeof flowProblem>,
  { task }: Drawn,
  seed: number,
): Promise<ComparedMethods> {
  const options = { ...CLAIMED_TRAINING, setting: 'waves', snapshots: looks(iterations) } as const;
  const joint = run(problem, await jointFlow(context, options, seed), task, seed);
  const local = run(problem, localBfgs(), task, seed);
  return {
    joint,
    refined: run(problem, localBfgs(), { ...task, start: answers(joint) }, seed),
    local,
    others: [
      ['BFGS', local],
      ['gradient descent', run(problem, plainDescent(iterations), task, seed)],
      ['Adam per problem', run(problem, plainAdam(iterations), task, seed)],
      ['multi-start BFGS', run(problem, multiStartFromPrior('waves', iterations), task, seed)],
    ],
  };
}

const EXPERIMENT: ComparedExperiment = {
  name: 'Incompressible flow',
  iterations,
  solvedLoss: SOLVED_LOSS,
  curves: {
    id: 'flow-curves',
    caption:
      `Mean loss over ${problems} flows with 24 unknown waves against simulator evaluations per problem, ${iterations} at most. JPO: the ` +
      'whole set in every step, as it is after so many steps; the others by their best loss so far. BFGS begins at small waves; so does ' +
      'multi-start BFGS, which goes on at guesses from the prior where evaluations are left.',
  },
  better: {
    id: 'flow-better',
    caption:
      `Share of the same ${problems} flows on which a method is below the final loss of BFGS by more than 1e-6: the jointly trained network ` +
      'as it is, the others by their best loss so far. The line marks the problems that BFGS leaves unsolved, the most there is to gain. The ' +
      'untrained network is drawn at half a step.',
  },
  losses: {
    id: 'flow-losses',
    caption:
      `Share of the same ${problems} flows with a final loss below the value on the axis; losses below 1e-12 are drawn there. Left of the ` +
      'line a problem is solved; multi-start BFGS leaves it there.',
  },
};

/** Curves and fractions of the training that has a verdict. */
export const flowComparedFigures: FigureSource = {
  id: 'flow-curves',
  figures: ['flow-curves', 'flow-better', 'flow-losses', 'flow-answers'],
  beside: ['flow.joint-training-does-not-win'],
  compute: async (context) => {
    const seed = childSeed(context.seed, 'figure/flow');
    const problem = flowProblem(flowSettings.waves);
    const drawn = problem.draw(problems, seed);
    const compared = await comparedMethods(context, problem, drawn, seed);
    return [...comparedMethodsFigures(EXPERIMENT, compared), answersFigure(problem, drawn, compared)];
  },
};
