import erf from '@stdlib/math-base-special-erf';
import { normalCdf } from '../../src/numerics/normal-distribution.ts';
import { type KillMatrixDefinition, lawCheck, type Version } from '../kill-matrix.ts';
import {
  alignmentDerivative,
  alignmentRecurrence,
  alignmentReductions,
  alignmentSandwich,
  alignmentShape,
  dataNeverGainMoreThanRoot,
  misalignmentTails,
  secondMoment,
} from './noise-laws.ts';
import { gaussianStepSimulated, noiseAveragingSimulated, sumOfLossesSimulated } from './noise-monte-carlo.ts';
import { type NoiseFormulas, noiseFormulas } from './noise-subject.ts';
import {
  cauchySumGainsNothing,
  equalVariancesAreNoiseAveraging,
  gaussianStepHeatEquation,
  gaussianStepSymmetries,
  sumOfLossesIsNoiseAveraging,
  sumOfLossesScaling,
} from './steps-laws.ts';

/** Wrong formulas about averages of noisy gradients, as somebody might get them wrong, and the checks that refute them. */

const right = noiseFormulas;

/** One formula replaced: its name, then what is wrong with each version of it. */
function versions<Name extends keyof NoiseFormulas>(
  formula: Name,
  wrong: Readonly<Record<string, readonly [what: string, version: NoiseFormulas[Name]]>>,
): readonly Version<NoiseFormulas>[] {
  return Object.entries(wrong).map(([name, [what, version]]) => ({
    name: `${formula}: ${name}`,
    what,
    subject: { ...right, [formula]: version },
  }));
}

const ratio = (n: number, signal: number, sigma: number): number => (Math.sqrt(n) * signal) / sigma;

