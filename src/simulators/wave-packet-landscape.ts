import { requireNumber } from '../core/errors.ts';
import { bisect } from '../numerics/bisection.ts';
import type { PacketShape } from './wave-packet-direct.ts';

/** A point τ where the landscape is flat, in samples from the true center. */
export interface StationaryPoint {
  readonly tau: number;
  readonly kind: 'minimum' | 'maximum';
}

/** More stationary points than this in one question are taken for a mistake. */
const MOST_POINTS = 1e6;

interface Landscape {
  /** R(0)/(1 − ε) = √π σ / 2. */
  readonly amplitude: number;
  readonly sigma: number;
  readonly period: number;
  readonly w: number;
  /** 1 − ε, ε = exp(−w²σ²). */
  readonly gap: number;
}

function landscape(where: string, { sigma, period }: PacketShape): Landscape {
  requireNumber(`${where}: "sigma"`, sigma, { above: 0 });
  requireNumber(`${where}: "period"`, period, { above: 0 });
  const w = (2 * Math.PI) / period;
  return { amplitude: (Math.sqrt(Math.PI) * sigma) / 2, sigma, period, w, gap: -Math.expm1(-((w * sigma) ** 2)) };
}

/** 1 − cos(w τ) and sin(w τ), by the exact remainder of τ; the first so that it can be subtracted from 1 − ε where ε is near 1. */
function carrier(tau: number, { period }: Landscape) {
  const phase = 2 * Math.PI * ((tau % period) / period);
  return { versine: 2 * Math.sin(phase / 2) ** 2, sine: Math.sin(phase) };
}

/**
 * Noise-free loss of a packet displaced by τ from the true center, all of both packets sampled.
 *
 *     L(τ) = R(0) − R(τ),   R(τ) = Σ_j u_j(t0* + τ) u_j(t0*) = (√π σ/2) exp(−τ²/4σ²) [cos(w τ) − ε],   ε = exp(−w²σ²)
 *
 * Derivation: sin a sin b = ½[cos(a − b) − cos(a + b)], the envelopes multiply to exp(−τ²/4σ²) exp(−s²/σ²) with s counted
 * from the middle, and the sum over samples equals the integral but for aliases exp(−σ²(π − w)²) of it: below
 * 1e-16 where σ >= 2 and σ(π − w) >= 6.1. Evaluated as
 * (√π σ/2) [(1 − exp(−τ²/4σ²))(1 − ε) + 2 exp(−τ²/4σ²) sin²(w τ/2)], free of cancellation.
 *
 * @param tau      displacement t0 − t0*, in samples; not finite throws `not-finite`
 * @param options  σ > 0 and P > 0, in samples; else `out-of-range` or `not-finite`
 * @returns L >= 0
 * @example
 * landscapeLoss(16, { sigma: 8, period: 32 }).toFixed(9); // => '9.317949235'
 */
export function landscapeLoss(tau: number, options: PacketShape): number {
  requireNumber('landscapeLoss: "tau"', tau);
  const at = landscape('landscapeLoss', options);
  const q = (tau / (2 * at.sigma)) ** 2;
  return at.amplitude * (-Math.expm1(-q) * at.gap + Math.exp(-q) * carrier(tau, at).versine);
}

/**
 * Slope of the landscape.
 *
 *     L′(τ) = (√π σ/2) exp(−τ²/4σ²) [(τ/2σ²)(cos(w τ) − ε) + w sin(w τ)]
 *
 * Beyond |τ| = 55 σ the envelope underflows and the result is 0.
 *
 * @param tau      displacement t0 − t0*, in samples; not finite throws `not-finite`
 * @param options  σ > 0 and P > 0, in samples; else `out-of-range` or `not-finite`
 * @example
 * landscapeGradient(16, { sigma: 8, period: 32 }).toFixed(9); // => '-0.353673179'
 */
export function landscapeGradient(tau: number, options: PacketShape): number {
  requireNumber('landscapeGradient: "tau"', tau);
  const at = landscape('landscapeGradient', options);
  const envelope = Math.exp(-((tau / (2 * at.sigma)) ** 2));
  return envelope === 0 ? 0 : at.amplitude * envelope * stationarity(tau, at);
}

