import {
  alignmentDerivative,
  alignmentRecurrence,
  alignmentReductions,
  alignmentSandwich,
  alignmentShape,
  dataNeverGainMoreThanRoot,
  misalignmentTails,
  secondMoment,
} from '../../../properties/theory/noise-laws.ts';
import {
  cauchySumGainsNothing,
  equalVariancesAreNoiseAveraging,
  gaussianStepHeatEquation,
  gaussianStepSymmetries,
  sumOfLossesIsNoiseAveraging,
  sumOfLossesScaling,
} from '../../../properties/theory/steps-laws.ts';
import { gaussianStepAlignment } from '../../../theory/gaussian-step.ts';
import { alignment, meanSquareCosine } from '../../../theory/noise-averaging.ts';
import { cauchySumAlignment, sumAlignment } from '../../../theory/sum-of-losses.ts';
import type { Claim, FormulaCell, FormulaClaim, LawClaim } from '../../core/claim.ts';
import { fact } from '../facts.ts';
import { averagedGradients, type Examples, gaussianSteps, signsOfSums } from './noise-trials.ts';
import { lawClaim, literature, OURS, share } from './statements.ts';

/** 0.01 of a share is 0.02 of an alignment. A trial is a mean of 64 draws, so that about 1000 to 1700 trials decide. */
const DECISION = { bias: 0, resolution: 0.01, alpha: 1e-5, maxTrials: 4096 } as const;

const ANY_DIMENSION =
  'Dimensions d from 1 to 16384, not only integers; signal-to-noise ratios μ from 2^−20 to 200; float64.';
const ANY_STEP = 'One to five axes, means in [−2, 2], variances in [1/2, 4], any direction.';
const ANY_SUM = 'One to 400 examples, signals in [1/64, 2], noise scales in [1/4, 4].';

const laws: readonly LawClaim[] = [
  lawClaim(
    'noise-averaging-sandwich',
    'The alignment of a mean of noisy gradients lies between μ/√(μ²+d+2) and μ/√(μ²+d−1) erf √((μ²+d−1)/2).',
    ANY_DIMENSION,
    alignmentSandwich(),
  ),
  lawClaim(
    'noise-averaging-recurrence',
    'The alignment satisfies μ² A(d+4) = (μ²−d−2) A(d+2) + (d+1) A(d) to rounding.',
    ANY_DIMENSION,
    alignmentRecurrence(),
  ),
  lawClaim(
    'noise-averaging-derivative',
    'The alignment satisfies the differential equation A′ = A/μ − μ (A(d) − A(d+2)).',
    'Dimensions 1 to 100, signal-to-noise ratios 1/4 to 8; differences of fourth order.',
    alignmentDerivative(),
  ),
  lawClaim(
    'noise-averaging-reductions',
    'In one dimension the alignment is erf(μ/√2), in three (1−μ⁻²) erf(μ/√2) + √(2/π) exp(−μ²/2)/μ.',
    'Signal-to-noise ratios 1/2 to 60.',
    alignmentReductions(),
  ),
  lawClaim(
    'noise-averaging-shape',
    'The alignment is odd, increasing and concave in the signal-to-noise ratio and decreasing in the dimension.',
    ANY_DIMENSION,
    alignmentShape(),
  ),
  lawClaim(
    'noise-averaging-gain-is-at-most-a-root',
    'Using a times as many examples multiplies the alignment by at most √a.',
    ANY_DIMENSION,
    dataNeverGainMoreThanRoot(),
  ),
  lawClaim(
    'noise-averaging-tails',
    'The misalignment 1 − A is evaluated with small relative error: between its bounds, and erfc in one dimension.',
    'Dimensions as before; signal-to-noise ratios from 1/64 to 2^60.',
    misalignmentTails(),
  ),
  lawClaim(
    'noise-averaging-second-moment',
    'The mean square cosine satisfies its recurrence over the dimension and its closed forms on the line and in the plane.',
    'Dimensions 3/2 to 100, signal-to-noise ratios 1/16 to 20.',
    secondMoment(),
  ),
  lawClaim(
    'gaussian-step-equal-variances',
    'A Gaussian step with equal variances has the alignment of noise averaging times the cosine of its mean.',
    ANY_STEP,
    equalVariancesAreNoiseAveraging(),
  ),
  lawClaim(
    'gaussian-step-symmetries',
    'The alignment of a Gaussian step ignores the order of axes and joint scaling, is odd in the mean and linear in the direction.',
    ANY_STEP,
    gaussianStepSymmetries(),
  ),
  lawClaim(
    'gaussian-step-heat-equation',
    'The alignment of a Gaussian step changes with a variance as half its second derivative with the mean.',
    ANY_STEP,
    gaussianStepHeatEquation(),
  ),
  lawClaim(
    'sum-of-losses-is-noise-averaging',
    'The sum of losses is noise averaging in one dimension, and its error is precise far into the tail.',
    ANY_SUM,
    sumOfLossesIsNoiseAveraging(),
    literature(
      "Mills' bounds on the normal tail: Feller, An Introduction to Probability Theory and Its Applications I (1968), VII.1.",
    ),
  ),
  lawClaim(
    'sum-of-losses-scaling',
    'Four times the examples make up for twice the noise, and more examples never hurt the sum of losses.',
    ANY_SUM,
    sumOfLossesScaling(),
  ),
  lawClaim(
    'sum-of-losses-gains-nothing-under-cauchy-noise',
    'Under Cauchy noise the alignment of the sum of losses is (2/π) arctan(|s|/γ) for any number of examples.',
    ANY_SUM,
    cauchySumGainsNothing(),
    literature(
      'Stability of the Cauchy law: Feller, An Introduction to Probability Theory and Its Applications II (1971), II.4.',
    ),
  ),
];

