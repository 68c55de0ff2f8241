import { comparedMethods, runtimeFigureSource } from '../runtime-figure.ts';
import { CLAIMED_PROBLEMS, training256 } from './claims.ts';

/** Runtimes of a network with refinement, BFGS and multi-start BFGS on single shots. */
export const billiardsRuntimes = runtimeFigureSource(
  {
    id: 'billiards-runtime',
    title: 'Billiards: runtimes at equal budget',
    what:
      `Single shots, ${CLAIMED_PROBLEMS} problems per training; solved: the ball ends within 0.01 of the wanted place. Most starts ` +
      'miss and have no gradient, so BFGS stays there; multi-start BFGS draws other shots, and has as many evaluations as ' +
      'network and refinement.',
    methods: comparedMethods(CLAIMED_PROBLEMS),
  },
  training256,
  ['billiards.jpo-beats-bfgs'],
);
