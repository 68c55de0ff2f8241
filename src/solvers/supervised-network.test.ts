import { describe, expect, it } from 'vitest';
import { type Batch, batch, batchOfRows } from '../core/batch.ts';
import type { InverseProblem, Simulator, Task } from '../core/problem.ts';
import { stream } from '../core/random.ts';
import { float64Network } from '../networks/float64.ts';
import type { NetworkFactory } from '../networks/network.ts';
import { halfSquaredError } from '../simulators/half-squared-error.ts';
import { jointNetwork } from './joint-network.ts';
import { run } from './run.ts';
import { type SupervisedNetworkOptions, supervisedNetwork } from './supervised-network.ts';

/** y = x: then the loss ½ (x − y*)² of the simulator is the supervised one with the observation as reference. */
const identity: Simulator = {
  name: 'identity',
  input: [{ name: 'x', length: 1, unit: '1' }],
  identifiers: [],
  output: [{ name: 'y', length: 1, unit: '1' }],
  forward: (x) => batch(x.rows, 1, x.data.slice()),
  vjp: (x) => ({ y: batch(x.rows, 1, x.data.slice()), pullback: (yBar) => batch(x.rows, 1, yBar.data.slice()) }),
  jvp: (_x, _identifiers, xDot) => xDot,
};

/** Instances with the given observations, and nothing to start from but zeros. */
function taskOf(observed: readonly number[]): Task {
  const count = observed.length;
  const y = batch(count, 1, Float64Array.from(observed));
  return { problem: 'identity', start: batch(count, 1), observed: y, identifiers: batch(count, 0) };
}

const problem: InverseProblem = {
  id: 'identity',
  simulator: identity,
  misfit: halfSquaredError,
  draw: (count, seed) => {
    const random = stream(seed, 'supervised-network.test');
    const truth = batch(
      count,
      1,
      Float64Array.from({ length: count }, () => random.between(-1, 1)),
    );
    return { task: taskOf(Array.from(truth.data)), reference: { truth } };
  },
};

const solverWith = (change: Partial<SupervisedNetworkOptions> = {}) =>
  supervisedNetwork({
    makeNetwork: float64Network,
    backend: 'float64',
    hidden: [8],
    iterations: 400,
    batchSize: 8,
    learningRate: 2e-2,
    references: (task) => task.observed,
    ...change,
  });

/** Records what the network is told to change, ∂L/∂output. */
function recording(): { bars: number[][]; makeNetwork: NetworkFactory } {
  const bars: number[][] = [];
  const makeNetwork: NetworkFactory = (spec, seed) => {
    const network = float64Network(spec, seed);
    return {
      ...network,
      update: (inputs, bar, rate) => {
        bars.push(Array.from(bar.data));
        return network.update(inputs, bar, rate);
      },
    };
  };
  return { bars, makeNetwork };
}

