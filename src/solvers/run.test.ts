import { describe, expect, it } from 'vitest';
import { type Batch, batch, batchOfRows } from '../core/batch.ts';
import { type ErrorCode, InverseClaimsError } from '../core/errors.ts';
import type { InverseProblem, Simulator, Task } from '../core/problem.ts';
import type { Answer, Ask, Solver, Stop, Tell } from '../core/solver.ts';
import { bfgs } from './bfgs.ts';
import { booth, quadratic, rosenbrock } from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { gradientDescent } from './gradient-descent.ts';
import { keptEvaluations } from './row-accounts.ts';
import { run } from './run.ts';

const SPENT: Stop = { kind: 'budget-spent' };

/** y = x², z = γ x per row, loss (y − y*)² + z − z*: the loss of a row depends on its own γ and y*. */
const labeled: InverseProblem = {
  id: 'labeled',
  simulator: {
    name: 'labeled',
    input: [{ name: 'x', length: 1, unit: '1' }],
    identifiers: [{ name: 'gamma', length: 1, unit: '1' }],
    output: [{ name: 'y', length: 2, unit: '1' }],
    forward: (x, identifiers) => pairs(x, identifiers),
    vjp: (x, identifiers) => ({
      y: pairs(x, identifiers),
      pullback: (yBar) =>
        batch(
          x.rows,
          1,
          x.data.map((at, k) => 2 * at * yBar.data[2 * k]! + identifiers.data[k]! * yBar.data[2 * k + 1]!),
        ),
    }),
    jvp: (x) => batch(x.rows, 2),
  },
  misfit: {
    name: 'labeled',
    evaluate: (y, target) => {
      const value = new Float64Array(y.rows);
      const gradient = batch(y.rows, 2);
      for (let k = 0; k < y.rows; k++) {
        const deviation = y.data[2 * k]! - target.data[2 * k]!;
        value[k] = deviation ** 2 + y.data[2 * k + 1]! - target.data[2 * k + 1]!;
        gradient.data[2 * k] = 2 * deviation;
        gradient.data[2 * k + 1] = 1;
      }
      return { value, gradient };
    },
  },
  draw: () => {
    throw new Error('not needed');
  },
};
function pairs(x: Batch, identifiers: Batch): Batch {
  return batchOfRows(Array.from(x.data, (at, k) => [at * at, identifiers.data[k]! * at]));
}
const labeledTask: Task = {
  problem: 'labeled',
  start: batchOfRows([[0], [0], [0]]),
  observed: batchOfRows([
    [1, 10],
    [2, 20],
    [3, 30],
  ]),
  identifiers: batchOfRows([[100], [200], [300]]),
};
/** Loss and derivative of row b at x, by hand. */
const labeledLoss = (x: number, b: number) => (x * x - (b + 1)) ** 2 + 100 * (b + 1) * x - 10 * (b + 1);
const labeledSlope = (x: number, b: number) => 4 * x * (x * x - (b + 1)) + 100 * (b + 1);

/** A solver from a bare generator. */
function scripted(steps: (task: Task, seed: number) => Generator<Ask, Answer, Tell>): Solver {
  return { name: 'scripted', settings: { kind: 'test' }, solve: steps };
}
const ask = (points: readonly (readonly number[])[], rows: readonly number[], need: Ask['need'] = 'gradient'): Ask => ({
  x: batchOfRows(points),
  rows: Int32Array.from(rows),
  need,
});
const still = (task: Task): Answer => ({
  x: task.start,
  stops: Array.from({ length: task.start.rows }, () => SPENT),
});

function errorOf(action: () => unknown): InverseClaimsError {
  try {
    action();
  } catch (error) {
    if (error instanceof InverseClaimsError) return error;
    throw error;
  }
  throw new Error('expected an InverseClaimsError');
}
const codeOf = (action: () => unknown): ErrorCode => errorOf(action).code;

