import { equicorrelatedExamples, kernelAlignment } from '../../../theory/kernel-alignment.ts';
import { alignment } from '../../../theory/noise-averaging.ts';
import { type PairKernel, pairKernel } from '../../../theory/pair-kernel.ts';
import {
  signAgreementBias,
  signAgreementCurve,
  signAgreementOfTwo,
  signGapConstant,
} from '../../../theory/sign-agreement.ts';
import { type Batch, batch, batchOfRows } from '../../core/batch.ts';
import type { Claim, FormulaCell, FormulaClaim } from '../../core/claim.ts';
import { ALPHA, alignmentCell, inputsOf, MODEL_RESOLUTION, once } from './kernel-cells.ts';
import { kernelLaws } from './kernel-laws.ts';
import { type DrawInput, type NoisySteps, noisyStepTrials, signAgreementTrials } from './kernel-trials.ts';
import { networkClaims } from './network-claims.ts';

const base = {
  kind: 'formula',
  tier: 'quick',
  source: { where: 'ours' },
  alpha: ALPHA,
  resolution: MODEL_RESOLUTION,
  maxTrials: 4096,
} as const;

/** Gram matrix of the ReLU kernel at these γ. */
const reluKernelAt = (gammas: readonly number[]): Batch => {
  const { tangent } = pairKernel('relu');
  return batchOfRows(gammas.map((a) => gammas.map((b) => tangent(a, b))));
};

const equallyCoupled = (n: number, rho: number): Batch =>
  batchOfRows(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : rho))));

/** Covariance of noise with a part shared by all examples. */
const noiseOf = ({ kernel, noise, shared = 0 }: NoisySteps): number | Batch => {
  const n = kernel.rows;
  const entries = Float64Array.from({ length: n * n }, (_, k) => noise * noise * (k % (n + 1) === 0 ? 1 : shared));
  return shared === 0 ? noise : batch(n, n, entries);
};

const norm = ({ cols, data }: Batch, i: number): number => Math.hypot(...data.subarray(i * cols, (i + 1) * cols));

function factorizationCell(label: string, steps: NoisySteps): FormulaCell {
  const { kernel, signals, noise, example } = steps;
  return alignmentCell(label, noisyStepTrials(`theory.noisy-step-${label.replaceAll(' ', '-')}`, steps), {
    theory: () => kernelAlignment(kernel, { signals, noise: noiseOf(steps) })[example]!,
    wrongTheory: () => alignment(signals.cols, norm(signals, example) / noise),
  });
}

const MIXED = reluKernelAt([-1, 0.5, 2]);

const factorization: FormulaClaim = {
  ...base,
  id: 'theory.tangent-kernel-factorization',
  statement:
    'The alignment of an example with its own descent direction under a joint step is the cosine between ' +
    'm_i = Σ K_ij s_j and s_i, times A_d(|m_i| / (σ |K_i|)).',
  regime:
    'The ReLU kernel at γ = −1, 0.5, 2; gradients in 1, 2 and 5 dimensions with independent and shared normal noise.',
  bias: 0,
  cells: [
    factorizationCell('one dimension', {
      kernel: MIXED,
      signals: batchOfRows([[1], [-0.5], [0.7]]),
      noise: 1,
      example: 0,
    }),
    factorizationCell('two dimensions', {
      kernel: MIXED,
      signals: batchOfRows([
        [1, 0.5],
        [-0.5, 1],
        [0.7, 0.2],
      ]),
      noise: 1.5,
      example: 1,
    }),
    factorizationCell('five dimensions', {
      kernel: MIXED,
      signals: batchOfRows([
        [1, 1, 0, 0, 0],
        [0, 2, 0, 1, 0],
        [1, 1, 1, 1, 1],
      ]),
      noise: 0.5,
      example: 1,
    }),
    factorizationCell('half of the noise shared', {
      kernel: MIXED,
      signals: batchOfRows([[0.6], [0.5], [1.2]]),
      noise: 1,
      shared: 0.5,
      example: 1,
    }),
  ],
  control: { what: 'independent steps: A_d(|s_i|/σ)' },
};

const SIGNAL_TO_NOISE = 0.5;

function equalSignalCell(n: number, rho: number, d: number): FormulaCell {
  const kernel = equallyCoupled(n, rho);
  const signals = batch(
    n,
    d,
    Float64Array.from({ length: n * d }, (_, k) => (k % d === 0 ? SIGNAL_TO_NOISE : 0)),
  );
  const label = `n ${n}, ρ ${rho}, d ${d}`;
  const trials = noisyStepTrials(`theory.equally-coupled-${n}-by-${100 * rho}-percent-in-${d}d`, {
    kernel,
    signals,
    noise: 1,
    example: 0,
  });
  return alignmentCell(label, trials, {
    theory: () => alignment(d, Math.sqrt(equicorrelatedExamples(n, rho)) * SIGNAL_TO_NOISE),
    wrongTheory: () => alignment(d, Math.sqrt(1 + (n - 1) * rho) * SIGNAL_TO_NOISE),
  });
}

