import { requireNumber } from '../src/core/errors.ts';
import {
  type Activation,
  activationExpectations,
  erfTangentKernel,
  linearTangentKernel,
  reluTangentKernel,
} from './tangent-kernels.ts';

/** Kernels of a network with the single number γ (and a constant 1) as its input. */
export interface PairKernel {
  readonly name: string;
  /** Tangent kernel K(a, b): symmetric, positive semidefinite, K(a, b) = K(−a, −b). */
  tangent(a: number, b: number): number;
  /** ∂K(a, b)/∂a at a = 0. */
  slopeAtZero(b: number): number;
  /** Covariance Σ(a, b) of the random outputs at initialization. */
  output(a: number, b: number): number;
}

const slopesAtZero: Readonly<Record<Activation, (b: number) => number>> = {
  linear: (b) => b,
  relu: (b) => (Math.sign(b) + 2 * (Math.PI - Math.abs(Math.atan(b))) * b) / (2 * Math.PI),
  erf: (b) => {
    const square = 5 + 6 * b * b;
    return ((4 / Math.PI) * b * (1 + (9 + 6 * b * b) / square)) / Math.sqrt(square);
  },
};

const tangents = { linear: linearTangentKernel, relu: reluTangentKernel, erf: erfTangentKernel } as const;

/** Where the output bias of a `pairKernel` stands. */
export interface OutputBias {
  /** c₀: its share of the tangent kernel, in [0, 1e60]; 1 unless given. */
  readonly tangent?: number;
  /** Its variance at initialization, in [0, 1e60]; 0 unless given: biases usually start at 0. */
  readonly initial?: number;
}

/**
 * The kernels on single numbers in closed form: `'linear'` for wγ + b without a hidden layer, `'relu'` and `'erf'` for
 * one hidden layer of infinite width on the input (γ, 1) in NTK parametrization.
 *
 *     ∂K/∂a(0, b):   linear b    relu [sgn b + 2 (π − |arctan b|) b] / 2π    erf 4/π b (1 + 3B/D) / √D
 *
 * with B = 3 + 2b² and D = 5 + 6b². Source: ours. Numbers out of range throw.
 *
 * @example
 * pairKernel('relu').tangent(0, 0); // => 2
 * pairKernel('relu').output(0, 0); // => 0.5
 */
export function pairKernel(activation: Activation, outputBias: OutputBias = {}): PairKernel {
  const { tangent: trained = 1, initial = 0 } = outputBias;
  requireNumber('pairKernel: "outputBias.tangent"', trained, { minimum: 0, maximum: 1e60 });
  requireNumber('pairKernel: "outputBias.initial"', initial, { minimum: 0, maximum: 1e60 });
  const hidden = (a: number, b: number): number =>
    activationExpectations(activation, { xx: 1 + a * a, xy: 1 + a * b, yy: 1 + b * b }).values;
  const output = activation === 'linear' ? (a: number, b: number) => a * b : hidden;
  const tangent = tangents[activation];
  return {
    name: activation,
    tangent: (a, b) => tangent(a, b, trained),
    slopeAtZero: slopesAtZero[activation],
    output: (a, b) => output(a, b) + initial,
  };
}
