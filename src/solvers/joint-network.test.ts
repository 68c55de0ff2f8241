import { describe, expect, it } from 'vitest';
import { type Batch, batch } from '../core/batch.ts';
import type { Task } from '../core/problem.ts';
import type { Answer, Ask, Solver, Tell } from '../core/solver.ts';
import { float64Network } from '../networks/float64.ts';
import type { Network, NetworkFactory, NetworkSpec } from '../networks/network.ts';
import { type JointNetworkOptions, jointNetwork, randomInputs } from './joint-network.ts';

/** The stub simulator: y = a x for one unknown and three measurements, loss ½ ‖a x − y*‖². */
const a = [1, -2, 0.5];

function linearTask(truths: readonly number[]): Task {
  const n = truths.length;
  const observed = batch(
    n,
    3,
    Float64Array.from({ length: 3 * n }, (_, i) => truths[Math.floor(i / 3)]! * a[i % 3]!),
  );
  return { problem: 'linear', start: batch(n, 1), observed, identifiers: batch(n, 0) };
}

const truths = [-1, -0.5, 0.25, 0.75, 1];
const task = linearTask(truths);

type Respond = (ask: Ask, honest: Tell) => Tell;

/** Answers asks from the stub simulator; `respond` may change what is told. */
function drive(solver: Solver, given: Task, seed: number, respond: Respond = (_, honest) => honest) {
  const asks: Ask[] = [];
  const steps = solver.solve(given, seed);
  let step = steps.next();
  while (!step.done) {
    asks.push(step.value);
    step = steps.next(respond(step.value, tell(step.value, given)));
  }
  return { answer: step.value as Answer, asks };
}

function tell({ x, rows, need }: Ask, given: Task): Tell {
  const residual = (k: number, j: number): number => a[j]! * x.data[k]! - given.observed.data[3 * rows[k]! + j]!;
  const sum = (term: (j: number) => number): number => a.reduce((total, _, j) => total + term(j), 0);
  const value = Float64Array.from(rows, (_, k) => sum((j) => 0.5 * residual(k, j) ** 2));
  const gradient = batch(
    rows.length,
    1,
    Float64Array.from(rows, (_, k) => sum((j) => a[j]! * residual(k, j))),
  );
  return { value, spent: new Uint8Array(rows.length), ...(need === 'gradient' ? { gradient } : {}) };
}

/** Far below the spread of the truths, 2, and far above the rounding that is left when the learning rate has fallen to zero. */
const SOLVED = 1e-6;

function expectAnswer(answer: Answer, expected: readonly number[], tolerance: number): void {
  expected.forEach((value, b) => {
    expect(Math.abs(answer.x.data[b]! - value), `instance ${b}`).toBeLessThan(tolerance);
  });
}

/** Counts networks that are not disposed, and lets a test look at every update. */
function watched(onUpdate: (bar: Batch, rate: number, network: Network) => void = () => undefined) {
  const state = { alive: 0 };
  const makeNetwork: NetworkFactory = (spec, seed) => {
    state.alive += 1;
    const network = float64Network(spec, seed);
    return {
      ...network,
      update: (inputs, bar, rate) => {
        onUpdate(bar, rate, network);
        return network.update(inputs, bar, rate);
      },
      dispose: () => {
        state.alive -= 1;
        network.dispose();
      },
    };
  };
  return { state, makeNetwork };
}

const solverWith = (options: Partial<JointNetworkOptions> = {}): Solver =>
  jointNetwork({
    makeNetwork: float64Network,
    backend: 'float64',
    hidden: [8],
    iterations: 400,
    batchSize: 3,
    learningRate: 2e-2,
    ...options,
  });

const many = linearTask(Array.from({ length: 40 }, (_, b) => Math.sin(b)));

