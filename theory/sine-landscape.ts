import erf from '@stdlib/math-base-special-erf';
import erfc from '@stdlib/math-base-special-erfc';
import { InverseClaimsError, requireNumber } from '../src/core/errors.ts';
import { arithmeticGeometricMean } from '../src/numerics/arithmetic-geometric-mean.ts';
import { gradedBreaks, integratePanels } from '../src/numerics/gauss-legendre.ts';
import { smallSignalSlope } from './noise-averaging.ts';
import {
  landscapeIntegral,
  noiseOnlyIntegral,
  type Response,
  type TailIntegral,
  tailIntegral,
  zeroStartTail,
} from './sine-landscape-tail.ts';
import { gaussianVoteAlignment } from './voting.ts';

/**
 * n fits of sin 2x with noisy data and a common start: Lᵢ(x) = ½ (sin 2x − sin 2x* − εᵢ)², εᵢ ~ N(0, σ²).
 */
export interface SineFit {
  /** Examples: an integer in [1, 2^53], or Infinity. */
  readonly n: number;
  /** Standard deviation of the noise, >= 0; Infinity is allowed. */
  readonly sigma: number;
  /** Start and solution are uniform on (−a, a); a in (0, 16]. */
  readonly a: number;
}

/** Wider intervals have more turns of the sine, and integrals that take seconds. */
const WIDEST = 16;

function requireHalfWidth(where: string, a: number): number {
  return requireNumber(`${where}: "a"`, a, { above: 0, maximum: WIDEST });
}

function requireExamples(where: string, n: number): void {
  if (n !== Number.POSITIVE_INFINITY)
    requireNumber(`${where}: "n"`, n, { minimum: 1, maximum: 2 ** 53, integer: true });
}

function requireNoise(where: string, sigma: number): void {
  if (sigma !== Number.POSITIVE_INFINITY) requireNumber(`${where}: "sigma"`, sigma, { minimum: 0 });
}

/** √n/σ, the steepness of every response; n and σ both infinite have none. */
function steepness(where: string, n: number, sigma: number): number {
  requireExamples(where, n);
  requireNoise(where, sigma);
  if (n === Number.POSITIVE_INFINITY && sigma === Number.POSITIVE_INFINITY) {
    throw new InverseClaimsError('not-finite', {
      where: `${where}: "sigma"`,
      expected: 'a finite number where n is Infinity',
      received: 'Infinity',
    });
  }
  return Math.sqrt(n) / sigma;
}

/** F(w) = erf(√(n/2) w/σ). */
function sumResponse(steep: number): Response {
  const scale = steep / Math.SQRT2;
  return {
    value: (w) => erf(scale * w),
    slope: (w) => ((2 * scale) / Math.sqrt(Math.PI)) * Math.exp(-((scale * w) ** 2)),
  };
}

/** F(w) = W_n(Φ(w/σ)) and F′(w) = 2 (pq)^{m−1}/B(m, m) · φ(w/σ)/σ with m = ⌈n/2⌉. */
function voteResponse(n: number, sigma: number): Response {
  const m = Math.ceil(n / 2);
  // φ(0)/σ · 2·4^{1−m}/B(m, m), by the slope c_{2m} = Γ(m + ½)/(√2 m Γ(m)) of noise averaging: no Γ overflows.
  const peak = (4 * m * smallSignalSlope(2 * m)) / (Math.PI * sigma);
  const slope = (w: number): number => {
    const x = w / sigma;
    const small = erf(x / Math.SQRT2);
    const tail = erfc(x / Math.SQRT2);
    const logProduct = small < 0.5 ? Math.log1p(-small * small) : Math.log(tail * (2 - tail));
    const exponent = (m > 1 ? (m - 1) * logProduct : 0) - 0.5 * x * x;
    return peak * Math.exp(exponent);
  };
  return { value: (w) => gaussianVoteAlignment(n, w, sigma), slope };
}

type Rule = 'sum' | 'vote';

function evaluate(where: string, integral: TailIntegral, rule: Rule, n: number, sigma: number): number {
  const steep = steepness(where, n, sigma);
  if (steep === 0) return 0;
  if (steep === Number.POSITIVE_INFINITY) return integral.tail.zero;
  const value = integral.of(rule === 'sum' ? sumResponse(steep) : voteResponse(n, sigma));
  return Math.min(1, Math.max(-1, value));
}

