import fc from 'fast-check';
import { type Batch, batch, batchOfRows, row } from '../../src/core/batch.ts';
import { billiardTable, type TableMargins } from '../../src/simulators/billiard-table.ts';
import { type BilliardTableFactory, brokenBilliardTable } from '../broken/billiard-table.ts';
import { assume, type Law, law } from '../law.ts';
import { firstInRows, showCase } from '../simulator-case.ts';
import { amplification, clearBy, type TableCase, type TableLimits, tableCases, WALLS } from './table-cases.ts';

/** Sequences that rounding could change have no symmetry to speak of: ties are decided by numbers. */
const DECIDED: TableMargins = { grazing: 2 ** -20, order: 2 ** -30, horizon: 2 ** -30 };

/** Roundings of a start, in units of ε, that ends may differ by, as amplified. */
const ROUNDINGS = 256;

/** Beyond it a trajectory has forgotten its start, for numbers of 53 bits. */
const FORGOTTEN = 2 ** 20;

/** The case as it looks to somebody else, and how ends of the one become ends of the other. */
interface View {
  readonly x: Batch;
  readonly identifiers: Batch;
  end(y: Float64Array): ArrayLike<number>;
}

/** F(view of x) = view of F(x), within the growth of some roundings of the start. */
function viewFault(each: TableCase, view: View): string | undefined {
  const { simulator, x, identifiers } = each;
  assume(clearBy(simulator.tableEvents(x, identifiers), DECIDED));
  const growth = amplification(each);
  assume(growth.every((factor) => factor < FORGOTTEN));
  const here = simulator.forward(x, identifiers);
  const there = simulator.forward(view.x, view.identifiers);
  return firstInRows(x.rows, (b) => {
    const expected = view.end(row(here, b));
    const allowed = ROUNDINGS * Number.EPSILON * (growth[b]! + 16);
    const wrong = row(there, b).findIndex((value, j) => !(Math.abs(value - expected[j]!) <= allowed));
    if (wrong < 0) return undefined;
    return `output ${wrong} is ${row(there, b)[wrong]}, expected ${expected[wrong]}, allowed difference ${allowed}`;
  });
}

function viewLaw(
  parts: { readonly cases: number; readonly twin: { readonly what: string; readonly subject: BilliardTableFactory } },
  limits: TableLimits,
  viewOf: (each: TableCase) => View,
): Law<BilliardTableFactory> {
  return law({
    ...parts,
    subject: billiardTable,
    arbitrary: (factory: BilliardTableFactory) => tableCases(factory, limits),
    show: showCase,
    violation: (each: TableCase) => viewFault(each, viewOf(each)),
  });
}

type PlaneMap = (x: number, y: number) => readonly [number, number];

/** All pairs of numbers mapped: the first `positions` of them as points, the others as velocities. */
function mapped(values: Float64Array, positions: number, points: PlaneMap, velocities: PlaneMap): number[] {
  return Array.from({ length: values.length / 2 }, (_, k) => {
    const map = k < positions ? points : velocities;
    return [...map(values[2 * k]!, values[2 * k + 1]!)];
  }).flat();
}

function planeView({ x, identifiers, options }: TableCase, points: PlaneMap, velocities: PlaneMap): View {
  const all = (values: Batch, positions: number): Batch =>
    batch(
      values.rows,
      values.cols,
      Float64Array.from(
        Array.from({ length: values.rows }, (_, b) => mapped(row(values, b), positions, points, velocities)).flat(),
      ),
    );
  return {
    x: all(x, 0),
    identifiers: all(identifiers, options.balls),
    end: (y) => mapped(y, options.balls, points, velocities),
  };
}

/** Short enough for most trajectories to remember their start. */
const SHORT: TableLimits = { horizon: 1 };

/** billiards.table-follows-rotations: without walls, the end of a rotated start is the rotated end. */
export function tableFollowsRotations(): Law<BilliardTableFactory> {
  const twin = { what: 'every ball carried along x by 1e-6 in time 1', subject: brokenBilliardTable('drifts') };
  return viewLaw({ cases: 500, twin }, { ...SHORT, walls: fc.constant(false) }, (each) => {
    const angle = (2 * Math.PI * (1 + (each.salt % 359))) / 360;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const turn: PlaneMap = (x, y) => [c * x - s * y, s * x + c * y];
    return planeView(each, turn, turn);
  });
}

