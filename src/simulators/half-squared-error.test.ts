import { describe, expect, it } from 'vitest';
import { batch, batchOfRows } from '../core/batch.ts';
import { halfSquaredError } from './half-squared-error.ts';

describe('halfSquaredError', () => {
  it('is half the sum of squares of each row, with the deviation as its gradient', () => {
    const { value, gradient } = halfSquaredError.evaluate(
      batchOfRows([
        [1, 2, 3],
        [0, 0, 0],
      ]),
      batchOfRows([
        [1, 0, 6],
        [0, 0, 2],
      ]),
    );
    expect([...value]).toEqual([6.5, 2]);
    expect([...gradient.data]).toEqual([0, 2, -3, 0, 0, -2]);
  });

  it('keeps what is not finite in its own row', () => {
    const { value, gradient } = halfSquaredError.evaluate(
      batchOfRows([
        [Number.NaN, 1],
        [1, 1],
      ]),
      batch(2, 2),
    );
    expect([...value]).toEqual([Number.NaN, 1]);
    expect([...gradient.data]).toEqual([Number.NaN, 1, 1, 1]);
  });

  it('takes no rows at all', () => {
    expect(halfSquaredError.evaluate(batch(0, 3), batch(0, 3)).value).toHaveLength(0);
  });

  it('refuses unlike shapes', () => {
    expect(() => halfSquaredError.evaluate(batch(2, 3), batch(1, 3))).toThrow(/halfSquaredError: "target"/);
    expect(() => halfSquaredError.evaluate(batch(2, 3), batch(2, 4))).toThrow(/shape \(2, 3\)/);
  });
});
