import { InverseClaimsError, requireNumber } from '../src/core/errors.ts';

/** What the formulas of this folder accept: checks that name the argument, what is expected and what came. */

/** Throws unless d is a finite number >= 1. */
export function requireDimension(where: string, d: number): number {
  return requireNumber(where, d, { minimum: 1 });
}

/** Throws `not-finite` for NaN, `out-of-range` below the minimum; infinite values pass. */
export function requireSignal(where: string, value: number, minimum = Number.NEGATIVE_INFINITY): number {
  if (typeof value === 'number' && value >= minimum) return value;
  throw new InverseClaimsError(Number.isNaN(value) ? 'not-finite' : 'out-of-range', {
    where,
    expected: minimum === Number.NEGATIVE_INFINITY ? 'a number, infinite ones included' : `a number >= ${minimum} or ∞`,
    received: String(value),
  });
}

/** Throws unless n is an integer >= 1: a number of examples. */
export function requireCount(where: string, n: number): number {
  return requireNumber(where, n, { minimum: 1, integer: true });
}

/** Throws unless p is in [0, 1]. */
export function requireProbability(where: string, p: number): number {
  return requireNumber(where, p, { minimum: 0, maximum: 1 });
}

/** √n |s|/σ, after n (integer >= 1), signal (>= 0 or ∞) and sigma (finite, > 0) were checked. */
export function checkedSignalToNoise(where: string, n: number, signal: number, sigma: number): number {
  requireCount(`${where}: "n"`, n);
  requireSignal(`${where}: "signal"`, signal, 0);
  requireNumber(`${where}: "sigma"`, sigma, { above: 0 });
  return Math.sqrt(n) * (signal / sigma);
}