describe('run', () => {
  it('evaluates each asked point against the observation and identifiers of its own row', () => {
    const tells: Tell[] = [];
    const asks = [
      ask([[0.5], [1], [2]], [0, 1, 2]),
      ask([[1], [0.5], [-1]], [2, 0, 2]),
      ask([[3], [4]], [1, 0], 'value'),
    ];
    const result = run(
      labeled,
      scripted(function* (task) {
        for (const next of asks) tells.push(yield next);
        return still(task);
      }),
      labeledTask,
      7,
    );
    asks.forEach(({ x, rows, need }, k) => {
      const tell = tells[k]!;
      expect(Array.from(tell.value)).toEqual(Array.from(x.data, (at, j) => labeledLoss(at, rows[j]!)));
      expect(tell.gradient === undefined).toBe(need === 'value');
      if (need === 'gradient') {
        expect(Array.from(tell.gradient!.data)).toEqual(Array.from(x.data, (at, j) => labeledSlope(at, rows[j]!)));
      }
      expect(Array.from(tell.spent)).toEqual(Array.from(rows, () => 0));
    });
    expect(result.rows.map(({ evaluations }) => evaluations)).toEqual([
      { values: 1, gradients: 2 },
      { values: 1, gradients: 1 },
      { values: 0, gradients: 3 },
    ]);
    expect(result).toMatchObject({ problem: 'labeled', solver: 'scripted', settings: { kind: 'test' }, seed: 7 });
    expect(result.backend).toBe('none');
  });

  it('recomputes the loss at the returned point instead of reporting the lowest it saw', () => {
    // The defect of a baseline code: the smallest value of any line-search trial is reported for another point.
    const problem = standardProblem(booth);
    const { task } = problem.draw(1, 1);
    const found = run(
      problem,
      scripted(function* () {
        yield ask([[1, 3]], [0], 'value');
        return { x: batchOfRows([[2, 2]]), stops: [SPENT] };
      }),
      task,
      1,
    ).rows[0]!;
    expect(found.loss).toBe(booth.evaluate(Float64Array.of(2, 2)).value);
    expect(found.bestLoss).toBe(0);
    expect(found.evaluations).toEqual({ values: 1, gradients: 0 });
    expect(found.trace).toEqual([[1, 0]]);
  });

  it('takes the loss at the answer as the best one where it is lower than everything told', () => {
    const problem = standardProblem(booth);
    const descent = gradientDescent({ learningRate: 0.01, iterations: 1 });
    const found = run(problem, descent, problem.draw(1, 1).task, 1).rows[0]!;
    expect(found.bestLoss).toBe(found.loss);
    expect(found.loss).toBeLessThan(found.trace[0]![1]);
    expect(found.evaluations).toEqual({ values: 0, gradients: 1 });
  });

  it('tells points that are not finite as infinite with zero gradient, and counts them', () => {
    const broken = standardProblem({
      ...quadratic(2, 1),
      name: 'broken',
      evaluate: ([x = 0, y = 0]) => ({
        value: x === 1 ? Number.NaN : x === 2 ? Number.NEGATIVE_INFINITY : x + y,
        gradient: Float64Array.of(1, x === 3 ? Number.POSITIVE_INFINITY : 1),
      }),
    });
    const points = [
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 0],
      [Number.NaN, 0],
      [0, Number.NEGATIVE_INFINITY],
    ];
    let told: Tell | undefined;
    const found = run(
      broken,
      scripted(function* (task) {
        told = yield ask(points, [0, 0, 0, 0, 0, 0]);
        return still(task);
      }),
      broken.draw(1, 1).task,
      1,
    ).rows[0]!;
    const infinite = Number.POSITIVE_INFINITY;
    expect(Array.from(told!.value)).toEqual([infinite, infinite, infinite, 4, infinite, infinite]);
    expect(Array.from(told!.gradient!.data)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0]);
    expect(found.nonFinite).toBe(5);
    expect(found.bestLoss).toBe(0);
  });

  it('does not believe a finite loss at a point that is not finite', () => {
    // A comparison with NaN inside a simulator is false: the ball misses, and the loss is finite with zero gradient.
    const misses = standardProblem({
      ...quadratic(1, 1),
      evaluate: ([x = 0]) =>
        x > 0 ? { value: x, gradient: Float64Array.of(1) } : { value: 5, gradient: Float64Array.of(0) },
    });
    const lost = run(
      misses,
      scripted(function* () {
        const { value } = yield ask([[Number.NaN]], [0]);
        expect(value[0]).toBe(Number.POSITIVE_INFINITY);
        return { x: batchOfRows([[Number.NaN]]), stops: [{ kind: 'gradient-small', norm: 0 }] };
      }),
      misses.draw(1, 1).task,
      1,
    ).rows[0]!;
    expect(lost.loss).toBe(Number.POSITIVE_INFINITY);
    expect(lost.stop).toEqual({ kind: 'non-finite', where: 'iterate' });
  });

  it('records snapshots, counts nothing for them and tells nothing', () => {
    const tells: Tell[] = [];
    const result = run(
      labeled,
      scripted(function* (task) {
        tells.push(yield { ...ask([[1], [2]], [2, 0]), snapshot: 40 });
        tells.push(yield { ...ask([[Number.NaN]], [1], 'value'), snapshot: 80 });
        return still(task);
      }),
      labeledTask,
      1,
      { evaluationsPerRow: 0 },
    );
    expect(result.snapshots).toEqual([
      { label: 40, losses: [labeledLoss(1, 2), labeledLoss(2, 0)] },
      { label: 80, losses: [Number.POSITIVE_INFINITY] },
    ]);
    for (const tell of tells) {
      expect(tell.value.every((value) => value === 0)).toBe(true);
      expect(tell.gradient).toBeUndefined();
      expect(tell.spent.every((flag) => flag === 0)).toBe(true);
    }
    for (const [b, found] of result.rows.entries()) {
      expect(found.evaluations).toEqual({ values: 0, gradients: 0 });
      expect(found.trace).toEqual([]);
      expect(found.nonFinite).toBe(0);
      expect(found.bestLoss).toBe(labeledLoss(0, b));
    }
  });

  it('gives the tell arrays to the solver for good', () => {
    const shared = { value: new Float64Array(1), gradient: batch(1, 1), xBar: batch(1, 1) };
    const plain = standardProblem(quadratic(1, 1));
    const reusing: InverseProblem = {
      ...plain,
      simulator: {
        ...plain.simulator,
        vjp: (x) => ({
          y: batch(1, 1, x.data.slice()),
          pullback: () => {
            shared.xBar.data[0] = x.data[0]!;
            return shared.xBar;
          },
        }),
      },
      misfit: {
        name: 'reusing',
        evaluate: (y) => {
          shared.value[0] = y.data[0]!;
          return shared;
        },
      },
    };
    run(
      reusing,
      scripted(function* (task) {
        const first = yield ask([[3]], [0]);
        const kept = [first.value[0], first.gradient!.data[0]];
        yield ask([[7]], [0]);
        expect(kept).toEqual([3, 3]);
        expect([first.value[0], first.gradient!.data[0]]).toEqual(kept);
        return still(task);
      }),
      plain.draw(1, 1).task,
      1,
    );
  });
});

