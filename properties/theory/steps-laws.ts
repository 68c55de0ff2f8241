import fc from 'fast-check';
import type { GaussianStep } from '../../theory/gaussian-step.ts';
import { dyadic } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { curvatureOf, firstOf, outside, slopeOf, unlike } from './comparison.ts';
import { type NoiseFormulas, noiseFormulas } from './noise-subject.ts';

/** Identities of Gaussian steps of any covariance, and of the sum of losses in one dimension. */

interface StepCase {
  readonly on: NoiseFormulas;
  readonly step: GaussianStep;
  readonly scale: number;
}

const stepOf = fc
  .array(fc.record({ mean: dyadic(-2, 2, 16), variance: dyadic(0.5, 4, 16), towards: dyadic(-2, 2, 16) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((axes): GaussianStep => {
    const direction = axes.map(({ towards }) => towards);
    return {
      mean: axes.map(({ mean }) => mean),
      variances: axes.map(({ variance }) => variance),
      // A direction of zeros has no angle.
      direction: direction.every((a) => a === 0) ? direction.map(() => 1) : direction,
    };
  });

function stepLaw(
  cases: number,
  twin: { readonly what: string; readonly subject: NoiseFormulas['gaussianStep'] },
  violation: (value: StepCase) => string | undefined,
): Law<NoiseFormulas> {
  return law<NoiseFormulas, StepCase>({
    cases,
    subject: noiseFormulas,
    twin: { what: twin.what, subject: { ...noiseFormulas, gaussianStep: twin.subject } },
    arbitrary: (on) => fc.record({ on: fc.constant(on), step: stepOf, scale: dyadic(0.25, 4) }),
    violation,
    show: ({ step, scale }) =>
      `mean [${step.mean}], variances [${step.variances}], direction [${step.direction}], scale ${scale}`,
  });
}

const { gaussianStep } = noiseFormulas;
const inner = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, j) => sum + x * (b[j] ?? 0), 0);

/** Equal variances λ: A_d(|m|/√λ) times the cosine between mean and direction. */
export function equalVariancesAreNoiseAveraging(): Law<NoiseFormulas> {
  const twin = { what: 'the direction not normalized', subject: scaledByDirection };
  return stepLaw(300, twin, ({ on, step: { mean, direction }, scale }) => {
    const length = Math.hypot(...mean);
    const equal = { mean, direction, variances: mean.map(() => scale) };
    const cosine = length === 0 ? 0 : inner(mean, direction) / (length * Math.hypot(...direction));
    const expected = cosine * noiseFormulas.alignment(mean.length, length / Math.sqrt(scale));
    return unlike('alignment', on.gaussianStep(equal), expected, 1e-13, 1);
  });
}

function scaledByDirection(step: GaussianStep): number {
  return gaussianStep(step) * Math.hypot(...step.direction);
}

/** Order of axes, joint scaling (m, λ) → (c m, c² λ), signs of single axes, oddness in m, |·| <= 1, linear in a unit a. */
export function gaussianStepSymmetries(): Law<NoiseFormulas> {
  const twin = { what: 'variances in place of standard deviations', subject: withSquaredVariances };
  return stepLaw(300, twin, ({ on, step, scale }) => {
    const { mean, variances, direction } = step;
    const value = on.gaussianStep(step);
    const reversed = {
      mean: mean.toReversed(),
      variances: variances.toReversed(),
      direction: direction.toReversed(),
    };
    const scaled = { mean: mean.map((m) => scale * m), variances: variances.map((v) => scale * scale * v), direction };
    const mirrored = { mean: mean.map((m) => -m), variances, direction };
    const flipped = {
      mean: mean.map((m, j) => (j === 0 ? -m : m)),
      variances,
      direction: direction.map((a, j) => (j === 0 ? -a : a)),
    };
    const axes = direction.map(
      (a, j) => a * on.gaussianStep({ ...step, direction: mean.map((_, k) => (k === j ? 1 : 0)) }),
    );
    return firstOf(
      outside('alignment', value, -1, 1),
      unlike('other order', on.gaussianStep(reversed), value, 1e-13, 1),
      unlike('scaled', on.gaussianStep(scaled), value, 1e-13, 1),
      unlike('mirrored', on.gaussianStep(mirrored), -value, 1e-13, 1),
      unlike('one axis flipped', on.gaussianStep(flipped), value, 1e-13, 1),
      unlike('sum over axes', axes.reduce((sum, x) => sum + x, 0) / Math.hypot(...direction), value, 1e-13, 1),
    );
  });
}

function withSquaredVariances(step: GaussianStep): number {
  return gaussianStep({ ...step, variances: step.variances.map((v) => v * v) });
}

/** The heat equation ∂/∂λ_j = ½ ∂²/∂m_j², which every expectation over a Gaussian satisfies, by differences. */
export function gaussianStepHeatEquation(): Law<NoiseFormulas> {
  const twin = { what: 'standard deviations in place of variances', subject: withRootVariances };
  return stepLaw(200, twin, ({ on, step }) => {
    const { mean, variances } = step;
    const replaced = (values: readonly number[], j: number, x: number) => values.map((v, k) => (k === j ? x : v));
    const complaints = mean.map((m, j) => {
      const overVariance = (x: number): number => on.gaussianStep({ ...step, variances: replaced(variances, j, x) });
      const overMean = (x: number): number => on.gaussianStep({ ...step, mean: replaced(mean, j, x) });
      const slope = slopeOf(overVariance, variances[j] as number, 2 ** -6);
      return unlike(`∂/∂λ_${j}`, slope, 0.5 * curvatureOf(overMean, m, 2 ** -5), 2e-5, 1);
    });
    return firstOf(...complaints);
  });
}

function withRootVariances(step: GaussianStep): number {
  return gaussianStep({ ...step, variances: step.variances.map(Math.sqrt) });
}

interface SumCase {
  readonly on: NoiseFormulas;
  readonly n: number;
  readonly signal: number;
  readonly sigma: number;
}

function sumLaw(
  cases: number,
  twin: { readonly what: string; readonly subject: Partial<NoiseFormulas> },
  violation: (value: SumCase) => string | undefined,
): Law<NoiseFormulas> {
  return law<NoiseFormulas, SumCase>({
    cases,
    subject: noiseFormulas,
    twin: { what: twin.what, subject: { ...noiseFormulas, ...twin.subject } },
    arbitrary: (on) =>
      fc.record({
        on: fc.constant(on),
        n: fc.integer({ min: 1, max: 400 }),
        signal: dyadic(1 / 64, 2),
        sigma: dyadic(0.25, 4),
      }),
    violation,
    show: ({ n, signal, sigma }) => `n ${n}, signal ${signal}, sigma ${sigma}`,
  });
}

/** P(right) + P(wrong) = 1, alignment = their difference = A_1(√n|s|/σ); P(wrong) between Mills' bounds, relatively. */
export function sumOfLossesIsNoiseAveraging(): Law<NoiseFormulas> {
  const twin = {
    what: 'P(wrong) as 1 − P(right)',
    subject: { sumWrong: (n: number, s: number, sigma: number) => 1 - noiseFormulas.sumCorrect(n, s, sigma) },
  };
  return sumLaw(1000, twin, ({ on, n, signal, sigma }) => {
    const mu = (Math.sqrt(n) * signal) / sigma;
    const [right, wrong, value] = [
      on.sumCorrect(n, signal, sigma),
      on.sumWrong(n, signal, sigma),
      on.sumAlignment(n, signal, sigma),
    ];
    const density = Math.exp(-0.5 * mu * mu) / Math.sqrt(2 * Math.PI);
    return firstOf(
      unlike('P(right) + P(wrong)', right + wrong, 1, 1e-15),
      unlike('alignment', value, right - wrong, 1e-15, 1),
      unlike('alignment', value, noiseFormulas.alignment(1, mu), 4e-15),
      // Mills' bounds: relative errors grow like μ² roundings, and below 1e-290 numbers soon lose their digits.
      density < 1e-290
        ? undefined
        : outside('P(wrong)', wrong, (density * mu) / (1 + mu * mu), density / mu, 1e-15 * (4 + mu * mu)),
    );
  });
}

/** (n, σ) → (4n, 2σ) changes nothing; more examples and less noise help; without signal, a coin toss. */
export function sumOfLossesScaling(): Law<NoiseFormulas> {
  const twin = {
    what: 'the square root of n forgotten',
    subject: { sumAlignment: (n: number, s: number, sigma: number) => noiseFormulas.sumAlignment(1, n * s, sigma) },
  };
  return sumLaw(500, twin, ({ on, n, signal, sigma }) => {
    const value = on.sumAlignment(n, signal, sigma);
    return firstOf(
      unlike('four times the data, twice the noise', on.sumAlignment(4 * n, signal, 2 * sigma), value, 1e-15),
      outside('with one more', on.sumAlignment(n + 1, signal, sigma), value, 1, 4e-15),
      outside('P(right), one more', on.sumCorrect(n + 1, signal, sigma), on.sumCorrect(n, signal, sigma), 1, 4e-15),
      unlike('P(right) without signal', on.sumCorrect(n, 0, sigma), 0.5, 1e-15),
      unlike('P(wrong) without signal', on.sumWrong(n, 0, sigma), 0.5, 1e-15),
    );
  });
}

/** tan(π/2 · alignment) = |s|/γ for every n; swapping signal and scale gives the complement to 1. */
export function cauchySumGainsNothing(): Law<NoiseFormulas> {
  const twin = {
    what: 'a gain of √n, as if the noise had a variance',
    subject: {
      cauchySum: (n: number, s: number, scale: number) => noiseFormulas.cauchySum(1, Math.sqrt(n) * s, scale),
    },
  };
  return sumLaw(500, twin, ({ on, n, signal, sigma }) => {
    const value = on.cauchySum(n, signal, sigma);
    return firstOf(
      unlike('tan(π/2 · alignment)', Math.tan((Math.PI / 2) * value), signal / sigma, 1e-13),
      unlike('one example', on.cauchySum(1, signal, sigma), value, 0),
      unlike('signal and scale swapped', on.cauchySum(n, sigma, signal), 1 - value, 1e-14, 1),
    );
  });
}
