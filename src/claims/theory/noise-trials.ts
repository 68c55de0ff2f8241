import type { Facts, TrialSource } from '../../core/claim.ts';
import { type Random, stream } from '../../core/random.ts';

/**
 * Simulated gradients for the claims about averages: each trial is the mean over 32 pairs of draws whose noise differs in sign
 * only, which keeps values in their range and lowers their variance.
 */

export const PAIRS = 32;

/** One cell: n gradients in d dimensions, of signal |s| and noise σ. */
export interface Examples {
  readonly d: number;
  readonly n: number;
  readonly signal: number;
  readonly sigma: number;
}

/** The mean of what `pair` gives, which is the mean of two antithetic draws, over the pairs of a trial. */
export function meanOverPairs(random: Random, pair: (random: Random) => number): number {
  let sum = 0;
  for (let k = 0; k < PAIRS; k++) sum += pair(random);
  return sum / PAIRS;
}

/** Component sums of the noise of n gradients in d dimensions, every gradient drawn. */
function noiseOfSum(random: Random, { d, n, sigma }: Examples): Float64Array {
  const noise = new Float64Array(d);
  for (let j = 0; j < d; j++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += random.normal();
    noise[j] = sigma * sum;
  }
  return noise;
}

/** Cosines of the two sums n s ± noise to s. */
function cosinesOfSums(random: Random, examples: Examples): readonly [number, number] {
  const noise = noiseOfSum(random, examples);
  const along = noise[0] as number;
  const across = Math.hypot(...noise.subarray(1));
  const total = examples.n * examples.signal;
  return [(total + along) / Math.hypot(total + along, across), (total - along) / Math.hypot(total - along, across)];
}

/** (1 + cos)/2 and cos² between the sum of n noisy gradients and the noise-free one. */
export function averagedGradients(id: string, examples: Examples): TrialSource {
  const { d, n, signal, sigma } = examples;
  return {
    id,
    unit: 'problem',
    what: `${2 * PAIRS} sums of ${n} gradients in ${d} dimensions, |s| = ${signal}, σ = ${sigma}, antithetic in pairs`,
    chunk: 256,
    meanings: {
      cosine: { label: '(1 + cosine between sum and signal)/2', unit: '1' },
      squaredCosine: { label: 'squared cosine', unit: '1' },
    },
    run: async ({ seed }, first, count) =>
      Array.from({ length: count }, (_, k): Facts => {
        let squares = 0;
        const cosine = meanOverPairs(stream(seed, id, first + k), (random) => {
          const [one, other] = cosinesOfSums(random, examples);
          squares += (one * one + other * other) / 2;
          return 0.5 + (one + other) / 4;
        });
        return { cosine, squaredCosine: Math.min(1, squares / PAIRS) };
      }),
  };
}

/** (1 + a·u/|u|)/2 of Gaussian steps u with independent components, a along the mean. */
export function gaussianSteps(id: string, mean: readonly number[], variances: readonly number[]): TrialSource {
  const length = Math.hypot(...mean);
  const cosineOf = (noise: readonly number[], sign: number): number => {
    const step = mean.map((m, j) => m + sign * (noise[j] as number));
    return step.reduce((sum, u, j) => sum + u * (mean[j] as number), 0) / (length * Math.hypot(...step));
  };
  return {
    id,
    unit: 'problem',
    what: `${2 * PAIRS} Gaussian steps with mean [${mean}] and variances [${variances}], antithetic in pairs`,
    chunk: 256,
    meanings: { cosine: { label: '(1 + cosine between step and mean)/2', unit: '1' } },
    run: async ({ seed }, first, count) =>
      Array.from({ length: count }, (_, k): Facts => {
        const cosine = meanOverPairs(stream(seed, id, first + k), (random) => {
          const noise = variances.map((variance) => Math.sqrt(variance) * random.normal());
          return 0.5 + (cosineOf(noise, 1) + cosineOf(noise, -1)) / 4;
        });
        return { cosine };
      }),
  };
}

/** A standard draw of one example's noise. */
export const noises = {
  Gaussian: (random: Random): number => random.normal(),
  Cauchy: (random: Random): number => Math.tan(Math.PI * (random.uniform() - 0.5)),
} as const;

/** Share of sums of n one-dimensional gradients that have the right sign; exact zeros count ½. */
export function signsOfSums(id: string, noise: keyof typeof noises, examples: Omit<Examples, 'd'>): TrialSource {
  const { n, signal, sigma } = examples;
  return {
    id,
    unit: 'problem',
    what: `${2 * PAIRS} sums of ${n} gradients with ${noise} noise of scale ${sigma}, |s| = ${signal}, antithetic in pairs`,
    chunk: 256,
    meanings: { right: { label: 'share of sums with the right sign', unit: '1' } },
    run: async ({ seed }, first, count) =>
      Array.from({ length: count }, (_, k): Facts => {
        const right = meanOverPairs(stream(seed, id, first + k), (random) => {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += sigma * noises[noise](random);
          return 0.5 + (Math.sign(n * signal + sum) + Math.sign(n * signal - sum)) / 4;
        });
        return { right };
      }),
  };
}
