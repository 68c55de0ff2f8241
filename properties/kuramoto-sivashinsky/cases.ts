import fc from 'fast-check';
import { type Batch, batch, batchOfRows, row } from '../../src/core/batch.ts';
import { type KuramotoSivashinskySimulator, statesOfModes } from '../../src/simulators/kuramoto-sivashinsky.ts';
import type {
  KuramotoSivashinskyForcing,
  KuramotoSivashinskyOptions,
  KuramotoSivashinskyUnknowns,
} from '../../src/simulators/kuramoto-sivashinsky-options.ts';
import { direction, dyadic } from '../arbitraries.ts';
import type { KuramotoSivashinskyFactory } from '../broken/kuramoto-sivashinsky.ts';
import type { SimulatorCase } from '../simulator-case.ts';

/** Modes of every initial state that is drawn. */
export const DRAWN_MODES = 3;

type Grid = Pick<KuramotoSivashinskyOptions, 'length' | 'points'>;

/** From a domain with two unstable modes to one with nine. */
export const GRIDS: readonly Grid[] = [
  { length: 10, points: 16 },
  { length: 22, points: 32 },
  { length: 22, points: 64 },
  { length: 36, points: 64 },
  { length: 60, points: 128 },
];

export interface KuramotoSivashinskyCase extends SimulatorCase {
  readonly simulator: KuramotoSivashinskySimulator;
  readonly factory: KuramotoSivashinskyFactory;
  readonly options: KuramotoSivashinskyOptions;
  /** What the rows are made of, whatever is unknown. */
  readonly rows: readonly DrawnRow[];
  /** (B, N) */
  readonly u0: Batch;
}

/** One row: α, β and coefficients a_1, b_1, …, a_3, b_3 of the state at the beginning. */
export interface DrawnRow {
  readonly alpha: number;
  readonly beta: number;
  readonly modes: readonly number[];
}

/** What a law fixes of a roll-out that is drawn. */
export interface RolloutLimits {
  readonly grids?: readonly Grid[];
  /** Time step; 1/16 to 1/4 unless given: at 1/2 roll-outs with strong forcing on long domains overflow. */
  readonly step?: fc.Arbitrary<number>;
  /** Longest horizon, in time units. */
  readonly horizon: number;
  /** Shortest; one step unless given. */
  readonly shortest?: number;
  readonly forcings?: readonly DrawnForcing[];
  readonly unknowns?: readonly KuramotoSivashinskyUnknowns[];
  readonly alpha?: fc.Arbitrary<number>;
  readonly beta?: fc.Arbitrary<number>;
  /** Most rows; 3 unless given. */
  readonly rows?: number;
}

/** A named forcing, or values of random modes. */
export type DrawnForcing = 'none' | 'cos1' | 'mix' | 'array';

/** Values of G with four modes named by the salt; without a mean. */
function randomForcing(points: number, salt: number): Float64Array {
  const coefficients = direction(1, 8, 'forcing', salt).data;
  return Float64Array.from({ length: points }, (_, x) =>
    coefficients.reduce((sum, c, m) => {
      const phase = (2 * Math.PI * (1 + (m >> 1)) * x) / points;
      return sum + c * (m % 2 === 0 ? Math.cos(phase) : Math.sin(phase));
    }, 0),
  );
}

export function drawnRow({ alpha, beta }: Pick<RolloutLimits, 'alpha' | 'beta'> = {}): fc.Arbitrary<DrawnRow> {
  return fc.record({
    alpha: alpha ?? dyadic(-1, 1, 16),
    beta: beta ?? dyadic(1 / 2, 3 / 2, 16),
    modes: fc.array(dyadic(-2, 2, 8), { minLength: 2 * DRAWN_MODES, maxLength: 2 * DRAWN_MODES }),
  });
}

/** Initial states of rows on the grid of a simulator, (B, N). */
export function initialStates({ options }: KuramotoSivashinskySimulator, rows: readonly DrawnRow[]): Batch {
  const coefficients = batchOfRows(
    rows.map(({ modes }) => modes),
    2 * DRAWN_MODES,
  );
  return statesOfModes({ ...options, modes: DRAWN_MODES }, coefficients);
}

/** What is put into the simulator for the rows: unknowns and identifiers. */
function inputs(simulator: KuramotoSivashinskySimulator, rows: readonly DrawnRow[], u0: Batch) {
  const { unknowns } = simulator.options;
  const x = batchOfRows(
    rows.map(({ alpha, beta, modes }, b) => {
      const state = unknowns === 'parameters' ? [] : unknowns === 'parameters-and-modes' ? modes : [...row(u0, b)];
      return [alpha, beta, ...state];
    }),
  );
  return { x, identifiers: unknowns === 'parameters' ? u0 : batch(rows.length, 0) };
}

/** (B, 2) α and β: the unknowns of a simulator that knows the state. */
export function parametersOf(rows: readonly DrawnRow[]): Batch {
  return batchOfRows(
    rows.map(({ alpha, beta }) => [alpha, beta]),
    2,
  );
}

/** Roll-outs within limits, a few rows each. */
export function rolloutCases(
  factory: KuramotoSivashinskyFactory,
  limits: RolloutLimits,
): fc.Arbitrary<KuramotoSivashinskyCase> {
  const parts = {
    grid: fc.constantFrom(...(limits.grids ?? GRIDS)),
    step: limits.step ?? fc.constantFrom(1 / 4, 1 / 16, 1 / 8),
    share: dyadic(0, 1, 32),
    forcing: fc.constantFrom<DrawnForcing>(...(limits.forcings ?? (['cos1', 'none', 'mix', 'array'] as const))),
    unknowns: fc.constantFrom(
      ...(limits.unknowns ?? (['parameters', 'parameters-and-modes', 'parameters-and-state'] as const)),
    ),
    rows: fc.array(drawnRow(limits), { minLength: 1, maxLength: limits.rows ?? 3 }),
    salt: fc.nat(1000),
  };
  return fc.record(parts).map(({ grid, step, share, forcing, unknowns, rows, salt }): KuramotoSivashinskyCase => {
    const { shortest = step, horizon } = limits;
    const steps = Math.round((shortest + share * Math.max(0, horizon - shortest)) / step);
    const given: KuramotoSivashinskyForcing = forcing === 'array' ? randomForcing(grid.points, salt) : forcing;
    const options = { ...grid, step, horizon: steps * step, forcing: given, unknowns, modes: DRAWN_MODES };
    const simulator = factory(options);
    const u0 = initialStates(simulator, rows);
    const { x, identifiers } = inputs(simulator, rows, u0);
    const label = `L ${grid.length}, N ${grid.points}, ${steps} steps of ${step}, forcing ${forcing}, unknown ${unknowns}, ${shown(rows)}`;
    return { simulator, factory, options, rows, u0, x, identifiers, salt, label };
  });
}

export function shown(rows: readonly DrawnRow[]): string {
  return rows.map(({ alpha, beta, modes }) => `[alpha ${alpha}, beta ${beta}, modes ${modes.join(' ')}]`).join(' ');
}
