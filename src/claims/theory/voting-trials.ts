import type { Facts, TrialSource } from '../../core/claim.ts';
import { type Random, stream } from '../../core/random.ts';
import { meanOverPairs, noises, PAIRS } from './noise-trials.ts';

/** Simulated votes; trials are means over antithetic pairs as in `noise-trials.ts`. */

/** (1 + majority)/2 of n signs of gradients s + noise, |s| in units of the noise's scale, and the share of ties. */
export function majoritiesOfSigns(id: string, noise: keyof typeof noises, n: number, signal: number): TrialSource {
  return {
    id,
    unit: 'problem',
    what: `${2 * PAIRS} majorities of ${n} votes under ${noise} noise of scale 1, |s| = ${signal}, antithetic in pairs`,
    chunk: 256,
    meanings: {
      right: { label: 'share of majorities that are right, ties counted ½', unit: '1' },
      tied: { label: 'share of ties', unit: '1' },
    },
    run: async ({ seed }, first, count) =>
      Array.from({ length: count }, (_, k): Facts => {
        let ties = 0;
        const right = meanOverPairs(stream(seed, id, first + k), (random) => {
          let [one, other] = [0, 0];
          for (let i = 0; i < n; i++) {
            const draw = noises[noise](random);
            one += Math.sign(signal + draw);
            other += Math.sign(signal - draw);
          }
          ties += (one === 0 ? 0.5 : 0) + (other === 0 ? 0.5 : 0);
          return 0.5 + (Math.sign(one) + Math.sign(other)) / 4;
        });
        return { right, tied: ties / PAIRS };
      }),
  };
}

/** Adds the unit vector along mean e₁ + sign · noise to the sum. */
function addDirection(sum: Float64Array, noise: Float64Array, mu1: number, sign: number): void {
  let square = 0;
  for (let j = 0; j < sum.length; j++) square += (sign * (noise[j] as number) + (j === 0 ? mu1 : 0)) ** 2;
  const length = Math.sqrt(square);
  for (let j = 0; j < sum.length; j++) {
    sum[j] = (sum[j] as number) + (sign * (noise[j] as number) + (j === 0 ? mu1 : 0)) / length;
  }
}

/** Sums of n normalized gradients with the same noise of either sign. */
function normalizedSums(random: Random, d: number, n: number, mu1: number): readonly [Float64Array, Float64Array] {
  const sums = [new Float64Array(d), new Float64Array(d)] as const;
  const noise = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) noise[j] = random.normal();
    addDirection(sums[0], noise, mu1, 1);
    addDirection(sums[1], noise, mu1, -1);
  }
  return sums;
}

/** (1 + cosine between the sum of n normalized gradients and the signal)/2, and the length of the sum over n. */
export function normalizedVotes(id: string, d: number, n: number, mu1: number): TrialSource {
  return {
    id,
    unit: 'problem',
    what: `${2 * PAIRS} sums of ${n} normalized gradients in ${d} dimensions, |s|/σ = ${mu1}, antithetic in pairs`,
    chunk: 256,
    meanings: {
      cosine: { label: '(1 + cosine between sum and signal)/2', unit: '1' },
      length: { label: 'length of the sum over the number of examples', unit: '1' },
    },
    run: async ({ seed }, first, count) =>
      Array.from({ length: count }, (_, k): Facts => {
        let lengths = 0;
        const cosine = meanOverPairs(stream(seed, id, first + k), (random) => {
          const [one, other] = normalizedSums(random, d, n, mu1);
          const norms = [Math.hypot(...one), Math.hypot(...other)] as const;
          lengths += (norms[0] + norms[1]) / (2 * n);
          return 0.5 + ((one[0] as number) / norms[0] + (other[0] as number) / norms[1]) / 4;
        });
        return { cosine, length: Math.min(1, lengths / PAIRS) };
      }),
  };
}
