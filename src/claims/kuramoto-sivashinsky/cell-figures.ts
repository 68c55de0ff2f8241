import type { Facts, TrialContext } from '../../core/claim.ts';
import type { Figure, Panel } from '../../core/figure.ts';
import { childSeed } from '../../core/random.ts';
import { kuramotoSivashinskySettings } from '../../simulators/kuramoto-sivashinsky-problem.ts';
import type { FigureSource } from '../figure-source.ts';
import { CLAIMED_TRAINING, kuramotoSivashinskyTraining, type TrainingOptions } from './training.ts';

/** One point of a figure: its place on the axis, and the trainings whose facts are averaged there. */
interface Cell {
  readonly at: number;
  readonly trainings: number;
  readonly options: Partial<TrainingOptions>;
}

/** Facts of every cell, averaged over its trainings. */
async function cellFacts(name: string, cells: readonly Cell[], context: TrialContext): Promise<readonly Facts[]> {
  const seed = childSeed(context.seed, `figure/${name}`);
  const result: Facts[] = [];
  for (const { at, trainings, options } of cells) {
    const source = kuramotoSivashinskyTraining(`figure/${name}-${at}`, { ...CLAIMED_TRAINING, ...options });
    const facts = await source.run({ ...context, seed }, 0, trainings);
    const mean = (fact: string): number => facts.reduce((sum, each) => sum + (each[fact] as number), 0) / facts.length;
    result.push(Object.fromEntries(Object.keys(facts[0] as Facts).map((fact) => [fact, mean(fact)])));
  }
  return result;
}

const LINES = [
  ['refinedSolved', 'JPO + refinement'],
  ['bfgsSolved', 'BFGS'],
  ['restartsSolved', 'multi-start BFGS'],
] as const;

function solvedPanel(title: string, x: Panel['x'], cells: readonly Cell[], facts: readonly Facts[]): Panel {
  return {
    title,
    x,
    y: { label: 'solved share', scale: 'linear' },
    series: LINES.map(([name, label]) => ({
      name: label,
      x: cells.map(({ at }) => at),
      y: facts.map((each) => each[name] as number),
    })),
  };
}

const HORIZONS: readonly Cell[] = [5, 10, 25, 50].map((horizon) => ({
  at: horizon,
  trainings: 1,
  options: { setting: { ...kuramotoSivashinskySettings.A, horizon } },
}));

/** What is solved against the horizon. */
async function horizonFigure(context: TrialContext): Promise<Figure> {
  const facts = await cellFacts('ks-horizon', HORIZONS, context);
  return {
    id: 'ks-horizon',
    title: 'Kuramoto-Sivashinsky: solved share against the horizon',
    caption:
      'One training on 64 problems of L = 22 at each horizon, 300 steps, refined by BFGS; BFGS alone; and multi-start BFGS with as many ' +
      'evaluations as network and refinement, on 16 of the problems. At short horizons BFGS alone solves most of them, and less is left to gain.',
    panels: [solvedPanel('', { label: 'horizon T', scale: 'linear' }, HORIZONS, facts)],
  };
}

const SIZES: readonly Cell[] = [16, 32, 64, 128].map((size) => ({
  at: size,
  trainings: 2,
  options: { problems: size },
}));

/** What is solved, and what is learned, against the number of problems. */
async function sizeFigure(context: TrialContext): Promise<Figure> {
  const facts = await cellFacts('ks-fraction', SIZES, context);
  const x = { label: 'problems trained together, n', scale: 'log' } as const;
  return {
    id: 'ks-fraction',
    title: 'Kuramoto-Sivashinsky: solved share and losses against the number of problems',
    caption:
      'Two trainings at each number of problems of setting A, 300 steps. Left: share of solved problems. Right: median losses of the ' +
      'network, on its own problems and on problems it has not seen, beside that of BFGS.',
    panels: [
      solvedPanel('solved', x, SIZES, facts),
      {
        title: 'median loss',
        x,
        y: { label: 'median loss', scale: 'log' },
        series: (
          [
            ['jointMedianLoss', 'JPO, its own problems'],
            ['heldOutMedianLoss', 'JPO, unseen problems'],
            ['bfgsMedianLoss', 'BFGS'],
          ] as const
        ).map(([name, label]) => ({
          name: label,
          x: SIZES.map(({ at }) => at),
          y: facts.map((each) => each[name] as number),
        })),
      },
    ],
  };
}

/** Figures over cells of trainings. */
export const cellFigures: readonly FigureSource[] = [
  {
    id: 'ks-horizon',
    figures: ['ks-horizon'],
    beside: ['ks.no-gain-without-chaos', 'ks.gains-at-twice-the-horizon'],
    compute: async (context) => [await horizonFigure(context)],
  },
  {
    id: 'ks-fraction',
    figures: ['ks-fraction'],
    beside: ['ks.gains-at-n16', 'ks.gains-at-n128'],
    compute: async (context) => [await sizeFigure(context)],
  },
];
