import { allFinite, type Batch, requireFinite, takeRows } from '../core/batch.ts';
import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import type { Task } from '../core/problem.ts';
import { type Random, stream } from '../core/random.ts';
import type { Answer, Ask, Solver, Stop, Tell } from '../core/solver.ts';
import type { Network, NetworkSpec } from '../networks/network.ts';
import { bestPrediction } from './best-prediction.ts';
import { type Resolved, settingsOf } from './joint-network-options.ts';
import { type OutputMap, outputMap } from './network-output.ts';

/** What the network is trained on, asked for or computed; a generator returns undefined where a budget is spent. */
export interface Objective {
  /** Losses (K) and ∂L/∂x (K, n) at the predictions x (K, n) of the instances `rows` (K); undefined ends the training. */
  gradient(x: Batch, rows: Int32Array): Generator<Ask, LossesAndGradient | undefined, Tell>;
  /** The losses alone. */
  losses(x: Batch, rows: Int32Array): Generator<Ask, Float64Array | undefined, Tell>;
}

export interface LossesAndGradient {
  readonly losses: Float64Array;
  readonly xBar: Batch;
}

/**
 * A solver that trains one network on the rows of its task and answers with its predictions.
 *
 *     x_i = offset + scale ∘ N_θ(inputs_i)        θ ← Adam step on the mean or sum of losses in a batch
 *
 * A step that is not finite is left out: where the cotangent of the outputs overflows, or the network refuses it.
 *
 * @param objectiveOf  where losses and ∂L/∂x of a task come from
 */
export function networkSolver(name: string, resolved: Resolved, objectiveOf: (task: Task) => Objective): Solver {
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
      if (resolved.keepBest) requireWholeSteps(name, resolved.batchSize, inputs.rows);
      const toUnknowns = outputMap(name, resolved.output, task.start.cols);
      return train(resolved, { inputs, toUnknowns, seed, objective: objectiveOf(task) });
    },
  };
}

/** Sums of losses are compared from step to step: they must be those of the same instances. */
function requireWholeSteps(solver: string, batchSize: number, rows: number): void {
  if (batchSize >= rows) return;
  throw new InverseClaimsError('out-of-range', {
    where: `${solver}: "batchSize" with "keepBest"`,
    expected: `a batch of all instances, >= ${rows}`,
    received: String(batchSize),
    hint: `set "batchSize" to ${rows} or more, or leave "keepBest" out: steps that see other instances cannot be compared.`,
  });
}

interface Training {
  readonly inputs: Batch;
  readonly toUnknowns: OutputMap;
  readonly seed: number;
  readonly objective: Objective;
}

function* train(options: Resolved, training: Training): Generator<Ask, Answer, Tell> {
  const { inputs, toUnknowns, seed, objective } = training;
  const { iterations, batchSize, snapshots, keepBest } = options;
  const everyRow = Int32Array.from({ length: inputs.rows }, (_, b) => b);
  const snapshotSteps = new Set(snapshots);
  const random = stream(seed, 'joint-network/batch');
  const kept = bestPrediction();
  const network = options.makeNetwork(specOf(options, inputs.cols, toUnknowns.cols), seed);
  try {
    let spent = false;
    for (let step = 0; step < iterations; step++) {
      if (snapshotSteps.has(step)) yield snapshot(step, toUnknowns.apply(network.predict(inputs)), everyRow);
      const rows = inputs.rows <= batchSize ? everyRow : drawRows(random, batchSize, inputs.rows);
      const batchInputs = takeRows(inputs, rows);
      const x = toUnknowns.apply(network.predict(batchInputs));
      if (!allFinite(x.data)) break;
      const told = yield* objective.gradient(x, rows);
      if (keepBest) kept.offer(x, told?.losses);
      spent = told === undefined;
      if (told === undefined) break;
      descend(network, batchInputs, outputBar(options, toUnknowns, told.xBar), rateAt(options, step));
    }
    options.whenTrained((task) => toUnknowns.apply(network.predict(options.inputs(task))));
    const last = toUnknowns.apply(network.predict(inputs));
    const finite = allFinite(last.data);
    // Without a rival it needs no loss, and where a budget is spent it was offered already.
    if (kept.best() !== undefined && finite && !spent) kept.offer(last, yield* objective.losses(last, everyRow));
    const x = kept.best() ?? last;
    if (allFinite(x.data) && snapshotSteps.has(iterations)) yield snapshot(iterations, x, everyRow);
    const stop: Stop = finite ? { kind: 'budget-spent' } : { kind: 'non-finite', where: 'iterate' };
    return { x, stops: Array.from(everyRow, () => stop) };
  } finally {
    network.dispose();
  }
}

function specOf({ hidden, activation, convolution }: Resolved, inputs: number, outputs: number): NetworkSpec {
  return { inputs, hidden, activation, outputs, ...(convolution === undefined ? {} : { convolution }) };
}

/** ∂(objective of the step)/∂(outputs) of ∂L/∂x, (K, n). */
function outputBar({ reduction, exampleWeights }: Resolved, toUnknowns: OutputMap, xBar: Batch): Batch {
  const factor = reduction === 'mean' ? 1 / xBar.rows : 1;
  return exampleWeights === 'votes' ? toUnknowns.votes(xBar, factor) : toUnknowns.pullback(xBar, factor);
}

function snapshot(step: number, x: Batch, rows: Int32Array): Ask {
  return { x, rows, need: 'value', snapshot: step };
}

function drawRows(random: Random, count: number, from: number): Int32Array {
  const rows = new Int32Array(count);
  for (let k = 0; k < count; k++) rows[k] = random.integer(from);
  return rows;
}

/** One step, or none where it would not be finite. */
function descend(network: Network, inputs: Batch, bar: Batch, rate: number): void {
  if (rate > 0 && allFinite(bar.data)) network.update(inputs, bar, rate);
}

function rateAt({ learningRate, schedule, iterations }: Resolved, step: number): number {
  return schedule === 'constant' ? learningRate : (learningRate * (1 + Math.cos((Math.PI * step) / iterations))) / 2;
}
