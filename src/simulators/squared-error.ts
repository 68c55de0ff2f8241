import { batch, requireShape } from '../core/batch.ts';
import type { Misfit } from '../core/problem.ts';

/**
 * The sum of squared deviations, per row: the squared distance between two positions.
 *
 *     ℓ(y, y*) = Σ_j (y_j − y*_j)²,   ∂ℓ/∂y_j = 2 (y_j − y*_j)
 *
 * Twice `halfSquaredError`. `evaluate` takes y and y*, both (B, m), and gives ℓ (B) and its gradient (B, m); unlike
 * shapes throw `shape-mismatch`; a row with a number that is not finite gets a value and a gradient that are not finite.
 *
 * @example
 * squaredError.evaluate(batchOfRows([[1, 2]]), batchOfRows([[1, 4]])).value; // => Float64Array [4]
 */
export const squaredError: Misfit = Object.freeze({
  name: 'squared-error',
  evaluate: (y, target) => {
    requireShape('squaredError: "target"', target, y.rows, y.cols);
    const value = new Float64Array(y.rows);
    const gradient = batch(y.rows, y.cols);
    for (let i = 0, b = 0; b < y.rows; b++) {
      let sum = 0;
      for (let j = 0; j < y.cols; j++, i++) {
        const deviation = y.data[i]! - target.data[i]!;
        gradient.data[i] = 2 * deviation;
        sum += deviation * deviation;
      }
      value[b] = sum;
    }
    return { value, gradient };
  },
} satisfies Misfit);
