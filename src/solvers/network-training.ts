import { allFinite, type Batch, batch, requireFinite, takeRows } from '../core/batch.ts';
import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import type { Task } from '../core/problem.ts';
import { type Random, stream } from '../core/random.ts';
import type { Answer, Ask, Solver, Stop, Tell } from '../core/solver.ts';
import type { Network } from '../networks/network.ts';
import { type Resolved, settingsOf } from './joint-network-options.ts';

/** ∂L/∂x at the predictions x (K, n) of the instances `rows`, asked for or computed; undefined ends the training. */
export type LossGradient = (x: Batch, rows: Int32Array) => Generator<Ask, Batch | undefined, Tell>;

/**
 * A solver that trains one network on the rows of its task and answers with its predictions.
 *
 *     x_i = offset + scale ∘ N_θ(inputs_i)        θ ← Adam step on the mean or sum of losses in a batch
 *
 * @param lossGradient  where ∂L/∂x of a task comes from
 */
export function networkSolver(name: string, resolved: Resolved, lossGradient: (task: Task) => LossGradient): Solver {
  return {
    name,
    settings: settingsOf(resolved),
    backend: resolved.backend,
    solve: (task, seed) => {
      requireNumber(`${name}: rows of the task`, task.start.rows, { minimum: 1 });
      const inputs = resolved.inputs(task);
      if (inputs.rows !== task.start.rows) {
        throw new InverseClaimsError('shape-mismatch', {
          where: `${name}: "inputs"`,
          expected: `${task.start.rows} rows, one per instance`,
          received: `${inputs.rows}`,
        });
      }
      requireFinite(`${name}: "inputs"`, inputs);
      const toUnknowns = outputMap(name, resolved.output, task.start.cols);
      return train(resolved, { inputs, toUnknowns, seed, lossGradient: lossGradient(task) });
    },
  };
}

interface Training {
  readonly inputs: Batch;
  readonly toUnknowns: OutputMap;
  readonly seed: number;
  readonly lossGradient: LossGradient;
}

function* train(options: Resolved, training: Training): Generator<Ask, Answer, Tell> {
  const { inputs, toUnknowns, seed, lossGradient } = training;
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
      const xBar = yield* lossGradient(x, rows);
      if (xBar === undefined) break;
      const bar = toUnknowns.pullback(xBar, options.reduction === 'mean' ? 1 / xBar.rows : 1);
      descend(network, batchInputs, bar, rateAt(options, step));
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
  /** o̅ = factor · scale ∘ x̄: ∂(mean or sum of losses)/∂o of ∂L/∂x. */
  pullback(xBar: Batch, factor: number): Batch;
}

function outputMap(solver: string, output: Resolved['output'], cols: number): OutputMap {
  const offset = perUnknown(`${solver}: "output.offset"`, output.offset, cols);
  const scale = perUnknown(`${solver}: "output.scale"`, output.scale, cols);
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

function perUnknown(where: string, given: number | ArrayLike<number>, cols: number): Float64Array {
  if (typeof given === 'number') return new Float64Array(cols).fill(given);
  if (given.length === cols) return Float64Array.from(given);
  throw new InverseClaimsError('shape-mismatch', {
    where,
    expected: `a number, or ${cols}: one per unknown`,
    received: `${given.length} numbers`,
  });
}
