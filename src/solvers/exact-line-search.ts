import type { StepGuarantee } from '../core/step.ts';
import type { LineSearch, LineSearchFailure } from './line-search.ts';

/** The only promise that floating point can keep: rounding moves φ′ at the minimizer away from 0. */
const DECREASE: StepGuarantee = Object.freeze({ kind: 'decrease' });

/**
 * The minimizer of φ where φ is a parabola: after one trial at the first step, the zero of the linear φ′.
 *
 *     α = α₁ φ′(0) / (φ′(0) − φ′(α₁))
 *
 * For functions that are quadratic, and for the theorems about them: with it BFGS, L-BFGS and conjugate gradients end
 * after as many steps as there are unknowns. On any other φ it is one secant step, accepted if φ decreases. A trial that
 * is not finite, or whose slope is no greater than φ′(0), so that the parabola has no minimum, fails as `no-bracket`; a
 * step that does not decrease φ, as rounding has it near the minimum, as `zoom-exhausted`.
 *
 * Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), eq. 3.55, for two slopes.
 *
 * @example
 * const search = exactLineSearch();
 * search.begin(9, -6, 1, 0); // => 1
 * search.tell(4, -4); // => 3
 * search.tell(0, 0); // => NaN
 * search.outcome(); // => 'accepted'
 */
export function exactLineSearch(): LineSearch {
  let startValue = 0;
  let startSlope = 0;
  let step = 0;
  let lowestValue = 0;
  let lowest = false;
  let first = true;
  let outcome: 'accepted' | LineSearchFailure = 'not-a-descent-direction';
  const end = (how: typeof outcome): number => {
    outcome = how;
    return Number.NaN;
  };
  const decided = (value: number): number => end(value < startValue ? 'accepted' : 'zoom-exhausted');
  return {
    guarantee: DECREASE,
    begin: (value, slope, firstStep) => {
      startValue = value;
      startSlope = slope;
      lowestValue = value;
      lowest = false;
      first = true;
      step = firstStep;
      return slope < 0 ? step : end('not-a-descent-direction');
    },
    tell: (value, slope) => {
      lowest = value < lowestValue;
      if (lowest) lowestValue = value;
      if (!first) return decided(value);
      first = false;
      const minimizer = (step * startSlope) / (startSlope - slope);
      if (!(value < Number.POSITIVE_INFINITY && slope > startSlope && minimizer < Number.POSITIVE_INFINITY)) {
        return end('no-bracket');
      }
      if (minimizer === step) return decided(value);
      step = minimizer;
      return step;
    },
    isLowest: () => lowest,
    outcome: () => outcome,
  };
}
