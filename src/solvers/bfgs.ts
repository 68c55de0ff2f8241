import { requireNumber, unknownName } from '../core/errors.ts';
import type { Method, MethodAnswer, MethodAsk, MethodTell, Solver } from '../core/solver.ts';
import { type InverseHessian, inverseHessian } from '../numerics/inverse-hessian.ts';
import { dot, maxNorm, norm, scaleInto, subtractInto } from '../numerics/vector.ts';
import { perRow } from './per-row.ts';
import {
  type LinePoint,
  requireWolfe,
  strongWolfe,
  USUAL_LIMITS,
  USUAL_WOLFE,
  type WolfeConstants,
  type WolfeFailure,
  type WolfeResult,
} from './strong-wolfe.ts';

/** One accepted step, for tests and diagnosis. Arrays are views that the next step overwrites: copy what you keep. */
export interface AcceptedStep {
  /** 1 for the first. */
  readonly iteration: number;
  /** The strong Wolfe conditions hold between these two, with the configured constants. */
  readonly from: LinePoint;
  readonly to: LinePoint;
  /** s = x₊ − x and y = g₊ − g. */
  readonly displacement: Float64Array;
  readonly gradientChange: Float64Array;
  /** H after the update, row-major (n, n), and whether this pair was learned from. */
  readonly inverseHessian: Float64Array;
  readonly updated: boolean;
}

export interface BfgsOptions {
  /** Stops where ‖∇f‖∞ is at most this; default 1e-5. */
  readonly gradientTolerance?: number;
  /** Accepted steps; default 1000. */
  readonly maxIterations?: number;
  /** Defaults c1 = 1e-4, c2 = 0.9. */
  readonly wolfe?: Partial<WolfeConstants>;
  /** Greatest length of the first trial step from a fresh model, in the units of x; default 1.01. */
  readonly firstStep?: number;
  /**
   * What H is before the first update: `'identity'` (default) or `'scaled'`, ten times the inverse curvature along
   * the first step, which does not depend on units.
   */
  readonly initialModel?: 'identity' | 'scaled';
  readonly onStep?: (step: AcceptedStep) => void;
}

interface BfgsSettings {
  readonly gradientTolerance: number;
  readonly maxIterations: number;
  readonly wolfe: WolfeConstants;
  readonly firstStep: number;
  readonly initialModel: 'identity' | 'scaled';
  readonly onStep: ((step: AcceptedStep) => void) | undefined;
}

/** A point on the current line, with everything that was told about it. */
interface Point extends LinePoint {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
}

/**
 * Ten times too long costs little, because the trial rule cuts it; too short costs many iterations. Evaluations over all
 * of `standardFunctions`, with f times 1e-6 / 1 / 1e6: 1107 / 923 / 919 with 10, 1330 / 1116 / 1116 with 1, and
 * 2698 / 848 / 1012 with the identity.
 */
const SCALED_MODEL_MULTIPLE = 10;

/** Names of the initial models, for messages. */
const INITIAL_MODELS = ['identity', 'scaled'] as const;

/** The trial after a decrease Δf assumes the same decrease again: α = min(1, 1.01 · 2 Δf / −φ′(0)), eq. 3.60. */
const TRIAL_GROWTH = 1.01;

/**
 * BFGS with a strong Wolfe line search, every row on its own, all rows in lock step.
 *
 *     x₊ = x − α H ∇f(x),  H the inverse-Hessian model of `inverseHessian`
 *
 * First trials and initial model are those of SciPy's BFGS, so that it can stand in for it as a baseline: from a fresh
 * model the step −∇f, cut to the length `firstStep`; later α = min(1, 1.01 · 2 Δf / −φ′(0)). Hence the method depends on
 * the units of x: where gradients are long, `firstStep` decides how far the first trial jumps, and with it possibly
 * into which basin. With `initialModel: 'scaled'` multiplying f and the tolerance by a power of two changes nothing,
 * bit for bit, as long as ‖∇f‖₂ ≥ `firstStep` at the start; below that the first trial scales with f.
 *
 * A failed line search moves to its lowest trial, if that is an improvement, and starts again once from steepest
 * descent; if that fails as well the stop is `line-search-failed`, also where rounding alone prevents progress.
 * A start whose value or gradient is not finite stops as `non-finite` where `'value'`, since both are told alike.
 *
 * Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), algorithm 6.1.
 *
 * @example
 * bfgs({ gradientTolerance: 1e-8 }).settings.gradientTolerance; // => 1e-8
 */
export function bfgs(options: BfgsOptions = {}): Solver {
  const { gradientTolerance, maxIterations, wolfe, firstStep, initialModel } = requireSettings(options);
  const method = bfgsMethod(options);
  return perRow('bfgs', { gradientTolerance, maxIterations, ...wolfe, firstStep, initialModel }, () => method);
}

/** The method behind `bfgs` for one instance, for `multiStart`, `minimize` and methods of your own. */
export function bfgsMethod(options: BfgsOptions = {}): Method {
  const settings = requireSettings(options);
  return (start) => descend(start, settings);
}

