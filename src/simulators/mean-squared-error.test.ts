import { describe, expect, it } from 'vitest';
import { batch, batchOfRows } from '../core/batch.ts';
import { meanSquaredError } from './mean-squared-error.ts';

describe('meanSquaredError', () => {
  it('is the mean of squares of each row, with its derivative', () => {
    const y = batchOfRows([
      [1, 2, 3, 4],
      [0, 0, 0, 0],
    ]);
    const target = batchOfRows([
      [1, 0, 6, 4],
      [0, 0, 0, 2],
    ]);
    const { value, gradient } = meanSquaredError.evaluate(y, target);
    expect([...value]).toEqual([13 / 4, 1]);
    expect([...gradient.data]).toEqual([0, 1, -1.5, 0, 0, 0, 0, -1]);
  });

  it('keeps what is not finite in its own row', () => {
    const { value, gradient } = meanSquaredError.evaluate(
      batchOfRows([
        [Number.POSITIVE_INFINITY, 1],
        [1, 1],
      ]),
      batch(2, 2),
    );
    expect([...value]).toEqual([Number.POSITIVE_INFINITY, 1]);
    expect([...gradient.data]).toEqual([Number.POSITIVE_INFINITY, 1, 1, 1]);
  });

  it('takes no rows at all', () => {
    expect(meanSquaredError.evaluate(batch(0, 3), batch(0, 3)).value).toHaveLength(0);
  });

  it('refuses unlike shapes', () => {
    expect(() => meanSquaredError.evaluate(batch(2, 3), batch(1, 3))).toThrow(/meanSquaredError: "target"/);
    expect(() => meanSquaredError.evaluate(batch(2, 3), batch(2, 4))).toThrow(/shape \(2, 3\)/);
  });
});
