import { describe, expect, it } from 'vitest';
import { batch } from '../core/batch.ts';
import type { InverseProblem } from '../core/problem.ts';
import { rowEvaluator } from './evaluate-rows.ts';
import { booth } from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';

/** The Booth function at 130 points, and how many of them each call of its simulator was given. */
function evaluated(rowsPerCall?: number) {
  const plain = standardProblem(booth);
  const calls: number[] = [];
  const problem: InverseProblem = {
    ...plain,
    simulator: {
      ...plain.simulator,
      ...(rowsPerCall === undefined ? {} : { rowsPerCall }),
      vjp: (x, identifiers) => {
        calls.push(x.rows);
        return plain.simulator.vjp(x, identifiers);
      },
    },
  };
  const { task } = plain.draw(130, 1);
  const evaluate = rowEvaluator(problem, task);
  const rows = Int32Array.from({ length: 130 }, (_, b) => b);
  const x = batch(
    130,
    2,
    Float64Array.from({ length: 260 }, (_, i) => Math.sin(i)),
  );
  return { calls, result: () => evaluate(x, rows, 'gradient') };
}

describe('rowEvaluator', () => {
  it('calls a simulator with 64 rows at a time, or as many as the simulator asks for, with the same results', () => {
    const [plain, few] = [evaluated(), evaluated(50)];
    expect(few.result()).toEqual(plain.result());
    expect(plain.calls).toEqual([64, 64, 2]);
    expect(few.calls).toEqual([50, 50, 30]);
  });

  it.each([0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s rows in a call', (rowsPerCall) => {
    expect(() => evaluated(rowsPerCall)).toThrow(/rowsPerCall: expected an integer >= 1/);
  });
});
