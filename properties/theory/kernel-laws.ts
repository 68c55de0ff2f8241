import fc from 'fast-check';
import { batch } from '../../src/core/batch.ts';
import { stream } from '../../src/core/random.ts';
import { effectiveExamples, equicorrelatedExamples, kernelAlignment } from '../../theory/kernel-alignment.ts';
import { signAgreementOfTwo } from '../../theory/sign-agreement.ts';
import {
  type Activation,
  erfTangentKernel,
  linearTangentKernel,
  networkKernels,
  reluTangentKernel,
} from '../../theory/tangent-kernels.ts';
import { dyadic } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { drawNetwork, gram, jacobian, outputOf, stepped } from './finite-width.ts';

/** Every exact formula about tangent kernels: laws and wrong versions are about this. */
export interface TangentKernelTheory {
  readonly linear: (a: number, b: number) => number;
  readonly relu: (a: number, b: number) => number;
  readonly erf: (a: number, b: number) => number;
  readonly networkKernels: typeof networkKernels;
  readonly kernelAlignment: typeof kernelAlignment;
  readonly effectiveExamples: typeof effectiveExamples;
  readonly equicorrelatedExamples: typeof equicorrelatedExamples;
  readonly signAgreementOfTwo: typeof signAgreementOfTwo;
}

/** The theory as it is. */
export const tangentKernelTheory: TangentKernelTheory = {
  linear: (a, b) => linearTangentKernel(a, b),
  relu: (a, b) => reluTangentKernel(a, b),
  erf: (a, b) => erfTangentKernel(a, b),
  networkKernels,
  kernelAlignment,
  effectiveExamples,
  equicorrelatedExamples,
  signAgreementOfTwo,
};

/** A theory in which one formula is wrong. */
export const wrongTheory = (fault: Partial<TangentKernelTheory>): TangentKernelTheory => ({
  ...tangentKernelTheory,
  ...fault,
});

/** Equality of closed forms: rounding of a few operations on numbers of this size. */
const EXACT = 1e-12;

const activationNames = fc.constantFrom<Activation>('linear', 'relu', 'erf');
const gamma = dyadic(-4, 4, 16);

interface KernelCase {
  readonly theory: TangentKernelTheory;
  readonly activation: Activation;
  readonly gammas: readonly number[];
  readonly salt: number;
}

const kernelCases = (theory: TangentKernelTheory, each = gamma): fc.Arbitrary<KernelCase> =>
  fc.record({
    theory: fc.constant(theory),
    activation: activationNames,
    gammas: fc.array(each, { minLength: 2, maxLength: 5 }),
    salt: fc.nat(1000),
  });

const showKernelCase = ({ activation, gammas, salt }: KernelCase): string =>
  `${activation}, γ [${gammas.join(', ')}], salt ${salt}`;

const wrongRelu = wrongTheory({ relu: (a, b) => reluTangentKernel(a, b) + (a - b - Math.abs(a - b)) / (2 * Math.PI) });

function symmetryViolation({ theory, activation, gammas, salt }: KernelCase): string | undefined {
  const kernel = theory[activation];
  const random = stream(salt, 'law/kernel-direction');
  const g = gammas.map(() => random.normal());
  let [form, size] = [0, 0];
  for (const [i, a] of gammas.entries()) {
    for (const [j, b] of gammas.entries()) {
      const value = kernel(a, b);
      const scale = 1 + Math.abs(a * b) + Math.abs(a) + Math.abs(b);
      if (!(Math.abs(value - kernel(b, a)) <= EXACT * scale))
        return `K(${a}, ${b}) is ${value}, K(${b}, ${a}) ${kernel(b, a)}`;
      if (!(Math.abs(value - kernel(-a, -b)) <= EXACT * scale))
        return `K(${a}, ${b}) is ${value}, K(${-a}, ${-b}) ${kernel(-a, -b)}`;
      form += g[i]! * g[j]! * value;
      size += Math.abs(g[i]! * g[j]! * value);
    }
  }
  return form >= -EXACT * size ? undefined : `gᵀ K g = ${form}`;
}

/** K(a, b) = K(b, a) = K(−a, −b), and gᵀKg >= −1e-12 of its terms: γ in [−4, 4]. */
export function kernelIsSymmetricAndSemidefinite(): Law<TangentKernelTheory> {
  return law({
    cases: 300,
    subject: tangentKernelTheory,
    twin: { what: 'the ReLU kernel with a − b instead of |a − b|', subject: wrongRelu },
    arbitrary: kernelCases,
    violation: symmetryViolation,
    show: showKernelCase,
  });
}

