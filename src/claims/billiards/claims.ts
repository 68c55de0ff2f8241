import type { Claim, Facts, Source, StatisticalClaim } from '../../core/claim.ts';
import { fact } from '../facts.ts';
import { PAPER_ABSTRACT } from '../paper.ts';
import { SOLVED_LOSS } from './comparison.ts';
import { bfgsProblems, DESCENT_ITERATIONS, descentProblems } from './descent.ts';
import { billiardsLaws } from './laws.ts';
import { missClaims } from './miss-claims.ts';
import { billiardsTraining, CHAIN_TRAINING, CLAIMED_TRAINING } from './training.ts';

/** Error spent by each claim, whatever else is selected. */
const ALPHA = 1e-5;

/** Events of trainings: "in more than half of all trainings"; refuted where they happen in fewer than nine of ten. */
const MOST_TRAININGS = { kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: ALPHA, maxTrials: 60 } as const;

const OURS: Source = { where: 'ours' };
const BETTER: Source = { where: 'abstract', quote: PAPER_ABSTRACT.betterOnTrainingSet };

const event = (holds: boolean): number => (holds ? 1 : 0);

const setting = (problems: string): string =>
  `One target at distance U(.4, .8) and angle U(−45°, 45°), R = 0.05, e = 0.8, S = 1, start (1.5, 0), ${problems}, MLP ` +
  '4-64-64-2 ReLU, Adam 3e-3, 300 full-batch steps; all of it our choice. Solved: |p − y*|² < 1e-4.';

const MULTI_START =
  'Multi-start BFGS solves all problems too, with about 17 evaluations each, where the network takes 300 and its refinement ' +
  '9: the network wins against one start, not against many.';

/** Problems solved together in the claims about many. */
export const CLAIMED_PROBLEMS = 256;

export const training256 = billiardsTraining('billiards.training-256', {
  ...CLAIMED_TRAINING,
  problems: CLAIMED_PROBLEMS,
});
const randomInput256 = billiardsTraining('billiards.training-256-random-input', {
  ...CLAIMED_TRAINING,
  problems: 256,
  inputs: 'random',
});
const untrained256 = billiardsTraining('billiards.training-256-untrained', {
  ...CLAIMED_TRAINING,
  problems: 256,
  iterations: 1,
  learningRate: 0,
});
const training64 = billiardsTraining('billiards.training-64', { ...CLAIMED_TRAINING, problems: 64 });
const randomInput64 = billiardsTraining('billiards.training-64-random-input', {
  ...CLAIMED_TRAINING,
  problems: 64,
  inputs: 'random',
});
const training4 = billiardsTraining('billiards.training-4', { ...CLAIMED_TRAINING, problems: 4, trainings: 16 });
const supervised256 = billiardsTraining('billiards.supervised-256', {
  ...CLAIMED_TRAINING,
  problems: 256,
  learnsFrom: 'own-shots',
});
const exchanged256 = billiardsTraining('billiards.supervised-256-exchanged', {
  ...CLAIMED_TRAINING,
  problems: 256,
  learnsFrom: 'shots-of-others',
});
const trainingChain = billiardsTraining('billiards.training-chain', CHAIN_TRAINING);
const randomInputChain = billiardsTraining('billiards.training-chain-random-input', {
  ...CHAIN_TRAINING,
  inputs: 'random',
});

const SOLVED_SHARE = 0.97;
const GAIN = 0.5;
const WORSE = 0.01;
const LITTLE = 0.2;

const solvesNearlyAll = (facts: Facts): number => event(fact(facts, 'refinedSolved') >= SOLVED_SHARE);
const gains = (facts: Facts): number => event(fact(facts, 'gain') >= GAIN);
const beats = (facts: Facts): number => event(fact(facts, 'gain') >= GAIN && fact(facts, 'refinedWorse') <= WORSE);
const gainsLittle = (facts: Facts): number => event(fact(facts, 'gain') < LITTLE);

const jpoSolves: StatisticalClaim = {
  ...MOST_TRAININGS,
  id: 'billiards.jpo-solves-missed-shots',
  tier: 'quick',
  statement:
    'In more than half of all trainings, joint training and a BFGS refinement solve at least 97 % of the problems, of ' +
    'which more than three quarters start without any gradient.',
  regime: `${setting('n = 256')} ${MULTI_START}`,
  source: BETTER,
  measurement: { trials: training256, value: solvesNearlyAll },
  control: {
    what: 'the same training on random vectors instead of balls and wanted place',
    trials: randomInput256,
    value: solvesNearlyAll,
  },
};

const jpoBeatsBfgs: StatisticalClaim = {
  ...MOST_TRAININGS,
  id: 'billiards.jpo-beats-bfgs',
  tier: 'quick',
  statement:
    'In more than half of all trainings, the refined network solves at least 50 percentage points more of the problems ' +
    'than BFGS from the start, and is worse on at most 1 % of them.',
  regime: `${setting('n = 256')} ${MULTI_START}`,
  source: BETTER,
  measurement: { trials: training256, value: beats },
  control: { what: 'an untrained network, refined', trials: untrained256, value: beats },
};

const gainsAt64: StatisticalClaim = {
  ...MOST_TRAININGS,
  id: 'billiards.gains-at-n64',
  tier: 'quick',
  statement:
    'In more than half of all trainings on 64 problems, the refined network solves at least 50 percentage points more of ' +
    'them than BFGS from the start.',
  regime: `${setting('n = 64')} In some trainings most shots of the network leave the hit regions for good. ${MULTI_START}`,
  source: BETTER,
  measurement: { trials: training64, value: gains },
  control: {
    what: 'the same training on random vectors instead of balls and wanted place',
    trials: randomInput64,
    value: gains,
  },
};

