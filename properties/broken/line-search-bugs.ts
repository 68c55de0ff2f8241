import type { Version } from '../kill-matrix.ts';
import type { SolverSubject } from '../solvers/subject.ts';
import { backtracking, cubicMinimizer, decreases, USUAL_WOLFE, wolfeSearch } from './line-searches.ts';
import { currentAnswer, type LineSearch, type QuasiNewtonParts, quasiNewton, type Trial } from './quasi-newton.ts';

const withSearch = (search: LineSearch, changes: Partial<QuasiNewtonParts> = {}): SolverSubject => ({
  minimize: quasiNewton({ ...changes, search }),
});

/** Looks at numbers as they are, also where they are not finite. */
const unguardedLook: QuasiNewtonParts['look'] = (x, value, gradient) => ({
  x,
  value,
  gradient: Float64Array.from(gradient),
});

/** Doublings after which the step was doubled once more than the trial. */
const DOUBLINGS = 10;

const doubledStep: LineSearch = (line, firstStep, options) => {
  const { origin } = line;
  const grows = (trial: Trial): boolean => decreases(trial, origin, options.wolfe ?? USUAL_WOLFE) && trial.slope < 0;
  let trial = line.at(firstStep);
  for (let k = 0; k < DOUBLINGS && grows(trial); k++) trial = line.at(2 * trial.step);
  if (!grows(trial)) return wolfeSearch()(line, firstStep, options);
  const x = origin.x.map((from, i) => from + 2 * (trial.x[i]! - from));
  return { accepted: { ...trial, x, step: 2 * trial.step } };
};

const zeroStep: LineSearch = (line, firstStep, options) => {
  const searched = wolfeSearch({ expansions: 5 })(line, firstStep, options);
  return searched.accepted === undefined ? { accepted: line.origin } : searched;
};

/** A cubic whose minimum does not lie ahead is taken for one that falls back to the lower bound of the step. */
const LOWER_BOUND = 1e-20;

const wrongSideGrow = (previous: Trial, trial: Trial): number => {
  const ahead = cubicMinimizer(previous, trial);
  return ahead > trial.step ? Math.min(ahead, 4 * trial.step) : LOWER_BOUND;
};

/** Longest step, in units of x. */
const STEP_CAP = 0.01;

const cappedStep: LineSearch = (line, firstStep, options) => {
  const length = Math.sqrt(line.at(firstStep).x.reduce((sum, x, i) => sum + (x - line.origin.x[i]!) ** 2, 0));
  return backtracking(line, firstStep * Math.min(1, STEP_CAP / length), options);
};

const staleGradient: LineSearch = (line, firstStep, options) => {
  let first: Trial | undefined;
  const watched = {
    origin: line.origin,
    at: (step: number): Trial => {
      const trial = line.at(step);
      first ??= trial;
      return trial;
    },
  };
  const { accepted, ...rest } = wolfeSearch()(watched, firstStep, options);
  return accepted === undefined ? rest : { accepted: { ...accepted, gradient: (first as Trial).gradient } };
};

/** Bugs in the search along a line, published unless `source` is missing. */
export const lineSearchBugs: readonly Version<SolverSubject>[] = [
  {
    name: 'doubled-step',
    what: 'after ten doublings the step is doubled once more than the trial it is returned with',
    source: 'benfred/fmin, wolfeLineSearch',
    subject: withSearch(doubledStep, { answer: currentAnswer }),
  },
  {
    name: 'zero-step',
    what: 'a search that finds nothing returns step 0 without a word, and the iterations go on',
    source: 'benfred/fmin #4, jaxopt #219',
    subject: withSearch(zeroStep),
  },
  {
    name: 'armijo-only',
    what: 'steps are halved until they decrease enough and are reported as strong Wolfe steps',
    source: 'numeric.js, uncmin',
    subject: withSearch(backtracking),
  },
  {
    name: 'zoom-ignores-constants',
    what: 'once the minimum is bracketed, c1 and c2 are the usual ones instead of those configured',
    source: 'LineSearches.jl, StrongWolfe',
    subject: withSearch(wolfeSearch({ zoomConstants: () => USUAL_WOLFE })),
  },
  {
    name: 'signed-bracket-width',
    what: 'the width of a bracket is taken with its sign, so that one whose lower end is on the right looks too narrow',
    source: 'JAX #40228 and #16236, SciPy #13695',
    subject: withSearch(wolfeSearch({ isNarrow: (low, high) => high.step - low.step <= 1e-14 * high.step })),
  },
  {
    name: 'undefined-doubles-forever',
    what: 'no comparison with NaN is true, so that an undefined trial is doubled as if it were too short',
    source: 'wolfeLineSearch in TypeScript after Nocedal & Wright 3.5; jaxopt #409',
    subject: withSearch(
      wolfeSearch({
        isTooLong: (trial, previous, origin, { c1 }) =>
          trial.value > origin.value + c1 * trial.step * origin.slope ||
          (previous !== origin && trial.value >= previous.value),
        expansions: Number.POSITIVE_INFINITY,
      }),
      { look: unguardedLook },
    ),
  },
  {
    name: 'absolute-bracket-width',
    what: 'a bracket narrower than 1e-14 is given up, whatever the units of the step',
    source: 'wolfeLineSearch in TypeScript after Nocedal & Wright 3.6',
    subject: withSearch(wolfeSearch({ isNarrow: (low, high) => Math.abs(high.step - low.step) < 1e-14 })),
  },
  {
    name: 'cubic-falls-back-to-zero',
    what: 'where the cubic has no minimum ahead, the smallest step is tried instead of the largest',
    source: 'liblbfgs #28',
    subject: withSearch(wolfeSearch({ grow: wrongSideGrow })),
  },
  {
    name: 'step-cap',
    what: 'no step is longer than 0.01 in the units of x',
    source: 'chasenunez/gp-demo, bfgs.js',
    subject: withSearch(cappedStep, { reportsSteps: false }),
  },
  {
    name: 'stale-gradient',
    what: 'the gradient that comes with an accepted step is that of the first trial of its search',
    subject: withSearch(staleGradient),
  },
];
