import { InverseClaimsError } from '../core/errors.ts';
import { type Band, requireNondecreasing } from './band.ts';
import { confidenceSequence, requireAlpha } from './confidence-sequence.ts';

/**
 * Simultaneous confidence band for the mean of K independent, identically distributed random curves that never fall and
 * stay in [0, 1], seen at the m points of a grid, exact at any K. For shares of problems that one network solves: its problems are
 * not independent, whole trainings are, so a training is one curve.
 *
 *     low(x_k)  = max { lower_j : j <= k },    high(x_k) = min { upper_j : j >= k }
 *
 * where [lower_j, upper_j] is the betting confidence interval of the K values at x_j with error α/(2m) on each side
 * (see `confidenceSequence`). Proof: by the union bound all 2m bounds hold at once with probability 1 − α. The mean curve never
 * falls, because no curve does; so a lower bound holds at every later x, an upper bound at every earlier one. Hence the band
 * holds at the grid and, with `bandOfSteps`, between its points.
 *
 * @param curves  K curves of m values each, in [0, 1] and nondecreasing; others throw, as do different lengths and none
 * @param alpha   error of the whole band, in (0, 1)
 * @example
 * const { low, high } = meanCurveBand(Array(20).fill([0.2, 0.9]), 0.05);
 * [low, high].map((bounds) => bounds.map((x) => x.toFixed(2))); // => [['0.15', '0.68'], ['0.40', '0.92']]
 */
export function meanCurveBand(curves: readonly (readonly number[])[], alpha: number): Band {
  requireAlpha('meanCurveBand: "alpha"', alpha);
  const points = requireSameLength(curves);
  curves.forEach((curve, k) => {
    requireNondecreasing(`meanCurveBand: curve ${k}`, curve);
  });
  const intervals = Array.from({ length: points }, (_, j) =>
    confidenceSequence(
      curves.map((curve) => curve[j] as number),
      { alpha: alpha / (2 * points) },
    ),
  );
  return {
    low: intervals.map((_, k) => Math.max(...intervals.slice(0, k + 1).map(({ lower }) => lower))),
    high: intervals.map((_, k) => Math.min(...intervals.slice(k).map(({ upper }) => upper))),
  };
}

/** Number of points of the curves; throws where they differ or there is none. */
function requireSameLength(curves: readonly (readonly number[])[]): number {
  const lengths = new Set(curves.map((curve) => curve.length));
  const [points = 0] = lengths;
  if (lengths.size === 1 && points > 0) return points;
  throw new InverseClaimsError('shape-mismatch', {
    where: 'meanCurveBand: "curves"',
    expected: 'at least one curve, all with the same number of points',
    received: `lengths ${[...lengths].join(', ') || 'of no curve'}`,
  });
}
