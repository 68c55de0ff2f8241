import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import type { Method, MethodAnswer, MethodAsk, MethodTell, Solver } from '../core/solver.ts';
import type { Bounds, StepGuarantee, StepObserver } from '../core/step.ts';
import { type LimitedMemory, limitedMemory } from '../numerics/limited-memory.ts';
import { dot, norm, scaleInto, subtractInto } from '../numerics/vector.ts';
import { requireStopRule } from './line-descent.ts';
import type { LineSearch, LineSearchFailure } from './line-search.ts';
import { perRow } from './per-row.ts';
import { decreasesEnough, requireWolfe, strongWolfe, USUAL_WOLFE, type WolfeConstants } from './strong-wolfe.ts';

export interface ProjectedLbfgsOptions {
  /** One number for all unknowns, or one per unknown; −Infinity where there is none. */
  readonly lower: number | ArrayLike<number>;
  readonly upper: number | ArrayLike<number>;
  /** Stops where the projected gradient ‖P(x − ∇f) − x‖∞ is at most this; default 1e-5. */
  readonly gradientTolerance?: number;
  /** Accepted steps; default 1000. */
  readonly maxIterations?: number;
  /** Defaults c1 = 1e-4, c2 = 0.9. */
  readonly wolfe?: Partial<WolfeConstants>;
  /** Pairs (s, y) that are remembered, an integer from 1 to 1000; default 10. */
  readonly memory?: number;
}

type Settings = Required<Omit<ProjectedLbfgsOptions, 'wolfe'>> & { readonly wolfe: WolfeConstants };

/**
 * Limited-memory BFGS within a box, every row on its own, all rows in lock step.
 *
 *     x₊ = P(x + α p),  p = −H ∇f on the free coordinates, 0 on those held at a bound
 *
 * A coordinate is held while it lies at a bound and the gradient pushes outward. H is the model of the free block. Where
 * a trial meets no new bound it must satisfy the strong Wolfe conditions; where it does, sufficient decrease,
 * f(x₊) ≤ f(x) + c1 α ∇fᵀp. The start is moved into the box, and no point outside it is asked for.
 * Failed searches end as in `bfgs`.
 *
 * Bertsekas, SIAM J. Control and Optimization 20 (1982) 221 (projection on the free block); Byrd, Lu, Nocedal & Zhu,
 * SIAM J. Scientific Computing 16 (1995) 1190 (stopping rule).
 *
 * Throws `out-of-range` where a lower bound is above the upper one or a bound is NaN, and, when a row starts,
 * `shape-mismatch` where bounds do not fit the unknowns.
 *
 * @example
 * projectedLbfgs({ lower: 0, upper: 1 }).settings.upper; // => 1
 */
export function projectedLbfgs(options: ProjectedLbfgsOptions): Solver {
  const { lower, upper, gradientTolerance, maxIterations, wolfe, memory } = requireSettings(options);
  const listed = (bound: number | ArrayLike<number>): number | string =>
    Number.isFinite(bound)
      ? (bound as number)
      : typeof bound === 'number'
        ? String(bound)
        : Array.from(bound).join(', ');
  const bounds = { lower: listed(lower), upper: listed(upper) };
  const method = projectedLbfgsMethod(options);
  return perRow('projected-lbfgs', { gradientTolerance, maxIterations, ...wolfe, memory, ...bounds }, () => method);
}

/** The method behind `projectedLbfgs` for one instance. */
export function projectedLbfgsMethod(options: ProjectedLbfgsOptions): Method {
  const settings = requireSettings(options);
  return (start, observe) => new ProjectedDescent(start, settings, observe).steps();
}

