/** What a loss looks like along a ray that leaves the hidden solution, seen at equally spaced points. */
export interface RayShape {
  /** Index up to which the loss keeps rising: where the basin around the solution ends, or the last index. */
  readonly basin: number;
  /** Minima beyond the basin. */
  readonly minima: number;
}

/** Relative to the range of losses on the ray: smaller changes are rounding. */
const ROUNDING = 1e-12;
/** A minimum is at least this deep. */
const DEPTH = 1e-9;

/**
 * Basin and further minima along a ray.
 *
 * Noise in what is observed moves the minimum away from the solution: a first descent belongs to the basin. What is not
 * finite is a wall, as high as +∞. Minima narrower than two spacings may be missed: their number is a lower bound.
 *
 * @param losses  at the solution, then along the ray; NaN counts as +∞
 * @example
 * rayShape([0, 1, 4, 3, 5, 5]); // => { basin: 2, minima: 1 }
 * rayShape([0, 1, 1, 1]); // => { basin: 1, minima: 0 }
 */
export function rayShape(losses: ArrayLike<number>): RayShape {
  const values = Array.from(losses, (value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value));
  const finite = values.filter(Number.isFinite);
  const range = finite.length === 0 ? 0 : Math.max(...finite) - Math.min(...finite);
  const least = ROUNDING * range;
  let k = 0;
  while (fallsBy(values, k, least)) k += 1;
  while (fallsBy(values, k, least, -1)) k += 1;
  return { basin: k, minima: minimaAfter(values.slice(k), DEPTH * range) };
}

/** Whether the next value is lower (for sign −1: higher) by more than `least`. */
function fallsBy(values: readonly number[], k: number, least: number, sign = 1): boolean {
  const [here, next] = [values[k] as number, values[k + 1]];
  return next !== undefined && sign * (here - next) > least;
}

/** Falls by more than the depth that are followed by a rise by more than it. */
function minimaAfter(values: readonly number[], depth: number): number {
  let minima = 0;
  let [highest, lowest] = [values[0] as number, values[0] as number];
  let falling = false;
  for (const value of values) {
    if (falling) {
      lowest = Math.min(lowest, value);
      if (value - lowest > depth) {
        minima += 1;
        falling = false;
        highest = value;
      }
    } else {
      highest = Math.max(highest, value);
      if (highest - value > depth) {
        falling = true;
        lowest = value;
      }
    }
  }
  return minima;
}
