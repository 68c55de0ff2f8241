import erf from '@stdlib/math-base-special-erf';
import type { SineFit } from '../../theory/sine-landscape.ts';
import { majorityVote, tieProbability } from '../../theory/voting.ts';
import { type KillMatrixDefinition, lawCheck, type Version } from '../kill-matrix.ts';
import { independentLandscapesMatchesDraws, independentLandscapesSymmetries } from './independent-landscapes-laws.ts';
import {
  type LandscapeFormulas,
  landscapeFormulas,
  sineLandscapeApproachesLimit,
  sineLandscapeIsDominated,
  sineLandscapeIsElliptic,
  sineLandscapeLimitMatchesDraws,
  sineLandscapeMatchesDraws,
  sineLandscapeReductions,
} from './landscape-laws.ts';

const right = landscapeFormulas;

function wrong(name: string, what: string, changed: Partial<LandscapeFormulas>): Version<LandscapeFormulas> {
  return { name, what, subject: { ...right, ...changed } };
}

const halved = ({ n, sigma, a }: SineFit): SineFit => ({ n, sigma: 2 * sigma, a });
const rootLost = ({ n, sigma, a }: SineFit): SineFit => ({ n, sigma: sigma * Math.SQRT2, a });
const squared = ({ n, sigma, a }: SineFit): SineFit => ({ n: n * n, sigma, a });
const oneMore = ({ n, sigma, a }: SineFit): SineFit => ({ n: n + 1, sigma, a });
const two = ({ n, sigma, a }: SineFit): SineFit => ({ n: 2 * n, sigma, a });

const sumMutants = [
  wrong('sum-noise-only', 'The sum without its landscape sign.', { sum: right.noiseOnlySum }),
  wrong('sum-lost-root', 'The sum with erf(√n D/2σ): a lost √2.', { sum: (fit) => right.sum(rootLost(fit)) }),
  wrong('sum-n-for-root-n', 'The sum with n in place of √n.', { sum: (fit) => right.sum(squared(fit)) }),
  wrong('sum-sign', 'The sum with the opposite sign.', { sum: (fit) => -right.sum(fit) }),
  wrong('sum-one-more', 'The sum of n + 1 examples.', { sum: (fit) => right.sum(oneMore(fit)) }),
  wrong('sum-half-difference', 'The sum with D/2, one of the two sines.', { sum: (fit) => right.sum(halved(fit)) }),
];

const voteMutants = [
  wrong('vote-noise-only', 'The vote without its landscape sign.', { vote: right.noiseOnlyVote }),
  wrong('vote-of-the-sum', 'The sum in place of the vote.', { vote: right.sum }),
  wrong('vote-even-counts', 'A vote that counts even votes in full.', { vote: (fit) => right.vote(oneMore(fit)) }),
  wrong('vote-twice', 'The vote of 2n examples.', { vote: (fit) => right.vote(two(fit)) }),
  wrong('vote-sign', 'The vote with the opposite sign.', { vote: (fit) => -right.vote(fit) }),
  wrong('vote-wrong-noise', 'The vote with Φ(D/2σ).', { vote: (fit) => right.vote(halved(fit)) }),
];

const noiseOnlyMutants = [
  wrong('noise-lost-root', 'Noise-only sum with a lost √2.', {
    noiseOnlySum: (fit) => right.noiseOnlySum(rootLost(fit)),
  }),
  wrong('noise-n-for-root-n', 'Noise-only sum with n in place of √n.', {
    noiseOnlySum: (fit) => right.noiseOnlySum(squared(fit)),
  }),
  wrong('noise-with-landscape', 'Noise-only sum with the landscape left in.', { noiseOnlySum: right.sum }),
  wrong('noise-one-more', 'Noise-only sum of n + 1 examples.', {
    noiseOnlySum: (fit) => right.noiseOnlySum(oneMore(fit)),
  }),
  wrong('noise-half-difference', 'Noise-only sum with |D|/2.', {
    noiseOnlySum: (fit) => right.noiseOnlySum(halved(fit)),
  }),
  wrong('noise-vote-of-the-sum', 'Noise-only sum in place of the noise-only vote.', {
    noiseOnlyVote: right.noiseOnlySum,
  }),
  wrong('noise-vote-even-counts', 'Noise-only vote that counts even votes in full.', {
    noiseOnlyVote: (fit) => right.noiseOnlyVote(oneMore(fit)),
  }),
];

