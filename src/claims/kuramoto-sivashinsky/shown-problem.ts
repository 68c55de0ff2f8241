import { childSeed } from '../../core/random.ts';
import {
  kuramotoSivashinskyProblem,
  kuramotoSivashinskySettings,
} from '../../simulators/kuramoto-sivashinsky-problem.ts';

/** Problems among which the one to be shown is looked for. */
export const LOOKED_AT = 16;

/** A problem of setting A, at any horizon: the same parameters and initial state at each. */
export interface ShownProblem {
  readonly alpha: number;
  readonly beta: number;
  /** Its place among the instances of the seed. */
  readonly index: number;
  readonly seed: number;
}

/** Of 16 problems the one with the weakest forcing, because strong forcing holds the flow and leaves no chaos to be seen. */
export function shownProblem(seed: number): ShownProblem {
  const data = childSeed(seed, 'figure/ks-landscape');
  const { truth } = kuramotoSivashinskyProblem(kuramotoSivashinskySettings.A).draw(LOOKED_AT, data).reference;
  const forcing = (b: number): number => Math.abs(truth.data[2 * b] as number);
  let index = 0;
  for (let b = 1; b < LOOKED_AT; b++) if (forcing(b) < forcing(index)) index = b;
  return { alpha: truth.data[2 * index] as number, beta: truth.data[2 * index + 1] as number, index, seed: data };
}