/**
 * Alignment of the summed loss, E[sgn(cos 2x₀) sgn(x₀ − x*) erf(√(n/2) D/σ)] with D = sin 2x₀ − sin 2x*: the common
 * step goes towards x* (+1) or away from it (−1). T4, ours; an integral over the distribution of |D|, absolute error
 * below 1e-13.
 *
 * @param fit  see `SineFit`; anything else throws. σ = 0 or n = Infinity give the landscape limit, σ = Infinity gives 0.
 * @example
 * sineLandscapeSum({ n: 16, sigma: 1, a: Math.PI / 2 }).toFixed(10); // => '0.1640742031'
 */
export function sineLandscapeSum({ n, sigma, a }: SineFit): number {
  const where = 'sineLandscapeSum';
  return evaluate(where, landscapeIntegral(requireHalfWidth(where, a)), 'sum', n, sigma);
}

/**
 * Alignment of the majority of signs, E[sgn(cos 2x₀) sgn(x₀ − x*) W_n(Φ(D/σ))]; ties count 0. T4, ours; absolute error
 * below 1e-13.
 *
 * @param fit  as for `sineLandscapeSum`
 * @example
 * sineLandscapeVote({ n: 16, sigma: 1, a: Math.PI / 2 }).toFixed(10); // => '0.1479720607'
 */
export function sineLandscapeVote({ n, sigma, a }: SineFit): number {
  const where = 'sineLandscapeVote';
  return evaluate(where, landscapeIntegral(requireHalfWidth(where, a)), 'vote', n, sigma);
}

/**
 * What noise alone leaves of the alignment of the summed loss: E erf(√(n/2) |D|/σ), the agreement of the step with the
 * noise-free gradient. At least |`sineLandscapeSum`|. T4, ours; absolute error below 1e-13.
 *
 * @param fit  as for `sineLandscapeSum`
 * @example
 * sineNoiseOnlySum({ n: 16, sigma: 1, a: Math.PI / 2 }).toFixed(10); // => '0.8215923659'
 */
export function sineNoiseOnlySum({ n, sigma, a }: SineFit): number {
  const where = 'sineNoiseOnlySum';
  return evaluate(where, noiseOnlyIntegral(requireHalfWidth(where, a)), 'sum', n, sigma);
}

/**
 * What noise alone leaves of the alignment of the majority of signs: E W_n(Φ(|D|/σ)). At most `sineNoiseOnlySum`.
 * T4, ours; absolute error below 1e-13.
 *
 * @param fit  as for `sineLandscapeSum`
 * @example
 * sineNoiseOnlyVote({ n: 16, sigma: 1, a: Math.PI / 2 }).toFixed(10); // => '0.7849760656'
 */
export function sineNoiseOnlyVote({ n, sigma, a }: SineFit): number {
  const where = 'sineNoiseOnlyVote';
  return evaluate(where, noiseOnlyIntegral(requireHalfWidth(where, a)), 'vote', n, sigma);
}

/**
 * What the landscape alone leaves, n → ∞ or σ → 0: E sgn(cos 2x₀ cos(x₀ + x*)) for a <= π/2, which is 1 up to a = π/4
 * and (π/4a)² from there to π/2: with starts and solutions on a whole period no amount of data lifts the alignment
 * above ¼. Beyond π/2 the mean of sgn(x₀ − x*) sgn(cos 2x₀) sgn D, an exact finite sum of polygon areas. T4, ours.
 *
 * @param a  half-width of the interval of starts and solutions, in (0, 16]
 * @example
 * sineLandscapeLimit(Math.PI / 2); // => 0.25
 * sineLandscapeLimit(0.5); // => 1
 */
export function sineLandscapeLimit(a: number): number {
  requireHalfWidth('sineLandscapeLimit', a);
  if (a <= Math.PI / 4) return 1;
  if (a <= Math.PI / 2) return (Math.PI / (4 * a)) ** 2;
  return landscapeIntegral(a).tail.zero;
}

