import { type Batch, batch, batchOfRows, row, rowRange } from '../../src/core/batch.ts';
import { type BilliardTable, type BilliardTableOptions, billiardTable } from '../../src/simulators/billiard-table.ts';
import { type PlainBall, type PlainPhysics, plainTable, TRUE_PHYSICS } from '../billiards/table-plain.ts';

/** Deliberately faulty tables: every law about tables must refute at least one of them. */

export type BilliardTableFactory = (options: BilliardTableOptions) => BilliardTable;

/** Physics as somebody might get them wrong. */
const WRONG_PHYSICS = {
  'normal-not-normalized': { normal: (distance, contact) => distance / contact },
  'late-root': { root: -1 },
  'contact-at-radius': { contact: (radius) => radius },
  'no-half': { transfer: (restitution) => 1 + restitution },
  'no-restitution': { transfer: () => 1 },
  'slightly-bouncy': { transfer: (restitution) => ((1 + restitution) / 2) * 1.000001 },
  'no-recoil': { recoil: 0 },
  'wall-without-restitution': { bounce: () => -1 },
  'wall-adds-energy': { bounce: (restitution) => -1 / Math.max(0.5, restitution) - 0.001 },
  'drag-on-the-way': { way: (time, drag) => time * Math.exp(-drag * time) },
  'no-drag-on-the-way': { way: (time) => time },
} satisfies Record<string, Partial<PlainPhysics>>;

type WrongPhysics = keyof typeof WRONG_PHYSICS;
type WrongPullback = 'times-do-not-move' | 'slightly-long' | 'turned';
type WrongTangent = 'tangent-times-do-not-move' | 'tangent-slightly-long';
type WrongEnd = 'first-row' | 'drifts' | 'last-ball-passes';
export type BrokenTable = WrongPhysics | WrongPullback | WrongTangent | WrongEnd;

export const WRONG_PHYSICS_NAMES = Object.keys(WRONG_PHYSICS) as readonly WrongPhysics[];
export const WRONG_PULLBACKS: readonly WrongPullback[] = ['times-do-not-move', 'slightly-long', 'turned'];
export const WRONG_TANGENTS: readonly WrongTangent[] = ['tangent-times-do-not-move', 'tangent-slightly-long'];

/** The balls of row b at the start. */
export function startOf(options: BilliardTableOptions, x: Batch, identifiers: Batch, b: number): PlainBall[] {
  const unknown = row(x, b);
  const given = row(identifiers, b);
  return Array.from({ length: options.balls }, (_, i) => {
    const velocity =
      2 * i < unknown.length
        ? unknown.subarray(2 * i, 2 * i + 2)
        : given.subarray(2 * (options.balls + i - 1), 2 * (options.balls + i));
    return { x: given[2 * i]!, y: given[2 * i + 1]!, vx: velocity[0] ?? 0, vy: velocity[1] ?? 0 };
  });
}

/** A row of the output from balls at the horizon. */
export function outputOf(balls: readonly PlainBall[], options: BilliardTableOptions): number[] {
  const positions = balls.flatMap(({ x, y }) => [x, y]);
  return options.velocities ? [...positions, ...balls.flatMap(({ vx, vy }) => [vx, vy])] : positions;
}

/** Ends and collisions of a plain table with these physics; rows that do not get to the horizon stay as they are. */
function withPhysics(options: BilliardTableOptions, physics: PlainPhysics): BilliardTable {
  const table = billiardTable(options);
  const runs = (x: Batch, identifiers: Batch) =>
    table.tableEvents(x, identifiers).map(({ stop }, b) => {
      return stop === 'horizon' ? plainTable(options, startOf(options, x, identifiers, b), physics) : undefined;
    });
  return {
    ...table,
    forward: (x, identifiers) => {
      const y = table.forward(x, identifiers);
      runs(x, identifiers).forEach((run, b) => {
        if (run !== undefined) row(y, b).set(outputOf(run.balls, options));
      });
      return y;
    },
    tableEvents: (x, identifiers) => {
      const all = runs(x, identifiers);
      return table.tableEvents(x, identifiers).map((history, b) => ({ ...history, events: all[b]?.events ?? [] }));
    },
  };
}

/** Half width of the differences that give the Jacobian at fixed times; a wrong Jacobian need not be exact. */
const STEP = 2 ** -20;

