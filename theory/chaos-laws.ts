import erf from '@stdlib/math-base-special-erf';
import { requireNumber } from '../src/core/errors.ts';
import { stableAlignment, threeWayCrossing } from './chaos.ts';
import { chaosBounds } from './weighted-majority.ts';

/**
 * Laws for the alignment of the sum of n gradients of log-normal size, see `chaos.ts`. They are approximations: each
 * is cut to `chaosBounds`, has a range, and a budget by which it may be off there.
 */

/** n examples, signs right with probability p, sizes exp(τ zᵢ). */
export interface ChaoticSum {
  /** An integer in [1, 2^53]. */
  readonly n: number;
  /** In [0, 1]. */
  readonly p: number;
  /** D√T >= 0; Infinity is allowed. */
  readonly tau: number;
}

function requireChaos(where: string, { n, p, tau }: ChaoticSum): void {
  requireNumber(`${where}: "n"`, n, { minimum: 1, maximum: 2 ** 53, integer: true });
  requireNumber(`${where}: "p"`, p, { minimum: 0, maximum: 1 });
  if (tau !== Number.POSITIVE_INFINITY) requireNumber(`${where}: "tau"`, tau, { minimum: 0 });
}

/** The value, moved into what holds for every τ. */
function withinBounds({ n, p }: ChaoticSum, value: number): number {
  const { lower, upper } = chaosBounds(n, p);
  return Math.min(upper, Math.max(lower, value));
}

/** Where `chaoticSumStrong` may be used, and how far it is off there. Measured. */
export const STRONG_CHAOS_RANGE = { smallestTau: 3, mostExamples: 100, budget: 0.035 } as const;

/**
 * Strong chaos, τ → ∞: (2p − 1)[1 + (π²/6) pq cₙ/τ²], cₙ of `threeWayCrossing`, q = 1 − p. An approximation, off by at
 * most `STRONG_CHAOS_RANGE.budget` in that range; elsewhere it is only cut to the bounds. T7c, ours.
 *
 * @param sum  see `ChaoticSum`; anything else throws
 * @example
 * chaoticSumStrong({ n: 10, p: 0.6, tau: 5 }).toFixed(4); // => '0.2108'
 */
export function chaoticSumStrong(sum: ChaoticSum): number {
  requireChaos('chaoticSumStrong', sum);
  const { n, p, tau } = sum;
  const size = (Math.PI ** 2 / 6) * p * (1 - p) * threeWayCrossing(n);
  const excess = size === 0 ? 0 : size / tau / tau;
  return excess === 0 ? 2 * p - 1 : withinBounds(sum, (2 * p - 1) * Math.min(1 + excess, Number.MAX_VALUE));
}

/** Where `chaoticSumFrozen` may be used, and how far it is off there. Measured. */
export const FROZEN_RANGE = { largestIndex: 0.5, budget: 0.04 } as const;

/** αₙ = √(cₙ/2)/τ: the index of `chaoticSumFrozen`; 0 at τ = ∞ and for n < 3, Infinity at τ = 0 otherwise. T7d, ours. */
export function freezingIndex(n: number, tau: number): number {
  requireChaos('freezingIndex', { n, p: 0.5, tau });
  const crossing = threeWayCrossing(n);
  return crossing === 0 ? 0 : Math.sqrt(crossing / 2) / tau;
}

/**
 * The stable law at finite n: `stableAlignment` at αₙ = √(cₙ/2)/τ, which agrees with `chaoticSumStrong` to first order
 * in 1/τ². An approximation, off by at most `FROZEN_RANGE.budget` where αₙ <= `FROZEN_RANGE.largestIndex`; near αₙ = 1 by
 * up to 0.4. T7d, ours.
 *
 * @param sum  see `ChaoticSum`; anything else throws
 * @example
 * chaoticSumFrozen({ n: 100, p: 0.8, tau: 5 }).toFixed(4); // => '0.6761'
 */
export function chaoticSumFrozen(sum: ChaoticSum): number {
  requireChaos('chaoticSumFrozen', sum);
  return withinBounds(sum, stableAlignment(freezingIndex(sum.n, sum.tau), sum.p));
}

/** Where `chaoticSumMild` may be used, and how far it is off there. Measured. */
export const MILD_CHAOS_RANGE = { largestTau: 1, fewestExamples: 30, budget: 0.04 } as const;

/**
 * Mild chaos, n ≫ e^{3τ²}: the central limit theorem, erf(√(n/2) (2p − 1)/√(e^{τ²} − (2p − 1)²)); n counts as n e^{−τ²}.
 * An approximation, off by at most `MILD_CHAOS_RANGE.budget` in that range, and far too low for τ >= 2. T7e, ours.
 *
 * @param sum  see `ChaoticSum`; anything else throws
 * @example
 * chaoticSumMild({ n: 100, p: 0.6, tau: 1 }).toFixed(4); // => '0.7783'
 */
export function chaoticSumMild(sum: ChaoticSum): number {
  requireChaos('chaoticSumMild', sum);
  const { n, p, tau } = sum;
  const skew = 2 * p - 1;
  if (skew === 0) return 0;
  // e^{τ²} − (2p − 1)² = (e^{τ²} − 1) + 4pq has no cancellation.
  const spread = Math.sqrt(Math.expm1(tau * tau) + 4 * p * (1 - p));
  return withinBounds(sum, erf((Math.sqrt(n / 2) * skew) / spread));
}

/**
 * Predictability horizon of the sum of losses, T_c = 2 ln n/D²: beyond it the alignment stays below 1 however the n
 * examples are summed, so that each further unit of time takes e^{D²/2} times as many. Voting has no horizon. T7d, ours.
 *
 * @param n          integer in [1, 2^53]
 * @param diffusion  D >= 0, spread of the logarithm of a gradient per root of time; 0 gives Infinity
 * @example
 * predictabilityHorizon(Math.round(Math.E ** 8), 2).toFixed(3); // => '4.000'
 */
export function predictabilityHorizon(n: number, diffusion: number): number {
  requireNumber('predictabilityHorizon: "n"', n, { minimum: 1, maximum: 2 ** 53, integer: true });
  requireNumber('predictabilityHorizon: "diffusion"', diffusion, { minimum: 0 });
  return diffusion === 0 ? Number.POSITIVE_INFINITY : (2 * Math.log(n)) / diffusion / diffusion;
}
