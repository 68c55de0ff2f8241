import fc from 'fast-check';
import { type Batch, batch, batchOfRows } from '../../src/core/batch.ts';
import { shotFor } from '../../src/simulators/billiard-answer.ts';
import type { BilliardOptions } from '../../src/simulators/billiard-impact.ts';
import { dyadic } from '../arbitraries.ts';
import { type BilliardsFactory, brokenBilliards, trueBilliards } from '../broken/billiards.ts';
import { type Law, law } from '../law.ts';
import { firstInRows, showCase } from '../simulator-case.ts';
import { type BilliardsCase, billiardsCases, clear, hits, jacobians } from './cases.ts';

/** 1e-11: an impact turns its rounding by ℓ/σ, up to some ten for one and some hundred for two. */
const ROUNDING = 1e-11;

const point = ({ data }: Batch, b: number): readonly [number, number] => [data[2 * b]!, data[2 * b + 1]!];

/** Velocity of the target after the impact, from its places at two horizons. */
function struckVelocities(factory: BilliardsFactory, { table, x, identifiers }: BilliardsCase): Batch {
  const late = factory('single', { ...table, horizon: table.horizon + 1 }).forward(x, identifiers);
  const early = factory('single', table).forward(x, identifiers);
  return batch(
    x.rows,
    2,
    late.data.map((value, i) => value - early.data[i]!),
  );
}

function impactViolation(p: readonly [number, number], u: readonly [number, number], of: BilliardsCase, b: number) {
  const { table, x, identifiers } = of;
  const [vx, vy] = point(x, b);
  const [gx, gy] = point(identifiers, b);
  const speed = Math.hypot(...u);
  const n = [u[0] / speed, u[1] / speed] as const;
  const time = table.horizon - Math.hypot(p[0] - gx, p[1] - gy) / speed;
  const [cx, cy] = [gx - vx * time, gy - vy * time];
  const scale = 1 + vx * vx + vy * vy;
  const near = (what: string, found: number, expected: number): string | undefined =>
    Math.abs(found - expected) <= ROUNDING * scale ? undefined : `${what} is ${found}, expected ${expected}`;
  const approach = vx * n[0] + vy * n[1];
  const rest = [vx - u[0], vy - u[1]] as const;
  const energy = (velocity: readonly [number, number]): number => (velocity[0] ** 2 + velocity[1] ** 2) / 2;
  const lost = energy([vx, vy]) - energy(rest) - energy(u);
  return (
    near('distance of the centers at the impact', Math.hypot(cx, cy), 2 * table.radius) ??
    near('their component across the way of the target', cx * n[1] - cy * n[0], 0) ??
    near('their component along the way of the target', cx * n[0] + cy * n[1], 2 * table.radius) ??
    near('speed of the target', speed, ((1 + table.restitution) / 2) * approach) ??
    near('relative speed after the impact', speed - (rest[0] * n[0] + rest[1] * n[1]), table.restitution * approach) ??
    near('energy lost', lost, ((1 - table.restitution ** 2) / 4) * approach ** 2)
  );
}

/**
 * billiards.impact-conserves-momentum: the velocity u of the target, read off at two horizons, is (1 + e)/2 (v·n) n with n
 * the line of centers at the moment from which it must have come; what the cue ball keeps, v − u, gives the coefficient of
 * restitution and the loss of energy (1 − e²)/4 (v·n)².
 */
export function billiardsImpactConservesMomentum(): Law<BilliardsFactory> {
  return law<BilliardsFactory, BilliardsCase & { readonly factory: BilliardsFactory }>({
    cases: 1000,
    subject: trueBilliards,
    twin: { what: 'the whole speed handed over, without (1 + e)/2', subject: brokenBilliards('no-transfer') },
    arbitrary: (factory) => billiardsCases(factory, ['single'], hits).map((one) => ({ ...one, factory })),
    violation: ({ factory, ...one }) => {
      const p = one.simulator.forward(one.x, one.identifiers);
      const u = struckVelocities(factory, one);
      return firstInRows(one.x.rows, (b) => impactViolation(point(p, b), point(u, b), one, b));
    },
    show: showCase,
  });
}

/** A rotation by an angle, after a reflection at the x axis where asked for. */
function turned({ rows, cols, data }: Batch, angle: number, mirrored: boolean): Batch {
  const result = batch(rows, cols);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  for (let i = 0; i < data.length; i += 2) {
    const [x, y] = [data[i]!, mirrored ? -data[i + 1]! : data[i + 1]!];
    result.data[i] = cosine * x - sine * y;
    result.data[i + 1] = sine * x + cosine * y;
  }
  return result;
}

