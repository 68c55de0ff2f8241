import type { Facts, StatisticalClaim, TrialSource } from '../../core/claim.ts';
import { stream } from '../../core/random.ts';
import {
  crossingsAt,
  type NullDistribution,
  nullDistributions,
  nullSequence,
} from '../../verdicts/bounded-calibration.ts';

/** Level of the tests that are themselves the trials here. */
const TESTED_ALPHA = 0.05;
const HORIZON = 500;
const ID = 'engine.null-sequences';

const crossingsAtLevel = crossingsAt(TESTED_ALPHA);

/** Facts of one trial: a distribution drawn at random, then a sequence from it. */
function nullTrial(seed: number, trial: number): Facts {
  const random = stream(seed, ID, trial);
  const distribution = nullDistributions[random.integer(nullDistributions.length)] as NullDistribution;
  const sequence = nullSequence(random, distribution, HORIZON);
  const { engine, peeking } = crossingsAtLevel(sequence);
  return {
    engineCrossed: engine ? 1 : 0,
    peekingCrossed: peeking ? 1 : 0,
    largestLogCapital: sequence.logCapital,
    largestScore: sequence.score,
  };
}

/** One trial: a whole sequence of samples whose true mean is the null mean. */
export const nullSequences: TrialSource = {
  id: ID,
  unit: 'problem',
  what: `a sequence of ${HORIZON} samples with the null mean, from a distribution drawn at random`,
  chunk: 256,
  meanings: {
    engineCrossed: { label: `e-process ever at 1/α, α = ${TESTED_ALPHA}`, unit: '1' },
    peekingCrossed: { label: `normal interval of error ${TESTED_ALPHA} ever beyond the null mean`, unit: '1' },
    largestLogCapital: { label: 'largest logarithm of the e-process', unit: 'nats' },
    largestScore: { label: 'largest deviation from the null mean', unit: 'standard errors' },
  },
  run: async ({ seed }, first, count) => Array.from({ length: count }, (_, k) => nullTrial(seed, first + k)),
};

/**
 * Sequences that never cross are 97.5 % of all (20 000 sequences). θ₁ = 0.965 stays below that by more than the
 * difference between the three distributions, and above θ₀, so that a test that wastes less of its level is not refuted.
 */
export const boundedSamplesErrorWithinAlpha: StatisticalClaim = {
  id: 'engine.bounded-samples-error-within-alpha',
  kind: 'statistical',
  tier: 'quick',
  statement:
    `More than 95 % of sequences of samples in [0, 1] whose mean is exactly θ₀ never support "above θ₀" at ` +
    `α = ${TESTED_ALPHA}, though they are looked at after every sample.`,
  regime:
    `${HORIZON} samples each; the distribution is drawn anew for every sequence: uniform with mean 1/2, Beta(1/3, 1) with ` +
    'mean 1/4, or 0 and 1/2 with equal probability. θ₁ = 0.965 was chosen after measuring 0.975.',
  source: {
    where: 'literature',
    reference:
      'Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting", JRSS-B 86 (2024) 1, prop. 2.',
  },
  theta0: 1 - TESTED_ALPHA,
  theta1: 0.965,
  alpha: 1e-5,
  maxTrials: 8192,
  measurement: { trials: nullSequences, value: (facts) => 1 - (facts.engineCrossed as number) },
  control: {
    what: 'a normal interval for a fixed number of samples, looked at after every sample from the 30th on',
    trials: nullSequences,
    value: (facts) => 1 - (facts.peekingCrossed as number),
  },
};
