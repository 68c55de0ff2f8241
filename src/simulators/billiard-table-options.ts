import { InverseClaimsError, requireNumber } from '../core/errors.ts';

/** A rectangular table: centers of balls stay in [R, width − R] × [R, height − R]. */
export interface TableWalls {
  readonly width: number;
  readonly height: number;
}

export interface BilliardTableOptions {
  /** Number k of balls; ball 0 is the cue ball. */
  readonly balls: number;
  /** Radius R of every ball; 0.05 unless given. */
  readonly radius?: number;
  /** Coefficient of restitution e in [0, 1] of balls and walls; 0.8 unless given. */
  readonly restitution?: number;
  /** Linear drag μ >= 0 in v′ = −μ v; 0 unless given. */
  readonly drag?: number;
  /** No walls unless given. */
  readonly walls?: TableWalls;
  /** Time T at which the balls are looked at; 1 unless given. */
  readonly horizon?: number;
  /** Most collisions of a trajectory; 1000 unless given. */
  readonly eventLimit?: number;
  /** Whose initial velocity is the input: that of the cue ball, or that of every ball. `'cue'` unless given. */
  readonly unknown?: 'cue' | 'all';
  /** Where only the cue ball is unknown: identifiers also hold the velocities of balls 1, …, k − 1, else at rest. */
  readonly othersMove?: boolean;
  /** Output also holds the velocities at the horizon. */
  readonly velocities?: boolean;
}

/**
 * What a trajectory needs to know of a table, in arc time s = (1 − exp(−μt))/μ (s = t for μ = 0), in which all balls
 * fly straight with constant velocities w = v exp(μt): dx/ds = w, and collisions, linear in v, are the same in w.
 */
export interface TableRules {
  readonly balls: number;
  /** Distance of centers at contact, 2R. */
  readonly contact: number;
  /** Share of the closing speed that is handed over, (1 + e)/2. */
  readonly transfer: number;
  readonly restitution: number;
  readonly drag: number;
  /** Arc time S of the horizon. */
  readonly horizon: number;
  /** v/w at the horizon, exp(−μT). */
  readonly speedLeft: number;
  /** Where centers may be: low and high end in x, then in y; infinite without walls. */
  readonly bounds: readonly [number, number, number, number];
  readonly eventLimit: number;
}

/** Options checked, with defaults, as rules; and what the input, the identifiers and the output hold. */
export interface RequiredTable {
  readonly rules: TableRules;
  readonly allUnknown: boolean;
  readonly othersMove: boolean;
  readonly velocities: boolean;
}

/** Below it (1 − exp(−q))/q is 1 to rounding, and q/μ may no longer be T. */
const NO_DRAG = 2 ** -60;

function requireChoice(where: string, unknown: string): boolean {
  if (unknown === 'cue' || unknown === 'all') return unknown === 'all';
  throw new InverseClaimsError('out-of-range', {
    where: `${where}: "unknown"`,
    expected: "'cue' or 'all'",
    received: JSON.stringify(unknown),
  });
}

/**
 * Rules of a table from its options, or `out-of-range` / `not-finite`: balls an integer in [1, 1000], R > 0, e in [0, 1],
 * μ >= 0, T > 0, width and height > 2R, eventLimit an integer in [0, 10^6].
 */
export function requireTable(where: string, options: BilliardTableOptions): RequiredTable {
  const { radius = 0.05, restitution = 0.8, drag = 0, walls, horizon = 1, eventLimit = 1000 } = options;
  const balls = requireNumber(`${where}: "balls"`, options.balls, { minimum: 1, maximum: 1000, integer: true });
  requireNumber(`${where}: "radius"`, radius, { above: 0 });
  requireNumber(`${where}: "restitution"`, restitution, { minimum: 0, maximum: 1 });
  requireNumber(`${where}: "drag"`, drag, { minimum: 0 });
  requireNumber(`${where}: "horizon"`, horizon, { above: 0 });
  requireNumber(`${where}: "eventLimit"`, eventLimit, { minimum: 0, maximum: 1e6, integer: true });
  if (walls !== undefined) {
    requireNumber(`${where}: "walls.width"`, walls.width, { above: 2 * radius });
    requireNumber(`${where}: "walls.height"`, walls.height, { above: 2 * radius });
  }
  const { POSITIVE_INFINITY: far } = Number;
  const decay = drag * horizon;
  return {
    rules: {
      balls,
      contact: 2 * radius,
      transfer: (1 + restitution) / 2,
      restitution,
      drag,
      horizon: decay < NO_DRAG ? horizon : -Math.expm1(-decay) / drag,
      speedLeft: Math.exp(-decay),
      bounds:
        walls === undefined ? [-far, far, -far, far] : [radius, walls.width - radius, radius, walls.height - radius],
      eventLimit,
    },
    allUnknown: requireChoice(where, options.unknown ?? 'cue'),
    othersMove: options.othersMove ?? false,
    velocities: options.velocities ?? false,
  };
}
