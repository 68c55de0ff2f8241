import erf from '@stdlib/math-base-special-erf';
import { requireNumber } from '../src/core/errors.ts';
import { shiftedWalkSign } from './random-walk-sign.ts';
import { majorityVote } from './voting.ts';

/**
 * Landscapes that differ between examples: Lᵢ(x) = ½ (sin(2x + φᵢ) − sin(2x* + φᵢ))², φᵢ independent and uniform,
 * δ = |x − x*|. Then gᵢ = 2 sin δ (cos δ + cos ψᵢ) with ψᵢ independent and uniform.
 */

function requireCase(where: string, n: number, delta: number): void {
  if (n !== Number.POSITIVE_INFINITY)
    requireNumber(`${where}: "n"`, n, { minimum: 1, maximum: 2 ** 53, integer: true });
  requireNumber(`${where}: "delta"`, delta, { minimum: 0, maximum: Math.PI });
}

/** The sign of cos δ: what both rules tend to. At δ = π/2 there is no preferred direction. */
function limit(delta: number): number {
  return delta === Math.PI / 2 ? 0 : Math.sign(Math.cos(delta));
}

/**
 * Alignment of the majority vote, W_n(1 − δ/π): one example is right with probability 1 − δ/π. T4b, ours; exact.
 *
 * @param n      examples: an integer in [1, 2^53], or Infinity
 * @param delta  distance from the solution in [0, π]; at 0 and π the limits 1 and −1
 * @example
 * independentLandscapesVote(3, 1).toFixed(12); // => '0.521079035879'
 */
export function independentLandscapesVote(n: number, delta: number): number {
  requireCase('independentLandscapesVote', n, delta);
  if (n === Number.POSITIVE_INFINITY) return limit(delta);
  return delta === Math.PI / 2 ? 0 : majorityVote(n, 1 - delta / Math.PI);
}

/**
 * Alignment of the sum of losses, E sgn(n cos δ + Σ cos ψᵢ) = (2/π) ∫₀^∞ sin(nt cos δ)/t · J₀(t)ⁿ dt: the sum repairs
 * the landscape, since the mean loss ½ − ½ cos 2δ has no false minimum in |δ| < π/2. T4b, ours; absolute error below 1e-14.
 *
 * @param n      examples: an integer in [1, 2^53], or Infinity
 * @param delta  distance from the solution in [0, π]; at 0 and π the limits 1 and −1
 * @see Pearson, Nature 72 (1905) 294, for the walk; Kluyver (1906) for products of Bessel functions.
 * @example
 * independentLandscapesSum(3, 1).toFixed(12); // => '0.799898344558'
 * independentLandscapesSum(1, 1).toFixed(12); // => '0.363380227632'
 */
export function independentLandscapesSum(n: number, delta: number): number {
  requireCase('independentLandscapesSum', n, delta);
  if (n === Number.POSITIVE_INFINITY || delta === 0 || delta === Math.PI) return limit(delta);
  if (n === 1) return 1 - (2 * delta) / Math.PI;
  return delta === Math.PI / 2 ? 0 : shiftedWalkSign(n, Math.cos(delta));
}

/** Where `independentLandscapesClt` may be used, and how far it is off there at most, over all δ. Measured. */
export const INDEPENDENT_LANDSCAPES_CLT_RANGE = { fewestExamples: 3, budget: 0.034 } as const;

/**
 * Central limit theorem for `independentLandscapesSum`: erf(√n cos δ), because a cos ψ has variance ½. An approximation:
 * off by at most `INDEPENDENT_LANDSCAPES_CLT_RANGE.budget` for n >= 3, and by less the larger n. T4b, ours.
 *
 * @param n      examples: an integer in [1, 2^53], or Infinity
 * @param delta  distance from the solution in [0, π]
 * @example
 * independentLandscapesClt(3, 1).toFixed(6); // => '0.814319'
 */
export function independentLandscapesClt(n: number, delta: number): number {
  requireCase('independentLandscapesClt', n, delta);
  if (n === Number.POSITIVE_INFINITY) return limit(delta);
  return delta === Math.PI / 2 ? 0 : erf(Math.sqrt(n) * Math.cos(delta));
}
