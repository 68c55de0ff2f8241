import {
  angularEfficiency,
  voteCountsOutcomes,
  voteExponent,
  voteNextToCoinToss,
  voteRecurrences,
  votesNeverBeatTheSum,
  walkLengths,
} from '../../../properties/theory/voting-laws.ts';
import { alignment } from '../../../theory/noise-averaging.ts';
import { NORMALIZED_VOTE_BIAS, normalizedVoteApproximation } from '../../../theory/normalized-voting.ts';
import { meanWalkLength } from '../../../theory/random-walk.ts';
import { cauchySumAlignment, sumAlignment } from '../../../theory/sum-of-losses.ts';
import { gaussianVoteAlignment, majorityVote, tieProbability } from '../../../theory/voting.ts';
import type { Claim, FormulaCell, FormulaClaim, LawClaim } from '../../core/claim.ts';
import { fact } from '../facts.ts';
import { lawClaim, literature, OURS, share } from './statements.ts';
import { majoritiesOfSigns, normalizedVotes } from './voting-trials.ts';

const BINOMIAL = literature(
  'Abramowitz & Stegun, Handbook of Mathematical Functions (1964), 26.5.24, for the binomial sum as a beta integral.',
);

/** 0.01 of a share is 0.02 of an alignment. A trial is a mean of 64 draws, so that about 1000 to 1700 trials decide. */
const DECISION = { resolution: 0.01, alpha: 1e-5, maxTrials: 4096 } as const;

const ANY_VOTE = 'One to 60 votes (120 where even votes are compared), right with any probability k/256.';
const ANY_SIGNAL = 'Dimensions 2 to 1024, signal-to-noise ratios of one example 1/16 to 20.';

const laws: readonly LawClaim[] = [
  lawClaim(
    'voting-counts-outcomes',
    'Alignment, ties and failures of a majority vote are the sums over all outcomes.',
    ANY_VOTE,
    voteCountsOutcomes(),
    BINOMIAL,
  ),
  lawClaim(
    'voting-even-votes-are-worth-nothing',
    'An even vote changes no alignment, an odd one adds (2p − 1) times the probability of a tie before it.',
    ANY_VOTE,
    voteRecurrences(),
  ),
  lawClaim(
    'voting-next-to-a-coin-toss',
    'The alignment of a majority vote keeps its relative precision where votes are hardly better than a coin toss.',
    'One to 60 votes, right with probability ½ ± 2^−k, k from 20 to 48.',
    voteNextToCoinToss(),
  ),
  lawClaim(
    'voting-never-beats-the-sum-under-gaussian-noise',
    'Under Gaussian noise a majority vote has at most the alignment of the sum of losses.',
    `One to 40 votes. ${ANY_SIGNAL}`,
    votesNeverBeatTheSum(),
  ),
  lawClaim(
    'voting-exponent',
    'The Chernoff efficiency of voting falls from 2/π to ½ and is the rate at which many votes fail.',
    'Signal-to-noise ratios of one example 1/16 to 6, up to 40 000 votes.',
    voteExponent(),
    literature('Chernoff, Annals of Mathematical Statistics 23 (1952) 493.'),
  ),
  lawClaim(
    'normalized-voting-angular-efficiency',
    'The angular-variance efficiency of normalized voting balances mean and transverse variance, is at least π/4, rises ' +
      'with the dimension and tends to 1 with the signal.',
    ANY_SIGNAL,
    angularEfficiency(),
  ),
  lawClaim(
    'normalized-voting-walk-lengths',
    'Mean lengths of random walks agree with counts on the line, closed two-step means and their limit for many steps.',
    'Walks of one to 41 unit steps on the line, in the plane and in space; two steps in up to 1024 dimensions.',
    walkLengths(),
  ),
];

const VOTE_CONTROL = 'the sum of losses in place of the vote';

const right = (facts: Readonly<Record<string, number>>): number => fact(facts, 'right');

function gaussianCell(n: number, signal: number): FormulaCell {
  return {
    label: `Gaussian noise, n = ${n}, |s|/σ = ${signal}`,
    theory: share(gaussianVoteAlignment(n, signal, 1)),
    measurement: { trials: majoritiesOfSigns(`theory.majorities-gaussian-${n}`, 'Gaussian', n, signal), value: right },
    wrongTheory: share(sumAlignment(n, signal, 1)),
  };
}

