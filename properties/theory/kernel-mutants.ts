import type { Batch } from '../../src/core/batch.ts';
import {
  effectiveExamples,
  type equicorrelatedExamples,
  type kernelAlignment,
  type NoisyGradients,
} from '../../theory/kernel-alignment.ts';
import { alignment } from '../../theory/noise-averaging.ts';
import { signAgreementOfTwo } from '../../theory/sign-agreement.ts';
import { halfLineRule, type SymmetricInputs } from '../../theory/symmetric-inputs.ts';
import { type KillMatrixDefinition, lawCheck, type Version } from '../kill-matrix.ts';
import {
  alignmentHasKnownLimits,
  alignmentIsInvariant,
  alignmentIsThatOfSimulatedSteps,
} from './kernel-alignment-laws.ts';
import { effectiveExamplesAverage, equicorrelatedIsItsRow, pairAgreementIsCounted } from './kernel-examples-laws.ts';
import {
  closedFormIsRecursion,
  finiteStepFollowsKernel,
  kernelIsSymmetricAndSemidefinite,
  positiveInputsAllAlign,
  type TangentKernelTheory,
  tangentKernelTheory,
  wrongTheory,
} from './kernel-laws.ts';
import { kernelIsMeanOverUnits, layersFollowRecursion, linearNetworksAddUp } from './kernel-layers-laws.ts';
import {
  recursionWrittenAgain,
  wrongErfKernels,
  wrongLinearKernels,
  wrongRecursions,
  wrongReluKernels,
} from './wrong-kernels.ts';

/** Parts of the factorization of one example: cosine, |m|, |K_i|, σ, d, and the row of the kernel. */
interface Factors {
  readonly cosine: number;
  readonly signal: number;
  readonly spread: number;
  readonly noise: number;
  readonly d: number;
  readonly row: Float64Array;
}

/** The factorization with its last step replaced. */
function factorization(combine: (factors: Factors) => number): typeof kernelAlignment {
  return (kernel: Batch, { signals, noise }: NoisyGradients) => {
    const { rows: n, cols: d } = signals;
    return Float64Array.from({ length: n }, (_, i) => {
      const row = kernel.data.slice(i * n, (i + 1) * n);
      const mean = new Float64Array(d);
      for (let j = 0; j < n; j++) for (let k = 0; k < d; k++) mean[k]! += row[j]! * signals.data[j * d + k]!;
      const own = signals.data.subarray(i * d, (i + 1) * d);
      const [signal, size] = [Math.hypot(...mean), Math.hypot(...own)];
      if (signal === 0 || size === 0) return 0;
      const inner = mean.reduce((sum, value, k) => sum + value * own[k]!, 0);
      return combine({
        cosine: inner / (signal * size),
        signal,
        spread: Math.hypot(...row),
        noise: noise as number,
        d,
        row,
      });
    });
  };
}

const averaged = (d: number, signal: number, noise: number): number =>
  alignment(d, noise === 0 ? Number.POSITIVE_INFINITY : signal / noise);

const wrongFactorizations: Readonly<Record<string, typeof kernelAlignment>> = {
  'wrong sign': factorization(({ cosine, d, signal, noise, spread }) => -cosine * averaged(d, signal, noise * spread)),
  'without the angle': factorization(({ d, signal, noise, spread }) => averaged(d, signal, noise * spread)),
  'without the noise': factorization(({ cosine }) => cosine),
  'lost square root': factorization(
    ({ cosine, d, signal, noise, spread }) => cosine * averaged(d, signal, noise * spread ** 2),
  ),
  'factor √2': factorization(
    ({ cosine, d, signal, noise, spread }) => cosine * averaged(d, Math.SQRT2 * signal, noise * spread),
  ),
  'variance for standard deviation': factorization(
    ({ cosine, d, signal, noise, spread }) => cosine * averaged(d, signal, noise ** 2 * spread),
  ),
  'one dimension for all': factorization(
    ({ cosine, signal, noise, spread }) => cosine * averaged(1, signal, noise * spread),
  ),
  'one dimension too many': factorization(
    ({ cosine, d, signal, noise, spread }) => cosine * averaged(d + 1, signal, noise * spread),
  ),
  'row sum for row norm': factorization(
    ({ cosine, d, signal, noise, row }) =>
      cosine * averaged(d, signal, noise * Math.abs(row.reduce((sum, value) => sum + value, 0))),
  ),
  'cosine twice': factorization(
    ({ cosine, d, signal, noise, spread }) => cosine * Math.abs(cosine) * averaged(d, signal, noise * spread),
  ),
};