/**
 * Alignment when every fit starts at x₀ = 0, as a network with outputs near zero does; x* ~ U(−a, a):
 * (1/a) ∫₀ᵃ F(sin 2x) dx with F the alignment of the sum, erf(√(n/2) w/σ), or of the vote, W_n(Φ(w/σ)).
 * For n → ∞ it tends to 1 for a <= π/2 and to (π − a)/a for π/2 <= a <= π. T4, ours; absolute error below 1e-13.
 *
 * @param rule  `'sum'` or `'vote'`
 * @param fit   as for `sineLandscapeSum`
 * @example
 * sineZeroStart('sum', { n: 16, sigma: 0.5, a: 2 }).toFixed(10); // => '0.5457286943'
 * sineZeroStart('vote', { n: Number.POSITIVE_INFINITY, sigma: 1, a: 1.5 }); // => 1
 */
export function sineZeroStart(rule: Rule, { n, sigma, a }: SineFit): number {
  const where = 'sineZeroStart';
  return evaluate(where, tailIntegral(zeroStartTail(requireHalfWidth(where, a))), rule, n, sigma);
}

/** Smallest panel 2^−64: below it the integrand has an integral of some 1e-18. */
const ELLIPTIC_BREAKS = gradedBreaks(0, 1, 0.5, 64);
const ELLIPTIC_NODES = 16;

/**
 * `sineNoiseOnlySum` for starts and solutions uniform over whole periods, or over ±π/4, as one elliptic integral:
 * (2/π) ∫₀¹ erf(√(2n) w/σ)/AGM(1, w) dw. D = 2 cos P sin Q with P, Q independent and uniform, and |cos P sin Q| has the
 * density 2/(π AGM(1, w)). T4, ours; absolute error below 1e-14.
 *
 * @param n      integer in [1, 2^53], or Infinity
 * @param sigma  >= 0; Infinity is allowed where n is finite
 * @example
 * sineNoiseOnlyElliptic(64, 0.5).toFixed(10); // => '0.9414431164'
 */
export function sineNoiseOnlyElliptic(n: number, sigma: number): number {
  const scale = steepness('sineNoiseOnlyElliptic', n, sigma) * Math.SQRT2;
  if (scale === 0) return 0;
  if (scale === Number.POSITIVE_INFINITY) return 1;
  const integrand = (w: number): number => erf(scale * w) / arithmeticGeometricMean(1, w);
  return Math.min(1, (2 / Math.PI) * integratePanels(integrand, ELLIPTIC_BREAKS, ELLIPTIC_NODES));
}

/** Euler's constant. */
const EULER = 0.5772156649015329;

/** Where `sineNoiseOnlyAsymptotic` may be used, and how far it is off there, measured against the elliptic integral. */
export const SINE_ASYMPTOTIC_RANGE = { smallestSteepness: 2, budget: 1.5e-3 } as const;

/**
 * Asymptotic law of `sineNoiseOnlyElliptic` for √n/σ → ∞:
 * 1 − (4/π²) σ/√(2πn) · [ln(4√(2n)/σ) + 1 + γ/2], γ Euler's constant. An approximation: off by at most
 * `SINE_ASYMPTOTIC_RANGE.budget` where √n/σ >= `SINE_ASYMPTOTIC_RANGE.smallestSteepness`, and by less the larger √n/σ;
 * below that it is cut to [0, 1] and means nothing. T4, ours.
 *
 * @param n      integer in [1, 2^53], or Infinity
 * @param sigma  >= 0; Infinity is allowed where n is finite
 * @example
 * sineNoiseOnlyAsymptotic(64, 0.5).toFixed(5); // => '0.94145'
 */
export function sineNoiseOnlyAsymptotic(n: number, sigma: number): number {
  const steep = steepness('sineNoiseOnlyAsymptotic', n, sigma);
  if (steep === 0) return 0;
  if (steep === Number.POSITIVE_INFINITY) return 1;
  const bracket = Math.log(4 * Math.SQRT2 * steep) + 1 + EULER / 2;
  return Math.min(1, Math.max(0, 1 - ((4 / Math.PI ** 2) * bracket) / (steep * Math.sqrt(2 * Math.PI))));
}
