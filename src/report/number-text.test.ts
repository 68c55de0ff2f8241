import { describe, expect, it } from 'vitest';
import { boundText, numberText, secondsText } from './number-text.ts';

describe('numberText', () => {
  it('prints integers exactly and rounds the rest to significant digits', () => {
    expect([0, 7, -3, 9999, 12345, 1234567].map((value) => numberText(value))).toEqual([
      '0',
      '7',
      '−3',
      '9999',
      '12\u00A0345',
      '1\u00A0234\u00A0567',
    ]);
    expect(numberText(0.123456)).toBe('0.1235');
    expect(numberText(1.5)).toBe('1.5');
    expect(numberText(-0.25)).toBe('−0.25');
  });

  it('prints very small and very large numbers as powers of ten', () => {
    expect(numberText(1e-5)).toBe('10⁻⁵');
    expect(numberText(3.14159e-12, 3)).toBe('3.14·10⁻¹²');
    expect(numberText(2.5e30)).toBe('2.5·10³⁰');
  });

  it('names what is not finite', () => {
    expect([null, undefined, Number.NaN, Infinity, -Infinity].map((value) => numberText(value))).toEqual([
      'n/a',
      'n/a',
      'n/a',
      '∞',
      '−∞',
    ]);
  });
});

describe('boundText', () => {
  it('adds digits until a bound differs from a threshold that it does not equal', () => {
    expect(boundText(0.61234567, [0.5])).toBe('0.6123');
    expect(boundText(0.50003, [0.5])).toBe('0.50003');
    expect(boundText(0.5, [0.5])).toBe('0.5000');
  });
});

describe('secondsText', () => {
  it('chooses the unit by size', () => {
    expect([0.123, 59.94, 59.96, 75.2, 3725].map(secondsText)).toEqual([
      '0.12 s',
      '59.9 s',
      '1 min 0 s',
      '1 min 15 s',
      '1 h 2 min',
    ]);
  });
});
