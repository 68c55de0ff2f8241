import { pairKernel } from '../../../theory/pair-kernel.ts';
import { randomOutputCurve } from '../../../theory/random-output.ts';
import { signAgreementBias, signAgreementCurve, signAgreementOfTwo } from '../../../theory/sign-agreement.ts';
import { activationExpectations } from '../../../theory/tangent-kernels.ts';
import type { Claim, FormulaClaim, StatisticalClaim } from '../../core/claim.ts';
import { fact } from '../facts.ts';
import { ALPHA, alignmentCell, inputsOf, NETWORK_RESOLUTION, once } from './kernel-cells.ts';
import type { DrawInput } from './kernel-trials.ts';
import {
  KERNEL_PAIRS,
  NETWORK_WIDTH,
  networkKernelTrials,
  networkPredictionTrials,
  networkStepTrials,
} from './network-trials.ts';

/** Error of the infinite width at this one, in units of alignment: a budget above what was measured. */
const WIDTH_BIAS = 0.01;

const base = {
  kind: 'formula',
  tier: 'quick',
  source: { where: 'ours' },
  alpha: ALPHA,
  resolution: NETWORK_RESOLUTION,
  maxTrials: 2048,
} as const;

const NETWORK =
  `Freshly drawn TensorFlow.js networks with one hidden layer of ${NETWORK_WIDTH} ReLU units and weights from U(−1/√p, 1/√p), ` +
  `the input (γ, 1) repeated ${NETWORK_WIDTH / 2} times so that both layers train equally fast; one step of plain gradient descent on the summed loss.`;

/** The kernel of these networks over their width: the output bias is one weight among many. */
const kernel = pairKernel('relu', { tangent: 1 / NETWORK_WIDTH });
/** Outputs at initialization have a third of the variance of N(0, 1) weights, as weights from U(−1, 1) do. */
const outputOf = (a: number, b: number): number => (kernel.output(a, b) + 1 / NETWORK_WIDTH) / 3;

const hiddenCovariance = (a: number, b: number): number =>
  activationExpectations('relu', { xx: 1 + a * a, xy: 1 + a * b, yy: 1 + b * b }).values;

const relative = (of: (a: number, b: number) => number, a: number, b: number): number =>
  of(a, b) / Math.sqrt(of(a, a) * of(b, b));

const kernelTrials = networkKernelTrials('theory.network-kernel', kernel.tangent);

const kernelOfNetworks: FormulaClaim = {
  ...base,
  id: 'theory.tangent-kernel-of-networks',
  statement: 'The empirical tangent kernel J Jᵀ of finite networks has the closed form of infinite width as its mean.',
  regime: `${NETWORK} Entries relative to the diagonal; bias budget ${WIDTH_BIAS}.`,
  bias: WIDTH_BIAS / 2,
  cells: KERNEL_PAIRS.map(([a, b], k) =>
    alignmentCell(
      `K(${a}, ${b})`,
      kernelTrials,
      { theory: () => relative(kernel.tangent, a, b), wrongTheory: () => relative(hiddenCovariance, a, b) },
      `pair${k}`,
    ),
  ),
  control: { what: 'the kernel of a network whose hidden layer is not trained' },
};

const PREDICTED = 8;
const predictions = networkPredictionTrials(`theory.network-prediction-of-${PREDICTED}`, PREDICTED);
const WITHIN = 0.02;

const predictsStep: StatisticalClaim = {
  id: 'theory.tangent-kernel-predicts-network-step',
  kind: 'statistical',
  tier: 'quick',
  statement: `In more than half of all networks, the first step moves every prediction by −η J Jᵀ g, to ${100 * WITHIN} % of the largest move.`,
  regime: `${NETWORK} ${PREDICTED} examples with normal γ, solutions 10 γ, float32.`,
  source: { where: 'ours' },
  theta0: 0.5,
  theta1: 0.9,
  alpha: ALPHA,
  maxTrials: 60,
  measurement: { trials: predictions, value: (facts) => (fact(facts, 'error') <= WITHIN ? 1 : 0) },
  control: {
    what: 'the prediction without the coupling of examples',
    trials: predictions,
    value: (facts) => (fact(facts, 'uncoupledError') <= WITHIN ? 1 : 0),
  },
};

