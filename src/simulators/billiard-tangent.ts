import type { TableRules } from './billiard-table-options.ts';
import { type EventTape, TAPE_NAMES } from './billiard-tape.ts';

/** A number that carries its derivative along one direction. */
interface Dual {
  readonly value: number;
  readonly dot: number;
}

/** A ball in dual numbers, and the arc time at which it is there. */
interface DualBall {
  x: Dual;
  y: Dual;
  wx: Dual;
  wy: Dual;
  at: Dual;
}

const constant = (value: number): Dual => ({ value, dot: 0 });
const plus = (p: Dual, q: Dual): Dual => ({ value: p.value + q.value, dot: p.dot + q.dot });
const minus = (p: Dual, q: Dual): Dual => ({ value: p.value - q.value, dot: p.dot - q.dot });
const times = (p: Dual, q: Dual): Dual => ({ value: p.value * q.value, dot: p.dot * q.value + p.value * q.dot });
const scale = (factor: number, p: Dual): Dual => ({ value: factor * p.value, dot: factor * p.dot });
const over = (p: Dual, q: Dual): Dual => {
  const value = p.value / q.value;
  return { value, dot: (p.dot - value * q.dot) / q.value };
};
const root = (p: Dual): Dual => {
  const value = Math.sqrt(p.value);
  return { value, dot: p.dot / (2 * value) };
};
const inner = (ax: Dual, ay: Dual, bx: Dual, by: Dual): Dual => plus(times(ax, bx), times(ay, by));

/** The ball flies on to the given arc time. */
function flyTo(ball: DualBall, time: Dual): void {
  const flight = minus(time, ball.at);
  ball.x = plus(ball.x, times(ball.wx, flight));
  ball.y = plus(ball.y, times(ball.wy, flight));
  ball.at = time;
}

/** Contact c/(b + √D) after the later of the two times at which the balls are known, u measured in its larger component. */
function contactTime(p: DualBall, q: DualBall, contact: number): Dual {
  const [first, second] = [{ ...p }, { ...q }];
  // From any fixed time on: the contact does not depend on it.
  const known = constant(Math.max(p.at.value, q.at.value));
  flyTo(first, known);
  flyTo(second, known);
  const [dx, dy] = [minus(second.x, first.x), minus(second.y, first.y)];
  // A fixed unit, or squares would leave the range of doubles.
  const unit = 1 / Math.max(Math.abs(p.wx.value - q.wx.value), Math.abs(p.wy.value - q.wy.value));
  const [ux, uy] = [scale(unit, minus(p.wx, q.wx)), scale(unit, minus(p.wy, q.wy))];
  const b = inner(ux, uy, dx, dy);
  const c = minus(inner(dx, dy, dx, dy), constant(contact * contact));
  const across = minus(times(ux, dy), times(uy, dx));
  const discriminant = minus(scale(contact * contact, inner(ux, uy, ux, uy)), times(across, across));
  return plus(known, scale(unit, over(c, plus(b, root(discriminant)))));
}

function collide(p: DualBall, q: DualBall, { contact, transfer }: TableRules): void {
  const nx = scale(1 / contact, minus(q.x, p.x));
  const ny = scale(1 / contact, minus(q.y, p.y));
  const handed = scale(transfer, inner(minus(p.wx, q.wx), minus(p.wy, q.wy), nx, ny));
  p.wx = minus(p.wx, times(handed, nx));
  p.wy = minus(p.wy, times(handed, ny));
  q.wx = plus(q.wx, times(handed, nx));
  q.wy = plus(q.wy, times(handed, ny));
}

/** The coordinate across the wall is that of the wall, so its derivative is exactly 0. */
function bounce(ball: DualBall, side: number, { bounds, restitution }: TableRules): void {
  if (side < 2) {
    ball.x = constant(bounds[side]!);
    ball.wx = scale(-restitution, ball.wx);
  } else {
    ball.y = constant(bounds[side]!);
    ball.wy = scale(-restitution, ball.wy);
  }
}

/** The wall is reached where the coordinate across it is the bound. */
function wallTime(ball: DualBall, side: number, { bounds }: TableRules): Dual {
  const [position, velocity] = side < 2 ? [ball.x, ball.wx] : [ball.y, ball.wy];
  return plus(ball.at, over(minus(constant(bounds[side]!), position), velocity));
}

/**
 * Tangent of a trajectory along given directions of the velocities, in dual numbers, through a known sequence of
 * collisions; the time of each is a textbook root, the line of centers has length 2R.
 *
 *     b = u·d,  c = |d|² − 4R²,  D = 4R²|u|² − (u×d)²,  s = c/(b + √D);   n = d/2R,  w ± (1 + e)/2 (u·n) n
 *
 * Only the order of the collisions is taken from the tape, so that this and the reverse sweep are tests of each other.
 *
 * @param start   x, y, w_x, w_y of each ball (4k)
 * @param dots    directions of w_x, w_y of each ball (2k)
 * @param tape    collisions of one trajectory
 * @returns tangents of x, y, w_x, w_y at the horizon, ball by ball
 */
export function tangentAlong(
  start: Float64Array,
  dots: Float64Array,
  tape: EventTape,
  rules: TableRules,
): readonly (readonly [number, number, number, number])[] {
  const balls = Array.from({ length: rules.balls }, (_, i): DualBall => {
    const [x, y, wx, wy] = start.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    return {
      x: constant(x),
      y: constant(y),
      wx: { value: wx, dot: dots[2 * i]! },
      wy: { value: wy, dot: dots[2 * i + 1]! },
      at: constant(0),
    };
  });
  for (let event = 0; event < tape.count; event++) {
    const side = tape.names[TAPE_NAMES * event]!;
    const ball = balls[tape.names[TAPE_NAMES * event + 1]!]!;
    const other = balls[tape.names[TAPE_NAMES * event + 2]!];
    if (other === undefined) {
      flyTo(ball, wallTime(ball, side, rules));
      bounce(ball, side, rules);
    } else {
      const time = contactTime(ball, other, rules.contact);
      flyTo(ball, time);
      flyTo(other, time);
      collide(ball, other, rules);
    }
  }
  return balls.map((ball) => {
    flyTo(ball, constant(rules.horizon));
    return [ball.x.dot, ball.y.dot, ball.wx.dot, ball.wy.dot];
  });
}
