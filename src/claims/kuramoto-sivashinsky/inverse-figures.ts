import type { TrialContext } from '../../core/claim.ts';
import type { Figure, Series } from '../../core/figure.ts';
import { childSeed } from '../../core/random.ts';
import type { Run } from '../../core/solver.ts';
import { run } from '../../solvers/run.ts';
import type { FigureSource } from '../figure-source.ts';
import { looks, meanBestLoss, sharesOfBest } from '../learning-curves.ts';
import { share } from '../run-comparison.ts';
import {
  jointParameters,
  localBfgs,
  multiStartFromPrior,
  plainAdam,
  plainDescent,
  problemsOf,
  SOLVED_LOSS,
  solvedShare,
} from './methods.ts';
import { CLAIMED_TRAINING } from './training.ts';

const { problems, iterations } = CLAIMED_TRAINING;

interface Compared {
  readonly joint: Run;
  readonly refined: Run;
  readonly local: Run;
  readonly others: readonly (readonly [name: string, result: Run])[];
}

/** One training of the claims and every classical method on the same problems, 300 evaluations each. */
async function comparedMethods(context: TrialContext): Promise<Compared> {
  const seed = childSeed(context.seed, 'figure/kuramoto-sivashinsky');
  const { exact, training } = problemsOf('A');
  const { task } = exact.draw(problems, seed);
  const network = await jointParameters(context, { ...CLAIMED_TRAINING, snapshots: looks(iterations) }, seed);
  const joint = run(training, network, task, seed);
  const start = { ...task.start, data: Float64Array.from(joint.rows.flatMap(({ x }) => x)) };
  const local = run(exact, localBfgs(), task, seed);
  return {
    joint,
    refined: run(exact, localBfgs(), { ...task, start }, seed),
    local,
    others: [
      ['BFGS', local],
      ['gradient descent', run(exact, plainDescent(iterations), task, seed)],
      ['Adam per problem', run(exact, plainAdam(iterations), task, seed)],
      ['multi-start BFGS', run(exact, multiStartFromPrior(iterations), task, seed)],
    ],
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean losses over evaluations: Figure 5c. */
function optimizationCurves({ joint, others }: Compared): Figure {
  const later = joint.snapshots.filter(({ label }) => label > 0);
  const grid = looks(iterations).filter((step) => step > 0);
  return {
    id: '5c',
    title: 'Kuramoto-Sivashinsky: optimization curves',
    caption:
      `Mean loss over ${problems} problems of setting A against simulator evaluations per problem. JPO: the whole set in every step, as ` +
      'it is after so many steps, in single precision; the others by their best loss so far. BFGS stops by itself; multi-start BFGS goes on ' +
      'from the prior, and is the method to beat at this cost.',
    panels: [
      {
        title: '',
        x: { label: 'simulator evaluations per problem', scale: 'log' },
        y: { label: 'mean loss', scale: 'log' },
        series: [
          { name: 'JPO', x: later.map(({ label }) => label), y: later.map(({ losses }) => mean(losses)) },
          ...others.map(([name, result]): Series => ({ name, x: grid, y: meanBestLoss(result, grid) })),
        ],
      },
    ],
  };
}

/** Share of problems better than the final answer of BFGS over the iterations: Figure 5d. */
function betterOverIterations({ joint, local, others }: Compared): Figure {
  const isBetter = (loss: number, row: number): boolean =>
    loss < (local.rows[row]?.loss ?? Number.NEGATIVE_INFINITY) - SOLVED_LOSS;
  const steps = looks(iterations).filter((step) => step > 0);
  const descents = others.filter(([name]) => name !== 'BFGS');
  return {
    id: '5d',
    title: 'Kuramoto-Sivashinsky: better than BFGS over the iterations',
    caption:
      `Share of the same ${problems} problems on which a method is below the final loss of BFGS by more than 1e-6: the jointly trained ` +
      'network as it is, the others by their best loss so far. The line marks the problems that BFGS leaves unsolved, the most there is ' +
      'to gain. The untrained network is drawn at half a step.',
    panels: [
      {
        title: '',
        x: { label: 'iterations', scale: 'log' },
        y: { label: 'share of problems', scale: 'linear' },
        series: [
          {
            name: 'JPO',
            x: joint.snapshots.map(({ label }) => Math.max(label, 0.5)),
            y: joint.snapshots.map(({ losses }) => share(losses, isBetter)),
          },
          ...descents.map(([name, result]): Series => ({ name, x: steps, y: sharesOfBest(result, steps, isBetter) })),
        ],
        references: [{ axis: 'y', value: 1 - solvedShare(local), label: 'unsolved by BFGS' }],
      },
    ],
  };
}

/** Losses below it are drawn there: the digits of a solved problem mean nothing. */
const SMALLEST_LOSS = 1e-12;

/** Distribution of final losses. */
function lossDistribution({ joint, refined, others }: Compared): Figure {
  const distribution = ([name, { rows }]: readonly [string, Run]): Series => {
    const losses = rows.map(({ loss }) => Math.max(loss, SMALLEST_LOSS)).sort((a, b) => a - b);
    const finite = losses.filter(Number.isFinite);
    return { name, x: finite, y: finite.map((_, i) => (i + 1) / losses.length) };
  };
  return {
    id: 'ks-losses',
    title: 'Kuramoto-Sivashinsky: distribution of final losses',
    caption:
      `Share of the same ${problems} problems with a final loss below the value on the axis; losses below 1e-12 are drawn there. Left of ` +
      'the line a problem is solved: both parameters are right to 3e-3. The network alone solves none, yet leaves few large losses; ' +
      'refinement solves most of what it has brought near.',
    panels: [
      {
        title: '',
        x: { label: 'final loss', scale: 'log' },
        y: { label: 'share of problems', scale: 'linear' },
        series: ([['JPO', joint], ['JPO + refinement', refined], ...others] as const).map(distribution),
        references: [{ axis: 'x', value: SOLVED_LOSS, label: 'solved' }],
      },
    ],
  };
}

/** Figures 5c and 5d with our data, and the losses behind them. */
export const comparedMethodsFigures: FigureSource = {
  id: '5c-5d',
  figures: ['5c', '5d', 'ks-losses'],
  beside: [
    'ks.bfgs-solves-a-minority',
    'ks.jpo-lowers-mean-loss',
    'ks.refined-jpo-solves-more-than-bfgs',
    'ks.gradient-descent-against-bfgs',
  ],
  compute: async (context) => {
    const compared = await comparedMethods(context);
    return [optimizationCurves(compared), betterOverIterations(compared), lossDistribution(compared)];
  },
};
