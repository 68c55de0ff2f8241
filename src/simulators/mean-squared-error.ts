import { batch, requireShape } from '../core/batch.ts';
import type { Misfit } from '../core/problem.ts';

/**
 * The mean of squared deviations, per row: the squared distance of two fields on a grid, whatever its number of points.
 *
 *     ℓ(y, y*) = Σ_j (y_j − y*_j)²/m,   ∂ℓ/∂y_j = 2 (y_j − y*_j)/m
 *
 * `evaluate` takes y and y*, both (B, m), and gives ℓ (B) and its gradient (B, m); unlike shapes throw `shape-mismatch`;
 * a row with a number that is not finite gets a value and a gradient that are not finite.
 *
 * @example
 * meanSquaredError.evaluate(batchOfRows([[1, 2]]), batchOfRows([[1, 4]])).value; // => Float64Array [2]
 */
export const meanSquaredError: Misfit = Object.freeze({
  name: 'mean-squared-error',
  evaluate: (y, target) => {
    requireShape('meanSquaredError: "target"', target, y.rows, y.cols);
    const value = new Float64Array(y.rows);
    const gradient = batch(y.rows, y.cols);
    for (let i = 0, b = 0; b < y.rows; b++) {
      let sum = 0;
      for (let j = 0; j < y.cols; j++, i++) {
        const deviation = y.data[i]! - target.data[i]!;
        gradient.data[i] = (2 * deviation) / y.cols;
        sum += deviation * deviation;
      }
      value[b] = sum / y.cols;
    }
    return { value, gradient };
  },
} satisfies Misfit);