const effective: FormulaClaim = {
  ...base,
  id: 'theory.tangent-kernel-effective-examples',
  statement:
    'Equally coupled examples with equal signals align like n_eff = (1 + (n − 1)ρ)² / (1 + (n − 1)ρ²) averaged ones.',
  regime: 'Signal-to-noise ratio 0.5 per example, 4 to 16 examples, coupling from −0.1 to 0.5, 1 to 3 dimensions.',
  bias: 0,
  cells: [
    equalSignalCell(4, 0.5, 1),
    equalSignalCell(16, 0.1, 1),
    equalSignalCell(16, 0.2, 3),
    equalSignalCell(8, -0.1, 2),
  ],
  control: { what: 'the row sum 1 + (n − 1)ρ as the number of examples' },
};

const MODELS = (['linear', 'relu', 'erf'] as const).flatMap((activation) =>
  (['normal', 'uniform'] as const).map((how) => {
    const kernel = pairKernel(activation);
    const inputs = inputsOf(how);
    return { how, kernel, inputs, curve: once(() => signAgreementCurve(kernel, inputs)) };
  }),
);

/** All examples coupled alike: K = 11ᵀ. */
const uniformCoupling: PairKernel = { name: 'equal', tangent: () => 1, slopeAtZero: () => 0, output: () => 0 };
const equalCoupling = {
  normal: once(() => signAgreementCurve(uniformCoupling, inputsOf('normal'))),
  uniform: once(() => signAgreementCurve(uniformCoupling, inputsOf('uniform'))),
} satisfies Record<DrawInput, unknown>;

type Model = (typeof MODELS)[number];

function agreementCells(
  n: number,
  theory: (model: Model) => number,
  wrongTheory: (model: Model) => number,
): readonly FormulaCell[] {
  return MODELS.map((model) => {
    const label = `${model.kernel.name}, ${model.how} γ`;
    const trials = signAgreementTrials(
      `theory.sign-agreement-${model.kernel.name}-${model.how}-of-${n}`,
      model.kernel,
      model.how,
      n,
    );
    return alignmentCell(label, trials, { theory: () => theory(model), wrongTheory: () => wrongTheory(model) });
  });
}

const ANY_MODEL =
  'Solutions x*_i = 10 γ_i, network at zero output, no noise; linear, ReLU and erf kernels with output bias 1, normal γ and γ uniform on ±1.';

const twoExamples: FormulaClaim = {
  ...base,
  id: 'theory.tangent-kernel-two-examples',
  statement:
    'Of two examples, the first joint step moves each towards its solution with alignment 1 − 4 ∫ f(t) P(0 < γ < r(t)) dt.',
  regime: ANY_MODEL,
  bias: 0,
  cells: agreementCells(
    2,
    ({ kernel, inputs }) => signAgreementOfTwo(kernel, inputs),
    () => 0.5,
  ),
  control: { what: 'the alignment 1/2 of two examples that are coupled alike' },
};

/** The CLT curve at n, as the claim with its budget. */
const curveAt = (n: number): FormulaClaim => ({
  ...base,
  id: `theory.tangent-kernel-sign-agreement-of-${n}`,
  statement: `Of ${n} examples, the first joint step moves as many towards their solutions as the central limit theorem over the other ones predicts.`,
  regime: `${ANY_MODEL} An approximation: bias budget ${signAgreementBias(n)} in units of alignment, measured.`,
  bias: signAgreementBias(n) / 2,
  cells: agreementCells(
    n,
    ({ curve }) => curve()(n),
    ({ how }) => equalCoupling[how]()(n),
  ),
  control: { what: 'the same prediction for examples that are coupled alike' },
});

const GAP_EXAMPLES = 64;

const signGap: FormulaClaim = {
  ...base,
  id: 'theory.tangent-kernel-sign-gap-law',
  statement:
    'The share of examples that the first joint step leads astray closes like C/√n, C = 4 f(0) τ(0) / (√(2π) h′(0)).',
  regime: `${ANY_MODEL} n = ${GAP_EXAMPLES}; asymptotic: bias budget ${signAgreementBias(GAP_EXAMPLES)} in units of alignment, measured.`,
  bias: signAgreementBias(GAP_EXAMPLES) / 2,
  cells: agreementCells(
    GAP_EXAMPLES,
    ({ kernel, inputs }) => 1 - signGapConstant(kernel, inputs) / Math.sqrt(GAP_EXAMPLES),
    ({ kernel, inputs }) => 1 - signGapConstant(kernel, inputs) / GAP_EXAMPLES,
  ),
  control: { what: 'a gap that closes like C/n' },
};

/** Tangent kernels: laws, closed forms against simulation, and TensorFlow.js networks. */
export const kernelClaims: readonly Claim[] = [
  ...kernelLaws,
  factorization,
  effective,
  twoExamples,
  curveAt(8),
  curveAt(32),
  signGap,
  ...networkClaims,
];
