import { describe, expect, it } from 'vitest';
import { batch, batchOfRows, row, rowRange } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { billiardDirect } from './billiard-direct.ts';
import { requireBilliard } from './billiard-impact.ts';
import { billiardShot } from './billiards.ts';
import { billiardsProblem, billiardsTable } from './billiards-problem.ts';

const one = (...values: number[]) => batchOfRows([values]);
const end = (v: readonly number[], g: readonly number[], options = {}) => [
  ...billiardShot(options).forward(one(...v), one(...g)).data,
];

describe('billiardShot', () => {
  it('sends the ball along the line of centers with (1 + e)/2 of the approach', () => {
    // Head-on: contact after 0.5/2 = 0.25 s, then 0.9 * 2 for 0.75 s.
    expect(end([2, 0], [0.6, 0])[0]).toBeCloseTo(1.95, 12);
    // Offset 0.06 of 0.1: n = (0.8, 0.6), contact at x = 0.6 - 0.08; u = 0.9 * 2 * 0.8 n for 1 - 0.26.
    const [x, y] = end([2, 0], [0.6, 0.06]) as [number, number];
    expect(x).toBeCloseTo(0.6 + 1.44 * 0.8 * 0.74, 12);
    expect(y).toBeCloseTo(0.06 + 1.44 * 0.6 * 0.74, 12);
  });

  it('hands over everything at e = 1 and half at e = 0', () => {
    expect(end([2, 0], [0.6, 0], { restitution: 1 })[0]).toBeCloseTo(0.6 + 1.5, 12);
    expect(end([2, 0], [0.6, 0], { restitution: 0 })[0]).toBeCloseTo(0.6 + 0.75, 12);
  });

  it('leaves the ball where it is, exactly, when nothing hits it in time', () => {
    for (const v of [
      [2, 1],
      [-2, 0],
      [0.49, 0],
      [0, 0],
      [5e-324, 0],
    ])
      expect(end(v, [0.6, 0.01])).toEqual([0.6, 0.01]);
  });

  it('agrees with the textbook formulas in dual numbers, to rounding, on the problems of the prior', () => {
    const { simulator, draw } = billiardsProblem('single');
    const { task, reference } = draw(500, 1);
    const { y, pullback } = simulator.vjp(reference.truth, task.identifiers);
    const columns = [0, 1].map((j) => {
      const yBar = batch(500, 2);
      for (let b = 0; b < 500; b++) yBar.data[2 * b + j] = 1;
      return pullback(yBar);
    });
    for (let b = 0; b < 500; b++) {
      const [v, g] = [row(reference.truth, b), row(task.identifiers, b)];
      for (const k of [0, 1]) {
        const direct = billiardDirect([v[0]!, v[1]!], k === 0 ? [1, 0] : [0, 1], [[g[0]!, g[1]!]], billiardsTable);
        for (const j of [0, 1]) {
          expect(Math.abs(row(y, b)[j]! - direct.p[j]!)).toBeLessThan(1e-13);
          expect(Math.abs(row(columns[j]!, b)[k]! - direct.pDot[j]!)).toBeLessThan(1e-11);
        }
      }
    }
  });

  it('survives velocities whose squares leave the range of doubles', () => {
    const [x, y] = end([1e200, 1e199], [0.6, 0.06]) as [number, number];
    expect(x / 1e200).toBeCloseTo(0.9, 2);
    expect(Number.isFinite(y)).toBe(true);
  });

  it('keeps what is not finite in its own row', () => {
    const shot = billiardShot();
    const [v, g] = [
      batchOfRows([
        [2, 0],
        [Number.NaN, 1],
        [2, 0],
        [Number.POSITIVE_INFINITY, 0],
      ]),
      batchOfRows([
        [0.6, 0],
        [0.6, 0],
        [Number.NaN, 0],
        [0.6, 0],
      ]),
    ];
    const { y, pullback } = shot.vjp(v, g);
    const xBar = pullback(batch(4, 2, new Float64Array(8).fill(1)));
    const yDot = shot.jvp(v, g, batch(4, 2, new Float64Array(8).fill(1)));
    for (const result of [y, xBar, yDot]) {
      expect([...result.data].map(Number.isFinite)).toEqual([true, true, false, false, false, false, false, false]);
    }
    expect(shot.shotEvents(v, g)).toEqual(['hit', 'miss', 'miss', 'miss']);
    expect(row(y, 0)).toEqual(shot.forward(rowRange(v, 0, 1), rowRange(g, 0, 1)).data);
  });

  it('names hits, misses and the two kinks between them', () => {
    const eventOf = (v: readonly number[], g: readonly number[]) =>
      billiardShot({ radius: 1 / 16 }).shotEvents(one(...v), one(...g))[0];
    expect(eventOf([2, 0], [0.5, 0])).toBe('hit');
    expect(eventOf([2, 0], [0.5, 0.125])).toBe('grazing');
    expect(eventOf([2, 0], [0.5, -0.125])).toBe('grazing');
    expect(eventOf([2, 0], [0.5, 0.1251])).toBe('miss');
    // The way is 0.375, the horizon 1.
    expect(eventOf([0.375, 0], [0.5, 0])).toBe('late');
    expect(eventOf([0.374, 0], [0.5, 0])).toBe('miss');
    expect(eventOf([-2, 0], [0.5, 0])).toBe('miss');
    expect(eventOf([0, 0], [0.5, 0])).toBe('miss');
  });

  it('refuses tables that are none, balls that overlap, and unlike shapes', () => {
    const code = (act: () => unknown) => {
      try {
        act();
      } catch (error) {
        return error instanceof InverseClaimsError ? error.code : String(error);
      }
      return 'nothing';
    };
    for (const options of [
      { radius: 0 },
      { radius: -1 },
      { horizon: 0 },
      { restitution: 1.01 },
      { restitution: -0.1 },
    ]) {
      expect(code(() => billiardShot(options))).toBe('out-of-range');
    }
    expect(code(() => billiardShot({ radius: Number.NaN }))).toBe('not-finite');
    expect(code(() => end([1, 0], [0.1, 0]))).toBe('out-of-range');
    expect(code(() => end([1, 0], [0.05, 0.05]))).toBe('out-of-range');
    expect(code(() => end([1, 0, 0], [0.6, 0]))).toBe('shape-mismatch');
    expect(code(() => end([1, 0], [0.6, 0, 1]))).toBe('shape-mismatch');
    const shot = billiardShot();
    expect(code(() => shot.vjp(one(2, 0), one(0.6, 0)).pullback(batch(2, 2)))).toBe('shape-mismatch');
    expect(code(() => shot.jvp(one(2, 0), one(0.6, 0), batch(2, 2)))).toBe('shape-mismatch');
  });

  it('has the table of the problems as its default, and takes no rows', () => {
    expect(requireBilliard('test', {})).toEqual(billiardsTable);
    expect(billiardShot().forward(batch(0, 2), batch(0, 2)).rows).toBe(0);
  });
});
