import fc from 'fast-check';
import { type Batch, batch, batchOfRows, row } from '../../src/core/batch.ts';
import type {
  BilliardTable,
  BilliardTableOptions,
  TableEvent,
  TableHistory,
  TableMargins,
} from '../../src/simulators/billiard-table.ts';
import { direction, dyadic } from '../arbitraries.ts';
import type { BilliardTableFactory } from '../broken/billiard-table.ts';
import { assume } from '../law.ts';
import type { SimulatorCase } from '../simulator-case.ts';

/** Every option given: a table that is drawn. */
export type DrawnTable = Required<Omit<BilliardTableOptions, 'walls'>> & Pick<BilliardTableOptions, 'walls'>;

export interface TableCase extends SimulatorCase {
  readonly simulator: BilliardTable;
  readonly factory: BilliardTableFactory;
  readonly options: DrawnTable;
}

/** Balls start in cells of this size, four across and three along; walls, where there are any, are around these. */
const CELL = 1 / 2;
const ACROSS = 4;
const ALONG = 3;
export const WALLS = { width: ACROSS * CELL, height: ALONG * CELL };

/** What a law fixes of a table that is drawn. */
export interface TableLimits {
  readonly balls?: readonly [number, number];
  readonly restitution?: fc.Arbitrary<number>;
  readonly drag?: fc.Arbitrary<number>;
  readonly walls?: fc.Arbitrary<boolean>;
  /** Longest horizon; 1 unless given. */
  readonly horizon?: number;
  readonly unknown?: 'all';
  readonly velocities?: true;
  readonly eventLimit?: fc.Arbitrary<number>;
  /** 2 unless given. */
  readonly rows?: number;
}

function tables(limits: TableLimits): fc.Arbitrary<DrawnTable> {
  const [fewest, most] = limits.balls ?? [1, 5];
  return fc
    .record({
      balls: fc.integer({ min: fewest, max: most }),
      radius: fc.constantFrom(1 / 8, 1 / 16),
      restitution: limits.restitution ?? dyadic(0, 1, 8),
      drag: limits.drag ?? fc.constantFrom(0, 0.25, 1),
      walled: limits.walls ?? fc.boolean(),
      horizon: dyadic(1 / 4, limits.horizon ?? 1, 8),
      eventLimit: limits.eventLimit ?? fc.constant(200),
      unknown:
        limits.unknown === undefined ? fc.constantFrom('cue' as const, 'all' as const) : fc.constant('all' as const),
      othersMove: fc.boolean(),
      velocities: limits.velocities === undefined ? fc.boolean() : fc.constant(true),
    })
    .map(({ walled, ...table }) => ({ ...table, ...(walled ? { walls: WALLS } : {}) }));
}

/** One row: which cell each ball is in, where in it, and how fast it would be. */
function rowOf({ balls }: DrawnTable) {
  const pairOf = (value: fc.Arbitrary<number>) => fc.tuple(value, value);
  return fc.record({
    cells: fc.shuffledSubarray([...Array(ACROSS * ALONG).keys()], { minLength: balls, maxLength: balls }),
    // Below half of what is left between a ball of radius 1/8 and its cell: no two overlap.
    places: fc.array(pairOf(dyadic(-7 / 64, 7 / 64)), { minLength: balls, maxLength: balls }),
    speeds: fc.array(pairOf(dyadic(-3, 3, 16)), { minLength: balls, maxLength: balls }),
  });
}

type Row = { readonly cells: number[]; readonly places: [number, number][]; readonly speeds: [number, number][] };

function numbersOf({ cells, places, speeds }: Row, { unknown, othersMove }: DrawnTable) {
  const positions = cells.flatMap((cell, i) => [
    CELL * ((cell % ACROSS) + 0.5) + places[i]![0],
    CELL * (Math.floor(cell / ACROSS) + 0.5) + places[i]![1],
  ]);
  if (unknown === 'all') return { x: speeds.flat(), given: positions };
  return { x: speeds[0] as number[], given: othersMove ? [...positions, ...speeds.slice(1).flat()] : positions };
}

/** Tables with up to five balls in different cells, restitution, drag and walls as limited, balls with |v| up to 3 √2. */
export function tableCases(factory: BilliardTableFactory, limits: TableLimits = {}): fc.Arbitrary<TableCase> {
  const most = limits.rows ?? 2;
  return tables(limits).chain((options) =>
    fc
      .record({ rows: fc.array(rowOf(options), { minLength: 1, maxLength: most }), salt: fc.nat(1000) })
      .map(({ rows, salt }): TableCase => {
        const numbers = rows.map((each) => numbersOf(each, options));
        return {
          factory,
          options,
          simulator: factory(options),
          x: batchOfRows(numbers.map(({ x }) => x)),
          identifiers: batchOfRows(numbers.map(({ given }) => given)),
          salt,
          label: `${JSON.stringify(options)}, rows ${JSON.stringify(numbers)}`,
        };
      }),
  );
}

