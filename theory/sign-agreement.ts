import erf from '@stdlib/math-base-special-erf';
import { requireNumber } from '../src/core/errors.ts';
import { bisect } from '../src/numerics/bisection.ts';
import type { PairKernel } from './pair-kernel.ts';
import { breaksTowardsZero, halfLineRule, requireExamples, type SymmetricInputs } from './symmetric-inputs.ts';

/**
 * How often the first joint step moves an example towards its solution: x*_i = 10 γ_i, network at zero output,
 *
 *     A(n) = E sgn(γ_i) sgn Σ_j K(γ_i, γ_j) γ_j      (the factor 10 drops out)
 *
 * exact for n = 2 (`signAgreementOfTwo`), by the central limit theorem for any n (`signAgreementCurve`), and for
 * n → ∞ by its leading term (`signGapConstant`). One example, or inputs of one sign under a positive kernel: exactly 1.
 */

/** Widest panel: the kernels are analytic in a strip of half-width 0.9, so 16 nodes leave less than 1e-15. */
const WIDEST = 1;
const NODES = 16;
/** Panels from 4⁻¹⁴ = 4e-9 on: finer than the doubtful width at any n up to 1e15. */
const LEVELS = 14;

/**
 * Exact A(2) for the kernel of a pair of examples with independent γ:
 *
 *     A(2) = 1 − 4 ∫₀^∞ f(t) P(0 < γ < r(t)) dt,      K(r, r) r = K(r, −t) t
 *
 * Example r > 0 is led astray by −t exactly where r < r(t) <= t. The root is unique where K(r, −t) falls with r or rises
 * by less than K(r, r) r does: proved for the three kernels of `pairKernel`. Error below 1e-13. Source: ours.
 *
 * @example
 * import { pairKernel } from './pair-kernel.ts';
 * import { normalInputs } from './symmetric-inputs.ts';
 * signAgreementOfTwo(pairKernel('linear'), normalInputs).toFixed(12); // => '0.735638007101'
 */
export function signAgreementOfTwo(kernel: Pick<PairKernel, 'tangent'>, inputs: SymmetricInputs): number {
  const { t, weight } = halfLineRule(inputs, [0, inputs.reach], WIDEST, NODES);
  const astray = t.reduce((sum, at, k) => sum + weight[k]! * inputs.massBelow(largestMisled(kernel, at)), 0);
  return 1 - 4 * astray;
}

/** r(t): examples 0 < γ < r(t) step away from their solution because of the one at −t. */
function largestMisled({ tangent }: Pick<PairKernel, 'tangent'>, t: number): number {
  return bisect(0, t, (r) => tangent(r, r) * r < tangent(r, -t) * t);
}

/** Mean h and variance τ² of K(γ, γ′) γ′ over γ′, for one γ >= 0. */
export interface CouplingMoments {
  readonly mean: number;
  readonly variance: number;
}

/** h(γ) and τ²(γ); the range is cut at γ, where the kernel of ReLU has a kink. */
export function couplingMoments(kernel: PairKernel, inputs: SymmetricInputs, gamma: number): CouplingMoments {
  const cut = gamma > 0 && gamma < inputs.reach ? [0, gamma, inputs.reach] : [0, inputs.reach];
  const { t, weight } = halfLineRule(inputs, cut, WIDEST, NODES);
  let [mean, square] = [0, 0];
  for (let k = 0; k < t.length; k++) {
    const at = t[k]!;
    const [same, opposite] = [kernel.tangent(gamma, at), kernel.tangent(gamma, -at)];
    mean += weight[k]! * at * (same - opposite);
    square += weight[k]! * at * at * (same * same + opposite * opposite);
  }
  return { mean, variance: Math.max(0, square - mean * mean) };
}

/**
 * Approximate A(n) for every n, by the central limit theorem over the other n − 1 examples:
 *
 *     A(n) ≈ ∫ f(γ) erf( sgn(γ) [(n − 1) h(γ) + K(γ, γ) γ] / (√(2(n − 1)) τ(γ)) ) dγ,   A(1) = 1
 *
 * h and τ² are mean and variance of K(γ, γ′)γ′. An approximation: see `signAgreementBias`. The integrals are exact to
 * about 1e-14. The curve falls from 1 to a minimum at a few examples, and rises to 1 like 1 − C/√n. Source: ours.
 *
 * @returns the curve, a function of the integer n >= 1 (anything else throws); computed once per kernel and inputs
 * @example
 * import { pairKernel } from './pair-kernel.ts';
 * import { normalInputs } from './symmetric-inputs.ts';
 * const curve = signAgreementCurve(pairKernel('relu'), normalInputs);
 * curve(8).toFixed(12); // => '0.585228080455'
 * curve(1); // => 1
 */
export function signAgreementCurve(kernel: PairKernel, inputs: SymmetricInputs): (n: number) => number {
  const { t, weight } = halfLineRule(inputs, breaksTowardsZero(inputs.reach, LEVELS), WIDEST, NODES);
  const moments = Array.from(t, (gamma) => ({
    own: kernel.tangent(gamma, gamma) * gamma,
    ...couplingMoments(kernel, inputs, gamma),
  }));
  return (n) => {
    requireExamples('signAgreementCurve', n);
    if (n === 1) return 1;
    return moments.reduce((sum, { own, mean, variance }, k) => {
      const clear = ((n - 1) * mean + own) / Math.sqrt(2 * (n - 1) * variance);
      return sum + 2 * weight[k]! * erf(clear);
    }, 0);
  };
}

/**
 * Measured error budget of `signAgreementCurve` for linear, ReLU and erf kernels on normal and uniform γ: the largest
 * difference to simulations with the exact kernel, with their statistical error added. 0 for n = 1.
 *
 * @param n  integer >= 1, else throws
 * @example
 * signAgreementBias(64); // => 0.012
 */
export function signAgreementBias(n: number): number {
  requireExamples('signAgreementBias', n);
  if (n === 1) return 0;
  if (n < 8) return 0.056;
  if (n < 16) return 0.03;
  return n < 32 ? 0.016 : 0.012;
}

/**
 * C of 1 − A(n) ~ C n^(−1/2) as n → ∞, for h > 0 on γ > 0:
 *
 *     C = 4 f(0) τ(0) / (√(2π) h′(0)),      h′(0) = E ∂K/∂a(0, γ′) γ′
 *
 * Only examples with |γ| = O(n^(−1/2)) are in doubt. Use from n = 64 on. Source: ours.
 *
 * @example
 * import { pairKernel } from './pair-kernel.ts';
 * import { normalInputs } from './symmetric-inputs.ts';
 * signGapConstant(pairKernel('linear'), normalInputs).toFixed(12); // => '0.636619772368'
 */
export function signGapConstant(kernel: PairKernel, inputs: SymmetricInputs): number {
  const { t, weight } = halfLineRule(inputs, [0, inputs.reach], WIDEST, NODES);
  const slope = t.reduce((sum, at, k) => sum + weight[k]! * at * (kernel.slopeAtZero(at) - kernel.slopeAtZero(-at)), 0);
  requireNumber('signGapConstant: "kernel"', slope, { above: 0 });
  const { variance } = couplingMoments(kernel, inputs, 0);
  return (4 * inputs.density(0) * Math.sqrt(variance)) / (Math.sqrt(2 * Math.PI) * slope);
}
