import { requireNumber } from '../core/errors.ts';

/**
 * Boundary between "left" and "right" in [low, high], by halving until no number lies between.
 *
 * Neither end is ever tried: `low` counts as left and `high` as right. A zero known by proof to lie strictly inside
 * is therefore found even where rounding would spoil the sign of the function at an end.
 *
 * @param low     finite, left of the boundary
 * @param high    finite, > low, right of the boundary
 * @param isLeft  true left of the boundary; called at most about 1100 times, usually 50
 * @returns the largest number found to be left of the boundary; where there are several, one of them.
 *          Ends that are not finite throw `not-finite`, `high <= low` throws `out-of-range`.
 * @example
 * bisect(0, 2, (x) => x * x < 2).toFixed(12); // => '1.414213562373'
 */
export function bisect(low: number, high: number, isLeft: (x: number) => boolean): number {
  let left = requireNumber('bisect: "low"', low);
  let right = requireNumber('bisect: "high"', high, { above: low });
  for (;;) {
    const middle = left + (right - left) / 2;
    if (!(middle > left && middle < right)) return left;
    if (isLeft(middle)) left = middle;
    else right = middle;
  }
}
