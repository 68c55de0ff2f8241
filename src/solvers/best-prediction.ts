import type { Batch } from '../core/batch.ts';

/** The prediction with the lowest sum of told losses among those offered. */
export interface BestPrediction {
  /**
   * @param x       (B, n), finite; kept, not copied
   * @param losses  (B) as told, +∞ for points that were not finite; undefined where a budget was spent, which counts as +∞
   */
  offer(x: Batch, losses: Float64Array | undefined): void;
  /** The first one of the lowest finite sum; the last one offered where no sum is finite; undefined where none was. */
  best(): Batch | undefined;
}

/**
 * Keeps the best of a sequence of predictions.
 *
 * @example
 * const predictions = bestPrediction();
 * const x = (value: number) => ({ rows: 1, cols: 1, data: Float64Array.of(value) });
 * predictions.offer(x(1), Float64Array.of(0.5));
 * predictions.offer(x(2), Float64Array.of(Number.POSITIVE_INFINITY));
 * predictions.best()?.data; // => Float64Array [1]
 */
export function bestPrediction(): BestPrediction {
  let kept: Batch | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  return {
    offer: (x, losses) => {
      const sum = losses === undefined ? Number.POSITIVE_INFINITY : losses.reduce((total, loss) => total + loss, 0);
      if (Number.isFinite(lowest) && !(sum < lowest)) return;
      kept = x;
      lowest = sum;
    },
    best: () => kept,
  };
}