/** (τ/2σ²)(cos(w τ) − ε) + w sin(w τ): the sign of L′. */
function stationarity(tau: number, at: Landscape): number {
  const { versine, sine } = carrier(tau, at);
  return (tau / (2 * at.sigma * at.sigma)) * (at.gap - versine) + at.w * sine;
}

/** The one stationary point in the open half period (k P/2, (k + 1) P/2): a maximum for even k, a minimum for odd k. */
function stationaryInHalfPeriod(k: number, at: Landscape): number {
  const rises = k % 2 === 0;
  return bisect((k * at.period) / 2, ((k + 1) * at.period) / 2, (tau) => stationarity(tau, at) > 0 === rises);
}

/**
 * All stationary points with |τ| <= within, in ascending order: the roots of
 *
 *     (τ/2σ²)(cos(w τ) − ε) + w sin(w τ) = 0,   ε = exp(−w²σ²)
 *
 * τ = 0 is one, a minimum. For τ > 0 every open half period (k P/2, (k + 1) P/2), k = 0, 1, 2 …, holds exactly one and
 * its ends hold none, so that bisection finds all. Proof: with φ = w τ the equation reads
 * K(φ) = φ (cos φ − ε)/sin φ = −2 w²σ². The numerator of K′ is sin φ (cos φ − ε) − φ (1 − ε cos φ), which is negative for
 * φ > 0 because |sin φ| < φ and |cos φ − ε| <= 1 − ε cos φ; so K falls strictly, from +∞ (1 − ε for k = 0) to −∞, in each
 * half period. At the ends sin φ = 0 and the left side has the sign of ±1 − ε: positive after even k, negative after odd
 * k, which tells maxima from minima. Negative τ follow by symmetry.
 *
 * @param options  σ > 0 and P > 0, in samples; else `out-of-range` or `not-finite`
 * @param within   >= 0, in samples, at most half a million half periods; else `out-of-range` or `not-finite`
 * @example
 * stationaryPoints({ sigma: 8, period: 32 }, 32).map(({ kind }) => kind);
 * // => ['minimum', 'maximum', 'minimum', 'maximum', 'minimum']
 */
export function stationaryPoints(options: PacketShape, within: number): readonly StationaryPoint[] {
  const at = landscape('stationaryPoints', options);
  requireNumber('stationaryPoints: "within"', within, { minimum: 0, maximum: (MOST_POINTS / 4) * at.period });
  const right: StationaryPoint[] = [];
  for (let k = 0; (k * at.period) / 2 < within; k++) {
    const tau = stationaryInHalfPeriod(k, at);
    if (tau <= within) right.push({ tau, kind: k % 2 === 0 ? 'maximum' : 'minimum' });
  }
  const left = right.map(({ tau, kind }) => ({ tau: -tau, kind })).reverse();
  return [...left, { tau: 0, kind: 'minimum' }, ...right];
}

/**
 * Number of local minima with |τ| <= within: 1 + 2 #{k >= 1 : the side minimum in ((k − ½) P, k P) lies at or below `within`}.
 *
 * The side minima lie a little inside the multiples of the period, so that the shortcut 1 + 2 ⌊within/P⌋ is sometimes too small.
 *
 * @param options  σ > 0 and P > 0, in samples; else `out-of-range` or `not-finite`
 * @param within   >= 0, in samples; else `out-of-range` or `not-finite`
 * @example
 * minimaCount({ sigma: 8, period: 33 }, 32); // => 3
 */
export function minimaCount(options: PacketShape, within: number): number {
  return stationaryPoints(options, within).filter(({ kind }) => kind === 'minimum').length;
}

/**
 * Distance from the true center to the first maximum of L on either side: descent started within it ends at the truth
 * as long as no step leaves the basin. Half width divided by P depends on σ/P only.
 *
 * @param options  σ > 0 and P > 0, in samples; else `out-of-range` or `not-finite`
 * @returns a number in (0, P/2), in samples
 * @example
 * basinHalfWidth({ sigma: 8, period: 32 }).toFixed(3); // => '13.316'
 */
export function basinHalfWidth(options: PacketShape): number {
  return stationaryInHalfPeriod(0, landscape('basinHalfWidth', options));
}
