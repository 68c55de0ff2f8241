import { InverseClaimsError } from '../core/errors.ts';
import { rootOfCapital } from './capital-root.ts';
import { requireSample, type Tally } from './e-process.ts';

/** An interval of a confidence sequence, after some number of trials. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
  /** Two-sided level 1 − 2α. */
  readonly level: number;
  readonly trials: number;
  /** Sample mean; 0.5 by convention where there are no trials. */
  readonly mean: number;
}

/** Throws `out-of-range` (`not-finite` for NaN) unless 0 < α < 1. */
export function requireAlpha(where: string, alpha: number): void {
  if (alpha > 0 && alpha < 1) return;
  throw new InverseClaimsError(Number.isFinite(alpha) ? 'out-of-range' : 'not-finite', {
    where,
    expected: 'a number with 0 < alpha < 1',
    received: String(alpha),
  });
}

/** Interval of a tally with known mean; see `confidenceSequence`. */
export function intervalOfTally(tally: Tally, mean: number, alpha: number): Interval {
  const trials = tally.zeros + tally.ones + tally.interior.length;
  const level = Math.max(0, 1 - 2 * alpha);
  if (trials === 0) return { lower: 0, upper: 1, level, trials, mean };
  const above = rootOfCapital(tally, 1 - mean, alpha, true);
  return {
    lower: rootOfCapital(tally, mean, alpha, false),
    // 1 − above is rounded to nearest: one unit more is outwards.
    upper: above === 0 ? 1 : Math.min(1, 1 - above + Number.EPSILON),
    level,
    trials,
    mean,
  };
}

/** Sum of numbers of one sign with Kahan's compensation. */
export function compensatedSum(): { add(x: number): void; value(): number } {
  let sum = 0;
  let lost = 0;
  return {
    add(x) {
      const y = x - lost;
      const next = sum + y;
      lost = next - sum - y;
      sum = next;
    },
    value: () => sum,
  };
}

/** Mean of samples in [0, 1] from their counts and the sum of the others; 0.5 where there are none. */
export function meanOf(ones: number, interiorSum: number, trials: number): number {
  return trials === 0 ? 0.5 : Math.min(1, (ones + interiorSum) / trials);
}

/**
 * Betting confidence sequence for the mean of samples in [0, 1], at the last of them.
 *
 *     lower = sup { m : K⁺(m) >= 1/α },    upper = inf { m : K⁻(m) >= 1/α }
 *
 * Theorem (Waudby-Smith & Ramdas 2024, thm. 1, from Ville's inequality): if each sample has mean θ given those before
 * it, then P(θ >= lower after every number of trials at once) >= 1 − α, likewise for upper; so the interval covers θ
 * at any stopping time, chosen by looking at the data or not, with probability at least 1 − 2α.
 *
 * No running intersection is taken: the interval is a function of the samples alone (of their counts, for zeros and
 * ones), and lower > m exactly where K⁺(m) >= 1/α now, which is what the judge tests. It always contains the mean.
 * Bounds are found to 1e-12 and rounded outwards; lower is 0 after zeros only, upper is 1 after ones only.
 *
 * @param samples  (n), each in [0, 1]; others throw `out-of-range` or `not-finite` with the number of the trial
 * @param options  alpha: error of each side, in (0, 1)
 * @example
 * const { lower, upper } = confidenceSequence([1, 1, 1, 0, 1, 1, 1, 1, 1, 1], { alpha: 0.05 });
 * [lower.toFixed(4), upper.toFixed(4)]; // => ['0.4626', '0.9995']
 */
export function confidenceSequence(samples: ArrayLike<number>, options: { readonly alpha: number }): Interval {
  requireAlpha('confidenceSequence: "alpha"', options.alpha);
  let [zeros, ones, others] = [0, 0, 0];
  const interior = new Float64Array(samples.length);
  const sum = compensatedSum();
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i]!;
    requireSample('confidenceSequence', x, i);
    if (x === 0) zeros++;
    else if (x === 1) ones++;
    else {
      interior[others++] = x;
      sum.add(x);
    }
  }
  const tally = { zeros, ones, interior: interior.subarray(0, others) };
  return intervalOfTally(tally, meanOf(ones, sum.value(), samples.length), options.alpha);
}
