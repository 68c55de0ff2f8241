import type { Claim, StatisticalClaim } from '../../core/claim.ts';
import { fact } from '../facts.ts';
import { PAPER_ABSTRACT } from '../paper.ts';
import { minimaTrials } from './landscape-trials.ts';
import { ALPHA, OURS } from './statements.ts';

const LANDSCAPE =
  'L = 22, N = 64, h = 0.25, forcing cos(2πx/L); α ~ U(−1, 1), known here, β ~ U(0.5, 1.5), random modes at the beginning. ' +
  'Loss on 129 values of β in [0.5, 1.5], minima inside';

const RESOLUTION =
  'Counts at T = 50 are lower bounds: they grow about 1.6-fold with each halving of the grid spacing, down to 1/1024 at least. At ' +
  'that spacing three times as many were found on the same of 48 problems, a second one on one more.';

const chaotic = minimaTrials('ks.minima-10-50', { short: 10, long: 50 });
const early = minimaTrials('ks.minima-5-10', { short: 5, long: 10 });
const unforced = minimaTrials('ks.minima-unforced', { short: 10, long: 50, alpha: 0 });

const minimaMultiply: StatisticalClaim = {
  kind: 'statistical',
  id: 'ks.minima-multiply',
  tier: 'quick',
  statement:
    'Local minima multiply with the horizon: on more than a quarter of the problems the loss along β has at least three times as many ' +
    'at T = 50 as at T = 10.',
  regime: `${LANDSCAPE}. It has on 46 % of 192 problems with seeds of their own. ${RESOLUTION}`,
  source: { where: 'abstract', quote: PAPER_ABSTRACT.localMinima },
  theta0: 0.25,
  theta1: 0.33,
  alpha: ALPHA,
  maxTrials: 1024,
  measurement: { trials: chaotic, value: (facts) => fact(facts, 'multiplied') },
  control: {
    what: 'T = 10 against T = 5, before chaos matters',
    trials: early,
    value: (facts) => fact(facts, 'multiplied'),
  },
};

const minimaStaySingle: StatisticalClaim = {
  kind: 'statistical',
  id: 'ks.minima-stay-single-where-forced',
  tier: 'quick',
  statement:
    'Chaos is not everywhere: on more than a quarter of the problems the loss on 129 values of β has one minimum even at T = 50, because ' +
    'the forcing holds the flow.',
  regime: `${LANDSCAPE}. It has one on 49 % of 192 problems with seeds of their own. ${RESOLUTION}`,
  source: OURS,
  theta0: 0.25,
  theta1: 0.33,
  alpha: ALPHA,
  maxTrials: 1024,
  measurement: { trials: chaotic, value: (facts) => fact(facts, 'single') },
  control: { what: 'the forcing switched off, α = 0', trials: unforced, value: (facts) => fact(facts, 'single') },
};

/** How the landscape in β changes with the horizon, and where it does not. */
export const landscapeClaims: readonly Claim[] = [minimaMultiply, minimaStaySingle];
