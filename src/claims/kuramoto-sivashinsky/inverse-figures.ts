import type { TrialContext } from '../../core/claim.ts';
import { childSeed } from '../../core/random.ts';
import { run } from '../../solvers/run.ts';
import {
  type ComparedExperiment,
  type ComparedMethods,
  comparedMethodsFigures as figuresOf,
} from '../compared-methods-figures.ts';
import type { FigureSource } from '../figure-source.ts';
import { looks } from '../learning-curves.ts';
import { answers } from '../run-comparison.ts';
import {
  jointParameters,
  localBfgs,
  multiStartFromPrior,
  plainAdam,
  plainDescent,
  problemsOf,
  SOLVED_LOSS,
} from './methods.ts';
import { CLAIMED_TRAINING } from './training.ts';

const { problems, iterations } = CLAIMED_TRAINING;

/** One training of the claims and every classical method on the same problems, 300 evaluations each. */
async function comparedMethods(context: TrialContext): Promise<ComparedMethods> {
  const seed = childSeed(context.seed, 'figure/kuramoto-sivashinsky');
  const { exact, training } = problemsOf('A');
  const { task } = exact.draw(problems, seed);
  const network = await jointParameters(context, { ...CLAIMED_TRAINING, snapshots: looks(iterations) }, seed);
  const joint = run(training, network, task, seed);
  const local = run(exact, localBfgs(), task, seed);
  return {
    joint,
    refined: run(exact, localBfgs(), { ...task, start: answers(joint) }, seed),
    local,
    others: [
      ['BFGS', local],
      ['gradient descent', run(exact, plainDescent(iterations), task, seed)],
      ['Adam per problem', run(exact, plainAdam(iterations), task, seed)],
      ['multi-start BFGS', run(exact, multiStartFromPrior(iterations), task, seed)],
    ],
  };
}

/** Figures 5c and 5d, and the losses behind them. */
const EXPERIMENT: ComparedExperiment = {
  name: 'Kuramoto-Sivashinsky',
  iterations,
  solvedLoss: SOLVED_LOSS,
  curves: {
    id: '5c',
    caption:
      `Mean loss over ${problems} problems of setting A against simulator evaluations per problem. JPO: the whole set in every step, as ` +
      'it is after so many steps, in single precision; the others by their best loss so far. BFGS stops by itself; multi-start BFGS goes on ' +
      'from the prior, and is the method to beat at this cost.',
  },
  better: {
    id: '5d',
    caption:
      `Share of the same ${problems} problems on which a method is below the final loss of BFGS by more than 1e-6: the jointly trained ` +
      'network as it is, the others by their best loss so far. The line marks the problems that BFGS leaves unsolved, the most there is ' +
      'to gain. The untrained network is drawn at half a step.',
  },
  losses: {
    id: 'ks-losses',
    caption:
      `Share of the same ${problems} problems with a final loss below the value on the axis; losses below 1e-12 are drawn there. Left of ` +
      'the line a problem is solved: both parameters are right to 3e-3. The network alone solves none, yet leaves few large losses; ' +
      'refinement solves most of what it has brought near.',
  },
};

/** Figures 5c and 5d with our data. */
export const comparedMethodsFigures: FigureSource = {
  id: '5c-5d',
  figures: ['5c', '5d', 'ks-losses'],
  beside: [
    'ks.bfgs-solves-a-minority',
    'ks.jpo-lowers-mean-loss',
    'ks.refined-jpo-solves-more-than-bfgs',
    'ks.gradient-descent-against-bfgs',
  ],
  compute: async (context) => figuresOf(EXPERIMENT, await comparedMethods(context)),
};
