import { describe, expect, it } from 'vitest';
import { batch, batchOfRows } from '../core/batch.ts';
import type { InverseProblem, Task } from '../core/problem.ts';
import { halfSquaredError } from '../simulators/half-squared-error.ts';
import { gradientDescent } from '../solvers/gradient-descent.ts';
import { heldOutFacts, heldOutMeanings, lossesAt } from './held-out.ts';

/** y = x, not finite beyond 100; loss ½ (x − y*)². */
const problem: InverseProblem = {
  id: 'identity',
  simulator: {
    name: 'identity',
    input: [{ name: 'x', length: 1, unit: '1' }],
    identifiers: [],
    output: [{ name: 'y', length: 1, unit: '1' }],
    forward: ({ rows, data }) =>
      batch(
        rows,
        1,
        data.map((x) => (x > 100 ? Number.NaN : x)),
      ),
    vjp: ({ rows, data }) => ({
      y: batch(
        rows,
        1,
        data.map((x) => (x > 100 ? Number.NaN : x)),
      ),
      pullback: (yBar) => batch(rows, 1, yBar.data.slice()),
    }),
    jvp: (_x, _identifiers, xDot) => xDot,
  },
  misfit: halfSquaredError,
  draw: () => {
    throw new Error('not needed');
  },
};

const column = (values: readonly number[]) => batchOfRows(values.map((value) => [value]));
const task: Task = {
  problem: 'identity',
  start: column([0, 0, 0]),
  observed: column([4, 2, 8]),
  identifiers: batch(3, 0),
};

/** Halves the way to the solution, so that losses shrink to a quarter. */
const local = gradientDescent({ learningRate: 0.5, iterations: 1 });

describe('problems that were not trained on', () => {
  const asked: [loss: number, b: number, refined: boolean][] = [];
  const facts = heldOutFacts(
    {
      problem,
      task,
      local,
      seed: 1,
      solved: (loss, b, refined) => {
        asked.push([loss, b, refined]);
        return loss < (refined ? 0.3 : 0.6);
      },
    },
    column([5, 4, 8]),
  );

  it('have the losses of the network, of its refined answers, and of the local method from their own start', () => {
    expect(facts).toEqual({
      heldOutSolved: 2 / 3,
      heldOutRefinedSolved: 2 / 3,
      heldOutBfgsSolved: 0,
      heldOutMedianLoss: 0.5,
      heldOutRefinedMedianLoss: 0.125,
      heldOutBfgsMedianLoss: 2,
    });
    expect(Object.keys(heldOutMeanings(3)).sort()).toEqual(Object.keys(facts).sort());
  });

  it('are judged each by its own number, answers that are not refined by their own measure', () => {
    expect(asked).toEqual([
      [0.5, 0, false],
      [2, 1, false],
      [0, 2, false],
      [0.125, 0, true],
      [0.5, 1, true],
      [0, 2, true],
      [2, 0, true],
      [0.5, 1, true],
      [8, 2, true],
    ]);
  });

  it('count answers whose losses are not finite as unsolved', () => {
    expect(lossesAt(problem, column([101, 2, Number.NaN]), task)).toEqual([
      Number.POSITIVE_INFINITY,
      0,
      Number.POSITIVE_INFINITY,
    ]);
  });
});
