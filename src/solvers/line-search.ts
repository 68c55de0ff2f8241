import type { StepGuarantee } from '../core/step.ts';

/** A trial of φ(α) = f(x + α p): α, φ(α) and φ′(α). A trial that is not finite has value +∞. */
export interface LinePoint {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

export type LineSearchFailure = 'not-a-descent-direction' | 'no-bracket' | 'zoom-exhausted';

/**
 * A search for a step along a line, to be used again and again without allocating: `begin`, then `tell` what was asked
 * for, until NaN is returned instead of a step.
 *
 * The accepted trial is always the one told last, so that value and gradient belong to the point that is returned.
 */
export interface LineSearch {
  readonly guarantee: StepGuarantee;
  /**
   * Starts at φ(0), φ′(0) and returns the first step to try, NaN where there is nothing to search.
   *
   * @param resolution  steps that differ by less do not change x in floating point
   */
  begin(value: number, slope: number, firstStep: number, resolution: number): number;
  /** Takes φ and φ′ at the step asked for last; returns the next step > 0, NaN once the search is over. */
  tell(value: number, slope: number): number;
  /** True while the trial told last is the lowest so far, and below φ(0). */
  isLowest(): boolean;
  /** How the search ended. */
  outcome(): 'accepted' | LineSearchFailure;
}

/** One search from beginning to end. */
export interface SearchedLine {
  readonly outcome: 'accepted' | LineSearchFailure;
  /** φ and φ′ at 0. */
  readonly start: LinePoint;
  /** All trials in their order; where accepted, the last one is the step. */
  readonly trials: readonly LinePoint[];
}

/**
 * Runs a line search on φ, given by value and slope. Trials that are not finite are told as +∞ with slope 0.
 *
 * @param line       φ(α) and φ′(α) for α ≥ 0
 * @param firstStep  > 0
 * @example
 * import { strongWolfe } from './strong-wolfe.ts';
 * searchLine(strongWolfe(), (a) => ({ value: (1 - a) ** 2, slope: 2 * (a - 1) }), 1).outcome; // => 'accepted'
 */
export function searchLine(
  search: LineSearch,
  line: (step: number) => { readonly value: number; readonly slope: number },
  firstStep: number,
  resolution = 0,
): SearchedLine {
  const at = (step: number): LinePoint => {
    const { value, slope } = line(step);
    if (Number.isFinite(value) && Number.isFinite(slope)) return { step, value, slope };
    return { step, value: Number.POSITIVE_INFINITY, slope: 0 };
  };
  const start = at(0);
  const trials: LinePoint[] = [];
  let step = search.begin(start.value, start.slope, firstStep, resolution);
  while (!Number.isNaN(step)) {
    const trial = at(step);
    trials.push(trial);
    step = search.tell(trial.value, trial.slope);
  }
  return { outcome: search.outcome(), start, trials };
}
