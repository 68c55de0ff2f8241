import { comparedMethods, runtimeFigureSource } from '../runtime-figure.ts';
import { CLAIMED_TRAINING, RESTARTED_PROBLEMS } from './training.ts';
import { observedTrainings } from './training-cells.ts';

const { problems } = CLAIMED_TRAINING;

/** Runtimes of JPO with refinement, BFGS and multi-start BFGS on Kuramoto-Sivashinsky problems of setting A. */
export const kuramotoSivashinskyRuntimes = runtimeFigureSource(
  {
    id: 'ks-runtime',
    title: 'Kuramoto-Sivashinsky: runtimes at equal budget',
    what:
      `Setting A, ${problems} problems per training; solved: loss below 1e-6. Multi-start BFGS restarts from the prior on ` +
      `${RESTARTED_PROBLEMS} of the problems, with as many evaluations as network and refinement.`,
    methods: comparedMethods(problems, RESTARTED_PROBLEMS),
  },
  observedTrainings,
  ['ks.refined-jpo-solves-more-than-bfgs'],
);
