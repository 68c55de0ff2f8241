import type { Claim, FormulaCell, FormulaClaim, Source, StatisticalClaim } from '../../core/claim.ts';
import { basinHalfWidth } from '../../simulators/wave-packet-landscape.ts';
import { type WavePacketSettingName, wavePacketSettings } from '../../simulators/wave-packet-problem.ts';
import { fact } from '../facts.ts';
import { PAPER_ABSTRACT } from '../paper.ts';
import { beatsBfgs, bfgsFromCenter, bfgsFromTruth, descentAgainstBfgs } from './descent.ts';
import { wavePacketLaws } from './laws.ts';
import { CLAIMED_TRAINING, wavePacketTraining } from './training.ts';

/** Error spent by each claim, whatever else is selected. */
const ALPHA = 1e-5;

/** Events of trainings: "in more than half of all trainings"; refuted where they happen in fewer than nine of ten. */
const MOST_TRAININGS = { theta0: 0.5, theta1: 0.9, alpha: ALPHA, maxTrials: 60 } as const;

const OURS: Source = { where: 'ours' };

const event = (holds: boolean): number => (holds ? 1 : 0);

const SETTING_B =
  'Setting B (sigma 8, period 32, prior half-width 32 samples, noise 0.1), n = 1024 problems, MLP 128-64-64-1 tanh, ' +
  'Adam 3e-3 with cosine decay, 3000 steps of 16. A and B were picked after about fifteen combinations of sigma, ' +
  'period and half-width; C and D show where nothing is gained.';

/** Trials that several claims share: each training is run once. */
export const trainingB = wavePacketTraining('wave-packet.training-B', { setting: 'B', ...CLAIMED_TRAINING });
const trainingD = wavePacketTraining('wave-packet.training-D', { setting: 'D', ...CLAIMED_TRAINING });
const randomInputB = wavePacketTraining('wave-packet.training-B-random-input', {
  setting: 'B',
  ...CLAIMED_TRAINING,
  inputs: 'random',
});
const descentB = descentAgainstBfgs('B');

const GAIN = 0.3;
const WORSE = 0.02;
const NO_GAIN = 0.05;

const jpoReachesGlobalMinimum: StatisticalClaim = {
  id: 'wave-packet.jpo-reaches-global-minimum',
  kind: 'statistical',
  tier: 'quick',
  statement:
    'In more than half of all trainings, the jointly trained network alone puts at least 90 % of its training ' +
    'problems into the basin of the global minimum (loss within 0.5 of it).',
  regime: SETTING_B,
  source: { where: 'abstract', quote: PAPER_ABSTRACT.betterOnTrainingSet },
  ...MOST_TRAININGS,
  measurement: { trials: trainingB, value: (facts) => event(fact(facts, 'jointSolved') >= 0.9) },
  control: {
    what: 'the same training on random vectors instead of the observations',
    trials: randomInputB,
    value: (facts) => event(fact(facts, 'jointSolved') >= 0.9),
  },
};

const refinedBeats = (facts: Readonly<Record<string, number>>): number =>
  event(fact(facts, 'gain') >= GAIN && fact(facts, 'refinedWorse') <= WORSE);

const refinedJpoBeatsBfgs: StatisticalClaim = {
  id: 'wave-packet.refined-jpo-beats-bfgs',
  kind: 'statistical',
  tier: 'quick',
  statement:
    'In more than half of all trainings, JPO refined by BFGS solves at least 30 percentage points more of the ' +
    'problems than BFGS from the center of the prior, and is worse on at most 2 % of them.',
  regime: `${SETTING_B} BFGS works in sample units with strong-Wolfe line search, its better choice of units.`,
  source: { where: 'abstract', quote: PAPER_ABSTRACT.betterOnTrainingSet },
  ...MOST_TRAININGS,
  measurement: { trials: trainingB, value: refinedBeats },
  control: {
    what: 'the same training on random vectors instead of the observations',
    trials: randomInputB,
    value: refinedBeats,
  },
};

const noGainAtHighFrequency: StatisticalClaim = {
  id: 'wave-packet.no-gain-at-high-frequency',
  kind: 'statistical',
  tier: 'quick',
  statement:
    'In more than half of all trainings, refined JPO solves less than 5 percentage points more of the problems than BFGS.',
  regime:
    'Setting D (sigma 8, period 8: four carrier periods per prior half-width), n = 1024, otherwise as setting B. ' +
    'Most of these networks collapse: their packets leave the window, which lowers the loss without solving anything.',
  source: OURS,
  ...MOST_TRAININGS,
  measurement: { trials: trainingD, value: (facts) => event(fact(facts, 'gain') < NO_GAIN) },
  control: {
    what: 'setting B, where the gain is large',
    trials: trainingB,
    value: (facts) => event(fact(facts, 'gain') < NO_GAIN),
  },
};

