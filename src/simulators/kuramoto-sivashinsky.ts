import { type Batch, batch, columns, requireShape, row } from '../core/batch.ts';
import type { Axis, Simulator } from '../core/problem.ts';
import { kuramotoSivashinskyDirect } from './kuramoto-sivashinsky-direct.ts';
import {
  type KuramotoSivashinskyOptions,
  type ResolvedKuramotoSivashinsky,
  requireKuramotoSivashinsky,
} from './kuramoto-sivashinsky-options.ts';
import { kuramotoSivashinskyRollout, type Rollout, type Trajectories } from './kuramoto-sivashinsky-rollout.ts';

/** A simulator of the Kuramoto-Sivashinsky equation, and what computes it. */
export interface KuramotoSivashinskySimulator extends Simulator {
  readonly options: ResolvedKuramotoSivashinsky;
  /** 'simd' or, where the machine has none, 'reference'. */
  readonly kernel: Rollout['kernel'];
  readonly precision: Rollout['precision'];
  /** Roll-outs between whole states, with derivatives in all of them. */
  readonly rollout: Rollout;
}

/** Cosine and sine of modes 1 … K on the grid over √K: rows of a basis for initial states, (2K, N). */
function modeBasis({ points, modes }: ResolvedKuramotoSivashinsky): Batch {
  const basis = batch(2 * modes, points);
  for (let mode = 1; mode <= modes; mode++) {
    for (let x = 0; x < points; x++) {
      const phase = (2 * Math.PI * mode * x) / points;
      basis.data[(2 * mode - 2) * points + x] = Math.cos(phase) / Math.sqrt(modes);
      basis.data[(2 * mode - 1) * points + x] = Math.sin(phase) / Math.sqrt(modes);
    }
  }
  return basis;
}

/** Initial states Σ_m (a_m cos + b_m sin)/√K of coefficients a_1, b_1, …, a_K, b_K: (B, 2K) → (B, N). */
export function statesOfModes(options: ResolvedKuramotoSivashinsky, coefficients: Batch): Batch {
  const basis = modeBasis(options);
  const u = batch(coefficients.rows, options.points);
  for (let b = 0; b < u.rows; b++) {
    const target = row(u, b);
    for (let m = 0; m < basis.rows; m++) {
      const factor = coefficients.data[b * coefficients.cols + m]!;
      for (let x = 0; x < target.length; x++) target[x]! += factor * basis.data[m * basis.cols + x]!;
    }
  }
  return u;
}

const column = (source: Batch, j: number): Float64Array =>
  Float64Array.from({ length: source.rows }, (_, b) => source.data[b * source.cols + j]!);

/** How unknowns x and identifiers γ become trajectories, and how cotangents of trajectories become x̄. */
interface Unknowns {
  readonly input: readonly Axis[];
  readonly identifiers: readonly Axis[];
  trajectories(x: Batch, identifiers: Batch): Trajectories;
  /** A direction in x: the state moves only where it is unknown. */
  direction(xDot: Batch): Trajectories;
  pullback(bar: Trajectories): Batch;
}

function unknownsOf(options: ResolvedKuramotoSivashinsky): Unknowns {
  const { points, modes, unknowns } = options;
  const parameters: Axis[] = [
    { name: 'alpha', length: 1, unit: '1' },
    { name: 'beta', length: 1, unit: '1' },
  ];
  const state: Axis = { name: 'u0', length: points, unit: '1' };
  const basis = unknowns === 'parameters-and-modes' ? modeBasis(options) : undefined;
  const extra = unknowns === 'parameters' ? 0 : (basis?.rows ?? points);
  const stateOf = (x: Batch): Batch => {
    if (unknowns === 'parameters') return batch(x.rows, points);
    const given = columns(x, 2, extra);
    return basis === undefined ? given : statesOfModes(options, given);
  };
  const parts = (x: Batch, u: Batch): Trajectories => ({ u, alpha: column(x, 0), beta: column(x, 1) });
  const writeState = (target: Float64Array, uBar: Float64Array): void => {
    if (unknowns === 'parameters') return;
    if (basis === undefined) target.set(uBar);
    else
      for (let m = 0; m < basis.rows; m++)
        target[m] = row(basis, m).reduce((sum, value, x) => sum + value * uBar[x]!, 0);
  };
  const known = unknowns === 'parameters' ? [state] : [];
  const unknown =
    unknowns === 'parameters' ? [] : basis === undefined ? [state] : [{ name: 'modes', length: 2 * modes, unit: '1' }];
  return {
    input: [...parameters, ...unknown],
    identifiers: known,
    trajectories: (x, identifiers) => parts(x, unknowns === 'parameters' ? identifiers : stateOf(x)),
    direction: (xDot) => parts(xDot, stateOf(xDot)),
    pullback: ({ u, alpha, beta }) => {
      const xBar = batch(u.rows, 2 + extra);
      for (let b = 0; b < u.rows; b++) {
        const target = row(xBar, b);
        target[0] = alpha[b]!;
        target[1] = beta[b]!;
        writeState(target.subarray(2), row(u, b));
      }
      return xBar;
    },
  };
}

