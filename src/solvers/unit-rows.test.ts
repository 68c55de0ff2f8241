import { describe, expect, it } from 'vitest';
import { batch, row } from '../core/batch.ts';
import { largestOne, unitRows } from './unit-rows.ts';

const SUBNORMAL = Number.MIN_VALUE;
/** Divisions and a square root of numbers of order 1. */
const ROUNDING = 4 * Number.EPSILON;

describe('unitRows', () => {
  it('gives exact signs where a row has one entry', () => {
    const given = [3, -0.1, 0, 1e308, -1e-308, SUBNORMAL, -SUBNORMAL, -Number.MAX_VALUE];
    const signs = unitRows(batch(given.length, 1, Float64Array.from(given)));
    expect(Array.from(signs.data)).toEqual(given.map(Math.sign));
  });

  it.each([1, 1e-200, 1e200, 2 ** -1060, 2 ** 1021])('keeps the direction of rows of size %s', (size) => {
    const given = batch(2, 2, Float64Array.of(3 * size, -4 * size, 0, -5 * size));
    const expected = [0.6, -0.8, 0, -1];
    unitRows(given).data.forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(ROUNDING);
    });
  });

  it('survives a norm beyond the largest number', () => {
    const unit = unitRows(batch(1, 4, new Float64Array(4).fill(Number.MAX_VALUE)));
    expect(Array.from(unit.data)).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it('leaves zeros zeros, treats every row alone, and changes nothing that it was given', () => {
    const given = batch(3, 2, Float64Array.of(0, 0, 1e300, 0, 0, 1e-300));
    const before = given.data.slice();
    expect(Array.from(unitRows(given).data)).toEqual([0, 0, 1, 0, 0, 1]);
    expect(given.data).toEqual(before);
  });

  it('shows an entry that is not finite', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const unit = unitRows(batch(2, 2, Float64Array.of(bad, 1, 3, 4)));
      expect(row(unit, 0).some(Number.isNaN)).toBe(true);
      expect(row(unit, 1).every(Number.isFinite)).toBe(true);
    }
  });
});

describe('largestOne', () => {
  it('divides every row by its largest magnitude', () => {
    const given = batch(3, 2, Float64Array.of(1, -4, 0, 0, SUBNORMAL, 0));
    expect(Array.from(largestOne(given).data)).toEqual([0.25, -1, 0, 0, 1, 0]);
  });
});
