import type { TableRules } from './billiard-table-options.ts';
import { type EventTape, nextOnTape, TAPE_NAMES, TAPE_NUMBERS } from './billiard-tape.ts';

/** Balls between their collisions: ball i is at x_i + w_i (s − since_i) at arc time s. */
export interface Balls {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly wx: Float64Array;
  readonly wy: Float64Array;
  readonly since: Float64Array;
}

/** What is recorded of any collision, and where its numbers start. */
function record(tape: EventTape, balls: Balls, side: number, i: number, j: number, now: number): number {
  const event = nextOnTape(tape);
  tape.names[TAPE_NAMES * event] = side;
  tape.names[TAPE_NAMES * event + 1] = i;
  tape.names[TAPE_NAMES * event + 2] = j;
  const at = TAPE_NUMBERS * event;
  tape.numbers[at] = now;
  tape.numbers[at + 1] = balls.since[i]!;
  tape.numbers[at + 5] = balls.wx[i]!;
  tape.numbers[at + 6] = balls.wy[i]!;
  return at;
}

/**
 * Balls i and j touch at arc time `now`: equal masses exchange momentum along the line of centers.
 *
 *     n = (x_j − x_i)/|x_j − x_i|,  p = (w_i − w_j)·n;   w_i ← w_i − (1 + e)/2 p n,  w_j ← w_j + (1 + e)/2 p n
 *
 * What one ball loses the other gains, so momentum is conserved; the energy falls by (1 − e²)/4 p² m. Balls that rounding
 * lets touch without closing (p <= 0) pass: nothing changes, nothing is recorded.
 */
export function exchange(balls: Balls, i: number, j: number, now: number, rules: TableRules, tape: EventTape): void {
  const { x, y, wx, wy, since } = balls;
  const xi = x[i]! + wx[i]! * (now - since[i]!);
  const yi = y[i]! + wy[i]! * (now - since[i]!);
  const xj = x[j]! + wx[j]! * (now - since[j]!);
  const yj = y[j]! + wy[j]! * (now - since[j]!);
  const dx = xj - xi;
  const dy = yj - yi;
  const distance = Math.sqrt(dx * dx + dy * dy);
  const nx = dx / distance;
  const ny = dy / distance;
  const closing = (wx[i]! - wx[j]!) * nx + (wy[i]! - wy[j]!) * ny;
  if (!(closing > 0)) return;

  const at = record(tape, balls, -1, i, j, now);
  tape.numbers[at + 2] = since[j]!;
  tape.numbers[at + 3] = dx;
  tape.numbers[at + 4] = dy;
  tape.numbers[at + 7] = wx[j]!;
  tape.numbers[at + 8] = wy[j]!;
  const handed = rules.transfer * closing;
  x[i] = xi;
  y[i] = yi;
  x[j] = xj;
  y[j] = yj;
  wx[i]! -= handed * nx;
  wy[i]! -= handed * ny;
  wx[j]! += handed * nx;
  wy[j]! += handed * ny;
  since[i] = now;
  since[j] = now;
}

/** Ball i touches a wall at arc time `now`: the velocity across the wall is turned and multiplied by e. */
export function reflect(balls: Balls, i: number, side: number, now: number, rules: TableRules, tape: EventTape): void {
  const { x, y, wx, wy, since } = balls;
  record(tape, balls, side, i, -1, now);
  const upright = side < 2;
  // On the wall exactly, so that rounding never carries a ball through it.
  x[i] = upright ? rules.bounds[side]! : x[i]! + wx[i]! * (now - since[i]!);
  y[i] = upright ? y[i]! + wy[i]! * (now - since[i]!) : rules.bounds[side]!;
  if (upright) wx[i]! *= -rules.restitution;
  else wy[i]! *= -rules.restitution;
  since[i] = now;
}
