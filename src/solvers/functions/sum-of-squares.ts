import { InverseClaimsError, requireNumber } from '../../core/errors.ts';

/** r(x) and ∇r(x) at one x. */
export interface Residual {
  readonly value: number;
  readonly gradient: ArrayLike<number>;
}

/** The residuals r₁(x), …, r_m(x); m may not depend on x. */
export type Residuals = (x: Float64Array) => readonly Residual[];

/** A minimization problem min Σ r_i(x)², as it is listed in a collection. */
export interface LeastSquares {
  /** In the collection of Moré, Garbow and Hillstrom. */
  readonly number: number;
  readonly name: string;
  /** Standard start x₀ (n). */
  readonly start: readonly number[];
  /** Multiples of x₀ to start from; default 1, 10, 100, or 1 alone where x₀ = 0. */
  readonly factors?: readonly number[];
  /** Known values at local minima or, where f falls forever, in the limit; the least first. */
  readonly minima: readonly number[];
  /** Those minimizers that have a closed form; they reach the least of `minima`. */
  readonly minimizers: readonly (readonly number[])[];
  readonly residuals: Residuals;
}

/**
 * A residual from its value and its partial derivatives, one per variable.
 *
 * @example
 * residual(3, 1, 0).gradient.length; // => 2
 */
export function residual(value: number, ...gradient: readonly number[]): Residual {
  return { value, gradient };
}

/**
 * f(x) = Σ r_i(x)² and ∇f(x) = 2 Σ r_i(x) ∇r_i(x).
 *
 * Residuals that overflow give an infinite value and a gradient that is not finite, never an error. Throws
 * `shape-mismatch` for an x of another length.
 *
 * @param dimension  n
 * @param residuals  m >= 1 residuals of n variables
 * @returns the function, for x (n)
 * @example
 * const slope = sumOfSquares(2, ([a = 0, b = 0]) => [residual(a - 1, 1, 0), residual(a + b, 1, 1)]);
 * slope(Float64Array.of(3, 1)).value; // => 20
 * Array.from(slope(Float64Array.of(3, 1)).gradient); // => [12, 8]
 */
export function sumOfSquares(
  dimension: number,
  residuals: Residuals,
): (x: Float64Array) => { readonly value: number; readonly gradient: Float64Array } {
  return (x) => {
    if (x.length !== dimension) {
      throw new InverseClaimsError('shape-mismatch', {
        where: 'sum of squares: "x"',
        expected: `${dimension} numbers`,
        received: String(x.length),
      });
    }
    let value = 0;
    const gradient = new Float64Array(dimension);
    for (const { value: r, gradient: slope } of residuals(x)) {
      value += r * r;
      for (let j = 0; j < dimension; j++) gradient[j]! += 2 * r * slope[j]!;
    }
    return { value, gradient };
  };
}

/**
 * [f(1), …, f(n)], with indices from 1 as in the formulas of the literature.
 *
 * @example
 * listed(3, (i) => i * i); // => [1, 4, 9]
 */
export function listed<T>(n: number, f: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, k) => f(k + 1));
}

/**
 * slope · e_i in n dimensions, i from 1 to n.
 *
 * @example
 * Array.from(along(3, 2, 5)); // => [0, 5, 0]
 */
export function along(n: number, i: number, slope: number): Float64Array {
  const gradient = new Float64Array(n);
  gradient[i - 1] = slope;
  return gradient;
}

/**
 * Σ x_j, in index order.
 *
 * @example
 * total([1, 2, 3]); // => 6
 */
export function total(x: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += x[j]!;
  return sum;
}

/** Throws `out-of-range` or `not-finite` unless the dimension of a family is an integer of at least `minimum`. */
export function requireDimension(family: string, dimension: number, minimum: number): void {
  requireNumber(`${family}: dimension`, dimension, { minimum, integer: true });
}