/** billiards.rotations-and-reflections: a turned or mirrored table gives turned or mirrored end positions. */
export function billiardsIsCovariant(): Law<BilliardsFactory> {
  return law({
    cases: 1000,
    subject: trueBilliards,
    twin: { what: 'a table that slows the y direction by 1 %', subject: brokenBilliards('anisotropic') },
    arbitrary: (factory) =>
      fc
        .tuple(billiardsCases(factory, ['single', 'chain'], clear), dyadic(-3, 3, 8), fc.boolean())
        .map(([one, angle, mirrored]) => ({ ...one, angle, mirrored })),
    violation: ({ simulator, x, identifiers, angle, mirrored }) => {
      const after = turned(simulator.forward(x, identifiers), angle, mirrored);
      const before = simulator.forward(turned(x, angle, mirrored), turned(identifiers, angle, mirrored));
      return firstInRows(x.rows, (b) => {
        const [one, two] = [point(after, b), point(before, b)];
        const apart = Math.hypot(one[0] - two[0], one[1] - two[1]);
        return apart <= 10 * ROUNDING ? undefined : `the end positions are ${apart} apart`;
      });
    },
    show: (one) => `${showCase(one)}, turned by ${one.angle}${one.mirrored ? ', mirrored' : ''}`,
  });
}

interface HeadOn {
  readonly factory: BilliardsFactory;
  readonly table: Required<BilliardOptions>;
  readonly distance: number;
  readonly speed: number;
  readonly side: readonly [number, number];
}

const SIDES = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** R in [1/64, 1/8], e in [0, 1], S in [1/2, 4]; balls up to 2 apart, along an axis. */
function headOn(factory: BilliardsFactory): fc.Arbitrary<HeadOn> {
  const table = fc.record({
    radius: dyadic(1 / 64, 1 / 8),
    restitution: dyadic(0, 1, 8),
    horizon: dyadic(1 / 2, 4, 4),
  });
  return fc.record({
    factory: fc.constant(factory),
    table,
    distance: dyadic(5 / 16, 2),
    speed: dyadic(1 / 16, 8, 16),
    side: fc.constantFrom(...SIDES),
  });
}

const showHeadOn = ({ table, distance, speed, side }: HeadOn): string =>
  `radius ${table.radius}, restitution ${table.restitution}, horizon ${table.horizon}, distance ${distance}, speed ${speed}, towards [${side.join(', ')}]`;

/** How far the target gets, and whether its Jacobian is zero, of a head-on shot with the given speed. */
function headOnShot({ factory, table, distance, side }: HeadOn, speed: number) {
  const simulator = factory('single', table);
  const [x, g] = [batchOfRows([side.map((s) => s * speed)]), batchOfRows([side.map((s) => s * distance)])];
  const p = simulator.forward(x, g);
  return {
    reach: p.data[0]! * side[0] + p.data[1]! * side[1],
    still: jacobians(simulator, x, g).data.every((value) => value === 0),
  };
}

/** billiards.head-on-shots: p = d + (1 + e)/2 v (S − (d − 2R)/v) where v > (d − 2R)/S, else p = d. */
export function billiardsHeadOnShots(): Law<BilliardsFactory> {
  return law<BilliardsFactory, HeadOn>({
    cases: 1000,
    subject: trueBilliards,
    twin: { what: 'flight over the whole horizon, S in place of S − t', subject: brokenBilliards('whole-horizon') },
    arbitrary: headOn,
    violation: (one) => {
      const { distance, speed } = one;
      const { radius, restitution, horizon } = one.table;
      const flight = Math.max(0, horizon - (distance - 2 * radius) / speed);
      const expected = distance + ((1 + restitution) / 2) * speed * flight;
      const { reach } = headOnShot(one, speed);
      // Roundings of the way: the speed is at most 8, the horizon at most 4.
      return Math.abs(reach - expected) <= 1e-13 * (1 + speed * horizon)
        ? undefined
        : `the ball gets to ${reach}, expected ${expected}`;
    },
    show: showHeadOn,
  });
}

/** Relative distance from the threshold at which both sides are told apart. */
const BESIDE = 1e-9;

/** billiards.head-on-threshold: a head-on shot arrives if and only if v > (d − 2R)/S, to 1e-9 of it on both sides. */
export function billiardsHeadOnThreshold(): Law<BilliardsFactory> {
  return law<BilliardsFactory, HeadOn>({
    cases: 500,
    subject: trueBilliards,
    twin: { what: 'a table that stops a tenth before the horizon', subject: brokenBilliards('arrives-late') },
    arbitrary: headOn,
    violation: (one) => {
      const { distance, table } = one;
      const threshold = (distance - 2 * table.radius) / table.horizon;
      const below = headOnShot(one, threshold * (1 - BESIDE));
      const above = headOnShot(one, threshold * (1 + BESIDE));
      if (!below.still || below.reach !== distance) return `a shot just too slow moves the ball to ${below.reach}`;
      return above.still ? 'a shot just fast enough has a zero Jacobian' : undefined;
    },
    show: showHeadOn,
  });
}

