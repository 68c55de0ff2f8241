import { type Batch, batch, requireFinite, requireShape, row } from '../core/batch.ts';
import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import { kuramotoSivashinsky } from './kuramoto-sivashinsky.ts';
import type { KuramotoSivashinskyOptions } from './kuramoto-sivashinsky-options.ts';
import { type Rollout, requireTrajectories, type Trajectories } from './kuramoto-sivashinsky-rollout.ts';

/** The equation, and the times over which growth is followed. */
export interface LyapunovOptions extends Omit<KuramotoSivashinskyOptions, 'horizon' | 'unknowns' | 'modes'> {
  /** W: time between two normalizations, a whole number of steps. */
  readonly interval: number;
  /** M >= 1 intervals whose growth counts. */
  readonly intervals: number;
  /** Intervals before them, for tangents, and after them, for cotangents, in which these turn to the direction that grows most. */
  readonly aligning: number;
}

/** Finite-time exponents over the same M intervals of each trajectory, per unit of time, (B) each. */
export interface LyapunovExponents {
  readonly tangent: Float64Array;
  readonly adjoint: Float64Array;
}

const WHERE = 'kuramotoSivashinskyLyapunov';

/**
 * Largest finite-time Lyapunov exponents of Kuramoto-Sivashinsky flows, by tangents and by cotangents.
 *
 *     tangent   (1/MW) Σ_m ln |J_m v_m|,    v_{m+1} = J_m v_m / |J_m v_m|    forwards,
 *     adjoint   (1/MW) Σ_m ln |J_mᵀ w_m|,   w_{m−1} = J_mᵀ w_m / |J_mᵀ w_m|  backwards,
 *
 * J_m the derivative of the roll-out over the m-th interval of length W, at the state of the trajectory there. Both tend
 * to the largest exponent as MW → ∞, and differ by O(1/MW): a product and its transpose have the same norm. Normalization
 * after Benettin, Galgani, Giorgilli & Strelcyn, Meccanica 15 (1980) 9, as in Wolf et al., Physica D 16 (1985) 285.
 * Rows are independent, bit for bit; one whose flow is not finite has NaN for exponents. Memory: 8 N bytes for each
 * interval and trajectory.
 *
 * @param options     see `LyapunovOptions`; throws as `kuramotoSivashinsky` does, with W in place of the horizon, and
 *                    `out-of-range` or `not-finite` for bad counts
 * @param from        states where it begins (B, N): on the attractor, or the exponents are those of the way to it; α and β
 *                    (B); throws `shape-mismatch` for others
 * @param directions  first tangent and last cotangent of each trajectory, (B, N); throws `shape-mismatch`, `not-finite`, or
 *                    `out-of-range` for one without length, or that loses it within an interval
 * @example
 * const flat = { u: batch(1, 32), alpha: Float64Array.of(0), beta: Float64Array.of(1) };
 * const wave = batchOfRows([Array.from({ length: 32 }, (_, j) => Math.cos((2 * Math.PI * 2 * j) / 32))]);
 * const decay = { length: 2 * Math.PI, points: 32, interval: 0.5, intervals: 4, aligning: 0 };
 * kuramotoSivashinskyLyapunov(decay, flat, wave).tangent[0].toFixed(9); // => '-12.000000000'
 */
export function kuramotoSivashinskyLyapunov(
  options: LyapunovOptions,
  from: Trajectories,
  directions: Batch,
): LyapunovExponents {
  const { interval, intervals, aligning, ...equation } = options;
  requireNumber(`${WHERE}: "intervals"`, intervals, { minimum: 1, integer: true });
  requireNumber(`${WHERE}: "aligning"`, aligning, { minimum: 0, integer: true });
  const { rollout } = kuramotoSivashinsky({ ...equation, horizon: interval });
  requireTrajectories(WHERE, 'from', from, options.points);
  requireShape(`${WHERE}: "directions"`, directions, from.u.rows, options.points);
  requireFinite(`${WHERE}: "directions"`, directions);
  const { states, growth } = followTangents(rollout, from, directions, aligning, intervals);
  const perTime = (sums: Float64Array): Float64Array => sums.map((sum) => sum / (intervals * interval));
  return {
    tangent: perTime(growth),
    adjoint: perTime(followCotangents(rollout, from, directions, states, intervals)),
  };
}

/** Growth of tangents after they have turned; and the states where the intervals from there on begin, M + aligning of them. */
function followTangents(rollout: Rollout, from: Trajectories, directions: Batch, aligning: number, intervals: number) {
  const none = new Float64Array(from.u.rows);
  const growth = new Float64Array(from.u.rows);
  const states: Batch[] = [];
  let u = from.u;
  let tangent = unitRows(directions);
  for (let m = 0; m < aligning + intervals; m++) {
    if (m >= aligning) states.push(u);
    const next = rollout.jvp({ ...from, u }, { u: tangent, alpha: none, beta: none });
    tangent = unitRows(next.uDot, m >= aligning ? growth : undefined);
    u = next.u;
  }
  for (let m = 0; m < aligning; m++) {
    states.push(u);
    if (m < aligning - 1) u = rollout.forward({ ...from, u });
  }
  return { states, growth };
}

/** Growth of cotangents over the first M intervals, backwards, after they have turned in those behind. */
function followCotangents(
  rollout: Rollout,
  from: Trajectories,
  directions: Batch,
  states: readonly Batch[],
  intervals: number,
): Float64Array {
  const growth = new Float64Array(from.u.rows);
  let cotangent = unitRows(directions);
  for (let m = states.length - 1; m >= 0; m--) {
    const { pullback } = rollout.vjp({ ...from, u: states[m]! });
    cotangent = unitRows(pullback(cotangent).u, m < intervals ? growth : undefined);
  }
  return growth;
}

/** The rows at unit length; logarithms of the lengths they had are added to `growth`. */
function unitRows(directions: Batch, growth?: Float64Array): Batch {
  const unit = batch(directions.rows, directions.cols);
  for (let b = 0; b < directions.rows; b++) {
    const [source, target] = [row(directions, b), row(unit, b)];
    // Squares of what has nearly died out would be 0.
    const scale = source.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (scale === 0) throw withoutLength(b);
    let square = 0;
    for (let j = 0; j < source.length; j++) square += (source[j]! / scale) ** 2;
    const length = Math.sqrt(square);
    for (let j = 0; j < source.length; j++) target[j] = source[j]! / scale / length;
    if (growth !== undefined) growth[b]! += Math.log(scale) + Math.log(length);
  }
  return unit;
}

function withoutLength(b: number): InverseClaimsError {
  return new InverseClaimsError('out-of-range', {
    where: `${WHERE}: row ${b} of "directions"`,
    expected: 'a direction that has a length and keeps one',
    received: '0',
    hint: 'shorten "interval" where it was given one: it has died out within it',
  });
}
