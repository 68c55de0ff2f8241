import { allFinite, type Batch, batch, row, rowRange } from '../src/core/batch.ts';
import { type Simulator, width } from '../src/core/problem.ts';
import { taylorSlope } from '../src/numerics/taylor-slope.ts';
import { halfSquaredError } from '../src/simulators/half-squared-error.ts';
import { direction } from './arbitraries.ts';
import { assume, type Law, law } from './law.ts';
import { firstInRows, products, type SimulatorCase, type SimulatorLaw, SMALLEST, showCase } from './simulator-case.ts';

export type { SimulatorCase, SimulatorLaw } from './simulator-case.ts';

/** 1e-12: phases and exponents up to 700 lose 700 ε = 1.6e-13, sums of a few hundred terms another 1e-13. */
const ADJOINT_TOLERANCE = 1e-12;

/** Relative step of x at which the change of J ẋ is read, and the roundings of x that a derivative may differ by. */
const NUDGE = 2 ** -26;
const INPUT_ROUNDINGS = 16;

/** x moved by `NUDGE` in every coordinate. */
function nudged(x: Batch): Batch {
  return batch(
    x.rows,
    x.cols,
    x.data.map((value) => value + NUDGE * Math.max(1, Math.abs(value))),
  );
}

/**
 * The adjoint is exact, row by row: ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ within `tolerance` · Σ |terms| of both sides, plus what 16
 * roundings of x change in ⟨ȳ, J ẋ⟩: where terms of a derivative cancel, no code can do better.
 *
 * `jvp` and `vjp` are different code, so that this fails for a wrong sign, factor or term in either.
 *
 * @param options.tolerance  relative, `ADJOINT_TOLERANCE` unless given: roundings in one run of the simulator
 */
export function adjointLaw<Subject>(options: SimulatorLaw<Subject> & { readonly tolerance?: number }): Law<Subject> {
  const { tolerance = ADJOINT_TOLERANCE } = options;
  return law({
    ...options,
    show: showCase,
    violation: ({ simulator, x, identifiers, salt }: SimulatorCase) => {
      const xDot = direction(x.rows, x.cols, 'xDot', salt);
      const yBar = direction(x.rows, width(simulator.output), 'yBar', salt);
      const yDot = simulator.jvp(x, identifiers, xDot);
      const change = simulator.jvp(nudged(x), identifiers, xDot).data.map((value, i) => value - yDot.data[i]!);
      const xBar = simulator.vjp(x, identifiers).pullback(yBar);
      return firstInRows(x.rows, (b) => {
        const forward = products(row(yBar, b), row(yDot, b));
        const backward = products(row(xBar, b), row(xDot, b));
        const moved = products(row(yBar, b), row(batch(x.rows, yDot.cols, change), b)).scale;
        const rounding = (INPUT_ROUNDINGS * Number.EPSILON * moved) / NUDGE;
        const allowed = tolerance * (forward.scale + backward.scale) + rounding + SMALLEST;
        if (Math.abs(forward.sum - backward.sum) <= allowed) return undefined;
        return `⟨ȳ, Jẋ⟩ = ${forward.sum}, ⟨Jᵀȳ, ẋ⟩ = ${backward.sum}, allowed difference ${allowed}`;
      });
    },
  });
}

/** Slope at least 2 − 0.1: a first-order error makes it 1. */
const SLOPE_TOLERANCE = 0.1;

/** Rounding of a loss in units of ε times (loss + Σ |x g|): some hundred additions and as many roundings in a run. */
const LOSS_ROUNDINGS = 64;

/** Halvings of the step: the smallest is 2^-31 of the largest. */
const STEPS = 32;

/**
 * The gradient is exact: |L(x + h v) − L(x) − h g·v| falls like h² (slope 2 ± 0.1; more where the curvature vanishes), or
 * is nothing but rounding. L = ½|F(x) − y*|², g = Jᵀ(F(x) − y*), with a residual of entries up to 1/4.
 *
 * Cases whose points are on no straight line (two orders of equal size just above rounding) are left out and counted.
 *
 * @param options.largestStep    h of the first step; a power of two, so that h v is exact; 1/4 unless given
 * @param options.lossRoundings  rounding of L in units of ε (L + Σ |x g|); 64 unless given, more for long simulations
 */
