import type { Claim, Facts, StatisticalClaim } from '../../core/claim.ts';
import { fact } from '../facts.ts';
import { PAPER_ABSTRACT } from '../paper.ts';
import { gradientTrials, LARGE_GRADIENT } from './gradient-trials.ts';
import { ALPHA, event, OURS } from './statements.ts';

const PROBLEMS =
  'L = 22, N = 64, h = 0.25, forcing cos(2πx/L); α ~ U(−1, 1) and β ~ U(0.5, 1.5) unknown, random modes at the beginning known';

const GUESS = `${PROBLEMS}. Gradient in (α, β) at a guess drawn like the truth, the same at all horizons.`;

/** Medians at T = 10 of 3072 problems with seeds of their own. */
const MEDIAN = { guess: 10.7, start: 17.4 } as const;

/** Twice the median at a guess, five times that at the start. */
const LEVEL = { guess: 2 * MEDIAN.guess, start: 5 * MEDIAN.start } as const;

const atGuess = gradientTrials('ks.gradients-guess', 'guess');
const atStart = gradientTrials('ks.gradients-start', 'start');
const ofTails = gradientTrials('ks.gradients-tails', 'guess');

/** ½ + (later − earlier)/2 of two events on the same problem: above ½ where the later one is the more frequent. */
const moreAt =
  (later: number, earlier: number) =>
  (facts: Facts): number =>
    0.5 + (fact(facts, `large${later}`) - fact(facts, `large${earlier}`)) / 2;

const tailsGrow: StatisticalClaim = {
  kind: 'statistical',
  id: 'ks.gradient-tails-grow',
  tier: 'quick',
  statement:
    `The tail of the gradients grows with the horizon: on the same problems those that exceed ${LARGE_GRADIENT}, about a hundred times the ` +
    'median, are more at T = 50 than at T = 25, by more than two in a hundred.',
  regime:
    `${GUESS} Judged is ½ plus half the difference of the two events on a problem. The level ${LARGE_GRADIENT} was fixed on 3072 problems with ` +
    'seeds of their own, where 6.6 % lie above it at T = 50, 1.2 % at T = 25 and none at T = 10; the 99 % quantile was 110 at T = 10 and 5e4 ' +
    'at T = 50.',
  source: { where: 'abstract', quote: PAPER_ABSTRACT.localMinima },
  theta0: 0.51,
  theta1: 0.52,
  alpha: ALPHA,
  maxTrials: 16_384,
  measurement: { trials: ofTails, value: moreAt(50, 25) },
  control: { what: 'T = 25 against T = 10', trials: ofTails, value: moreAt(25, 10) },
};

const medianDoesNot: StatisticalClaim = {
  kind: 'statistical',
  id: 'ks.median-gradient-does-not',
  tier: 'quick',
  statement:
    'The median gradient does not grow with the tail: at T = 50 more than half of the gradients are below twice the median at T = 10.',
  regime:
    `${GUESS} Most forced flows settle: they are steady or travel. The median at T = 10 is ${MEDIAN.guess}, and it was 10.3 to 11.3 ` +
    'at all horizons from 5 to 75; 80 % of the gradients at T = 50 are below twice that.',
  source: OURS,
  theta0: 0.5,
  theta1: 0.6,
  alpha: ALPHA,
  maxTrials: 4096,
  measurement: { trials: atGuess, value: (facts) => event(fact(facts, 'gradient50') < LEVEL.guess) },
  control: {
    what: 'the start (0, 1), where the flow is unforced and chaotic',
    trials: atStart,
    value: (facts) => event(fact(facts, 'gradient50') < LEVEL.guess),
  },
};

const medianGrowsAtStart: StatisticalClaim = {
  kind: 'statistical',
  id: 'ks.median-gradient-grows-at-the-start',
  tier: 'quick',
  statement:
    'At the start common to all problems chaos is the rule: more than half of the gradients at T = 50 exceed five times the median at T = 10.',
  regime:
    `${PROBLEMS}. Gradient in (α, β) at (0, 1), the unforced flow, whose largest Lyapunov exponent is 0.048. Medians of 3072 problems ` +
    `with seeds of their own: ${MEDIAN.start} at T = 10, 61 at T = 25, 256 at T = 50, 780 at T = 75.`,
  source: OURS,
  theta0: 0.5,
  theta1: 0.6,
  alpha: ALPHA,
  maxTrials: 4096,
  measurement: { trials: atStart, value: (facts) => event(fact(facts, 'gradient50') > LEVEL.start) },
  control: {
    what: 'a guess from the prior, where most flows settle',
    trials: atGuess,
    value: (facts) => event(fact(facts, 'gradient50') > LEVEL.start),
  },
};

/** How gradients grow with the horizon, and where they do not. */
export const gradientClaims: readonly Claim[] = [tailsGrow, medianDoesNot, medianGrowsAtStart];
