import { InverseClaimsError, requireNumber } from '../src/core/errors.ts';

/**
 * Alignment of any Gaussian step (T1b of `theory/README.md`, ours): unequal and correlated noise, and the central-limit
 * approximation of sums of anything.
 */

/** u ~ N(mean, diag(variances)) in the eigenbasis of its covariance. */
export interface GaussianStep {
  readonly mean: readonly number[];
  /** >= 0; 0 where the step does not vary. */
  readonly variances: readonly number[];
  /** The desired direction, of any length but 0. */
  readonly direction: readonly number[];
}

/** `count` axes with the same mean m, variance λ and product of direction and mean a m. */
interface Axes {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
  readonly towards: number;
}

/** Step of the trapezoidal rule: the integrand is bounded for |Im y| < π/4, so its error is about exp(−2π·(π/4)/h). */
const STEP = 0.12;
const NEGLIGIBLE = 1e-18;

/**
 * √(2/π) ∫₀^∞ Π (1+t²λ_j)^{−1/2} exp(−½ Σ t²m_j²/(1+t²λ_j)) Σ a_j m_j/(1+t²λ_j) dt by the trapezoidal rule in
 * t = sinh(y)/width: the integrand is even in y, resolved near 0, and every scale of the variances further out is one of
 * log t. The sum may cancel, so it ends where a bound on its terms is small.
 */
function integrate(axes: readonly Axes[], width: number): number {
  let sum = 0;
  let bound = 0;
  for (let k = 0; ; k++) {
    const t = Math.sinh(k * STEP) / width;
    let exponent = 0;
    let towards = 0;
    let size = 0;
    for (const axis of axes) {
      const spread = t * axis.variance * t;
      const share = axis.towards / (1 + spread);
      exponent -= 0.5 * axis.count * (Math.log1p(spread) + (t * axis.mean * t * axis.mean) / (1 + spread));
      towards += share;
      size += Math.abs(share);
    }
    const weight = (k === 0 ? 0.5 : 1) * Math.exp(exponent) * Math.cosh(k * STEP);
    sum += weight * towards;
    bound += weight * size;
    if (weight * size <= NEGLIGIBLE * bound) return (Math.sqrt(2 / Math.PI) * STEP * sum) / width;
  }
}

/** The integral after the step was scaled to a length of about 1; 0 without a mean along the direction, by symmetry. */
function scaledIntegral(axes: readonly Axes[]): number {
  if (axes.every(({ towards }) => towards === 0)) return 0;
  const width = Math.hypot(
    ...axes.map(({ count, mean, variance }) => Math.sqrt(count) * Math.hypot(mean, Math.sqrt(variance))),
  );
  const scaled = axes.map((axis) => ({
    ...axis,
    mean: axis.mean / width,
    variance: axis.variance / width / width,
    towards: axis.towards / width,
  }));
  return Math.max(-1, Math.min(1, integrate(scaled, 1)));
}

function requireStep({ mean, variances, direction }: GaussianStep): void {
  if (mean.length === 0 || variances.length !== mean.length || direction.length !== mean.length) {
    throw new InverseClaimsError('shape-mismatch', {
      where: 'gaussianStepAlignment',
      expected: 'mean, variances and direction of the same length, at least 1',
      received: `${mean.length}, ${variances.length} and ${direction.length}`,
    });
  }
  for (const m of mean) requireNumber('gaussianStepAlignment: "mean"', m);
  for (const variance of variances) requireNumber('gaussianStepAlignment: "variances"', variance, { minimum: 0 });
  for (const a of direction) requireNumber('gaussianStepAlignment: "direction"', a);
  if (direction.some((a) => a !== 0)) return;
  throw new InverseClaimsError('out-of-range', {
    where: 'gaussianStepAlignment: "direction"',
    expected: 'a vector that is not zero',
    received: 'zeros',
  });
}

/**
 * E a·u/|u| for a Gaussian step u ~ N(m, diag λ) and the unit vector a along `direction`:
 * √(2/π) ∫₀^∞ Π (1+t²λ_j)^{−1/2} exp(−½ Σ t²m_j²/(1+t²λ_j)) Σ a_j m_j/(1+t²λ_j) dt.
 *
 * Variances may be 0 and may differ by any factor. Equal ones give `alignment(d, |m|/√λ) cos∠(a, m)`. A step that is
 * always zero counts 0. Absolute error at most 1e-14 (measured).
 *
 * @param step  three lists of the same length d >= 1, else `shape-mismatch`; finite numbers, variances >= 0, else
 *              `not-finite` or `out-of-range`
 * @returns in [−1, 1]
 * @example
 * gaussianStepAlignment({ mean: [1, 0], variances: [1, 4], direction: [1, 0] }); // => 0.45679198484893…
 */
export function gaussianStepAlignment(step: GaussianStep): number {
  requireStep(step);
  const { mean, variances, direction } = step;
  const length = Math.hypot(...direction);
  return scaledIntegral(
    mean.map((m, j) => ({
      count: 1,
      mean: m,
      variance: variances[j] as number,
      towards: m * ((direction[j] as number) / length),
    })),
  );
}

/**
 * The same for a step with mean m e₁ along the desired direction, variance `along` on that axis and `across` on each of
 * the d − 1 others: in time that does not depend on d.
 *
 * @param d       integer >= 1
 * @param mean    finite
 * @param along   finite, >= 0
 * @param across  finite, >= 0. Invalid input throws `out-of-range` or `not-finite`
 * @example
 * axialStepAlignment(3, 1, 1, 1); // => 0.48394144903828…
 */
export function axialStepAlignment(d: number, mean: number, along: number, across: number): number {
  requireNumber('axialStepAlignment: "d"', d, { minimum: 1, integer: true });
  requireNumber('axialStepAlignment: "mean"', mean);
  requireNumber('axialStepAlignment: "along"', along, { minimum: 0 });
  requireNumber('axialStepAlignment: "across"', across, { minimum: 0 });
  const axis = { count: 1, mean, variance: along, towards: mean };
  return scaledIntegral(d === 1 ? [axis] : [axis, { count: d - 1, mean: 0, variance: across, towards: 0 }]);
}
