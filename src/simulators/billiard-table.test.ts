import { describe, expect, it } from 'vitest';
import { batch, batchOfRows, row } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { type BilliardTable, type BilliardTableOptions, billiardTable } from './billiard-table.ts';

const end = (table: BilliardTable, v: number[], g: number[]) => table.forward(batchOfRows([v]), batchOfRows([g])).data;
const history = (table: BilliardTable, v: number[], g: number[]) =>
  table.tableEvents(batchOfRows([v]), batchOfRows([g]))[0]!;

/** ∂y/∂x by the pullback, row by row of y. */
function jacobian(table: BilliardTable, v: number[], g: number[]): number[][] {
  const { y, pullback } = table.vjp(batchOfRows([v]), batchOfRows([g]));
  return Array.from({ length: y.cols }, (_, j) => {
    const unit = batch(1, y.cols);
    unit.data[j] = 1;
    return Array.from(pullback(unit).data);
  });
}

function expectClose(found: ArrayLike<number>, expected: readonly number[], digits = 12): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, j) => {
    expect(found[j]).toBeCloseTo(value, digits);
  });
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof InverseClaimsError) return error.code;
    throw error;
  }
  return 'no error';
}

describe('billiardTable: collisions', () => {
  it('hands over (1 + e)/2 of the speed in a head-on impact', () => {
    const table = billiardTable({ balls: 2, restitution: 0.5, velocities: true });
    // 0.5 in 1/4, then 0.75 (1 + e)/2 2 for the one and 0.75 (1 - e)/2 2 for the other.
    expectClose(end(table, [2, 0], [0, 0, 0.6, 0]), [0.875, 0, 1.725, 0, 0.5, 0, 1.5, 0]);
  });

  it('parts balls at a right angle after an oblique elastic impact', () => {
    const table = billiardTable({ balls: 2, restitution: 1, velocities: true });
    const [wx, wy, ux, uy] = end(table, [2, 0], [0, 0, 0.6, 0.05]).subarray(4) as unknown as number[];
    expect(wx! * ux! + wy! * uy!).toBeCloseTo(0, 14);
    // Impact offset 2R sin 30°: the struck ball takes 2 cos 30° along 30°.
    expectClose([ux!, uy!], [1.5, Math.sqrt(0.75)]);
  });

  it('turns the velocity across a wall and multiplies it by e', () => {
    const table = billiardTable({ balls: 1, restitution: 0.5, walls: { width: 2, height: 1 }, velocities: true });
    // Right wall for the center at 1.95, reached at 0.475; lower wall at 0.05, at 0.9.
    expectClose(end(table, [2, -0.5], [1, 0.5]), [1.95 - 0.525, 0.05 + 0.1 * 0.25, -1, 0.25]);
    expect(history(table, [2, -0.5], [1, 0.5]).events).toMatchObject([
      { kind: 'wall', i: 0, side: 'right' },
      { kind: 'wall', i: 0, side: 'bottom' },
    ]);
  });

  it('knows all four walls, and that a ball at restitution 0 stays at one', () => {
    const table = billiardTable({ balls: 1, restitution: 0, walls: { width: 1, height: 1 }, velocities: true });
    const sides = [
      [-2, 0],
      [2, 0],
      [0, -2],
      [0, 2],
    ].map((v) => history(table, v, [0.5, 0.5]).events.map((event) => event.kind === 'wall' && event.side));
    expect(sides).toEqual([['left'], ['right'], ['bottom'], ['top']]);
    expectClose(end(table, [2, 0.25], [0.5, 0.5]), [0.95, 0.75, 0, 0.25], 15);
  });

  it('slows balls down as v exp(−μt), and tells the time of a collision, not its arc time', () => {
    const table = billiardTable({ balls: 2, drag: 0.5, horizon: 2, velocities: true, restitution: 1 });
    const seconds = (1 - Math.exp(-1)) / 0.5;
    expectClose(end(table, [1, 0], [0, 0, 0.6, 0]), [0.5, 0, 0.6 + seconds - 0.5, 0, 0, 0, Math.exp(-1), 0]);
    expect(history(table, [1, 0], [0, 0, 0.6, 0]).events[0]!.time).toBeCloseTo(-2 * Math.log(0.75), 12);
  });

  it('does not arrive where drag stops the ball before', () => {
    const table = billiardTable({ balls: 2, drag: 10, horizon: 1e6 });
    expect(history(table, [4, 0], [0, 0, 0.6, 0])).toMatchObject({ events: [], stop: 'horizon' });
    expectClose(end(table, [4, 0], [0, 0, 0.6, 0]), [0.4, 0, 0.6, 0]);
  });

  it('has no drag in the limit', () => {
    const [v, g] = [
      [2, 0.1],
      [0, 0, 0.6, 0, 1.2, 0.1],
    ];
    const without = end(billiardTable({ balls: 3 }), v, g);
    for (const drag of [1e-18, 1e-300, Number.MIN_VALUE])
      expect(end(billiardTable({ balls: 3, drag }), v, g)).toEqual(without);
    expectClose(end(billiardTable({ balls: 3, drag: 1e-13 }), v, g), [...without], 11);
  });

  it('leaves balls that nothing hits exactly where they are, with a zero Jacobian', () => {
    const table = billiardTable({ balls: 2, walls: { width: 2, height: 1 } });
    const g = [0.3, 0.2, 0.7, 0.8];
    expect([...end(table, [1, 0], g)].slice(2)).toEqual([0.7, 0.8]);
    expect(jacobian(table, [1, 0], g).slice(2)).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('takes velocities of the others from the identifiers, or all from the input', () => {
    const options = { balls: 2, restitution: 1, velocities: true } as const;
    const expected = [0.25 - 0.25, 0, 0.35 + 0.25, 0, -1, 0, 1, 0];
    expectClose(
      end(billiardTable({ ...options, horizon: 0.5, othersMove: true }), [1, 0], [0, 0, 0.6, 0, -1, 0]),
      expected,
    );
    expectClose(
      end(billiardTable({ ...options, horizon: 0.5, unknown: 'all' }), [1, 0, -1, 0], [0, 0, 0.6, 0]),
      expected,
    );
  });
});

describe('billiardTable: many and simultaneous collisions', () => {
  it('counts forty bounces of a ball in a box, with exact derivatives', () => {
    const table = billiardTable({ balls: 1, restitution: 1, radius: 0.25, walls: { width: 1, height: 1 }, horizon: 4 });
    const v = [5.05, 0];
    expect(history(table, v, [0.5, 0.5]).events).toHaveLength(40);
    // 0.25 to the first wall, then 39 widths of 0.5, and 0.45 back from there.
    expectClose(end(table, v, [0.5, 0.5]), [0.7, 0.5]);
    expectClose(jacobian(table, v, [0.5, 0.5]).flat(), [4, 0, 0, 4]);
  });

  it('passes an impact through a row of touching balls, one pair after the other', () => {
    const table = billiardTable({ balls: 4, restitution: 1, radius: 0.125, velocities: true });
    const g = [0, 0, 1, 0, 1.25, 0, 1.5, 0];
    expect(history(table, [1, 0], g).events).toEqual([
      { time: 0.75, kind: 'pair', i: 0, j: 1 },
      { time: 0.75, kind: 'pair', i: 1, j: 2 },
      { time: 0.75, kind: 'pair', i: 2, j: 3 },
    ]);
    expectClose(end(table, [1, 0], g), [0.75, 0, 1, 0, 1.25, 0, 1.75, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
  });

  it('takes the lowest numbers first where pairs collide at once, and conserves momentum and energy', () => {
    const table = billiardTable({ balls: 3, restitution: 1, radius: 0.125, velocities: true });
    const g = [0, 0, 0.75, 0.125, 0.75, -0.125];
    const { events } = history(table, [1, 0], g);
    expect(events.slice(0, 2)).toMatchObject([
      { kind: 'pair', i: 0, j: 1 },
      { kind: 'pair', i: 0, j: 2 },
    ]);
    expect(events[1]!.time).toBeCloseTo(events[0]!.time, 14);
    const w = end(table, [1, 0], g).subarray(6);
    expectClose([w[0]! + w[2]! + w[4]!, w[1]! + w[3]! + w[5]!], [1, 0]);
    expect(w.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 12);
  });

  it('takes pairs before walls, and the wall across x first in a corner', () => {
    const table = billiardTable({
      balls: 2,
      radius: 0.125,
      restitution: 1,
      walls: { width: 1, height: 1 },
      unknown: 'all',
    });
    const both = history(table, [1, 0, 0, 0.25], [0.25, 0.5, 0.625, 0.5]).events;
    expect(both[0]).toMatchObject({ kind: 'pair' });
    const corner = history(table, [0, 0, 1, 1], [0.25, 0.25, 0.5, 0.5]).events;
    expect(corner.slice(0, 2)).toMatchObject([
      { time: 0.375, side: 'right' },
      { time: 0.375, side: 'top' },
    ]);
  });

  it('does not let two balls meet twice without another collision, whatever the restitution', () => {
    for (const restitution of [0, 0.01, 0.3, 1]) {
      const table = billiardTable({ balls: 2, restitution });
      for (let k = -9; k <= 9; k++) {
        expect(history(table, [3, 0.01 * k], [0, 0, 0.5, 0.009 * k]).events).toHaveLength(1);
      }
    }
  });

  it('gives up an inelastic collapse at the event limit instead of hanging', () => {
    const table = billiardTable({ balls: 3, restitution: 0, horizon: 4, unknown: 'all' });
    const [v, g] = [
      [1, 0, 0, 0, -1, 0],
      [0, 0, 0.5, 0, 1.2, 0],
    ];
    const found = history(table, v, g);
    expect(found.stop).toBe('event-limit');
    expect(found.events.length).toBeLessThanOrEqual(1000);
    expect(found.margins.grazing).toBe(Number.POSITIVE_INFINITY);
    expect([...end(table, v, g)].every(Number.isNaN)).toBe(true);
    expect(jacobian(table, v, g).flat().every(Number.isNaN)).toBe(true);
    const yDot = table.jvp(batchOfRows([v]), batchOfRows([g]), batchOfRows([[1, 0, 0, 0, 0, 0]]));
    expect([...yDot.data].every(Number.isNaN)).toBe(true);
  });

  it('allows exactly as many collisions as the limit says', () => {
    const stop = (eventLimit: number) => history(billiardTable({ balls: 2, eventLimit }), [2, 0], [0, 0, 0.6, 0]).stop;
    expect([stop(0), stop(1)]).toEqual(['event-limit', 'horizon']);
  });
});

describe('billiardTable: borders between sequences', () => {
  const table = billiardTable({ balls: 2, radius: 0.125, restitution: 1 });
  const g = [0, 0, 1.25, 0];

  it('does not count a collision exactly at the horizon, where the derivative is that of a miss', () => {
    expect(history(table, [1, 0], g)).toMatchObject({ events: [], margins: { horizon: 0 } });
    expect(jacobian(table, [1, 0], g)[2]).toEqual([0, 0]);
  });

  it('has the one-sided derivatives of the two sequences on both sides of the horizon', () => {
    const h = 2 ** -20;
    const x = (v: number): number => end(table, [v, 0], g)[2]!;
    expect((x(1) - x(1 - h)) / h).toBe(0);
    expect((x(1 + h) - x(1)) / h).toBeCloseTo(1, 12);
    expect(jacobian(table, [1 + h, 0], g)[2]![0]).toBeCloseTo(1, 12);
  });

  it('reports how far a pair is from grazing, hit or missed', () => {
    expect(history(table, [2, 0], [0, 0, 1, 0.125]).margins.grazing).toBeCloseTo(0.75, 12);
    expect(history(table, [2, 0], [0, 0, 1, 0.5]).margins.grazing).toBeCloseTo(3, 12);
    expect(history(table, [2, 0], [0, 0, 1, 0.25])).toMatchObject({ events: [], margins: { grazing: 0 } });
    // Behind the ball, or out of reach, there is nothing to graze.
    expect(history(table, [-2, 0], [0, 0, 1, 0.25]).margins.grazing).toBe(Number.POSITIVE_INFINITY);
    expect(history(table, [0.5, 0], [0, 0, 1, 0.25]).margins.grazing).toBe(Number.POSITIVE_INFINITY);
  });

  it('reports the lead over a collision that would come next, and over the horizon', () => {
    const three = billiardTable({ balls: 3, radius: 0.125, restitution: 1, horizon: 2 });
    const { events, margins } = history(three, [1, 0], [0, 0, 1.25, 0.1875, 1.375, -0.1875]);
    const reach = Math.sqrt(0.0625 - 0.1875 ** 2);
    expect(events[0]!.time).toBeCloseTo(1.25 - reach, 12);
    expect(margins.order).toBeCloseTo(0.125 / 2, 12);
    expect(history(table, [2, 0], g).margins.horizon).toBeCloseTo(0.5, 12);
    expect(history(table, [0.5, 0], g).margins.horizon).toBeCloseTo(1, 12);
    const box = billiardTable({ balls: 1, radius: 0.125, walls: { width: 1, height: 1 } });
    expect(history(box, [1, 0.75], [0.5, 0.5]).margins.order).toBeCloseTo(0.125, 12);
  });
});

describe('billiardTable: rows that have no end', () => {
  const table = billiardTable({ balls: 2, radius: 0.125, walls: { width: 2, height: 1 }, velocities: true });
  const good = [0.5, 0.5, 1, 0.5];
  const bad: readonly (readonly [string, number[], number[]])[] = [
    ['overlap', [1, 0], [0.5, 0.5, 0.7, 0.5]],
    ['outside', [1, 0], [0.5, 0.5, 1.9, 0.5]],
    ['outside', [1, 0], [0.5, 0.1, 1, 0.5]],
    ['not-finite', [Number.NaN, 0], good],
    ['not-finite', [1, Number.POSITIVE_INFINITY], good],
    ['not-finite', [1, 0], [0.5, 0.5, Number.NEGATIVE_INFINITY, 0.5]],
  ];

  it('say why, are NaN in every result, and leave their neighbors alone', () => {
    const x = batchOfRows([[1, 0], ...bad.map(([, v]) => v), [1, 0]]);
    const identifiers = batchOfRows([good, ...bad.map(([, , g]) => g), good]);
    const stops = table.tableEvents(x, identifiers).map(({ stop }) => stop);
    expect(stops).toEqual(['horizon', ...bad.map(([stop]) => stop), 'horizon']);
    const { y, pullback } = table.vjp(x, identifiers);
    const ones = (rows: number, cols: number) => batch(rows, cols, new Float64Array(rows * cols).fill(1));
    const results = [
      table.forward(x, identifiers),
      y,
      pullback(ones(y.rows, y.cols)),
      table.jvp(x, identifiers, ones(x.rows, x.cols)),
    ];
    for (const result of results) {
      for (let b = 1; b <= bad.length; b++) expect(row(result, b).every(Number.isNaN)).toBe(true);
      expect(row(result, bad.length + 1)).toEqual(row(result, 0));
      expect(row(result, 0).every(Number.isFinite)).toBe(true);
    }
  });

  it('are NaN too where only the direction or the cotangent is not finite', () => {
    const [v, g] = [batchOfRows([[1, 0]]), batchOfRows([good])];
    expect([...table.jvp(v, g, batchOfRows([[0, Number.NaN]])).data].every(Number.isNaN)).toBe(true);
    const yBar = batch(1, 8);
    yBar.data[7] = Number.POSITIVE_INFINITY;
    expect([...table.vjp(v, g).pullback(yBar).data].every(Number.isNaN)).toBe(true);
  });

  it('do not include balls that touch', () => {
    expect(history(table, [1, 0], [0.5, 0.5, 0.75, 0.5])).toMatchObject({
      stop: 'horizon',
      events: [{ time: 0, kind: 'pair', i: 0, j: 1 }],
    });
    expectClose(end(table, [1, 0], [0.5, 0.5, 0.75, 0.5]).subarray(0, 4), [0.6, 0.5, 1.65, 0.5]);
    expect(history(table, [-1, 0], [0.125, 0.5, 1, 0.5]).events[0]).toMatchObject({ time: 0, side: 'left' });
  });

  it('do not include velocities near the ends of the range of doubles', () => {
    const open = billiardTable({ balls: 2, radius: 0.125 });
    expect(history(open, [1e200, 0], [0, 0, 1, 0]).events).toHaveLength(1);
    expectClose(
      end(open, [1e200, 0], [0, 0, 1, 0]).map((value) => value / 1e200),
      [0.1, 0, 0.9, 0],
    );
    expect(end(open, [1e-300, 0], [0, 0, 1, 0])).toEqual(new Float64Array([1e-300, 0, 1, 0]));
  });
});

describe('billiardTable: the simulator', () => {
  it('names its axes', () => {
    const names = ({ input, identifiers, output }: BilliardTable) =>
      [input, identifiers, output].map((axes) => axes.map(({ name, length }) => `${name}:${length}`).join(' '));
    expect(names(billiardTable({ balls: 2 }))).toEqual(['v0:2', 'g0:2 g1:2', 'p0:2 p1:2']);
    expect(names(billiardTable({ balls: 2, othersMove: true, velocities: true }))).toEqual([
      'v0:2',
      'g0:2 g1:2 v1:2',
      'p0:2 p1:2 w0:2 w1:2',
    ]);
    expect(names(billiardTable({ balls: 2, unknown: 'all', othersMove: true }))[1]).toBe('g0:2 g1:2');
  });

  it('keeps the tape of a run whatever runs later', () => {
    const table = billiardTable({ balls: 3, restitution: 0.9, walls: { width: 2, height: 1 } });
    const g = batchOfRows([[0.3, 0.5, 0.9, 0.55, 1.5, 0.5]]);
    const yBar = batch(1, 6, Float64Array.from([1, -1, 2, 0.5, -0.25, 1]));
    const { pullback } = table.vjp(batchOfRows([[2, 0.1]]), g);
    const before = pullback(yBar).data.slice();
    table.vjp(batchOfRows([[-1, 3]]), g).pullback(yBar);
    table.forward(batchOfRows([[0.1, 4]]), g);
    expect(pullback(yBar).data).toEqual(before);
  });

  it('refuses options out of range', () => {
    const wrong: readonly (readonly [Partial<BilliardTableOptions>, string])[] = [
      [{ balls: 0 }, 'out-of-range'],
      [{ balls: 1.5 }, 'out-of-range'],
      [{ balls: Number.NaN }, 'not-finite'],
      [{ radius: 0 }, 'out-of-range'],
      [{ horizon: 0 }, 'out-of-range'],
      [{ horizon: Number.POSITIVE_INFINITY }, 'not-finite'],
      [{ restitution: 1.1 }, 'out-of-range'],
      [{ restitution: -0.1 }, 'out-of-range'],
      [{ drag: -1 }, 'out-of-range'],
      [{ eventLimit: -1 }, 'out-of-range'],
      [{ walls: { width: 0.1, height: 1 } }, 'out-of-range'],
      [{ walls: { width: 1, height: Number.NaN } }, 'not-finite'],
      [{ unknown: 'none' as 'all' }, 'out-of-range'],
    ];
    for (const [options, code] of wrong) {
      expect(
        codeOf(() => billiardTable({ balls: 2, ...options })),
        JSON.stringify(options),
      ).toBe(code);
    }
  });

  it('refuses wrong shapes', () => {
    const table = billiardTable({ balls: 2 });
    const [x, g] = [batch(1, 2), batchOfRows([[0, 0, 1, 0]])];
    const calls = [
      () => table.forward(batch(1, 4), g),
      () => table.forward(x, batch(2, 4)),
      () => table.vjp(x, batch(1, 2)),
      () => table.vjp(x, g).pullback(batch(1, 8)),
      () => table.jvp(x, g, batch(1, 4)),
      () => table.tableEvents(batch(1, 1), g),
    ];
    for (const call of calls) expect(codeOf(call)).toBe('shape-mismatch');
  });
});
