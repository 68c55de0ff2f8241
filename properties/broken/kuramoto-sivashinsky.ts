import { type Batch, batch, row } from '../../src/core/batch.ts';
import { type KuramotoSivashinskySimulator, kuramotoSivashinsky } from '../../src/simulators/kuramoto-sivashinsky.ts';
import type { KuramotoSivashinskyOptions } from '../../src/simulators/kuramoto-sivashinsky-options.ts';
import { plainScheme, type SchemeFaults } from './kuramoto-sivashinsky-scheme.ts';

/** Makes the simulator that a law is about. */
export type KuramotoSivashinskyFactory = (options: KuramotoSivashinskyOptions) => KuramotoSivashinskySimulator;

type Simulator = KuramotoSivashinskySimulator;

/** Wrong physics or discretization: u(T) is that of a scheme with the fault, where α and β alone are unknown. */
const WRONG_SCHEMES = {
  'advection-twice': { advection: 2 },
  'growth-without-one': { growth: (beta: number) => beta },
  'mean-decays': { linear: (k: number) => k ** 2 - k ** 4 - (k === 0 ? 2 ** -10 : 0) },
  dispersion: { dispersion: 2 ** -6 },
  'differences-in-space': { slope: (k: number, spacing: number) => Math.sin(k * spacing) / spacing },
  'simple-last-stage': { lastStage: 'simple' },
  'pairs-share-a-transform': { pairs: true },
  'forcing-stays': {
    forcing: (points: number) => Float64Array.from({ length: points }, (_, x) => Math.cos((2 * Math.PI * x) / points)),
  },
} satisfies Record<string, SchemeFaults>;

/** What x̄ becomes; `short` is x̄ of a run that is only a part of it. */
const WRONG_PULLBACKS = {
  'pullback-long': { change: (xBar: Batch) => everywhere(xBar, (value) => 1.001 * value) },
  'beta-sign': { change: (xBar: Batch) => everywhere(xBar, (value, j) => (j === 1 ? -value : value)) },
  /** ᾱ as if there were a step less. */
  'alpha-late': {
    horizon: ({ horizon, step = 0.25 }: KuramotoSivashinskyOptions) => Math.max(step, horizon - step),
    change: (xBar: Batch, short: Batch) => everywhere(xBar, (value, j, i) => (j === 0 ? short.data[i]! : value)),
  },
  /** The gradient of ten time units, however long the run is. */
  'short-memory': {
    horizon: ({ horizon }: KuramotoSivashinskyOptions) => Math.min(10, horizon),
    change: (_: Batch, short: Batch) => short,
  },
  /** What a run of one step gives wherever one tape is too short. */
  'segments-forgotten': {
    horizon: (options: KuramotoSivashinskyOptions) => (fitsOneTape(options) ? options.horizon : (options.step ?? 0.25)),
    change: (_: Batch, short: Batch) => short,
  },
} satisfies Record<string, WrongPullback>;

interface WrongPullback {
  readonly horizon?: (options: KuramotoSivashinskyOptions) => number;
  readonly change: (xBar: Batch, short: Batch) => Batch;
}

export type WrongScheme = keyof typeof WRONG_SCHEMES;
export type WrongPullbackName = keyof typeof WRONG_PULLBACKS;
export type BrokenKuramotoSivashinsky =
  | WrongScheme
  | WrongPullbackName
  | 'jvp-long'
  | 'first-row'
  | 'single-precision'
  | 'half-precision';

/** The true scheme in other words, without a fault: each faulty one differs from it by one. */
export const plainKuramotoSivashinsky: KuramotoSivashinskyFactory = (options) => withScheme(options, {});

/** `kuramotoSivashinsky` with one fault, by name. */
export function brokenKuramotoSivashinsky(fault: BrokenKuramotoSivashinsky): KuramotoSivashinskyFactory {
  return (options) => {
    const simulator = kuramotoSivashinsky(options);
    if (Object.hasOwn(WRONG_SCHEMES, fault)) return withScheme(options, WRONG_SCHEMES[fault as WrongScheme]);
    if (Object.hasOwn(WRONG_PULLBACKS, fault))
      return withPullback(options, WRONG_PULLBACKS[fault as WrongPullbackName]);
    switch (fault) {
      case 'jvp-long':
        return {
          ...simulator,
          jvp: (x, identifiers, xDot) => everywhere(simulator.jvp(x, identifiers, xDot), (value) => 1.001 * value),
        };
      case 'first-row':
        return { ...simulator, forward: (x, identifiers) => firstRow(simulator.forward(x, identifiers)) };
      case 'single-precision':
        return options.kernel === 'reference' ? simulator : kuramotoSivashinsky({ ...options, precision: 'float32' });
      default:
        return options.precision === 'float32' ? withRounding(simulator) : simulator;
    }
  };
}

function withScheme(options: KuramotoSivashinskyOptions, faults: SchemeFaults): Simulator {
  const simulator = kuramotoSivashinsky(options);
  if (simulator.options.unknowns !== 'parameters') return simulator;
  const scheme = plainScheme(simulator.options, faults);
  const parameter = (x: Batch, j: number): Float64Array =>
    Float64Array.from({ length: x.rows }, (_, b) => row(x, b)[j]!);
  return {
    ...simulator,
    forward: (x, u) => scheme({ u, alpha: parameter(x, 0), beta: parameter(x, 1) }),
  };
}

function withPullback(options: KuramotoSivashinskyOptions, { horizon, change }: WrongPullback): Simulator {
  const simulator = kuramotoSivashinsky(options);
  const part = horizon === undefined ? simulator : kuramotoSivashinsky({ ...options, horizon: horizon(options) });
  return {
    ...simulator,
    vjp: (x, identifiers) => {
      const { y, pullback } = simulator.vjp(x, identifiers);
      return { y, pullback: (yBar) => change(pullback(yBar), part.vjp(x, identifiers).pullback(yBar)) };
    },
  };
}

/** Nine bits of mantissa: float32 with the accuracy of half precision. */
function withRounding(simulator: Simulator): Simulator {
  const rounded = (value: number): number => value + 2 ** -10 * value;
  return { ...simulator, forward: (x, identifiers) => everywhere(simulator.forward(x, identifiers), rounded) };
}

function fitsOneTape({ tapeBytes = 2 ** 25, ...options }: KuramotoSivashinskyOptions): boolean {
  const { bytesPerTrajectory, lanes } = kuramotoSivashinsky(options).rollout;
  return bytesPerTrajectory * lanes <= tapeBytes;
}

function everywhere(values: Batch, of: (value: number, column: number, index: number) => number): Batch {
  return batch(
    values.rows,
    values.cols,
    values.data.map((value, i) => of(value, i % values.cols, i)),
  );
}

/** Row 0 for all rows: right for a batch of one. */
function firstRow(values: Batch): Batch {
  for (let b = 1; b < values.rows; b++) values.data.copyWithin(b * values.cols, 0, values.cols);
  return values;
}