const UNSEEN_SHARE = 0.95;

const unseenAreSolved: StatisticalClaim = {
  id: 'wave-packet.unseen-packets-are-solved',
  kind: 'statistical',
  tier: 'quick',
  statement:
    'In more than half of all trainings, JPO refined by BFGS solves at least 95 % of 256 problems that it has not been trained on.',
  regime: `${SETTING_B} BFGS refines the answers of the network to the unseen problems; from the center it solves less than half of them.`,
  source: OURS,
  ...MOST_TRAININGS,
  measurement: { trials: trainingB, value: (facts) => event(fact(facts, 'heldOutRefinedSolved') >= UNSEEN_SHARE) },
  control: {
    what: 'BFGS from the center of the prior on the same problems',
    trials: trainingB,
    value: (facts) => event(fact(facts, 'heldOutBfgsSolved') >= UNSEEN_SHARE),
  },
};

const bfgsFromCenterB = bfgsFromCenter('B');
const missed = (facts: Readonly<Record<string, number>>): number => 1 - fact(facts, 'bfgsSolved');

const bfgsDoesNot: StatisticalClaim = {
  id: 'wave-packet.bfgs-does-not',
  kind: 'statistical',
  tier: 'quick',
  statement: 'BFGS from the center of the prior misses the global minimum on more than 40 % of the problems.',
  regime: 'Setting B (sigma 8, period 32, prior half-width 32 samples, noise 0.1), gradient tolerance 1e-6.',
  source: { where: 'abstract', quote: PAPER_ABSTRACT.localMinima },
  theta0: 0.4,
  theta1: 0.55,
  alpha: ALPHA,
  maxTrials: 8192,
  measurement: { trials: bfgsFromCenterB, value: missed },
  control: { what: 'BFGS started at the true position', trials: bfgsFromTruth('B'), value: missed },
};

const gradientDescentDoesNotBeatBfgs: StatisticalClaim = {
  id: 'wave-packet.gradient-descent-does-not-beat-bfgs',
  kind: 'statistical',
  tier: 'quick',
  statement:
    'On more than 90 % of the problems neither gradient descent nor Adam, run on that problem alone, ends strictly ' +
    'better than BFGS (by more than 0.001): the frequency of being better is below 0.1 for both.',
  regime:
    'Setting B, all from the center of the prior; gradient descent at rate 0.5, Adam at rate 0.1, 1000 steps each.',
  source: OURS,
  theta0: 0.9,
  theta1: 0.95,
  alpha: ALPHA,
  maxTrials: 4096,
  measurement: {
    trials: descentB,
    value: (facts) => event(beatsBfgs('descent')(facts) === 0 && beatsBfgs('adam')(facts) === 0),
  },
  control: {
    what: 'multi-start BFGS with 180 evaluations in place of gradient descent',
    trials: descentB,
    value: (facts) => 1 - beatsBfgs('restarts')(facts),
  },
};

function basinCell(setting: WavePacketSettingName): FormulaCell {
  const { sigma, period, halfWidth } = wavePacketSettings[setting];
  return {
    label: setting,
    theory: Math.min(1, basinHalfWidth({ sigma, period }) / halfWidth),
    measurement: {
      trials: setting === 'B' ? bfgsFromCenterB : bfgsFromCenter(setting),
      value: (facts) => fact(facts, 'bfgsSolved'),
    },
    wrongTheory: Math.min(1, period / halfWidth),
  };
}

const basinPredictsBfgs: FormulaClaim = {
  id: 'wave-packet.basin-predicts-bfgs',
  kind: 'formula',
  tier: 'quick',
  statement:
    'The probability that BFGS from the center of the prior reaches the global minimum equals the half-width of the ' +
    'basin (first maximum of the exact landscape) divided by the half-width of the prior.',
  regime:
    'Settings A to D, each in a cell of its own. Bias budget 0.05: a line search can step out of a wide basin, and ' +
    'noise moves its border.',
  source: OURS,
  cells: (['A', 'B', 'C', 'D'] as const).map(basinCell),
  bias: 0.05,
  resolution: 0.03,
  alpha: ALPHA,
  maxTrials: 8192,
  control: { what: 'a whole carrier period in place of the basin half-width, refuted in every cell' },
};

/** Every claim about the wave packet, in the order of the argument: simulator, landscape, BFGS, joint training. */
export const wavePacketClaims: readonly Claim[] = [
  ...wavePacketLaws,
  basinPredictsBfgs,
  bfgsDoesNot,
  gradientDescentDoesNotBeatBfgs,
  jpoReachesGlobalMinimum,
  refinedJpoBeatsBfgs,
  unseenAreSolved,
  noGainAtHighFrequency,
];
