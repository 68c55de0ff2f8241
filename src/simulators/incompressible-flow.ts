import { type Batch, batch, columns, requireShape, row, sideBySide } from '../core/batch.ts';
import { type Simulator, width } from '../core/problem.ts';
import { flowDirect } from './flow-direct.ts';
import { type FlowOptions, type ResolvedFlow, requireFlow } from './flow-options.ts';
import { type FlowRollout, type FlowSnapshot, flowRollout } from './flow-rollout.ts';
import { flowVorticity } from './flow-vorticity.ts';

/** A simulator of incompressible flow, and what it simulates. */
export interface FlowSimulator extends Simulator {
  readonly options: ResolvedFlow;
  /** 'simd' or, where the machine has none, 'reference'. */
  readonly kernel: FlowRollout['kernel'];
  /** Vorticity and marker (N², row by row, y slowest) at the times 0, h, …, T for one point: for figures and laws. */
  trajectory(x: ArrayLike<number>, marker: ArrayLike<number>): readonly FlowSnapshot[];
}

/**
 * Two-dimensional incompressible Navier-Stokes flow with a marker, periodic on [−π, π)²: from an unknown vorticity and a known
 * marker at time 0 to the marker at time T.
 *
 *     ω_t = −∇·(u ω) + ν Δω,    m_t = −∇·(u m) + κ Δm,    u = (ψ_y, −ψ_x),  Δψ = −ω
 *
 * Input: one vortex (x, y, Γ) with ω = Γ (g − mean g), g the periodic sum of exp(−r²/2·0.5²); two of them; or coefficients of
 * low modes. Identifiers: the marker on the N × N grid; output: the same at time T. Pseudo-spectral with the 2/3 rule (initial
 * fields are cut too), RK4 with integrating factors (Canuto et al., "Spectral Methods", 2006, section 3; Cox & Matthews 2002),
 * in float64. The velocity is free of divergence by construction, and the mean of the marker is conserved.
 *
 * `vjp` is the exact adjoint of the discrete roll-out, in AssemblyScript with a flow per SIMD lane; the plain TypeScript twin,
 * which runs where SIMD is absent, gives the same numbers. It keeps the four stages of each step, some 29 N² bytes per step
 * and row, as far as `tapeBytes` allows; beyond that pullbacks run forward again, from checkpoints where a run is long. `jvp` is
 * forward mode in other code. Rows are independent bit for bit; one that overflows is not finite in its own result.
 *
 * Throws `out-of-range`, `not-finite` or `unknown-option` for bad options, `shape-mismatch` for other shapes.
 *
 * @example
 * const flow = incompressibleFlow({ unknowns: 'vortex', points: 16, horizon: 0.5 });
 * const marker = Float64Array.from({ length: 256 }, (_, i) => Math.cos((2 * Math.PI * (i % 16)) / 16));
 * const at = [{ rows: 1, cols: 3, data: Float64Array.of(0.3, -0.2, 4) }, { rows: 1, cols: 256, data: marker }] as const;
 * const { y, pullback } = flow.vjp(...at);
 * [y.data[0].toFixed(6), pullback(y).data.length]; // => ['0.994997', 3]
 */
export function incompressibleFlow(options: FlowOptions): FlowSimulator {
  const name = 'incompressible-flow';
  const resolved = requireFlow('incompressibleFlow', options);
  const rollout = flowRollout(resolved);
  const direct = flowDirect(resolved);
  const map = flowVorticity(resolved);
  const size = resolved.points ** 2;
  const n = width(map.input);
  const marker = [{ name: 'marker', length: size, unit: '1' }];
  const requirePoint = (method: string, x: Batch, identifiers: Batch): void => {
    requireShape(`${name}.${method}: "x"`, x, undefined, n);
    requireShape(`${name}.${method}: "identifiers"`, identifiers, x.rows, size);
  };
  const fieldsAt = (x: Batch, identifiers: Batch): Batch => {
    const fields = batch(x.rows, 2 * size);
    for (let b = 0; b < x.rows; b++) {
      row(fields, b).set(map.vorticity(row(x, b)));
      row(fields, b).set(row(identifiers, b), size);
    }
    return fields;
  };

  return Object.freeze({
    name,
    options: resolved,
    kernel: rollout.kernel,
    rowsPerCall: rowsPerCall(rollout),
    input: map.input,
    identifiers: marker,
    output: marker,
    forward: (x: Batch, identifiers: Batch) => {
      requirePoint('forward', x, identifiers);
      return columns(rollout.forward(fieldsAt(x, identifiers)), size, size);
    },
    vjp: (given: Batch, identifiers: Batch) => {
      requirePoint('vjp', given, identifiers);
      const x = batch(given.rows, n, given.data.slice());
      const { to, pullback } = rollout.vjp(fieldsAt(x, identifiers));
      return {
        y: columns(to, size, size),
        pullback: (yBar: Batch) => {
          requireShape(`${name}.pullback: "yBar"`, yBar, x.rows, size);
          const bar = pullback(sideBySide(batch(x.rows, size), yBar));
          const xBar = batch(x.rows, n);
          for (let b = 0; b < x.rows; b++) row(xBar, b).set(map.pullback(row(x, b), row(bar, b).subarray(0, size)));
          return xBar;
        },
      };
    },
    jvp: (x: Batch, identifiers: Batch, xDot: Batch) => {
      requirePoint('jvp', x, identifiers);
      requireShape(`${name}.jvp: "xDot"`, xDot, x.rows, n);
      const yDot = batch(x.rows, size);
      for (let b = 0; b < x.rows; b++) {
        const from = { vorticity: map.vorticity(row(x, b)), marker: row(identifiers, b) };
        row(yDot, b).set(direct(from, map.tangent(row(x, b), row(xDot, b))).markerDot);
      }
      return yDot;
    },
    trajectory: (x: ArrayLike<number>, given: ArrayLike<number>) => {
      const point = batch(1, x.length, Float64Array.from(x));
      const known = batch(1, given.length, Float64Array.from(given));
      requirePoint('trajectory', point, known);
      return rollout.snapshots(fieldsAt(point, known).data);
    },
  });
}

/** Tapes beyond it leave the second-level cache before they are read back. */
const CACHED_TAPE_BYTES = 2 ** 21;

/** Rows whose tapes stay in the cache from the forward run to the pullback; whole groups of lanes. */
function rowsPerCall({ lanes, bytesPerRow }: FlowRollout): number {
  return lanes * Math.max(1, Math.floor(CACHED_TAPE_BYTES / (lanes * bytesPerRow)));
}
