import type { TrialSource } from '../../core/claim.ts';
import { CLAIMED_TRAINING, flowTraining, type TrainingOptions } from './training.ts';

/** The training of the claims. */
export const wavesTrainings = flowTraining('flow.training-waves', { ...CLAIMED_TRAINING, setting: 'waves' });

/** One point of a figure: its place on the axis, and the trainings that are shown there. */
export interface Cell {
  readonly at: number;
  readonly source: TrialSource;
}

const SIZES = [16, 32, 64, 128] as const;

/** A network learns vortices faster than waves, and stops at their other minima: it gets the steps to come that far. */
const VORTEX_ITERATIONS = 300;

function cellOf(at: number, setting: TrainingOptions['setting'], problems: number): Cell {
  const iterations = setting === 'waves' ? CLAIMED_TRAINING.iterations : VORTEX_ITERATIONS;
  const options = { ...CLAIMED_TRAINING, setting, problems, iterations };
  return { at, source: flowTraining(`flow.training-${setting}-${problems}`, options) };
}

/** One vortex, over the number of problems. */
export const vortexCells: readonly Cell[] = SIZES.map((n) => cellOf(n, 'vortex', n));

/** 24 waves, over the number of problems. */
export const wavesCells: readonly Cell[] = SIZES.map((n) =>
  n === CLAIMED_TRAINING.problems ? { at: n, source: wavesTrainings } : cellOf(n, 'waves', n),
);

/** 64 problems, over the number of unknowns. */
export const unknownsCells: readonly Cell[] = [
  ...vortexCells.filter(({ at }) => at === CLAIMED_TRAINING.problems).map(({ source }) => ({ at: 3, source })),
  cellOf(6, 'two-vortices', CLAIMED_TRAINING.problems),
  { at: 24, source: wavesTrainings },
];
