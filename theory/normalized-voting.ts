import { requireNumber } from '../src/core/errors.ts';
import { axialStepAlignment } from './gaussian-step.ts';
import {
  alignment,
  meanSquareCosine,
  meanSquareSine,
  smallSignalSlope,
  squaredSlopeOverMoment,
} from './noise-averaging.ts';
import { meanWalkLength } from './random-walk.ts';
import { requireCount, requireSignal } from './signal-arguments.ts';

/** The step Σ g_i/|g_i| in d dimensions, each example with length 1 (T3d of `theory/README.md`, ours). */

function requirePlane(where: string, d: number): void {
  requireNumber(`${where}: "d"`, d, { minimum: 2 });
}

/**
 * Angular-variance efficiency of normalized voting against the plain sum for n → ∞:
 * (d−1) A_d(μ₁)² / (μ₁² (1 − E cos²)) = A_d(μ₁)²/(μ₁² J_d(μ₁)). d c_d² without signal (π/4 for d = 2), 1 for μ₁ → ∞.
 *
 * @param d    dimension, finite, >= 2
 * @param mu1  |s|/σ of one example, >= 0, ∞ included. Anything else throws `out-of-range` or `not-finite`
 * @returns in [π/4, 1]
 * @example
 * normalizedVoteEfficiency(2, 0); // => 0.78539816339744…
 * normalizedVoteEfficiency(1000, 1); // => 0.99950012555725…
 */
export function normalizedVoteEfficiency(d: number, mu1: number): number {
  requirePlane('normalizedVoteEfficiency', d);
  requireSignal('normalizedVoteEfficiency: "mu1"', mu1, 0);
  return squaredSlopeOverMoment(d, mu1);
}

/**
 * First-order expansion of the alignment of n normalized gradients for weak signals, exact in n: μ₁ c_d E|S_n|, where S_n
 * is a walk of n unit steps in random directions. The error is O(μ₁³); the sum has μ₁ c_d √n there.
 *
 * @param d    2 or 3, or any integer >= 2 where n <= 2, as for `meanWalkLength`
 * @param n    examples, integer >= 1
 * @param mu1  |s|/σ of one example, in [0, 1]. Anything else throws `out-of-range` or `not-finite`
 * @example
 * weakSignalVoteAlignment(3, 2, 0.05); // => 0.03546153603568…
 */
export function weakSignalVoteAlignment(d: number, n: number, mu1: number): number {
  requireNumber('weakSignalVoteAlignment: "mu1"', mu1, { minimum: 0, maximum: 1 });
  return mu1 * smallSignalSlope(d) * meanWalkLength(d, n);
}

/**
 * Bias budget of `normalizedVoteApproximation`, times n: it is off by at most 0.15/n. Measured against Monte Carlo for d = 2, 3,
 * 4, 5, 10, n to 50 and μ₁ from 0.1 to 3, where the largest n |error| was 0.117 ± 0.007 (d = 2, n = 10, μ₁ = 0.7).
 */
export const NORMALIZED_VOTE_BIAS = 0.15;

/**
 * Approximation, not exact: the alignment of n normalized gradients if their sum were Gaussian, with mean n A_d(μ₁) along s
 * and variances n (E cos² − A_d²) along it and n (1 − E cos²)/(d−1) across. Off by up to
 * `NORMALIZED_VOTE_BIAS`/n.
 *
 * @param d    integer >= 2
 * @param n    examples, integer >= 1; for n = 1 `alignment(d, mu1)` is exact
 * @param mu1  |s|/σ of one example, >= 0, ∞ included. Anything else throws `out-of-range` or `not-finite`
 * @example
 * normalizedVoteApproximation(2, 10, 1); // => 0.935111077299…
 */
export function normalizedVoteApproximation(d: number, n: number, mu1: number): number {
  requireNumber('normalizedVoteApproximation: "d"', d, { minimum: 2, integer: true });
  requireCount('normalizedVoteApproximation: "n"', n);
  requireSignal('normalizedVoteApproximation: "mu1"', mu1, 0);
  const mean = alignment(d, mu1);
  const along = Math.max(0, meanSquareCosine(d, mu1) - mean * mean);
  return axialStepAlignment(d, Math.sqrt(n) * mean, along, meanSquareSine(d, mu1) / (d - 1));
}
