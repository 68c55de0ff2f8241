import { InverseClaimsError } from '../core/errors.ts';

/** Lower and upper bounds of a curve at the points of a grid. */
export interface Band {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * The band of a nondecreasing curve from each point of the grid to the next, from the band at its points: between x_k and
 * x_{k+1} the curve lies above its lower bound at x_k and below its upper bound at x_{k+1}. The last upper bound stays.
 *
 * @example
 * bandOfSteps({ low: [0.1, 0.5], high: [0.3, 0.7] }); // => { low: [0.1, 0.5], high: [0.7, 0.7] }
 */
export function bandOfSteps({ low, high }: Band): Band {
  return { low, high: high.map((bound, k) => high[k + 1] ?? bound) };
}

/** Throws unless the values of a curve lie in [0, 1] and never fall. */
export function requireNondecreasing(where: string, curve: readonly number[]): void {
  let before = 0;
  for (const [k, value] of curve.entries()) {
    if (!(value >= before && value <= 1)) {
      throw new InverseClaimsError(Number.isFinite(value) ? 'out-of-range' : 'not-finite', {
        where: `${where}: point ${k}`,
        expected: `a number from ${before}, the one before, to 1`,
        received: String(value),
      });
    }
    before = value;
  }
}