interface Grazing {
  readonly factory: BilliardsFactory;
  readonly table: Required<BilliardOptions>;
  /** Distance of the target along the shot. */
  readonly along: number;
  readonly speed: number;
  /** The offset is 2R (1 ∓ 2^−k). */
  readonly k: number;
}

/** End position relative to the target, Jacobian and event of a shot along x with the given offset. */
function grazingShot({ factory, table, along, speed }: Grazing, offset: number) {
  const simulator = factory('single', table);
  const [x, g] = [batchOfRows([[speed, 0]]), batchOfRows([[along, offset]])];
  const p = simulator.forward(x, g);
  return {
    event: simulator.shotEvents(x, g)[0],
    moved: Math.hypot(p.data[0]! - along, p.data[1]! - offset),
    slope: jacobians(simulator, x, g).data,
  };
}

function grazingViolation(one: Grazing): string | undefined {
  const { table, along, speed, k } = one;
  const { radius, restitution, horizon } = table;
  const contact = 2 * radius;
  const outside = grazingShot(one, contact * (1 + 2 ** -k));
  const between = grazingShot(one, contact);
  const inside = grazingShot(one, contact * (1 - 2 ** -k));
  const events = [outside.event, between.event, inside.event].join(', ');
  if (events !== 'miss, grazing, hit') return `the events are ${events}`;
  for (const { moved, slope } of [outside, between]) {
    if (moved !== 0 || slope.some((value) => value !== 0)) return 'a shot that passes by moves the ball or has a slope';
  }
  const depth = contact * Math.sqrt(2 ** -k * (2 - 2 ** -k));
  const flight = horizon - along / speed;
  const transfer = (1 + restitution) / 2;
  // The next order: one more power of σ, by the ways to the impact and from there.
  const allowed = 4 * (depth / contact + depth / (speed * flight));
  const way = inside.moved / ((transfer * speed * flight * depth) / contact);
  if (!(Math.abs(way - 1) <= allowed)) return `the ball moves ${way} times the square root law`;
  const steep = (Math.hypot(inside.slope[1]!, inside.slope[3]!) * depth) / (transfer * along * flight);
  return Math.abs(steep - 1) <= allowed ? undefined : `the slope is ${steep} times the inverse square root law`;
}

/**
 * billiards.grazing-is-a-root: the end position is continuous where a shot begins to graze and moves like
 * (1 + e)/2 |v| (S − t) √(1 − (h/2R)²); its derivative is exactly 0 on one side and grows like the inverse root on the other.
 */
export function billiardsGrazingIsARoot(): Law<BilliardsFactory> {
  return law<BilliardsFactory, Grazing>({
    cases: 500,
    subject: trueBilliards,
    twin: { what: 'contact at R in place of 2R', subject: brokenBilliards('half-contact') },
    arbitrary: (factory) =>
      fc.record({
        factory: fc.constant(factory),
        table: fc.record({
          radius: dyadic(1 / 64, 1 / 8),
          restitution: dyadic(0, 1, 8),
          horizon: dyadic(1, 4, 4),
        }),
        along: dyadic(5 / 16, 1),
        speed: dyadic(2, 8, 16),
        k: fc.integer({ min: 8, max: 40 }),
      }),
    violation: grazingViolation,
    show: ({ table, along, speed, k }) =>
      `radius ${table.radius}, restitution ${table.restitution}, horizon ${table.horizon}, along ${along}, speed ${speed}, offset 2R (1 - 2^-${k})`,
  });
}

/** The closed-form inverse under test: as `shotFor`. */
export type Answer = typeof shotFor;

/** billiards.shot-is-unique: the closed-form shot to the place that a hit reaches is that hit. */
export function billiardsShotIsUnique(): Law<Answer> {
  const towards: Answer = (identifiers, wanted, options) => {
    const answer = shotFor(identifiers, wanted, options);
    for (let b = 0; b < answer.rows; b++) {
      const [speed, distance] = [Math.hypot(...point(answer, b)), Math.hypot(...point(identifiers, b))];
      answer.data.set(
        point(identifiers, b).map((x) => (x * speed) / distance),
        2 * b,
      );
    }
    return answer;
  };
  return law<Answer, BilliardsCase & { readonly answer: Answer }>({
    cases: 1000,
    subject: shotFor,
    twin: { what: 'every shot aimed at the middle of the target', subject: towards },
    arbitrary: (answer) => billiardsCases(trueBilliards, ['single'], hits).map((one) => ({ ...one, answer })),
    violation: ({ answer, simulator, table, x, identifiers }) => {
      const found = answer(identifiers, simulator.forward(x, identifiers), table);
      return firstInRows(x.rows, (b) => {
        const [v, w] = [point(x, b), point(found, b)];
        const apart = Math.hypot(v[0] - w[0], v[1] - w[1]);
        return apart <= ROUNDING * (1 + Math.hypot(...v)) ? undefined : `the answer is [${w.join(', ')}]`;
      });
    },
    show: showCase,
  });
}