describe('jointNetwork', () => {
  it('finds the unknowns of a linear problem with one network for all instances', () => {
    const { answer } = drive(solverWith({ hidden: [], iterations: 1000 }), task, 1);
    expectAnswer(answer, truths, SOLVED);
    expect(answer.stops).toEqual(truths.map(() => ({ kind: 'budget-spent' })));
  });

  it('finds them in any units through offset and scale', () => {
    const shifted = linearTask(truths.map((truth) => 64 + 32 * truth));
    const inputs = (given: Task): Batch => ({
      ...given.observed,
      data: given.observed.data.map((y, i) => y / a[i % 3]! / 32 - 2),
    });
    const solver = solverWith({ hidden: [], iterations: 1000, inputs, output: { offset: [64], scale: [32] } });
    const { answer } = drive(solver, shifted, 1);
    expectAnswer(
      answer,
      truths.map((truth) => 64 + 32 * truth),
      32 * SOLVED,
    );
  });

  it('asks for x = offset + scale ∘ output and hands scale ∘ gradient / batch to the network', () => {
    for (const reduction of ['mean', 'sum'] as const) {
      const bars: number[][] = [];
      const { makeNetwork } = watched((bar) => bars.push(Array.from(bar.data)));
      const output = { offset: 3, scale: -4 };
      const { asks } = drive(solverWith({ makeNetwork, output, reduction, iterations: 1, batchSize: 5 }), task, 9);
      const outputs = float64Network({ inputs: 3, hidden: [8], activation: 'tanh', outputs: 1 }, 9).predict(
        task.observed,
      );
      expect(Array.from(asks[0]!.x.data)).toEqual(Array.from(outputs.data, (o) => 3 - 4 * o));
      const factor = reduction === 'mean' ? 1 / 5 : 1;
      const gradient = tell(asks[0]!, task).gradient as Batch;
      expect(bars[0]).toEqual(Array.from(gradient.data, (g) => factor * -4 * g));
    }
  });

  it('takes one offset and one scale per unknown', () => {
    const two: Task = { ...task, start: batch(5, 2) };
    const bars: number[][] = [];
    const { makeNetwork } = watched((bar) => bars.push(Array.from(bar.data)));
    const output = { offset: [10, 20], scale: Float64Array.of(2, -3) };
    const steps = solverWith({ makeNetwork, output, reduction: 'sum', iterations: 1, batchSize: 5 }).solve(two, 9);
    const asked = (steps.next().value as Ask).x;
    const outputs = float64Network({ inputs: 3, hidden: [8], activation: 'tanh', outputs: 2 }, 9).predict(
      task.observed,
    );
    expect(Array.from(asked.data)).toEqual(Array.from(outputs.data, (o, i) => (i % 2 === 0 ? 10 + 2 * o : 20 - 3 * o)));
    const gradient = batch(5, 2, new Float64Array(10).fill(1));
    steps.next({ value: new Float64Array(5), gradient, spent: new Uint8Array(5) });
    expect(bars[0]).toEqual([2, -3, 2, -3, 2, -3, 2, -3, 2, -3]);
  });

  it('lets the learning rate fall to zero along a cosine, or keeps it', () => {
    for (const schedule of ['cosine', 'constant'] as const) {
      const rates: number[] = [];
      const { makeNetwork } = watched((_, rate) => rates.push(rate));
      drive(solverWith({ makeNetwork, schedule, iterations: 4, learningRate: 0.5 }), task, 1);
      const half = Math.SQRT1_2;
      const factors = schedule === 'cosine' ? [1, (1 + half) / 2, 0.5, (1 - half) / 2] : [1, 1, 1, 1];
      // Two roundings of numbers below 1.
      const errors = rates.map((rate, t) => Math.abs(rate - 0.5 * factors[t]!));
      expect(errors).toHaveLength(4);
      expect(Math.max(...errors)).toBeLessThan(2 * Number.EPSILON);
    }
  });

  it('draws batches with replacement, reproducibly, and from every instance', () => {
    const rowsOf = (seed: number): number[][] =>
      drive(solverWith({ iterations: 100, batchSize: 16 }), many, seed).asks.map(({ rows }) => Array.from(rows));
    const drawn = rowsOf(1);
    expect(drawn).toHaveLength(100);
    for (const rows of drawn) expect(rows).toHaveLength(16);
    expect(new Set(drawn.flat())).toEqual(new Set(Array.from({ length: 40 }, (_, b) => b)));
    // 16 of 40 without a repetition: probability 0.027 per batch with replacement, 1 without.
    expect(drawn.filter((rows) => new Set(rows).size < 16).length).toBeGreaterThan(80);
    expect(rowsOf(1)).toEqual(drawn);
    expect(rowsOf(2)).not.toEqual(drawn);
  });

  it('takes all instances in their order where there are no more than a batch', () => {
    const { asks } = drive(solverWith({ iterations: 3, batchSize: 5 }), task, 1);
    for (const { rows, need } of asks) expect([Array.from(rows), need]).toEqual([[0, 1, 2, 3, 4], 'gradient']);
    expect(asks).toHaveLength(3);
  });

  it('gives the same bytes for the same seed and others for another', () => {
    const x = (seed: number): Float64Array => drive(solverWith({ iterations: 30 }), many, seed).answer.x.data;
    expect(x(5)).toEqual(x(5));
    expect(x(5)).not.toEqual(x(6));
  });

  it('records snapshots of all instances without changing the training by a bit', () => {
    const plain = drive(solverWith({ iterations: 20 }), many, 3);
    const { answer, asks } = drive(solverWith({ iterations: 20, snapshots: [0, 7, 20] }), many, 3);
    expect(answer.x.data).toEqual(plain.answer.x.data);
    const recorded = asks.filter(({ snapshot }) => snapshot !== undefined);
    expect(recorded.map(({ snapshot, need, rows }) => [snapshot, need, rows.length])).toEqual([
      [0, 'value', 40],
      [7, 'value', 40],
      [20, 'value', 40],
    ]);
    expect(recorded[2]!.x.data).toEqual(answer.x.data);
    const others = asks.filter(({ snapshot }) => snapshot === undefined);
    expect(others).toEqual(plain.asks);
    expect(asks.indexOf(recorded[1]!)).toBe(8);
  });

  it('shows the trained network on any task without changing the training by a bit', () => {
    const plain = drive(solverWith({ iterations: 20 }), many, 3);
    const seen: Batch[] = [];
    const whenTrained: JointNetworkOptions['whenTrained'] = (predict) => seen.push(predict(many), predict(task));
    const { answer, asks } = drive(solverWith({ iterations: 20, whenTrained }), many, 3);
    expect(asks).toEqual(plain.asks);
    expect(answer.x.data).toEqual(plain.answer.x.data);
    expect(seen.map(({ rows }) => rows)).toEqual([many.start.rows, task.start.rows]);
    expect(seen[0]?.data).toEqual(answer.x.data);
  });

  it('trains nothing at learning rate 0 and answers with the untrained network after 0 iterations', () => {
    const { makeNetwork } = watched(() => expect.unreachable('no step may be taken'));
    const still = drive(solverWith({ makeNetwork, learningRate: 0, iterations: 5 }), task, 4);
    const untrained = drive(solverWith({ iterations: 0 }), task, 4);
    expect(still.answer).toEqual(untrained.answer);
    expect([still.asks.length, untrained.asks.length]).toEqual([5, 0]);
  });

  it('stops training without a step once a budget is spent', () => {
    let asked = 0;
    let updates = 0;
    const { makeNetwork, state } = watched(() => {
      updates += 1;
    });
    const { answer } = drive(solverWith({ makeNetwork }), many, 1, (_, honest) => {
      asked += 1;
      return asked < 6 ? honest : { ...honest, spent: Uint8Array.of(0, 1, 0) };
    });
    expect([asked, updates, state.alive]).toEqual([6, 5, 0]);
    expect(answer.stops[0]).toEqual({ kind: 'budget-spent' });
  });

  it('reports a network that diverges', () => {
    const { makeNetwork, state } = watched();
    const { answer, asks } = drive(
      solverWith({ makeNetwork, schedule: 'constant', learningRate: 1e308, hidden: [] }),
      task,
      1,
    );
    expect(asks.length).toBeLessThan(400);
    for (const { x } of asks) expect(x.data.every(Number.isFinite)).toBe(true);
    expect(answer.stops).toEqual(truths.map(() => ({ kind: 'non-finite', where: 'iterate' })));
    expect(state.alive).toBe(0);
  });

  it('disposes of its network when closed early, when told an error, and when nothing was asked', () => {
    const { makeNetwork, state } = watched();
    const solver = solverWith({ makeNetwork });
    const unused = solver.solve(task, 1);
    expect(state.alive).toBe(0);
    unused.return({ x: batch(0, 0), stops: [] });
    const closed = solver.solve(task, 1);
    closed.next();
    expect(state.alive).toBe(1);
    closed.return({ x: batch(0, 0), stops: [] });
    expect(state.alive).toBe(0);
    const failed = solver.solve(task, 1);
    failed.next();
    expect(() => failed.throw(new Error('simulator broke'))).toThrow('simulator broke');
    expect(state.alive).toBe(0);
    const valuesOnly: Respond = (_, { value, spent }) => ({ value, spent });
    expect(() => drive(solver, task, 1, valuesOnly)).toThrow(/a gradient, as asked for/);
    expect(state.alive).toBe(0);
  });

  it('feeds observation and identifiers side by side', () => {
    const identifiers = batch(5, 2, Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    const seen: Batch[] = [];
    const makeNetwork: NetworkFactory = (spec, seed) => {
      const network = float64Network(spec, seed);
      return {
        ...network,
        predict: (inputs) => {
          seen.push(inputs);
          return network.predict(inputs);
        },
      };
    };
    drive(solverWith({ makeNetwork, iterations: 0 }), { ...task, identifiers }, 1);
    expect(Array.from(seen[0]!.data.subarray(5, 10))).toEqual([-0.5, 1, -0.25, 3, 4]);
  });

  it('hands the convolutions to the maker of networks, and no such key where there are none', () => {
    const specs: NetworkSpec[] = [];
    const makeNetwork: NetworkFactory = (spec, seed) => {
      specs.push(spec);
      const { convolution: _, ...dense } = spec;
      return float64Network(dense, seed);
    };
    const convolution = { fields: 1, channels: [4], width: 3, stride: 1 };
    drive(solverWith({ makeNetwork, iterations: 0, convolution }), task, 1);
    drive(solverWith({ makeNetwork, iterations: 0 }), task, 1);
    const dense = { inputs: 3, hidden: [8], activation: 'tanh', outputs: 1 };
    expect(specs).toEqual([{ ...dense, convolution }, dense]);
    expect('convolution' in specs[1]!).toBe(false);
  });

  it('lists every setting the answer depends on', () => {
    const solver = solverWith({ output: { offset: [1, 2], scale: 3 }, snapshots: [4] });
    expect(solver.backend).toBe('float64');
    expect(solver.settings).toEqual({
      convolution: 'none',
      hidden: '8',
      activation: 'tanh',
      optimizer: 'Adam',
      learningRate: 0.02,
      schedule: 'cosine',
      iterations: 400,
      batchSize: 3,
      reduction: 'mean',
      exampleWeights: 'losses',
      keepBest: false,
      outputOffset: '1, 2',
      outputScale: 3,
      inputs: 'observed, identifiers',
    });
    const random = (given: Task): Batch => randomInputs(given, 1);
    expect(solverWith({ inputs: random }).settings.inputs).toBe('random');
    const others = solverWith({ exampleWeights: 'votes', keepBest: true }).settings;
    expect(others).toEqual({ ...solverWith().settings, exampleWeights: 'votes', keepBest: true });
    const convolution = { fields: 2, channels: [32, 16], width: 5, stride: 2 };
    expect(solverWith({ convolution }).settings.convolution).toBe('conv 32-16 width 5 stride 2 fields 2');
  });

  it.each([
    ['hidden[1]', { hidden: [4, 0] }],
    ['activation', { activation: 'gelu' as 'tanh' }],
    ['learningRate', { learningRate: -1 }],
    ['learningRate', { learningRate: Number.NaN }],
    ['schedule', { schedule: 'step' as 'cosine' }],
    ['iterations', { iterations: 2.5 }],
    ['iterations', { iterations: -1 }],
    ['batchSize', { batchSize: 0 }],
    ['reduction', { reduction: 'max' as 'sum' }],
    ['exampleWeights', { exampleWeights: 'signs' as 'votes' }],
    ['keepBest', { keepBest: 1 as unknown as boolean }],
    ['output.offset', { output: { offset: Number.NaN, scale: 1 } }],
    ['output.scale', { output: { offset: 0, scale: [1, Number.POSITIVE_INFINITY] } }],
    ['snapshots', { snapshots: [0, 401] }],
    ['snapshots', { snapshots: [-1] }],
  ])('refuses a bad %s', (name, options) => {
    expect(() => solverWith(options)).toThrow(`joint-network: "${name}"`);
  });

  it('refuses tasks that it cannot work on before making a network', () => {
    const { makeNetwork } = watched(() => expect.unreachable());
    const solver = (options: Partial<JointNetworkOptions>): Solver => solverWith({ makeNetwork, ...options });
    expect(() => solver({}).solve(linearTask([]), 1)).toThrow(/rows of the task/);
    expect(() => solver({ inputs: () => batch(4, 3) }).solve(task, 1)).toThrow(/expected 5 rows, one per instance/);
    const unknown = batch(5, 1, new Float64Array(5).fill(Number.NaN));
    expect(() => solver({ inputs: () => unknown }).solve(task, 1)).toThrow(/"inputs": expected finite numbers/);
    expect(() => solver({ output: { offset: [1, 2], scale: 1 } }).solve(task, 1)).toThrow(/"output.offset".*one per/);
  });
});

describe('randomInputs', () => {
  it('gives every instance its own standard normal vector, as wide as what it replaces', () => {
    const given = { ...many, identifiers: batch(40, 2) };
    const inputs = randomInputs(given, 8);
    expect([inputs.rows, inputs.cols]).toEqual([40, 5]);
    const mean = inputs.data.reduce((sum, z) => sum + z, 0) / 200;
    const variance = inputs.data.reduce((sum, z) => sum + z * z, 0) / 200;
    // Five standard errors of 200 draws: 1/√200 and √(2/200).
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(200));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / 200));
    expect(new Set(inputs.data).size).toBe(200);
  });

  it('depends on seed and instance only', () => {
    expect(randomInputs(task, 8, 3).data).toEqual(randomInputs(many, 8, 3).data.slice(0, 15));
    expect(randomInputs(task, 8)).not.toEqual(randomInputs(task, 9));
  });
});
