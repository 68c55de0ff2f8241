import type { Facts, TrialSource } from '../core/claim.ts';
import type { Figure } from '../core/figure.ts';
import { fact } from './facts.ts';
import type { FigureSource } from './figure-source.ts';
import { SHOWN_TRAININGS } from './runtime-figure.ts';

const LINES = [
  ['refinedSolved', 'network + refinement, its own problems'],
  ['heldOutRefinedSolved', 'network + refinement, unseen problems'],
  ['heldOutSolved', 'network alone, unseen problems'],
  ['heldOutBfgsSolved', 'BFGS, unseen problems'],
] as const;

/** What figures of held-out problems show in one experiment. */
export interface HeldOutFigure {
  readonly id: string;
  /** The experiment, at the beginning of the title. */
  readonly experiment: string;
  /** The problems, what it means that one is solved, and what is to be seen. */
  readonly what: string;
}

/** Solved shares of the first trainings of a source, on the problems of the training and on others. */
export function heldOutFigureSource(
  figure: HeldOutFigure,
  source: TrialSource,
  beside: readonly string[],
): FigureSource {
  return {
    id: figure.id,
    figures: [figure.id],
    beside,
    trials: [{ source, count: SHOWN_TRAININGS }],
    compute: async (_context, [trials = []]) => [heldOutFigure(figure, trials)],
  };
}

function heldOutFigure({ id, experiment, what }: HeldOutFigure, trials: readonly Facts[]): Figure {
  return {
    id,
    title: `${experiment}: problems that were not trained on`,
    caption: `Solved share in each of ${trials.length} trainings. ${what}`,
    panels: [
      {
        title: '',
        x: { label: 'training', scale: 'linear' },
        y: { label: 'solved share', scale: 'linear' },
        series: LINES.map(([name, label]) => ({
          name: label,
          x: trials.map((_, k) => k + 1),
          y: trials.map((facts) => fact(facts, name)),
        })),
      },
    ],
  };
}
