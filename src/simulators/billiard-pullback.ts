import type { TableRules } from './billiard-table-options.ts';
import { type EventTape, TAPE_NAMES, TAPE_NUMBERS } from './billiard-tape.ts';

/** Adjoints of positions, velocities w and times of the last collision, per ball; written over by every sweep. */
export interface Adjoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly wx: Float64Array;
  readonly wy: Float64Array;
  readonly since: Float64Array;
}

/** A place for adjoints of `count` balls. */
export function adjoints(count: number): Adjoints {
  const numbers = (): Float64Array => new Float64Array(count);
  return { x: numbers(), y: numbers(), wx: numbers(), wy: numbers(), since: numbers() };
}

/** Through a flight of ball i that ends with the adjoints of its position: x = x₀ + w (s − s₀). */
function flightBack(bar: Adjoints, i: number, wx: number, wy: number, flight: number): void {
  bar.wx[i]! += bar.x[i]! * flight;
  bar.wy[i]! += bar.y[i]! * flight;
  bar.since[i] = -(bar.x[i]! * wx + bar.y[i]! * wy);
}

/**
 * Through the last flight and the output: x_i + w_i (S − s_i), and v_i = w_i exp(−μT).
 *
 * @param wx     final velocity w of ball i, with `wy`
 * @param since  arc time of its last collision
 */
export function horizonBack(bar: Adjoints, i: number, wx: number, wy: number, since: number, rules: TableRules): void {
  bar.wx[i]! *= rules.speedLeft;
  bar.wy[i]! *= rules.speedLeft;
  flightBack(bar, i, wx, wy, rules.horizon - since);
}

/**
 * Through a collision of two balls, and the flights before it.
 *
 *     g = κ p n,  κ = (1 + e)/2:   ḡ = w̄_j − w̄_i,  p̄ = κ n·ḡ,  n̄ = κ p ḡ + p̄ u,  ū = p̄ n,  d̄ = (n̄ − n (n·n̄))/|d|
 *     s̄ = s̄_i + s̄_j + x̄_i·w_i + x̄_j·w_j,   and s moves with the line of centers: ds = n·(dx_j − dx_i)/p
 */
function pairBack(bar: Adjoints, i: number, j: number, numbers: Float64Array, at: number, transfer: number): void {
  const now = numbers[at]!;
  const dx = numbers[at + 3]!;
  const dy = numbers[at + 4]!;
  const wxi = numbers[at + 5]!;
  const wyi = numbers[at + 6]!;
  const wxj = numbers[at + 7]!;
  const wyj = numbers[at + 8]!;
  const distance = Math.sqrt(dx * dx + dy * dy);
  const nx = dx / distance;
  const ny = dy / distance;
  const ux = wxi - wxj;
  const uy = wyi - wyj;
  const closing = ux * nx + uy * ny;

  const gx = transfer * (bar.wx[j]! - bar.wx[i]!);
  const gy = transfer * (bar.wy[j]! - bar.wy[i]!);
  const closingBar = nx * gx + ny * gy;
  const nxBar = closing * gx + closingBar * ux;
  const nyBar = closing * gy + closingBar * uy;
  bar.wx[i]! += closingBar * nx;
  bar.wy[i]! += closingBar * ny;
  bar.wx[j]! -= closingBar * nx;
  bar.wy[j]! -= closingBar * ny;

  const radial = nx * nxBar + ny * nyBar;
  const dxBar = (nxBar - nx * radial) / distance;
  const dyBar = (nyBar - ny * radial) / distance;
  const fromTime =
    bar.since[i]! + bar.since[j]! + bar.x[i]! * wxi + bar.y[i]! * wyi + bar.x[j]! * wxj + bar.y[j]! * wyj;
  // d̄ tells on s as well: at fixed starts d moves by −u ds.
  const perLength = (fromTime - (dxBar * ux + dyBar * uy)) / closing;
  bar.x[i]! -= dxBar + perLength * nx;
  bar.y[i]! -= dyBar + perLength * ny;
  bar.x[j]! += dxBar + perLength * nx;
  bar.y[j]! += dyBar + perLength * ny;
  flightBack(bar, i, wxi, wyi, now - numbers[at + 1]!);
  flightBack(bar, j, wxj, wyj, now - numbers[at + 2]!);
}

/** Through a reflection, and the flight before it: w_a ← −e w_a, and s moves with the coordinate across the wall: ds = −dx_a/w_a. */
function wallBack(bar: Adjoints, i: number, side: number, numbers: Float64Array, at: number, bounce: number): void {
  const wx = numbers[at + 5]!;
  const wy = numbers[at + 6]!;
  const upright = side < 2;
  // The coordinate across the wall is that of the wall, whatever came before.
  if (upright) {
    bar.wx[i]! *= bounce;
    bar.x[i] = -(bar.since[i]! + bar.y[i]! * wy) / wx;
  } else {
    bar.wy[i]! *= bounce;
    bar.y[i] = -(bar.since[i]! + bar.x[i]! * wx) / wy;
  }
  flightBack(bar, i, wx, wy, numbers[at]! - numbers[at + 1]!);
}

/**
 * Reverse sweep through collisions `from`, …, `to` − 1 of the tape, last to first: adjoints behind the last of them become
 * adjoints of the start. Exact derivative of the discrete trajectory, moving times of collision included.
 */
export function sweepBack(bar: Adjoints, tape: EventTape, from: number, to: number, rules: TableRules): void {
  for (let event = to - 1; event >= from; event--) {
    const side = tape.names[TAPE_NAMES * event]!;
    const i = tape.names[TAPE_NAMES * event + 1]!;
    const j = tape.names[TAPE_NAMES * event + 2]!;
    if (side < 0) pairBack(bar, i, j, tape.numbers, TAPE_NUMBERS * event, rules.transfer);
    else wallBack(bar, i, side, tape.numbers, TAPE_NUMBERS * event, -rules.restitution);
  }
}
