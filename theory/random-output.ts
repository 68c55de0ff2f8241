import erf from '@stdlib/math-base-special-erf';
import { requireNumber } from '../src/core/errors.ts';
import { integratePanels } from '../src/numerics/gauss-legendre.ts';
import type { PairKernel } from './pair-kernel.ts';
import { couplingMoments } from './sign-agreement.ts';
import {
  breaksTowardsZero,
  type HalfLineRule,
  halfLineRule,
  requireExamples,
  type SymmetricInputs,
} from './symmetric-inputs.ts';

/** Beyond 40 standard deviations the sign is certain to more than 300 digits. */
const CERTAIN = 40;
/** The angle left out next to a correlation of 1: its contribution is at most its size. */
const SMALLEST_ANGLE = 1e-18;
/** Panels in the logarithm of the angle: with 16 nodes they resolve the steepest change there is. */
const WIDEST_LOGARITHM = 0.5;

/**
 * E sgn(X) sgn(Y) for bivariate normal X, Y of variance 1, means a and b, correlation ρ:
 *
 *     4Φ₂(a, b; ρ) − 2Φ(a) − 2Φ(b) + 1 = erf(a/√2) erf(b/√2) + 2/π ∫₀^{asin ρ} exp(−(a² + b² − 2ab sin θ) / (2 cos² θ)) dθ
 *
 * The integral is taken in the logarithm of the angle from π/2, where the integrand may change on any scale. Absolute
 * error below 1e-14.
 *
 * @param a    finite; else `not-finite`
 * @param rho  in [−1, 1]; else `out-of-range`
 * @example
 * signCorrelation(0, 0, 0.5).toFixed(12); // => '0.333333333333'
 * signCorrelation(1, 1, 1).toFixed(12); // => '1.000000000000'
 * @see Drezner & Wesolowsky, "On the computation of the bivariate normal integral", J. Stat. Comput. Simul. 35 (1990) 101.
 */
export function signCorrelation(a: number, b: number, rho: number): number {
  requireNumber('signCorrelation: "a"', a);
  requireNumber('signCorrelation: "b"', b);
  requireNumber('signCorrelation: "rho"', rho, { minimum: -1, maximum: 1 });
  if (rho < 0) return -signCorrelation(a, -b, -rho);
  const [h, k] = [a, b].map((mean) => Math.max(-CERTAIN, Math.min(CERTAIN, mean))) as [number, number];
  const independent = erf(h / Math.SQRT2) * erf(k / Math.SQRT2);
  return Math.max(-1, Math.min(1, independent + (2 / Math.PI) * angleIntegral(h, k, rho)));
}

/** ∫₀^{asin ρ} exp(−(h² + k² − 2hk sin θ) / (2 cos² θ)) dθ with φ = π/2 − θ = e^{−u}. */
function angleIntegral(h: number, k: number, rho: number): number {
  const least = Math.max(SMALLEST_ANGLE, Math.acos(rho));
  const [from, to] = [-Math.log(Math.PI / 2), -Math.log(least)];
  const panels = Math.max(1, Math.ceil((to - from) / WIDEST_LOGARITHM));
  const breaks = Array.from({ length: panels + 1 }, (_, k) => from + ((to - from) * k) / panels);
  const integrand = (u: number): number => {
    const angle = Math.exp(-u);
    // (h² + k² − 2hk cos φ) / (2 sin² φ), without cancellation at small φ.
    const exponent = (0.5 * (h - k) ** 2) / Math.sin(angle) ** 2 + (h * k) / (1 + Math.cos(angle));
    return angle * Math.exp(-exponent);
  };
  return integratePanels(integrand, breaks, 16);
}

const WIDEST = 1.25;
const NODES = 10;
const LEVELS = 9;

/** Everything about one γ that does not depend on n. */
interface OutputMoments {
  readonly gamma: number;
  readonly weight: number;
  /** K(γ, γ) and Σ(γ, γ). */
  readonly ownTangent: number;
  readonly ownOutput: number;
  /** Mean and variance of K(γ, γ′) γ′. */
  readonly mean: number;
  readonly variance: number;
  /** E K² Σ(γ′, γ′), E K(γ, γ′) Σ(γ′, γ″) K(γ, γ″), E K Σ(γ′, γ). */
  readonly single: number;
  readonly double: number;
  readonly cross: number;
}