function requireSettings(options: ProjectedLbfgsOptions): Settings {
  const wolfe = { ...USUAL_WOLFE, ...options.wolfe };
  requireWolfe('projectedLbfgs', wolfe);
  const { lower, upper, gradientTolerance = 1e-5, maxIterations = 1000, memory = 10 } = options;
  requireStopRule('projectedLbfgs', { gradientTolerance, maxIterations });
  requireNumber('projectedLbfgs: "memory"', memory, { minimum: 1, maximum: 1000, integer: true });
  const length = Math.max(...[lower, upper].map((bound) => (typeof bound === 'number' ? 1 : bound.length)));
  const pairs = Array.from({ length }, (_, i) => [boundAt(lower, i), boundAt(upper, i)] as const);
  const bad = pairs.findIndex(([low, high]) => !(low <= high));
  if (bad < 0) return { lower, upper, gradientTolerance, maxIterations, wolfe, memory };
  throw new InverseClaimsError('out-of-range', {
    where: `projectedLbfgs: bounds of unknown ${bad}`,
    expected: 'lower <= upper',
    received: `${pairs[bad]?.[0]} and ${pairs[bad]?.[1]}`,
  });
}

function boundAt(bound: number | ArrayLike<number>, i: number): number {
  return typeof bound === 'number' ? bound : (bound[i] as number);
}

function boundsOf({ lower, upper }: Settings, n: number): Bounds {
  for (const [name, bound] of [['lower', lower] as const, ['upper', upper] as const]) {
    if (typeof bound === 'number' || bound.length === n) continue;
    throw new InverseClaimsError('shape-mismatch', {
      where: `projectedLbfgs: "${name}"`,
      expected: `one number, or ${n}: one per unknown`,
      received: `${bound.length} numbers`,
    });
  }
  const filled = (bound: number | ArrayLike<number>): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => boundAt(bound, i));
  return { lower: filled(lower), upper: filled(upper) };
}

interface Place {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

class ProjectedDescent {
  readonly #settings: Settings;
  readonly #observe: StepObserver | undefined;
  readonly #bounds: Bounds;
  readonly #model: LimitedMemory;
  readonly #search: LineSearch;
  readonly #free: Uint8Array;
  readonly #direction: Float64Array;
  readonly #start: Float64Array;
  #fresh = true;
  #iteration = 0;

  constructor(start: Float64Array, settings: Settings, observe: StepObserver | undefined) {
    const n = start.length;
    this.#settings = settings;
    this.#observe = observe;
    this.#bounds = boundsOf(settings, n);
    this.#model = limitedMemory(n, settings.memory);
    this.#search = strongWolfe(settings.wolfe);
    this.#free = new Uint8Array(n);
    this.#direction = new Float64Array(n);
    this.#start = start.map((value, i) => this.#clipped(value, i));
  }

