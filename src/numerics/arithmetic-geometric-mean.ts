import { requireNumber } from '../core/errors.ts';

/** Differences below this fraction are squared by the next step, and so vanish. */
const CLOSE = 1e-9;

/**
 * The arithmetic–geometric mean: the common limit of (a, b) → ((a + b)/2, √(ab)). π/(2 AGM(1, √(1 − m))) = K(m).
 *
 * @param a  finite, >= 0; anything else throws
 * @param b  as a
 * @see Gauss, Werke III (1866) 361.
 * @example
 * arithmeticGeometricMean(1, Math.SQRT1_2).toFixed(12); // => '0.847213084794'
 */
export function arithmeticGeometricMean(a: number, b: number): number {
  let arithmetic = requireNumber('arithmeticGeometricMean: "a"', a, { minimum: 0 });
  let geometric = requireNumber('arithmeticGeometricMean: "b"', b, { minimum: 0 });
  if (arithmetic === 0 || geometric === 0) return 0;
  while (Math.abs(arithmetic - geometric) > CLOSE * arithmetic) {
    [arithmetic, geometric] = [(arithmetic + geometric) / 2, Math.sqrt(arithmetic) * Math.sqrt(geometric)];
  }
  return (arithmetic + geometric) / 2;
}
