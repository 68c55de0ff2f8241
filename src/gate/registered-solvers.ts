import { multiStartShots } from '../claims/billiards/methods.ts';
import { plainAdam as ksAdam, multiStartFromPrior as ksRestarts } from '../claims/kuramoto-sivashinsky/methods.ts';
import { plainAdam, plainDescent } from '../claims/wave-packet/descent.ts';
import { multiStartFromPrior, wavePacketNetwork } from '../claims/wave-packet/training.ts';
import type { TrialContext } from '../core/claim.ts';
import type { Solver } from '../core/solver.ts';
import { backtrackingDescent } from '../solvers/backtracking-descent.ts';
import { bfgs } from '../solvers/bfgs.ts';
import { conjugateGradient } from '../solvers/conjugate-gradient.ts';
import { lbfgs } from '../solvers/lbfgs.ts';
import type { FamilyName } from './problem-set.ts';

/** A solver that the gate watches, and on which families. */
export interface RegisteredSolver {
  readonly name: string;
  /** What it is made of for each family that it is run on; `seed` is that of the part. */
  readonly on: Readonly<Partial<Record<FamilyName, (context: TrialContext, seed: number) => Solver | Promise<Solver>>>>;
}

/** Budget of multi-start per problem. */
const RESTARTED = { 'wave-packet': 60, billiards: 60, ks: 150 } as const;
/** A training of the gate: a tenth of the claims' steps, on a sixteenth of their problems. */
const TRAINING = { setting: 'B', problems: 64, iterations: 600, learningRate: 3e-3, inputs: 'observation' } as const;

/** The same solver for all families whose problems stand alone. */
function everywhere(make: () => Solver): RegisteredSolver['on'] {
  return { functions: make, 'wave-packet': make, billiards: make, ks: make };
}

/** Every solver of the library that has no oracle: what `gate` measures. */
export const registeredSolvers: readonly RegisteredSolver[] = [
  { name: 'bfgs', on: everywhere(() => bfgs({ gradientTolerance: 1e-6 })) },
  { name: 'lbfgs', on: everywhere(() => lbfgs({ gradientTolerance: 1e-6 })) },
  { name: 'conjugate-gradient', on: everywhere(() => conjugateGradient({ gradientTolerance: 1e-6 })) },
  { name: 'backtracking', on: everywhere(() => backtrackingDescent({ gradientTolerance: 1e-6 })) },
  { name: 'gradient-descent', on: { 'wave-packet': plainDescent } },
  { name: 'adam', on: { 'wave-packet': plainAdam, ks: () => ksAdam(150) } },
  {
    name: 'multi-start-bfgs',
    on: {
      'wave-packet': () => multiStartFromPrior('B', RESTARTED['wave-packet']),
      billiards: () => multiStartShots('single', RESTARTED.billiards),
      ks: () => ksRestarts(RESTARTED.ks),
    },
  },
  {
    name: 'joint-network',
    on: { 'wave-packet-trainings': (context, seed) => wavePacketNetwork(context, TRAINING, seed) },
  },
];
