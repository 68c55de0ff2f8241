import { alignment } from '../../../theory/noise-averaging.ts';
import { noMoveProbability, stuckFraction, zeroGradientAlignment } from '../../../theory/zero-gradients.ts';
import type { FormulaClaim } from '../../core/claim.ts';
import type { Solver } from '../../core/solver.ts';
import { hitProbability, missShare } from '../../simulators/billiard-hits.ts';
import { billiardsTable } from '../../simulators/billiards-problem.ts';
import { gradientDescent } from '../../solvers/gradient-descent.ts';
import { alignmentCell, fractionCell } from '../theory/formula-cells.ts';
import { localBfgs } from './methods.ts';
import { circleTrials, commonStepTrials, guessTrials, type ShotGuess, stuckTrials } from './miss-trials.ts';

const FORMULA = {
  kind: 'formula',
  tier: 'quick',
  source: { where: 'ours' },
  bias: 0,
  alpha: 1e-5,
  maxTrials: 20_000,
} as const;

const CONTACT = 2 * billiardsTable.radius;

/** The start (1.5, 0) of every problem. */
const START: ShotGuess = { shotSpread: 0, speed: { low: 1.5, high: 1.5 } };

/** Miss share of the prior; with another contact distance, a wrong one. */
function shareOfMisses(guess: ShotGuess, contact = CONTACT): number {
  const { horizon } = billiardsTable;
  return missShare({ contact, horizon, distance: { low: 0.4, high: 0.8 }, targetSpread: Math.PI / 4, ...guess });
}

const HALF_CONTACT = 'balls that touch at R in place of 2R';

const hitShare: FormulaClaim = {
  ...FORMULA,
  id: 'billiards.hit-probability',
  statement: 'A shot in any direction hits with probability asin(2R/d)/π.',
  regime: 'Directions uniform on the full circle, speed 3, which always arrives in time; R = 0.05, S = 1.',
  resolution: 0.004,
  cells: [0.4, 0.6, 0.8].map((distance) =>
    fractionCell(
      `d = ${distance}`,
      circleTrials(`billiards.circle-d${distance}`, distance),
      'hit',
      () => hitProbability(distance, CONTACT),
      () => hitProbability(distance, CONTACT / 2),
    ),
  ),
  control: { what: HALF_CONTACT },
};

const GUESSES: readonly { readonly label: string; readonly id: string; readonly guess: ShotGuess }[] = [
  { label: 'start (1.5, 0)', id: 'start', guess: START },
  {
    label: 'direction ±45°, speed 1 to 2.5',
    id: 'prior',
    guess: { shotSpread: Math.PI / 4, speed: { low: 1, high: 2.5 } },
  },
  {
    label: 'direction ±45°, speed 0.2 to 1',
    id: 'slow',
    guess: { shotSpread: Math.PI / 4, speed: { low: 0.2, high: 1 } },
  },
];

const zeroShare: FormulaClaim = {
  ...FORMULA,
  id: 'billiards.zero-gradient-share',
  statement:
    'The share of problems with an exactly zero gradient equals the share of shots that miss, an integral over the hit region.',
  regime:
    'Problems of the prior; three guesses, the last of which is often too slow to arrive before the horizon. Of the start ' +
    'common to all problems 77.8 % miss.',
  resolution: 0.01,
  cells: GUESSES.map(({ label, id, guess }) =>
    fractionCell(
      label,
      guessTrials(`billiards.guess-${id}`, guess),
      'zero',
      () => shareOfMisses(guess),
      () => shareOfMisses(guess, CONTACT / 2),
    ),
  ),
  control: { what: HALF_CONTACT },
};

const METHODS: readonly { readonly name: string; readonly id: string; readonly solver: () => Solver }[] = [
  { name: 'BFGS', id: 'bfgs', solver: localBfgs },
  {
    name: 'gradient descent',
    id: 'descent',
    solver: () => gradientDescent({ learningRate: 0.1, iterations: 20 }),
  },
];

const stuckShare: FormulaClaim = {
  ...FORMULA,
  id: 'billiards.stuck-fraction-is-miss-share',
  statement:
    'Solved one by one, exactly the share q of starts that miss is stuck for ever: each is returned bit for bit.',
  regime: 'Start (1.5, 0), q = 0.778 by quadrature over the prior; BFGS, and 20 steps of gradient descent at rate 0.1.',
  resolution: 0.015,
  cells: METHODS.map(({ name, id, solver }) =>
    fractionCell(
      name,
      stuckTrials(`billiards.stuck-${id}`, name, solver),
      'stuck',
      () => stuckFraction(shareOfMisses(START), [1]),
      () => noMoveProbability({ q: shareOfMisses(START), n: 2 }),
    ),
  ),
  control: { what: 'q², as if each problem were coupled to one more' },
};

const STEPS = [1, 4, 16].map((n) => ({ n, trials: commonStepTrials(`billiards.common-step-n${n}`, n, 1) }));

const mixture: FormulaClaim = {
  ...FORMULA,
  id: 'billiards.alignment-is-binomial-mixture',
  statement:
    'The summed step of n problems is aligned with the signal as the binomial mean of A₂(√k μ) over the number k of hits.',
  regime:
    'Which problems have a gradient is decided by the simulator at the start (1.5, 0), q = 0.778; direction and noise of the ' +
    'gradients of those that hit are a model of ours, signal 1 over unit noise in two dimensions.',
  resolution: 0.01,
  cells: STEPS.map(({ n, trials }) =>
    alignmentCell(
      `n = ${n}`,
      trials,
      'aligned',
      () => zeroGradientAlignment({ n, q: shareOfMisses(START), d: 2, mu: 1 }),
      () => alignment(2, Math.sqrt(n)),
    ),
  ),
  control: { what: 'the alignment without misses' },
};

const nothingMoves: FormulaClaim = {
  ...FORMULA,
  id: 'billiards.nothing-moves',
  statement: 'n problems coupled through a common unknown do not move at all with probability qⁿ.',
  regime: 'A common shot (1.5, 0) for all n problems, q = 0.778; independent problems of the prior.',
  resolution: 0.01,
  cells: STEPS.slice(1).map(({ n, trials }) =>
    fractionCell(
      `n = ${n}`,
      trials,
      'still',
      () => noMoveProbability({ n, q: shareOfMisses(START) }),
      () => shareOfMisses(START),
    ),
  ),
  control: { what: 'q, as if each problem were on its own' },
};

/** Hits, misses, and what a share of misses does to independent and to common optimization: T6 on a real simulator. */
export const missClaims: readonly FormulaClaim[] = [hitShare, zeroShare, stuckShare, mixture, nothingMoves];