function requireSettings(options: BfgsOptions): BfgsSettings {
  const wolfe = { ...USUAL_WOLFE, ...options.wolfe };
  requireWolfe('bfgs', wolfe);
  const {
    gradientTolerance = 1e-5,
    maxIterations = 1000,
    firstStep = 1.01,
    initialModel = 'identity',
    onStep,
  } = options;
  requireNumber('bfgs: "gradientTolerance"', gradientTolerance, { minimum: 0 });
  requireNumber('bfgs: "maxIterations"', maxIterations, { minimum: 0, integer: true });
  requireNumber('bfgs: "firstStep"', firstStep, { above: 0 });
  if (!INITIAL_MODELS.includes(initialModel)) {
    throw unknownName('bfgs: "initialModel"', String(initialModel), INITIAL_MODELS);
  }
  return { gradientTolerance, maxIterations, wolfe, firstStep, initialModel, onStep };
}

function* descend(start: Float64Array, settings: BfgsSettings): Generator<MethodAsk, MethodAnswer, MethodTell> {
  const model = inverseHessian(start.length, settings.initialModel === 'scaled' ? SCALED_MODEL_MULTIPLE : undefined);
  const direction = new Float64Array(start.length);
  const learn = learner(model, settings);
  const told = yield { x: start, need: 'gradient', iteration: 0 };
  if (told.value === Number.POSITIVE_INFINITY) return { x: start, stop: { kind: 'non-finite', where: 'value' } };
  let current: Point = { step: 0, value: told.value, slope: 0, x: start, gradient: told.gradient as Float64Array };
  let decrease = 0;
  for (let iteration = 0; ; ) {
    const size = maxNorm(current.gradient);
    if (size <= settings.gradientTolerance) return { x: current.x, stop: { kind: 'gradient-small', norm: size } };
    if (iteration >= settings.maxIterations) return { x: current.x, stop: { kind: 'budget-spent' } };
    const fresh = model.isFresh();
    chooseDirectionInto(direction, current.gradient, model, settings.firstStep);
    const origin = originOf(current, direction);
    const firstTrial = fresh ? 1 : trialAfter(decrease, origin.slope);
    const search = yield* searchAlong(origin, direction, firstTrial, iteration, settings.wolfe);
    if (search.ok) {
      iteration += 1;
      learn(iteration, origin, search.point);
      decrease = current.value - search.point.value;
      current = search.point;
      continue;
    }
    current = search.best ?? current;
    if (fresh) return { x: current.x, stop: failure(search.why, current, settings.gradientTolerance) };
    model.reset();
  }
}

/** The lowest trial of a failed search may be stationary; then that is what is reported. */
function failure(why: WolfeFailure, { gradient }: Point, gradientTolerance: number): MethodAnswer['stop'] {
  const size = maxNorm(gradient);
  return size <= gradientTolerance ? { kind: 'gradient-small', norm: size } : { kind: 'line-search-failed', why };
}

/** The point as the beginning of a line, α = 0; written out because spreading it costs as much as the step itself. */
function originOf({ x, value, gradient }: Point, direction: Float64Array): Point {
  return { step: 0, value, slope: dot(direction, gradient), x, gradient };
}

/** −H g, or from a fresh model −g cut to the length `firstStep`. */
function chooseDirectionInto(
  out: Float64Array,
  gradient: Float64Array,
  model: InverseHessian,
  firstStep: number,
): void {
  if (model.isFresh()) scaleInto(out, -Math.min(1, firstStep / norm(gradient)), gradient);
  else model.directionInto(out, gradient);
}

function* searchAlong(
  origin: Point,
  direction: Float64Array,
  firstTrial: number,
  iteration: number,
  wolfe: WolfeConstants,
): Generator<MethodAsk, WolfeResult<Point>, MethodTell> {
  const { expansions, zooms } = USUAL_LIMITS;
  const limits = { expansions, zooms, resolution: resolution(origin.x, direction) };
  const search = strongWolfe(origin, firstTrial, wolfe, limits);
  let next = search.next();
  while (!next.done) {
    const step = next.value;
    const x = new Float64Array(direction.length);
    for (let i = 0; i < x.length; i++) x[i] = origin.x[i]! + step * direction[i]!;
    const { value, gradient } = yield { x, need: 'gradient', iteration };
    const slope = dot(direction, gradient as Float64Array);
    next = search.next({ step, value, slope, x, gradient: gradient as Float64Array });
  }
  return next.value;
}

function trialAfter(decrease: number, slope: number): number {
  const trial = Math.min(1, (TRIAL_GROWTH * 2 * decrease) / -slope);
  return trial > 0 ? trial : 1;
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

/** Updates the model from each accepted step, with scratch of its own, and reports the step where asked to. */
function learner(model: InverseHessian, { onStep }: BfgsSettings): (k: number, from: Point, to: Point) => void {
  let displacement: Float64Array | undefined;
  let gradientChange: Float64Array | undefined;
  return (iteration, from, to) => {
    displacement ??= new Float64Array(from.x.length);
    gradientChange ??= new Float64Array(from.x.length);
    subtractInto(displacement, to.x, from.x);
    subtractInto(gradientChange, to.gradient, from.gradient);
    const updated = model.update(displacement, gradientChange);
    onStep?.({ iteration, from, to, displacement, gradientChange, inverseHessian: model.entries, updated });
  };
}
