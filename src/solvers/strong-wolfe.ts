import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import type { LinePoint, LineSearch, LineSearchFailure } from './line-search.ts';

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
}

export const USUAL_WOLFE: WolfeConstants = Object.freeze({ c1: 1e-4, c2: 0.9 });
/** 4⁵⁰ ≈ 1e30: a longer search means that f has no lower bound along the direction. */
export const USUAL_LIMITS: SearchLimits = Object.freeze({ expansions: 50, zooms: 60 });

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

/** A place for a trial that is written over and over. */
interface Slot {
  step: number;
  value: number;
  slope: number;
}

function put(slot: Slot, step: number, value: number, slope: number): void {
  slot.step = step;
  slot.value = value;
  slot.slope = slope;
}

function copy(to: Slot, from: LinePoint): void {
  put(to, from.step, from.value, from.slope);
}

const emptySlot = (): Slot => ({ step: 0, value: 0, slope: 0 });

/**
 * Line search for a step that satisfies the strong Wolfe conditions, without allocations once it is made.
 *
 * Bracketing, then zooming with the cubic through both ends, safeguarded; a trial that meets both conditions is
 * accepted at once, wherever the bracket stands. No step is asked for twice. Invalid constants throw `out-of-range`;
 * a slope that is not negative fails at once, without a trial.
 *
 * Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), algorithms 3.5 and 3.6, eqs. 3.7 and 3.59.
 *
 * @example
 * const search = strongWolfe();
 * search.begin(1, -2, 1, 0); // => 1
 * search.tell(0, 0); // => NaN
 * search.outcome(); // => 'accepted'
 */
export function strongWolfe(constants: WolfeConstants = USUAL_WOLFE, limits: SearchLimits = USUAL_LIMITS): LineSearch {
  requireWolfe('strongWolfe', constants);
  return new StrongWolfeSearch(constants, limits);
}

/** `low` is the lower end that decreases enough, with φ′(low) pointing toward `high`; `high` may be on either side. */
class StrongWolfeSearch implements LineSearch {
  readonly guarantee: { readonly kind: 'strong-wolfe'; readonly c1: number; readonly c2: number };
  readonly #limits: SearchLimits;
  readonly #start = emptySlot();
  readonly #previous = emptySlot();
  readonly #trial = emptySlot();
  readonly #low = emptySlot();
  readonly #high = emptySlot();
  #outcome: 'accepted' | LineSearchFailure = 'not-a-descent-direction';
  #zooming = false;
  #trials = 0;
  #lowest = 0;
  #isLowest = false;
  #resolution = 0;
  #width = 0;
  #widthOneAgo = 0;
  #widthTwoAgo = 0;

  constructor({ c1, c2 }: WolfeConstants, limits: SearchLimits) {
    this.guarantee = Object.freeze({ kind: 'strong-wolfe', c1, c2 });
    this.#limits = limits;
  }

  begin(value: number, slope: number, firstStep: number, resolution: number): number {
    put(this.#start, 0, value, slope);
    copy(this.#previous, this.#start);
    this.#zooming = false;
    this.#trials = 0;
    this.#lowest = value;
    this.#isLowest = false;
    this.#resolution = resolution;
    if (!(slope < 0)) return this.#end('not-a-descent-direction');
    return this.#ask(firstStep);
  }

  tell(value: number, slope: number): number {
    const trial = this.#trial;
    put(trial, trial.step, value, slope);
    this.#isLowest = value < this.#lowest;
    if (this.#isLowest) this.#lowest = value;
    const decreases = decreasesEnough(this.#start, trial, this.guarantee.c1);
    if (decreases && flattensEnough(this.#start, trial, this.guarantee.c2)) return this.#end('accepted');
    return this.#zooming ? this.#shrink(decreases) : this.#bracket(decreases);
  }

  isLowest(): boolean {
    return this.#isLowest;
  }

  outcome(): 'accepted' | LineSearchFailure {
    return this.#outcome;
  }

  #ask(step: number): number {
    this.#trials += 1;
    this.#trial.step = step;
    return step;
  }

  #end(outcome: 'accepted' | LineSearchFailure): number {
    this.#outcome = outcome;
    return Number.NaN;
  }

  /** A trial of the expanding phase: it closes the bracket, or the next one goes further. */
  #bracket(decreases: boolean): number {
    const trial = this.#trial;
    const previous = this.#previous;
    // A tie with a slope that still falls is rounding: a step too short to change f, not the other side of a minimum.
    const rises = trial.value > previous.value || (trial.value === previous.value && trial.slope >= 0);
    if (!decreases || (this.#trials > 1 && rises)) return this.#zoomBetween(previous, trial);
    if (trial.slope >= 0) return this.#zoomBetween(trial, previous);
    if (this.#trials > this.#limits.expansions) return this.#end('no-bracket');
    const step = expanded(previous, trial);
    if (step === Number.POSITIVE_INFINITY) return this.#end('no-bracket');
    copy(previous, trial);
    return this.#ask(step);
  }

  #zoomBetween(low: LinePoint, high: LinePoint): number {
    copy(this.#low, low);
    copy(this.#high, high);
    this.#zooming = true;
    this.#trials = 0;
    this.#width = Math.abs(high.step - low.step);
    this.#widthOneAgo = Number.POSITIVE_INFINITY;
    this.#widthTwoAgo = Number.POSITIVE_INFINITY;
    return this.#nextInside();
  }

  #shrink(decreases: boolean): number {
    const trial = this.#trial;
    const low = this.#low;
    const high = this.#high;
    if (!decreases || trial.value >= low.value) {
      copy(high, trial);
    } else {
      if (trial.slope * (high.step - low.step) >= 0) copy(high, low);
      copy(low, trial);
    }
    this.#widthTwoAgo = this.#widthOneAgo;
    this.#widthOneAgo = this.#width;
    this.#width = Math.abs(high.step - low.step);
    return this.#nextInside();
  }

  #nextInside(): number {
    const low = this.#low;
    const high = this.#high;
    if (this.#trials >= this.#limits.zooms || !(this.#width > this.#resolution)) return this.#end('zoom-exhausted');
    const slowly = this.#width > REQUIRED_SHRINKAGE * this.#widthTwoAgo;
    const step = slowly ? (low.step + high.step) / 2 : inside(low, high);
    return step === low.step || step === high.step ? this.#end('zoom-exhausted') : this.#ask(step);
  }
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
