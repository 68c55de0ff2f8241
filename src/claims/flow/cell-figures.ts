import type { Facts } from '../../core/claim.ts';
import type { Figure, Panel, Series } from '../../core/figure.ts';
import { medianInterval } from '../../verdicts/median-interval.ts';
import { fact } from '../facts.ts';
import type { FigureSource } from '../figure-source.ts';
import { CLAIMED_TRAINING, RESTARTED_PROBLEMS } from './training.ts';
import { type Cell, unknownsCells, vortexCells, wavesCells } from './training-cells.ts';

/** Trainings of a cell: the fewest whose range covers the median training with 95 %. */
const SHOWN = 6;

/** Error of each band at each of its points. */
const ALPHA = 0.05;

const SOLVED = [
  ['refinedSolved', 'JPO + refinement'],
  ['bfgsSolved', 'BFGS'],
  ['restartsSolved', 'multi-start BFGS'],
] as const;

/** In the order of `SOLVED`, so that methods have their colors. */
const LOSSES = [
  ['refinedMeanLoss', 'JPO + refinement'],
  ['bfgsMeanLoss', 'BFGS'],
  ['restartsMeanLoss', 'multi-start BFGS'],
  ['jointMeanLoss', 'JPO'],
] as const;

/** Medians over the trainings of each cell, with intervals. */
function medians(name: string, label: string, cells: readonly Cell[], trials: readonly (readonly Facts[])[]): Series {
  const estimates = trials.map((trainings) =>
    medianInterval(
      trainings.map((facts) => fact(facts, name)),
      ALPHA,
    ),
  );
  return {
    name: label,
    x: cells.map(({ at }) => at),
    y: estimates.map(({ value }) => value),
    low: estimates.map(({ low }) => low),
    high: estimates.map(({ high }) => high),
  };
}

function panel(
  title: string,
  axes: Pick<Panel, 'x' | 'y'>,
  lines: readonly (readonly [name: string, label: string])[],
  cells: readonly Cell[],
  trials: readonly (readonly Facts[])[],
): Panel {
  return { title, ...axes, series: lines.map(([name, label]) => medians(name, label, cells, trials)) };
}

const SOLVED_SHARE = { label: 'solved share', scale: 'linear' } as const;
const PROBLEMS = { label: 'problems trained together, n', scale: 'log' } as const;
const UNKNOWNS = { label: 'unknowns', scale: 'log' } as const;

const READ =
  `Medians of ${SHOWN} trainings; shaded, from the least to the largest of them, which covers the median of all trainings with probability ` +
  '97 % at each point; single problems are no sample, because those of a training share its network. Multi-start BFGS, on ' +
  `${RESTARTED_PROBLEMS} of the problems of each training, has as many evaluations as network and refinement together.`;

/** What is solved against the number of problems. */
export function fractionFigure(vortices: readonly (readonly Facts[])[], waves: readonly (readonly Facts[])[]): Figure {
  const axes = { x: PROBLEMS, y: SOLVED_SHARE };
  return {
    id: 'flow-fraction',
    title: 'Incompressible flow: solved share against the number of problems',
    caption:
      `${READ} Left: one vortex, three unknowns, 300 steps; a few restarts find nearly all, more than one network does. Right: 24 waves, ` +
      `${CLAIMED_TRAINING.iterations} steps; more problems do not help the network here.`,
    panels: [
      panel('one vortex', axes, SOLVED, vortexCells, vortices),
      panel('24 waves', axes, SOLVED, wavesCells, waves),
    ],
  };
}

/** What is solved, and which losses are left, against the number of unknowns. */
export function unknownsFigure(trials: readonly (readonly Facts[])[]): Figure {
  return {
    id: 'flow-unknowns',
    title: 'Incompressible flow: solved share and losses against the number of unknowns',
    caption:
      `${READ} ${CLAIMED_TRAINING.problems} problems with one vortex (3 unknowns), two (6), and 24 waves, which go on to T = 4 in place of 3: at T = 3 ` +
      'BFGS solves most of them. Right: final losses, means over the problems of a training.',
    panels: [
      panel('solved', { x: UNKNOWNS, y: SOLVED_SHARE }, SOLVED, unknownsCells, trials),
      panel('mean loss', { x: UNKNOWNS, y: { label: 'mean loss', scale: 'log' } }, LOSSES, unknownsCells, trials),
    ],
  };
}

const shown = (cells: readonly Cell[]) => cells.map(({ source }) => ({ source, count: SHOWN }));

/** Figures over cells of trainings: what joint training does with few and many problems and unknowns. */
export const flowCellFigures: readonly FigureSource[] = [
  {
    id: 'flow-fraction',
    figures: ['flow-fraction'],
    beside: ['flow.joint-training-does-not-win'],
    trials: shown([...vortexCells, ...wavesCells]),
    compute: async (_context, trials) => [
      fractionFigure(trials.slice(0, vortexCells.length), trials.slice(vortexCells.length)),
    ],
  },
  {
    id: 'flow-unknowns',
    figures: ['flow-unknowns'],
    beside: ['flow.joint-training-does-not-win'],
    trials: shown(unknownsCells),
    compute: async (_context, trials) => [unknownsFigure(trials)],
  },
];