describe('run: budget, target and trace', () => {
  it('never evaluates beyond the budget of a row, also within one ask', () => {
    const tells: Tell[] = [];
    let evaluated = 0;
    const counting: InverseProblem = {
      ...labeled,
      simulator: {
        ...labeled.simulator,
        vjp: (x, identifiers) => {
          evaluated += x.rows;
          return labeled.simulator.vjp(x, identifiers);
        },
      },
    };
    const result = run(
      counting,
      scripted(function* (task) {
        tells.push(yield ask([[1], [1], [2], [1]], [0, 1, 0, 0]));
        tells.push(yield ask([[1], [1], [5]], [0, 1, 2]));
        tells.push(yield ask([[1]], [0]));
        return still(task);
      }),
      labeledTask,
      1,
      { evaluationsPerRow: 2 },
    );
    expect(tells.map(({ spent }) => Array.from(spent))).toEqual([[0, 0, 0, 1], [1, 0, 0], [1]]);
    expect(tells[0]!.value[2]).toBe(labeledLoss(2, 0));
    expect(tells[0]!.value[3]).toBe(Number.POSITIVE_INFINITY);
    expect(Array.from(tells[1]!.value)).toEqual([Number.POSITIVE_INFINITY, labeledLoss(1, 1), labeledLoss(5, 2)]);
    expect(Array.from(tells[1]!.gradient!.data)).toEqual([0, labeledSlope(1, 1), labeledSlope(5, 2)]);
    expect(Array.from(tells[2]!.gradient!.data)).toEqual([0]);
    expect(result.rows.map(({ evaluations }) => evaluations.gradients)).toEqual([2, 2, 1]);
    expect(result.rows.map(({ nonFinite }) => nonFinite)).toEqual([0, 0, 0]);
    expect(evaluated).toBe(5);
  });

  it.each([0, 1, 2, 7, 30])('spends exactly a budget of %i on a problem that needs more', (evaluationsPerRow) => {
    const problem = standardProblem(rosenbrock(10));
    const { rows } = run(problem, bfgs(), problem.draw(3, 1).task, 1, { evaluationsPerRow });
    for (const found of rows) {
      expect(found.evaluations.gradients).toBe(evaluationsPerRow);
      expect(found.stop).toEqual(SPENT);
      expect(found.loss).toBe(found.bestLoss);
    }
  });

  it('ends a row at the target loss', () => {
    const problem = standardProblem(rosenbrock(2));
    const { task } = problem.draw(4, 1);
    const free = run(problem, bfgs(), task, 1);
    const targeted = run(problem, bfgs(), task, 1, { targetLoss: 0.01 });
    targeted.rows.forEach((found, b) => {
      expect(found.loss).toBeLessThanOrEqual(0.01);
      expect(found.stop).toEqual({ kind: 'target-reached', value: found.loss });
      expect(found.evaluations.gradients).toBeLessThan(free.rows[b]!.evaluations.gradients);
      expect(found.trace.slice(0, -1).every(([, best]) => best > 0.01)).toBe(true);
    });
  });

  it('keeps the first and the last point of a trace and at most 104 between', () => {
    const iterations = 5000;
    const problem = standardProblem(quadratic(1, 1));
    const slow = gradientDescent({ learningRate: 1e-3, iterations });
    const { trace } = run(problem, slow, problem.draw(1, 1).task, 1).rows[0]!;
    expect(trace[0]![0]).toBe(1);
    expect(trace.at(-1)![0]).toBe(iterations);
    expect(trace.length).toBeLessThanOrEqual(104);
    expect(trace.map(([count]) => count).slice(0, -1)).toEqual(keptEvaluations(iterations - 1));
    for (let k = 1; k < trace.length; k++) {
      expect(trace[k]![0]).toBeGreaterThan(trace[k - 1]![0]);
      expect(trace[k]![0]).toBeLessThanOrEqual(Math.ceil(1.2 * trace[k - 1]![0]) + 1);
      expect(trace[k]![1]).toBeLessThanOrEqual(trace[k - 1]![1]);
    }
    // Gradient descent on ½ (x − 1)² · 1 from 0: f after k evaluations is ½ (1 − rate)^(2 (k − 1)).
    for (const [count, best] of trace) {
      const exact = 0.5 * (1 - 1e-3) ** (2 * (count - 1));
      expect(Math.abs(best - exact)).toBeLessThanOrEqual(1e-10 * exact);
    }
  });
});