export function taylorSlopeLaw<Subject>(
  options: SimulatorLaw<Subject> & { readonly largestStep?: number; readonly lossRoundings?: number },
): Law<Subject> {
  const { largestStep = 0.25, lossRoundings = LOSS_ROUNDINGS } = options;
  const steps = Array.from({ length: STEPS }, (_, k) => largestStep * 2 ** -k);
  return law({
    ...options,
    show: showCase,
    violation: ({ simulator, x, identifiers, salt }: SimulatorCase) => {
      const v = direction(x.rows, x.cols, 'v', salt);
      const target = simulator.forward(x, identifiers);
      const residual = direction(x.rows, target.cols, 'residual', salt);
      for (let i = 0; i < target.data.length; i++) target.data[i]! -= residual.data[i]! / 4;
      const { y, pullback } = simulator.vjp(x, identifiers);
      const { value, gradient } = halfSquaredError.evaluate(y, target);
      const g = pullback(gradient);
      const losses = steps.map((h) => {
        const moved = batch(x.rows, x.cols);
        for (let i = 0; i < x.data.length; i++) moved.data[i] = x.data[i]! + h * v.data[i]!;
        return halfSquaredError.evaluate(simulator.forward(moved, identifiers), target).value;
      });
      return firstInRows(x.rows, (b) => {
        if (!allFinite(row(g, b))) return `the gradient is ${row(g, b).join(', ')}`;
        const slopeAlong = products(row(g, b), row(v, b)).sum;
        const rounding = lossRoundings * Number.EPSILON * (value[b]! + products(row(g, b), row(x, b)).scale);
        const remainders = steps.map((h, k) => Math.abs(losses[k]![b]! - value[b]! - h * slopeAlong));
        const found = taylorSlope(steps, remainders, new Float64Array(STEPS).fill(rounding));
        assume(found.kind !== 'unresolved');
        if (found.kind !== 'slope' || found.slope >= 2 - SLOPE_TOLERANCE) return undefined;
        return `remainder falls like h^${found.slope.toFixed(3)} for h from ${found.from} to ${found.to}`;
      });
    },
  });
}

/** 1e-8: two extrapolated differences leave the fourth power of step times rate of change, 2e-10 for rates up to 76 per unit at 2^-12. */
const DIFFERENCE_TOLERANCE = 1e-8;

/** Roundings of one output, in units of ε: exponents and phases up to some hundred. */
const OUTPUT_ROUNDINGS = 1024;

/**
 * `jvp` is the derivative of `forward`: ẏ equals the central difference along ẋ, extrapolated once,
 * (4 D(h/2) − D(h))/3 with D(h) = (F(x + h ẋ) − F(x − h ẋ))/2h, within
 * `tolerance` · max_j |ẏ_j| plus the rounding of F divided by h.
 *
 * @param options.step       h, a power of two, so that h ẋ is exact; 2^-12 unless given
 * @param options.tolerance  relative to the largest entry of the row's ẏ; `DIFFERENCE_TOLERANCE` unless given
 * @param options.selfEstimated  of simulators whose rates of change are not known: the steps are halved once more, what that
 *                         moves is allowed as well, and cases where it moves too much are rejected
 */
export function jvpMatchesDifferencesLaw<Subject>(
  options: SimulatorLaw<Subject> & {
    readonly step?: number;
    readonly tolerance?: number;
    readonly selfEstimated?: boolean;
  },
): Law<Subject> {
  const { step = 2 ** -12, tolerance = DIFFERENCE_TOLERANCE, selfEstimated = false } = options;
  return law({
    ...options,
    show: showCase,
    violation: ({ simulator, x, identifiers, salt }: SimulatorCase) => {
      const xDot = direction(x.rows, x.cols, 'xDot', salt);
      const yDot = simulator.jvp(x, identifiers, xDot);
      const at = (h: number): Batch => {
        const moved = batch(x.rows, x.cols);
        for (let i = 0; i < x.data.length; i++) moved.data[i] = x.data[i]! + h * xDot.data[i]!;
        return simulator.forward(moved, identifiers);
      };
      const stencil = (h: number): Stencil => ({ h, ahead: at(h), behind: at(-h) });
      const [far, near] = [stencil(step), stencil(step / 2)];
      const nearest = selfEstimated ? stencil(step / 4) : undefined;
      return firstInRows(x.rows, (b) => {
        const error = nearest === undefined ? 0 : extrapolationError(row(yDot, b), [far, near, nearest], b);
        return differenceViolation(
          row(yDot, b),
          nearest === undefined ? far : near,
          nearest ?? near,
          b,
          tolerance,
          error,
        );
      });
    },
  });
}

