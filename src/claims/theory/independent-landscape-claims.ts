import erf from '@stdlib/math-base-special-erf';
import {
  independentLandscapesMatchesDraws,
  independentLandscapesSymmetries,
} from '../../../properties/theory/independent-landscapes-laws.ts';
import {
  INDEPENDENT_LANDSCAPES_CLT_RANGE,
  independentLandscapesClt,
  independentLandscapesSum,
  independentLandscapesVote,
} from '../../../theory/independent-landscapes.ts';
import type { Claim, FormulaClaim, LawClaim } from '../../core/claim.ts';
import { alignmentCell, FORMULA_TEST } from './formula-cells.ts';
import { phaseTrials } from './landscape-trials.ts';

const OURS = { where: 'ours' } as const;
const LAW = { kind: 'law', tier: 'quick', source: OURS } as const;

const PHASES =
  'Losses ½(sin(2x + φ) − sin(2x* + φ))² with independent uniform phases φ, |x − x*| = δ in (0, π), no noise, first step.';
const ANY_PHASES = `${PHASES} n in 1 to 24.`;

const laws: readonly LawClaim[] = [
  {
    ...LAW,
    id: 'theory.independent-landscapes-symmetries',
    statement: 'Alignments at δ and π − δ are opposite, one example has 1 − 2δ/π, and votes follow the majority law.',
    regime: ANY_PHASES,
    ...independentLandscapesSymmetries(),
  },
  {
    ...LAW,
    id: 'theory.independent-landscapes-match-draws',
    statement: 'Sum and vote agree with 30 000 simulated sets of fits, within a width that fails once in 10⁹ cases.',
    regime: ANY_PHASES,
    ...independentLandscapesMatchesDraws(),
  },
];

const phaseCells = (
  [
    [3, 1],
    [5, 1.3],
    [9, 1.2],
    [16, 1.5],
  ] as const
).map(([n, delta]) => ({
  n,
  delta,
  label: `n = ${n}, δ = ${delta}`,
  trials: phaseTrials(`phases-n${n}-d${delta}`, n, delta),
}));

const phasesSum: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.independent-landscapes-sum',
  statement: 'The sum over different landscapes repairs them: alignment (2/π) ∫₀^∞ sin(nt cos δ)/t · J₀(t)ⁿ dt.',
  regime: PHASES,
  source: OURS,
  bias: 0,
  cells: phaseCells.map(({ n, delta, label, trials }) =>
    alignmentCell(
      label,
      trials,
      'sum',
      () => independentLandscapesSum(n, delta),
      () => independentLandscapesVote(n, delta),
    ),
  ),
  control: { what: 'the alignment of the vote' },
};

const phasesVote: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.independent-landscapes-vote',
  statement: 'The alignment of votes over different landscapes is W_n(1 − δ/π).',
  regime: PHASES,
  source: OURS,
  bias: 0,
  cells: phaseCells.map(({ n, delta, label, trials }) =>
    alignmentCell(
      label,
      trials,
      'vote',
      () => independentLandscapesVote(n, delta),
      () => independentLandscapesSum(n, delta),
    ),
  ),
  control: { what: 'the alignment of the sum' },
};

const phasesClt: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.independent-landscapes-clt',
  statement:
    'The central limit theorem, erf(√n cos δ), is off by at most ' +
    `${INDEPENDENT_LANDSCAPES_CLT_RANGE.budget} in alignment for n >= ${INDEPENDENT_LANDSCAPES_CLT_RANGE.fewestExamples}.`,
  regime: PHASES,
  source: OURS,
  bias: INDEPENDENT_LANDSCAPES_CLT_RANGE.budget / 2,
  cells: phaseCells.map(({ n, delta, label, trials }) =>
    alignmentCell(
      label,
      trials,
      'sum',
      () => independentLandscapesClt(n, delta),
      () => erf(Math.sqrt(n / 2) * Math.cos(delta)),
    ),
  ),
  control: { what: 'the same with variance 1 in place of ½ for a cosine' },
};

/** T4b. */
export const independentLandscapeClaims: readonly Claim[] = [...laws, phasesSum, phasesVote, phasesClt];