/**
 * Approximate alignment of the first joint step with x*_i − x_i, x*_i = scale γ_i, where the outputs start as
 * x_i = f₀(γ_i) with a normal process f₀ of covariance Σ, as those of an infinitely wide network do:
 *
 *     A(n) ≈ E_γ E sgn(X) sgn(Y),   X = Σ_j K(γ, γ_j) r_j,   Y = r = scale γ − f₀(γ)
 *
 * with (X, Y) treated as bivariate normal given γ; exact moments. A(1) = 1 exactly. As n → ∞ the curve ends at a plateau
 * below 1, the value at n = ∞: a random output is the same error for all examples, which no number of them averages
 * out. An approximation: measured error
 * at most 0.032 for n >= 2 and 0.016 for n >= 8 (ReLU and erf); its integrals are exact to about 1e-8. Source: ours.
 *
 * @param scale  > 0, at most 1e9; 10 unless given
 * @returns the curve, a function of an integer n >= 1 or of ∞ (anything else throws); takes up to half a second to prepare
 * @example
 * import { pairKernel } from './pair-kernel.ts';
 * import { uniformInputs } from './symmetric-inputs.ts';
 * const curve = randomOutputCurve(pairKernel('erf'), uniformInputs());
 * curve(Infinity).toFixed(4); // => '0.7779'
 */
export function randomOutputCurve(kernel: PairKernel, inputs: SymmetricInputs, scale = 10): (n: number) => number {
  requireNumber('randomOutputCurve: "scale"', scale, { above: 0, maximum: 1e9 });
  const outer = halfLineRule(inputs, breaksTowardsZero(inputs.reach, LEVELS), WIDEST, NODES);
  const all = Array.from(outer.t, (gamma, k) => momentsAt(kernel, inputs, gamma, outer.weight[k]!));
  return (n) => {
    if (n !== Number.POSITIVE_INFINITY) requireExamples('randomOutputCurve', n);
    if (n === 1) return 1;
    return all.reduce((sum, moments) => sum + 2 * moments.weight * agreementAt(moments, n, scale), 0);
  };
}

/** E sgn(X) sgn(Y) given γ; X over n where n is infinite. */
function agreementAt(moments: OutputMoments, n: number, scale: number): number {
  const { gamma, ownTangent, ownOutput, mean, variance, single, double, cross } = moments;
  // X / (n − 1): finite for every n.
  const others = n - 1;
  const own = ownTangent / others;
  const meanX = scale * (mean + own * gamma);
  const varianceX =
    (single + scale * scale * variance) / others + (1 - 1 / others) * double + 2 * own * cross + own * own * ownOutput;
  const covariance = cross + own * ownOutput;
  const spreads = Math.sqrt(varianceX) * Math.sqrt(ownOutput);
  const rho = Math.max(-1, Math.min(1, covariance / spreads));
  return signCorrelation(meanX / Math.sqrt(varianceX), (scale * gamma) / Math.sqrt(ownOutput), rho);
}

function momentsAt(kernel: PairKernel, inputs: SymmetricInputs, gamma: number, weight: number): OutputMoments {
  const rule = halfLineRule(inputs, [0, gamma, inputs.reach], WIDEST, NODES);
  const { t } = rule;
  const same = t.map((at, k) => rule.weight[k]! * kernel.tangent(gamma, at));
  const opposite = t.map((at, k) => rule.weight[k]! * kernel.tangent(gamma, -at));
  let [single, cross] = [0, 0];
  t.forEach((at, k) => {
    const density = rule.weight[k]!;
    if (density === 0) return;
    single += ((same[k]! ** 2 + opposite[k]! ** 2) / density) * kernel.output(at, at);
    cross += same[k]! * kernel.output(at, gamma) + opposite[k]! * kernel.output(-at, gamma);
  });
  return {
    gamma,
    weight,
    ownTangent: kernel.tangent(gamma, gamma),
    ownOutput: kernel.output(gamma, gamma),
    ...couplingMoments(kernel, inputs, gamma),
    single,
    double: doubleIntegral(kernel, rule, same, opposite),
    cross,
  };
}

/** Σ K Σ K over both signs of both points, with Σ(a, b) = Σ(−a, −b). */
function doubleIntegral(kernel: PairKernel, { t }: HalfLineRule, same: Float64Array, opposite: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < t.length; i++) {
    for (let j = 0; j <= i; j++) {
      const factor = i === j ? 1 : 2;
      const [a, b] = [t[i]!, t[j]!];
      sum += factor * kernel.output(a, b) * (same[i]! * same[j]! + opposite[i]! * opposite[j]!);
      sum += factor * kernel.output(a, -b) * (same[i]! * opposite[j]! + opposite[i]! * same[j]!);
    }
  }
  return sum;
}
