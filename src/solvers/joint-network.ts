import { allFinite, type Batch, batch, requireFinite, row, takeRows } from '../core/batch.ts';
import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import type { Task } from '../core/problem.ts';
import { type Random, stream } from '../core/random.ts';
import type { Answer, Ask, Solver, Stop, Tell } from '../core/solver.ts';
import type { Network } from '../networks/network.ts';
import { type JointNetworkOptions, type Resolved, resolve, settingsOf } from './joint-network-options.ts';

export type { JointNetworkOptions } from './joint-network-options.ts';

/**
 * Joint optimization of many instances: one network, trained on the set it has to solve, proposes all unknowns.
 *
 *     x_i = offset + scale ∘ N_θ(y_i*, γ_i)        θ ← Adam step on Σ_{i ∈ batch} L_i(x_i), or its mean
 *
 * The gradient of each loss in x, ∂L_i/∂x_i, comes from the runner in float64 and is pulled back through the network.
 * The answer is the prediction for every instance after the last step; no iterate is selected by its loss.
 * Training ends early where a budget is spent or a prediction is not finite. Batches are drawn from the stream
 * (seed, 'joint-network/batch'), initial weights from (seed, 'network/weights').
 *
 * Invalid options throw at once; a task without rows, or inputs of the network that are not finite, when solving starts.
 * After Holl & Thuerey, "The Unreasonable Effectiveness of Solving Inverse Problems with Neural Networks",
 * arXiv 2408.08119, of which we know the abstract: the details are ours.
 *
 * @example
 * const { backend, makeNetwork } = await loadBackend('auto');
 * const solver = jointNetwork({ makeNetwork, backend, output: { offset: 64, scale: 32 } });
 * solver.settings.hidden; // => '64-64'
 */
export function jointNetwork(options: JointNetworkOptions): Solver {
  const resolved = resolve(options);
  return {
    name: 'joint-network',
    settings: settingsOf(resolved),
    backend: resolved.backend,
    solve: (task, seed) => {
      requireNumber('joint-network: rows of the task', task.start.rows, { minimum: 1 });
      const inputs = resolved.inputs(task);
      if (inputs.rows !== task.start.rows) {
        throw new InverseClaimsError('shape-mismatch', {
          where: 'joint-network: "inputs"',
          expected: `${task.start.rows} rows, one per instance`,
          received: `${inputs.rows}`,
        });
      }
      requireFinite('joint-network: "inputs"', inputs);
      const toUnknowns = outputMap(resolved.output, task.start.cols);
      return train(resolved, { inputs, toUnknowns, seed });
    },
  };
}

/**
 * The negative control: a fixed standard normal vector per instance, unrelated to what was observed.
 *
 * Row i is drawn from the stream (seed, 'joint-network/random-inputs', i): (B, cols). `cols` is the width of the inputs
 * it replaces, that of observation and identifiers together where absent.
 */
export function randomInputs(task: Task, seed: number, cols = task.observed.cols + task.identifiers.cols): Batch {
  const result = batch(task.observed.rows, cols);
  for (let b = 0; b < result.rows; b++) {
    const random = stream(seed, 'joint-network/random-inputs', b);
    const values = row(result, b);
    for (let j = 0; j < cols; j++) values[j] = random.normal();
  }
  return result;
}

interface Training {
  readonly inputs: Batch;
  readonly toUnknowns: OutputMap;
  readonly seed: number;
}

function* train(options: Resolved, { inputs, toUnknowns, seed }: Training): Generator<Ask, Answer, Tell> {
  const { iterations, batchSize, snapshots } = options;
  const { hidden, activation } = options;
  const spec = { inputs: inputs.cols, hidden, activation, outputs: toUnknowns.cols };
  const everyRow = Int32Array.from({ length: inputs.rows }, (_, b) => b);
  const snapshotSteps = new Set(snapshots);
  const random = stream(seed, 'joint-network/batch');
  const network = options.makeNetwork(spec, seed);
  try {
    for (let step = 0; step < iterations; step++) {
      if (snapshotSteps.has(step)) yield snapshot(step, toUnknowns.apply(network.predict(inputs)), everyRow);
      const rows = inputs.rows <= batchSize ? everyRow : drawRows(random, batchSize, inputs.rows);
      const batchInputs = takeRows(inputs, rows);
      const x = toUnknowns.apply(network.predict(batchInputs));
      if (!allFinite(x.data)) break;
      const tell = yield { x, rows, need: 'gradient' };
      if (tell.spent.some((spent) => spent === 1)) break;
      descend(network, batchInputs, outputBar(tell, toUnknowns, options.reduction), rateAt(options, step));
    }
    const x = toUnknowns.apply(network.predict(inputs));
    const finite = allFinite(x.data);
    if (finite && snapshotSteps.has(iterations)) yield snapshot(iterations, x, everyRow);
    const stop: Stop = finite ? { kind: 'budget-spent' } : { kind: 'non-finite', where: 'iterate' };
    return { x, stops: Array.from(everyRow, () => stop) };
  } finally {
    network.dispose();
  }
}

function snapshot(step: number, x: Batch, rows: Int32Array): Ask {
  return { x, rows, need: 'value', snapshot: step };
}

function drawRows(random: Random, count: number, from: number): Int32Array {
  const rows = new Int32Array(count);
  for (let k = 0; k < count; k++) rows[k] = random.integer(from);
  return rows;
}

/** ∂(mean or sum of losses)/∂o = scale ∘ ∂L/∂x (/ batch). */
function outputBar(tell: Tell, toUnknowns: OutputMap, reduction: 'mean' | 'sum'): Batch {
  if (tell.gradient === undefined) {
    throw new InverseClaimsError('solver-protocol', {
      where: 'joint-network',
      expected: 'a gradient, as asked for',
      received: 'values only',
    });
  }
  return toUnknowns.pullback(tell.gradient, reduction === 'mean' ? 1 / tell.gradient.rows : 1);
}

function descend(network: Network, inputs: Batch, bar: Batch, rate: number): void {
  if (rate > 0) network.update(inputs, bar, rate);
}

function rateAt({ learningRate, schedule, iterations }: Resolved, step: number): number {
  return schedule === 'constant' ? learningRate : (learningRate * (1 + Math.cos((Math.PI * step) / iterations))) / 2;
}

/** x = offset + scale ∘ o and its transpose. */
interface OutputMap {
  readonly cols: number;
  apply(outputs: Batch): Batch;
  /** o̅ = factor · scale ∘ x̄ */
  pullback(xBar: Batch, factor: number): Batch;
}

function outputMap(output: Resolved['output'], cols: number): OutputMap {
  const offset = perUnknown('offset', output.offset, cols);
  const scale = perUnknown('scale', output.scale, cols);
  const mapped = (source: Batch, value: (entry: number, column: number) => number): Batch =>
    batch(
      source.rows,
      cols,
      source.data.map((entry, i) => value(entry, i % cols)),
    );
  return {
    cols,
    apply: (outputs) => mapped(outputs, (entry, j) => offset[j]! + scale[j]! * entry),
    pullback: (xBar, factor) => mapped(xBar, (entry, j) => factor * scale[j]! * entry),
  };
}

function perUnknown(name: string, given: number | ArrayLike<number>, cols: number): Float64Array {
  if (typeof given === 'number') return new Float64Array(cols).fill(given);
  if (given.length === cols) return Float64Array.from(given);
  throw new InverseClaimsError('shape-mismatch', {
    where: `joint-network: "output.${name}"`,
    expected: `a number, or ${cols}: one per unknown`,
    received: `${given.length} numbers`,
  });
}
