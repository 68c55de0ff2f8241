import fc from 'fast-check';
import { row, rowRange } from '../../src/core/batch.ts';
import { billiardTable, type TableEvent } from '../../src/simulators/billiard-table.ts';
import { type BilliardTableFactory, brokenBilliardTable, startOf } from '../broken/billiard-table.ts';
import { assume, type Law, law } from '../law.ts';
import { firstInRows, showCase } from '../simulator-case.ts';
import { type TableCase, type TableLimits, tableCases, WALLS } from './table-cases.ts';

/** Collisions closer in time than this share of the horizon are looked at together: a look between them would be rounding. */
const TOGETHER = 1e-9;

/** Velocities are sums of a few products; relative to the largest. */
const TOLERANCE = 1e-12;

/** A look at the balls at some time: w = v exp(μt), which only collisions change, and the collisions since the last look. */
interface Look {
  readonly time: number;
  readonly wx: readonly number[];
  readonly wy: readonly number[];
  readonly events: readonly TableEvent[];
}

/** Times between collisions, halfway, and the horizon, each with the collisions since the last. */
function lookTimes(events: readonly TableEvent[], horizon: number) {
  const looks: { time: number; events: TableEvent[] }[] = [];
  let gathered: TableEvent[] = [];
  events.forEach((event, k) => {
    gathered.push(event);
    const next = events[k + 1]?.time ?? horizon;
    if (next - event.time < TOGETHER * horizon) return;
    looks.push({ time: (event.time + next) / 2, events: gathered });
    gathered = [];
  });
  return [...looks, { time: horizon, events: gathered }];
}

