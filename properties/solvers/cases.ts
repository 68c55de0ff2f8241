import fc from 'fast-check';
import { dyadic } from '../arbitraries.ts';
import {
  barrierProblem,
  HOPELESS_KINDS,
  HOSTILE_KINDS,
  hostileProblem,
  UNUSABLE_STARTS,
  unusableProblem,
} from './hostile-problems.ts';
import {
  type ConvexShape,
  convexProblem,
  rescaled,
  type SolverProblem,
  valleyProblem,
  wavyProblem,
} from './problems.ts';
import type { SolverSettings } from './run.ts';
import type { WolfeLike } from './subject.ts';

/** A problem and how it is to be minimized. */
export interface SolverTask {
  readonly problem: SolverProblem;
  readonly settings: SolverSettings;
}

/** A task with constants for the line search. */
export interface WolfeTask extends SolverTask {
  readonly settings: SolverSettings & { readonly wolfe: WolfeLike };
}

const salts = fc.nat(999);

/** 2^-17, some 1e-5, of a typical slope: within reach of double precision where f is well scaled. */
const RELATIVE_TOLERANCE = 2 ** -17;

/** In 3000 smooth problems BFGS took at most 92 evaluations and conjugate gradients 336. */
const AMPLE = 1000;

/** Shapes of convex functions; the condition is 2^0 to 2^`logCondition`. */
export function convexShapes(
  kinds: readonly ConvexShape['kind'][],
  logCondition: number,
  dimensions = 8,
): fc.Arbitrary<ConvexShape> {
  return fc.record({
    kind: fc.constantFrom(...kinds),
    dimension: fc.integer({ min: 1, max: dimensions }),
    logCondition: fc.integer({ min: 0, max: logCondition }),
    salt: salts,
  });
}

/** Smooth, bounded below, finite everywhere: convex bowls, Rosenbrock valleys, bowls with waves. */
export function smoothProblems(): fc.Arbitrary<SolverProblem> {
  const steepness = fc.integer({ min: 0, max: 7 }).map((k) => 2 ** k);
  return fc.oneof(
    convexShapes(['quadratic', 'quartic', 'log-cosh'], 10).map(convexProblem),
    fc
      .record({ n: fc.integer({ min: 2, max: 6 }), steepness, salt: salts })
      .map((p) => valleyProblem(p.n, p.steepness, p.salt)),
    fc
      .record({ n: fc.integer({ min: 1, max: 2 }), waves: fc.integer({ min: 1, max: 4 }), salt: salts })
      .map((p) => wavyProblem(p.n, p.waves, p.salt)),
  );
}

/** Finite at the start and hostile somewhere else. */
export function hostileProblems(): fc.Arbitrary<SolverProblem> {
  const parts = { kind: fc.constantFrom(...HOSTILE_KINDS), n: fc.integer({ min: 1, max: 3 }), salt: salts };
  return fc.record(parts).map(({ kind, n, salt }) => hostileProblem(kind, n, salt));
}

/** Log barriers with +∞ or NaN outside. */
export function barrierProblems(): fc.Arbitrary<SolverProblem> {
  const outside = fc.constantFrom(Number.POSITIVE_INFINITY, Number.NaN);
  const parts = { n: fc.integer({ min: 1, max: 4 }), outside, salt: salts };
  return fc.record(parts).map(({ n, outside: told, salt }) => barrierProblem(n, told, salt));
}

/** Nothing that may be called solved: useless at the start, or without a stationary point. */
export function hopelessProblems(): fc.Arbitrary<SolverProblem> {
  const n = fc.integer({ min: 1, max: 3 });
  return fc.oneof(
    fc.record({ kind: fc.constantFrom(...UNUSABLE_STARTS), n }).map((p) => unusableProblem(p.kind, p.n)),
    fc
      .record({ kind: fc.constantFrom(...HOPELESS_KINDS), n, salt: salts })
      .map((p) => hostileProblem(p.kind, p.n, p.salt)),
  );
}

/** Convex problems started at their minimizer, where the gradient is exactly 0. */
export function startsAtMinimum(): fc.Arbitrary<SolverProblem> {
  return convexShapes(['quadratic', 'quartic'], 10).map((shape) => {
    const problem = convexProblem(shape);
    return { ...problem, start: problem.minimizer ?? problem.start, label: `${problem.label}, from its minimum` };
  });
}

/** 2^k f, with k in [−`most`, `most`]: the same problem in other units of f. */
export function inOtherUnits(problems: fc.Arbitrary<SolverProblem>, most: number): fc.Arbitrary<SolverProblem> {
  return fc.record({ problem: problems, k: fc.integer({ min: -most, max: most }) }).map(({ problem, k }) => ({
    ...problem,
    label: k === 0 ? problem.label : `2^${k} times ${problem.label}`,
    slope: 2 ** k * problem.slope,
    evaluate: rescaled(problem.evaluate, 2 ** k, 0),
  }));
}

/** Constants 2^-14 <= c1 < c2 <= 15/16, often close together and far from the usual ones. */
const wolfeConstants = fc
  .record({ k: fc.integer({ min: 2, max: 14 }), share: dyadic(1 / 16, 15 / 16, 16) })
  .map(({ k, share }) => ({ c1: 2 ** -k, c2: 2 ** -k + share * (1 - 2 ** -k) }));

function tasks(problems: fc.Arbitrary<SolverProblem>, budget: fc.Arbitrary<number>): fc.Arbitrary<SolverTask> {
  return fc.record({ problem: problems, maxEvaluations: budget }).map(({ problem, maxEvaluations }) => ({
    problem,
    settings: { maxEvaluations, gradientTolerance: RELATIVE_TOLERANCE * problem.slope },
  }));
}

/** Problems to be solved to 2^-17 of their slope with an ample budget. */
export function solvable(problems: fc.Arbitrary<SolverProblem>): fc.Arbitrary<SolverTask> {
  return tasks(problems, fc.constant(AMPLE));
}

/** The same tasks, with strong Wolfe constants to be kept. */
export function withWolfeConstants(those: fc.Arbitrary<SolverTask>): fc.Arbitrary<WolfeTask> {
  return fc.record({ task: those, wolfe: wolfeConstants }).map(({ task, wolfe }) => ({
    problem: task.problem,
    settings: { ...task.settings, wolfe },
  }));
}

/** Budgets from 1 to 256, most of them small: many minimizations end in the middle of a line search. */
const scarce = fc.oneof(
  { withCrossShrink: true },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 41, max: 256 }) },
);

/** Everything that is finite at its start, in units of f from 2^-20 to 2^20, with budgets that may not suffice. */
export function anything(): fc.Arbitrary<SolverTask> {
  const problems = fc.oneof(smoothProblems(), hostileProblems(), barrierProblems());
  return tasks(inOtherUnits(problems, 20), scarce);
}

/** The problems given, with budgets that may not suffice. */
export function interrupted(problems: fc.Arbitrary<SolverProblem>): fc.Arbitrary<SolverTask> {
  return tasks(problems, scarce);
}

/** Problem and settings in one line. */
export function showTask({ problem, settings }: SolverTask): string {
  const { maxEvaluations, gradientTolerance, wolfe } = settings;
  const constants = wolfe === undefined ? '' : `, c1 ${wolfe.c1}, c2 ${wolfe.c2}`;
  const limits = `${maxEvaluations} evaluations, tolerance ${gradientTolerance}${constants}`;
  return `${problem.label}, from [${problem.start.join(', ')}], ${limits}`;
}