const littleAtSmallN: StatisticalClaim = {
  ...MOST_TRAININGS,
  id: 'billiards.little-at-small-n',
  tier: 'quick',
  statement:
    'In more than half of all groups of 16 trainings on 4 problems each, refined networks solve less than 20 percentage ' +
    'points more of the problems than BFGS from the start.',
  regime: `${setting('n = 4')} The mean gain is about 8 points, against 81 at n = 256: too few problems hit at the start to teach the others.`,
  source: OURS,
  measurement: { trials: training4, value: gainsLittle },
  control: { what: 'trainings on 64 problems, where the gain is large', trials: training64, value: gainsLittle },
};

const supervisedSolves: StatisticalClaim = {
  ...MOST_TRAININGS,
  id: 'billiards.supervised-solves-too',
  tier: 'quick',
  statement:
    'In more than half of all trainings, the same network trained to imitate the hidden shots, and refined, solves at least ' +
    '97 % of the problems as well: each wanted place has one shot only, so that there are no modes to average.',
  regime: `${setting('n = 256')} The imitated shots are known here only because the problems were made from them.`,
  source: OURS,
  measurement: { trials: supervised256, value: solvesNearlyAll },
  control: { what: 'imitation of the shots of other problems', trials: exchanged256, value: solvesNearlyAll },
};

const unseenAreSolved: StatisticalClaim = {
  ...MOST_TRAININGS,
  id: 'billiards.unseen-shots-are-solved',
  tier: 'quick',
  statement:
    'In more than half of all trainings, the refined network solves at least 97 % of 256 problems that it has not been trained on.',
  regime: `${setting('n = 256')} BFGS refines the answers of the network to the unseen problems; alone it solves a fifth of them.`,
  source: OURS,
  measurement: { trials: training256, value: (facts) => event(fact(facts, 'heldOutRefinedSolved') >= SOLVED_SHARE) },
  control: {
    what: 'BFGS from the start on the same problems',
    trials: training256,
    value: (facts) => event(fact(facts, 'heldOutBfgsSolved') >= SOLVED_SHARE),
  },
};

const bfgsLeavesMisses: StatisticalClaim = {
  kind: 'statistical',
  id: 'billiards.bfgs-leaves-misses-unsolved',
  tier: 'quick',
  statement:
    'On more than 99 % of the problems, BFGS either starts with a hit or returns its start, unchanged and at the same loss.',
  regime: 'Problems of the prior, start (1.5, 0), which misses 77.8 % of them; gradient tolerance 1e-7.',
  source: { where: 'abstract', quote: PAPER_ABSTRACT.localMinima },
  theta0: 0.99,
  theta1: 0.998,
  alpha: ALPHA,
  maxTrials: 4096,
  measurement: {
    trials: bfgsProblems,
    value: (facts) => event(fact(facts, 'startMisses') === 0 || fact(facts, 'bfgsStuck') === 1),
  },
  control: {
    what: 'multi-start BFGS from the same start',
    trials: bfgsProblems,
    value: (facts) => event(fact(facts, 'startMisses') === 0 || fact(facts, 'restartsStuck') === 1),
  },
};

const below = (facts: Facts, method: string): boolean =>
  fact(facts, `${method}Loss`) < fact(facts, 'bfgsLoss') - SOLVED_LOSS;

const descentDoesNot: StatisticalClaim = {
  kind: 'statistical',
  id: 'billiards.gradient-descent-does-not-beat-bfgs',
  tier: 'quick',
  statement:
    'On more than 90 % of the problems neither gradient descent nor Adam, run on that problem alone, ends better than BFGS ' +
    'by more than 1e-4.',
  regime: `Problems of the prior, all from (1.5, 0); gradient descent at rate 0.1, Adam at 0.01, ${DESCENT_ITERATIONS} steps.`,
  source: OURS,
  theta0: 0.9,
  theta1: 0.95,
  alpha: ALPHA,
  maxTrials: 4096,
  measurement: {
    trials: descentProblems,
    value: (facts) => event(!below(facts, 'descent') && !below(facts, 'adam')),
  },
  control: {
    what: 'multi-start BFGS in place of gradient descent',
    trials: descentProblems,
    value: (facts) => event(!below(facts, 'restarts')),
  },
};

const chain: StatisticalClaim = {
  ...MOST_TRAININGS,
  id: 'billiards.chain',
  tier: 'full',
  statement:
    'In more than half of all trainings, the refined network sends the second ball of a chain of two impacts to its place on ' +
    'at least 50 percentage points more of the problems than BFGS from the start, and is worse on at most 1 % of them.',
  regime:
    'Cue ball, ball 1, ball 2; n = 256, start (3, 0), MLP 6-64-64-2 ReLU, Adam 1e-3, 1500 full-batch steps; our choice. ' +
    'A cue ball that meets ball 2 is ignored. Multi-start BFGS solves all problems with about 25 evaluations each.',
  source: BETTER,
  measurement: { trials: trainingChain, value: beats },
  control: {
    what: 'the same training on random vectors instead of balls and wanted place',
    trials: randomInputChain,
    value: beats,
  },
};

/** Every claim about billiards, in the order of the argument: simulator, misses, descent, joint training. */
export const billiardsClaims: readonly Claim[] = [
  ...billiardsLaws,
  ...missClaims,
  bfgsLeavesMisses,
  descentDoesNot,
  jpoSolves,
  jpoBeatsBfgs,
  gainsAt64,
  littleAtSmallN,
  supervisedSolves,
  unseenAreSolved,
  chain,
];
