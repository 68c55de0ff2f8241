import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Batch, batchOfRows } from '../core/batch.ts';
import { billiardShot } from './billiards.ts';

type Pairs = readonly (readonly [number, number])[];
type Group = 'head-on' | 'oblique' | 'near';
interface Fixture {
  readonly table: { readonly radius: number; readonly restitution: number; readonly horizon: number };
  readonly groups: Readonly<Record<Group, number>>;
  readonly balls: Pairs;
  readonly velocities: Pairs;
  readonly wanted: Pairs;
  readonly exact: { readonly end: Pairs; readonly gradient: Pairs; readonly frozenGradient: Pairs };
  readonly phiflow: readonly { readonly steps: number; readonly end: Pairs; readonly gradient: Pairs }[];
}
const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/phiflow-billiards.json', import.meta.url), 'utf8'),
);
const { balls, velocities, wanted, exact } = fixture;

const rowsOf = (group: Group): readonly number[] => {
  const names = Object.keys(fixture.groups) as Group[];
  const first = names.slice(0, names.indexOf(group)).reduce((sum, name) => sum + fixture.groups[name], 0);
  return Array.from({ length: fixture.groups[group] }, (_, i) => first + i);
};
const pairsOf = ({ data, rows }: Batch): Pairs =>
  Array.from({ length: rows }, (_, b) => [data[2 * b] as number, data[2 * b + 1] as number] as const);
const distances = (p: Pairs, q: Pairs, rows: readonly number[]): readonly number[] =>
  rows.map((b) => Math.hypot(p[b]![0] - q[b]![0], p[b]![1] - q[b]![1]));
const relative = (p: Pairs, q: Pairs, rows: readonly number[]): readonly number[] =>
  distances(p, q, rows).map((distance, i) => distance / Math.hypot(...q[rows[i]!]!));
const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2;
};

const shot = billiardShot(fixture.table);
const [v, g, y] = [batchOfRows(velocities), batchOfRows(balls), batchOfRows(wanted)];
const { y: end, pullback } = shot.vjp(v, g);
const ours = {
  end: pairsOf(end),
  gradient: pairsOf(pullback({ ...end, data: end.data.map((value, i) => 2 * (value - (y.data[i] as number))) })),
};
const all = balls.map((_, b) => b);
const at = (steps: number) => fixture.phiflow.find((entry) => entry.steps === steps)!;

describe('exact shots by NumPy, from the textbook formulas', () => {
  it('all hit', () => {
    expect(shot.shotEvents(v, g)).toEqual(all.map(() => 'hit'));
  });

  it('end where ours end', () => {
    expect(Math.max(...distances(ours.end, exact.end, all))).toBeLessThan(1e-12);
  });

  it('have the gradients of ours, by complex steps', () => {
    expect(Math.max(...relative(ours.gradient, exact.gradient, all))).toBeLessThan(1e-11);
  });
});

describe('the step of the public billiards example of PhiFlow', () => {
  it('is exact head-on, for every number of steps', () => {
    for (const { end } of fixture.phiflow) {
      expect(Math.max(...distances(end, ours.end, rowsOf('head-on')))).toBeLessThan(1e-13);
    }
  });

  it('converges to our end positions with order one on oblique impacts', () => {
    const scaled = fixture.phiflow.map(({ steps, end }) => steps * median(distances(end, ours.end, rowsOf('oblique'))));
    for (const error of scaled) {
      expect(error).toBeGreaterThan(1.5);
      expect(error).toBeLessThan(5);
    }
  });

  it('does so irregularly: twice the steps often bring a larger error', () => {
    const rows = [...rowsOf('oblique'), ...rowsOf('near')];
    const errors = [60, 120, 240, 480, 960].map((steps) => distances(at(steps).end, ours.end, rows));
    const worse = errors.slice(1).flatMap((finer, k) => finer.map((error, i) => Number(error > errors[k]![i]!)));
    expect(worse.reduce((sum, one) => sum + one) / worse.length).toBeGreaterThan(0.1);
  });

  it('has gradients that do not converge to the exact ones', () => {
    for (const group of ['oblique', 'near'] as const) {
      const errors = [60, 960].map((steps) => median(relative(at(steps).gradient, exact.gradient, rowsOf(group))));
      expect(errors[0]).toBeGreaterThan(0.5);
      expect(errors[1]).toBeGreaterThan(0.4);
    }
  });

  it('has gradients that converge to those with the instant of the detection held fixed', () => {
    const rows = rowsOf('oblique');
    const { frozenGradient } = exact;
    expect(median(relative(at(60).gradient, frozenGradient, rows))).toBeGreaterThan(0.1);
    expect(median(relative(at(960).gradient, frozenGradient, rows))).toBeLessThan(0.02);
    expect(median(relative(frozenGradient, exact.gradient, rows))).toBeGreaterThan(0.4);
    expect(Math.max(...relative(frozenGradient, exact.gradient, rowsOf('head-on')))).toBeLessThan(1e-9);
  });

  it('points the wrong way near a solution where its steps are coarse', () => {
    const rows = rowsOf('near');
    const wrong = (steps: number): number => {
      const { gradient } = at(steps);
      const against = rows.filter((b) => {
        const [p, q] = [gradient[b]!, exact.gradient[b]!];
        return p[0] * q[0] + p[1] * q[1] < 0;
      });
      return against.length / rows.length;
    };
    expect([60, 120, 960].map(wrong)).toEqual([0.2, 0.15, 0]);
  });
});
