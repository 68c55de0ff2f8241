import fc from 'fast-check';
import type { Batch } from '../src/core/batch.ts';
import { type Distribution, type Prior, requirePrior } from '../src/core/prior.ts';
import { dyadic, powerOfTwo } from './arbitraries.ts';
import { batchArbitrary } from './batch-arbitrary.ts';

/** Normal coordinates are searched this many standard deviations to both sides. */
const DEVIATIONS = 4;
/** Dyadic values per width of a support, at least: enough to hit every feature of a smooth problem. */
const STEPS = 1024;
/** Above it neighboring integers are not all doubles. */
const EXACT = 2 ** 52;

/** The coarsest power of two of whose steps the width holds `STEPS`, as far as doubles of that size resolve it. */
function stepsPerUnit(low: number, high: number): number {
  const finest = 2 ** Math.floor(Math.log2(EXACT / Math.max(Math.abs(low), Math.abs(high))));
  return Math.min(2 ** Math.ceil(Math.log2(STEPS / (high - low))), finest);
}

/**
 * Multiples of a power of two in [low, high), which shrink towards the coarsest dyadic value inside: 64 in [32, 96), 0
 * where the support holds it. Plain values would shrink to numbers nobody can read.
 */
function dyadicWithin(low: number, high: number): fc.Arbitrary<number> {
  const denominator = stepsPerUnit(low, high);
  const [first, last] = [Math.ceil(low * denominator), Math.ceil(high * denominator) - 1];
  if (first > last) return fc.constant(low);
  const simplest = simplestBetween(first, last);
  return dyadic(first - simplest, last - simplest, 1).map((k) => (simplest + k) / denominator);
}

/** The integer in [first, last] with most factors of two, nearest to the middle among them; 0 where it is inside. */
function simplestBetween(first: number, last: number): number {
  if (first <= 0 && last >= 0) return 0;
  let step = 1;
  while (Math.ceil(first / (2 * step)) * 2 * step <= last) step *= 2;
  const middle = Math.round((first + last) / 2 / step) * step;
  return Math.min(Math.floor(last / step) * step, Math.max(Math.ceil(first / step) * step, middle));
}

function coordinate(distribution: Distribution): fc.Arbitrary<number> {
  switch (distribution.kind) {
    case 'constant':
      return fc.constant(distribution.value);
    case 'uniform':
      return dyadicWithin(distribution.low, distribution.high);
    case 'normal': {
      const reach = DEVIATIONS * distribution.sd;
      return dyadicWithin(distribution.mean - reach, distribution.mean + reach);
    }
    case 'log-uniform': {
      const { low, high } = distribution;
      const [from, to] = [Math.ceil(Math.log2(low)), Math.floor(Math.log2(high))];
      const anywhere = dyadicWithin(low, high);
      return from > to ? anywhere : fc.oneof(powerOfTwo(from, to), anywhere);
    }
  }
}

/**
 * Points of the prior's support, the search lane: (n) numbers, biased towards edges and small indices as fast-check does,
 * so that nothing may be counted from them. They are dyadic and shrink coordinate by coordinate towards the simplest
 * dyadic value inside the support (0 where it is inside). Normal coordinates stay within 4 standard deviations;
 * log-uniform ones are powers of two half of the time. Throws as `requirePrior`.
 */
export function priorArbitrary(prior: Prior): fc.Arbitrary<readonly number[]> {
  const coordinates = requirePrior('priorArbitrary', prior);
  return fc.tuple(...coordinates.map(({ distribution }) => coordinate(distribution)));
}

/** 1 to `most` points side by side, shape (B, n); see `batchArbitrary`. */
export function priorBatch(prior: Prior, most: number): fc.Arbitrary<Batch> {
  return batchArbitrary(priorArbitrary(prior), prior.length, most);
}