describe('supervisedNetwork', () => {
  it('learns reference solutions without a single evaluation', () => {
    const { task } = problem.draw(12, 1);
    const result = run(problem, solverWith({ hidden: [], iterations: 1000, batchSize: 12 }), task, 1);
    result.rows.forEach((found, b) => {
      expect(Math.abs(found.x[0]! - task.observed.data[b]!)).toBeLessThan(1e-6);
      expect(found.evaluations).toEqual({ values: 0, gradients: 0 });
      expect(found.trace).toEqual([]);
      expect(found.stop).toEqual({ kind: 'budget-spent' });
    });
    expect(result).toMatchObject({ solver: 'supervised-network', backend: 'float64', snapshots: [] });
  });

  it('spends nothing of a budget of nothing', () => {
    const { task } = problem.draw(5, 1);
    const free = run(problem, solverWith(), task, 1);
    expect(run(problem, solverWith(), task, 1, { evaluationsPerRow: 0 })).toEqual(free);
  });

  it('records snapshots of the simulator loss without changing the training by a bit', () => {
    const { task } = problem.draw(5, 1);
    const plain = run(problem, solverWith(), task, 1);
    const watched = run(problem, solverWith({ snapshots: [0, 100, 400] }), task, 1);
    expect(watched.rows).toEqual(plain.rows);
    expect(watched.snapshots.map(({ label }) => label)).toEqual([0, 100, 400]);
    expect(watched.snapshots[2]!.losses).toEqual(plain.rows.map(({ loss }) => loss));
    const sum = (losses: readonly number[]): number => losses.reduce((total, loss) => total + loss, 0);
    expect(sum(watched.snapshots[2]!.losses)).toBeLessThan(sum(watched.snapshots[0]!.losses));
  });

  it('is joint optimization on the identity, bit for bit, where the observations are the references', () => {
    const { task } = problem.draw(20, 2);
    const shared = { makeNetwork: float64Network, backend: 'float64' as const };
    const options = { ...shared, hidden: [8], iterations: 60, batchSize: 4, learningRate: 2e-2 };
    const joint = run(problem, jointNetwork(options), task, 3);
    const supervised = run(problem, supervisedNetwork({ ...options, references: (given) => given.observed }), task, 3);
    expect(supervised.rows.map(({ x }) => x)).toEqual(joint.rows.map(({ x }) => x));
    expect(joint.rows.reduce((sum, { evaluations }) => sum + evaluations.gradients, 0)).toBe(60 * 4);
  });

  it('learns the mean where one observation has several solutions', () => {
    // x² = y: both roots are references for the same observation.
    const task = taskOf([0.25, 0.25, 1, 1, 1]);
    const roots = batch(5, 1, Float64Array.of(0.5, -0.5, 1, -1, 1));
    const solver = solverWith({ references: () => roots, hidden: [], iterations: 1500, learningRate: 5e-2 });
    const { rows } = run(problem, solver, task, 1);
    const means = [0, 0, 1 / 3, 1 / 3, 1 / 3];
    rows.forEach(({ x }, b) => {
      expect(Math.abs(x[0]! - means[b]!)).toBeLessThan(1e-4);
    });
  });

  it('learns in the units of its output: ∂L/∂o = (x − reference) / scale', () => {
    const references = batchOfRows([
      [70, 5],
      [64, -3],
      [1, 2],
    ]);
    const task: Task = { ...taskOf([1, 2, 3]), start: batch(3, 2) };
    const output = { offset: [64, 1], scale: [32, -0.5] };
    for (const reduction of ['mean', 'sum'] as const) {
      const { bars, makeNetwork } = recording();
      const options = { makeNetwork, output, reduction, iterations: 1, references: () => references };
      solverWith(options).solve(task, 9).next();
      const spec = { inputs: 1, hidden: [8], activation: 'tanh', outputs: 2 } as const;
      const outputs = float64Network(spec, 9).predict(task.observed);
      const count = reduction === 'mean' ? 3 : 1;
      outputs.data.forEach((o, i) => {
        const x = output.offset[i % 2]! + output.scale[i % 2]! * o;
        const expected = (x - references.data[i]!) / output.scale[i % 2]! / count;
        expect(Math.abs(bars[0]![i]! - expected)).toBeLessThanOrEqual(8 * Number.EPSILON * (1 + Math.abs(expected)));
      });
    }
  });

  it('takes the references of the rows it draws', () => {
    const count = 30;
    const { bars, makeNetwork } = recording();
    const { task } = problem.draw(count, 4);
    const references = batch(
      count,
      1,
      Float64Array.from({ length: count }, (_, b) => 1e6 * (b + 1)),
    );
    const solver = solverWith({
      makeNetwork,
      references: () => references,
      batchSize: 5,
      iterations: 40,
      reduction: 'sum',
      learningRate: 1e-9,
    });
    run(problem, solver, task, 1);
    // Each entry of the bar is −10⁶ (b + 1) for some row b, up to the output of the network, which hardly changes.
    const rows = bars.flat().map((bar) => Math.round(-bar / 1e6));
    expect(bars.map((bar) => bar.length)).toEqual(new Array(40).fill(5));
    expect(rows.every((b) => b >= 1 && b <= count)).toBe(true);
    expect(new Set(rows).size).toBeGreaterThan(20);
  });

  it('asks for the references once, of the whole task', () => {
    const tasks: Task[] = [];
    const { task } = problem.draw(20, 1);
    const references = (given: Task): Batch => {
      tasks.push(given);
      return given.observed;
    };
    run(problem, solverWith({ references, iterations: 10, batchSize: 3 }), task, 1);
    expect(tasks).toEqual([task]);
  });

  it('gives the same bytes for the same seed and others for another', () => {
    const { task } = problem.draw(20, 1);
    const answer = (seed: number) => run(problem, solverWith({ iterations: 30 }), task, seed).rows;
    expect(answer(5)).toEqual(answer(5));
    expect(answer(5)).not.toEqual(answer(6));
  });
});

describe('what supervisedNetwork refuses when solving starts', () => {
  const { task } = problem.draw(3, 1);
  const dataOf =
    (...values: number[]) =>
    () =>
      batch(values.length, 1, Float64Array.from(values));
  it.each<[string, Partial<SupervisedNetworkOptions>, string, RegExp]>([
    ['too few references', { references: dataOf(1, 2) }, 'shape-mismatch', /"references": expected shape \(3, 1\)/],
    ['references of another width', { references: () => batch(3, 2) }, 'shape-mismatch', /received \(3, 2\)/],
    [
      'a reference that is not a number',
      { references: dataOf(1, Number.NaN, 2) },
      'not-finite',
      /"references".*NaN at row 1/,
    ],
    ['an infinite reference', { references: dataOf(1, 2, Number.POSITIVE_INFINITY) }, 'not-finite', /"references"/],
    ['a scale of 0', { output: { offset: 0, scale: 0 } }, 'out-of-range', /"output.scale"/],
    [
      'a scale of 0 for one unknown',
      { output: { offset: 0, scale: Float64Array.of(0) } },
      'out-of-range',
      /"output.scale"/,
    ],
  ])('%s', (_what, change, code, message) => {
    const makeNetwork: NetworkFactory = () => expect.unreachable('no network may be made');
    const solve = () => run(problem, solverWith({ makeNetwork, ...change }), task, 1);
    expect(solve).toThrow(expect.objectContaining({ code }));
    expect(solve).toThrow(message);
  });

  it('an option that is none, when it is made', () => {
    expect(() => solverWith({ iterations: -1 })).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    expect(() => solverWith({ batchSize: 0 })).toThrow('"batchSize"');
  });
});
