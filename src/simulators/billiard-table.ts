import { allFinite, type Batch, batch, requireShape, row } from '../core/batch.ts';
import { type Axis, type Simulator, width } from '../core/problem.ts';
import { SIDES, type TableEvent, timeOfArc } from './billiard-events.ts';
import { marginWatch, type TableMargins } from './billiard-margins.ts';
import { type Adjoints, adjoints, horizonBack, sweepBack } from './billiard-pullback.ts';
import { type BilliardTableOptions, type RequiredTable, requireTable } from './billiard-table-options.ts';
import { tangentAlong } from './billiard-tangent.ts';
import { type EventTape, eventTape, TAPE_NAMES, TAPE_NUMBERS } from './billiard-tape.ts';
import { follow, type StopReason, type Trajectory, trajectory } from './billiard-trajectory.ts';

export type { TableEvent } from './billiard-events.ts';
export type { TableMargins } from './billiard-margins.ts';
export type { BilliardTableOptions } from './billiard-table-options.ts';
export type { StopReason } from './billiard-trajectory.ts';

/** What happens on a table: its collisions in order, how it ended, and how far it is from another sequence. */
export interface TableHistory {
  readonly events: readonly TableEvent[];
  readonly stop: StopReason;
  /** +∞ unless the trajectory gets to the horizon. */
  readonly margins: TableMargins;
}

/** A simulator of a table, which also tells what happened. */
export interface BilliardTable extends Simulator {
  /** The history of each row. */
  tableEvents(x: Batch, identifiers: Batch): readonly TableHistory[];
}

/** Names of pairs of numbers, one pair per ball. */
function perBall(name: string, balls: number, first = 0): Axis[] {
  return Array.from({ length: balls - first }, (_, i) => ({ name: `${name}${i + first}`, length: 2, unit: '1' }));
}

/** What of the table is input, given and output: velocities v, positions g at the start, positions p at the end. */
function axes({ rules: { balls }, allUnknown, othersMove, velocities }: RequiredTable) {
  return {
    input: perBall('v', allUnknown ? balls : 1),
    identifiers: [...perBall('g', balls), ...(othersMove && !allUnknown ? perBall('v', balls, 1) : [])],
    output: [...perBall('p', balls), ...(velocities ? perBall('w', balls) : [])],
  };
}

/** Places the balls of row b at arc time 0, where w is v. */
function place(balls: Trajectory, x: Batch, identifiers: Batch, b: number, count: number): void {
  const unknown = row(x, b);
  const given = row(identifiers, b);
  for (let i = 0; i < count; i++) {
    balls.x[i] = given[2 * i]!;
    balls.y[i] = given[2 * i + 1]!;
    const own = 2 * i < unknown.length;
    // Velocities of balls 1, 2, … follow the positions; balls without one rest.
    const at = own ? 2 * i : 2 * (count + i - 1);
    balls.wx[i] = own ? unknown[at]! : (given[at] ?? 0);
    balls.wy[i] = own ? unknown[at + 1]! : (given[at + 1] ?? 0);
  }
}

/** Writes where the balls are at the horizon, and their velocities v = w exp(−μT) where there is room. */
function writeEnd(balls: Trajectory, y: Float64Array, { rules }: RequiredTable): void {
  const { balls: count, horizon, speedLeft } = rules;
  for (let i = 0; i < count; i++) {
    y[2 * i] = balls.x[i]! + balls.wx[i]! * (horizon - balls.since[i]!);
    y[2 * i + 1] = balls.y[i]! + balls.wy[i]! * (horizon - balls.since[i]!);
    if (y.length === 2 * count) continue;
    y[2 * (count + i)] = balls.wx[i]! * speedLeft;
    y[2 * (count + i) + 1] = balls.wy[i]! * speedLeft;
  }
}

/** One taped run of several rows: where the collisions of each row start, and the last flights. */
interface TapedRun {
  readonly tape: EventTape;
  /** (B + 1); row b has collisions from starts[b] to starts[b + 1]. */
  readonly starts: Int32Array;
  /** w_x, w_y, since of each ball (B, 3k); NaN for a row that did not get to the horizon. */
  readonly ends: Batch;
}

