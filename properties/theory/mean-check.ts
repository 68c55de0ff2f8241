import { requireNumber } from '../../src/core/errors.ts';
import { type Random, stream } from '../../src/core/random.ts';

/** Probability that one check refutes a right formula. */
const FALSE_ALARM = 1e-9;

/** Each number in [−1, 1], in an order that the caller knows. */
export type Draw = (random: Random) => readonly number[];

export interface MeanCheck {
  readonly means: readonly number[];
  /** Farther from its mean than this no right formula lies, except with probability 1e-9 for all means together. */
  readonly width: number;
}

const MOST_REMEMBERED = 512;
const remembered = new Map<string, MeanCheck>();

/**
 * Means of independent draws with a width that holds for all of them at once:
 * √(2 ln(2k/α)/N) for k means of numbers in [−1, 1] and N draws, α = 1e-9 (Hoeffding 1963, with the union bound).
 *
 * The stream is named by the case, so that the same case gives the same verdict and shrinking does not draw anew. The
 * means of a case are kept, because many versions of a formula are put to the same cases.
 *
 * @param salt   integer in [0, 2^48)
 * @param name   of the draws: the law, and all parameters of the case that they depend on
 * @param count  draws, an integer >= 1
 */
export function sampledMeans(salt: number, name: string, count: number, draw: Draw): MeanCheck {
  requireNumber('sampledMeans: "count"', count, { minimum: 1, integer: true });
  const key = `${salt}/${count}/${name}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const random = stream(salt, `mean-check/${name}`);
  const sums: number[] = [];
  for (let k = 0; k < count; k++) {
    draw(random).forEach((value, j) => {
      sums[j] = (sums[j] ?? 0) + value;
    });
  }
  const width = Math.sqrt((2 * Math.log((2 * sums.length) / FALSE_ALARM)) / count);
  const check = { means: sums.map((sum) => sum / count), width };
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, check);
  return check;
}

/** What is wrong with a formula's values for the means, or undefined. */
export function offTheMeans(
  labels: readonly string[],
  values: readonly number[],
  { means, width }: MeanCheck,
): string | undefined {
  for (const [j, label] of labels.entries()) {
    const [value, mean] = [values[j] ?? Number.NaN, means[j] ?? Number.NaN];
    if (!(Math.abs(value - mean) <= width)) {
      return `${label} is ${value}, but the mean of its draws is ${mean.toFixed(4)} ± ${width.toFixed(4)}`;
    }
  }
  return undefined;
}

/** What is wrong where two numbers should agree to a tolerance, or undefined. NaN never agrees. */
export function disagreement(what: string, left: number, right: number, tolerance: number): string | undefined {
  return Math.abs(left - right) <= tolerance ? undefined : `${what}: ${left} against ${right}`;
}

/** The first of several findings, or undefined. */
export function firstOf(...findings: readonly (string | undefined)[]): string | undefined {
  return findings.find((finding) => finding !== undefined);
}
