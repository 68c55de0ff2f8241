import type { BilliardTableOptions, TableEvent } from '../../src/simulators/billiard-table.ts';

/** Balls at one time, plain numbers. */
export interface PlainBall {
  readonly x: number;
  readonly y: number;
  readonly vx: number;
  readonly vy: number;
}

/** What a table does with its numbers; `TRUE_PHYSICS`, or that with a fault. */
export interface PlainPhysics {
  /** Distance of centers at contact from the radius. */
  contact(radius: number): number;
  /** +1 for the first of the two times at which centers have that distance, −1 for the second. */
  readonly root: 1 | -1;
  /** By what d is divided to be the line of centers. */
  normal(distance: number, contact: number): number;
  /** Share of the closing speed handed over. */
  transfer(restitution: number): number;
  /** Share of it that the first ball loses. */
  readonly recoil: number;
  /** Velocity across a wall behind it, over the one before. */
  bounce(restitution: number): number;
  /** Way of a ball of speed 1 in time t. */
  way(time: number, drag: number): number;
}

export const TRUE_PHYSICS: PlainPhysics = {
  contact: (radius) => 2 * radius,
  root: 1,
  normal: (distance) => distance,
  transfer: (restitution) => (1 + restitution) / 2,
  recoil: 1,
  bounce: (restitution) => -restitution,
  way: (time, drag) => (drag === 0 ? time : (1 - Math.exp(-drag * time)) / drag),
};

/** Beyond it a plain table gives up. */
const MOST_EVENTS = 2000;

interface Candidate {
  readonly wait: number;
  readonly event: TableEvent;
}

/** The time that a way of a ball of speed 1 takes; +∞ where drag stops it before. */
function timeOfWay(way: number, drag: number): number {
  if (drag === 0) return way;
  return drag * way < 1 ? -Math.log(1 - drag * way) / drag : Number.POSITIVE_INFINITY;
}

function pairWay(p: PlainBall, q: PlainBall, contact: number, sign: number): number {
  const [dx, dy, ux, uy] = [q.x - p.x, q.y - p.y, p.vx - q.vx, p.vy - q.vy];
  const b = ux * dx + uy * dy;
  const c = dx * dx + dy * dy - contact * contact;
  const inside = b * b - (ux * ux + uy * uy) * c;
  return b > 0 && inside > 0 ? Math.max(0, c / (b + sign * Math.sqrt(inside))) : Number.POSITIVE_INFINITY;
}

/** All that could happen next, in the order in which ties are decided. */
function candidates(
  balls: readonly PlainBall[],
  at: number,
  met: ReadonlySet<string>,
  { drag = 0, radius = 0.05, walls }: BilliardTableOptions,
  physics: PlainPhysics,
): Candidate[] {
  const found: Candidate[] = [];
  const add = (way: number, rest: Omit<TableEvent, 'time'>): void => {
    const wait = timeOfWay(way, drag);
    if (wait < Number.POSITIVE_INFINITY) found.push({ wait, event: { ...rest, time: at + wait } as TableEvent });
  };
  balls.forEach((p, i) => {
    for (let j = i + 1; j < balls.length; j++) {
      if (!met.has(`${i} ${j}`)) {
        add(pairWay(p, balls[j]!, physics.contact(radius), physics.root), { kind: 'pair', i, j } as TableEvent);
      }
    }
  });
  if (walls === undefined) return found;
  balls.forEach(({ x, y, vx, vy }, i) => {
    const wall = (way: number, side: string): void => add(Math.max(0, way), { kind: 'wall', i, side } as TableEvent);
    if (vx < 0) wall((radius - x) / vx, 'left');
    if (vx > 0) wall((walls.width - radius - x) / vx, 'right');
    if (vy < 0) wall((radius - y) / vy, 'bottom');
    if (vy > 0) wall((walls.height - radius - y) / vy, 'top');
  });
  return found;
}

function flown(balls: readonly PlainBall[], time: number, drag: number, physics: PlainPhysics): PlainBall[] {
  const way = physics.way(time, drag);
  const left = Math.exp(-drag * time);
  return balls.map(({ x, y, vx, vy }) => ({ x: x + vx * way, y: y + vy * way, vx: vx * left, vy: vy * left }));
}

function collided(balls: PlainBall[], event: TableEvent, options: BilliardTableOptions, physics: PlainPhysics): void {
  const { restitution = 0.8, radius = 0.05 } = options;
  const p = balls[event.i]!;
  if (event.kind === 'wall') {
    const across = event.side === 'left' || event.side === 'right' ? 'vx' : 'vy';
    balls[event.i] = { ...p, [across]: physics.bounce(restitution) * p[across] };
    return;
  }
  const q = balls[event.j]!;
  const [dx, dy] = [q.x - p.x, q.y - p.y];
  const length = physics.normal(Math.hypot(dx, dy), physics.contact(radius));
  const [nx, ny] = [dx / length, dy / length];
  const handed = physics.transfer(restitution) * ((p.vx - q.vx) * nx + (p.vy - q.vy) * ny);
  const lost = physics.recoil * handed;
  balls[event.i] = { ...p, vx: p.vx - lost * nx, vy: p.vy - lost * ny };
  balls[event.j] = { ...q, vx: q.vx + handed * nx, vy: q.vy + handed * ny };
}

/** Pairs that have met and since then nobody else: those that `event` does not part. */
function stillMet(met: ReadonlySet<string>, event: TableEvent): Set<string> {
  const involved = event.kind === 'pair' ? [event.i, event.j] : [event.i];
  const kept = [...met].filter((pair) => !pair.split(' ').some((ball) => involved.includes(Number(ball))));
  return new Set(event.kind === 'pair' ? [...kept, `${event.i} ${event.j}`] : kept);
}

/**
 * A table as in the textbook: in time, not arc time, all balls flown from collision to collision, everything looked for
 * afresh. Independent of `billiardTable`, for comparison and, with faulty physics, as a twin that must be found out.
 *
 * @param start     the balls; none may overlap
 * @param physics   `TRUE_PHYSICS` unless given
 * @param schedule  collisions at fixed times instead of those that would happen
 * @returns balls at the horizon and the collisions before it; undefined where there are too many
 */
export function plainTable(
  options: BilliardTableOptions,
  start: readonly PlainBall[],
  physics: PlainPhysics = TRUE_PHYSICS,
  schedule?: readonly TableEvent[],
): { readonly balls: readonly PlainBall[]; readonly events: readonly TableEvent[] } | undefined {
  const { drag = 0, horizon = 1 } = options;
  let balls = [...start];
  let at = 0;
  let met: ReadonlySet<string> = new Set();
  const events: TableEvent[] = [];
  while (events.length < MOST_EVENTS) {
    const event =
      schedule === undefined
        ? candidates(balls, at, met, options, physics).reduce<Candidate | undefined>(
            (best, each) => (best === undefined || each.wait < best.wait ? each : best),
            undefined,
          )?.event
        : schedule[events.length];
    if (event === undefined || event.time >= horizon) {
      return { balls: flown(balls, horizon - at, drag, physics), events };
    }
    balls = flown(balls, event.time - at, drag, physics);
    collided(balls, event, options, physics);
    at = event.time;
    met = stillMet(met, event);
    events.push(event);
  }
  return undefined;
}
