import {
  chaosBoundsLaw,
  chaosCrossingValues,
  chaosGrowthCancels,
  chaosMatchesDraws,
  chaosStableLimits,
  chaosSumOfThreeLimits,
} from '../../../properties/theory/chaos-laws.ts';
import { chaoticSumOfThree, dominanceOfOne, stableAlignment } from '../../../theory/chaos.ts';
import {
  type ChaoticSum,
  chaoticSumFrozen,
  chaoticSumMild,
  chaoticSumStrong,
  FROZEN_RANGE,
  MILD_CHAOS_RANGE,
  STRONG_CHAOS_RANGE,
} from '../../../theory/chaos-laws.ts';
import { majorityVote } from '../../../theory/voting.ts';
import type { Claim, FormulaCell, FormulaClaim, LawClaim } from '../../core/claim.ts';
import { chaoticSumTrials, stableTrials } from './chaos-trials.ts';
import { alignmentCell, FORMULA_TEST, fractionCell } from './formula-cells.ts';

const OURS = { where: 'ours' } as const;
const LAW = { kind: 'law', tier: 'quick', source: OURS } as const;

const MODEL =
  'Gradients of size exp(λT + τz), z ~ N(0, 1), τ = D√T, each sign right with probability p, all independent, first step.';
const ANY_CHAOS = 'p in [1/2, 1], τ in [1/4, 8], α in (0, 1), 3 to 40 examples.';

const laws: readonly LawClaim[] = [
  {
    ...LAW,
    id: 'theory.chaos-bounds',
    statement: 'Whatever the sizes, the sum is aligned at least like one example, and at most like the majority vote.',
    regime: '1 to 10 sizes, multiples of 1/8 up to 16 or powers of two from 2^−20 to 2^20; all patterns of signs.',
    ...chaosBoundsLaw(),
  },
  {
    ...LAW,
    id: 'theory.chaos-growth-cancels',
    statement: 'A common growth of all gradients changes nothing, and one or two examples are aligned like one.',
    regime: 'The same sizes, rescaled by powers of two from 2^−300 to 2^299.',
    ...chaosGrowthCancels(),
  },
  {
    ...LAW,
    id: 'theory.chaos-sum-of-three-limits',
    statement: 'Three gradients fall from the vote at τ = 0 to one example at τ = ∞, π₃ rises to ⅓ − π√3/(36τ²).',
    regime: ANY_CHAOS,
    ...chaosSumOfThreeLimits(),
  },
  {
    ...LAW,
    id: 'theory.chaos-crossing-values',
    statement: 'c₃ = √3/π, c₄ = 2√3/π, c₅ = (10√3/π)(¼ + arcsin(¼)/2π), and cₙ increases below 4 ln n.',
    regime: ANY_CHAOS,
    ...chaosCrossingValues(),
  },
  {
    ...LAW,
    id: 'theory.chaos-stable-limits',
    statement: 'The stable law starts at (2p − 1)(1 + (π²/3) p(1 − p) α²), increases, and is certain at α = 1.',
    regime: ANY_CHAOS,
    ...chaosStableLimits(),
  },
  {
    ...LAW,
    id: 'theory.chaos-matches-draws',
    statement: 'Sum of three, π₃ and stable law agree with 30 000 draws, within a width that fails once in 10⁹ cases.',
    regime: ANY_CHAOS,
    ...chaosMatchesDraws(),
  },
];

const name = ({ n, p, tau }: ChaoticSum): string => `chaos-n${n}-p${p}-t${tau}`;
const label = ({ n, p, tau }: ChaoticSum): string => `n = ${n}, p = ${p}, τ = ${tau}`;

const threes = [0.5, 1, 2, 5].map((tau) => ({ n: 3, p: 0.7, tau }));
const threeTrials = threes.map((sum) => ({ sum, trials: chaoticSumTrials(name(sum), sum) }));

const sumOfThree: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.chaos-sum-of-three',
  statement: 'Three chaotic gradients are aligned like (2p − 1)[1 + 2pq − 6pq π₃(τ)], q = 1 − p.',
  regime: MODEL,
  source: OURS,
  bias: 0,
  cells: threeTrials.map(({ sum, trials }) =>
    alignmentCell(
      label(sum),
      trials,
      'aligned',
      () => chaoticSumOfThree(sum.p, sum.tau),
      () => majorityVote(3, sum.p),
    ),
  ),
  control: { what: 'the vote of three, as if sizes did not matter' },
};

