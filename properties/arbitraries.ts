import fc from 'fast-check';
import { type Batch, batch } from '../src/core/batch.ts';
import { stream } from '../src/core/random.ts';
import type { WavePacketOptions } from '../src/simulators/wave-packet-direct.ts';

/**
 * Multiples of 1/denominator in [low, high]; shrinks towards 0, or the end nearest to it, in whole steps.
 *
 * Never plain doubles: those shrink to subnormal numbers, where a relative tolerance means nothing and which nobody can read.
 */
export function dyadic(low: number, high: number, denominator = 64): fc.Arbitrary<number> {
  return fc
    .integer({ min: Math.ceil(low * denominator), max: Math.floor(high * denominator) })
    .map((k) => k / denominator);
}

/** 2^k with k uniform on the integers from `from` to `to`: log-uniform scales that are exact. */
export function powerOfTwo(from: number, to: number): fc.Arbitrary<number> {
  return fc.integer({ min: from, max: to }).map((k) => 2 ** k);
}

/** σ in [1/2, 16], P in [2, 64], 1 to 128 samples; shrinks to short packets on short grids. */
export function wavePacketOptions(): fc.Arbitrary<Required<WavePacketOptions>> {
  return fc.record({ sigma: dyadic(0.5, 16, 8), period: dyadic(2, 64, 4), samples: fc.integer({ min: 1, max: 128 }) });
}

/**
 * A batch of nonzero multiples of 1/16 in [−1, 1] named by an integer: directions and cotangents of a case.
 * One integer instead of hundreds of numbers keeps shrunk cases readable; nonzero, so that no direction is idle.
 */
export function direction(rows: number, cols: number, purpose: string, salt: number): Batch {
  const random = stream(salt, `law/${purpose}`);
  const result = batch(rows, cols);
  for (let i = 0; i < result.data.length; i++) {
    const size = (1 + random.integer(16)) / 16;
    result.data[i] = random.integer(2) === 0 ? size : -size;
  }
  return result;
}
