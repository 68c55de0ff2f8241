import { InverseClaimsError } from '../core/errors.ts';
import type { Stop } from '../core/solver.ts';
import type { Bounds, Step, StepEnd } from '../core/step.ts';
import { dot, maxNorm } from '../numerics/vector.ts';
import { type CertificateViolation, modelViolation } from './model-certificate.ts';

/** Where a certificate is violated, as far as the certifier knows. */
export interface CertifiedRow {
  readonly solver: string;
  readonly problem: string;
  readonly row: number;
  /** What the row started from, for replay. */
  readonly start: readonly number[];
}

/** Looks over the shoulder of a method that minimizes one function; every method throws `certificate-violated`. */
export interface Certifier {
  /** A point was evaluated, and this is what the method was told. */
  told(x: Float64Array, value: number, gradient: Float64Array | undefined): void;
  /** A step was accepted. */
  step(step: Step): void;
  /** The method ended at x; `value` is f(x), recomputed, and `evaluations` what is reported of the row. */
  answer(x: ArrayLike<number>, value: number, stop: Stop, evaluations: number): void;
  /** Steps certified so far. */
  readonly steps: number;
}

/**
 * True where INVERSE_CLAIMS_CERTIFY=1 in the environment: then every run is certified that does not say otherwise.
 * The project's own tests run so.
 */
export const CERTIFY_BY_DEFAULT = process.env.INVERSE_CLAIMS_CERTIFY === '1';

/** Rounding of the two inner products behind a slope, relative to ‖p‖₁ ‖g‖∞. */
const SLOPE_ROUNDING = 4 * Number.EPSILON;

/**
 * Certificates for one row, on every step and on the answer:
 *
 * - *evaluated*: value and gradient of the accepted point are, bit for bit, what was told about that very point;
 * - *chain*: the step begins where the last one ended, or at a point that was evaluated, where a method starts again;
 * - *on the line*: x₊ = x + α p to rounding, and no bound is crossed;
 * - *descent*, *sufficient decrease*, *curvature*: what the step guarantees, with its own constants, from recomputed slopes;
 * - *secant equation*, *positive definiteness* of an updated model, see `modelViolation`;
 * - at the end: the value told about the answer is f there, a small gradient is small, a convergence is never claimed
 *   at a point that is not finite, and the evaluations reported are the calls made.
 *
 * The cost is a copy of each evaluated point since the last step and O(n²) per step, O(n³) with a dense model of n ≤ 32.
 */
export function certifier(of: CertifiedRow): Certifier {
  let since: StepEnd[] = [];
  let accepted: StepEnd | undefined;
  let calls = 0;
  let steps = 0;
  const violated = (certificate: string, expected: string, received: string): InverseClaimsError =>
    new InverseClaimsError('certificate-violated', {
      where: `certificate "${certificate}" of ${of.solver} on ${of.problem}, row ${of.row}, step ${steps}`,
      expected,
      received,
      hint: `the same call stops at the same step again; the row starts at [${of.start.join(', ')}]`,
    });
  const evaluatedAt = (x: ArrayLike<number>): StepEnd | undefined =>
    since.find((point) => same(point.x, x)) ?? (accepted !== undefined && same(accepted.x, x) ? accepted : undefined);

  const requireEvaluated = (end: StepEnd, which: string): void => {
    const told = evaluatedAt(end.x);
    if (told === undefined) throw violated('evaluated', `${which} to be an evaluated point`, listed(end.x));
    if (!Object.is(told.value, end.value) || !same(told.gradient, end.gradient)) {
      const expected = `value ${told.value} and the gradient told at ${which}`;
      throw violated('evaluated', expected, `value ${end.value}, gradient ${listed(end.gradient)}`);
    }
  };
  return {
    get steps() {
      return steps;
    },
    told: (x, value, gradient) => {
      calls += 1;
      if (since.length === 2 * REMEMBERED) since = since.slice(-REMEMBERED);
      since.push({ x: x.slice(), value, gradient: gradient?.slice() ?? new Float64Array(0) });
    },
    step: (step) => {
      steps += 1;
      requireEvaluated(step.from, 'x');
      requireEvaluated(step.to, 'x₊');
      const chained = accepted === undefined || step.iteration === 1 || same(accepted.x, step.from.x);
      if (!chained) throw violated('chain', `a step from ${listed(accepted?.x ?? [])}`, listed(step.from.x));
      const found = lineViolation(step) ?? guaranteeViolation(step) ?? modelViolation(step.model, step.to.gradient);
      if (found !== undefined) throw violated(found.certificate, found.expected, found.received);
      accepted = copyOf(step.to);
      // Places evaluated before are kept by a method only as its lowest trial: that one stays known.
      since = since.filter(({ value }) => value <= step.to.value).slice(-KEPT);
    },
    answer: (x, value, stop, evaluations) => {
      if (evaluations !== calls) throw violated('evaluation count', `${calls} evaluations`, String(evaluations));
      const found = answerViolation(evaluatedAt(x), value, stop);
      if (found !== undefined) throw violated(found.certificate, found.expected, found.received);
    },
  };
}

/** Lower points than the accepted one that are remembered from step to step. */
const KEPT = 4;
/** Evaluated points that are remembered without a step; two line searches that fail take fewer. */
const REMEMBERED = 256;

