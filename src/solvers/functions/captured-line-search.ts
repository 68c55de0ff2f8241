import { InverseClaimsError } from '../../core/errors.ts';

/**
 * A line search kept for replay: triples (α, φ(α), φ′(α)) of the function it met, with all that it was given.
 *
 * Values and slopes may be ±∞ or NaN where the function is not finite. The form is that of `LineSearchTestCase` in
 * LineSearches.jl, with the first step and the constants.
 */
export interface CapturedLineSearch {
  readonly name: string;
  /** Where the line was met. */
  readonly source: string;
  readonly firstStep: number;
  /** Constants of the strong Wolfe conditions. */
  readonly c1: number;
  readonly c2: number;
  /** Steps that differ by less do not change x in floating point. */
  readonly resolution: number;
  /** Ascending from 0. */
  readonly alphas: readonly number[];
  readonly values: readonly number[];
  readonly slopes: readonly number[];
  /** φ beyond the last α: straight on with the last slope, or +∞. */
  readonly beyond: 'linear' | 'infinite';
}

/** φ(α) and φ′(α). */
interface ValueAndSlope {
  readonly value: number;
  readonly slope: number;
}

const WALL: ValueAndSlope = Object.freeze({ value: Number.POSITIVE_INFINITY, slope: 0 });

/**
 * φ through the captured triples: the piecewise cubic with their values and slopes (Hermite interpolation), continuous
 * with its slope, and exact, bit for bit, at every captured α.
 *
 * Between a finite triple and one that is not, φ = +∞: the wall stands right behind the finite one. Two neighboring
 * floating-point numbers as α make a kink or a jump.
 *
 * Throws `shape-mismatch` where the lists differ in length or are empty, `out-of-range` where the α do not ascend from 0,
 * and `not-finite` for an α that is not finite, or where φ is not finite at 0.
 *
 * @example
 * const parabola = { alphas: [0, 2], values: [1, 1], slopes: [-2, 2], firstStep: 1, c1: 0.1, c2: 0.9, resolution: 0 };
 * const line = interpolated({ name: 'parabola', source: 'ours', beyond: 'linear', ...parabola });
 * line(1); // => { value: 0, slope: 0 }
 * line(0.5).value; // => 0.25
 * line(3); // => { value: 3, slope: 2 }
 */
export function interpolated(captured: CapturedLineSearch): (step: number) => ValueAndSlope {
  requireTriples(captured);
  const { alphas, beyond } = captured;
  return (step) => {
    const k = lastAtMost(alphas, step);
    const left = tripleAt(captured, k);
    if (left.step === step) return { value: left.value, slope: left.slope };
    if (!isFinitePoint(left)) return WALL;
    if (k < alphas.length - 1) return between(left, tripleAt(captured, k + 1), step);
    if (beyond === 'infinite') return WALL;
    return { value: left.value + left.slope * (step - left.step), slope: left.slope };
  };
}

interface Triple extends ValueAndSlope {
  readonly step: number;
}

function tripleAt({ alphas, values, slopes }: CapturedLineSearch, k: number): Triple {
  return { step: alphas[k]!, value: values[k]!, slope: slopes[k]! };
}

function isFinitePoint({ value, slope }: ValueAndSlope): boolean {
  return Number.isFinite(value) && Number.isFinite(slope);
}

/** The greatest k with alphas[k] <= step, by bisection; 0 for a step below all. */
function lastAtMost(alphas: readonly number[], step: number): number {
  let low = 0;
  let high = alphas.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (alphas[middle]! <= step) low = middle;
    else high = middle;
  }
  return low;
}

/** The cubic with value and slope of both ends, as a correction to the chord: φ = (1 − t) a + t b + t (1 − t) (…). */
function between(left: Triple, right: Triple, step: number): ValueAndSlope {
  if (!isFinitePoint(right)) return WALL;
  const width = right.step - left.step;
  const t = (step - left.step) / width;
  const rise = right.value - left.value;
  const bendLeft = left.slope * width - rise;
  const bendRight = rise - right.slope * width;
  const bend = (1 - t) * bendLeft + t * bendRight;
  const value = (1 - t) * left.value + t * right.value + t * (1 - t) * bend;
  const slope = (rise + (1 - 2 * t) * bend + t * (1 - t) * (bendRight - bendLeft)) / width;
  return { value, slope };
}

function requireTriples({ name, alphas, values, slopes }: CapturedLineSearch): void {
  const where = `captured line search ${JSON.stringify(name)}`;
  if (alphas.length === 0 || values.length !== alphas.length || slopes.length !== alphas.length) {
    throw new InverseClaimsError('shape-mismatch', {
      where,
      expected: 'as many values and slopes as alphas, one at least',
      received: `${alphas.length} alphas, ${values.length} values, ${slopes.length} slopes`,
    });
  }
  const infinite = alphas.find((alpha) => !Number.isFinite(alpha));
  if (infinite !== undefined) {
    throw new InverseClaimsError('not-finite', { where, expected: 'finite alphas', received: String(infinite) });
  }
  const descending = alphas.findIndex((alpha, k) => (k === 0 ? alpha !== 0 : !(alpha > alphas[k - 1]!)));
  if (descending >= 0) {
    const received = `${alphas[descending]} as number ${descending}`;
    throw new InverseClaimsError('out-of-range', { where, expected: 'alphas that ascend from 0', received });
  }
  if (Number.isFinite(values[0]) && Number.isFinite(slopes[0])) return;
  const received = `value ${values[0]}, slope ${slopes[0]}`;
  throw new InverseClaimsError('not-finite', { where, expected: 'a finite φ at 0', received });
}
