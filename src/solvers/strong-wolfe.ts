import { InverseClaimsError, requireNumber } from '../core/errors.ts';

/** A trial of φ(α) = f(x + α p): α, φ(α) and φ′(α). A trial that is not finite has value +∞. */
export interface LinePoint {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/** Constants of the strong Wolfe conditions, 0 < c1 < c2 < 1. */
export interface WolfeConstants {
  /** Sufficient decrease: φ(α) ≤ φ(0) + c1 α φ′(0). */
  readonly c1: number;
  /** Curvature: |φ′(α)| ≤ c2 |φ′(0)|. */
  readonly c2: number;
}

/** Steps tried while expanding, and then while shrinking, before the search gives up. */
export interface SearchLimits {
  readonly expansions: number;
  readonly zooms: number;
  /** Brackets narrower than this hold no new point: steps below it do not change x in floating point. */
  readonly resolution: number;
}

export type WolfeFailure = 'not-a-descent-direction' | 'no-bracket' | 'zoom-exhausted';

export type WolfeResult<P extends LinePoint> =
  | { readonly ok: true; readonly point: P }
  /** `best` is the lowest trial, where one is below φ(0): what was learned is not thrown away. */
  | { readonly ok: false; readonly why: WolfeFailure; readonly best: P | undefined };

export const USUAL_WOLFE: WolfeConstants = Object.freeze({ c1: 1e-4, c2: 0.9 });
/** 4⁵⁰ ≈ 1e30: a longer search means that f has no lower bound along the direction. */
export const USUAL_LIMITS: SearchLimits = Object.freeze({ expansions: 50, zooms: 60, resolution: 0 });

/** A trial of value +∞ carries no slope to interpolate: the bracket shrinks to this fraction. */
const SHRINK_AFTER_INFINITE = 0.2;
/** Interpolated steps keep this fraction of the bracket away from both ends. */
const SAFEGUARD = 0.1;
/** Two trials must shrink the bracket at least to this fraction, otherwise the next one bisects. */
const REQUIRED_SHRINKAGE = 0.66;
/** An expansion lands between these multiples of the last increment beyond the current step. */
const EXPANSION = { least: 1.1, most: 4 } as const;

/** Throws `out-of-range` unless 0 < c1 < c2 < 1. */
export function requireWolfe(where: string, { c1, c2 }: WolfeConstants): void {
  requireNumber(`${where}: "wolfe.c1"`, c1, { above: 0, maximum: 1 });
  if (c2 > c1 && c2 < 1) return;
  throw new InverseClaimsError('out-of-range', {
    where: `${where}: "wolfe.c2"`,
    expected: `a number in (c1, 1) = (${c1}, 1)`,
    received: String(c2),
    hint: '0.9 is usual for quasi-Newton methods',
  });
}

/** φ(α) ≤ φ(0) + c1 α φ′(0), as it is computed in floating point. */
export function decreasesEnough(start: LinePoint, trial: LinePoint, c1: number): boolean {
  return trial.value <= start.value + c1 * trial.step * start.slope;
}

/** |φ′(α)| ≤ c2 |φ′(0)|. */
export function flattensEnough(start: LinePoint, trial: LinePoint, c2: number): boolean {
  return Math.abs(trial.slope) <= -c2 * start.slope;
}

/**
 * Line search for a step that satisfies the strong Wolfe conditions: yields steps α > 0, is told the trial there.
 *
 * Bracketing, then zooming with the cubic through both ends, safeguarded; a trial that meets both conditions is
 * accepted at once, wherever the bracket stands. No step is asked for twice, and the
 * accepted point is the very object that was told, so value and gradient always belong to it.
 *
 * Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), algorithms 3.5 and 3.6, eqs. 3.7 and 3.59.
 *
 * @param start      φ at α = 0, finite; a slope that is not negative fails at once, without a trial
 * @param firstStep  first α, > 0
 * @returns the accepted trial, or why there is none; throws for programmer errors only
 * @example
 * const search = strongWolfe({ step: 0, value: 1, slope: -2 }, 1); // φ(α) = (1 − α)²
 * search.next().value; // => 1
 * search.next({ step: 1, value: 0, slope: 0 }).value; // => { ok: true, point: { step: 1, value: 0, slope: 0 } }
 */
export function* strongWolfe<P extends LinePoint>(
  start: P,
  firstStep: number,
  constants: WolfeConstants = USUAL_WOLFE,
  limits: SearchLimits = USUAL_LIMITS,
): Generator<number, WolfeResult<P>, P> {
  if (!(start.slope < 0)) return { ok: false, why: 'not-a-descent-direction', best: undefined };
  let best: P | undefined;
  let previous = start;
  let step = firstStep;
  for (let k = 0; k <= limits.expansions; k++) {
    const trial = yield step;
    if (trial.value < (best ?? start).value) best = trial;
    const decreases = decreasesEnough(start, trial, constants.c1);
    if (decreases && flattensEnough(start, trial, constants.c2)) return { ok: true, point: trial };
    if (!decreases || (k > 0 && trial.value >= previous.value)) {
      return yield* zoom(start, previous, trial, best, constants, limits);
    }
    if (trial.slope >= 0) return yield* zoom(start, trial, previous, best, constants, limits);
    step = expanded(previous, trial);
    previous = trial;
  }
  return { ok: false, why: 'no-bracket', best };
}

/** `low` is the lower end that decreases enough, with φ′(low) pointing toward `high`; `high` may be on either side. */
function* zoom<P extends LinePoint>(
  start: P,
  lowEnd: P,
  highEnd: P,
  bestSoFar: P | undefined,
  constants: WolfeConstants,
  limits: SearchLimits,
): Generator<number, WolfeResult<P>, P> {
  let low = lowEnd;
  let high = highEnd;
  let best = bestSoFar;
  let width = Math.abs(high.step - low.step);
  let widthOneAgo = Number.POSITIVE_INFINITY;
  let widthTwoAgo = Number.POSITIVE_INFINITY;
  for (let k = 0; k < limits.zooms && width > limits.resolution; k++) {
    const slowly = width > REQUIRED_SHRINKAGE * widthTwoAgo;
    const step = slowly ? (low.step + high.step) / 2 : inside(low, high);
    if (step === low.step || step === high.step) break;
    const trial = yield step;
    if (trial.value < (best ?? start).value) best = trial;
    const decreases = decreasesEnough(start, trial, constants.c1);
    if (decreases && flattensEnough(start, trial, constants.c2)) return { ok: true, point: trial };
    if (!decreases || trial.value >= low.value) {
      high = trial;
    } else {
      if (trial.slope * (high.step - low.step) >= 0) high = low;
      low = trial;
    }
    widthTwoAgo = widthOneAgo;
    widthOneAgo = width;
    width = Math.abs(high.step - low.step);
  }
  return { ok: false, why: 'zoom-exhausted', best };
}

/** A step between both ends: the minimizer of the cubic where it exists, kept away from the ends. */
function inside(low: LinePoint, high: LinePoint): number {
  const width = high.step - low.step;
  if (high.value === Number.POSITIVE_INFINITY) return low.step + SHRINK_AFTER_INFINITE * width;
  const fraction = (cubicMinimizer(low, high) - low.step) / width;
  if (!Number.isFinite(fraction)) return low.step + width / 2;
  return low.step + Math.min(Math.max(fraction, SAFEGUARD), 1 - SAFEGUARD) * width;
}

/** A step beyond `current`: the minimizer of the cubic where it lies ahead, within the permitted expansion. */
function expanded(previous: LinePoint, current: LinePoint): number {
  const increment = current.step - previous.step;
  const least = current.step + EXPANSION.least * increment;
  const most = current.step + EXPANSION.most * increment;
  const candidate = cubicMinimizer(previous, current);
  return candidate > current.step ? Math.min(Math.max(candidate, least), most) : most;
}

/** Minimizer of the cubic with the values and slopes of a and b (eq. 3.59), scaled against overflow; NaN if none. */
function cubicMinimizer(a: LinePoint, b: LinePoint): number {
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.step - b.step);
  const scale = Math.max(Math.abs(d1), Math.abs(a.slope), Math.abs(b.slope));
  const discriminant = (d1 / scale) ** 2 - (a.slope / scale) * (b.slope / scale);
  const d2 = Math.sign(b.step - a.step) * scale * Math.sqrt(discriminant);
  return b.step - ((b.step - a.step) * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2);
}
