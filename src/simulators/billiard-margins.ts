import { wallWait } from './billiard-events.ts';
import type { TableRules } from './billiard-table-options.ts';
import type { FlightObserver, Trajectory } from './billiard-trajectory.ts';

/**
 * How far a trajectory is from the kinks and jumps of its end in the initial velocities; all dimensionless, >= 0, and +∞
 * where there is no such border. Inside a sequence of collisions the end is smooth; at 0 the sequence is about to change.
 */
export interface TableMargins {
  /**
   * Smallest |1 − h²/4R²| = |D|/(4R²|u|²) over all pairs that collide or pass each other, h the impact offset: at 0 a pair
   * grazes, and derivatives grow like an inverse square root.
   */
  readonly grazing: number;
  /** Smallest lead of a collision over another that one of its balls would have had, as a share of the horizon. */
  readonly order: number;
  /** Smallest distance of the last collision before, and the first after the horizon, as a share of the horizon. */
  readonly horizon: number;
}

/** Margins, kept smallest while a trajectory is followed. */
type Smallest = { -readonly [K in keyof TableMargins]: TableMargins[K] };

function pairMargin(balls: Trajectory, i: number, j: number, now: number, until: number, contact: number): number {
  const { x, y, wx, wy, since, last, next } = balls;
  if (last[i] === last[j]) return Number.POSITIVE_INFINITY;
  const dx = x[j]! + wx[j]! * (now - since[j]!) - (x[i]! + wx[i]! * (now - since[i]!));
  const dy = y[j]! + wy[j]! * (now - since[j]!) - (y[i]! + wy[i]! * (now - since[i]!));
  const speed = Math.hypot(wx[i]! - wx[j]!, wy[i]! - wy[j]!);
  if (speed === 0) return Number.POSITIVE_INFINITY;
  const ux = (wx[i]! - wx[j]!) / speed;
  const uy = (wy[i]! - wy[j]!) / speed;
  const nearest = now + (ux * dx + uy * dy) / speed;
  const offset = (ux * dy - uy * dx) / contact;
  const collide = next.i === i && next.j === j;
  const pass = nearest > now && nearest <= until && Math.abs(offset) >= 1;
  return collide || pass ? Math.abs((1 - offset) * (1 + offset)) : Number.POSITIVE_INFINITY;
}

/** Arc time of the wall that ball i would reach if it did not reach the one it does. */
function otherWall(balls: Trajectory, i: number, { bounds }: TableRules): number {
  const { x, y, wx, wy, since, wallSide } = balls;
  const wait =
    wallSide[i]! < 2 ? wallWait(y[i]!, wy[i]!, bounds[2], bounds[3]) : wallWait(x[i]!, wx[i]!, bounds[0], bounds[1]);
  return since[i]! + Math.max(0, wait);
}

/** The next best collision of ball i: not with `partner`, and where `partner` is −1 not with its next wall. */
function runnerUp(balls: Trajectory, i: number, partner: number, rules: TableRules): number {
  let time = partner < 0 ? otherWall(balls, i, rules) : balls.wallTime[i]!;
  for (let j = 0; j < rules.balls; j++) {
    if (j === i || j === partner) continue;
    time = Math.min(time, balls.contacts[Math.min(i, j) * rules.balls + Math.max(i, j)]!);
  }
  return time;
}

/** An observer of flights that collects the margins of one trajectory. */
export function marginWatch(rules: TableRules): { readonly observe: FlightObserver; readonly margins: TableMargins } {
  const { POSITIVE_INFINITY: far } = Number;
  const margins: Smallest = { grazing: far, order: far, horizon: far };
  const observe: FlightObserver = (balls, now, until) => {
    for (let i = 0; i < rules.balls; i++) {
      for (let j = i + 1; j < rules.balls; j++) {
        margins.grazing = Math.min(margins.grazing, pairMargin(balls, i, j, now, until, rules.contact));
      }
    }
    const { i, j, time } = balls.next;
    if (i < 0) {
      const before = now > 0 ? rules.horizon - now : far;
      margins.horizon = Math.min(before, time - rules.horizon) / rules.horizon;
      return;
    }
    const rivals = Math.min(runnerUp(balls, i, j, rules), j < 0 ? far : runnerUp(balls, j, i, rules));
    margins.order = Math.min(margins.order, (rivals - until) / rules.horizon);
  };
  return { observe, margins };
}
