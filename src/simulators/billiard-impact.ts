import { requireNumber } from '../core/errors.ts';

export interface BilliardOptions {
  /** Radius R of every ball; 0.05 unless given. */
  readonly radius?: number;
  /** Coefficient of restitution e in [0, 1]; 0.8 unless given. */
  readonly restitution?: number;
  /** Time S at which positions are read; 1 unless given. */
  readonly horizon?: number;
}

/**
 * What a shot does. `'hit'` and `'miss'` are smooth; at the two others the end position is continuous and its derivative
 * is not, because the shot is within rounding of passing by (`'grazing'`) or of arriving at the horizon (`'late'`).
 */
export type ShotEvent = 'hit' | 'miss' | 'grazing' | 'late';

/** The options with defaults filled in, or `out-of-range` / `not-finite`. */
export function requireBilliard(where: string, options: BilliardOptions): Required<BilliardOptions> {
  const { radius = 0.05, restitution = 0.8, horizon = 1 } = options;
  return {
    radius: requireNumber(`${where}: "radius"`, radius, { above: 0 }),
    restitution: requireNumber(`${where}: "restitution"`, restitution, { minimum: 0, maximum: 1 }),
    horizon: requireNumber(`${where}: "horizon"`, horizon, { above: 0 }),
  };
}

/** What an impact needs to know of the table: center distance at contact 2R, and the speed handed over, (1 + e)/2. */
export interface ImpactLaw {
  readonly contact: number;
  readonly transfer: number;
}

export const impactLaw = ({ radius, restitution }: Required<BilliardOptions>): ImpactLaw => ({
  contact: 2 * radius,
  transfer: (1 + restitution) / 2,
});

/** One impact, written over and over: only what the last `strike` that hit has written counts. */
export interface Impact {
  /** Time of flight t up to the contact. */
  time: number;
  /** Velocity u of the struck ball. */
  ux: number;
  uy: number;
  /** Line of centers n. */
  nx: number;
  ny: number;
  speed: number;
  /** Unit vector w along v. */
  wx: number;
  wy: number;
  /** w·g, and the impact offset h = w×g. */
  along: number;
  offset: number;
  /** √(4R² − h²) = 2R cos α, α the angle between v and n. */
  depth: number;
  /** Way ℓ of the striking ball up to the contact. */
  way: number;
}

/** A place for impacts. */
export function emptyImpact(): Impact {
  return { time: 0, ux: 0, uy: 0, nx: 0, ny: 0, speed: 0, wx: 0, wy: 0, along: 0, offset: 0, depth: 0, way: 0 };
}

/** Direction, offset, depth and way of a ball that flies with velocity v at a ball at g; depth is 0 where it passes by. */
function aim(into: Impact, vx: number, vy: number, gx: number, gy: number, contact: number): void {
  const size = Math.max(Math.abs(vx), Math.abs(vy));
  // Scaled first: a square of a huge or tiny velocity would leave the range of doubles.
  const still = size === 0;
  const sx = still ? 0 : vx / size;
  const sy = still ? 0 : vy / size;
  const length = Math.sqrt(sx * sx + sy * sy);
  const wx = still ? 0 : sx / length;
  const wy = still ? 0 : sy / length;
  const distance = Math.sqrt(gx * gx + gy * gy);
  into.speed = size * length;
  into.wx = wx;
  into.wy = wy;
  into.along = wx * gx + wy * gy;
  into.offset = wx * gy - wy * gx;
  const inside = (contact - into.offset) * (contact + into.offset);
  into.depth = inside > 0 ? Math.sqrt(inside) : 0;
  into.way = ((distance - contact) * (distance + contact)) / (into.along + into.depth);
}

