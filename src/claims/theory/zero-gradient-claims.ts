import {
  zeroGradientsBounds,
  zeroGradientsDirectSums,
  zeroGradientsMatchesDraws,
  zeroGradientsMonotone,
  zeroGradientsReductions,
} from '../../../properties/theory/zero-gradients-laws.ts';
import { alignment } from '../../../theory/noise-averaging.ts';
import { majorityVote } from '../../../theory/voting.ts';
import {
  type NoisyMisses,
  stuckFraction,
  zeroGradientAlignment,
  zeroGradientVote,
} from '../../../theory/zero-gradients.ts';
import type { Claim, FormulaClaim, LawClaim } from '../../core/claim.ts';
import { alignmentCell, FORMULA_TEST, fractionCell } from './formula-cells.ts';
import { missedStepTrials, missedVoteTrials, ringTrials } from './zero-gradient-trials.ts';

const OURS = { where: 'ours' } as const;
const LAW = { kind: 'law', tier: 'quick', source: OURS } as const;

const MODEL =
  'Each example has zero gradient and zero noise with probability q, independently; else signal |s| and noise N(0, σ²I), μ = |s|/σ.';
const ANY_MISSES = `${MODEL} n in 1 to 10, d in 1 to 100, μ in [1/8, 3], p in [1/2, 1].`;

const laws: readonly LawClaim[] = [
  {
    ...LAW,
    id: 'theory.zero-gradients-reductions',
    statement:
      'Without misses the alignment is A_d(√n μ) or W_n(p), with misses only it is 0, one example loses 1 − q.',
    regime: ANY_MISSES,
    ...zeroGradientsReductions(),
  },
  {
    ...LAW,
    id: 'theory.zero-gradients-bounds',
    statement: 'The alignment lies between (1 − q) A_d(√n μ) and A_d(√(n(1 − q)) μ), and below 1 − qⁿ.',
    regime: ANY_MISSES,
    ...zeroGradientsBounds(),
  },
  {
    ...LAW,
    id: 'theory.zero-gradients-monotone',
    statement: 'More examples never hurt, and more misses never help, sums or votes.',
    regime: ANY_MISSES,
    ...zeroGradientsMonotone(),
  },
  {
    ...LAW,
    id: 'theory.zero-gradients-direct-sums',
    statement:
      'Alignment, vote and stuck fraction equal sums over all numbers of hits, all votes, and all patterns of hits.',
    regime: ANY_MISSES,
    ...zeroGradientsDirectSums(),
  },
  {
    ...LAW,
    id: 'theory.zero-gradients-match-draws',
    statement: 'Alignment and vote agree with 20 000 simulations, within a width that fails once in 10⁹ cases.',
    regime: `${MODEL} n in 1 to 10, d = 2, μ in [1/8, 3].`,
    ...zeroGradientsMatchesDraws(),
  },
];

const steps: readonly NoisyMisses[] = [
  { d: 1, n: 8, mu: 0.5, q: 0.5 },
  { d: 2, n: 4, mu: 1, q: 0.3 },
  { d: 3, n: 10, mu: 0.5, q: 0.8 },
  { d: 5, n: 16, mu: 0.5, q: 0.9 },
];

const zeroAlignment: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.zero-gradients-alignment',
  statement: 'The alignment of the sum is the binomial mean of A_d(√k μ) over the number k of examples that hit.',
  regime: MODEL,
  source: OURS,
  bias: 0,
  cells: steps.map((misses) => {
    const { n, q, d, mu } = misses;
    const trials = missedStepTrials(`zero-gradients-d${d}-n${n}-q${q}`, misses);
    return alignmentCell(
      `d = ${d}, n = ${n}, μ = ${mu}, q = ${q}`,
      trials,
      'aligned',
      () => zeroGradientAlignment(misses),
      () => alignment(d, Math.sqrt(n) * mu),
    );
  }),
  control: { what: 'the alignment without misses' },
};

const votes = [
  { n: 3, p: 0.7, q: 0.5 },
  { n: 5, p: 0.8, q: 0.9 },
  { n: 10, p: 0.6, q: 0.3 },
  { n: 20, p: 0.6, q: 0.5 },
] as const;

const zeroVote: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.zero-gradients-vote',
  statement: 'The alignment of the vote is the binomial mean of W_k(p) over the number k of votes that are not empty.',
  regime: 'Each vote is empty with probability q, else right with probability p, all independent; ties count 0.',
  source: OURS,
  bias: 0,
  cells: votes.map(({ n, p, q }) => {
    const trials = missedVoteTrials(`zero-votes-n${n}-p${p}-q${q}`, n, q, p);
    // An empty vote as the toss of a coin: one more way to think of it, and a wrong one.
    const wrong = (): number => majorityVote(n, 0.5 + (1 - q) * (p - 0.5));
    return alignmentCell(`n = ${n}, p = ${p}, q = ${q}`, trials, 'aligned', () => zeroGradientVote({ n, q, p }), wrong);
  }),
  control: { what: 'empty votes replaced by tosses of a coin' },
};

const rings = [
  { n: 8, q: 0.8, reach: 1 },
  { n: 16, q: 0.9, reach: 2 },
  { n: 9, q: 0.8, reach: 4 },
] as const;

const zeroStuck: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.zero-gradients-stuck-fraction',
  statement: 'Coupling to deg examples, itself included, leaves q^deg of the examples stuck where q alone would be.',
  regime: 'Examples on a ring with local coupling, zero gradients with probability q, no exact cancellation.',
  source: OURS,
  bias: 0,
  cells: rings.map(({ n, q, reach }) => {
    const degrees = new Array<number>(n).fill(2 * reach + 1);
    const trials = ringTrials(`stuck-n${n}-q${q}-r${reach}`, n, q, reach);
    return fractionCell(
      `n = ${n}, q = ${q}, degree ${2 * reach + 1}`,
      trials,
      'stuck',
      () => stuckFraction(q, degrees),
      () => q,
    );
  }),
  control: { what: 'independent optimization, q' },
};

/** T6. */
export const zeroGradientClaims: readonly Claim[] = [...laws, zeroAlignment, zeroVote, zeroStuck];