const ratio = ({ n, signal, sigma }: Examples): number => (Math.sqrt(n) * signal) / sigma;

function averageCell(examples: Examples): FormulaCell {
  const { d, n, signal, sigma } = examples;
  const label = `d = ${d}, n = ${n}, |s|/σ = ${signal / sigma}`;
  return {
    label,
    theory: share(alignment(d, ratio(examples))),
    measurement: {
      trials: averagedGradients(`theory.averaged-gradients-${d}-${n}`, examples),
      value: (facts) => fact(facts, 'cosine'),
    },
    wrongTheory: share(alignment(d, Math.SQRT2 * ratio(examples))),
  };
}

const inSpace: Examples = { d: 3, n: 5, signal: 1, sigma: 2 };
const spatialCell = averageCell(inSpace);
const secondMomentCell: FormulaCell = {
  label: 'd = 3, n = 5, |s|/σ = 0.5, square',
  theory: meanSquareCosine(3, ratio(inSpace)),
  measurement: { trials: spatialCell.measurement.trials, value: (facts) => fact(facts, 'squaredCosine') },
  wrongTheory: alignment(3, ratio(inSpace)) ** 2,
};

const averagingMonteCarlo: FormulaClaim = {
  id: 'theory.noise-averaging-monte-carlo',
  kind: 'formula',
  tier: 'quick',
  statement:
    'The mean cosine between a sum of n noisy gradients and the noise-free one is A_d(√n|s|/σ), and the mean square cosine ' +
    'is its closed form.',
  regime: 'Isotropic Gaussian noise, d = 1, 2, 3; every gradient simulated, exact statement without a bias budget.',
  source: OURS,
  cells: [
    averageCell({ d: 1, n: 4, signal: 0.5, sigma: 1 }),
    averageCell({ d: 2, n: 10, signal: 0.3, sigma: 1 }),
    spatialCell,
    secondMomentCell,
  ],
  ...DECISION,
  control: { what: 'noise √2 too small; for the square, the square of the mean; refuted in every cell' },
};

function stepCell(name: string, mean: readonly number[], variances: readonly number[]): FormulaCell {
  const average = variances.reduce((sum, variance) => sum + variance, 0) / variances.length;
  const equal = variances.map(() => average);
  return {
    label: `mean [${mean}], variances [${variances}]`,
    theory: share(gaussianStepAlignment({ mean, variances, direction: mean })),
    measurement: {
      trials: gaussianSteps(`theory.gaussian-steps-${name}`, mean, variances),
      value: (facts) => fact(facts, 'cosine'),
    },
    wrongTheory: share(gaussianStepAlignment({ mean, variances: equal, direction: mean })),
  };
}

const stepMonteCarlo: FormulaClaim = {
  id: 'theory.gaussian-step-monte-carlo',
  kind: 'formula',
  tier: 'quick',
  statement:
    'The mean cosine between a Gaussian step of any covariance and its mean is the closed one-dimensional integral.',
  regime: 'Two and three axes whose variances differ by factors of 40 to 500; exact statement without a bias budget.',
  source: OURS,
  cells: [
    stepCell('along', [1, 0], [0.1, 4]),
    stepCell('skew', [1, 1], [0.1, 9]),
    stepCell('mixed', [0.5, 1, 0], [5, 0.01, 1]),
  ],
  ...DECISION,
  control: { what: 'the mean variance on every axis, refuted in every cell' },
};

const sums = { n: 4, signal: 0.5, sigma: 1 } as const;
const cauchySums = { n: 10, signal: 0.5, sigma: 1 } as const;

const sumMonteCarlo: FormulaClaim = {
  id: 'theory.sum-of-losses-monte-carlo',
  kind: 'formula',
  tier: 'quick',
  statement:
    'The sum of n one-dimensional gradients has the right sign with probability Φ(√n|s|/σ) under Gaussian noise, and ' +
    'with probability ½ + arctan(|s|/γ)/π, whatever n, under Cauchy noise.',
  regime: 'n = 4 with |s| = σ/2, and n = 10 with |s| = γ/2; exact statement without a bias budget.',
  source: OURS,
  cells: [
    {
      label: 'Gaussian noise, n = 4',
      theory: share(sumAlignment(sums.n, sums.signal, sums.sigma)),
      measurement: {
        trials: signsOfSums('theory.signs-of-sums-gaussian', 'Gaussian', sums),
        value: (facts) => fact(facts, 'right'),
      },
      wrongTheory: share(sumAlignment(1, sums.signal, sums.sigma)),
    },
    {
      label: 'Cauchy noise, n = 10',
      theory: share(cauchySumAlignment(cauchySums.n, cauchySums.signal, cauchySums.sigma)),
      measurement: {
        trials: signsOfSums('theory.signs-of-sums-cauchy', 'Cauchy', cauchySums),
        value: (facts) => fact(facts, 'right'),
      },
      wrongTheory: share(cauchySumAlignment(1, Math.sqrt(cauchySums.n) * cauchySums.signal, cauchySums.sigma)),
    },
  ],
  ...DECISION,
  control: { what: 'one example in place of n; under Cauchy noise a gain of √n; refuted in both cells' },
};

/** Noise averaging (T1), Gaussian steps (T1b) and the sum of losses (T2). */
export const noiseAveragingClaims: readonly Claim[] = [...laws, averagingMonteCarlo, stepMonteCarlo, sumMonteCarlo];