/** billiards.table-follows-reflections: with and without walls, the end of a mirrored start is the mirrored end. */
export function tableFollowsReflections(): Law<BilliardTableFactory> {
  const twin = { what: 'every ball carried along x by 1e-6 in time 1', subject: brokenBilliardTable('drifts') };
  return viewLaw({ cases: 500, twin }, SHORT, (each) => {
    const vertical = each.salt % 3 !== 0;
    const horizontal = each.salt % 3 !== 1;
    const { width, height } = WALLS;
    return planeView(
      each,
      (x, y) => [vertical ? width - x : x, horizontal ? height - y : y],
      (x, y) => [vertical ? -x : x, horizontal ? -y : y],
    );
  });
}

/** Balls 1, …, k − 1 in another order, by a number: a cyclic shift, reversed for odd numbers. */
function renumbered(balls: number, salt: number): number[] {
  const others = Array.from({ length: balls - 1 }, (_, i) => 1 + ((i + salt) % (balls - 1)));
  return [0, ...(salt % 2 === 0 ? others : others.reverse())];
}

/** Numbers of balls, 2 for each, put into another order; where the cue ball has none, the list starts with ball 1. */
function inOrder(values: ArrayLike<number>, order: readonly number[], from = 0): number[] {
  return order.slice(from).flatMap((i) => [values[2 * (i - from)]!, values[2 * (i - from) + 1]!]);
}

/** billiards.table-follows-permutations: balls that change their numbers change nothing else. */
export function tableFollowsPermutations(): Law<BilliardTableFactory> {
  const twin = { what: 'nothing hits the last ball', subject: brokenBilliardTable('last-ball-passes') };
  return viewLaw({ cases: 500, twin }, { ...SHORT, balls: [3, 5] }, ({ x, identifiers, options, salt }) => {
    const { balls } = options;
    const order = renumbered(balls, salt);
    const ofRows = (values: Batch, rowOf: (values: Float64Array) => number[]): Batch =>
      batchOfRows(Array.from({ length: values.rows }, (_, b) => rowOf(row(values, b))));
    return {
      x: ofRows(x, (v) => (options.unknown === 'all' ? inOrder(v, order) : [...v])),
      identifiers: ofRows(identifiers, (given) => {
        const moving = given.length > 2 * balls ? inOrder(given.subarray(2 * balls), order, 1) : [];
        return [...inOrder(given, order), ...moving];
      }),
      end: (y) => [...inOrder(y, order), ...(options.velocities ? inOrder(y.subarray(2 * balls), order) : [])],
    };
  });
}

/** Both directions amplify: what is left of 53 bits must still tell a start from another. */
const RETURN_FORGOTTEN = 2 ** 24;

function returnFault(each: TableCase): string | undefined {
  const { simulator, options, x, identifiers } = each;
  const { balls } = options;
  const end = simulator.forward(x, identifiers);
  const turned = {
    ...each,
    x: batchOfRows(
      Array.from({ length: x.rows }, (_, b) =>
        row(end, b)
          .subarray(2 * balls)
          .map((v) => -v),
      ),
    ),
    identifiers: batchOfRows(Array.from({ length: x.rows }, (_, b) => row(end, b).subarray(0, 2 * balls))),
  };
  assume(clearBy(simulator.tableEvents(x, identifiers), DECIDED));
  const [there, back] = [amplification(each), amplification(turned)];
  const growth = there.map((factor, b) => (1 + factor) * (1 + back[b]!));
  assume(growth.every((factor) => factor < RETURN_FORGOTTEN));
  const home = simulator.forward(turned.x, turned.identifiers);
  return firstInRows(x.rows, (b) => {
    const expected = [...row(identifiers, b), ...row(x, b).map((v) => -v)];
    const allowed = ROUNDINGS * Number.EPSILON * growth[b]!;
    const wrong = row(home, b).findIndex((value, j) => !(Math.abs(value - expected[j]!) <= allowed));
    return wrong < 0 ? undefined : `number ${wrong} comes back as ${row(home, b)[wrong]}, it was ${expected[wrong]}`;
  });
}

/** billiards.table-runs-backward: at restitution 1 without drag, balls with reversed velocities go back to where they started. */
export function tableRunsBackward(): Law<BilliardTableFactory> {
  const limits: TableLimits = {
    horizon: 0.75,
    balls: [1, 4],
    restitution: fc.constant(1),
    drag: fc.constant(0),
    unknown: 'all',
    velocities: true,
  };
  return law({
    cases: 500,
    subject: billiardTable,
    twin: { what: 'a restitution that is 2e-6 too large', subject: brokenBilliardTable('slightly-bouncy') },
    arbitrary: (factory: BilliardTableFactory) => tableCases(factory, limits),
    show: showCase,
    violation: returnFault,
  });
}