const sumOf = (row: ArrayLike<number>, of: (value: number) => number): number =>
  Array.from(row).reduce((sum, value) => sum + of(value), 0);

const wrongEffectiveExamples: Readonly<Record<string, typeof effectiveExamples>> = {
  'all examples': (row) => row.length,
  'lost square': (row) => Math.abs(sumOf(row, (v) => v)) / Math.sqrt(sumOf(row, (v) => v * v)),
  magnitudes: (row) => effectiveExamples(Float64Array.from(row, Math.abs)),
  'not normalized': (row) => sumOf(row, (v) => v) ** 2,
  'divided by n': (row) => effectiveExamples(row) / row.length,
  'one too few': (row) => effectiveExamples(row) - 1,
  'own share dropped': (row) => effectiveExamples(Array.from(row).slice(1)),
  'relative to the largest': (row) => sumOf(row, Math.abs) / Math.max(...Array.from(row, Math.abs)),
};

const wrongEquicorrelated: Readonly<Record<string, typeof equicorrelatedExamples>> = {
  'one example too few': (n, rho) => (1 + (n - 2) * rho) ** 2 / (1 + (n - 2) * rho * rho),
  'lost square above': (n, rho) => (1 + (n - 1) * rho) / (1 + (n - 1) * rho * rho),
  'lost square below': (n, rho) => (1 + (n - 1) * rho) ** 2 / (1 + (n - 1) * rho),
  'dropped denominator': (n, rho) => (1 + (n - 1) * rho) ** 2,
  'wrong sign': (n, rho) => (1 - (n - 1) * rho) ** 2 / (1 + (n - 1) * rho * rho),
  'n for n − 1': (n, rho) => (1 + n * rho) ** 2 / (1 + n * rho * rho),
  'design effect': (n, rho) => n / (1 + (n - 1) * rho),
};

type PairAgreement = typeof signAgreementOfTwo;

/** 1 − factor ∫ f(t) P(0 < γ < end(t)) dt. */
const pairIntegral =
  (factor: number, end: (r: number, t: number) => number, start = 0): PairAgreement =>
  (kernel, inputs) => {
    // r(t) by bisection, written again: the theory does not export it.
    const root = (t: number): number => {
      let [low, high] = [0, t];
      for (let k = 0; k < 60; k++) {
        const r = (low + high) / 2;
        if (kernel.tangent(r, r) * r < kernel.tangent(r, -t) * t) low = r;
        else high = r;
      }
      return low;
    };
    const { t, weight } = halfLineRule(inputs, [0, inputs.reach], 1, 16);
    return 1 - factor * t.reduce((sum, at, k) => sum + weight[k]! * (inputs.massBelow(end(root(at), at)) + start), 0);
  };

const ownCouplingForgotten: PairAgreement = (kernel, inputs) =>
  signAgreementOfTwo({ tangent: (a, b) => (a === b ? kernel.tangent(0, 0) : kernel.tangent(a, b)) }, inputs);
const sameSide: PairAgreement = ({ tangent }, inputs: SymmetricInputs) =>
  signAgreementOfTwo({ tangent: (a, b) => tangent(a, Math.abs(b)) }, inputs);

const wrongPairAgreements: Readonly<Record<string, PairAgreement>> = {
  'half of the errors': pairIntegral(2, (r) => r),
  'twice the errors': pairIntegral(8, (r) => r),
  'wrong sign': pairIntegral(-4, (r) => r),
  'distribution function from −∞': pairIntegral(4, (r) => r, 0.5),
  'equal coupling': pairIntegral(4, (_, t) => t),
  'lost square root': pairIntegral(4, (r) => r * r),
  'own coupling at zero': ownCouplingForgotten,
  'partner on the same side': sameSide,
};