/**
 * The Kuramoto-Sivashinsky equation with forcing, periodic on [0, L): from u at time 0 to u at time T.
 *
 *     u_t = α G(x) − β u_xx − u_xxxx − ½ (u²)_x
 *
 * Input (α, β), and where they are unknown the state at the beginning or its modes a_1, b_1, …, a_K, b_K with
 * u0 = Σ_m (a_m cos(2πm x/L) + b_m sin(2πm x/L))/√K; identifiers u0 (N) where it is known; output u(T) (N) on x_j = j L/N.
 * Pseudo-spectral with the 2/3 rule (what the square makes above wave number N/3 is cut; a state at the beginning should have
 * nothing there, or it is folded back), ETDRK4 of Cox & Matthews 2002 whose linear part k² − k⁴ belongs to β = 1, in float64.
 *
 * `vjp` is the exact derivative of the discrete roll-out, by reverse mode in AssemblyScript with one trajectory per SIMD
 * lane; rows are independent bit for bit, and the plain TypeScript twin, which runs where SIMD is absent, gives the
 * same numbers. `jvp` is forward mode in other code on complex spectra. Long horizons are checkpointed: see `tapeBytes`.
 * With `precision: 'float32'` forward and vjp are single precision; relative errors of gradients at T = 25 are 2e-6 in
 * the median and 2e-3 at worst, and grow with the chaos. A row that is not finite, or overflows, is not finite in the result.
 *
 * Throws `out-of-range` for a grid that does not resolve L, a step above 0.5, a horizon that is not a whole number of
 * steps or more than a million; `unknown-name`, `unknown-option`, `shape-mismatch` or `not-finite` for other bad options.
 *
 * @example
 * const ks = kuramotoSivashinsky({ length: 22, points: 64, horizon: 5 });
 * const u0 = Float64Array.from({ length: 64 }, (_, j) => Math.cos((2 * Math.PI * j) / 64));
 * const { y, pullback } = ks.vjp(batchOfRows([[0.5, 1]]), batchOfRows([u0]));
 * [y.data[0].toFixed(9), pullback(y).data[1].toFixed(6)]; // => ['2.046225324', '21.003272']
 */
export function kuramotoSivashinsky(options: KuramotoSivashinskyOptions): KuramotoSivashinskySimulator {
  const name = 'kuramoto-sivashinsky';
  const resolved = requireKuramotoSivashinsky('kuramotoSivashinsky', options);
  const rollout = kuramotoSivashinskyRollout(resolved);
  const direct = kuramotoSivashinskyDirect(resolved);
  const unknowns = unknownsOf(resolved);
  const { points } = resolved;
  const inputs = unknowns.input.reduce((sum, { length }) => sum + length, 0);
  const knowns = unknowns.identifiers.reduce((sum, { length }) => sum + length, 0);
  const trajectories = (method: string, x: Batch, identifiers: Batch): Trajectories => {
    requireShape(`${name}.${method}: "x"`, x, undefined, inputs);
    requireShape(`${name}.${method}: "identifiers"`, identifiers, x.rows, knowns);
    return unknowns.trajectories(x, identifiers);
  };
  return Object.freeze({
    name,
    options: resolved,
    kernel: rollout.kernel,
    precision: rollout.precision,
    rollout,
    rowsPerCall: rowsPerCall(rollout),
    input: unknowns.input,
    identifiers: unknowns.identifiers,
    output: [{ name: 'u', length: points, unit: '1' }],
    forward: (x, identifiers) => rollout.forward(trajectories('forward', x, identifiers)),
    vjp: (x, identifiers) => {
      const { u, pullback } = rollout.vjp(trajectories('vjp', x, identifiers));
      return {
        y: u,
        pullback: (yBar: Batch) => {
          requireShape(`${name}.pullback: "yBar"`, yBar, x.rows, points);
          return unknowns.pullback(pullback(yBar));
        },
      };
    },
    jvp: (x, identifiers, xDot) => {
      requireShape(`${name}.jvp: "xDot"`, xDot, x.rows, inputs);
      const from = trajectories('jvp', x, identifiers);
      const along = unknowns.direction(xDot);
      const yDot = batch(x.rows, points);
      for (let b = 0; b < x.rows; b++) {
        row(yDot, b).set(direct(pointOf(from, b), pointOf(along, b)).uDot);
      }
      return yDot;
    },
  } satisfies KuramotoSivashinskySimulator);
}

const pointOf = ({ u, alpha, beta }: Trajectories, b: number) => ({ alpha: alpha[b]!, beta: beta[b]!, u: row(u, b) });

/** Tapes beyond it leave the second-level cache before they are read back. */
const CACHED_TAPE_BYTES = 2 ** 20;

/** Rows whose tapes stay in the cache from the forward run to the pullback; whole groups of lanes. */
function rowsPerCall({ lanes, bytesPerTrajectory }: Rollout): number {
  return lanes * Math.max(1, Math.floor(CACHED_TAPE_BYTES / (lanes * bytesPerTrajectory)));
}
