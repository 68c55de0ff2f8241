import erf from '@stdlib/math-base-special-erf';
import { normalCdf } from '../../src/numerics/normal-distribution.ts';
import { alignment, meanSquareCosine, smallSignalSlope } from '../../theory/noise-averaging.ts';
import { type KillMatrixDefinition, lawCheck, type Version } from '../kill-matrix.ts';
import {
  angularEfficiency,
  voteCountsOutcomes,
  voteExponent,
  voteNextToCoinToss,
  voteRecurrences,
  votesNeverBeatTheSum,
  walkLengths,
} from './voting-laws.ts';
import { votesSimulated, walksSimulated } from './voting-monte-carlo.ts';
import { type VotingFormulas, votingFormulas } from './voting-subject.ts';

/** Wrong formulas about votes, as somebody might get them wrong, and the checks that refute them. */

const right = votingFormulas;

/** One formula replaced: its name, then what is wrong with each version of it. */
function versions<Name extends keyof VotingFormulas>(
  formula: Name,
  wrong: Readonly<Record<string, readonly [what: string, version: VotingFormulas[Name]]>>,
): readonly Version<VotingFormulas>[] {
  return Object.entries(wrong).map(([name, [what, version]]) => ({
    name: `${formula}: ${name}`,
    what,
    subject: { ...right, [formula]: version },
  }));
}

const oneMinus = (p: number): number => 4 * p * (1 - p);
const shareOfError = (mu1: number): number => oneMinus(normalCdf(Math.max(mu1, 1e-6)));

const mutants: readonly Version<VotingFormulas>[] = [
  ...versions('majorityVote', {
    'ties-are-right': ['a tie counted as right', (n, p) => right.majorityVote(n, p) + right.tie(n, p)],
    'ties-are-wrong': ['a tie counted as wrong', (n, p) => right.majorityVote(n, p) - right.tie(n, p)],
    'next-odd': ['an even vote as the next odd one', (n, p) => right.majorityVote(n + 1 - (n % 2), p)],
    'probability-instead': ['I_p in place of 2 I_p − 1', (n, p) => 0.5 * (1 + right.majorityVote(n, p))],
    'wrong-sign': ['p and 1 − p swapped', (n, p) => right.majorityVote(n, 1 - p)],
    'one-vote': ['2p − 1 for any number of votes', (_, p) => 2 * p - 1],
    'normal-limit': ['the central limit erf(√(n/2) δ/√(4pq))', normalLimit],
    'one-vote-less': ['n − 1 votes', (n, p) => right.majorityVote(Math.max(1, n - 1), p)],
    subtracted: ['1 − 2 P(failure), which cancels at p = ½', (n, p) => 1 - 2 * right.failure(n, p)],
  }),
  ...versions('failure', {
    doubled: ['1 − W in place of its half', (n, p) => 2 * right.failure(n, p)],
    success: ['P(right) + ½ P(tie)', (n, p) => 1 - right.failure(n, p)],
    'ties-dropped': ['P(wrong) without half the ties', (n, p) => right.failure(n, p) - 0.5 * right.tie(n, p)],
    'chernoff-bound': ['its bound (4pq)^{n/2}/2', (n, p) => 0.5 * oneMinus(p) ** (n / 2)],
    subtracted: ['(1 − W)/2 by subtraction', (n, p) => 0.5 * (1 - right.majorityVote(n, p))],
  }),
  ...versions('tie', {
    doubled: ['twice the value', (n, p) => 2 * right.tie(n, p)],
    'lost-square-root': ['(pq)^n', (n, p) => right.tie(n, p) * (p * (1 - p)) ** (n / 2)],
    'odd-votes-tie': ['the formula for odd n as well', (n, p) => right.tie(n + (n % 2), p)],
    stirling: [
      'the central limit √(2/(πn)) (4pq)^{n/2}',
      (n, p) => (n % 2 === 1 ? 0 : Math.sqrt(2 / (Math.PI * n)) * oneMinus(p) ** (n / 2)),
    ],
    'always-fair': ['the value at p = ½', (n) => right.tie(n, 0.5)],
    'two-votes-less': ['n − 2 votes', (n, p) => right.tie(Math.max(1, n - 2), p)],
  }),
  ...versions('increment', {
    'lost-two': ['(p − ½) P(tie), the gain in probability', (n, p) => 0.5 * right.increment(n, p)],
    'lost-bias': ['P(tie)', (n, p) => right.tie(n, p)],
    'wrong-sign': ['1 − 2p in place of 2p − 1', (n, p) => -right.increment(n, p)],
    'next-vote': ['the gain of the vote after', (n, p) => right.increment(n + 1, p)],
    'probability-of-right': ['p P(tie)', (n, p) => p * right.tie(n, p)],
  }),
  ...versions('exponent', {
    halved: ['μ₁² doubled', (mu1) => right.exponent(mu1) / 2],
    'weak-limit': ['2/π at every signal', () => 2 / Math.PI],
    'strong-limit': ['½ at every signal', () => 0.5],
    'lost-two': ['−log(2pq)', (mu1) => -Math.log(0.5 * shareOfError(mu1)) / Math.max(mu1, 1e-6) ** 2],
    'binary-logarithm': ['log₂ in place of log', (mu1) => right.exponent(mu1) / Math.LN2],
    'lost-square': ['μ₁ in place of μ₁²', (mu1) => right.exponent(mu1) * mu1],
  }),
  ...versions('angular', {
    'lost-square': [
      'A in place of A²',
      (d, mu) => ((d - 1) * alignment(d, mu)) / (mu * mu * (1 - meanSquareCosine(d, mu))),
    ],
    'd-for-d-minus-one': ['d in place of d − 1', (d, mu) => (right.angular(d, mu) * d) / (d - 1)],
    'dimension-plus-one': ['d + 1 in place of d', (d, mu) => right.angular(d + 1, mu)],
    'along-for-across': ['the variance along the signal', alongForAcross],
    'weak-limit': ['d c_d² at every signal', (d) => d * smallSignalSlope(d) ** 2],
    'lost-root-two': ['√2 μ in place of μ', (d, mu) => right.angular(d, Math.SQRT2 * mu)],
    inverted: ['the sum against the vote', (d, mu) => 1 / right.angular(d, mu)],
  }),
  ...versions('walk', {
    'root-mean-square': ['√n', (_, n) => Math.sqrt(n)],
    'one-step-less': ['n − 1 steps', (d, n) => (n === 1 ? 1 : right.walk(d, n - 1))],
    'many-steps': ['the limit √n Γ((d+1)/2) √(2/d)/Γ(d/2)', (d, n) => smallSignalSlope(d) * Math.sqrt(d * n)],
    'all-in-line': ['n', (_, n) => n],
    'one-dimension-less': ['d − 1 in place of d', (d, n) => right.walk(Math.max(1, d - 1), n)],
  }),
];