/** The same, with rows spoilt: a number that is not finite, huge or tiny, a ball on top of another or far away. */
export function spoiltTableCases(factory: BilliardTableFactory, limits: TableLimits = {}): fc.Arbitrary<TableCase> {
  const bad = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1e300, 1e-300, 0, 0.25);
  const spoil = fc.record({ where: fc.nat(1000), inX: fc.boolean(), value: bad });
  return fc
    .tuple(tableCases(factory, { ...limits, rows: 4 }), fc.array(spoil, { maxLength: 3 }))
    .map(([each, spoils]) => {
      const [x, identifiers] = [each.x, each.identifiers].map(({ rows, cols, data }) =>
        batch(rows, cols, data.slice()),
      );
      for (const { where, inX, value } of spoils) {
        const { data } = (inX ? x : identifiers) as Batch;
        data[where % data.length] = value;
      }
      return { ...each, x, identifiers, label: `${each.label}, spoilt ${JSON.stringify(spoils)}` } as TableCase;
    });
}

/** What each ball meets, one after the other; collisions of different balls at nearly the same time have no order. */
export function courses(events: readonly TableEvent[], balls: number): string {
  const met: string[][] = Array.from({ length: balls }, () => []);
  for (const event of events) {
    if (event.kind === 'wall') {
      met[event.i]!.push(event.side);
    } else {
      met[event.i]!.push(`ball ${event.j}`);
      met[event.j]!.push(`ball ${event.i}`);
    }
  }
  return met.map((each, i) => `${i}: ${each.join(', ')}`).join('; ');
}

function sameSequence(a: TableHistory, b: TableHistory, { balls }: DrawnTable): boolean {
  return a.stop === b.stop && courses(a.events, balls) === courses(b.events, balls);
}

/** True where every margin of every row is at least `least`. */
export function clearBy(histories: readonly TableHistory[], least: TableMargins): boolean {
  return histories.every(
    ({ stop, margins }) =>
      stop === 'horizon' &&
      margins.grazing >= least.grazing &&
      margins.order >= least.order &&
      margins.horizon >= least.horizon,
  );
}

/**
 * The case with a simulator that leaves it out, and counts it, where a margin of the point is below `least`, or where it is
 * run at a point with another sequence of collisions: what is between two sequences is no matter of derivatives.
 */
export function insideSequence(each: TableCase, least: TableMargins): TableCase {
  const { simulator, x, identifiers } = each;
  const histories = simulator.tableEvents(x, identifiers);
  const within = (moved: Batch): void => {
    assume(clearBy(histories, least));
    const there = simulator.tableEvents(moved, identifiers);
    assume(there.every((history, b) => sameSequence(history, histories[b]!, each.options)));
  };
  const forward = (moved: Batch, given: Batch): Batch => {
    within(moved);
    return simulator.forward(moved, given);
  };
  const jvp: BilliardTable['jvp'] = (moved, given, xDot) => {
    within(moved);
    return simulator.jvp(moved, given, xDot);
  };
  return { ...each, simulator: { ...simulator, forward, jvp } };
}

/** Relative size of the changes of a start by which `amplification` sees how much a rounding grows. */
const NUDGE = 2 ** -26;

/**
 * How much an end moves for a small change of the start, row by row: the largest |F(x + δ) − F(x)|/|δ| over four changes of
 * velocities and positions; +∞ where one of them is another sequence of collisions.
 */
export function amplification({ simulator, options, x, identifiers, salt }: TableCase): number[] {
  const y = simulator.forward(x, identifiers);
  const histories = simulator.tableEvents(x, identifiers);
  const largest = new Array<number>(x.rows).fill(0);
  for (const name of ['first', 'second', 'third', 'fourth']) {
    const nudge = (values: Batch): Batch => {
      const by = direction(values.rows, values.cols, `nudge/${name}/${values.cols}`, salt);
      return batch(
        values.rows,
        values.cols,
        values.data.map((value, i) => value + NUDGE * by.data[i]!),
      );
    };
    const [moved, given] = [nudge(x), nudge(identifiers)];
    const there = simulator.forward(moved, given);
    const others = simulator.tableEvents(moved, given);
    for (let b = 0; b < x.rows; b++) {
      const change = row(there, b).reduce((sum, value, j) => Math.max(sum, Math.abs(value - row(y, b)[j]!)), 0);
      const here = sameSequence(histories[b]!, others[b]!, options) ? change / NUDGE : Number.POSITIVE_INFINITY;
      largest[b] = Math.max(largest[b]!, here);
    }
  }
  return largest;
}