const dominance: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.chaos-dominance',
  statement: 'A named one of three log-normal sizes outweighs the other two with probability π₃(τ).',
  regime: MODEL,
  source: OURS,
  bias: 0,
  cells: threeTrials.slice(0, 3).map(({ sum, trials }) =>
    fractionCell(
      `τ = ${sum.tau}`,
      trials,
      'dominated',
      () => dominanceOfOne(sum.tau),
      () => 1 / 3,
    ),
  ),
  control: { what: 'a third, the limit of strong chaos' },
};

const stable: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.chaos-stable-law',
  statement: 'A stable sum of index α is aligned like (2/πα) arctan((2p − 1) tan(πα/2)).',
  regime: 'Difference of two positive stable variables of index α, scaled by p^(1/α) and (1 − p)^(1/α).',
  source: { where: 'literature', reference: 'Zolotarev, One-dimensional Stable Distributions (1986)' },
  bias: 0,
  cells: (
    [
      [0.5, 0.8],
      [0.7, 0.6],
      [0.85, 0.6],
      [0.9, 0.8],
    ] as const
  ).map(([alpha, p]) =>
    alignmentCell(
      `α = ${alpha}, p = ${p}`,
      stableTrials(`stable-a${alpha}-p${p}`, alpha, p),
      'aligned',
      () => stableAlignment(alpha, p),
      () => 2 * p - 1,
    ),
  ),
  control: { what: 'one example, as if the largest always decided' },
};

type Approximation = (sum: ChaoticSum) => number;

/** A wrong theory that forgets chaos lies far outside of every budget. */
function approximateCells(sums: readonly ChaoticSum[], approximation: Approximation): readonly FormulaCell[] {
  return sums.map((sum) =>
    alignmentCell(
      label(sum),
      chaoticSumTrials(name(sum), sum),
      'aligned',
      () => approximation(sum),
      () => majorityVote(sum.n, sum.p),
    ),
  );
}

const VOTE = { what: 'the majority vote, which no chaos touches' } as const;

const strong: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.chaos-strong',
  statement:
    `Strong chaos, (2p − 1)[1 + (π²/6) pq cₙ/τ²], is off by at most ${STRONG_CHAOS_RANGE.budget} in alignment for ` +
    `τ >= ${STRONG_CHAOS_RANGE.smallestTau} and n <= ${STRONG_CHAOS_RANGE.mostExamples}.`,
  regime: MODEL,
  source: OURS,
  bias: STRONG_CHAOS_RANGE.budget / 2,
  cells: approximateCells(
    [
      { n: 10, p: 0.8, tau: 3 },
      { n: 30, p: 0.6, tau: 3 },
      { n: 100, p: 0.7, tau: 5 },
    ],
    chaoticSumStrong,
  ),
  control: VOTE,
};

const frozen: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.chaos-frozen',
  statement:
    `The stable law at α = √(cₙ/2)/τ is off by at most ${FROZEN_RANGE.budget} in alignment for ` +
    `α <= ${FROZEN_RANGE.largestIndex}.`,
  regime: MODEL,
  source: OURS,
  bias: FROZEN_RANGE.budget / 2,
  cells: approximateCells(
    [
      { n: 5, p: 0.7, tau: 2 },
      { n: 10, p: 0.7, tau: 4 },
      { n: 100, p: 0.6, tau: 5 },
    ],
    chaoticSumFrozen,
  ),
  control: VOTE,
};

const mild: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.chaos-mild',
  statement:
    'Mild chaos, erf(√(n/2) (2p − 1)/√(e^{τ²} − (2p − 1)²)), is off by at most ' +
    `${MILD_CHAOS_RANGE.budget} in alignment for τ <= ${MILD_CHAOS_RANGE.largestTau} and n >= ${MILD_CHAOS_RANGE.fewestExamples}.`,
  regime: MODEL,
  source: OURS,
  bias: MILD_CHAOS_RANGE.budget / 2,
  cells: approximateCells(
    [
      { n: 30, p: 0.6, tau: 1 },
      { n: 31, p: 0.65, tau: 0.8 },
      { n: 100, p: 0.55, tau: 1 },
    ],
    chaoticSumMild,
  ),
  control: VOTE,
};

/** T7. */
export const chaosClaims: readonly Claim[] = [...laws, sumOfThree, dominance, stable, strong, frozen, mild];