type FaultOf<Key extends keyof TangentKernelTheory> = Readonly<Record<string, TangentKernelTheory[Key]>>;

function versions<Key extends keyof TangentKernelTheory>(
  key: Key,
  title: string,
  faults: FaultOf<Key>,
): readonly Version<TangentKernelTheory>[] {
  return Object.entries(faults).map(([what, fault]) => ({
    name: `${title}: ${what}`,
    what: `${title}, ${what}`,
    subject: wrongTheory({ [key]: fault } as Partial<TangentKernelTheory>),
  }));
}

/** What refutes wrong theories of the tangent kernel: thirteen laws against wrong versions of all eight formulas. */
export const tangentKernelKillMatrix: KillMatrixDefinition<TangentKernelTheory> = {
  id: 'theory.tangent-kernel',
  title: 'Wrong versions of the tangent-kernel theory',
  caption: 'Each row is one formula with one mistake; each column a law. A number is the case that refuted it.',
  checks: [
    lawCheck('symmetric', 'K(a, b) = K(b, a) = K(−a, −b), gᵀKg ≥ 0', kernelIsSymmetricAndSemidefinite(), 60),
    lawCheck('recursion', 'closed forms on one number are the recursion on (γ, 1)', closedFormIsRecursion(), 40),
    lawCheck('positive', 'positive γ: every example moves the right way', positiveInputsAllAlign(), 40),
    lawCheck('finite step', 'a step of a finite network follows J Jᵀ', finiteStepFollowsKernel(), 2),
    lawCheck('units', 'the kernel is the mean over random hidden units', kernelIsMeanOverUnits(), 3),
    lawCheck('layers', 'each layer adds what its definition says', layersFollowRecursion(), 8),
    lawCheck('linear networks', 'Θ = (L + 1) x·y + β² L(L + 1)/2', linearNetworksAddUp(), 40),
    lawCheck('invariance', 'scale, rotation and order do not matter', alignmentIsInvariant(), 40),
    lawCheck('limits', 'K = I and K = 11ᵀ', alignmentHasKnownLimits(), 40),
    lawCheck(
      'simulated steps',
      'the factorization is the mean of simulated steps',
      alignmentIsThatOfSimulatedSteps(),
      6,
    ),
    lawCheck('effective examples', 'n_eff gives the alignment of equal signals', effectiveExamplesAverage(), 60),
    lawCheck('equal coupling', 'n_eff of (1, ρ, …, ρ)', equicorrelatedIsItsRow(), 60),
    lawCheck('two examples', 'A(2) by counting signs', pairAgreementIsCounted(), 20),
  ],
  correct: [
    { name: 'theory', what: 'the theory as it is', subject: tangentKernelTheory },
    {
      name: 'written again',
      what: 'recursion, factorization and pairs written differently',
      subject: wrongTheory({
        networkKernels: recursionWrittenAgain,
        kernelAlignment: factorization(
          ({ cosine, d, signal, noise, spread }) =>
            (d === 1 ? Math.sign(cosine) : cosine) * averaged(d, signal, noise * spread),
        ),
        signAgreementOfTwo: pairIntegral(4, (r) => r),
      }),
    },
  ],
  mutants: [
    ...versions('linear', 'linear kernel', wrongLinearKernels),
    ...versions('relu', 'ReLU kernel', wrongReluKernels),
    ...versions('erf', 'erf kernel', wrongErfKernels),
    ...versions('networkKernels', 'recursion over layers', wrongRecursions),
    ...versions('kernelAlignment', 'factorization', wrongFactorizations),
    ...versions('effectiveExamples', 'effective examples', wrongEffectiveExamples),
    ...versions('equicorrelatedExamples', 'equal coupling', wrongEquicorrelated),
    ...versions('signAgreementOfTwo', 'two examples', wrongPairAgreements),
  ],
};
