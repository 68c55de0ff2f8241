import { type Batch, batch, row } from '../../core/batch.ts';
import type { FactMeaning, Facts, TrialSource } from '../../core/claim.ts';
import type { InverseProblem, Task } from '../../core/problem.ts';
import { childSeed, stream } from '../../core/random.ts';
import {
  kuramotoSivashinskyProblem,
  kuramotoSivashinskySettings,
} from '../../simulators/kuramoto-sivashinsky-problem.ts';
import { rowEvaluator } from '../../solvers/evaluate-rows.ts';
import { fractionOf } from '../run-comparison.ts';
import { event } from './statements.ts';

/** The horizons at which the gradients of a problem are compared. */
export const HORIZONS = [10, 25, 50] as const;

/** About a hundred times the median gradient at a guess, which is 10.3 to 11.3 at every horizon. */
export const LARGE_GRADIENT = 1000;

/** A gradient is said to have grown or shrunk from one horizon to another if it did so by this factor. */
const FACTOR = 10;

/** Where a gradient is taken: at a guess drawn from the prior of (α, β), or at the start (0, 1) of every problem. */
export type Place = 'guess' | 'start';

/** Problems of setting A with another horizon T > 0: a seed gives the same parameters and initial states at each. */
export function problemAtHorizon(horizon: number): InverseProblem {
  return kuramotoSivashinskyProblem({ ...kuramotoSivashinskySettings.A, horizon });
}

/** ∂L/∂(α, β) of every row of a task at its row of x (B, 2): (B, 2). Rows whose loss or gradient is not finite are NaN, which no claim accepts. */
export function lossGradients(problem: InverseProblem, task: Task, x: Batch): Batch {
  const { value, gradient = batch(x.rows, x.cols) } = rowEvaluator(problem, task)(x, everyRow(x.rows), 'gradient');
  value.forEach((loss, b) => {
    if (!Number.isFinite(loss) || !row(gradient, b).every(Number.isFinite)) row(gradient, b).fill(Number.NaN);
  });
  return gradient;
}

const everyRow = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, b) => b);

/** α ~ U(−1, 1) and β ~ U(0.5, 1.5), like the truths but independent of them, for problems first, first + 1, …: (count, 2). */
export function guesses(count: number, seed: number, first: number): Batch {
  const x = batch(count, 2);
  for (let b = 0; b < count; b++) {
    const random = stream(seed, 'kuramoto-sivashinsky/guess', first + b);
    row(x, b).set([random.between(-1, 1), random.between(0.5, 1.5)]);
  }
  return x;
}

/** |∂L/∂(α, β)| of problems first, …, first + count − 1 of a seed at the horizon T, (count). */
export function gradientSizes(horizon: number, place: Place, count: number, seed: number, first = 0): Float64Array {
  const problem = problemAtHorizon(horizon);
  const { task } = problem.draw(count, seed, first);
  const x = place === 'start' ? task.start : guesses(count, seed, first);
  const gradients = lossGradients(problem, task, x);
  return Float64Array.from({ length: count }, (_, b) => Math.hypot(...row(gradients, b)));
}

/** One trial per problem: sizes of its gradients at the same place for each horizon, and how they compare. */
export function gradientTrials(id: string, place: Place): TrialSource {
  const where = place === 'start' ? 'the start (0, 1)' : 'a guess from the prior';
  return {
    id,
    unit: 'problem',
    what: `gradients of one Kuramoto-Sivashinsky problem at ${where}, for horizons ${HORIZONS.join(', ')}`,
    chunk: 64,
    meanings,
    run: async (context, first, count) => {
      const seed = childSeed(context.seed, id);
      const sizes = HORIZONS.map((horizon) => gradientSizes(horizon, place, count, seed, first));
      return Array.from({ length: count }, (_, b) => gradientFacts(sizes.map((each) => each[b] as number)));
    },
  };
}

/** Facts of one problem from the sizes of its gradients, one per horizon. */
function gradientFacts(sizes: readonly number[]): Facts {
  const facts: Record<string, number> = {};
  HORIZONS.forEach((horizon, k) => {
    const size = sizes[k] as number;
    facts[`gradient${horizon}`] = size;
    facts[`large${horizon}`] = Number.isNaN(size) ? Number.NaN : event(size > LARGE_GRADIENT);
  });
  const ratio = (sizes.at(-1) as number) / (sizes[0] as number);
  return { ...facts, grown: event(ratio > FACTOR), shrunk: event(ratio < 1 / FACTOR) };
}

const meanings: Readonly<Record<string, FactMeaning>> = {
  ...Object.fromEntries(
    HORIZONS.flatMap((horizon) => [
      [`gradient${horizon}`, { label: `size of the gradient, T = ${horizon}`, unit: 'loss' }],
      [`large${horizon}`, fractionOf(`gradient above ${LARGE_GRADIENT}, T = ${horizon}`)],
    ]),
  ),
  grown: fractionOf(`more than ${FACTOR} times as large at T = ${HORIZONS.at(-1)} as at T = ${HORIZONS[0]}`),
  shrunk: fractionOf(`less than 1/${FACTOR} as large at T = ${HORIZONS.at(-1)} as at T = ${HORIZONS[0]}`),
};
