import { median } from 'simple-statistics';
import { answers, compareRuns, evaluationsPerRow, lossFacts, share } from '../claims/run-comparison.ts';
import { trainingRuntimes } from '../claims/runtime.ts';
import { type Batch, batch, row } from '../core/batch.ts';
import type { Facts } from '../core/claim.ts';
import type { InverseProblem, Task } from '../core/problem.ts';
import { childSeed } from '../core/random.ts';
import type { BackendName, Run } from '../core/solver.ts';
import type { NetworkFactory } from '../networks/network.ts';
import { maxNorm } from '../numerics/vector.ts';
import { bfgs, bfgsMethod } from '../solvers/bfgs.ts';
import { everyRow, rowEvaluator } from '../solvers/evaluate-rows.ts';
import { jointNetwork } from '../solvers/joint-network.ts';
import { multiStart } from '../solvers/multi-start.ts';
import { run } from '../solvers/run.ts';

/** How networks are trained and what they are compared on. */
export interface TrainingSettings {
  /** Problems of a training. */
  readonly problems: number;
  /** Steps of Adam on all of them. */
  readonly iterations: number;
  readonly learningRate: number;
  readonly hidden: readonly number[];
  /** What an example contributes to a step: its gradient, or the direction of it. */
  readonly exampleWeights: 'losses' | 'votes';
  /** Loss at which a problem is solved; `solvedLoss` says what it is unless given. */
  readonly solvedLoss?: number;
}

/** Share of the median loss at the start that may be left. */
const LEFT = 1e-3;
/** Hidden solutions of other instances: where multi-start starts, the prior. */
const RESTARTS = 512;
const BFGS_ITERATIONS = 200;

/**
 * Loss per problem at or below which it is solved: the one given, or that of the hidden solution plus a thousandth of the
 * median by which the loss at the start exceeds it.
 */
export function solvedLosses(
  problem: InverseProblem,
  task: Task,
  truth: Batch,
  given: number | undefined,
): { readonly targets: Float64Array; readonly gap: number } {
  const rows = everyRow(task.start.rows);
  const evaluate = rowEvaluator(problem, task);
  const atTruth = evaluate(truth, rows, 'value').value;
  const atStart = evaluate(task.start, rows, 'value').value;
  const excess = atStart.map((loss, b) => Math.max(0, loss - (atTruth[b] as number)));
  const gap = given ?? LEFT * median([...excess]);
  return { targets: atTruth.map((loss) => (given === undefined ? loss + gap : given)), gap };
}

/**
 * One training: fresh problems, on which one network is trained through the simulator and its answers are refined by BFGS;
 * beside it BFGS on each problem from its start, and multi-start BFGS from hidden solutions of other instances with as many
 * evaluations as network and refinement took.
 *
 * @param problem  in units of its unknowns
 */
export function trainOnce(
  problem: InverseProblem,
  settings: TrainingSettings,
  { makeNetwork, backend }: { readonly makeNetwork: NetworkFactory; readonly backend: BackendName },
  seed: number,
  k: number,
): Facts {
  const dataSeed = childSeed(seed, 'diagnosis/training-data', k);
  const networkSeed = childSeed(seed, 'diagnosis/network', k);
  const { task, reference } = problem.draw(settings.problems, dataSeed);
  const { targets, gap } = solvedLosses(problem, task, reference.truth, settings.solvedLoss);
  const gradientTolerance = smallGradient(problem, task);
  const alone = { gradientTolerance, maxIterations: BFGS_ITERATIONS };
  const { iterations, learningRate, hidden, exampleWeights } = settings;
  const network = jointNetwork({
    makeNetwork,
    backend,
    hidden,
    iterations,
    learningRate,
    exampleWeights,
    batchSize: settings.problems,
    keepBest: true,
    inputs: standardInputs,
  });
  const single = run(problem, bfgs(alone), task, dataSeed);
  const joint = run(problem, network, task, networkSeed);
  const refined = run(problem, bfgs(alone), { ...task, start: answers(joint) }, dataSeed);
  const prior = problem.draw(RESTARTS, childSeed(seed, 'diagnosis/restarts', k)).reference.truth;
  const restarts = run(
    problem,
    multiStart(bfgsMethod(alone), {
      evaluationsPerRow: Math.ceil(evaluationsPerRow(joint) + evaluationsPerRow(refined)),
      sampleStart: (random) => row(prior, random.integer(RESTARTS)).slice(),
      target: 1e-3 * gap,
    }),
    task,
    dataSeed,
  );
  return trainingFacts({ single, joint, refined, restarts }, targets, gap);
}

type Runs = Readonly<Record<'single' | 'joint' | 'refined' | 'restarts', Run>>;

function trainingFacts(runs: Runs, targets: Float64Array, gap: number): Facts {
  const { single, joint, refined, restarts } = runs;
  const solved = ({ rows }: Run): number => share(rows, ({ loss }, b) => loss <= (targets[b] as number));
  const [againstBfgs, againstRestarts] = [compareRuns(refined, single, gap), compareRuns(refined, restarts, gap)];
  return {
    bfgsSolved: solved(single),
    restartsSolved: solved(restarts),
    jointSolved: solved(joint),
    refinedSolved: solved(refined),
    betterThanBfgs: againstBfgs.better,
    worseThanBfgs: againstBfgs.worse,
    betterThanRestarts: againstRestarts.better,
    worseThanRestarts: againstRestarts.worse,
    ...lossFacts('bfgs', single),
    ...lossFacts('joint', joint),
    ...lossFacts('refined', refined),
    ...lossFacts('restarts', restarts),
    ...trainingRuntimes(runs, (b) => targets[b] as number),
  };
}

/** 1e-8 of the median largest component at the starts, of the gradients that are not 0. */
function smallGradient(problem: InverseProblem, task: Task): number {
  const rows = everyRow(task.start.rows);
  const { gradient } = rowEvaluator(problem, task)(task.start, rows, 'gradient');
  const sizes = Array.from(rows, (b) => (gradient === undefined ? 0 : maxNorm(row(gradient, b)))).filter(
    (size) => size > 0,
  );
  return sizes.length === 0 ? 1e-8 : 1e-8 * median(sizes);
}

/** Observation and identifiers of the problems of a training, each number shifted and scaled to mean 0 and deviation 1. */
export function standardInputs({ observed, identifiers }: Task): Batch {
  const cols = observed.cols + identifiers.cols;
  const result = batch(observed.rows, cols);
  for (let j = 0; j < cols; j++) {
    const [source, at] = j < observed.cols ? [observed, j] : [identifiers, j - observed.cols];
    const values = Array.from({ length: source.rows }, (_, b) => source.data[b * source.cols + at] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    values.forEach((value, b) => {
      result.data[b * cols + j] = spread > 1e-12 * Math.abs(mean) ? (value - mean) / spread : 0;
    });
  }
  return result;
}
