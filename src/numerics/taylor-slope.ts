import { InverseClaimsError, requireNumber } from '../core/errors.ts';

/** Remainders this many times above the rounding floor are trusted: the floor then bends the line by less than 1 %. */
const ABOVE_FLOOR = 100;

/** Points fitted. With steps halving that is a factor of 16 in h and 256 in a quadratic remainder. */
const WINDOW = 5;

/** Largest deviation of ln r from the fitted line; bends of a mixture of two powers exceed it long before the slope is off by 0.1. */
const STRAIGHT = 0.03;

/** What the remainder of a Taylor expansion says about the derivative used in it. */
export type TaylorSlope =
  | {
      readonly kind: 'slope';
      readonly slope: number;
      /** The window fitted: smallest and largest step. */
      readonly from: number;
      readonly to: number;
    }
  /** Finite remainders, none above rounding: the expansion is exact as far as floats can tell. */
  | { readonly kind: 'exact' }
  /** Too few points above rounding, or no straight line through them: no slope to speak of. */
  | { readonly kind: 'unresolved'; readonly why: 'too-few-points' | 'not-straight' };

interface Line {
  readonly slope: number;
  /** Largest absolute residual. */
  readonly deviation: number;
}

/** Least squares through (x_k, y_k). */
function fitLine(x: readonly number[], y: readonly number[]): Line {
  const meanX = x.reduce((a, b) => a + b, 0) / x.length;
  const meanY = y.reduce((a, b) => a + b, 0) / y.length;
  let sxx = 0;
  let sxy = 0;
  x.forEach((value, k) => {
    sxx += (value - meanX) ** 2;
    sxy += (value - meanX) * (y[k]! - meanY);
  });
  const slope = sxy / sxx;
  const residuals = x.map((value, k) => Math.abs(y[k]! - meanY - slope * (value - meanX)));
  return { slope, deviation: Math.max(...residuals) };
}

/**
 * Slope p of the remainder r(h) = |f(x + h v) − f(x) − h f′ v| ≈ c h^p on doubly logarithmic axes.
 *
 * An exact derivative leaves p = 2 (3, where the curvature along v vanishes), a wrong one p = 1. The line is fitted
 * through the five smallest steps whose remainders still stand 100 times above rounding: there the first-order error,
 * if any, is largest against the curvature, so even a relative error of 1e-5 shows; a wide window would hide it.
 *
 * @param steps       h > 0, strictly decreasing, at least five; best a geometric sequence. Else `out-of-range`
 * @param remainders  r(h_k), same length (`shape-mismatch`); those that are not finite count as points not there
 * @param floor       rounding level of r(h_k), >= 0: |r| at which nothing but rounding is seen, same length; else `out-of-range`
 * @example
 * const steps = Array.from({ length: 30 }, (_, k) => 2 ** -k);
 * const remainders = steps.map((h) => Math.abs(Math.exp(h) - 1 - h));
 * const found = taylorSlope(steps, remainders, steps.map(() => 2 ** -51));
 * found.kind === 'slope' && found.slope.toFixed(2); // => '2.00'
 */
export function taylorSlope(
  steps: ArrayLike<number>,
  remainders: ArrayLike<number>,
  floor: ArrayLike<number>,
): TaylorSlope {
  requireSteps(steps, remainders, floor);
  const stands = (k: number): boolean => Number.isFinite(remainders[k]) && remainders[k]! > ABOVE_FLOOR * floor[k]!;
  let last = steps.length - 1;
  while (last >= 0 && !stands(last)) last--;
  if (last < 0 && Array.from(remainders).some(Number.isFinite)) return { kind: 'exact' };
  const window = Array.from({ length: WINDOW }, (_, i) => last - i);
  if (!window.every((k) => k >= 0 && stands(k))) return { kind: 'unresolved', why: 'too-few-points' };
  const { slope, deviation } = fitLine(
    window.map((k) => Math.log(steps[k]!)),
    window.map((k) => Math.log(remainders[k]!)),
  );
  if (deviation > STRAIGHT) return { kind: 'unresolved', why: 'not-straight' };
  return { kind: 'slope', slope, from: steps[last]!, to: steps[last - WINDOW + 1]! };
}

function requireSteps(steps: ArrayLike<number>, remainders: ArrayLike<number>, floor: ArrayLike<number>): void {
  if (remainders.length !== steps.length || floor.length !== steps.length) {
    throw new InverseClaimsError('shape-mismatch', {
      where: 'taylorSlope: "remainders" and "floor"',
      expected: `${steps.length} numbers, one per step`,
      received: `${remainders.length} and ${floor.length}`,
    });
  }
  let falling = steps.length >= WINDOW;
  for (let k = 0; k < steps.length; k++) {
    requireNumber('taylorSlope: "floor"', floor[k]!, { minimum: 0 });
    falling &&= steps[k]! > 0 && steps[k]! < (k === 0 ? Number.POSITIVE_INFINITY : steps[k - 1]!);
  }
  if (falling) return;
  throw new InverseClaimsError('out-of-range', {
    where: 'taylorSlope: "steps"',
    expected: `at least ${WINDOW} positive numbers, each below the one before`,
    received: Array.from(steps).join(', '),
  });
}