  *steps(): Generator<MethodAsk, MethodAnswer, MethodTell> {
    const { gradientTolerance, maxIterations } = this.#settings;
    let current = yield* this.#evaluate(this.#start);
    if (current.value === Number.POSITIVE_INFINITY) {
      return { x: current.x, stop: { kind: 'non-finite', where: 'value' } };
    }
    for (;;) {
      const size = this.#projectedNorm(current);
      if (size <= gradientTolerance)
        return { x: current.x, stop: { kind: 'gradient-small', norm: size, projected: true } };
      if (this.#iteration >= maxIterations) return { x: current.x, stop: { kind: 'budget-spent' } };
      this.#chooseDirection(current);
      const fresh = this.#fresh;
      const { to, why } = yield* this.#searchArc(current);
      if (to !== undefined) current = to;
      if (why === undefined) continue;
      if (fresh) return { x: current.x, stop: { kind: 'line-search-failed', why } };
      this.#model.reset();
    }
  }

  *#evaluate(x: Float64Array): Generator<MethodAsk, Place, MethodTell> {
    const { value, gradient } = yield { x, need: 'gradient', iteration: this.#iteration };
    return { x, value, gradient: (gradient as Float64Array).slice() };
  }

  /** Trials on the arc; where none is acceptable, why, and the lowest one if it is an improvement. */
  *#searchArc(from: Place): Generator<MethodAsk, { to?: Place; why?: LineSearchFailure }, MethodTell> {
    const { c1 } = this.#settings.wolfe;
    const search = this.#search;
    const slope = dot(this.#direction, from.gradient);
    const start = { step: 0, value: from.value, slope };
    const first = this.#fresh ? Math.min(1, 1 / norm(this.#direction)) : 1;
    let lowest: { at: Place; step: number } | undefined;
    let step = search.begin(from.value, slope, first, this.#resolution(from.x));
    while (!Number.isNaN(step)) {
      const at = yield* this.#evaluate(this.#onArc(from.x, step));
      const { clipped, slope: slopeThere } = this.#slopeOnArc(from.x, at, step);
      const trial = { step, value: at.value, slope: slopeThere };
      if (clipped && decreasesEnough(start, trial, c1)) {
        return this.#accept(from, at, step, { kind: 'projected-decrease', c1 });
      }
      const next = search.tell(trial.value, trial.slope);
      if (search.isLowest()) lowest = { at, step };
      if (Number.isNaN(next) && search.outcome() === 'accepted') return this.#accept(from, at, step, search.guarantee);
      step = next;
    }
    const why = search.outcome() as LineSearchFailure;
    return lowest === undefined
      ? { why }
      : { ...this.#accept(from, lowest.at, lowest.step, { kind: 'decrease' }), why };
  }

  #accept(from: Place, to: Place, length: number, guarantee: StepGuarantee): { to: Place } {
    const s = new Float64Array(from.x.length);
    const y = new Float64Array(from.x.length);
    subtractInto(s, to.x, from.x);
    subtractInto(y, to.gradient, from.gradient);
    this.#model.update(s, y);
    this.#iteration += 1;
    const step = { iteration: this.#iteration, from, to, length, direction: this.#direction, guarantee };
    this.#observe?.({ ...step, bounds: this.#bounds });
    return { to };
  }

  /** −H ∇f on the free coordinates; −∇f there where the model is fresh or leads uphill. */
  #chooseDirection({ x, gradient }: Place): void {
    const { lower, upper } = this.#bounds;
    for (let i = 0; i < x.length; i++) {
      const held = gradient[i]! > 0 ? x[i]! <= lower[i]! : x[i]! >= upper[i]!;
      this.#free[i] = held ? 0 : 1;
    }
    const p = this.#direction;
    this.#model.freeTimesInto(p, gradient, this.#free);
    scaleInto(p, -1, p);
    this.#fresh = this.#model.isFresh() || !(dot(p, gradient) < 0);
    if (this.#fresh) for (let i = 0; i < p.length; i++) p[i] = this.#free[i] === 1 ? -gradient[i]! : 0;
  }

  #onArc(x: Float64Array, step: number): Float64Array {
    return x.map((value, i) => this.#clipped(value + step * this.#direction[i]!, i));
  }

  /** φ′(α) over the coordinates that have not met a bound on the way, and whether one has. */
  #slopeOnArc(x: Float64Array, at: Place, step: number): { clipped: boolean; slope: number } {
    let clipped = false;
    let slope = 0;
    for (let i = 0; i < x.length; i++) {
      const p = this.#direction[i]!;
      if (p === 0) continue;
      if (x[i]! + step * p === at.x[i]!) slope += at.gradient[i]! * p;
      else clipped = true;
    }
    return { clipped, slope };
  }

  #projectedNorm({ x, gradient }: Place): number {
    const { lower, upper } = this.#bounds;
    // Not P(x − g) − x as it stands: where g is far below x, that rounds to 0.
    const room = (g: number, i: number): number => (g > 0 ? x[i]! - lower[i]! : upper[i]! - x[i]!);
    return gradient.reduce((most, g, i) => Math.max(most, Math.min(Math.abs(g), room(g, i))), 0);
  }

  #clipped(value: number, i: number): number {
    return Math.min(Math.max(value, this.#bounds.lower[i]!), this.#bounds.upper[i]!);
  }

  #resolution(x: Float64Array): number {
    const steps = x.map((value, i) => (Number.EPSILON / 2) * Math.abs(value / this.#direction[i]!));
    return steps.reduce((least, step) => (step < least ? step : least), Number.POSITIVE_INFINITY);
  }
}
