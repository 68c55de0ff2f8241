import { requireNumber } from '../core/errors.ts';
import type { Method, MethodAnswer, MethodAsk, MethodTell, Stop } from '../core/solver.ts';
import type { LearnedModel, StepGuarantee, StepObserver } from '../core/step.ts';
import type { InverseHessian } from '../numerics/inverse-hessian.ts';
import { dot, maxNorm, subtractInto } from '../numerics/vector.ts';
import type { LineSearch, LineSearchFailure } from './line-search.ts';

/** What the last accepted step was like: for the first trial of the next. */
export interface LastStep {
  /** α */
  readonly length: number;
  /** φ′(0) along its direction, < 0. */
  readonly slope: number;
  /** f(x) − f(x₊) */
  readonly decrease: number;
}

/** Where a descent method goes next, and how it learns: all that distinguishes one method from another. */
export interface DirectionRule {
  /** True while nothing was learned since the start or a reset. */
  isFresh(): boolean;
  /** out ← p */
  directionInto(out: Float64Array, gradient: Float64Array): void;
  /** The first α to try along p with φ′(0) = `slope`. */
  firstTrial(slope: number, last: LastStep): number;
  /** Learns from s = x₊ − x, y = ∇f(x₊) − ∇f(x) and ∇f(x); false where the pair was skipped. */
  learn(s: Float64Array, y: Float64Array, gradientBefore: Float64Array): boolean;
  /** Forgets everything. */
  reset(): void;
  /** For rules with a model H of the inverse Hessian. */
  readonly model?: Pick<InverseHessian, 'timesInto' | 'magnitude' | 'isResolved'>;
}

/** When to stop. */
export interface StopRule {
  /** Stops where ‖∇f‖∞ is at most this. */
  readonly gradientTolerance: number;
  /** Accepted steps. */
  readonly maxIterations: number;
}

/** Throws `out-of-range` or `not-finite` for a tolerance below 0, or a number of steps that is not an integer ≥ 0. */
export function requireStopRule(where: string, { gradientTolerance, maxIterations }: StopRule): void {
  requireNumber(`${where}: "gradientTolerance"`, gradientTolerance, { minimum: 0 });
  if (maxIterations === Number.POSITIVE_INFINITY) return;
  requireNumber(`${where}: "maxIterations"`, maxIterations, { minimum: 0, integer: true });
}

/** A point and what was told about it, written over and over. */
interface Place {
  readonly x: Float64Array;
  value: number;
  readonly gradient: Float64Array;
}

const place = (n: number): Place => ({ x: new Float64Array(n), value: 0, gradient: new Float64Array(n) });

const DECREASE: StepGuarantee = Object.freeze({ kind: 'decrease' });

/**
 * Descent along lines: direction from a rule, step from a line search, until the gradient is small.
 *
 * A search that fails moves to its lowest trial, if that is an improvement, and the rule starts afresh; if a search
 * from a fresh rule fails, the stop is `line-search-failed`, also where rounding alone prevents progress. A start whose
 * value or gradient is not finite stops as `non-finite` where `'value'`, since both are told alike.
 *
 * Nothing is allocated per iteration: the asked points, too, are written over.
 *
 * @param rule    a fresh one for every start
 * @param search  likewise
 */
export function lineDescent(
  rule: (dimension: number) => DirectionRule,
  search: () => LineSearch,
  stopRule: StopRule,
): Method {
  return (start, observe) => new Descent(start, rule(start.length), search(), stopRule, observe).steps();
}

class Descent {
  readonly #rule: DirectionRule;
  readonly #search: LineSearch;
  readonly #stopRule: StopRule;
  readonly #observe: StepObserver | undefined;
  readonly #direction: Float64Array;
  readonly #displacement: Float64Array;
  readonly #gradientChange: Float64Array;
  readonly #last = { length: 0, slope: 0, decrease: 0 };
  readonly #ask: { x: Float64Array; readonly need: 'gradient'; iteration: number };
  #current: Place;
  #trial: Place;
  #lowest: Place;
  /** Steps from the current point to `#trial` and `#lowest`. */
  #trialStep = 0;
  #lowestStep = 0;
  /** φ′(0) of the current line. */
  #slope = 0;

  constructor(
    start: Float64Array,
    rule: DirectionRule,
    search: LineSearch,
    stopRule: StopRule,
    observe: StepObserver | undefined,
  ) {
    const n = start.length;
    this.#rule = rule;
    this.#search = search;
    this.#stopRule = stopRule;
    this.#observe = observe;
    this.#direction = new Float64Array(n);
    this.#displacement = new Float64Array(n);
    this.#gradientChange = new Float64Array(n);
    this.#current = place(n);
    this.#trial = place(n);
    this.#lowest = place(n);
    this.#current.x.set(start);
    this.#ask = { x: this.#current.x, need: 'gradient', iteration: 0 };
  }

