import { describe, expect, it } from 'vitest';
import { batch, row, rowRange } from '../core/batch.ts';
import { type BilliardsSetting, billiardsPrior, billiardsProblem } from './billiards-problem.ts';
import { squaredError } from './squared-error.ts';

const SETTINGS = ['single', 'chain'] as const;

describe.each(SETTINGS)('billiardsProblem(%s)', (setting) => {
  const problem = billiardsProblem(setting);

  it('hides shots that hit, so that the loss is zero there', () => {
    const { task, reference } = problem.draw(1000, 1);
    expect(new Set(problem.simulator.shotEvents(reference.truth, task.identifiers))).toEqual(new Set(['hit']));
    expect(task.observed).toEqual(problem.simulator.forward(reference.truth, task.identifiers));
    expect(reference.globalLoss).toEqual(new Float64Array(1000));
    expect(problem.misfit).toBe(squaredError);
  });

  it('draws in pieces what it draws at once, bit for bit, and something else for another seed', () => {
    const whole = problem.draw(7, 5);
    let first = 0;
    for (const count of [3, 0, 4]) {
      const { task, reference } = problem.draw(count, 5, first);
      expect(task.observed.data).toEqual(rowRange(whole.task.observed, first, count).data);
      expect(task.identifiers.data).toEqual(rowRange(whole.task.identifiers, first, count).data);
      expect(reference.truth.data).toEqual(rowRange(whole.reference.truth, first, count).data);
      first += count;
    }
    expect(problem.draw(1, 6).task.observed).not.toEqual(rowRange(whole.task.observed, 0, 1));
  });

  it('refuses counts that are none', () => {
    expect(() => problem.draw(-1, 1)).toThrow(/"count"/);
    expect(() => problem.draw(1, 1, 0.5)).toThrow(/"first"/);
  });
});

describe('the prior of a single shot', () => {
  it('places targets, offsets and speeds where it says', () => {
    const { task, reference } = billiardsProblem('single').draw(2000, 2);
    for (let b = 0; b < 2000; b++) {
      const [gx, gy] = row(task.identifiers, b) as unknown as [number, number];
      const [vx, vy] = row(reference.truth, b) as unknown as [number, number];
      const [d, speed] = [Math.hypot(gx, gy), Math.hypot(vx, vy)];
      expect(d).toBeGreaterThan(0.4 - 1e-12);
      expect(d).toBeLessThan(0.8 + 1e-12);
      expect(Math.abs(Math.atan2(gy, gx))).toBeLessThan(Math.PI / 4 + 1e-12);
      expect(speed).toBeGreaterThan(1 - 1e-12);
      expect(speed).toBeLessThan(2.5 + 1e-12);
      expect(Math.abs(vx * gy - vy * gx) / speed).toBeLessThan(0.08 + 1e-12);
    }
    expect(task.start).toEqual(
      batch(
        2000,
        2,
        Float64Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? 1.5 : 0)),
      ),
    );
  });
});

describe('the prior of a chain', () => {
  it('places both balls where it says, and starts at (3, 0)', () => {
    const { task } = billiardsProblem('chain').draw(500, 2);
    for (let b = 0; b < 500; b++) {
      const [g1x, g1y, g2x, g2y] = row(task.identifiers, b) as unknown as [number, number, number, number];
      expect(Math.abs(Math.hypot(g1x, g1y) - 0.45)).toBeLessThan(0.1 + 1e-12);
      expect(Math.abs(Math.hypot(g2x - g1x, g2y - g1y) - 0.45)).toBeLessThan(0.1 + 1e-12);
      const turn = Math.atan2(g2y - g1y, g2x - g1x) - Math.atan2(g1y, g1x);
      expect(Math.abs(turn)).toBeLessThan(Math.PI / 6 + 1e-12);
    }
    expect([...task.start.data.subarray(0, 2)]).toEqual([3, 0]);
  });
});

describe('settings', () => {
  it('other than the two are refused with the nearest name', () => {
    expect(() => billiardsProblem('singel' as BilliardsSetting)).toThrow(/did you mean "single"/);
    expect(() => billiardsPrior('toString' as BilliardsSetting)).toThrow(/billiardsPrior/);
  });
});
