import fc from 'fast-check';
import { type Batch, batchOfRows } from '../src/core/batch.ts';
import type { Distribution, Prior } from '../src/core/prior.ts';
import { dyadic, powerOfTwo } from './arbitraries.ts';

/** Normal coordinates are searched this many standard deviations to both sides. */
const DEVIATIONS = 4;
/** Dyadic values per width of a support, at least: enough to hit every feature of a smooth problem. */
const STEPS = 1024;
/** Whole numbers beyond which a coordinate would be searched on a grid that rounding blurs. */
const LARGEST_INDEX = 2 ** 31 - 1;

/** The largest power of two that is at least so fine that the width holds `STEPS` of its steps. */
function stepsPerUnit(width: number): number {
  return 2 ** Math.ceil(Math.log2(STEPS / width));
}

/**
 * Multiples of a power of two in [low, high], which shrink towards the coarsest dyadic value inside: 64 in [32, 96], 0
 * where the support holds it. Plain values would shrink to numbers nobody can read.
 */
function dyadicWithin(low: number, high: number): fc.Arbitrary<number> {
  const denominator = stepsPerUnit(high - low);
  const [first, last] = [Math.ceil(low * denominator), Math.floor(high * denominator)];
  const simplest = simplestBetween(first, last);
  const span = Math.max(simplest - first, last - simplest);
  if (!(span <= LARGEST_INDEX)) return fc.constant(simplest / denominator);
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
 * log-uniform ones shrink to powers of two. A support without any dyadic value of its grid cannot be.
 */
export function priorArbitrary(prior: Prior): fc.Arbitrary<readonly number[]> {
  return fc.tuple(...prior.map(({ distribution }) => coordinate(distribution)));
}

/**
 * 1 to `most` points side by side, shape (B, n). Shrinks physics first: to fewer problems, and only then to simpler
 * values in each of them, so that a counterexample that needs one problem never comes with four.
 */
export function priorBatch(prior: Prior, most: number): fc.Arbitrary<Batch> {
  return fc
    .array(priorArbitrary(prior), { minLength: 1, maxLength: most })
    .map((points) => batchOfRows(points, prior.length));
}