/** The balls of row b at the start and between all collisions; each look is a run of its own, to a horizon of its own. */
function looksOf({ factory, options, simulator, x, identifiers }: TableCase, b: number): Look[] {
  const [xRow, given] = [rowRange(x, b, 1), rowRange(identifiers, b, 1)];
  const { events } = simulator.tableEvents(xRow, given)[0]!;
  const start = startOf(options, x, identifiers, b);
  const first = { time: 0, events: [], wx: start.map(({ vx }) => vx), wy: start.map(({ vy }) => vy) };
  const later = lookTimes(events, options.horizon).map(({ time, events: since }): Look => {
    const end = factory({ ...options, horizon: time }).forward(xRow, given);
    const grown = Array.from(row(end, 0).subarray(2 * options.balls), (v) => v * Math.exp(options.drag * time));
    return {
      time,
      events: since,
      wx: grown.filter((_, k) => k % 2 === 0),
      wy: grown.filter((_, k) => k % 2 === 1),
    };
  });
  return [first, ...later];
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

const involved = (event: TableEvent): readonly number[] => (event.kind === 'pair' ? [event.i, event.j] : [event.i]);

/** What of momentum is wrong from one look to the next, in words. */
function momentumFault(before: Look, after: Look, scale: number): string | undefined {
  const touched = new Set(after.events.flatMap(involved));
  const allowed = TOLERANCE * scale;
  for (const axis of ['wx', 'wy'] as const) {
    const across = axis === 'wx' ? ['left', 'right'] : ['bottom', 'top'];
    const free = after.events.every((event) => event.kind === 'pair' || !across.includes(event.side));
    const gain = total(after[axis]) - total(before[axis]);
    if (free && !(Math.abs(gain) <= allowed)) return `momentum ${axis} changes by ${gain} until ${after.time}`;
    const moved = before[axis].findIndex((w, i) => !touched.has(i) && !(Math.abs(after[axis][i]! - w) <= allowed));
    if (moved >= 0) return `ball ${moved} changes its ${axis} until ${after.time} and collides with nothing`;
  }
  return undefined;
}

function largestSpeed({ wx, wy }: Look): number {
  return Math.max(...wx.map(Math.abs), ...wy.map(Math.abs), 2 ** -40);
}

/** A law about what happens from one look to the next. */
function lookLaw(
  parts: { readonly cases: number; readonly twin: { readonly what: string; readonly subject: BilliardTableFactory } },
  limits: TableLimits,
  fault: (before: Look, after: Look, scale: number, restitution: number) => string | undefined,
): Law<BilliardTableFactory> {
  return law({
    ...parts,
    subject: billiardTable,
    arbitrary: (factory: BilliardTableFactory) => tableCases(factory, { ...limits, velocities: true }),
    show: showCase,
    violation: (each: TableCase) => {
      assume(each.simulator.tableEvents(each.x, each.identifiers).every(({ stop }) => stop === 'horizon'));
      return firstInRows(each.x.rows, (b) => {
        const looks = looksOf(each, b);
        const scale = each.options.balls * largestSpeed(looks[0]!);
        for (let k = 1; k < looks.length; k++) {
          const found = fault(looks[k - 1]!, looks[k]!, scale, each.options.restitution);
          if (found !== undefined) return found;
        }
        return undefined;
      });
    },
  });
}

/**
 * billiards.table-conserves-momentum: from one collision to the next, pairs conserve Σ v exp(μt), walls its component along
 * them, and balls that collide with nothing keep theirs.
 */
export function tableConservesMomentum(): Law<BilliardTableFactory> {
  const twin = { what: 'the first ball of a pair loses nothing', subject: brokenBilliardTable('no-recoil') };
  return lookLaw({ cases: 500, twin }, {}, momentumFault);
}

const energyOf = ({ wx, wy }: Look): number => total(wx.map((w) => w * w)) + total(wy.map((w) => w * w));

function energyFault(before: Look, after: Look, scale: number, restitution: number): string | undefined {
  const gain = energyOf(after) - energyOf(before);
  const allowed = TOLERANCE * scale * scale;
  if (gain > allowed || !Number.isFinite(gain)) return `energy grows by ${gain} until ${after.time}`;
  const lost = restitution === 1 && gain < -allowed;
  return lost ? `energy ${-gain} is lost until ${after.time} at restitution 1` : undefined;
}

/** billiards.table-energy-never-grows: no collision adds to Σ |v|² exp(2μt), and at restitution 1 none takes from it. */
export function tableEnergyNeverGrows(): Law<BilliardTableFactory> {
  const twin = { what: 'all of (1 + e) handed over instead of half', subject: brokenBilliardTable('no-half') };
  const restitution = fc.constantFrom(0, 0.25, 0.5, 0.875, 1, 1);
  return lookLaw({ cases: 500, twin }, { restitution }, energyFault);
}

/** Centers that touch are 2R apart but for rounding. */
const OVERLAP = 1e-9;

function apartFault({ options, simulator, x, identifiers }: TableCase): string | undefined {
  const { radius, balls, walls } = options;
  const ends = simulator.forward(x, identifiers);
  return firstInRows(x.rows, (b) => {
    const y = row(ends, b);
    for (let i = 0; i < balls; i++) {
      const [px, py] = [y[2 * i]!, y[2 * i + 1]!];
      const reach = radius - OVERLAP;
      const out = px < reach || py < reach || px > WALLS.width - reach || py > WALLS.height - reach;
      if (walls !== undefined && out) return `ball ${i} ends at ${px}, ${py}, which is not on the table`;
      for (let j = 0; j < i; j++) {
        const distance = Math.hypot(px - y[2 * j]!, py - y[2 * j + 1]!);
        if (!(distance >= 2 * radius - OVERLAP)) return `balls ${j} and ${i} end ${distance} apart`;
      }
    }
    return undefined;
  });
}

/** billiards.table-keeps-balls-apart: at the horizon no two balls overlap and all are on the table. */
export function tableKeepsBallsApart(): Law<BilliardTableFactory> {
  return law({
    cases: 2000,
    subject: billiardTable,
    twin: { what: 'contact where centers are one radius apart', subject: brokenBilliardTable('contact-at-radius') },
    arbitrary: (factory: BilliardTableFactory) => tableCases(factory, { horizon: 2 }),
    show: showCase,
    violation: (each: TableCase) => {
      assume(each.simulator.tableEvents(each.x, each.identifiers).every(({ stop }) => stop === 'horizon'));
      return apartFault(each);
    },
  });
}
