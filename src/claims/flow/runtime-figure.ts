import { comparedMethods, runtimeFigureSource } from '../runtime-figure.ts';
import { CLAIMED_TRAINING, RESTARTED_PROBLEMS } from './training.ts';
import { wavesTrainings } from './training-cells.ts';

const { problems } = CLAIMED_TRAINING;

/** Runtimes of JPO with refinement, BFGS and multi-start BFGS on flows with 24 unknown waves. */
export const flowRuntimes = runtimeFigureSource(
  {
    id: 'flow-runtime',
    title: 'Incompressible flow: runtimes at equal budget',
    what:
      `24 unknown waves, ${problems} problems per training; solved: loss below 1e-6. Multi-start BFGS restarts from the prior on ` +
      `${RESTARTED_PROBLEMS} of the problems, with as many evaluations as network and refinement.`,
    methods: comparedMethods(problems, RESTARTED_PROBLEMS),
  },
  wavesTrainings,
  ['flow.joint-training-does-not-win'],
);
