import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { requireNumber } from './errors.ts';

/** A stream of independent random numbers; the only source of randomness in the library. */
export interface Random {
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform on [low, high). */
  between(low: number, high: number): number;
  /** Uniform on {0, 1, …, count − 1}. */
  integer(count: number): number;
  /** Standard normal. */
  normal(): number;
}

/** Largest seed accepted: seeds are integers in [0, 2^48), exactly representable and easy to retype. */
export const LARGEST_SEED = 2 ** 48 - 1;

function digest(seed: number, purpose: string, index: number): Buffer {
  requireNumber('random: "seed"', seed, { minimum: 0, maximum: LARGEST_SEED, integer: true });
  requireNumber('random: "index"', index, { minimum: 0, integer: true });
  return createHash('sha256').update(`${seed}\u0000${purpose}\u0000${index}`).digest();
}

/**
 * The stream named by (seed, purpose, index). Different names give independent streams: all 128 bits of the
 * generator's state come from SHA-256 of the name, because neighbouring raw seeds of xoroshiro128+ are correlated
 * (lag-1 correlation of the first output 0.998 over seeds 0..999, measured).
 *
 * Generator: xoroshiro128+ of Blackman & Vigna, "Scrambled linear pseudorandom number generators" (2021), by pure-rand.
 * Normal variates: Marsaglia's polar method, Marsaglia & Bray, SIAM Review 6 (1964) 260.
 *
 * @param seed     integer in [0, 2^48); anything else throws
 * @param purpose  what the numbers are for, e.g. `'wave-packet/instance'`
 * @param index    integer >= 0: number of the trial, instance …
 */
export function stream(seed: number, purpose: string, index = 0): Random {
  const bytes = digest(seed, purpose, index);
  const state = [0, 4, 8, 12].map((offset) => bytes.readInt32LE(offset));
  const generator = xoroshiro128plusFromState(state as [number, number, number, number]);
  const uniform = (): number => uniformFloat64(generator);
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      spare = v * scale;
      return u * scale;
    }
  };
  return {
    uniform,
    normal,
    between: (low, high) => low + (high - low) * uniform(),
    integer: (count) => Math.floor(uniform() * count),
  };
}

/** A seed in [0, 2^48) derived from (seed, purpose, index), for functions that take a seed themselves. */
export function childSeed(seed: number, purpose: string, index = 0): number {
  return digest(seed, purpose, index).readUIntLE(16, 6);
}
