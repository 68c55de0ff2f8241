import { alignment } from '../../theory/noise-averaging.ts';
import { majorityVote, tieProbability } from '../../theory/voting.ts';
import { type KillMatrixDefinition, lawCheck, type Version } from '../kill-matrix.ts';
import {
  type ZeroGradientFormulas,
  zeroGradientFormulas,
  zeroGradientsBounds,
  zeroGradientsDirectSums,
  zeroGradientsMatchesDraws,
  zeroGradientsMonotone,
  zeroGradientsReductions,
} from './zero-gradients-laws.ts';

const right = zeroGradientFormulas;

function wrong(name: string, what: string, changed: Partial<ZeroGradientFormulas>): Version<ZeroGradientFormulas> {
  return { name, what, subject: { ...right, ...changed } };
}

const alignmentMutants = [
  wrong('sum-hits-for-misses', 'q and 1 − q exchanged.', { alignment: (m) => right.alignment({ ...m, q: 1 - m.q }) }),
  wrong('sum-jensen', "Jensen's bound: the mean number of hits in the formula.", {
    alignment: ({ n, q, d, mu }) => alignment(d, Math.sqrt(n * (1 - q)) * mu),
  }),
  wrong('sum-chord', 'The chord: hits all or none.', {
    alignment: ({ n, q, d, mu }) => (1 - q) * alignment(d, Math.sqrt(n) * mu),
  }),
  wrong('sum-conditional', 'Given that something moves: divided by 1 − qⁿ.', {
    alignment: (m) => (m.q === 1 ? 0 : right.alignment(m) / (1 - m.q ** m.n)),
  }),
  wrong('sum-no-move-counts', 'No step counted as a right one: the term k = 0 is 1.', {
    alignment: (m) => right.alignment(m) + m.q ** m.n,
  }),
  wrong('sum-lost-root', 'k in place of √k for every number of hits k.', {
    alignment: ({ n, q, d, mu }) => right.alignment({ n: n * n, q, d, mu }),
  }),
  wrong('sum-one-less', 'n − 1 examples.', {
    alignment: (m) => (m.n === 1 ? 0 : right.alignment({ ...m, n: m.n - 1 })),
  }),
  wrong('sum-sign', 'The opposite sign.', { alignment: (m) => -right.alignment(m) }),
  wrong('sum-noisy-misses', 'Misses that keep their noise: μ k/√n with the mean of k.', {
    alignment: ({ n, q, d, mu }) => alignment(d, Math.sqrt(n) * (1 - q) * mu),
  }),
];

const voteMutants = [
  wrong('vote-hits-for-misses', 'q and 1 − q exchanged.', { vote: (v) => right.vote({ ...v, q: 1 - v.q }) }),
  wrong('vote-diluted', 'Misses as votes of a coin: W_n at ½ + (1 − q)(p − ½).', {
    vote: ({ n, q, p }) => majorityVote(n, 0.5 + (1 - q) * (p - 0.5)),
  }),
  wrong('vote-misses-are-wrong', 'Misses as wrong votes: W_n at p(1 − q).', {
    vote: ({ n, q, p }) => majorityVote(n, p * (1 - q)),
  }),
  wrong('vote-conditional', 'Given that anybody votes: divided by 1 − qⁿ.', {
    vote: (v) => (v.q === 1 ? 0 : right.vote(v) / (1 - v.q ** v.n)),
  }),
  wrong('vote-one-more', 'n + 1 votes.', { vote: (v) => right.vote({ ...v, n: v.n + 1 }) }),
  wrong('vote-ties-right', 'Ties among all n counted as right.', {
    vote: (v) => right.vote(v) + (1 - v.q) ** v.n * tieProbability(v.n, v.p),
  }),
  wrong('vote-sign', 'The opposite sign.', { vote: (v) => -right.vote(v) }),
];

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const stuckMutants = [
  wrong('stuck-independent', 'q, as if nothing were coupled.', { stuck: (q) => q }),
  wrong('stuck-full', 'qⁿ, as if all were coupled.', { stuck: (q, degrees) => q ** degrees.length }),
  wrong('stuck-without-itself', 'Degrees that leave the example itself out.', {
    stuck: (q, degrees) => meanOf(degrees.map((degree) => q ** (degree - 1))),
  }),
  wrong('stuck-one-more', 'One neighbor too many.', {
    stuck: (q, degrees) => meanOf(degrees.map((degree) => q ** (degree + 1))),
  }),
  wrong('stuck-moved', 'The fraction that moves.', { stuck: (q, degrees) => 1 - right.stuck(q, degrees) }),
  wrong('stuck-hits', 'The probability that all neighbors hit.', {
    stuck: (q, degrees) => right.stuck(1 - q, degrees),
  }),
  wrong('stuck-count', 'The number of stuck examples in place of the fraction.', {
    stuck: (q, degrees) => degrees.length * right.stuck(q, degrees),
  }),
];

/** Wrong closed forms about zero gradients against the laws of T6. */
export const zeroGradientMutants: KillMatrixDefinition<ZeroGradientFormulas> = {
  id: 'theory.zero-gradients',
  title: 'Wrong formulas about zero gradients',
  caption:
    'Alignment, votes and stuck examples where gradients vanish with probability q: wrong versions of each closed form ' +
    'against identities, enumeration and simulated gradients (20 000 a case, false alarms once in 10⁹ cases).',
  checks: [
    lawCheck('reductions', 'no misses, all misses, one example', zeroGradientsReductions()),
    lawCheck('bounds', 'chord, Jensen, 1 − qⁿ', zeroGradientsBounds()),
    lawCheck('monotone', 'in n and q', zeroGradientsMonotone()),
    lawCheck('direct sums', 'conditioning, convolution, enumeration', zeroGradientsDirectSums()),
    lawCheck('draws', 'simulated gradients', zeroGradientsMatchesDraws()),
  ],
  correct: [{ name: 'right', what: 'The formulas of the library.', subject: right }],
  mutants: [...alignmentMutants, ...voteMutants, ...stuckMutants],
};