function pullRow(bar: Adjoints, { tape, starts, ends }: TapedRun, b: number, yBar: Float64Array, table: RequiredTable) {
  const { balls: count } = table.rules;
  const end = row(ends, b);
  for (let i = 0; i < count; i++) {
    bar.x[i] = yBar[2 * i]!;
    bar.y[i] = yBar[2 * i + 1]!;
    bar.wx[i] = table.velocities ? yBar[2 * (count + i)]! : 0;
    bar.wy[i] = table.velocities ? yBar[2 * (count + i) + 1]! : 0;
    horizonBack(bar, i, end[3 * i]!, end[3 * i + 1]!, end[3 * i + 2]!, table.rules);
  }
  sweepBack(bar, tape, starts[b]!, starts[b + 1]!, table.rules);
}

function eventsOf({ names, numbers, count }: EventTape, drag: number): TableEvent[] {
  return Array.from({ length: count }, (_, event): TableEvent => {
    const time = timeOfArc(numbers[TAPE_NUMBERS * event]!, drag);
    const [side, i, j] = names.subarray(TAPE_NAMES * event) as unknown as [number, number, number];
    return side < 0 ? { time, kind: 'pair', i, j } : { time, kind: 'wall', i, side: SIDES[side]! };
  });
}

/** The maps of a simulator; what is written over row by row is shared by all calls. */
function maps(table: RequiredTable, outputs: number) {
  const { rules } = table;
  const balls = trajectory(rules.balls);
  const scratch = eventTape();
  const bar = adjoints(rules.balls);

  const runRow = (x: Batch, identifiers: Batch, b: number, tape: EventTape, y: Float64Array): StopReason => {
    place(balls, x, identifiers, b, rules.balls);
    const stop = follow(balls, rules, tape);
    if (stop === 'horizon') writeEnd(balls, y, table);
    else y.fill(Number.NaN);
    return stop;
  };

  const forward = (x: Batch, identifiers: Batch): Batch => {
    const y = batch(x.rows, outputs);
    for (let b = 0; b < x.rows; b++) {
      scratch.count = 0;
      runRow(x, identifiers, b, scratch, row(y, b));
    }
    return y;
  };

  const taped = (x: Batch, identifiers: Batch): { readonly y: Batch; readonly run: TapedRun } => {
    const y = batch(x.rows, outputs);
    const run = { tape: eventTape(), starts: new Int32Array(x.rows + 1), ends: batch(x.rows, 3 * rules.balls) };
    for (let b = 0; b < x.rows; b++) {
      const arrived = runRow(x, identifiers, b, run.tape, row(y, b)) === 'horizon';
      const end = row(run.ends, b);
      for (let i = 0; i < rules.balls; i++) {
        end[3 * i] = arrived ? balls.wx[i]! : Number.NaN;
        end[3 * i + 1] = arrived ? balls.wy[i]! : Number.NaN;
        end[3 * i + 2] = arrived ? balls.since[i]! : Number.NaN;
      }
      // Nothing to sweep through: the row is NaN.
      if (!arrived) run.tape.count = run.starts[b]!;
      run.starts[b + 1] = run.tape.count;
    }
    return { y, run };
  };

  const pullback = (run: TapedRun, yBar: Batch, xBar: Batch): void => {
    for (let b = 0; b < yBar.rows; b++) {
      const out = row(xBar, b);
      pullRow(bar, run, b, row(yBar, b), table);
      const finite = allFinite(row(yBar, b));
      for (let j = 0; j < out.length; j++) {
        out[j] = finite ? (j % 2 === 0 ? bar.wx : bar.wy)[j >> 1]! : Number.NaN;
      }
    }
  };

  const tangentRow = (x: Batch, identifiers: Batch, b: number, xDot: Float64Array, yDot: Float64Array): void => {
    place(balls, x, identifiers, b, rules.balls);
    const start = new Float64Array(4 * rules.balls);
    for (let i = 0; i < rules.balls; i++) {
      start.set([balls.x[i]!, balls.y[i]!, balls.wx[i]!, balls.wy[i]!], 4 * i);
    }
    const dots = new Float64Array(2 * rules.balls);
    dots.set(xDot);
    scratch.count = 0;
    if (follow(balls, rules, scratch) !== 'horizon' || !allFinite(xDot)) {
      yDot.fill(Number.NaN);
      return;
    }
    tangentAlong(start, dots, scratch, rules).forEach(([px, py, wx, wy], i) => {
      yDot.set([px, py], 2 * i);
      if (table.velocities) yDot.set([wx * rules.speedLeft, wy * rules.speedLeft], 2 * (rules.balls + i));
    });
  };

  const history = (x: Batch, identifiers: Batch, b: number): TableHistory => {
    const { observe, margins } = marginWatch(rules);
    scratch.count = 0;
    place(balls, x, identifiers, b, rules.balls);
    const stop = follow(balls, rules, scratch, observe);
    const { POSITIVE_INFINITY: far } = Number;
    return {
      events: eventsOf(scratch, rules.drag),
      stop,
      margins: stop === 'horizon' ? margins : { grazing: far, order: far, horizon: far },
    };
  };

  return { forward, taped, pullback, tangentRow, history };
}

