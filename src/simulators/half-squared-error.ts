import { batch, requireShape } from '../core/batch.ts';
import type { Misfit } from '../core/problem.ts';

/**
 * Half the sum of squared deviations, per row.
 *
 *     ℓ(y, y*) = ½ Σ_j (y_j − y*_j)²,   ∂ℓ/∂y_j = y_j − y*_j
 *
 * `evaluate` takes y and y*, both (B, m), and gives ℓ (B) and its gradient (B, m); unlike shapes throw
 * `shape-mismatch`; a row with a number that is not finite gets a value and a gradient that are not finite.
 *
 * @example
 * halfSquaredError.evaluate(batchOfRows([[1, 2]]), batchOfRows([[1, 4]])).value; // => Float64Array [2]
 */
export const halfSquaredError: Misfit = Object.freeze({
  name: 'half-squared-error',
  evaluate: (y, target) => {
    requireShape('halfSquaredError: "target"', target, y.rows, y.cols);
    const value = new Float64Array(y.rows);
    const gradient = batch(y.rows, y.cols);
    for (let b = 0; b < y.rows; b++) {
      let sum = 0;
      for (let i = b * y.cols; i < (b + 1) * y.cols; i++) {
        const deviation = y.data[i]! - target.data[i]!;
        gradient.data[i] = deviation;
        sum += deviation * deviation;
      }
      value[b] = 0.5 * sum;
    }
    return { value, gradient };
  },
} satisfies Misfit);
