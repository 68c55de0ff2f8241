import erf from '@stdlib/math-base-special-erf';
import { requireNumber } from '../src/core/errors.ts';
import { normalCdf } from '../src/numerics/normal-distribution.ts';
import { checkedSignalToNoise, requireCount, requireSignal } from './signal-arguments.ts';

/**
 * The sum of n losses in one dimension (T2 of `theory/README.md`): gradients s + σ z_i, z_i independent standard normal;
 * the step is right where the sum has the sign of s. The case d = 1 of noise averaging.
 */

/**
 * P(sign Σ g_i = sign s) = Φ(√n |s|/σ).
 *
 * @param n       examples, integer >= 1
 * @param signal  |s| >= 0, ∞ included
 * @param sigma   finite, > 0. Anything else throws `out-of-range` or `not-finite`
 * @example
 * sumCorrectProbability(4, 0.5, 1); // => 0.84134474606854…
 * sumCorrectProbability(4, 0, 1); // => 0.5
 */
export function sumCorrectProbability(n: number, signal: number, sigma: number): number {
  return normalCdf(checkedSignalToNoise('sumCorrectProbability', n, signal, sigma));
}

/**
 * P(sign Σ g_i ≠ sign s) = Φ(−μ), μ = √n |s|/σ, with a relative error of about μ² rounding errors where it is tiny.
 *
 * @param n       as for `sumCorrectProbability`
 * @param signal  as for `sumCorrectProbability`
 * @param sigma   as for `sumCorrectProbability`
 * @example
 * sumWrongProbability(100, 1, 1).toPrecision(10); // => '7.619853024e-24'
 */
export function sumWrongProbability(n: number, signal: number, sigma: number): number {
  return normalCdf(-checkedSignalToNoise('sumWrongProbability', n, signal, sigma));
}

/**
 * Alignment of the sum, E sign(Σ g_i) sign(s) = erf(√(n/2) |s|/σ).
 *
 * @param n       as for `sumCorrectProbability`
 * @param signal  as for `sumCorrectProbability`
 * @param sigma   as for `sumCorrectProbability`
 * @example
 * sumAlignment(4, 0.5, 1); // => 0.68268949213708…
 */
export function sumAlignment(n: number, signal: number, sigma: number): number {
  return erf(checkedSignalToNoise('sumAlignment', n, signal, sigma) * Math.SQRT1_2);
}

/**
 * Alignment of the sum under Cauchy noise of scale γ: (2/π) arctan(|s|/γ), whatever the number of examples, because the
 * mean of n Cauchy variables has the law of one.
 *
 * @param n       examples, integer >= 1; changes nothing
 * @param signal  |s| >= 0, ∞ included
 * @param scale   γ, finite, > 0. Anything else throws `out-of-range` or `not-finite`
 * @example
 * cauchySumAlignment(1, 1, 1); // => 0.5
 * cauchySumAlignment(1000, 1, 1); // => 0.5
 */
export function cauchySumAlignment(n: number, signal: number, scale: number): number {
  requireCount('cauchySumAlignment: "n"', n);
  requireSignal('cauchySumAlignment: "signal"', signal, 0);
  requireNumber('cauchySumAlignment: "scale"', scale, { above: 0 });
  return Math.atan(signal / scale) / (Math.PI / 2);
}

/** Shevtsova's constant for identically distributed summands is below 0.4748; rounded up. */
const BERRY_ESSEEN = 0.475;

/**
 * How far P(sign Σ g_i = sign s) can be from Φ(√n |s|/σ) for any noise: 0.475 ρ/√n (Berry–Esseen), at most 1.
 *
 * @param n            examples, integer >= 1
 * @param thirdMoment  ρ = E|ε|³/σ³ of the noise, finite and >= 1 (as it is for every law). Else `out-of-range` or `not-finite`
 * @example
 * berryEsseenBound(100, 1.6); // => 0.076
 * @see Shevtsova, "On the absolute constants in the Berry–Esseen type inequalities", arXiv 1111.6554 (2011).
 */
export function berryEsseenBound(n: number, thirdMoment: number): number {
  requireCount('berryEsseenBound: "n"', n);
  requireNumber('berryEsseenBound: "thirdMoment"', thirdMoment, { minimum: 1 });
  return Math.min(1, (BERRY_ESSEEN * thirdMoment) / Math.sqrt(n));
}
