import type { WolfeLike } from '../solvers/subject.ts';
import type { Line, LineSearch, Searched, Trial } from './quasi-newton.ts';

/** Where none are configured. */
export const USUAL_WOLFE: WolfeLike = Object.freeze({ c1: 1e-4, c2: 0.9 });

/** The parts of a strong Wolfe line search of which known bugs break one. */
export interface WolfeSearchParts {
  /** Whether the bracket begins here: too high, or higher than before. */
  readonly isTooLong: (trial: Trial, previous: Trial, origin: Trial, wolfe: WolfeLike) => boolean;
  readonly grow: (previous: Trial, trial: Trial) => number;
  /** The next step inside the bracket. */
  readonly inside: (low: Trial, high: Trial) => number;
  /** Whether the bracket is too narrow to go on. */
  readonly isNarrow: (low: Trial, high: Trial) => boolean;
  /** Constants in use after the bracket was found. */
  readonly zoomConstants: (wolfe: WolfeLike) => WolfeLike;
  readonly expansions: number;
  /** Passes through the bracket; each takes at least a tenth of it. */
  readonly zooms: number;
}

/** φ(α) ≤ φ(0) + c1 α φ′(0). */
export function decreases(trial: Trial, origin: Trial, { c1 }: WolfeLike): boolean {
  return trial.value <= origin.value + c1 * trial.step * origin.slope;
}

function flattens(trial: Trial, origin: Trial, { c2 }: WolfeLike): boolean {
  return Math.abs(trial.slope) <= -c2 * origin.slope;
}

/** Minimizer of the cubic through both ends with their slopes; NaN without one. Nocedal & Wright (2006), eq. 3.59. */
export function cubicMinimizer(a: Trial, b: Trial): number {
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.step - b.step);
  const d2 = Math.sign(b.step - a.step) * Math.sqrt(d1 * d1 - a.slope * b.slope);
  return b.step - ((b.step - a.step) * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2);
}

/** The cubic step, kept a tenth of the bracket away from its ends; the middle where there is none. */
function safeguarded(low: Trial, high: Trial): number {
  const fraction = (cubicMinimizer(low, high) - low.step) / (high.step - low.step);
  return low.step + (fraction > 0.1 && fraction < 0.9 ? fraction : 0.5) * (high.step - low.step);
}

const RIGHT: WolfeSearchParts = {
  isTooLong: (trial, previous, origin, wolfe) =>
    !decreases(trial, origin, wolfe) || (previous !== origin && trial.value >= previous.value),
  grow: (_previous, trial) => 4 * trial.step,
  inside: safeguarded,
  isNarrow: (low, high) => Math.abs(high.step - low.step) <= 2 ** -50 * Math.max(low.step, high.step),
  zoomConstants: (wolfe) => wolfe,
  expansions: 60,
  zooms: 60,
};

/**
 * A strong Wolfe line search: right as it is, and a known bug where a part is exchanged.
 * Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), algorithms 3.5 and 3.6.
 */
export function wolfeSearch(changes: Partial<WolfeSearchParts> = {}): LineSearch {
  const parts: WolfeSearchParts = { ...RIGHT, ...changes };
  return (line, firstStep, { wolfe = USUAL_WOLFE }) => {
    const { origin } = line;
    if (!(origin.slope < 0)) return {};
    let previous = origin;
    let step = firstStep;
    for (let k = 0; k < parts.expansions; k++) {
      const trial = line.at(step);
      if (parts.isTooLong(trial, previous, origin, wolfe)) return zoom(parts, line, previous, trial, wolfe);
      if (flattens(trial, origin, wolfe)) return { accepted: trial };
      if (trial.slope >= 0) return zoom(parts, line, trial, previous, wolfe);
      step = parts.grow(previous, trial);
      previous = trial;
    }
    return { last: previous };
  };
}

function zoom(parts: WolfeSearchParts, line: Line, lowEnd: Trial, highEnd: Trial, configured: WolfeLike): Searched {
  const wolfe = parts.zoomConstants(configured);
  const { origin } = line;
  let low = lowEnd;
  let high = highEnd;
  let last = lowEnd;
  for (let k = 0; k < parts.zooms && !parts.isNarrow(low, high); k++) {
    last = line.at(parts.inside(low, high));
    if (!decreases(last, origin, wolfe) || last.value >= low.value) {
      high = last;
      continue;
    }
    if (flattens(last, origin, wolfe)) return { accepted: last };
    if (last.slope * (high.step - low.step) >= 0) high = low;
    low = last;
  }
  return { last };
}

/**
 * Halves the step until φ(α) ≤ φ(0) + c1 α φ′(0), whether or not the direction descends. Nocedal & Wright (2006),
 * algorithm 3.1.
 */
export const backtracking: LineSearch = (line, firstStep, { wolfe = USUAL_WOLFE }) => {
  let trial = line.at(firstStep);
  for (let k = 0; k < 60 && !decreases(trial, line.origin, wolfe); k++) trial = line.at(trial.step / 2);
  return decreases(trial, line.origin, wolfe) ? { accepted: trial } : { last: trial };
};

/**
 * The minimum along the line where φ is a parabola: one secant step. Where it is none, whatever the Wolfe search
 * finds.
 */
export const exactOnParabolas: LineSearch = (line, firstStep, options) => {
  if (!(line.origin.slope < 0)) return {};
  const probe = line.at(firstStep);
  const step = (firstStep * line.origin.slope) / (line.origin.slope - probe.slope);
  if (!(step > 0) || step === Number.POSITIVE_INFINITY) return wolfeSearch()(line, firstStep, options);
  const trial = line.at(step);
  return trial.value < line.origin.value ? { accepted: trial } : { last: trial };
};
