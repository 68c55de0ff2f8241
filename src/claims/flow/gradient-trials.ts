import { type Batch, batch, row } from '../../core/batch.ts';
import type { Facts, TrialSource } from '../../core/claim.ts';
import { samplePriorRows } from '../../core/prior.ts';
import { childSeed, stream } from '../../core/random.ts';
import { dot, norm } from '../../numerics/vector.ts';
import { flowPrior, flowProblem } from '../../simulators/flow-problem.ts';
import { everyRow, rowEvaluator } from '../../solvers/evaluate-rows.ts';
import { fractionOf } from '../run-comparison.ts';
import { type FlowSetting, flowSettings } from './methods.ts';

/** Points of the prior, independent of the truths, for problems first, first + 1, …: (count, n). */
export function guesses(setting: FlowSetting, count: number, seed: number, first: number): Batch {
  return samplePriorRows(
    flowPrior(flowSettings[setting]),
    Array.from({ length: count }, (_, b) => stream(seed, `flow/${setting}/guess`, first + b)),
  );
}

/** Part of the way from the truth to a guess at which the gradient is near. */
const NEAR = 0.05;

/** One trial per problem: whether going down leads away from the hidden solution, at a guess from the prior and near the solution. */
export function gradientTrials(id: string, setting: FlowSetting): TrialSource {
  return {
    id,
    unit: 'problem',
    what: `gradients of one flow (${setting}) at a guess from the prior, and on a twentieth of the way to it`,
    chunk: 64,
    meanings: {
      awayAtGuess: fractionOf('downhill leads away from the hidden solution, at a guess'),
      awayNear: fractionOf('the same near the solution'),
      cosineAtGuess: { label: 'cosine between downhill and the way to the hidden solution, at a guess', unit: '1' },
      cosineNear: { label: 'the same near the solution', unit: '1' },
    },
    run: async (context, first, count) => {
      const seed = childSeed(context.seed, id);
      const problem = flowProblem(flowSettings[setting]);
      const { task, reference } = problem.draw(count, seed, first);
      const guess = guesses(setting, count, seed, first);
      const near = batch(
        count,
        guess.cols,
        guess.data.map((value, i) => reference.truth.data[i]! + NEAR * (value - reference.truth.data[i]!)),
      );
      const evaluate = rowEvaluator(problem, task);
      const cosines = (x: Batch): readonly number[] => {
        const { gradient } = evaluate(x, everyRow(count), 'gradient');
        return Array.from({ length: count }, (_, b) =>
          cosine(row(gradient as Batch, b), row(x, b), row(reference.truth, b)),
        );
      };
      const [atGuess, nearby] = [cosines(guess), cosines(near)];
      return atGuess.map(
        (cosineAtGuess, b): Facts => ({
          awayAtGuess: cosineAtGuess < 0 ? 1 : 0,
          awayNear: (nearby[b] as number) < 0 ? 1 : 0,
          cosineAtGuess,
          cosineNear: nearby[b] as number,
        }),
      );
    },
  };
}

/** Between −∇L and the way from x to the truth; 0 for a gradient of 0. */
function cosine(gradient: Float64Array, x: Float64Array, truth: Float64Array): number {
  const way = truth.map((value, j) => value - x[j]!);
  const size = norm(gradient) * norm(way);
  return size === 0 ? 0 : -dot(gradient, way) / size;
}
