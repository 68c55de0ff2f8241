import { type Random, stream } from '../../src/core/random.ts';

/** What the laws of the theory say about two numbers, and how they test a mean by simulation. */

/** A sentence unless |value − expected| <= tolerance · scale; `scale` is |expected| unless given. NaN never agrees. */
export function unlike(
  what: string,
  value: number,
  expected: number,
  tolerance: number,
  scale = Math.abs(expected),
): string | undefined {
  if (Math.abs(value - expected) <= tolerance * scale) return undefined;
  return `${what}: ${value} instead of ${expected}`;
}

/** A sentence unless low <= value <= high, up to the relative slack. */
export function outside(what: string, value: number, low: number, high: number, slack = 1e-13): string | undefined {
  const inside = value >= low - slack * Math.abs(low) && value <= high + slack * Math.abs(high);
  return inside ? undefined : `${what}: ${value} is not in [${low}, ${high}]`;
}

/** The first complaint of several. */
export function firstOf(...complaints: readonly (string | undefined)[]): string | undefined {
  return complaints.find((complaint) => complaint !== undefined);
}

/** Fourth-order central difference of f at x. */
export function slopeOf(f: (x: number) => number, x: number, h: number): number {
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

/** Fourth-order central second difference of f at x. */
export function curvatureOf(f: (x: number) => number, x: number, h: number): number {
  return (16 * (f(x + h) + f(x - h)) - (f(x + 2 * h) + f(x - 2 * h)) - 30 * f(x)) / (12 * h * h);
}

/** Probability with which a right mean fails one simulated test. */
export const FALSE_ALARM = 1e-10;

/** A simulated mean, and how far a right expectation may be from it. */
export interface SimulatedMean {
  readonly mean: number;
  readonly allowed: number;
}

/**
 * The mean of independent draws in [−1, 1] and the smaller of two bounds on its error: Hoeffding's, and the empirical
 * Bernstein bound of Maurer & Pontil ("Empirical Bernstein bounds and sample variance penalization", COLT 2009, theorem 4).
 * The expectation is further away with probability at most `FALSE_ALARM`, half of it for each bound. The draws are a
 * function of (purpose, salt).
 */
export function simulatedMean(
  { draws, purpose, salt }: { readonly draws: number; readonly purpose: string; readonly salt: number },
  draw: (random: Random) => number,
): SimulatedMean {
  const random = stream(salt, `law/${purpose}`);
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < draws; k++) {
    const x = draw(random);
    sum += x;
    squares += x * x;
  }
  const mean = sum / draws;
  const variance = Math.max(0, (squares - draws * mean * mean) / (draws - 1));
  const hoeffding = Math.sqrt((2 * Math.log(4 / FALSE_ALARM)) / draws);
  const logs = Math.log(8 / FALSE_ALARM);
  const bernstein = Math.sqrt((2 * variance * logs) / draws) + (14 * logs) / (3 * (draws - 1));
  return { mean, allowed: Math.min(hoeffding, bernstein) };
}

/** A sentence unless the expectation is as close to the simulated mean as it must be. */
export function unlikeSimulated(what: string, expected: number, { mean, allowed }: SimulatedMean): string | undefined {
  if (Math.abs(mean - expected) <= allowed) return undefined;
  return `${what}: ${expected}, simulated ${mean} ± ${allowed}`;
}
