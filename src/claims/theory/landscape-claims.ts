import {
  sineLandscapeApproachesLimit,
  sineLandscapeIsDominated,
  sineLandscapeIsElliptic,
  sineLandscapeLimitMatchesDraws,
  sineLandscapeMatchesDraws,
  sineLandscapeReductions,
} from '../../../properties/theory/landscape-laws.ts';
import {
  type SineFit,
  sineLandscapeLimit,
  sineLandscapeSum,
  sineLandscapeVote,
  sineNoiseOnlySum,
  sineNoiseOnlyVote,
  sineZeroStart,
} from '../../../theory/sine-landscape.ts';
import type { Claim, FormulaClaim, LawClaim } from '../../core/claim.ts';
import { alignmentCell, FORMULA_TEST } from './formula-cells.ts';
import { independentLandscapeClaims } from './independent-landscape-claims.ts';
import { sineTrials, zeroStartTrials } from './landscape-trials.ts';

const OURS = { where: 'ours' } as const;
const LAW = { kind: 'law', tier: 'quick', source: OURS } as const;

const MODEL =
  'Losses ½(sin 2x − sin 2x* − ε)² with ε ~ N(0, σ²), common start and solution, uniform on (−a, a), first step.';
const ANY_FIT = `${MODEL} n in 1 to 12, σ in [1/8, 2], a in [1/4, 11/4].`;

const laws: readonly LawClaim[] = [
  {
    ...LAW,
    id: 'theory.sine-landscape-is-dominated',
    statement:
      'The landscape never helps: the alignment is at most that of noise alone, and equal to it for a up to π/4; ' +
      'without a landscape the vote never beats the sum.',
    regime: ANY_FIT,
    ...sineLandscapeIsDominated(),
  },
  {
    ...LAW,
    id: 'theory.sine-landscape-reductions',
    statement: 'The sum depends on √n/σ only, one vote equals one sum, and an even vote adds nothing.',
    regime: ANY_FIT,
    ...sineLandscapeReductions(),
  },
  {
    ...LAW,
    id: 'theory.sine-landscape-approaches-limit',
    statement: 'Sum and vote are no farther from the noise-free limit than what noise alone costs.',
    regime: `${ANY_FIT} Also with 10⁸ times as many examples.`,
    ...sineLandscapeApproachesLimit(),
  },
  {
    ...LAW,
    id: 'theory.sine-landscape-is-elliptic',
    statement: 'Over a period, or a quarter of one, the noise-only sum is (2/π) ∫₀¹ erf(√(2n) w/σ)/AGM(1, w) dw.',
    regime: `${MODEL} a = π/2 and π/4, n in 1 to 12, σ in [1/8, 2].`,
    ...sineLandscapeIsElliptic(),
  },
  {
    ...LAW,
    id: 'theory.sine-landscape-matches-draws',
    statement: 'All four alignments agree with 30 000 simulated fits, within a width that fails once in 10⁹ cases.',
    regime: ANY_FIT,
    ...sineLandscapeMatchesDraws(),
  },
  {
    ...LAW,
    id: 'theory.sine-landscape-limit-matches-draws',
    statement: 'The noise-free limit agrees with 30 000 drawn fits, within a width that fails once in 10⁹ cases.',
    regime: ANY_FIT,
    ...sineLandscapeLimitMatchesDraws(),
  },
];

const fits: readonly SineFit[] = [
  { n: 1, sigma: 0.5, a: 1 },
  { n: 4, sigma: 1, a: 1 },
  { n: 16, sigma: 1, a: Math.PI / 2 },
  { n: 4, sigma: 0.5, a: 2 },
];
const fitCells = fits.map((fit) => ({
  fit,
  label: `a = ${Number(fit.a.toFixed(3))}, σ = ${fit.sigma}, n = ${fit.n}`,
  trials: sineTrials(`sine-a${fit.a.toFixed(2)}-s${fit.sigma}-n${fit.n}`, fit),
}));
const lostRoot = (fit: SineFit): SineFit => ({ ...fit, sigma: fit.sigma * Math.SQRT2 });

