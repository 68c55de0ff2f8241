import { type Balls, exchange, reflect } from './billiard-collisions.ts';
import { contactWait, wallWait } from './billiard-events.ts';
import type { TableRules } from './billiard-table-options.ts';
import type { EventTape } from './billiard-tape.ts';

/**
 * Why a trajectory ends: it is there (`'horizon'`), it takes more collisions than allowed (`'event-limit'`), or it never
 * starts, because balls overlap (`'overlap'`), are not on the table (`'outside'`), or a number is not finite.
 */
export type StopReason = 'horizon' | 'event-limit' | 'overlap' | 'outside' | 'not-finite';

/** The balls of one trajectory with what is known of their next collisions; written over by every trajectory. */
export interface Trajectory extends Balls {
  /** Number of the last collision of each ball; before its first, a negative number of its own. */
  readonly last: Int32Array;
  /** Arc time of the next contact of i < j, at i k + j. */
  readonly contacts: Float64Array;
  /** Arc time and side of the next wall of each ball. */
  readonly wallTime: Float64Array;
  readonly wallSide: Int32Array;
  /** The next collision of all; `j` is −1 for a wall. */
  readonly next: { time: number; i: number; j: number };
}

/** Sees every flight: from arc time `now` to `until`, where `next` takes part; `next.i` is −1 where it ends at the horizon. */
export type FlightObserver = (balls: Trajectory, now: number, until: number) => void;

/** A place for trajectories of `count` balls. */
export function trajectory(count: number): Trajectory {
  const numbers = (): Float64Array => new Float64Array(count);
  return {
    x: numbers(),
    y: numbers(),
    wx: numbers(),
    wy: numbers(),
    since: numbers(),
    last: new Int32Array(count),
    contacts: new Float64Array(count * count),
    wallTime: numbers(),
    wallSide: new Int32Array(count),
    next: { time: 0, i: -1, j: -1 },
  };
}

/** Centers closer than 2R by less than this share of it touch: positions given in floats cannot touch exactly. */
const SLACK = 2 ** -40;

function startFault({ x, y, wx, wy }: Balls, { balls, contact, bounds }: TableRules): StopReason | undefined {
  for (let i = 0; i < balls; i++) {
    // Zero times a number that is not finite is NaN.
    if (!(0 * (x[i]! + y[i]! + wx[i]! + wy[i]!) === 0)) return 'not-finite';
  }
  const slack = SLACK * contact;
  const [left, right, bottom, top] = bounds;
  for (let i = 0; i < balls; i++) {
    const inside = x[i]! >= left - slack && x[i]! <= right + slack && y[i]! >= bottom - slack && y[i]! <= top + slack;
    if (!inside) return 'outside';
    for (let j = 0; j < i; j++) {
      const dx = x[j]! - x[i]!;
      const dy = y[j]! - y[i]!;
      if (Math.sqrt(dx * dx + dy * dy) < contact - slack) return 'overlap';
    }
  }
  return undefined;
}

function scheduleContact(balls: Trajectory, i: number, j: number, now: number, { balls: count, contact }: TableRules) {
  const { x, y, wx, wy, since, last, contacts } = balls;
  // Two balls that fly straight since they met do not meet again: no rounding may make them.
  let wait = Number.POSITIVE_INFINITY;
  if (last[i] !== last[j]) {
    const dx = x[j]! + wx[j]! * (now - since[j]!) - (x[i]! + wx[i]! * (now - since[i]!));
    const dy = y[j]! + wy[j]! * (now - since[j]!) - (y[i]! + wy[i]! * (now - since[i]!));
    wait = contactWait(dx, dy, wx[i]! - wx[j]!, wy[i]! - wy[j]!, contact);
  }
  contacts[i * count + j] = now + Math.max(0, wait);
}

/** Earliest wall of ball i, and which; the wall across x where both are reached at once. */
function scheduleWall(balls: Trajectory, i: number, { bounds }: TableRules): void {
  const { x, y, wx, wy, since, wallTime, wallSide } = balls;
  const across = Math.max(0, wallWait(x[i]!, wx[i]!, bounds[0], bounds[1]));
  const along = Math.max(0, wallWait(y[i]!, wy[i]!, bounds[2], bounds[3]));
  wallTime[i] = since[i]! + Math.min(across, along);
  wallSide[i] = across <= along ? (wx[i]! > 0 ? 1 : 0) : wy[i]! > 0 ? 3 : 2;
}

function schedule(balls: Trajectory, i: number, now: number, rules: TableRules): void {
  for (let j = 0; j < i; j++) scheduleContact(balls, j, i, now, rules);
  for (let j = i + 1; j < rules.balls; j++) scheduleContact(balls, i, j, now, rules);
  scheduleWall(balls, i, rules);
}

/** The earliest collision: of those at the same time the pair with the lowest numbers, then the wall of the lowest ball. */
function findNext({ contacts, wallTime, next }: Trajectory, count: number): void {
  next.time = Number.POSITIVE_INFINITY;
  next.i = -1;
  next.j = -1;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      if (!(contacts[i * count + j]! < next.time)) continue;
      next.time = contacts[i * count + j]!;
      next.i = i;
      next.j = j;
    }
  }
  for (let i = 0; i < count; i++) {
    if (!(wallTime[i]! < next.time)) continue;
    next.time = wallTime[i]!;
    next.i = i;
    next.j = -1;
  }
}

/**
 * Follows the balls, placed and set in motion at arc time 0, through all collisions before the horizon, in order of time,
 * and appends these to `tape`. Afterwards ball i is at x_i + w_i (S − since_i).
 *
 * Collisions at the same time are handled one after the other: pairs by lowest numbers first, then walls. Each is a whole
 * collision of its own, so that momentum and energy are as right as ever; what simultaneous collisions should do is not
 * defined by two-body collisions, and the order of the numbers decides. A collision exactly at the horizon is left out.
 *
 * @param observe  sees every flight between collisions, where given
 */
export function follow(balls: Trajectory, rules: TableRules, tape: EventTape, observe?: FlightObserver): StopReason {
  const fault = startFault(balls, rules);
  if (fault !== undefined) return fault;
  const { next, last } = balls;
  balls.since.fill(0);
  for (let i = 0; i < rules.balls; i++) last[i] = -1 - i;
  for (let i = 0; i < rules.balls; i++) schedule(balls, i, 0, rules);
  for (let now = 0, event = 0; ; event++) {
    findNext(balls, rules.balls);
    if (!(next.time < rules.horizon)) {
      next.i = -1;
      observe?.(balls, now, rules.horizon);
      return 'horizon';
    }
    if (event === rules.eventLimit) return 'event-limit';
    observe?.(balls, now, next.time);
    now = next.time;
    last[next.i] = event;
    if (next.j < 0) {
      reflect(balls, next.i, balls.wallSide[next.i]!, now, rules, tape);
    } else {
      last[next.j] = event;
      exchange(balls, next.i, next.j, now, rules, tape);
      schedule(balls, next.j, now, rules);
    }
    schedule(balls, next.i, now, rules);
  }
}