const limitMutants = [
  wrong('limit-lost-square', 'π/4a instead of its square.', { limit: (a) => Math.sqrt(right.limit(a)) }),
  wrong('limit-factor-two', '(π/2a)², off by a factor 4 and cut at 1.', {
    limit: (a) => Math.min(1, 4 * right.limit(a)),
  }),
  wrong('limit-always-one', 'No landscape at all.', { limit: () => 1 }),
  wrong('limit-wrong-tail', '¼ for all a beyond π/2.', { limit: (a) => right.limit(Math.min(a, Math.PI / 2)) }),
  wrong('limit-formula-everywhere', '(π/4a)² also beyond π/2.', {
    limit: (a) => Math.min(1, (Math.PI / (4 * a)) ** 2),
  }),
  wrong('limit-probability', 'The probability of a right step instead of its alignment.', {
    limit: (a) => (1 + right.limit(a)) / 2,
  }),
  wrong('limit-sign', 'The opposite sign.', { limit: (a) => -right.limit(a) }),
];

const independentSumMutants = [
  wrong('phases-sum-vote', 'The vote in place of the sum.', { independentSum: right.independentVote }),
  wrong('phases-sum-lost-root', 'The central limit theorem with variance 1 for cos ψ.', {
    independentSum: (n, delta) => erf(Math.sqrt(n / 2) * Math.cos(delta)),
  }),
  wrong('phases-sum-clt', 'The central limit theorem taken for the exact law.', {
    independentSum: (n, delta) => erf(Math.sqrt(n) * Math.cos(delta)),
  }),
  wrong('phases-sum-one-more', 'A walk of n + 1 steps.', {
    independentSum: (n, delta) => right.independentSum(n + 1, delta),
  }),
  wrong('phases-sum-sign', 'The opposite sign.', { independentSum: (n, delta) => -right.independentSum(n, delta) }),
  wrong('phases-sum-common', 'One landscape for all: no walk at all.', {
    independentSum: (_n, delta) => right.independentSum(1, delta),
  }),
  wrong('phases-sum-half', 'Half of the shift.', {
    independentSum: (n, delta) => right.independentSum(n, Math.acos(Math.cos(delta) / 2)),
  }),
];

const independentVoteMutants = [
  wrong('phases-vote-half-angle', 'Examples right with probability 1 − δ/2π.', {
    independentVote: (n, delta) => right.independentVote(n, delta / 2),
  }),
  wrong('phases-vote-twice', 'Examples right with probability 1 − 2δ/π.', {
    independentVote: (n, delta) => right.independentVote(n, Math.min(Math.PI, 2 * delta)),
  }),
  wrong('phases-vote-cosine', 'Examples right with probability (1 + cos δ)/2.', {
    independentVote: (n, delta) => majorityVote(n, (1 + Math.cos(delta)) / 2),
  }),
  wrong('phases-vote-one-more', 'n + 1 votes.', { independentVote: (n, delta) => right.independentVote(n + 1, delta) }),
  wrong('phases-vote-sign', 'The opposite sign.', { independentVote: (n, delta) => -right.independentVote(n, delta) }),
  wrong('phases-vote-ties-right', 'Ties counted as right.', {
    independentVote: (n, delta) => right.independentVote(n, delta) + tieProbability(n, 1 - delta / Math.PI),
  }),
];

/** Wrong closed forms about landscapes against the laws of T4 and T4b. */
export const landscapeMutants: KillMatrixDefinition<LandscapeFormulas> = {
  id: 'theory.landscapes',
  title: 'Wrong landscape formulas',
  caption:
    'Alignment of fits of sin 2x with a common start, and of fits that see different landscapes: wrong versions of each ' +
    'closed form against identities and against simulated fits (30 000 a case, false alarms once in 10⁹ cases).',
  checks: [
    lawCheck('dominated', 'the landscape never helps', sineLandscapeIsDominated(), 15),
    lawCheck('reductions', '√n/σ, one vote, even votes', sineLandscapeReductions(), 10),
    lawCheck('limit', 'distance from the limit without noise', sineLandscapeApproachesLimit(), 15),
    lawCheck('elliptic', 'the noise-only sum as one integral', sineLandscapeIsElliptic(), 10),
    lawCheck('draws', 'simulated fits', sineLandscapeMatchesDraws(), 6),
    lawCheck('limit draws', 'drawn starts without noise', sineLandscapeLimitMatchesDraws()),
    lawCheck('phases', 'symmetries with independent landscapes', independentLandscapesSymmetries(), 20),
    lawCheck('phase draws', 'simulated fits with independent landscapes', independentLandscapesMatchesDraws()),
  ],
  correct: [{ name: 'right', what: 'The formulas of the library.', subject: right }],
  mutants: [
    ...sumMutants,
    ...voteMutants,
    ...noiseOnlyMutants,
    ...limitMutants,
    ...independentSumMutants,
    ...independentVoteMutants,
  ],
};