/** J ẋ with all collisions at the times they have at x: what is left without the derivatives of these times. */
function frozenTangent(options: BilliardTableOptions, x: Batch, identifiers: Batch, xDot: Batch): Batch {
  const table = billiardTable(options);
  const histories = table.tableEvents(x, identifiers);
  const yDot = table.forward(x, identifiers);
  histories.forEach(({ events, stop }, b) => {
    if (stop !== 'horizon') return;
    const [ahead, behind] = [STEP, -STEP].map((h) => {
      const moved = batch(
        1,
        x.cols,
        row(x, b).map((value, j) => value + h * row(xDot, b)[j]!),
      );
      const start = startOf(options, moved, rowRange(identifiers, b, 1), 0);
      return outputOf(plainTable(options, start, TRUE_PHYSICS, events)?.balls ?? [], options);
    }) as [number[], number[]];
    row(yDot, b).set(ahead.map((value, j) => (value - behind[j]!) / (2 * STEP)));
  });
  return yDot;
}

/** x̄ = Jᵀ ȳ with the Jacobian at fixed times, column by column. */
function frozenPullback(options: BilliardTableOptions, x: Batch, identifiers: Batch, yBar: Batch): Batch {
  const xBar = batch(x.rows, x.cols);
  for (let j = 0; j < x.cols; j++) {
    const unit = Array.from({ length: x.cols }, (_, i) => (i === j ? 1 : 0));
    const column = frozenTangent(options, x, identifiers, batchOfRows(Array.from({ length: x.rows }, () => unit)));
    for (let b = 0; b < x.rows; b++) {
      xBar.data[b * x.cols + j] = row(column, b).reduce((sum, value, i) => sum + value * row(yBar, b)[i]!, 0);
    }
  }
  return xBar;
}

type Pullback = (yBar: Batch) => Batch;

function withPullback(table: BilliardTable, change: (right: Pullback, x: Batch, identifiers: Batch) => Pullback) {
  return {
    ...table,
    vjp: (x: Batch, identifiers: Batch) => {
      const { y, pullback } = table.vjp(x, identifiers);
      return { y, pullback: change(pullback, x, identifiers) };
    },
  };
}

function scaled(values: Batch, factor: number): Batch {
  return batch(
    values.rows,
    values.cols,
    values.data.map((value) => factor * value),
  );
}

/** x̄ with the two components of each velocity exchanged. */
function turned(xBar: Batch): Batch {
  return batch(
    xBar.rows,
    xBar.cols,
    xBar.data.map((_, i) => xBar.data[i ^ 1]!),
  );
}

function withEnd(table: BilliardTable, change: (y: Batch, x: Batch, identifiers: Batch) => void): BilliardTable {
  const forward = (x: Batch, identifiers: Batch): Batch => {
    const y = table.forward(x, identifiers);
    change(y, x, identifiers);
    return y;
  };
  return { ...table, forward };
}

/** The last ball flies on through everything, and nothing notices it. */
function withoutLast(options: BilliardTableOptions): BilliardTable {
  return withEnd(billiardTable(options), (y, x, identifiers) => {
    for (let b = 0; b < y.rows; b++) {
      const balls = startOf(options, x, identifiers, b);
      const others = plainTable({ ...options, balls: balls.length - 1 }, balls.slice(0, -1));
      const last = plainTable({ ...options, balls: 1 }, balls.slice(-1));
      if (others === undefined || last === undefined || !Number.isFinite(row(y, b)[0])) continue;
      row(y, b).set(outputOf([...others.balls, ...last.balls], options));
    }
  });
}

/** A felt with a nap: every ball is carried along x by 1e-6 in time 1. */
function drifting(options: BilliardTableOptions): BilliardTable {
  return withEnd(billiardTable(options), (y) => {
    for (let b = 0; b < y.rows; b++) {
      for (let i = 0; i < options.balls; i++) row(y, b)[2 * i]! += 1e-6 * (options.horizon ?? 1);
    }
  });
}

/** `billiardTable` with one fault, by name. */
export function brokenBilliardTable(fault: BrokenTable): BilliardTableFactory {
  return (options) => {
    const table = billiardTable(options);
    switch (fault) {
      case 'times-do-not-move':
        return withPullback(table, (_, x, identifiers) => (yBar) => frozenPullback(options, x, identifiers, yBar));
      case 'slightly-long':
        return withPullback(table, (right) => (yBar) => scaled(right(yBar), 1.001));
      case 'turned':
        return withPullback(table, (right) => (yBar) => turned(right(yBar)));
      case 'tangent-times-do-not-move':
        return { ...table, jvp: (x, identifiers, xDot) => frozenTangent(options, x, identifiers, xDot) };
      case 'tangent-slightly-long':
        return { ...table, jvp: (x, identifiers, xDot) => scaled(table.jvp(x, identifiers, xDot), 1.0001) };
      case 'first-row':
        return withEnd(table, ({ rows, cols, data }) => {
          for (let b = 1; b < rows; b++) data.copyWithin(b * cols, 0, cols);
        });
      case 'drifts':
        return drifting(options);
      case 'last-ball-passes':
        return withoutLast(options);
      default:
        return withPhysics(options, { ...TRUE_PHYSICS, ...WRONG_PHYSICS[fault] });
    }
  };
}
