import fc from 'fast-check';
import { type Batch, batch } from '../src/core/batch.ts';
import { requireNumber } from '../src/core/errors.ts';
import { type Random, stream } from '../src/core/random.ts';
import { powerOfTwo } from './arbitraries.ts';

/** Distributions of one error of unit scale, lightest tails first. `scale` is the standard deviation where there is one. */
const DRAWS = {
  /** No error: what holds with noise must hold without. */
  none: () => 0,
  /** On [−√3, √3]: variance 1, no tails. */
  uniform: (random) => random.between(-Math.sqrt(3), Math.sqrt(3)),
  gaussian: (random) => random.normal(),
  /** Variance 1: exponential tails. */
  laplace: (random) => {
    const size = -Math.log1p(-random.uniform()) / Math.SQRT2;
    return random.integer(2) === 0 ? size : -size;
  },
  /** Tukey's contaminated normal: one error in ten from a normal ten times as wide; variance 10.9. */
  contaminated: (random) => random.normal() * (random.integer(10) === 0 ? 10 : 1),
  /** Student's t with 3 degrees of freedom: variance 3, no third moment. */
  'student-3': (random) => studentOf(random, 3),
  /** Student's t with 1 degree of freedom: neither mean nor variance. Averages of it do not settle. */
  cauchy: (random) => studentOf(random, 1),
} as const satisfies Readonly<Record<string, (random: Random) => number>>;

export type NoiseKind = keyof typeof DRAWS;

/** Kinds from the lightest to the heaviest tails: cases shrink towards the first. */
export const NOISE_KINDS = Object.keys(DRAWS) as readonly NoiseKind[];

/** Independent errors of one distribution, named by an integer. */
export interface Noise {
  readonly kind: NoiseKind;
  /** Factor of the errors of unit scale; >= 0. */
  readonly scale: number;
  /** Names the draw: the same salt and shape give the same errors. */
  readonly salt: number;
}

/** A normal over the root of a mean square of `degrees` others. */
function studentOf(random: Random, degrees: number): number {
  let sum = 0;
  for (let k = 0; k < degrees; k++) sum += random.normal() ** 2;
  return random.normal() / Math.sqrt(sum / degrees);
}

/**
 * Noise models, heavy tails included: a kind of `NOISE_KINDS`, a scale that is a power of two from 2^-10 to 2^3, and a
 * salt. They shrink towards no noise, then to lighter tails, unit scale and small salts.
 *
 * @param kinds  those to draw from; all unless given
 * @example
 * import fc from 'fast-check';
 * fc.sample(noiseArbitrary(), { seed: 1, numRuns: 200 }).some(({ kind }) => kind === 'cauchy'); // => true
 */
export function noiseArbitrary(kinds: readonly NoiseKind[] = NOISE_KINDS): fc.Arbitrary<Noise> {
  return fc.record({ kind: fc.constantFrom(...kinds), scale: powerOfTwo(-10, 3), salt: fc.nat(999) });
}

/**
 * The errors of a noise model, shape (B, m): a pure function of the model and the shape.
 *
 * @param noise  scale >= 0; otherwise throws `out-of-range` or `not-finite`
 * @example
 * noiseBatch({ kind: 'none', scale: 1, salt: 0 }, 1, 2).data; // => Float64Array [0, 0]
 */
export function noiseBatch({ kind, scale, salt }: Noise, rows: number, cols: number): Batch {
  requireNumber('noiseBatch: "scale"', scale, { minimum: 0 });
  const random = stream(salt, `noise/${kind}`);
  const errors = batch(rows, cols);
  for (let i = 0; i < errors.data.length; i++) errors.data[i] = scale * DRAWS[kind](random);
  return errors;
}

/**
 * y + errors, shape (B, m); y stays as it is.
 *
 * @example
 * import { batchOfRows } from '../src/core/batch.ts';
 * withNoise(batchOfRows([[1, 2]]), { kind: 'none', scale: 1, salt: 0 }).data; // => Float64Array [1, 2]
 */
export function withNoise(y: Batch, noise: Noise): Batch {
  const errors = noiseBatch(noise, y.rows, y.cols);
  return batch(
    y.rows,
    y.cols,
    y.data.map((value, i) => value + (errors.data[i] as number)),
  );
}
