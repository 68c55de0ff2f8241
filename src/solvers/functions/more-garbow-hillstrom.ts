import { equations } from './more-garbow-hillstrom-equations.ts';
import {
  brownAlmostLinear,
  chebyquad,
  penalty1,
  penalty2,
  trigonometric,
  variablyDimensioned,
  watson,
} from './more-garbow-hillstrom-families.ts';
import { fits } from './more-garbow-hillstrom-fits.ts';
import {
  broydenBanded,
  broydenTridiagonal,
  discreteBoundaryValue,
  discreteIntegralEquation,
  linearFullRank,
  linearRankOne,
  linearRankOneWithZeros,
} from './more-garbow-hillstrom-systems.ts';
import { type LeastSquares, sumOfSquares } from './sum-of-squares.ts';

/** A sum of squares f(x) = Σ r_i(x)² of n variables, the values it is known to end at, and where to start. */
export interface MghFunction {
  /** 1 … 35, as in the paper. */
  readonly number: number;
  readonly name: string;
  /** n. */
  readonly dimension: number;
  /** f(x) and ∇f(x) = 2 Jᵀ r; neither is finite where a residual overflows. Throws `shape-mismatch` for another length. */
  readonly evaluate: (x: Float64Array) => { readonly value: number; readonly gradient: Float64Array };
  /**
   * Known values at local minima and in limits at infinity, the least first. The list need not be complete: most of these
   * functions have plateaus and further local minima that descent from a far start can end at.
   */
  readonly minima: readonly number[];
  /** Those minimizers that have a closed form; they reach `minima[0]`. */
  readonly minimizers: readonly (readonly number[])[];
  /** x₀, 10 x₀ and 100 x₀ (x₀ alone where it is 0), without those where f overflows, or is flat or least already. */
  readonly starts: readonly (readonly number[])[];
}

/**
 * The function that belongs to a list of residuals, with its starts.
 *
 * @example
 * import { broydenTridiagonal } from './more-garbow-hillstrom-systems.ts';
 * const fun = asFunction(broydenTridiagonal(30));
 * fun.evaluate(Float64Array.from(fun.starts[0])).value; // => 41
 */
export function asFunction(definition: LeastSquares): MghFunction {
  const { number, name, start, minima, minimizers, residuals } = definition;
  const factors = start.every((at) => at === 0) ? [1] : (definition.factors ?? [1, 10, 100]);
  return Object.freeze({
    number,
    name,
    dimension: start.length,
    evaluate: sumOfSquares(start.length, residuals),
    minima,
    minimizers,
    starts: factors.map((factor) => start.map((at) => factor * at)),
  });
}

/**
 * The 35 functions of Moré, Garbow and Hillstrom, ACM Transactions on Mathematical Software 7 (1981) 17–41, in the order of
 * the paper. Those of any dimension come with ten variables unless the published minima are for others. `minima` repeats the
 * published values with more digits.
 *
 * @example
 * moreGarbowHillstrom.find(({ name }) => name === 'helical-valley').evaluate(Float64Array.of(-1, 0, 0)).value; // => 2500
 */
export const moreGarbowHillstrom: readonly MghFunction[] = Object.freeze(
  [
    ...equations,
    ...fits,
    ...[6, 9, 12].map(watson),
    ...[4, 10].map(penalty1),
    ...[4, 10].map(penalty2),
    variablyDimensioned(10),
    trigonometric(10),
    brownAlmostLinear(10),
    discreteBoundaryValue(10),
    discreteIntegralEquation(10),
    broydenTridiagonal(10),
    broydenBanded(10),
    linearFullRank(10, 20),
    linearRankOne(10, 20),
    linearRankOneWithZeros(10, 20),
    ...[7, 8, 9, 10].map(chebyquad),
  ]
    .toSorted((a, b) => a.number - b.number)
    .map(asFunction),
);
