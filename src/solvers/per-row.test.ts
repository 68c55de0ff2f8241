import { describe, expect, it } from 'vitest';
import { rowRange, takeRows } from '../core/batch.ts';
import type { InverseProblem, Task } from '../core/problem.ts';
import type { Method, Solver } from '../core/solver.ts';
import { wavePacketProblem } from '../simulators/wave-packet-problem.ts';
import { adam } from './adam.ts';
import { bfgs } from './bfgs.ts';
import { booth, powellSingular, quadratic, rosenbrock } from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { gradientDescent } from './gradient-descent.ts';
import { perRow } from './per-row.ts';
import { run } from './run.ts';

const problems: readonly InverseProblem[] = [
  wavePacketProblem('B'),
  ...[quadratic(1, 4), booth, rosenbrock(5), powellSingular].map(standardProblem),
];
const solvers: readonly Solver[] = [
  bfgs({ gradientTolerance: 1e-6 }),
  gradientDescent({ learningRate: 1e-3, iterations: 12 }),
  adam({ learningRate: 0.1, iterations: 12 }),
];

function single(task: Task, b: number): Task {
  return {
    problem: task.problem,
    start: rowRange(task.start, b, 1),
    observed: rowRange(task.observed, b, 1),
    identifiers: rowRange(task.identifiers, b, 1),
  };
}

describe('perRow', () => {
  const cases = problems.flatMap((problem) => solvers.map((solver) => ({ problem, solver, name: problem.id })));
  it.each(cases)('solves a batch of $name exactly as row by row with $solver.name', ({ problem, solver }) => {
    const { task } = problem.draw(17, 3);
    for (const options of [{}, { evaluationsPerRow: 6 }, { targetLoss: 1 }]) {
      const together = run(problem, solver, task, 3, options);
      together.rows.forEach((found, b) => {
        expect(found).toEqual(run(problem, solver, single(task, b), 3, options).rows[0]);
      });
    }
  });

  it('permutes its results with its rows', () => {
    const problem = wavePacketProblem('B');
    const { task } = problem.draw(9, 4);
    const order = [8, 3, 5, 0, 1, 7, 2, 6, 4];
    const permuted = {
      problem: task.problem,
      start: takeRows(task.start, order),
      observed: takeRows(task.observed, order),
      identifiers: takeRows(task.identifiers, order),
    };
    const [plain, shuffled] = [task, permuted].map((given) => run(problem, bfgs(), given, 4).rows);
    expect(shuffled).toEqual(order.map((b) => plain![b]));
  });

  it('asks once per round for all live rows, values and gradients apart', () => {
    const asked: string[] = [];
    const mixed = (row: number): Method =>
      function* (start) {
        for (let iteration = 0; iteration <= row; iteration++) {
          yield { x: start, need: row === 1 ? 'value' : 'gradient', iteration };
        }
        return { x: start, stop: { kind: 'budget-spent' } };
      };
    const solver = perRow('mixed', {}, mixed);
    const { task } = standardProblem(booth).draw(3, 1);
    const steps = solver.solve(task, 1);
    let next = steps.next();
    while (!next.done) {
      asked.push(`${next.value.need} ${Array.from(next.value.rows)}`);
      const { rows } = next.value;
      next = steps.next({ value: new Float64Array(rows.length), spent: new Uint8Array(rows.length) });
    }
    expect(asked).toEqual(['gradient 0,2', 'value 1', 'gradient 2', 'value 1', 'gradient 2']);
  });

  it('hands each row its number and the seed', () => {
    const seen: number[][] = [];
    const solver = perRow('noting', {}, (row, seed) => {
      seen.push([row, seed]);
      // biome-ignore lint/correctness/useYield: a method may answer without asking
      return function* (start) {
        return { x: start, stop: { kind: 'budget-spent' } };
      };
    });
    const problem = standardProblem(booth);
    run(problem, solver, problem.draw(3, 1).task, 99);
    expect(seen).toEqual([
      [0, 99],
      [1, 99],
      [2, 99],
    ]);
  });

  it('answers with the best finite point seen where the budget ends a row, and with the start if there is none', () => {
    const values = [5, 3, 4];
    const wandering: Method = function* (start) {
      const x = start.slice();
      for (let iteration = 0; ; iteration++) {
        x[0] = iteration;
        yield { x, need: 'value', iteration };
      }
    };
    const walk = standardProblem({
      ...quadratic(1, 1),
      evaluate: ([x = 0]) => ({ value: values[x] ?? Number.NaN, gradient: Float64Array.of(1) }),
    });
    const solver = perRow('wandering', {}, () => wandering);
    const at = (evaluationsPerRow: number) =>
      run(walk, solver, { ...walk.draw(1, 1).task }, 1, { evaluationsPerRow }).rows[0]!;
    expect([at(1).x, at(2).x, at(3).x, at(6).x]).toEqual([[0], [1], [1], [1]]);
    expect(at(6).nonFinite).toBe(3);
    expect(at(6).stop).toEqual({ kind: 'budget-spent' });
    const nowhere = standardProblem({
      ...quadratic(1, 1),
      evaluate: () => ({ value: Number.NaN, gradient: Float64Array.of(0) }),
      starts: [[42]],
    });
    const lost = run(nowhere, solver, nowhere.draw(1, 1).task, 1, { evaluationsPerRow: 3 }).rows[0]!;
    expect(lost.x).toEqual([42]);
    expect(lost.loss).toBe(Number.POSITIVE_INFINITY);
  });

  it('closes the methods of all rows when it is closed', () => {
    let open = 0;
    const counting: Method = function* (start) {
      open += 1;
      try {
        for (;;) yield { x: start, need: 'value', iteration: 0 };
      } finally {
        open -= 1;
      }
    };
    const { task } = standardProblem(booth).draw(5, 1);
    const steps = perRow('counting', {}, () => counting).solve(task, 1);
    steps.next();
    expect(open).toBe(5);
    steps.return({ x: task.start, stops: [] });
    expect(open).toBe(0);
  });

  it('never changes the task', () => {
    const problem = standardProblem(rosenbrock(5));
    const { task } = problem.draw(4, 1);
    const before = task.start.data.slice();
    for (const solver of solvers) run(problem, solver, task, 1);
    expect(task.start.data).toEqual(before);
  });
});