  *steps(): Generator<MethodAsk, MethodAnswer, MethodTell> {
    const { gradientTolerance, maxIterations } = this.#stopRule;
    hear(this.#current, yield this.#ask);
    if (this.#current.value === Number.POSITIVE_INFINITY) return this.#answer({ kind: 'non-finite', where: 'value' });
    for (;;) {
      const size = maxNorm(this.#current.gradient);
      if (size <= gradientTolerance) return this.#answer({ kind: 'gradient-small', norm: size });
      if (this.#ask.iteration >= maxIterations) return this.#answer({ kind: 'budget-spent' });
      const fresh = this.#rule.isFresh();
      let step = this.#beginLine();
      while (!Number.isNaN(step)) {
        this.#place(step);
        hear(this.#trial, yield this.#ask);
        step = this.#search.tell(this.#trial.value, dot(this.#direction, this.#trial.gradient));
        if (this.#search.isLowest() && !this.#isAccepted(step)) this.#keepTrial();
      }
      if (this.#isAccepted(step)) {
        this.#accept();
        continue;
      }
      this.#moveToLowest();
      if (fresh) return this.#answer(this.#failure());
      this.#rule.reset();
    }
  }

  #isAccepted(step: number): boolean {
    return Number.isNaN(step) && this.#search.outcome() === 'accepted';
  }

  #beginLine(): number {
    const { x, value, gradient } = this.#current;
    this.#rule.directionInto(this.#direction, gradient);
    const slope = dot(this.#direction, gradient);
    const first = this.#rule.firstTrial(slope, this.#last);
    this.#slope = slope;
    this.#lowestStep = 0;
    return this.#search.begin(value, slope, first > 0 ? first : 1, resolution(x, this.#direction));
  }

  /** The trial x + α p, which is asked for next. */
  #place(step: number): void {
    const origin = this.#current.x;
    const { x } = this.#trial;
    for (let i = 0; i < x.length; i++) x[i] = origin[i]! + step * this.#direction[i]!;
    this.#trialStep = step;
    this.#ask.x = x;
  }

  /** Keeps the place of the lowest trial so far; the next trial overwrites the former lowest. */
  #keepTrial(): void {
    [this.#lowest, this.#trial] = [this.#trial, this.#lowest];
    this.#lowestStep = this.#trialStep;
  }

  #accept(): void {
    const from = this.#current;
    const to = this.#trial;
    subtractInto(this.#displacement, to.x, from.x);
    subtractInto(this.#gradientChange, to.gradient, from.gradient);
    const updated = this.#rule.learn(this.#displacement, this.#gradientChange, from.gradient);
    this.#last.length = this.#trialStep;
    this.#last.slope = this.#slope;
    this.#last.decrease = from.value - to.value;
    this.#ask.iteration += 1;
    if (this.#observe !== undefined) this.#report(from, to, this.#search.guarantee, updated);
    this.#current = to;
    this.#trial = from;
  }

  /** What a failed search has found is not thrown away. */
  #moveToLowest(): void {
    if (this.#lowestStep === 0) return;
    const from = this.#current;
    this.#ask.iteration += 1;
    this.#trialStep = this.#lowestStep;
    if (this.#observe !== undefined) this.#report(from, this.#lowest, DECREASE, undefined);
    this.#current = this.#lowest;
    this.#lowest = from;
  }

  #report(from: Place, to: Place, guarantee: StepGuarantee, updated: boolean | undefined): void {
    const step = { iteration: this.#ask.iteration, from, to, length: this.#trialStep, direction: this.#direction };
    const model = updated === undefined ? undefined : this.#modelOf(updated);
    this.#observe?.({ ...step, guarantee, ...(model === undefined ? {} : { model }) });
  }

  #modelOf(updated: boolean): LearnedModel | undefined {
    const { model } = this.#rule;
    if (model === undefined) return undefined;
    return {
      displacement: this.#displacement,
      gradientChange: this.#gradientChange,
      updated: updated && model.isResolved(),
      timesInto: (out, v) => model.timesInto(out, v),
      magnitude: model.magnitude(),
    };
  }

  /** The lowest trial of a failed search may be stationary; then that is what is reported. */
  #failure(): Stop {
    const norm = maxNorm(this.#current.gradient);
    if (norm <= this.#stopRule.gradientTolerance) return { kind: 'gradient-small', norm };
    return { kind: 'line-search-failed', why: this.#search.outcome() as LineSearchFailure };
  }

  #answer(stop: Stop): MethodAnswer {
    return { x: this.#current.x, stop };
  }
}

function hear(at: Place, { value, gradient }: MethodTell): void {
  at.value = value;
  at.gradient.set(gradient as Float64Array);
}

/** The step below which x + α p rounds to x in every coordinate. */
function resolution(x: Float64Array, direction: Float64Array): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const speed = Math.abs(direction[i]!);
    if (speed > 0) smallest = Math.min(smallest, (Number.EPSILON / 2) * Math.abs(x[i]! / speed));
  }
  return smallest;
}
