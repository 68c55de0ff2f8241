import { comparedMethods, runtimeFigureSource } from '../runtime-figure.ts';
import { trainingB } from './claims.ts';
import { SOLVED_TOLERANCE } from './comparison.ts';
import { CLAIMED_TRAINING } from './training.ts';

const { problems } = CLAIMED_TRAINING;

/** Runtimes of JPO with refinement, BFGS and multi-start BFGS on the wave packets of setting B. */
export const wavePacketRuntimes = runtimeFigureSource(
  {
    id: 'wave-packet-runtime',
    title: 'Wave packet: runtimes at equal budget',
    what:
      `Setting B, ${problems} problems per training; solved: loss within ${SOLVED_TOLERANCE} of the global minimum. ` +
      'Multi-start BFGS restarts from the prior and has as many evaluations as network and refinement.',
    methods: comparedMethods(problems),
  },
  trainingB,
  ['wave-packet.refined-jpo-beats-bfgs', 'wave-packet.jpo-reaches-global-minimum'],
);
