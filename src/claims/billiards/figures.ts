import type { TrialContext } from '../../core/claim.ts';
import type { Figure, Series } from '../../core/figure.ts';
import { childSeed } from '../../core/random.ts';
import { billiardsProblem } from '../../simulators/billiards-problem.ts';
import { run } from '../../solvers/run.ts';
import type { FigureSource } from '../figure-source.ts';
import { looks, sharesOfBest } from '../learning-curves.ts';
import { share } from '../run-comparison.ts';
import { SOLVED_LOSS } from './comparison.ts';
import { DESCENT_ITERATIONS, plainAdam, plainDescent } from './descent.ts';
import { landscapeFigure, shotFigure } from './landscape-figures.ts';
import { jointShots, localBfgs } from './methods.ts';
import { billiardsTraining, CLAIMED_TRAINING } from './training.ts';

const PROBLEMS = 256;

/** Share of problems better than BFGS over the steps of a training: Figure 4b. */
async function betterFigure(context: TrialContext): Promise<Figure> {
  const seed = childSeed(context.seed, 'figure/billiards-better');
  const problem = billiardsProblem('single');
  const { task } = problem.draw(PROBLEMS, seed);
  const { iterations } = CLAIMED_TRAINING;
  const network = await jointShots(context, { ...CLAIMED_TRAINING, snapshots: looks(iterations) }, seed);
  const joint = run(problem, network, task, seed);
  const local = run(problem, localBfgs(), task, seed);
  const isBetter = (loss: number, row: number): boolean =>
    loss < (local.rows[row]?.loss ?? Number.NEGATIVE_INFINITY) - SOLVED_LOSS;
  const steps = looks(DESCENT_ITERATIONS).slice(1);
  const descents = [
    ['gradient descent', run(problem, plainDescent(), task, seed)],
    ['Adam per problem', run(problem, plainAdam(), task, seed)],
  ] as const;
  const unsolved = share(local.rows, ({ loss }) => loss >= SOLVED_LOSS);
  return {
    id: '4b',
    title: 'Billiards: better than BFGS over the iterations',
    caption:
      `Share of ${PROBLEMS} problems on which a method is below the final loss of BFGS by more than 1e-4: the jointly trained ` +
      'network as it is, gradient descent and Adam on each problem by their best loss so far. The line marks the problems ' +
      'that BFGS leaves unsolved, the most there is to gain. The untrained network is drawn at half a step.',
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
        references: [{ axis: 'y', value: unsolved, label: 'unsolved by BFGS' }],
      },
    ],
  };
}

/** Numbers of problems, and trainings of each. */
const SIZES = [
  [1, 16],
  [4, 8],
  [16, 3],
  [32, 2],
  [64, 2],
  [128, 1],
  [256, 1],
] as const;

const LINES = [
  ['refinedSolved', 'JPO + refinement'],
  ['jointSolved', 'JPO alone'],
  ['bfgsSolved', 'BFGS'],
  ['restartsSolved', 'multi-start BFGS'],
] as const;

/** Solved share against the number of problems trained together. */
async function fractionFigure(context: TrialContext): Promise<Figure> {
  const seed = childSeed(context.seed, 'figure/billiards-fraction');
  const points: Readonly<Record<string, number>>[] = [];
  for (const [problems, trainings] of SIZES) {
    const source = billiardsTraining(`figure/billiards-${problems}`, { ...CLAIMED_TRAINING, problems, trainings });
    points.push(...(await source.run({ ...context, seed }, 0, 1)));
  }
  return {
    id: 'billiards-fraction',
    title: 'Billiards: solved share against the number of problems',
    caption:
      'Share of problems with a loss below 1e-4 when n of them are solved by one network, with and without a BFGS refinement, ' +
      'and by BFGS alone; multi-start BFGS has the evaluations of network and refinement. Mean over ' +
      `${SIZES.map(([n, trainings]) => `${trainings} training${trainings === 1 ? '' : 's'} at n = ${n}`).join(', ')}.`,
    panels: [
      {
        title: '',
        x: { label: 'problems trained together, n', scale: 'log' },
        y: { label: 'solved share', scale: 'linear' },
        series: LINES.map(([name, label]) => ({
          name: label,
          x: SIZES.map(([problems]) => problems),
          y: points.map((facts) => facts[name] as number),
        })),
      },
    ],
  };
}

/** The paper's Figures 4a and 4b with our data, and two of our own. */
export const billiardsFigures: readonly FigureSource[] = [
  {
    id: '4a',
    figures: ['4a'],
    beside: ['billiards.miss-has-zero-gradient', 'billiards.zero-gradient-share', 'billiards.grazing-is-a-root'],
    compute: async () => [landscapeFigure()],
  },
  {
    id: '4b',
    figures: ['4b'],
    beside: ['billiards.jpo-beats-bfgs', 'billiards.gradient-descent-does-not-beat-bfgs'],
    compute: async (context) => [await betterFigure(context)],
  },
  {
    id: 'billiards-fraction',
    figures: ['billiards-fraction'],
    beside: ['billiards.gains-at-n64', 'billiards.little-at-small-n', 'billiards.jpo-beats-bfgs'],
    compute: async (context) => [await fractionFigure(context)],
  },
  {
    id: 'billiards-shot',
    figures: ['billiards-shot'],
    beside: ['billiards.jpo-solves-missed-shots'],
    compute: async (context) => [await shotFigure(context)],
  },
];
