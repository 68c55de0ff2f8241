import { requireNumber } from '../core/errors.ts';
import { integratePanels } from '../numerics/gauss-legendre.ts';
import { tanhSinh } from '../numerics/tanh-sinh.ts';

/** Nodes over the distance: the integrand is analytic there, so that sixteen give all digits. */
const DISTANCE_NODES = 16;

/**
 * Probability asin(2R/d)/π that a fast shot in a direction uniform on the full circle hits a ball at distance d.
 *
 * From the tangents of the circle of radius 2R around the ball. Ours, elementary.
 *
 * @param distance  d > 2R; else `out-of-range` or `not-finite`
 * @param contact   2R > 0
 * @example
 * hitProbability(0.4, 0.1).toFixed(5); // => '0.08043'
 */
export function hitProbability(distance: number, contact: number): number {
  requireNumber('hitProbability: "contact"', contact, { above: 0 });
  requireNumber('hitProbability: "distance"', distance, { above: contact });
  return Math.asin(contact / distance) / Math.PI;
}

/** How a shot is guessed for a target whose place is drawn. */
export interface GuessedShot {
  /** Center distance at contact, 2R > 0. */
  readonly contact: number;
  readonly horizon: number;
  /** Distance of the target, uniform; low > 2R. */
  readonly distance: { readonly low: number; readonly high: number };
  /** The direction of the target is uniform on ± this, in (0, π/2]. */
  readonly targetSpread: number;
  /** The direction of the shot is uniform on ± this, in [0, π/2]; 0 shoots straight on. */
  readonly shotSpread: number;
  /** Its speed, uniform; low = high fixes it. */
  readonly speed: { readonly low: number; readonly high: number };
}

/** Density of the angle δ between shot and target, both uniform around 0: a trapezoid. */
function angleDensity({ targetSpread, shotSpread }: GuessedShot, delta: number): number {
  if (shotSpread === 0) return Math.abs(delta) <= targetSpread ? 1 / (2 * targetSpread) : 0;
  const overlap = Math.min(targetSpread, shotSpread - delta) - Math.max(-targetSpread, -shotSpread - delta);
  return Math.max(0, overlap) / (4 * targetSpread * shotSpread);
}

/** Probability that the speed exceeds the one that just arrives. */
function arrives({ speed: { low, high } }: GuessedShot, least: number): number {
  if (low === high) return low > least ? 1 : 0;
  return Math.min(1, Math.max(0, (high - least) / (high - low)));
}

/**
 * Probability that a guessed shot misses: the share of exactly zero gradients.
 *
 *     q = 1 − E_d ∫ f(δ) P(|v| S > ℓ(d, δ)) dδ  over |sin δ| < 2R/d,   ℓ = d cos δ − √(4R² − d² sin² δ)
 *
 * The exact hit region, its threshold in speed included; ours. Double integral by Gauss–Legendre and tanh-sinh rules:
 * about 1e-12 where the ends of the speeds and of the angles cut no kink into the region, 1e-3 otherwise.
 *
 * @param guess  see `GuessedShot`; distances not above 2R and spreads out of range throw
 * @example
 * const guess = { contact: 0.1, horizon: 1, distance: { low: 0.4, high: 0.8 }, targetSpread: Math.PI / 4 };
 * missShare({ ...guess, shotSpread: 0, speed: { low: 1.5, high: 1.5 } }).toFixed(6); // => '0.778099'
 */
export function missShare(guess: GuessedShot): number {
  const { contact, horizon, distance, targetSpread, shotSpread } = guess;
  requireNumber('missShare: "contact"', contact, { above: 0 });
  requireNumber('missShare: "horizon"', horizon, { above: 0 });
  requireNumber('missShare: "distance.low"', distance.low, { above: contact });
  requireNumber('missShare: "distance.high"', distance.high, { above: distance.low });
  requireNumber('missShare: "targetSpread"', targetSpread, { above: 0, maximum: Math.PI / 2 });
  requireNumber('missShare: "shotSpread"', shotSpread, { minimum: 0, maximum: Math.PI / 2 });
  requireNumber('missShare: "speed.low"', guess.speed.low, { minimum: 0 });
  requireNumber('missShare: "speed.high"', guess.speed.high, { minimum: guess.speed.low });
  const hitAt = (d: number): number => {
    const integrand = (delta: number): number => {
      const across = d * Math.sin(delta);
      const way = d * Math.cos(delta) - Math.sqrt(Math.max(0, contact * contact - across * across));
      return angleDensity(guess, delta) * arrives(guess, way / horizon);
    };
    return 2 * tanhSinh(integrand, 0, Math.asin(contact / d));
  };
  const { low, high } = distance;
  return 1 - integratePanels(hitAt, [low, high], DISTANCE_NODES) / (high - low);
}