function answerViolation(told: StepEnd | undefined, value: number, stop: Stop): CertificateViolation | undefined {
  const converged = stop.kind === 'gradient-small' || stop.kind === 'target-reached';
  if (told !== undefined && Number.isFinite(told.value) && !Object.is(told.value, value)) {
    return { certificate: 'reported value', expected: `f(x) = ${value}, recomputed`, received: String(told.value) };
  }
  if (converged && !Number.isFinite(value)) {
    return {
      certificate: 'convergence',
      expected: 'a finite value where convergence is claimed',
      received: `${value}`,
    };
  }
  if (stop.kind === 'target-reached' && !(value <= stop.value)) {
    return { certificate: 'target', expected: `a value of at most ${stop.value}`, received: String(value) };
  }
  if (stop.kind !== 'gradient-small') return undefined;
  if (told === undefined || told.gradient.length === 0) {
    return {
      certificate: 'stationarity',
      expected: 'an answer whose gradient was evaluated',
      received: 'another point',
    };
  }
  const norm = maxNorm(told.gradient);
  // Bounds are not known here: a projected gradient is shorter than the gradient.
  if (stop.projected === true ? stop.norm <= norm : stop.norm === norm) return undefined;
  const expected = `a gradient norm of ${stop.projected === true ? 'at most ' : ''}${norm}`;
  return { certificate: 'stationarity', expected, received: String(stop.norm) };
}

function lineViolation({ from, to, length, direction, bounds }: Step): CertificateViolation | undefined {
  if (bounds !== undefined) {
    const outside = to.x.findIndex((value, i) => value < bounds.lower[i]! || value > bounds.upper[i]!);
    if (outside >= 0) return outOfBounds(to.x[outside]!, bounds, outside);
  }
  if (direction === undefined) return undefined;
  const off = to.x.findIndex((value, i) => {
    const moved = length * direction[i]!;
    const rounding = 4 * Number.EPSILON * (Math.abs(from.x[i]!) + Math.abs(moved));
    return !(Math.abs(value - projected(from.x[i]! + moved, bounds, i)) <= rounding);
  });
  if (off < 0) return undefined;
  const expected = `x + α p = ${from.x[off]! + length * direction[off]!} in coordinate ${off} (α = ${length})`;
  return { certificate: 'on the line', expected, received: String(to.x[off]) };
}

function projected(value: number, bounds: Bounds | undefined, i: number): number {
  return bounds === undefined ? value : Math.min(Math.max(value, bounds.lower[i]!), bounds.upper[i]!);
}

function outOfBounds(value: number, { lower, upper }: Bounds, i: number): CertificateViolation {
  const expected = `coordinate ${i} in [${lower[i]}, ${upper[i]}]`;
  return { certificate: 'bounds', expected, received: String(value) };
}

/** The guarantee of a step, from the values told and slopes recomputed from the gradients told. */
function guaranteeViolation(step: Step): CertificateViolation | undefined {
  const { from, to, guarantee, length, direction } = step;
  switch (guarantee.kind) {
    case 'none':
      return undefined;
    case 'decrease':
      if (to.value < from.value) return undefined;
      return { certificate: 'descent', expected: `a value below ${from.value}`, received: String(to.value) };
    case 'sufficient-decrease': {
      const predicted = from.gradient.reduce((sum, g, i) => sum + g * (to.x[i]! - from.x[i]!), 0);
      return decreaseViolation(step, guarantee.c1 * predicted, roundingOf(from.gradient, to.x, from.x));
    }
    case 'projected-decrease': {
      if (direction === undefined) return { certificate: 'descent', expected: 'a direction', received: 'none' };
      return decreaseViolation(step, guarantee.c1 * length * dot(direction, from.gradient), 0);
    }
    case 'strong-wolfe': {
      if (direction === undefined || !(length > 0)) {
        return { certificate: 'strong Wolfe', expected: 'a step along a direction', received: `length ${length}` };
      }
      const slope = dot(direction, from.gradient);
      const newSlope = dot(direction, to.gradient);
      if (!(slope < 0)) return { certificate: 'descent', expected: 'φ′(0) < 0', received: String(slope) };
      if (!(Math.abs(newSlope) <= -guarantee.c2 * slope)) {
        const expected = `|φ′(α)| <= c2 |φ′(0)| = ${-guarantee.c2 * slope} with c2 = ${guarantee.c2}`;
        return { certificate: 'curvature', expected, received: String(Math.abs(newSlope)) };
      }
      return decreaseViolation(step, guarantee.c1 * length * slope, 0);
    }
  }
}

function decreaseViolation({ from, to }: Step, least: number, rounding: number): CertificateViolation | undefined {
  if (!(least <= rounding)) {
    return { certificate: 'descent', expected: 'a step along which f decreases at first', received: `slope ${least}` };
  }
  if (to.value <= from.value + least + rounding) return undefined;
  const expected = `f(x₊) <= ${from.value} ${least} (sufficient decrease)`;
  return { certificate: 'sufficient decrease', expected, received: String(to.value) };
}

/** The rounding of Σ g_i (x₊ − x)_i. */
function roundingOf(gradient: Float64Array, to: Float64Array, from: Float64Array): number {
  return SLOPE_ROUNDING * gradient.reduce((sum, g, i) => sum + Math.abs(g) * Math.abs(to[i]! - from[i]!), 0);
}

function copyOf({ x, value, gradient }: StepEnd): StepEnd {
  return { x: x.slice(), value, gradient: gradient.slice() };
}

function same(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function listed(values: ArrayLike<number>): string {
  const shown = Array.from(values).slice(0, 6).join(', ');
  return `[${shown}${values.length > 6 ? ', …' : ''}]`;
}
