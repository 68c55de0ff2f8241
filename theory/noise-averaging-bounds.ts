import erf from '@stdlib/math-base-special-erf';
import { requireNumber } from '../src/core/errors.ts';
import { smallSignalSlope } from './noise-averaging.ts';
import { requireDimension, requireSignal } from './signal-arguments.ts';

/** Proved bounds and named expansions of the alignment A_d(μ) (T1 of `theory/README.md`, ours). */

/** Two numbers around A_d(μ). */
export interface AlignmentBounds {
  readonly lower: number;
  readonly upper: number;
}

/** μ/√(μ² + k), also where the square overflows. */
function ratio(mu: number, k: number): number {
  return mu === Number.POSITIVE_INFINITY ? 1 : mu / Math.hypot(mu, Math.sqrt(k));
}

/**
 * μ/√(μ²+d+2) <= A_d(μ) <= μ/√(μ²+d−1) · erf √((μ²+d−1)/2): proved for every d >= 1 and μ >= 0, with equality on the
 * right for d = 1. The two differ by a factor of at most about 1 + 1.5/(μ² + d).
 *
 * @param d   dimension, a finite number >= 1; else `out-of-range` or `not-finite`
 * @param mu  signal-to-noise ratio >= 0, ∞ included; else `out-of-range` or `not-finite`
 * @example
 * const { lower, upper } = alignmentBounds(2, 1);
 * [lower.toFixed(9), upper.toFixed(9)]; // => ['0.447213595', '0.595879445']
 */
export function alignmentBounds(d: number, mu: number): AlignmentBounds {
  requireDimension('alignmentBounds: "d"', d);
  requireSignal('alignmentBounds: "mu"', mu, 0);
  if (mu === 0) return { lower: 0, upper: 0 };
  const length = Math.hypot(mu, Math.sqrt(d - 1));
  return { lower: ratio(mu, d + 2), upper: ratio(mu, d - 1) * erf(length * Math.SQRT1_2) };
}

/**
 * Expansion of A_d(μ) for small μ: c_d μ (1 − μ²/(2(d+2))). A lower bound; the alignment exceeds it by at most
 * c_d μ · 3 μ⁴/(8(d+2)(d+4)), because e^{−x} lies between 1 − x and 1 − x + x²/2.
 *
 * @param d   as for `alignmentBounds`
 * @param mu  in [0, √(d+2)], where the expansion is of use; else `out-of-range` or `not-finite`
 * @example
 * smallSignalAlignment(3, 0.25); // => 0.13214963038297…
 */
export function smallSignalAlignment(d: number, mu: number): number {
  requireDimension('smallSignalAlignment: "d"', d);
  requireNumber('smallSignalAlignment: "mu"', mu, { minimum: 0, maximum: Math.sqrt(d + 2) });
  return smallSignalSlope(d) * mu * (1 - (mu * mu) / (2 * (d + 2)));
}

/**
 * Expansion of 1 − A_d(μ) for large μ: (d−1)/(2μ²) − 3(d−1)(d−3)/(8μ⁴). For d >= 3 the first term alone is an upper
 * bound. The error is at most ((d+3)/μ²)³ (measured for d to 1e4); for d = 1 nothing is left but erfc(μ/√2), which no
 * power of 1/μ shows.
 *
 * @param d   as for `alignmentBounds`
 * @param mu  at least 2√(d+3), ∞ included; else `out-of-range` or `not-finite`
 * @example
 * largeSignalMisalignment(5, 100); // => 0.000199970…
 */
export function largeSignalMisalignment(d: number, mu: number): number {
  requireDimension('largeSignalMisalignment: "d"', d);
  requireSignal('largeSignalMisalignment: "mu"', mu, 2 * Math.sqrt(d + 3));
  const perSquare = 1 / mu / mu;
  return (d - 1) * perSquare * (0.5 - 0.375 * (d - 3) * perSquare);
}