const sineSum: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.sine-landscape-sum',
  statement: 'The alignment of the summed loss is E sgn(cos 2x₀) sgn(x₀ − x*) erf(√(n/2) D/σ), D = sin 2x₀ − sin 2x*.',
  regime: MODEL,
  source: OURS,
  bias: 0,
  cells: fitCells.map(({ fit, label, trials }) =>
    alignmentCell(
      label,
      trials,
      'sum',
      () => sineLandscapeSum(fit),
      () => sineNoiseOnlySum(fit),
    ),
  ),
  control: { what: 'the alignment without the landscape' },
};

const sineVote: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.sine-landscape-vote',
  statement: 'The alignment of the vote is E sgn(cos 2x₀) sgn(x₀ − x*) W_n(Φ(D/σ)), D = sin 2x₀ − sin 2x*.',
  regime: MODEL,
  source: OURS,
  bias: 0,
  cells: fitCells.map(({ fit, label, trials }) =>
    alignmentCell(
      label,
      trials,
      'vote',
      () => sineLandscapeVote(fit),
      () => sineNoiseOnlyVote(fit),
    ),
  ),
  control: { what: 'the alignment without the landscape' },
};

const sineNoiseOnly: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.sine-landscape-noise-only',
  statement: 'The sum agrees with the noise-free gradient like E erf(√(n/2) |D|/σ), the vote like E W_n(Φ(|D|/σ)).',
  regime: MODEL,
  source: OURS,
  bias: 0,
  cells: fitCells.flatMap(({ fit, label, trials }) => [
    alignmentCell(
      `sum, ${label}`,
      trials,
      'noiseOnlySum',
      () => sineNoiseOnlySum(fit),
      () => sineNoiseOnlySum(lostRoot(fit)),
    ),
    alignmentCell(
      `vote, ${label}`,
      trials,
      'noiseOnlyVote',
      () => sineNoiseOnlyVote(fit),
      () => sineNoiseOnlyVote(lostRoot(fit)),
    ),
  ]),
  control: { what: 'the same formulas with a lost √2' },
};

const sineLimit: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.sine-landscape-limit',
  statement: 'Without noise the common step is aligned like (π/4a)² for a in [π/4, π/2], ¼ at π/2: no data lifts it.',
  regime: `${MODEL} σ = 0; for a > π/2 the exact piecewise limit.`,
  source: OURS,
  bias: 0,
  cells: [1, Math.PI / 2, 2, 3].map((a) =>
    alignmentCell(
      `a = ${Number(a.toFixed(3))}`,
      sineTrials(`sine-limit-a${a.toFixed(2)}`, { n: 1, sigma: 0, a }),
      'sum',
      () => sineLandscapeLimit(a),
      () => 1,
    ),
  ),
  control: { what: 'every step right, as if there were no false minima' },
};

const zeroStarts: readonly SineFit[] = [
  { n: 4, sigma: 1, a: Math.PI / 2 },
  { n: 16, sigma: 0.5, a: 2 },
];

const sineZero: FormulaClaim = {
  ...FORMULA_TEST,
  id: 'theory.sine-landscape-zero-start',
  statement: 'From x = 0 the alignment is (1/a) ∫₀ᵃ F(sin 2x) dx, F that of a sum or a vote without a landscape.',
  regime: 'Losses ½(sin 2x − sin 2x* − ε)² with ε ~ N(0, σ²), start 0, solution uniform on (−a, a), first step.',
  source: OURS,
  bias: 0,
  cells: zeroStarts.flatMap((fit) => {
    const label = `a = ${Number(fit.a.toFixed(3))}, σ = ${fit.sigma}, n = ${fit.n}`;
    const trials = zeroStartTrials(`zero-start-a${fit.a.toFixed(2)}-s${fit.sigma}-n${fit.n}`, fit);
    return [
      alignmentCell(
        `sum, ${label}`,
        trials,
        'sum',
        () => sineZeroStart('sum', fit),
        () => sineLandscapeSum(fit),
      ),
      alignmentCell(
        `vote, ${label}`,
        trials,
        'vote',
        () => sineZeroStart('vote', fit),
        () => sineLandscapeVote(fit),
      ),
    ];
  }),
  control: { what: 'the alignment from random starts' },
};

/** T4 and T4b. */
export const landscapeClaims: readonly Claim[] = [
  ...laws,
  sineSum,
  sineVote,
  sineNoiseOnly,
  sineLimit,
  sineZero,
  ...independentLandscapeClaims,
];
