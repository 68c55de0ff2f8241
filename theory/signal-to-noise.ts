import { InverseClaimsError, requireNumber } from '../src/core/errors.ts';

/**
 * Signal-to-noise ratio of a weighted mean of gradients with unequal noise (T1 of `theory/README.md`): all that the
 * alignment of the mean depends on, besides the dimension.
 */

/** Largest noise, after all were found to be finite and positive and at least one. */
function largestNoise(where: string, noise: readonly number[]): number {
  if (noise.length === 0) {
    throw new InverseClaimsError('shape-mismatch', {
      where: `${where}: "noise"`,
      expected: 'the standard deviation of at least one example',
      received: 'none',
    });
  }
  for (const sigma of noise) requireNumber(`${where}: "noise"`, sigma, { above: 0 });
  return noise.reduce((largest, sigma) => Math.max(largest, sigma));
}

function requireWeights(weights: readonly number[], count: number): number {
  const largest = weights.reduce(
    (most, w) => Math.max(most, Math.abs(requireNumber('signalToNoise: "weights"', w))),
    0,
  );
  if (weights.length === count && largest > 0) return largest;
  throw new InverseClaimsError(weights.length === count ? 'out-of-range' : 'shape-mismatch', {
    where: 'signalToNoise: "weights"',
    expected: `${count} numbers, one per example, not all of them 0`,
    received: `${weights.length} numbers`,
  });
}

/**
 * μ = |s| Σ w_i / √(Σ w_i² σ_i²) of the step Σ w_i g_i, g_i ~ N(s, σ_i² I): then its alignment is `alignment(d, μ)`.
 * √n |s|/σ for equal weights and noise.
 *
 * @param signal   |s|, finite and >= 0
 * @param noise    standard deviations σ_i per component, at least one, finite and > 0
 * @param weights  w_i, as many, finite, not all 0; equal unless given. Invalid input throws `out-of-range`, `not-finite` or
 *                 `shape-mismatch`
 * @example
 * signalToNoise(0.5, [1, 1, 1, 1]); // => 1
 * signalToNoise(1, [1, 2], [4, 1]); // => 1.118033988749…
 */
export function signalToNoise(signal: number, noise: readonly number[], weights?: readonly number[]): number {
  requireNumber('signalToNoise: "signal"', signal, { minimum: 0 });
  const unit = largestNoise('signalToNoise', noise);
  const given = weights ?? noise.map(() => 1);
  const most = requireWeights(given, noise.length);
  const scaled = given.map((w) => w / most);
  const total = scaled.reduce((sum, w) => sum + w, 0);
  if (total === 0 || signal === 0) return 0;
  return (signal / unit) * (total / Math.hypot(...scaled.map((w, i) => w * ((noise[i] as number) / unit))));
}

/**
 * Largest signal-to-noise ratio of any weighted mean, |s| √(Σ σ_i^−2), reached with weights σ_i^−2 (Cauchy–Schwarz).
 *
 * @param signal  as for `signalToNoise`
 * @param noise   as for `signalToNoise`
 * @example
 * optimalSignalToNoise(1, [1, 2]); // => 1.118033988749…
 */
export function optimalSignalToNoise(signal: number, noise: readonly number[]): number {
  requireNumber('optimalSignalToNoise: "signal"', signal, { minimum: 0 });
  const unit = largestNoise('optimalSignalToNoise', noise);
  return (signal / unit) * Math.hypot(...noise.map((sigma) => unit / sigma));
}
