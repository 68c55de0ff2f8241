import { describe, expect, it } from 'vitest';
import { type Batch, batch } from '../core/batch.ts';
import { bestPrediction } from './best-prediction.ts';

const INFINITE = Number.POSITIVE_INFINITY;
const x = (value: number): Batch => batch(1, 1, Float64Array.of(value));

/** The number of the offer that is kept. */
function kept(offers: readonly (readonly number[] | undefined)[]): number | undefined {
  const predictions = bestPrediction();
  offers.forEach((losses, k) => {
    predictions.offer(x(k), losses && Float64Array.from(losses));
  });
  return predictions.best()?.data[0];
}

describe('bestPrediction', () => {
  it('has none before the first offer', () => {
    expect(kept([])).toBeUndefined();
  });

  it('keeps the lowest sum, the first one of equals', () => {
    expect(
      kept([
        [3, 3],
        [0, 5],
        [5, 0],
        [6, 0],
      ]),
    ).toBe(1);
    expect(kept([[0], [-1], [-0.5]])).toBe(1);
  });

  it('never prefers an infinite sum to a finite one', () => {
    expect(
      kept([
        [INFINITE, 0],
        [100, 100],
        [INFINITE, -1000],
      ]),
    ).toBe(1);
    expect(kept([[7], undefined])).toBe(0);
    expect(kept([undefined, [7]])).toBe(1);
    expect(
      kept([
        [1e308, 1e308],
        [1e308, 0],
      ]),
    ).toBe(1);
  });

  it('keeps the last one while all are infinite', () => {
    expect(kept([[INFINITE], undefined, [INFINITE]])).toBe(2);
    expect(kept([[INFINITE], [INFINITE], undefined])).toBe(2);
  });
});