interface Stencil {
  readonly h: number;
  readonly ahead: Batch;
  readonly behind: Batch;
}

function largestMagnitude(values: Float64Array): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/** Central difference of output j of row b. */
function difference({ h, ahead, behind }: Stencil, b: number, j: number): number {
  return (row(ahead, b)[j]! - row(behind, b)[j]!) / (2 * h);
}

/** Two central differences without their error of second order. */
function extrapolated(far: Stencil, near: Stencil, b: number, j: number): number {
  return (4 * difference(near, b, j) - difference(far, b, j)) / 3;
}

/** Differences that move by more than this share of the derivative when their step is halved say nothing. */
const UNRESOLVED = 1e-3;

/** The most by which halving the steps moves an extrapolated difference: where chaos bends more than they can follow. */
function extrapolationError(
  yDot: Float64Array,
  [far, near, nearest]: readonly [Stencil, Stencil, Stencil],
  b: number,
): number {
  const moved = yDot.map((_, j) => Math.abs(extrapolated(far, near, b, j) - extrapolated(near, nearest, b, j)));
  const error = largestMagnitude(moved);
  assume(error <= UNRESOLVED * largestMagnitude(yDot) + SMALLEST);
  return error;
}

function differenceViolation(
  yDot: Float64Array,
  far: Stencil,
  near: Stencil,
  b: number,
  tolerance: number,
  error: number,
) {
  const size = Math.max(...[far.ahead, far.behind].map((y) => largestMagnitude(row(y, b))));
  const rounding = (OUTPUT_ROUNDINGS * Number.EPSILON * size) / near.h;
  const allowed = tolerance * largestMagnitude(yDot) + rounding + error + SMALLEST;
  for (let j = 0; j < yDot.length; j++) {
    const expected = extrapolated(far, near, b, j);
    if (!(Math.abs(yDot[j]! - expected) <= allowed)) {
      return `output ${j}: jvp gives ${yDot[j]}, differences give ${expected}, allowed difference ${allowed}`;
    }
  }
  return undefined;
}

/**
 * Row b of every result depends on row b of the arguments only: forward, vjp, pullback and jvp of the batch equal those
 * of each row alone, bit for bit (NaN equals NaN).
 *
 * @param options.tolerance  for simulators documented to treat rows in groups: allowed relative difference; 0 unless given
 */
export function batchEqualsRowsLaw<Subject>(
  options: SimulatorLaw<Subject> & { readonly tolerance?: number },
): Law<Subject> {
  const { tolerance = 0 } = options;
  return law({
    ...options,
    show: showCase,
    violation: ({ simulator, x, identifiers, salt }: SimulatorCase) => {
      const xDot = direction(x.rows, x.cols, 'xDot', salt);
      const yBar = direction(x.rows, width(simulator.output), 'yBar', salt);
      const together = results(simulator, x, identifiers, xDot, yBar);
      return firstInRows(x.rows, (b) => {
        const one = (whole: Batch): Batch => rowRange(whole, b, 1);
        const alone = results(simulator, one(x), one(identifiers), one(xDot), one(yBar));
        for (const [method, whole] of Object.entries(together)) {
          const index = firstDifference(row(whole, b), alone[method as keyof Results].data, tolerance);
          if (index >= 0) {
            return `${method}[${index}] is ${row(whole, b)[index]} in the batch and ${alone[method as keyof Results].data[index]} alone`;
          }
        }
        return undefined;
      });
    },
  });
}

interface Results {
  readonly forward: Batch;
  readonly vjp: Batch;
  readonly pullback: Batch;
  readonly jvp: Batch;
}

function results(simulator: Simulator, x: Batch, identifiers: Batch, xDot: Batch, yBar: Batch): Results {
  const { y, pullback } = simulator.vjp(x, identifiers);
  return {
    forward: simulator.forward(x, identifiers),
    vjp: y,
    pullback: pullback(yBar),
    jvp: simulator.jvp(x, identifiers, xDot),
  };
}

function firstDifference(a: Float64Array, b: Float64Array, tolerance: number): number {
  const scale = tolerance === 0 ? 0 : tolerance * Math.max(largestMagnitude(a), largestMagnitude(b));
  return a.findIndex((value, i) => !Object.is(value, b[i]) && !(Math.abs(value - b[i]!) <= scale && scale > 0));
}