const fourVotes = gaussianCell(4, 0.5);
const fourVotesRight = share(gaussianVoteAlignment(1, 0.5, 1));

const voteMonteCarlo: FormulaClaim = {
  id: 'theory.voting-monte-carlo',
  kind: 'formula',
  tier: 'quick',
  statement:
    'The alignment of a majority of n signs of gradients is 2 I_p(m, m) − 1, m = ⌈n/2⌉, where a vote is right with ' +
    'probability p, and four votes tie with probability 6 p² (1−p)².',
  regime:
    'Gaussian and Cauchy noise, 4, 9 and 10 votes, every gradient simulated; exact statement without a bias budget.',
  source: OURS,
  cells: [
    fourVotes,
    gaussianCell(9, 0.3),
    {
      label: 'Gaussian noise, n = 4, ties',
      theory: tieProbability(4, fourVotesRight),
      measurement: { trials: fourVotes.measurement.trials, value: (facts) => fact(facts, 'tied') },
      wrongTheory: tieProbability(4, 0.5),
    },
    {
      label: 'Cauchy noise, n = 10, |s|/γ = 0.3',
      theory: share(majorityVote(10, share(cauchySumAlignment(1, 0.3, 1)))),
      measurement: { trials: majoritiesOfSigns('theory.majorities-cauchy-10', 'Cauchy', 10, 0.3), value: right },
      wrongTheory: share(cauchySumAlignment(10, 0.3, 1)),
    },
  ],
  bias: 0,
  ...DECISION,
  control: { what: `${VOTE_CONTROL}; for ties, votes that are coin tosses; refuted in every cell` },
};

function walkCell(d: number, n: number): FormulaCell {
  return {
    label: `d = ${d}, n = ${n}`,
    theory: meanWalkLength(d, n) / n,
    measurement: {
      trials: normalizedVotes(`theory.random-walks-${d}-${n}`, d, n, 0),
      value: (facts) => fact(facts, 'length'),
    },
    wrongTheory: 1 / Math.sqrt(n),
  };
}

const walkMonteCarlo: FormulaClaim = {
  id: 'theory.normalized-voting-walk-monte-carlo',
  kind: 'formula',
  tier: 'quick',
  statement:
    'The mean length of the sum of n normalized gradients without signal, which sets the alignment of weak signals, is ' +
    'that of the random walk in closed form.',
  regime: 'Three and four steps in two and three dimensions; exact statement without a bias budget.',
  source: OURS,
  cells: [walkCell(2, 3), walkCell(2, 4), walkCell(3, 3)],
  bias: 0,
  ...DECISION,
  control: { what: 'the root mean square length √n, refuted in every cell' },
};

/** Examples of the approximation: the error budget is that of the fewest. */
const FEWEST = 20;

function approximateCell(d: number, n: number, mu1: number): FormulaCell {
  return {
    label: `d = ${d}, n = ${n}, |s|/σ = ${mu1}`,
    theory: share(normalizedVoteApproximation(d, n, mu1)),
    measurement: {
      trials: normalizedVotes(`theory.normalized-votes-${d}-${n}`, d, n, mu1),
      value: (facts) => fact(facts, 'cosine'),
    },
    wrongTheory: share(alignment(d, Math.sqrt(n) * mu1)),
  };
}

const approximationMonteCarlo: FormulaClaim = {
  id: 'theory.normalized-voting-approximation',
  kind: 'formula',
  tier: 'quick',
  statement:
    'The alignment of n normalized gradients is that of a Gaussian step with the same mean and variances, up to 0.15/n.',
  regime:
    'An approximation: bias budget 0.0075 of an alignment at n = 20, measured for d = 2 to 10; at 20 and 40 examples in two and ' +
    'three dimensions.',
  source: OURS,
  cells: [approximateCell(2, FEWEST, 0.2), approximateCell(2, 2 * FEWEST, 0.15), approximateCell(3, 2 * FEWEST, 0.2)],
  bias: NORMALIZED_VOTE_BIAS / FEWEST / 2,
  ...DECISION,
  resolution: 0.005,
  control: { what: 'the plain sum of gradients, without the loss of efficiency; refuted in every cell' },
};

/** Voting (T3) and voting with normalized gradients (T3d). */
export const votingClaims: readonly Claim[] = [...laws, voteMonteCarlo, walkMonteCarlo, approximationMonteCarlo];