/**
 * Equal balls on a table, with or without walls: who is where at time T?
 *
 *     v′ = −μ v between collisions;   pairs at |x_i − x_j| = 2R exchange (1 + e)/2 (v_i − v_j)·n along the line of centers n;
 *     at a wall the velocity across it is turned and multiplied by e
 *
 * Smooth balls without spin, all collisions in order of time, event-driven and exact but for rounding: in arc time
 * s = (1 − exp(−μt))/μ balls fly straight, so that every collision is the root of a quadratic. `vjp` is a reverse sweep
 * through the recorded collisions, moving times included; `jvp` independent forward-mode code. Collisions at the same time
 * are handled one after the other, pairs with the lowest numbers first, then walls: momentum and energy are conserved by
 * each, and so by all.
 *
 * The end is smooth in the input inside a sequence of collisions. Positions have kinks where a collision is just at the
 * horizon (velocities jump), grow like a square root from a grazing contact, and jump where two collisions of one ball
 * change their order: `tableEvents` gives the sequence and its margins to such borders. A collision exactly at the
 * horizon, and a pair that exactly grazes, do not count: derivatives are those of that side.
 *
 * Input: velocity of ball 0 (B, 2), or of all (B, 2k). Identifiers: positions of all (B, 2k), then with `othersMove`
 * velocities of balls 1, …, k − 1. Output: positions (B, 2k), then with `velocities` the velocities at T. A row is NaN in
 * every result, and `tableEvents` says why, where a number is not finite, balls overlap at the start (by more than 2^-40
 * of 2R; touching is allowed) or are not on the table, or more than `eventLimit` collisions come before T, as in an
 * inelastic collapse. A collapse that rounding ends before has an end, the right one, but derivatives mean nothing there, and
 * `jvp` may be NaN. The setting is ours.
 *
 * @param options  see `BilliardTableOptions`; anything out of range throws `out-of-range` or `not-finite`
 * @example
 * const table = billiardTable({ balls: 2, restitution: 1, velocities: true });
 * const [v, g] = [batchOfRows([[2, 0]]), batchOfRows([[0, 0, 0.6, 0]])];
 * Array.from(table.forward(v, g).data, (value) => value.toFixed(3)).join(' '); // => '0.500 0.000 2.100 0.000 0.000 0.000 2.000 0.000'
 * table.tableEvents(v, g)[0].events[0]; // => { time: 0.25, kind: 'pair', i: 0, j: 1 }
 */
export function billiardTable(options: BilliardTableOptions): BilliardTable {
  const table = requireTable('billiardTable', options);
  const { input, identifiers: given, output } = axes(table);
  const [inputs, outputs] = [width(input), width(output)];
  const { forward, taped, pullback, tangentRow, history } = maps(table, outputs);
  const check = (method: string, x: Batch, identifiers: Batch): void => {
    requireShape(`billiardTable.${method}: "x"`, x, undefined, inputs);
    requireShape(`billiardTable.${method}: "identifiers"`, identifiers, x.rows, width(given));
  };
  return Object.freeze({
    name: 'billiard-table',
    input,
    identifiers: given,
    output,
    forward: (x, identifiers) => {
      check('forward', x, identifiers);
      return forward(x, identifiers);
    },
    vjp: (x, identifiers) => {
      check('vjp', x, identifiers);
      const { y, run } = taped(x, identifiers);
      return {
        y,
        pullback: (yBar) => {
          requireShape('billiardTable.pullback: "yBar"', yBar, y.rows, outputs);
          const xBar = batch(y.rows, inputs);
          pullback(run, yBar, xBar);
          return xBar;
        },
      };
    },
    jvp: (x, identifiers, xDot) => {
      check('jvp', x, identifiers);
      requireShape('billiardTable.jvp: "xDot"', xDot, x.rows, inputs);
      const yDot = batch(x.rows, outputs);
      for (let b = 0; b < x.rows; b++) tangentRow(x, identifiers, b, row(xDot, b), row(yDot, b));
      return yDot;
    },
    tableEvents: (x, identifiers) => {
      check('tableEvents', x, identifiers);
      return Array.from({ length: x.rows }, (_, b) => history(x, identifiers, b));
    },
  } satisfies BilliardTable);
}