describe('run: contracts', () => {
  const problem = standardProblem(booth);
  const { task } = problem.draw(2, 1);
  const asking = (bad: Ask): Solver =>
    scripted(function* (given) {
      yield bad;
      return still(given);
    });
  const answering = (answer: unknown): Solver =>
    // biome-ignore lint/correctness/useYield: a solver may answer without asking
    scripted(function* () {
      return answer as Answer;
    });

  it.each<[string, Ask]>([
    ['a point of another dimension', ask([[1]], [0])],
    [
      'more points than rows',
      ask(
        [
          [1, 2],
          [3, 4],
        ],
        [0],
      ),
    ],
    ['a row that does not exist', ask([[1, 2]], [2])],
    ['a negative row', ask([[1, 2]], [-1])],
    ['rows in another type', { ...ask([[1, 2]], [0]), rows: [0] as unknown as Int32Array }],
    ['data of another length', { ...ask([[1, 2]], [0]), x: { rows: 1, cols: 2, data: new Float64Array(3) } }],
    ['an unknown need', ask([[1, 2]], [0], 'hessian' as 'value')],
  ])('refuses to evaluate %s', (_what, bad) => {
    expect(codeOf(() => run(problem, asking(bad), task, 1))).toBe('solver-protocol');
    expect(codeOf(() => run(problem, asking({ ...bad, snapshot: 1 }), task, 1))).toBe('solver-protocol');
  });

  it.each([
    ['too few rows', { x: batch(1, 2), stops: [SPENT, SPENT] }],
    ['another dimension', { x: batch(2, 3), stops: [SPENT, SPENT] }],
    ['too few stops', { x: batch(2, 2), stops: [SPENT] }],
    ['a hole among the stops', { x: batch(2, 2), stops: [undefined, SPENT] }],
  ])('refuses an answer with %s', (_what, answer) => {
    expect(codeOf(() => run(problem, answering(answer), task, 1))).toBe('solver-protocol');
  });

  it('names the solver, the part and both shapes', () => {
    expect(errorOf(() => run(problem, asking(ask([[1]], [0])), task, 1)).message).toBe(
      'solver "scripted": ask."x": expected shape (rows.length, 2) and "rows" an Int32Array, ' +
        'received (1, 1) with 1 numbers for 1 rows.',
    );
  });

  const brokenBy = (part: Partial<Simulator>): InverseProblem => ({
    ...problem,
    simulator: { ...problem.simulator, ...part },
  });
  it.each<[string, InverseProblem]>([
    ['too few rows', brokenBy({ vjp: () => ({ y: batch(1, 1), pullback: () => batch(2, 2) }) })],
    ['too many columns', brokenBy({ vjp: () => ({ y: batch(2, 2), pullback: () => batch(2, 2) }) })],
    ['a pullback of another shape', brokenBy({ vjp: () => ({ y: batch(2, 1), pullback: () => batch(2, 1) }) })],
    ['a forward run of another shape', brokenBy({ forward: () => batch(2, 3) })],
    ['data of another length', brokenBy({ forward: () => ({ rows: 2, cols: 1, data: new Float64Array(5) }) })],
    [
      'a misfit with too few values',
      { ...problem, misfit: { name: 'short', evaluate: (y) => ({ value: new Float64Array(1), gradient: y }) } },
    ],
    [
      'a misfit gradient of another shape',
      { ...problem, misfit: { name: 'wide', evaluate: () => ({ value: new Float64Array(2), gradient: batch(2, 2) }) } },
    ],
  ])('names a simulator that answers with %s', (_what, broken) => {
    expect(codeOf(() => run(broken, bfgs(), task, 1))).toBe('simulator-contract');
  });

  it.each<[string, Partial<Task>]>([
    ['start', { start: batch(2, 3) }],
    ['observed', { observed: batch(1, 1) }],
    ['identifiers', { identifiers: batch(2, 1) }],
  ])('refuses a task whose %s does not fit the simulator', (part, wrong) => {
    const error = errorOf(() => run(problem, bfgs(), { ...task, ...wrong }, 1));
    expect(error.code).toBe('shape-mismatch');
    expect(error.details.where).toContain(part);
  });

  it('closes the solver before an error leaves', () => {
    let closed = 0;
    const careful = scripted(function* (given) {
      try {
        yield ask([[1, 2]], [0]);
        return still(given);
      } finally {
        closed += 1;
      }
    });
    const throwing = brokenBy({
      vjp: () => {
        throw new Error('out of memory');
      },
    });
    expect(() => run(throwing, careful, task, 1)).toThrow('out of memory');
    expect(closed).toBe(1);
    expect(() => run(brokenBy({ vjp: () => ({ y: batch(9, 9), pullback: (y) => y }) }), careful, task, 1)).toThrow();
    expect(closed).toBe(2);
  });

  it('passes an error of the solver on', () => {
    const failing = scripted(function* () {
      yield ask([[1, 2]], [0]);
      throw new Error('no memory for the model');
    });
    expect(() => run(problem, failing, task, 1)).toThrow('no memory for the model');
  });

  it.each([-1, 1.5, Number.NaN])('rejects a budget of %s evaluations', (evaluationsPerRow) => {
    expect(() => run(problem, bfgs(), task, 1, { evaluationsPerRow })).toThrow(InverseClaimsError);
  });
});
