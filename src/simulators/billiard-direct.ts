import type { BilliardOptions } from './billiard-impact.ts';

/** A number that carries its derivative along one direction. */
interface Dual {
  readonly value: number;
  readonly dot: number;
}

/** A vector in the plane, in dual numbers. */
interface DualVector {
  readonly x: Dual;
  readonly y: Dual;
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
const inner = (p: DualVector, q: DualVector): Dual => plus(times(p.x, q.x), times(p.y, q.y));
const fixed = (x: number, y: number): DualVector => ({ x: constant(x), y: constant(y) });

/** Time of the impact and velocity of the struck ball, or undefined for a miss. */
function impact(v: DualVector, g: DualVector, remaining: Dual, options: Required<BilliardOptions>) {
  const contact = 2 * options.radius;
  const a = inner(v, v);
  const b = inner(v, g);
  const c = minus(inner(g, g), constant(contact * contact));
  const d = minus(times(b, b), times(a, c));
  if (!(d.value > 0 && b.value > 0)) return undefined;
  const t = over(c, plus(b, root(d)));
  if (!(t.value < remaining.value)) return undefined;
  const n = {
    x: scale(1 / contact, minus(g.x, times(v.x, t))),
    y: scale(1 / contact, minus(g.y, times(v.y, t))),
  };
  const handed = scale((1 + options.restitution) / 2, inner(v, n));
  return { t, u: { x: times(handed, n.x), y: times(handed, n.y) } };
}

/**
 * End position of the last ball of a row of balls, each struck by the one before, and its exact derivative along v̇, in
 * dual numbers from the textbook formulas.
 *
 *     a = |v|²,  b = v·g,  c = |g|² − 4R²,  D = b² − a c;   hit: D > 0, b > 0, t = c/(b + √D) < S
 *     n = (g − v t)/2R,   u = (1 + e)/2 (v·n) n,   p = g + u (S − t)
 *
 * g is taken from the ball that strikes. Shares no code with `billiardShot` and `billiardChain`, so each is a test of the
 * other; its squares overflow for velocities beyond 1e150, and a shot within rounding of grazing may be judged otherwise.
 *
 * @param v        velocity of the ball at the origin, and `vDot`, the direction
 * @param balls    positions of the balls, in the order in which they are struck
 * @param options  as `requireBilliard` gives them
 * @returns p (2) and ṗ (2); NaN where a number is not finite
 * @example
 * const options = { radius: 0.05, restitution: 0.8, horizon: 1 };
 * billiardDirect([2, 0], [1, 0], [[0.6, 0]], options).p.map((x) => x.toFixed(12)); // => ['1.950000000000', '0.000000000000']
 */
export function billiardDirect(
  v: readonly [number, number],
  vDot: readonly [number, number],
  balls: readonly (readonly [number, number])[],
  options: Required<BilliardOptions>,
): { readonly p: readonly [number, number]; readonly pDot: readonly [number, number] } {
  const finite = [v, vDot, ...balls].every((pair) => pair.every(Number.isFinite));
  if (!finite) return { p: [Number.NaN, Number.NaN], pDot: [Number.NaN, Number.NaN] };
  let velocity: DualVector = { x: { value: v[0], dot: vDot[0] }, y: { value: v[1], dot: vDot[1] } };
  let from: readonly [number, number] = [0, 0];
  let remaining = constant(options.horizon);
  for (const ball of balls) {
    const found = impact(velocity, fixed(ball[0] - from[0], ball[1] - from[1]), remaining, options);
    const last = balls[balls.length - 1] as readonly [number, number];
    if (found === undefined) return { p: last, pDot: [0, 0] };
    velocity = found.u;
    remaining = minus(remaining, found.t);
    from = ball;
  }
  const [x, y] = [
    plus(constant(from[0]), times(velocity.x, remaining)),
    plus(constant(from[1]), times(velocity.y, remaining)),
  ];
  return { p: [x.value, y.value], pDot: [x.dot, y.dot] };
}
