import erf from '@stdlib/math-base-special-erf';
import { requireNumber } from '../src/core/errors.ts';
import { gaussLegendre, gradedBreaks } from '../src/numerics/gauss-legendre.ts';

/** A symmetric distribution of the identifier γ on the line. */
export interface SymmetricInputs {
  readonly name: string;
  /** Density f(t), t >= 0. */
  density(t: number): number;
  /** P(0 < γ < t), t >= 0. */
  massBelow(t: number): number;
  /** What lies beyond is less than 1e-19 of the second moment. */
  readonly reach: number;
}

/** γ ~ N(0, 1). */
export const normalInputs: SymmetricInputs = Object.freeze({
  name: 'normal',
  density: (t) => Math.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI),
  massBelow: (t) => 0.5 * erf(t / Math.SQRT2),
  reach: 10,
} satisfies SymmetricInputs);

/**
 * γ ~ U(−halfWidth, halfWidth).
 *
 * @param halfWidth  in [1e-6, 1e6]; 1 unless given; else `out-of-range` or `not-finite`
 * @example
 * uniformInputs().massBelow(0.5); // => 0.25
 */
export function uniformInputs(halfWidth = 1): SymmetricInputs {
  requireNumber('uniformInputs: "halfWidth"', halfWidth, { minimum: 1e-6, maximum: 1e6 });
  return Object.freeze({
    name: halfWidth === 1 ? 'uniform' : `uniform on ±${halfWidth}`,
    density: () => 0.5 / halfWidth,
    massBelow: (t: number) => 0.5 * Math.min(1, t / halfWidth),
    reach: halfWidth,
  });
}

/** Points and weights of an integral over γ > 0; the density is part of the weights. */
export interface HalfLineRule {
  readonly t: Float64Array;
  readonly weight: Float64Array;
}

/** ∫₀^∞ … f(t) dt by Gauss–Legendre panels between the given breaks, each cut into equal pieces no wider than `widest`. */
export function halfLineRule(
  inputs: SymmetricInputs,
  breaks: readonly number[],
  widest: number,
  nodes: number,
): HalfLineRule {
  const { x, w } = gaussLegendre(nodes);
  const t: number[] = [];
  const weight: number[] = [];
  for (let k = 0; k + 1 < breaks.length; k++) {
    const [from, to] = [breaks[k]!, breaks[k + 1]!];
    const pieces = Math.ceil((to - from) / widest);
    const half = (to - from) / (2 * pieces);
    for (let piece = 0; piece < pieces; piece++) {
      const middle = from + (2 * piece + 1) * half;
      for (let i = 0; i < nodes; i++) {
        const at = middle + half * x[i]!;
        t.push(at);
        weight.push(half * w[i]! * inputs.density(at));
      }
    }
  }
  return { t: Float64Array.from(t), weight: Float64Array.from(weight) };
}

/** Breaks that shrink by 4 towards zero, where the sign of a step is in doubt over a width of n^(−1/2). */
export function breaksTowardsZero(reach: number, levels: number): readonly number[] {
  const first = Math.min(1, reach);
  const graded = gradedBreaks(0, first, 0.25, levels);
  return reach > first ? [...graded, reach] : graded;
}

/** Throws `out-of-range` unless n is an integer >= 1. */
export function requireExamples(where: string, n: number): void {
  requireNumber(`${where}: "n"`, n, { minimum: 1, maximum: Number.MAX_SAFE_INTEGER, integer: true });
}
