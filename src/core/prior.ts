import { type Batch, batch } from './batch.ts';
import { InverseClaimsError, requireNumber } from './errors.ts';
import type { Random } from './random.ts';

/** How one coordinate is distributed. Supports: [low, high), [low, high), the line, one value. */
export type Distribution =
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  /** ln x uniform; 0 < low. */
  | { readonly kind: 'log-uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'constant'; readonly value: number };

/** One independent coordinate. */
export interface Coordinate {
  readonly name: string;
  /** `'1'` for dimensionless. */
  readonly unit: string;
  readonly distribution: Distribution;
}

/**
 * Where the parameters of a problem come from: independent coordinates. One specification for two lanes: `samplePrior`
 * draws from it for estimates, `priorArbitrary` in properties/ searches it for counterexamples. Only the first gives
 * frequencies: a search draws edges and simple values on purpose.
 */
export type Prior = readonly Coordinate[];

/**
 * The prior after its numbers were checked.
 *
 * Throws `not-finite` or `out-of-range`, naming the coordinate, unless low < high (and low > 0 for log-uniform), sd > 0
 * and all are finite; `duplicate-id` where two coordinates share a name.
 */
export function requirePrior(where: string, prior: Prior): Prior {
  for (const { name, distribution } of prior) {
    const at = (field: string): string => `${where}: ${JSON.stringify(name)} ${field}`;
    if (distribution.kind === 'constant') {
      requireNumber(at('value'), distribution.value);
      continue;
    }
    if (distribution.kind === 'normal') {
      requireNumber(at('mean'), distribution.mean);
      requireNumber(at('sd'), distribution.sd, { above: 0 });
      continue;
    }
    requireNumber(at('low'), distribution.low, distribution.kind === 'log-uniform' ? { above: 0 } : {});
    requireNumber(at('high'), distribution.high, { above: distribution.low });
  }
  const names = prior.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return prior;
  throw new InverseClaimsError('duplicate-id', { where, expected: 'unique names', received: `${repeated} twice` });
}

function sampleCoordinate(distribution: Distribution, random: Random): number {
  switch (distribution.kind) {
    case 'uniform':
      return random.between(distribution.low, distribution.high);
    case 'log-uniform': {
      const { low, high } = distribution;
      // exp rounds: the ends are not left.
      return Math.min(high, Math.max(low, Math.exp(random.between(Math.log(low), Math.log(high)))));
    }
    case 'normal':
      return distribution.mean + distribution.sd * random.normal();
    case 'constant':
      return distribution.value;
  }
}

/**
 * One draw from the prior, the estimate lane: coordinates in their order, each independent, each with one random number
 * (`normal` may take several, `constant` takes none).
 *
 * @returns (n), n coordinates
 * @example
 * samplePrior([{ name: 'x', unit: '1', distribution: { kind: 'uniform', low: 2, high: 3 } }], stream(1, 'demo')).length; // => 1
 */
export function samplePrior(prior: Prior, random: Random): Float64Array {
  return Float64Array.from(prior, ({ distribution }) => sampleCoordinate(distribution, random));
}

/** One draw per stream: shape (randoms.length, n). Throws as `requirePrior`. */
export function samplePriorRows(prior: Prior, randoms: readonly Random[]): Batch {
  requirePrior('samplePriorRows', prior);
  const result = batch(randoms.length, prior.length);
  randoms.forEach((random, b) => {
    result.data.set(samplePrior(prior, random), b * prior.length);
  });
  return result;
}
