import erfc from '@stdlib/math-base-special-erfc';
import { requireDimension, requireSignal } from './signal-arguments.ts';

/**
 * Noise averaging in d dimensions (T1 of `theory/README.md`, ours): the cosine between a mean gradient s + noise and s.
 * With u ~ N(μ e₁, I_d) and μ = √n |s|/σ it is u₁/|u|, whose mean is A_d(μ).
 */

const SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);

/** Step of the trapezoidal rules: their errors fall like exp(−2π·(π/2)/h), and the peak is never narrower than 1/√(μ² + d). */
const LARGEST_STEP = 0.12;
const STEPS_PER_WIDTH = 0.45;
const NEGLIGIBLE = 1e-18;

/** From μ² + d = 2^55 on, bounds around the value are closer to each other than neighboring floats. */
const ASYMPTOTIC = 2 ** 55;

/** The logarithmic scale of the second moment: integrands are analytic to |Im x| < π/2 and span 45 e-foldings. */
const LOG_STEP = 0.25;

function stepFor(d: number, mu: number): number {
  return Math.min(LARGEST_STEP, STEPS_PER_WIDTH / Math.sqrt(mu * mu + d + 1));
}

/**
 * A_d(μ)/μ = √(2/π) ∫₀^∞ exp(−½ μ² tanh² y) cosh^{−(d+1)} y dy for finite μ: even in μ, and at 0 the slope c_d.
 * The integrand is even and analytic, so the trapezoidal rule converges exponentially and nothing cancels.
 */
function alignmentPerSignal(d: number, mu: number): number {
  if (mu * mu + d > ASYMPTOTIC) return 1 / Math.hypot(mu, Math.sqrt(d));
  const h = stepFor(d, mu);
  let sum = 0.5;
  for (let k = 1; ; k++) {
    const sinh = Math.sinh(k * h);
    const square = sinh * sinh;
    const term = Math.exp(-0.5 * mu * mu * (square / (1 + square)) - 0.5 * (d + 1) * Math.log1p(square));
    sum += term;
    if (term < NEGLIGIBLE * sum) return SQRT_TWO_OVER_PI * h * sum;
  }
}

/**
 * Expected cosine A_d(μ) = E u₁/|u|, u ~ N(μ e₁, I_d), between the mean of n noisy gradients and their common
 * noise-free gradient, where μ = √n |s|/σ; for d = 1 twice the probability of the right sign, minus 1.
 *
 * A_d(μ) = μ √(2/π) ∫₀^∞ exp(−½ μ² tanh² y) cosh^{−(d+1)} y dy; relative error at most 4e-15 (measured, d to 1e4).
 *
 * @param d   dimension, a finite number >= 1, not only integers; else `out-of-range` or `not-finite`
 * @param mu  signal-to-noise ratio of the mean, any number, ±∞ included; odd in it. NaN throws `not-finite`
 * @returns in [−1, 1]
 * @example
 * alignment(3, 1); // => 0.48394144903828…
 * alignment(100, 0); // => 0
 * alignment(2, Infinity); // => 1
 */
export function alignment(d: number, mu: number): number {
  requireDimension('alignment: "d"', d);
  requireSignal('alignment: "mu"', mu);
  if (Math.abs(mu) === Number.POSITIVE_INFINITY) return Math.sign(mu);
  // Rounding can leave the last place beyond 1.
  return Math.max(-1, Math.min(1, mu * alignmentPerSignal(d, mu)));
}

/** 1 − A_d(μ) for finite μ >= 0. */
function positiveMisalignment(d: number, mu: number): number {
  if (d === 1) return erfc(mu * Math.SQRT1_2);
  if (mu * mu + d > ASYMPTOTIC) {
    const length = Math.hypot(mu, Math.sqrt(d - 1));
    return (d - 1) / length / (length + mu);
  }
  const value = mu * alignmentPerSignal(d, mu);
  if (value < 0.5) return 1 - value;
  // The width of the integrand is 1/μ here, not much more than that of the rule's steps because μ² > d/4.
  const h = stepFor(d, mu);
  let sum = 0;
  for (let k = 1; ; k++) {
    const sinh = Math.sinh(k * h);
    const square = sinh * sinh;
    const envelope = Math.exp(-0.5 * mu * mu * (square / (1 + square))) / (1 + square);
    sum -= envelope * Math.expm1(-0.5 * (d - 1) * Math.log1p(square));
    if (envelope <= NEGLIGIBLE * sum) return erfc(mu * Math.SQRT1_2) + mu * SQRT_TWO_OVER_PI * h * sum;
  }
}