function normalLimit(n: number, p: number): number {
  const bias = 2 * p - 1;
  return Math.abs(bias) === 1 ? bias : erf((Math.sqrt(n / 2) * bias) / Math.sqrt(oneMinus(p)));
}

function alongForAcross(d: number, mu: number): number {
  const mean = alignment(d, mu);
  return (mean * mean) / (mu * mu * (meanSquareCosine(d, mu) - mean * mean));
}

/** Kill matrix of T3: no check reads a table of values. */
export const votingKillMatrix: KillMatrixDefinition<VotingFormulas> = {
  id: 'theory.voting',
  title: 'Voting: wrong formulas against laws and simulations',
  caption:
    'Wrong versions of the majority vote, its failures, ties and increments, of the efficiencies of votes and normalized ' +
    'votes, and of the mean length of random walks. Checks are identities, sums over all outcomes, bounds and simulations.',
  checks: [
    lawCheck('outcomes', 'sums over all outcomes of up to 60 votes', voteCountsOutcomes(), 150),
    lawCheck('recurrences', 'even votes, symmetry, increments, monotonicity', voteRecurrences(), 200),
    lawCheck('coin toss', 'relative precision at p = ½', voteNextToCoinToss(), 60),
    lawCheck('sufficiency', 'no vote beats the sum under Gaussian noise', votesNeverBeatTheSum(), 200),
    lawCheck('exponent', 'rate at which many votes fail', voteExponent(), 100),
    lawCheck(
      'angular variance',
      'balance of mean and transverse variance, limits, dimensions',
      angularEfficiency(),
      100,
    ),
    lawCheck('walks', 'counted and closed walk lengths', walkLengths(), 20),
    lawCheck('simulated votes', 'Monte Carlo of majorities of signs', votesSimulated(), 1),
    lawCheck('simulated walks', 'Monte Carlo of walks and of weak normalized votes', walksSimulated(), 1),
  ],
  correct: [
    { name: 'library', what: 'the formulas of the library', subject: right },
    {
      name: 'rearranged',
      what: 'ties from increments, even votes from odd ones',
      subject: {
        ...right,
        majorityVote: (n, p) => right.majorityVote(n - 1 + (n % 2), p),
        increment: (n, p) => (2 * p - 1) * right.tie(n, p),
        angular: (d, mu1) => Math.min(1, right.angular(d, mu1)),
      },
    },
  ],
  mutants,
};
