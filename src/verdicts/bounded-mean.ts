import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import { confidenceSequence } from './confidence-sequence.ts';
import type { Estimate } from './estimate.ts';

/**
 * Mean of independent values in [low, high] with an interval that is exact at any number of them: that of
 * `confidenceSequence`, after the values were mapped to [0, 1]. Nothing but the range is assumed of their distribution.
 *
 * @param values  at least one, each in [low, high]; others throw `shape-mismatch`, `out-of-range` or `not-finite`
 * @param range   low < high, finite
 * @param alpha   error of both sides together, in (0, 1)
 * @example
 * const { value, low, high } = boundedMean(Array(100).fill(0.5), { low: -1, high: 1 }, 0.05);
 * [value, low.toFixed(2), high.toFixed(2)]; // => [0.5, '0.43', '0.52']
 */
export function boundedMean(
  values: readonly number[],
  { low, high }: { readonly low: number; readonly high: number },
  alpha: number,
): Estimate {
  requireNumber('boundedMean: "low"', low);
  requireNumber('boundedMean: "high"', high, { above: low });
  if (values.length === 0) {
    throw new InverseClaimsError('shape-mismatch', {
      where: 'boundedMean: "values"',
      expected: 'at least one number',
      received: 'none',
    });
  }
  const width = high - low;
  const interval = confidenceSequence(
    values.map((value) => (value - low) / width),
    { alpha: alpha / 2 },
  );
  const back = (z: number): number => low + width * z;
  return {
    value: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: back(interval.lower),
    high: back(interval.upper),
    count: values.length,
  };
}
