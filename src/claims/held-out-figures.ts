import { training256 } from './billiards/claims.ts';
import type { FigureSource } from './figure-source.ts';
import { wavesTrainings } from './flow/training-cells.ts';
import { heldOutFigureSource } from './held-out-figure.ts';
import { observedTrainings } from './kuramoto-sivashinsky/training-cells.ts';
import { trainingB } from './wave-packet/claims.ts';

/** Problems that were not trained on, in all experiments. */
export const heldOutFigures: readonly FigureSource[] = [
  heldOutFigureSource(
    {
      id: 'wave-packet-held-out',
      experiment: 'Wave packet',
      what:
        'Setting B, 1024 problems trained on and 256 others; solved: loss within 0.05 of the global minimum, of an answer that is not refined ' +
        'within 0.5. What the network has learned holds for packets it has not seen.',
    },
    trainingB,
    ['wave-packet.unseen-packets-are-solved'],
  ),
  heldOutFigureSource(
    {
      id: 'billiards-held-out',
      experiment: 'Billiards',
      what:
        'Single shots, 256 problems trained on and 256 others; solved: loss below 1e-4. The network alone is right to a few hundredths; BFGS ' +
        'from its answers solves what it has not seen as well.',
    },
    training256,
    ['billiards.unseen-shots-are-solved'],
  ),
  heldOutFigureSource(
    {
      id: 'ks-held-out',
      experiment: 'Kuramoto-Sivashinsky',
      what:
        'Setting A, 64 problems trained on and 64 others; solved: loss below 1e-6, which the network alone never reaches. Refined, it solves ' +
        'what it has not seen as well as its own problems.',
    },
    observedTrainings,
    ['ks.unseen-problems-gain-too'],
  ),
  heldOutFigureSource(
    {
      id: 'flow-held-out',
      experiment: 'Incompressible flow',
      what: '24 unknown waves, 64 problems trained on and 8 others; solved: loss below 1e-6. Here the network learns its own problems only.',
    },
    wavesTrainings,
    ['flow.unseen-flows-are-not-learned'],
  ),
];
