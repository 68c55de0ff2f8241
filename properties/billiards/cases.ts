import fc from 'fast-check';
import { type Batch, batch, batchOfRows } from '../../src/core/batch.ts';
import type { BilliardOptions } from '../../src/simulators/billiard-impact.ts';
import type { BilliardSimulator } from '../../src/simulators/billiards.ts';
import { type BilliardsSetting, billiardsPrior, placeBalls } from '../../src/simulators/billiards-problem.ts';
import { dyadic, powerOfTwo } from '../arbitraries.ts';
import type { BilliardsFactory } from '../broken/billiards.ts';
import { priorArbitrary } from '../prior-arbitrary.ts';
import type { SimulatorCase } from '../simulator-case.ts';

/** Restitutions with a horizon that a chain of impacts always reaches. */
export const TABLES: readonly Required<BilliardOptions>[] = [
  { radius: 0.05, restitution: 0.8, horizon: 1 },
  { radius: 0.05, restitution: 1, horizon: 1 },
  { radius: 0.05, restitution: 0.5, horizon: 2 },
  { radius: 0.05, restitution: 0, horizon: 2 },
];

export interface BilliardsCase extends SimulatorCase {
  readonly simulator: BilliardSimulator;
  readonly setting: BilliardsSetting;
  readonly table: Required<BilliardOptions>;
}

/** What is done to the hidden shot of a draw: itself, backwards, too slow to arrive, or any velocity at all. */
type Velocity =
  | { readonly kind: 'aimed' | 'backwards' | 'slow' }
  | { readonly kind: 'given'; readonly v: readonly number[] };

const aimed: fc.Arbitrary<Velocity> = fc.constant({ kind: 'aimed' });
const missed: fc.Arbitrary<Velocity> = fc.constantFrom({ kind: 'backwards' }, { kind: 'slow' });
const given = (value: fc.Arbitrary<number>): fc.Arbitrary<Velocity> =>
  fc.tuple(value, value).map((v): Velocity => ({ kind: 'given', v }));

/** Velocities with components in [−4, 4], multiples of 1/64. */
export const anyVelocity = given(dyadic(-4, 4));

/** Huge, tiny, zero and not finite. */
const unusual = given(
  fc.oneof(
    fc.constantFrom(0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    powerOfTwo(-1000, 1000),
    powerOfTwo(8, 1023).map((v) => -v),
  ),
);

/** Hits that stay hits for small changes, whatever the table. */
export const hits = aimed;
/** Hits and misses, away from the border between them. */
export const clear = fc.oneof({ weight: 4, arbitrary: aimed }, missed);
/** Everything. */
export const everything = fc.oneof({ weight: 3, arbitrary: aimed }, missed, anyVelocity, unusual);

function velocityOf(velocity: Velocity, truth: Float64Array): readonly number[] {
  switch (velocity.kind) {
    case 'aimed':
      return [...truth];
    case 'backwards':
      return [...truth].map((v) => -v);
    case 'slow':
      return [...truth].map((v) => v / 32);
    case 'given':
      return velocity.v;
  }
}

/** 1 to 4 problems of a setting, balls from its prior, on one of `TABLES`. */
export function billiardsCases(
  factory: BilliardsFactory,
  settings: readonly BilliardsSetting[],
  velocity: fc.Arbitrary<Velocity>,
): fc.Arbitrary<BilliardsCase> {
  return fc.constantFrom(...settings).chain((setting) => {
    const prior = billiardsPrior(setting);
    const row = fc.record({ draw: priorArbitrary(prior), velocity });
    const parts = {
      table: fc.constantFrom(...TABLES),
      rows: fc.array(row, { minLength: 1, maxLength: 4 }),
      salt: fc.nat(1000),
    };
    return fc.record(parts).map(({ table, rows, salt }): BilliardsCase => {
      const placed = placeBalls(
        setting,
        batchOfRows(
          rows.map(({ draw }) => draw),
          prior.length,
        ),
      );
      const { identifiers, truth } = placed;
      const x = batchOfRows(
        rows.map((one, b) => velocityOf(one.velocity, truth.data.subarray(2 * b, 2 * b + 2))),
        2,
      );
      return {
        simulator: factory(setting, table),
        setting,
        table,
        x,
        identifiers,
        salt,
        label: `${setting}, restitution ${table.restitution}, horizon ${table.horizon}, ${shown('v', x)}, ${shown('balls', identifiers)}`,
      };
    });
  });
}

function shown(name: string, { rows, cols, data }: Batch): string {
  const one = (b: number): string => data.subarray(b * cols, (b + 1) * cols).join(' ');
  return `${name} [${Array.from({ length: rows }, (_, b) => one(b)).join('; ')}]`;
}

/** Jacobians of all rows, (B, 4): ∂p_x/∂v, then ∂p_y/∂v. */
export function jacobians(simulator: BilliardSimulator, x: Batch, identifiers: Batch): Batch {
  const { pullback } = simulator.vjp(x, identifiers);
  const result = batch(x.rows, 4);
  for (const component of [0, 1]) {
    const yBar = batch(x.rows, 2);
    for (let b = 0; b < x.rows; b++) yBar.data[2 * b + component] = 1;
    const rows = pullback(yBar);
    for (let b = 0; b < x.rows; b++) result.data.set(rows.data.subarray(2 * b, 2 * b + 2), 4 * b + 2 * component);
  }
  return result;
}