/** The closed forms on one number are those of the recursion over layers on the input (γ, 1). */
export function closedFormIsRecursion(): Law<TangentKernelTheory> {
  return law({
    cases: 200,
    subject: tangentKernelTheory,
    twin: {
      what: 'the erf kernel without its second term',
      subject: wrongTheory({ erf: (a, b) => networkKernels('erf', 1, [a, 1], [b, 1]).output }),
    },
    arbitrary: kernelCases,
    violation: ({ theory, activation, gammas: [a, b] }) => {
      const layers = activation === 'linear' ? 0 : 1;
      const expected = theory.networkKernels(activation, layers, [a!, 1], [b!, 1]).tangent;
      const found = theory[activation](a!, b!);
      const close = Math.abs(found - expected) <= EXACT * (1 + Math.abs(a! * b!) + Math.abs(a! - b!));
      return close ? undefined : `${found} in closed form, ${expected} by recursion`;
    },
    show: showKernelCase,
  });
}

/** Positive γ: every example of a noise-free batch moves towards its solution, alignment exactly 1. */
export function positiveInputsAllAlign(): Law<TangentKernelTheory> {
  return law({
    cases: 100,
    subject: tangentKernelTheory,
    twin: { what: 'the linear kernel with a minus sign', subject: wrongTheory({ linear: (a, b) => 1 - a * b }) },
    arbitrary: (theory) => kernelCases(theory, dyadic(1 / 16, 4, 16)),
    violation: ({ theory, activation, gammas }) => {
      const kernel = theory[activation];
      const pulls = gammas.map((a) => gammas.reduce((sum, b) => sum + kernel(a, b) * 10 * b, 0));
      const wrong = pulls.findIndex((pull) => !(pull > 0));
      return wrong < 0 ? undefined : `example ${wrong} is pulled by ${pulls[wrong]}`;
    },
    show: showKernelCase,
  });
}

const WIDTH = 1000;
const RATE = 1e-6;

function finiteWidthViolation({ theory, activation, gammas, salt }: KernelCase): string | undefined {
  const random = stream(salt, 'law/finite-width');
  const xs = gammas.map((value) => [value, 1]);
  const network = drawNetwork(random, WIDTH, 2);
  const derivative = jacobian(network, activation, xs);
  const kernel = gram(derivative);
  const n = gammas.length;
  const s = Float64Array.from(gammas, () => random.normal());
  const after = stepped(network, derivative, s, RATE);
  const predicted = theory.kernelAlignment(kernel, { signals: batch(n, 1, s), noise: 0 });
  for (let i = 0; i < n; i++) {
    const moved = (outputOf(after, activation, xs[i]!) - outputOf(network, activation, xs[i]!)) / RATE;
    const [linear, size] = [0, 1].map((absolute) =>
      s.reduce((sum, sj, j) => {
        const term = kernel.data[i * n + j]! * sj;
        return sum - (absolute === 1 ? -Math.abs(term) : term);
      }, 0),
    ) as [number, number];
    if (!(Math.abs(moved - linear) <= 1e-3 * size)) return `example ${i} moved by ${moved} η, J Jᵀ says ${linear}`;
    const sure = Math.abs(linear) > 1e-2 * size;
    if (sure && predicted[i] !== -Math.sign(moved) * Math.sign(s[i]!))
      return `alignment ${predicted[i]}, moved by ${moved} η`;
  }
  return undefined;
}

/** A finite float64 network of width 1000: one small step moves its outputs by −η J Jᵀ g, with the signs of the theory. */
export function finiteStepFollowsKernel(): Law<TangentKernelTheory> {
  const reversed: typeof kernelAlignment = (kernel, gradients) =>
    kernelAlignment(kernel, gradients).map((value) => -value);
  return law({
    cases: 12,
    subject: tangentKernelTheory,
    twin: { what: 'alignment with the opposite sign', subject: wrongTheory({ kernelAlignment: reversed }) },
    arbitrary: (theory) => kernelCases(theory).filter(({ activation }) => activation !== 'linear'),
    violation: finiteWidthViolation,
    show: showKernelCase,
  });
}