const curves = {
  normal: once(() => signAgreementCurve(kernel, inputsOf('normal'))),
  uniform: once(() => signAgreementCurve(kernel, inputsOf('uniform'))),
} satisfies Record<DrawInput, unknown>;

const agreementOf = (n: number, how: DrawInput): number =>
  n === 2 ? signAgreementOfTwo(kernel, inputsOf(how)) : curves[how]()(n);

/** What would be if the examples were equally coupled, whatever their γ. */
const coupledAlike = (n: number, how: DrawInput): number =>
  signAgreementCurve({ name: 'equal', tangent: () => 1, slopeAtZero: () => 0, output: () => 0 }, inputsOf(how))(n);

function networkAgreement(n: number, drawn: readonly DrawInput[]): FormulaClaim {
  const bias = WIDTH_BIAS + (n === 2 ? 0 : signAgreementBias(n));
  return {
    ...base,
    id: `theory.tangent-kernel-network-sign-agreement-of-${n}`,
    statement:
      `Of ${n} examples with solutions 10 γ, one step of gradient descent moves as many towards their solutions as the ` +
      `${n === 2 ? 'exact formula' : 'central limit theorem'} predicts from the kernel of infinite width.`,
    regime: `${NETWORK} The initial output counts as zero. Bias budget ${bias} in units of alignment.`,
    bias: bias / 2,
    // Two examples are the noisiest share there is.
    ...(n === 2 ? { maxTrials: 6144 } : {}),
    cells: drawn.map((how) => {
      const trials = networkStepTrials(`theory.network-step-${how}-of-${n}`, {
        inputs: how,
        n,
        scale: 10,
        output: 'zero',
      });
      return alignmentCell(`${how} γ`, trials, {
        theory: () => agreementOf(n, how),
        wrongTheory: () => coupledAlike(n, how),
      });
    }),
    control: { what: 'the prediction for examples that are coupled alike' },
  };
}

const RANDOM_EXAMPLES = 32;
/** The bivariate normal approximation, measured on exact kernels, and the width. */
const RANDOM_BIAS = 0.016 + WIDTH_BIAS;

const randomOutput: FormulaClaim = {
  ...base,
  id: 'theory.tangent-kernel-network-random-output',
  statement:
    'From a random initial output, one step of gradient descent moves as many examples towards their solutions as the ' +
    'bivariate normal approximation predicts: fewer than from zero output.',
  regime: `${NETWORK} ${RANDOM_EXAMPLES} examples with uniform γ, solutions γ and 2 γ, bivariate normal approximation; bias budget ${RANDOM_BIAS} in units of alignment.`,
  bias: RANDOM_BIAS / 2,
  cells: [1, 2].map((scale) => {
    const trials = networkStepTrials(`theory.network-random-output-scale-${scale}`, {
      inputs: 'uniform',
      n: RANDOM_EXAMPLES,
      scale,
      output: 'random',
    });
    return alignmentCell(`solutions ${scale} γ`, trials, {
      theory: () => randomOutputCurve({ ...kernel, output: outputOf }, inputsOf('uniform'), scale)(RANDOM_EXAMPLES),
      wrongTheory: () => curves.uniform()(RANDOM_EXAMPLES),
    });
  }),
  control: { what: 'the alignment from zero output' },
};

/** TensorFlow.js networks against the theory. */
export const networkClaims: readonly Claim[] = [
  kernelOfNetworks,
  predictsStep,
  networkAgreement(2, ['normal']),
  networkAgreement(8, ['normal', 'uniform']),
  networkAgreement(32, ['normal', 'uniform']),
  randomOutput,
];
