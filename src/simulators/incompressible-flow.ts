import { type Batch, batch, requireShape, row } from '../core/batch.ts';
import { type Simulator, width } from '../core/problem.ts';
import { type FlowState, flowTables, quarters } from '../kernels/flow-scheme.ts';
import { flowStep, flowStepPullback, flowStepTangent } from '../kernels/flow-steps.ts';
import { transformPlane } from '../kernels/plane-fourier.ts';
import { type FlowOptions, type ResolvedFlow, requireFlow } from './flow-options.ts';
import { flowVorticity } from './flow-vorticity.ts';

/** A simulator of incompressible flow, and what it simulates. */
export interface FlowSimulator extends Simulator {
  readonly options: ResolvedFlow;
  /** Vorticity and marker (N², row by row, y slowest) at the times 0, h, …, T for one point: for figures and laws. */
  trajectory(x: ArrayLike<number>, marker: ArrayLike<number>): readonly FlowSnapshot[];
}

export interface FlowSnapshot {
  readonly vorticity: Float64Array;
  readonly marker: Float64Array;
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
 * `vjp` is the exact adjoint of the discrete roll-out, from the states of all steps, which it keeps: 32 N² bytes per step and
 * row. `jvp` is forward mode through other code. Rows are independent bit for bit; one that overflows is not finite in its
 * own result.
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
  const { step, steps } = resolved;
  const tables = flowTables(resolved);
  const map = flowVorticity(resolved);
  const { size } = tables;
  const n = width(map.input);
  const marker = [{ name: 'marker', length: size, unit: '1' }];

  /** Spectra of real fields, without what is cut. */
  const spectra = (vorticity: Float64Array, given: Float64Array): FlowState => {
    const state = new Float64Array(4 * size);
    const [wRe, wIm, mRe, mIm] = quarters(state, size);
    wRe.set(vorticity);
    mRe.set(given);
    transformPlane(tables.fourier, wRe, wIm, -1);
    transformPlane(tables.fourier, mRe, mIm, -1);
    for (let i = 0; i < 4 * size; i++) state[i]! *= tables.kept[i % size]!;
    return state;
  };
  /** A real field from its spectrum: Re F^H, times the factor. */
  const real = (re: Float64Array, im: Float64Array, factor: number): Float64Array => {
    const [x, y] = [re.slice(), im.slice()];
    transformPlane(tables.fourier, x, y, 1);
    return x.map((value) => factor * value);
  };
  const markerOf = (state: FlowState): Float64Array =>
    real(state.subarray(2 * size, 3 * size), state.subarray(3 * size), 1 / size);
  const vorticityOf = (state: FlowState): Float64Array =>
    real(state.subarray(0, size), state.subarray(size, 2 * size), 1 / size);

  const statesOf = (x: Float64Array, given: Float64Array): readonly FlowState[] => {
    const states = [spectra(map.vorticity(x), given)];
    for (let k = 0; k < steps; k++) states.push(flowStep(tables, step, states[k] as FlowState));
    return states;
  };
  const pulledBack = (x: Float64Array, states: readonly FlowState[], yBar: Float64Array): Float64Array => {
    let bar: FlowState = new Float64Array(4 * size);
    const [, , mRe, mIm] = quarters(bar, size);
    mRe.set(yBar.map((value) => value / size));
    transformPlane(tables.fourier, mRe, mIm, -1);
    for (let k = steps - 1; k >= 0; k--) bar = flowStepPullback(tables, step, states[k] as FlowState, bar);
    const kept = bar.map((value, i) => value * tables.kept[i % size]!);
    return map.pullback(x, real(kept.subarray(0, size), kept.subarray(size, 2 * size), 1));
  };
  const requirePoint = (method: string, x: Batch, identifiers: Batch): void => {
    requireShape(`${name}.${method}: "x"`, x, undefined, n);
    requireShape(`${name}.${method}: "identifiers"`, identifiers, x.rows, size);
  };

  return Object.freeze({
    name,
    options: resolved,
    input: map.input,
    identifiers: marker,
    output: marker,
    forward: (x: Batch, identifiers: Batch) => {
      requirePoint('forward', x, identifiers);
      const y = batch(x.rows, size);
      for (let b = 0; b < x.rows; b++) {
        let state = spectra(map.vorticity(row(x, b)), row(identifiers, b));
        for (let k = 0; k < steps; k++) state = flowStep(tables, step, state);
        row(y, b).set(markerOf(state));
      }
      return y;
    },
    vjp: (x: Batch, identifiers: Batch) => {
      requirePoint('vjp', x, identifiers);
      const point = batch(x.rows, n, x.data.slice());
      const tapes = Array.from({ length: x.rows }, (_, b) => statesOf(row(point, b), row(identifiers, b)));
      const y = batch(x.rows, size);
      tapes.forEach((states, b) => {
        row(y, b).set(markerOf(states[steps] as FlowState));
      });
      return {
        y,
        pullback: (yBar: Batch) => {
          requireShape(`${name}.pullback: "yBar"`, yBar, point.rows, size);
          const xBar = batch(point.rows, n);
          tapes.forEach((states, b) => {
            row(xBar, b).set(pulledBack(row(point, b), states, row(yBar, b)));
          });
          return xBar;
        },
      };
    },
    jvp: (x: Batch, identifiers: Batch, xDot: Batch) => {
      requirePoint('jvp', x, identifiers);
      requireShape(`${name}.jvp: "xDot"`, xDot, x.rows, n);
      const yDot = batch(x.rows, size);
      for (let b = 0; b < x.rows; b++) {
        let state = spectra(map.vorticity(row(x, b)), row(identifiers, b));
        let dot = spectra(map.tangent(row(x, b), row(xDot, b)), new Float64Array(size));
        for (let k = 0; k < steps; k++) {
          const { next, nextDot } = flowStepTangent(tables, step, state, dot);
          [state, dot] = [next, nextDot];
        }
        row(yDot, b).set(markerOf(dot));
      }
      return yDot;
    },
    trajectory: (x: ArrayLike<number>, given: ArrayLike<number>) => {
      const point = { rows: 1, cols: x.length, data: Float64Array.from(x) };
      const known = { rows: 1, cols: given.length, data: Float64Array.from(given) };
      requirePoint('trajectory', point, known);
      return statesOf(point.data, known.data).map((state) => ({
        vorticity: vorticityOf(state),
        marker: markerOf(state),
      }));
    },
  });
}