const mutants: readonly Version<NoiseFormulas>[] = [
  ...versions('alignment', {
    'lost-root-two': ['√2 μ in place of μ', (d, mu) => right.alignment(d, Math.SQRT2 * mu)],
    'lost-square-root': ['μ² in place of μ', (d, mu) => right.alignment(d, Math.sign(mu) * mu * mu)],
    doubled: ['twice the value', (d, mu) => 2 * right.alignment(d, mu)],
    'dimension-plus-one': ['d + 1 in place of d', (d, mu) => right.alignment(d + 1, mu)],
    'dimension-minus-one': ['d − 1 in place of d, from 2 on', (d, mu) => right.alignment(Math.max(1, d - 1), mu)],
    'half-dimension': ['d + ½ in place of d', (d, mu) => right.alignment(d + 0.5, mu)],
    'wrong-sign': ['the step along the gradient', (d, mu) => -right.alignment(d, mu)],
    even: ['|μ| in place of μ', (d, mu) => right.alignment(d, Math.abs(mu))],
    'rule-of-thumb': [
      'μ/√(μ² + d)',
      (d, mu) => (Number.isFinite(mu) ? mu / Math.hypot(mu, Math.sqrt(d)) : Math.sign(mu)),
    ],
    'one-dimensional': ['erf(μ/√2) in every dimension', (_, mu) => erf(mu * Math.SQRT1_2)],
    'slightly-off': ['1e-12 too large', (d, mu) => right.alignment(d, mu) * (1 + 1e-12)],
  }),
  ...versions('misalignment', {
    subtracted: ['1 − A by subtraction', (d, mu) => 1 - right.alignment(d, mu)],
    'wrong-sign': ['1 + A', (d, mu) => 1 + right.alignment(d, mu)],
    halved: ['the probability-like (1 − A)/2', (d, mu) => right.misalignment(d, mu) / 2],
    'dimension-plus-one': ['d + 1 in place of d', (d, mu) => right.misalignment(d + 1, mu)],
    'lost-root-two': ['√2 μ in place of μ', (d, mu) => right.misalignment(d, Math.SQRT2 * mu)],
    'leading-term': ['(d − 1)/(2μ²) alone', (d, mu) => Math.min(1, (d - 1) / (2 * mu * mu))],
    'not-mirrored': ['|μ| in place of μ', (d, mu) => right.misalignment(d, Math.abs(mu))],
  }),
  ...versions('meanSquareCosine', {
    'squared-mean': ['(E cos)²', (d, mu) => right.alignment(d, mu) ** 2],
    'dimension-plus-one': ['d + 1 in place of d', (d, mu) => right.meanSquareCosine(d + 1, mu)],
    'lost-d-minus-one': ['1 − J in place of 1 − (d − 1) J', withoutDimension],
    complement: ['E sin²', (d, mu) => 1 - right.meanSquareCosine(d, mu)],
    'lost-half': ['e^{−μ²(1−t²)} without the ½', (d, mu) => right.meanSquareCosine(d, Math.SQRT2 * mu)],
    'no-spread': ['A² + (1 − A²)/d', (d, mu) => right.alignment(d, mu) ** 2 + (1 - right.alignment(d, mu) ** 2) / d],
  }),
  ...versions('gaussianStep', {
    'standard-deviations': [
      '√λ in place of λ',
      (step) => right.gaussianStep({ ...step, variances: step.variances.map(Math.sqrt) }),
    ],
    'squared-variances': [
      'λ² in place of λ',
      (step) => right.gaussianStep({ ...step, variances: step.variances.map((v) => v * v) }),
    ],
    'not-normalized': ['a of any length', (step) => right.gaussianStep(step) * Math.hypot(...step.direction)],
    'towards-the-mean': [
      'the direction ignored',
      (step) => right.gaussianStep({ ...step, direction: step.mean.some((m) => m !== 0) ? step.mean : step.direction }),
    ],
    'first-axis': [
      'a = e₁',
      (step) => right.gaussianStep({ ...step, direction: step.mean.map((_, j) => (j === 0 ? 1 : 0)) }),
    ],
    'mean-variance': ['one variance for all axes', withMeanVariance],
    'doubled-variance': [
      '2λ in place of λ',
      (step) => right.gaussianStep({ ...step, variances: step.variances.map((v) => 2 * v) }),
    ],
    'wrong-sign': ['the opposite direction', (step) => -right.gaussianStep(step)],
  }),
  ...versions('sumCorrect', {
    'lost-square-root': ['n in place of √n', (n, s, sigma) => normalCdf((n * s) / sigma)],
    'lost-root-two': ['√2 μ in place of μ', (n, s, sigma) => normalCdf(Math.SQRT2 * ratio(n, s, sigma))],
    'alignment-instead': ['2P − 1 in place of P', (n, s, sigma) => right.sumAlignment(n, s, sigma)],
    'wrong-tail': ['Φ(−μ)', (n, s, sigma) => normalCdf(-ratio(n, s, sigma))],
    'variance-for-deviation': ['σ² in place of σ', (n, s, sigma) => normalCdf(ratio(n, s, sigma * sigma))],
    'one-example-less': ['n − 1 in place of n', (n, s, sigma) => normalCdf(ratio(n - 1, s, sigma))],
  }),
  ...versions('sumWrong', {
    subtracted: ['1 − P by subtraction', (n, s, sigma) => 1 - right.sumCorrect(n, s, sigma)],
    'two-sided': ['both tails', (n, s, sigma) => 2 * right.sumWrong(n, s, sigma)],
    'wrong-tail': ['Φ(μ)', (n, s, sigma) => right.sumCorrect(n, s, sigma)],
    'lost-square-root': ['n in place of √n', (n, s, sigma) => normalCdf((-n * s) / sigma)],
    'chernoff-bound': ['e^{−μ²/2}/2, its bound', (n, s, sigma) => 0.5 * Math.exp(-0.5 * ratio(n, s, sigma) ** 2)],
  }),
  ...versions('sumAlignment', {
    'lost-root-two': ['erf(μ)', (n, s, sigma) => erf(ratio(n, s, sigma))],
    'probability-instead': ['P in place of 2P − 1', (n, s, sigma) => right.sumCorrect(n, s, sigma)],
    'lost-square-root': ['n in place of √n', (n, s, sigma) => right.sumAlignment(1, n * s, sigma)],
    'wrong-sign': ['the step along the gradient', (n, s, sigma) => -right.sumAlignment(n, s, sigma)],
    'one-example-less': ['n − 1 in place of n', (n, s, sigma) => erf(ratio(n - 1, s, sigma) * Math.SQRT1_2)],
  }),
  ...versions('cauchySum', {
    'gains-root-n': ['√n |s| in place of |s|', (n, s, scale) => right.cauchySum(1, Math.sqrt(n) * s, scale)],
    'lost-two': ['arctan/π', (n, s, scale) => right.cauchySum(n, s, scale) / 2],
    'probability-instead': ['½ + arctan/π', (n, s, scale) => 0.5 + right.cauchySum(n, s, scale) / 2],
    'ratio-inverted': ['γ/|s|', (n, s, scale) => right.cauchySum(n, scale, s)],
    gaussian: ['erf, as for Gaussian noise of scale γ', (n, s, scale) => right.sumAlignment(n, s, scale)],
  }),
];

