import { requireNumber } from '../core/errors.ts';
import type { LineSearch, LineSearchFailure } from './line-search.ts';

/** Trials before the search gives up: 2⁻¹⁰⁰ of the first step is below any resolution. */
const MOST_TRIALS = 100;

/**
 * Backtracking: from the first step, shrink until the decrease is sufficient.
 *
 *     φ(α) ≤ φ(0) + c1 α φ′(0),  α ← shrink · α otherwise
 *
 * Armijo, Pacific J. Mathematics 16 (1966) 1; Nocedal & Wright, 2nd ed., algorithm 3.1.
 *
 * @param c1      in (0, 1)
 * @param shrink  in (0, 1)
 * @example
 * const search = backtracking();
 * search.begin(1, -2, 4, 0); // => 4
 * search.tell(9, 6); // => 2
 * search.tell(1, 2); // => 1
 * search.tell(0, 0); // => NaN
 * search.outcome(); // => 'accepted'
 */
export function backtracking(c1 = 1e-4, shrink = 0.5): LineSearch {
  requireNumber('backtracking: "c1"', c1, { above: 0, maximum: 1 - Number.EPSILON });
  requireNumber('backtracking: "shrink"', shrink, { above: 0, maximum: 1 - Number.EPSILON });
  let startValue = 0;
  let startSlope = 0;
  let least = 0;
  let step = 0;
  let trials = 0;
  let lowest = false;
  let lowestValue = 0;
  let outcome: 'accepted' | LineSearchFailure = 'zoom-exhausted';
  const end = (how: typeof outcome): number => {
    outcome = how;
    return Number.NaN;
  };
  return {
    guarantee: Object.freeze({ kind: 'sufficient-decrease', c1 }),
    begin: (value, slope, firstStep, resolution) => {
      startValue = value;
      startSlope = slope;
      least = resolution;
      trials = 0;
      lowest = false;
      lowestValue = value;
      step = firstStep;
      return slope < 0 ? step : end('not-a-descent-direction');
    },
    tell: (value) => {
      lowest = value < lowestValue;
      if (lowest) lowestValue = value;
      if (value <= startValue + c1 * step * startSlope) return end('accepted');
      trials += 1;
      step *= shrink;
      return trials < MOST_TRIALS && step > least ? step : end('zoom-exhausted');
    },
    isLowest: () => lowest,
    outcome: () => outcome,
  };
}
