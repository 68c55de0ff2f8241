import { type Batch, batch } from '../../src/core/batch.ts';
import type { FlowOptions } from '../../src/simulators/flow-options.ts';
import type { FlowSnapshot } from '../../src/simulators/flow-rollout.ts';
import { type FlowSimulator, incompressibleFlow } from '../../src/simulators/incompressible-flow.ts';

/** Makes the simulator that a law is about. */
export type FlowFactory = (options: FlowOptions) => FlowSimulator;

const scaled = ({ rows, cols, data }: Batch, factor: number): Batch =>
  batch(
    rows,
    cols,
    data.map((value) => factor * value),
  );

/** Each row's entries one place on. */
const swapped = ({ rows, cols, data }: Batch): Batch =>
  batch(
    rows,
    cols,
    data.map((_, i) => data[i - (i % cols) + (((i % cols) + 1) % cols)]!),
  );

const rounded = ({ rows, cols, data }: Batch): Batch => batch(rows, cols, data.map(Math.fround));

const touching = ({ rows, cols, data }: Batch): Batch =>
  batch(
    rows,
    cols,
    data.map((value, i) => (i < cols ? value : value + 1e-9 * data[i - cols]!)),
  );

/** Simulated with other numbers than asked for. */
const otherwise =
  (change: (options: FlowOptions) => Partial<FlowOptions>): FlowFactory =>
  (options) => ({
    ...incompressibleFlow({ ...options, ...change(options) }),
    options: incompressibleFlow(options).options,
  });

const snapshots =
  (change: (snapshot: FlowSnapshot, k: number) => FlowSnapshot): FlowFactory =>
  (options) => {
    const flow = incompressibleFlow(options);
    return { ...flow, trajectory: (x, marker) => flow.trajectory(x, marker).map(change) };
  };

/** Wrong flows, by what is wrong. */
export const brokenFlows = {
  'pullback-long': (options) => {
    const flow = incompressibleFlow(options);
    return {
      ...flow,
      vjp: (x, gamma) => {
        const { y, pullback } = flow.vjp(x, gamma);
        return { y, pullback: (yBar) => scaled(pullback(yBar), 1.0001) };
      },
    };
  },
  'jvp-long': (options) => {
    const flow = incompressibleFlow(options);
    return { ...flow, jvp: (x, gamma, xDot) => scaled(flow.jvp(x, gamma, xDot), 1.0001) };
  },
  /** Reverse mode that is right in the sum of all entries, and wrong in two of them. */
  'pullback-swaps': (options) => {
    const flow = incompressibleFlow(options);
    return {
      ...flow,
      vjp: (x, gamma) => {
        const { y, pullback } = flow.vjp(x, gamma);
        return { y, pullback: (yBar) => swapped(pullback(yBar)) };
      },
    };
  },
  /** A kernel that rounds its results to single precision. */
  'single-precision': (options) => {
    const flow = incompressibleFlow(options);
    if (options.kernel === 'reference') return flow;
    return { ...flow, forward: (x, gamma) => rounded(flow.forward(x, gamma)) };
  },
  /** The second of two rows takes some of the first. */
  'rows-touch': (options) => {
    const flow = incompressibleFlow(options);
    return { ...flow, forward: (x, gamma) => touching(flow.forward(x, gamma)) };
  },
  /** A pullback over half of the run, where its tape is too short for the whole. */
  'segments-forgotten': (options) => {
    const flow = incompressibleFlow(options);
    if (flow.options.tapeBytes > 2 ** 20) return flow;
    const half = incompressibleFlow({ ...options, horizon: flow.options.step * Math.ceil(flow.options.steps / 2) });
    return { ...flow, vjp: (x, gamma) => ({ ...half.vjp(x, gamma), y: flow.forward(x, gamma) }) };
  },
  /** A velocity with some divergence: the marker gathers where vorticity is. */
  'marker-gathers': snapshots(({ vorticity, marker }, k) => ({
    vorticity,
    marker: marker.map((value, i) => value + 1e-8 * k * vorticity[i]!),
  })),
  /** Errors of the second order in the step. */
  'second-order': (options) => {
    const flow = incompressibleFlow(options);
    const { step } = flow.options;
    return {
      ...flow,
      trajectory: (x, marker) =>
        flow.trajectory(x, marker).map(({ vorticity, marker: m }, k) => ({
          vorticity,
          marker: m.map((value) => value * (1 + 1e-3 * k * step ** 3)),
        })),
    };
  },
  'twice-as-viscous': otherwise(({ viscosity = 0.01 }) => ({ viscosity: 2 * viscosity + 1e-3 })),
  'twice-as-diffusive': otherwise(({ diffusivity = 0.01 }) => ({ diffusivity: 2 * diffusivity + 1e-3 })),
  'marker-leaks': snapshots(({ vorticity, marker }, k) => ({
    vorticity,
    marker: marker.map((value) => value - 1e-6 * k),
  })),
  'vorticity-grows': snapshots(({ vorticity, marker }, k) => ({
    vorticity: vorticity.map((value) => value * (1 + 1e-4 * k)),
    marker,
  })),
  /** A wind that blows along x: it turns with nothing. */
  'wind-along-x': (options) => {
    const flow = incompressibleFlow(options);
    const { points } = flow.options;
    const blown = (values: Float64Array): Float64Array =>
      values.map((_, i) => values[Math.floor(i / points) * points + (((i % points) + 1) % points)]!);
    return {
      ...flow,
      trajectory: (x, marker) =>
        flow
          .trajectory(x, marker)
          .map(({ vorticity, marker: m }, k) => ({ vorticity, marker: k === 0 ? m : blown(m) })),
    };
  },
  /** A wall at the first column: a flow that knows where it is. */
  'knows-its-place': snapshots(({ vorticity, marker }, k) => ({
    vorticity,
    marker: marker.map((value, i) => (k > 0 && i === 0 ? value + 1e-4 : value)),
  })),
} satisfies Record<string, FlowFactory>;
