/**
 * Arc time until two balls touch that are d apart and close with the relative velocity u; +∞ where they never do.
 *
 *     â = u/|u|,  β = â·d,  h = â×d,  σ = √((2R − h)(2R + h));   wait = (|d|² − 4R²)/((β + σ) |u|), if β > 0 and |h| < 2R
 *
 * This is c/(b + √D), the smaller root of |d − u s| = 2R in the form that does not cancel. Balls that overlap by a
 * rounding and close give a wait of minus a rounding. A number that is not finite gives +∞.
 *
 * @param dx       d = center of the second ball minus center of the first, with `dy`
 * @param ux       u = velocity of the first ball minus velocity of the second, with `uy`
 * @param contact  2R
 * @example
 * contactWait(1, 0, 2, 0, 0.5); // => 0.25
 */
export function contactWait(dx: number, dy: number, ux: number, uy: number, contact: number): number {
  const size = Math.max(Math.abs(ux), Math.abs(uy));
  if (!(size > 0)) return Number.POSITIVE_INFINITY;
  // Scaled first: the square of a huge or tiny velocity would leave the range of doubles.
  const sx = ux / size;
  const sy = uy / size;
  const length = Math.sqrt(sx * sx + sy * sy);
  const along = (sx * dx + sy * dy) / length;
  const offset = (sx * dy - sy * dx) / length;
  const inside = (contact - offset) * (contact + offset);
  if (!(along > 0 && inside > 0)) return Number.POSITIVE_INFINITY;
  const distance = Math.sqrt(dx * dx + dy * dy);
  return ((distance - contact) * (distance + contact)) / (along + Math.sqrt(inside)) / length / size;
}

/**
 * Arc time until a coordinate reaches the end of [low, high] it moves to; +∞ for one that rests, or where that end is infinite.
 *
 * @example
 * wallWait(0.5, -2, 0, 1); // => 0.25
 */
export function wallWait(position: number, velocity: number, low: number, high: number): number {
  if (velocity > 0) return (high - position) / velocity;
  return velocity < 0 ? (low - position) / velocity : Number.POSITIVE_INFINITY;
}

/** The walls in the order of the bounds they belong to. */
export const SIDES = ['left', 'right', 'bottom', 'top'] as const;

export type Side = (typeof SIDES)[number];

/** One collision: its time t (not arc time), and who takes part. */
export type TableEvent =
  | { readonly time: number; readonly kind: 'pair'; readonly i: number; readonly j: number }
  | { readonly time: number; readonly kind: 'wall'; readonly i: number; readonly side: Side };

/** Time t = −ln(1 − μs)/μ that belongs to arc time s. */
export function timeOfArc(arc: number, drag: number): number {
  return drag * arc < Number.EPSILON / 2 ? arc : -Math.log1p(-drag * arc) / drag;
}
