import { describe, expect, it } from 'vitest';
import { batch, batchOfRows } from '../core/batch.ts';
import { halfSquaredError } from './half-squared-error.ts';
import { squaredError } from './squared-error.ts';

const y = batchOfRows([
  [1, 2],
  [0.25, -3],
]);
const target = batchOfRows([
  [1, 0],
  [0, 1],
]);

describe('squaredError', () => {
  it('is the squared distance of each row, with twice the deviation as its gradient', () => {
    const { value, gradient } = squaredError.evaluate(y, target);
    expect([...value]).toEqual([4, 16.0625]);
    expect([...gradient.data]).toEqual([0, 4, 0.5, -8]);
  });

  it('is twice the half squared error', () => {
    const [whole, half] = [squaredError.evaluate(y, target), halfSquaredError.evaluate(y, target)];
    expect(whole.value).toEqual(half.value.map((value) => 2 * value));
    expect(whole.gradient.data).toEqual(half.gradient.data.map((value) => 2 * value));
  });

  it('keeps what is not finite in its own row, takes no rows, and refuses unlike shapes', () => {
    const { value } = squaredError.evaluate(
      batchOfRows([
        [Number.NaN, 1],
        [1, 1],
      ]),
      batch(2, 2),
    );
    expect([...value]).toEqual([Number.NaN, 2]);
    expect(squaredError.evaluate(batch(0, 3), batch(0, 3)).value).toHaveLength(0);
    expect(() => squaredError.evaluate(batch(2, 3), batch(1, 3))).toThrow(/squaredError: "target"/);
  });
});
