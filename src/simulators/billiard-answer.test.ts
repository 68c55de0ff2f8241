import { describe, expect, it } from 'vitest';
import { batch, batchOfRows } from '../core/batch.ts';
import { shotFor } from './billiard-answer.ts';
import { billiardsProblem } from './billiards-problem.ts';

describe('shotFor', () => {
  it('finds the hidden shots of the problems', () => {
    const { task, reference } = billiardsProblem('single').draw(500, 4);
    const found = shotFor(task.identifiers, task.observed);
    found.data.forEach((value, i) => {
      expect(Math.abs(value - reference.truth.data[i]!)).toBeLessThan(1e-12);
    });
  });

  it('is NaN where no shot exists: towards the cue ball, or no way at all', () => {
    const g = batchOfRows([
      [0.6, 0],
      [0.6, 0],
      [0.6, 0],
    ]);
    const y = batchOfRows([
      [0.3, 0],
      [0.6, 0],
      [0.9, 0],
    ]);
    expect([...shotFor(g, y).data].map(Number.isNaN)).toEqual([true, true, true, true, false, false]);
  });

  it('refuses unlike shapes', () => {
    expect(() => shotFor(batch(2, 2), batch(1, 2))).toThrow(/shotFor: "wanted"/);
    expect(() => shotFor(batch(2, 3), batch(2, 2))).toThrow(/shotFor: "identifiers"/);
  });
});