/**
 * 1 − A_d(μ) without cancellation:
 * erfc(μ/√2) + μ √(2/π) ∫₀^∞ exp(−½ μ² tanh² y) sech² y (1 − cosh^{−(d−1)} y) dy; relative error at most 2e-14 (measured).
 *
 * @param d   as for `alignment`
 * @param mu  as for `alignment`
 * @returns in [0, 2]; for d = 1 exponentially small in μ, otherwise about (d − 1)/(2 μ²)
 * @example
 * misalignment(1, 10).toPrecision(10); // => '1.523970605e-23'
 * misalignment(3, 1e6).toPrecision(10); // => '1.000000000e-12'
 */
export function misalignment(d: number, mu: number): number {
  requireDimension('misalignment: "d"', d);
  requireSignal('misalignment: "mu"', mu);
  if (Math.abs(mu) === Number.POSITIVE_INFINITY) return mu > 0 ? 0 : 2;
  return mu < 0 ? 2 - positiveMisalignment(d, -mu) : positiveMisalignment(d, mu);
}

/**
 * J_d(μ) = ∫₀¹ t^{d−1} e^{−½ μ² (1−t²)} dt = ½ ∫₀^∞ (1+s)^{−(d+2)/2} e^{−½ μ² s/(1+s)} ds on the grid s = e^x, where μ² + d
 * is not huge: (d−1) J_d is the mean square sine and J_d + μ² J_{d+2} the mean square cosine, both without cancellation.
 */
function inverseSquareMoment(d: number, mu: number): number {
  const term = (x: number): number => {
    const s = Math.exp(x);
    return Math.exp(x - 0.5 * (d + 2) * Math.log1p(s) - 0.5 * mu * mu * (s / (1 + s)));
  };
  const peak = -Math.log(0.5 * (mu * mu + d));
  let sum = term(peak);
  for (const side of [-1, 1]) {
    for (let k = 1; ; k++) {
      const next = term(peak + side * k * LOG_STEP);
      sum += next;
      if (next < NEGLIGIBLE * sum) break;
    }
  }
  return 0.5 * LOG_STEP * sum;
}

/**
 * Second moment E (u₁/|u|)² = ∫₀¹ t^{d−1} (1 + μ² t²) e^{−½ μ² (1−t²)} dt, u ~ N(μ e₁, I_d): with `alignment` it gives the
 * variance of a single cosine. 1/d without signal, 1 for d = 1. Relative error at most 1e-14 (measured).
 *
 * @param d   as for `alignment`
 * @param mu  as for `alignment`; even in it
 * @returns in [0, 1]
 * @example
 * meanSquareCosine(2, 1); // => 0.60653065971263…
 * meanSquareCosine(4, 0).toFixed(14); // => '0.25000000000000'
 */
export function meanSquareCosine(d: number, mu: number): number {
  requireDimension('meanSquareCosine: "d"', d);
  requireSignal('meanSquareCosine: "mu"', mu);
  if (d === 1 || Math.abs(mu) === Number.POSITIVE_INFINITY) return 1;
  if (mu * mu + d > ASYMPTOTIC) return (Math.hypot(1, mu) / Math.hypot(mu, Math.sqrt(d))) ** 2;
  return Math.min(1, inverseSquareMoment(d, mu) + mu * mu * inverseSquareMoment(d + 2, mu));
}

/**
 * Mean square sine 1 − E (u₁/|u|)² = (d−1) ∫₀¹ t^{d−1} e^{−½ μ² (1−t²)} dt without cancellation. Relative error at most 1e-14.
 *
 * @param d   as for `alignment`
 * @param mu  as for `alignment`; even in it
 * @returns in [0, 1]
 * @example
 * meanSquareSine(2, 0).toFixed(14); // => '0.50000000000000'
 */
export function meanSquareSine(d: number, mu: number): number {
  requireDimension('meanSquareSine: "d"', d);
  requireSignal('meanSquareSine: "mu"', mu);
  if (Math.abs(mu) === Number.POSITIVE_INFINITY) return 0;
  if (mu * mu + d > ASYMPTOTIC) {
    const length = Math.hypot(mu, Math.sqrt(d));
    return (d - 1) / length / length;
  }
  return (d - 1) * inverseSquareMoment(d, mu);
}

/**
 * Slope c_d = A_d′(0) = Γ((d+1)/2) / (√2 Γ(d/2+1)) of the alignment without signal: A_d(μ) ≈ c_d μ, the √n law.
 * About (d + ½)^{−1/2}.
 *
 * @param d  as for `alignment`
 * @example
 * smallSignalSlope(2); // => 0.62665706865775…
 */
export function smallSignalSlope(d: number): number {
  return alignmentPerSignal(requireDimension('smallSignalSlope: "d"', d), 0);
}

/**
 * Relative gain A_d(μ)² / (μ² J_d(μ)) that compares directions weighted by length with directions alone; see
 * `normalizedVoteEfficiency`. 1 for μ = ∞.
 */
export function squaredSlopeOverMoment(d: number, mu: number): number {
  if (mu * mu + d > ASYMPTOTIC) return 1;
  return alignmentPerSignal(d, mu) ** 2 / inverseSquareMoment(d, mu);
}
