import { row } from '../core/batch.ts';
import type { InverseProblem } from '../core/problem.ts';
import { childSeed } from '../core/random.ts';
import { dot, norm } from '../numerics/vector.ts';
import { everyRow, rowEvaluator } from '../solvers/evaluate-rows.ts';
import { boundedMean } from '../verdicts/bounded-mean.ts';
import type { Estimate } from '../verdicts/estimate.ts';
import { shareInterval } from '../verdicts/share-interval.ts';

/** What the gradients at the starts of independent instances are like; intervals at 95 % each. */
export interface GradientProbe {
  /** Share of starts with a gradient of exactly 0: nothing says where to go. */
  readonly zero: Estimate;
  /** Share of starts with a loss or gradient that is not finite. */
  readonly nonFinite: Estimate;
  /** Of the gradients that are neither: share along which going down leads away from the hidden solution. */
  readonly wrongWay: Estimate;
  /** Mean cosine between −∇L and the way to the hidden solution; 0 where the gradient is 0. */
  readonly alignment: Estimate;
  /** The same over the gradients that are not 0. */
  readonly alignmentOfHits: Estimate;
}

/** −∇L of one instance in a frame whose first axis points to its hidden solution; all zeros for a zero gradient. */
export type FramedGradient = Float64Array;

export interface FramedGradients {
  readonly framed: readonly FramedGradient[];
  readonly drawn: number;
  readonly nonFinite: number;
}

/** Error of every interval of a diagnosis, unless it says otherwise. */
export const EACH = 0.05;

/**
 * Gradients at the starts of instances, each in its own frame: the first axis is the way to the hidden solution. Instances
 * whose gradient is not finite, and those that start at their solution, are left out.
 *
 * @param problem  in units of its unknowns
 */
export function framedGradients(problem: InverseProblem, count: number, seed: number): FramedGradients {
  const { task, reference } = problem.draw(count, childSeed(seed, 'diagnosis/gradients'));
  const { value, gradient } = rowEvaluator(problem, task)(task.start, everyRow(count), 'gradient');
  const framed: FramedGradient[] = [];
  let nonFinite = 0;
  for (let b = 0; b < count; b++) {
    const start = row(task.start, b);
    const way = row(reference.truth, b).map((truth, j) => truth - (start[j] as number));
    if (gradient === undefined || value[b] === Number.POSITIVE_INFINITY) {
      nonFinite += 1;
      continue;
    }
    if (norm(way) === 0) continue;
    framed.push(
      inFrameOf(
        way,
        row(gradient, b).map((each) => -each),
      ),
    );
  }
  return { framed, drawn: count, nonFinite };
}

/** The vector after the reflection that maps the direction of `way` to the first axis (Householder). */
function inFrameOf(way: Float64Array, vector: Float64Array): FramedGradient {
  const length = norm(way);
  const mirror = way.map((each, j) => each / length - (j === 0 ? 1 : 0));
  const square = dot(mirror, mirror);
  if (square === 0) return vector;
  const along = (2 * dot(mirror, vector)) / square;
  return vector.map((each, j) => each - along * (mirror[j] as number));
}

/** Cosine with the first axis; 0 for a zero vector. */
export function cosineOf(framed: Float64Array): number {
  const length = norm(framed);
  return length === 0 ? 0 : Math.max(-1, Math.min(1, (framed[0] as number) / length));
}

/** The estimates that `GradientProbe` names; `undefined` where no instance had a gradient to look at. */
export function gradientProbe({ framed, drawn, nonFinite }: FramedGradients): GradientProbe | undefined {
  if (framed.length === 0) return undefined;
  const cosines = framed.map(cosineOf);
  const hits = cosines.filter((_, i) => (framed[i] as FramedGradient).some((each) => each !== 0));
  const range = { low: -1, high: 1 };
  const none: Estimate = { value: 0, low: -1, high: 1, count: 0 };
  return {
    zero: shareInterval(framed.length - hits.length, framed.length, EACH),
    nonFinite: shareInterval(nonFinite, drawn, EACH),
    wrongWay:
      hits.length === 0
        ? { ...none, low: 0 }
        : shareInterval(hits.filter((each) => each < 0).length, hits.length, EACH),
    alignment: boundedMean(cosines, range, EACH),
    alignmentOfHits: hits.length === 0 ? none : boundedMean(hits, range, EACH),
  };
}