function withoutDimension(d: number, mu: number): number {
  return d === 1 ? 1 : 1 - (1 - right.meanSquareCosine(d, mu)) / (d - 1);
}

function withMeanVariance(step: Parameters<NoiseFormulas['gaussianStep']>[0]): number {
  const mean = step.variances.reduce((sum, v) => sum + v, 0) / step.variances.length;
  return right.gaussianStep({ ...step, variances: step.variances.map(() => mean) });
}

/** Kill matrix of T1, T1b and T2: no check reads a table of values. */
export const noiseKillMatrix: KillMatrixDefinition<NoiseFormulas> = {
  id: 'theory.noise-averaging',
  title: 'Noise averaging: wrong formulas against laws and simulations',
  caption:
    'Wrong versions of the alignment in d dimensions, its complement and second moment, of Gaussian steps and of the sum of ' +
    'losses. Checks are identities, bounds and simulated gradients; none compares with stored values.',
  checks: [
    lawCheck('sandwich', 'between its two bounds', alignmentSandwich(), 300),
    lawCheck('recurrence', 'three-term recurrence over the dimension', alignmentRecurrence(), 300),
    lawCheck('derivative', 'differential equation', alignmentDerivative(), 100),
    lawCheck('reductions', 'error function in one dimension, closed form in three', alignmentReductions(), 100),
    lawCheck('shape', 'odd, increasing, concave, decreasing in d', alignmentShape(), 200),
    lawCheck('gain', 'twice the data gain at most √2', dataNeverGainMoreThanRoot(), 200),
    lawCheck('tails', 'complement to 1 with relative precision', misalignmentTails(), 200),
    lawCheck('second moment', 'recurrence and closed forms', secondMoment(), 100),
    lawCheck(
      'equal variances',
      'a Gaussian step with equal variances is noise averaging',
      equalVariancesAreNoiseAveraging(),
      60,
    ),
    lawCheck('symmetries', 'order, scale, signs, linearity in the direction', gaussianStepSymmetries(), 60),
    lawCheck('heat equation', '∂/∂λ = ½ ∂²/∂m²', gaussianStepHeatEquation(), 40),
    lawCheck('sum', 'the sum of losses is noise averaging for d = 1', sumOfLossesIsNoiseAveraging(), 200),
    lawCheck('scaling', 'four times the data against twice the noise', sumOfLossesScaling(), 200),
    lawCheck('Cauchy', 'the sum gains nothing under Cauchy noise', cauchySumGainsNothing(), 100),
    lawCheck('simulated means', 'Monte Carlo of means of gradients', noiseAveragingSimulated(), 1),
    lawCheck('simulated steps', 'Monte Carlo of Gaussian steps', gaussianStepSimulated(), 1),
    lawCheck('simulated sums', 'Monte Carlo of signs of sums', sumOfLossesSimulated(), 1),
  ],
  correct: [
    { name: 'library', what: 'the formulas of the library', subject: right },
    {
      name: 'mirrored',
      what: 'A and its complement by their symmetry in the signal',
      subject: {
        ...right,
        alignment: (d, mu) => -right.alignment(d, -mu) + 0,
        misalignment: (d, mu) => (mu < 0 ? 2 - right.misalignment(d, -mu) : right.misalignment(d, mu)),
        sumCorrect: (n, s, sigma) => right.sumCorrect(n, 2 * s, 2 * sigma),
      },
    },
  ],
  mutants,
};