/**
 * Whether a ball that starts at the origin with velocity v strikes a ball at rest at g before the horizon; if so, writes
 * the impact.
 *
 *     w = v/|v|,  β = w·g,  h = w×g,  σ = √(4R² − h²),  ℓ = (|g|² − 4R²)/(β + σ),  t = ℓ/|v|
 *     n = (σ w + h w⊥)/2R,   u = (1 + e)/2 (v·n) n,   v·n = |v| σ/2R
 *
 * A hit needs |h| < 2R, β > 0 and ℓ < |v| S. The quotient for ℓ, the smaller root of |g − ℓ w| = 2R, does not cancel.
 */
export function strike(
  into: Impact,
  vx: number,
  vy: number,
  gx: number,
  gy: number,
  horizon: number,
  { contact, transfer }: ImpactLaw,
): boolean {
  aim(into, vx, vy, gx, gy, contact);
  const { wx, wy, depth, offset, speed, way } = into;
  if (!(depth > 0 && into.along > 0 && way < speed * horizon)) return false;
  into.time = way / speed;
  into.nx = (depth * wx - offset * wy) / contact;
  into.ny = (depth * wy + offset * wx) / contact;
  const handed = (transfer * speed * depth) / contact;
  into.ux = handed * into.nx;
  into.uy = handed * into.ny;
  return true;
}

/** Slopes of an impact in v, written over and over. */
export interface ImpactSlopes {
  /** ∂t/∂v. */
  tx: number;
  ty: number;
  /** ∂u/∂v: `uxy` = ∂u_x/∂v_y. */
  uxx: number;
  uxy: number;
  uyx: number;
  uyy: number;
}

/** A place for slopes. */
export function emptySlopes(): ImpactSlopes {
  return { tx: 0, ty: 0, uxx: 0, uxy: 0, uyx: 0, uyy: 0 };
}

/**
 * Exact derivatives of an impact in v.
 *
 *     ∂t/∂v = −(2R t / (σ |v|)) n
 *     ∂u/∂v = (1 + e)/(4R) [ n (σ w + (h β/σ) w⊥)ᵀ − ℓ n⊥ w⊥ᵀ ]
 *
 * From |g − v t| = 2R by implicit differentiation, and from the turns dn/dφ = −(ℓ/σ) n⊥, dσ/dφ = h β/σ with the
 * direction φ of v. Both grow like 1/σ towards a grazing shot.
 */
export function slopesInto(into: ImpactSlopes, impact: Impact, { contact, transfer }: ImpactLaw): void {
  const { nx, ny, wx, wy, depth, offset, along, way, time, speed } = impact;
  const delay = (-contact * time) / (depth * speed);
  into.tx = delay * nx;
  into.ty = delay * ny;
  const turn = (offset * along) / depth;
  const towards = { x: depth * wx - turn * wy, y: depth * wy + turn * wx };
  const factor = transfer / contact;
  into.uxx = factor * (nx * towards.x - way * ny * wy);
  into.uxy = factor * (nx * towards.y + way * ny * wx);
  into.uyx = factor * (ny * towards.x + way * nx * wy);
  into.uyy = factor * (ny * towards.y - way * nx * wx);
}

/** Roundings of offset and way, in units of ε times the lengths they are made of. */
const ROUNDINGS = 8;

/** The event of a shot at g: which of the conditions of a hit is met, failed, or within rounding of failing. */
export function impactEvent(
  scratch: Impact,
  velocity: readonly [number, number],
  target: readonly [number, number],
  horizon: number,
  { contact }: ImpactLaw,
): ShotEvent {
  aim(scratch, ...velocity, ...target, contact);
  const { along, offset, way, speed } = scratch;
  const rounding = ROUNDINGS * Number.EPSILON;
  const late = way - speed * horizon;
  const lateRounding = rounding * (Math.abs(way) + speed * horizon);
  const beside = Math.abs(offset) - contact;
  const besideRounding = rounding * (Math.hypot(...target) + contact);
  if (!(along > 0) || beside > besideRounding || late > lateRounding) return 'miss';
  if (beside >= -besideRounding) return 'grazing';
  return late >= -lateRounding ? 'late' : 'hit';
}
