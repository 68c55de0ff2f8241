import fc from 'fast-check';
import { dyadic } from '../arbitraries.ts';
import { bugNamed } from '../broken/solver-versions.ts';
import type { Law } from '../law.ts';
import { barrierProblems, convexShapes, inOtherUnits, type SolverTask, smoothProblems, solvable } from './cases.ts';
import { answerLaw, evaluatedAnew, gradientSize, needing } from './law.ts';
import { convexProblem, inCoordinates, rescaled, rotation, type SolverProblem } from './problems.ts';
import type { FinishedRun } from './run.ts';
import { minimizeSubject, type SolverSubject } from './subject.ts';

const subject = minimizeSubject();

/** Not solved, in words: ‖∇f(x)‖∞ above the tolerance, or solved and not known to be. */
function unsolved(run: FinishedRun, task: SolverTask): string | undefined {
  const size = gradientSize(evaluatedAnew(task, run));
  const { gradientTolerance } = task.settings;
  const after = `after ${run.calls.length} evaluations`;
  if (!(size <= gradientTolerance)) return `‖∇f‖∞ is ${size} ${after}, tolerance ${gradientTolerance}`;
  return run.outcome.result.converged === false ? `solved ${after} and said not to be` : undefined;
}

/**
 * solvers.smooth-is-solved: convex functions with a condition up to 2^10, Rosenbrock valleys and bowls with waves end
 * at ‖∇f‖∞ <= 2^-17 of their slope, within 1000 evaluations.
 */
export function smoothIsSolved(): Law<SolverSubject> {
  return answerLaw({
    cases: 300,
    subject,
    twin: bugNamed('signed-bracket-width'),
    tasks: () => solvable(smoothProblems()),
    violation: unsolved,
  });
}

/** solvers.undefined-regions-are-left: log barriers are solved, though trials beyond them are +∞ or NaN. */
export function undefinedRegionsAreLeft(): Law<SolverSubject> {
  return answerLaw({
    cases: 200,
    subject,
    twin: bugNamed('undefined-doubles-forever'),
    tasks: () => solvable(barrierProblems()),
    violation: unsolved,
  });
}

/** Rounding of f in units of ε (|f| + |offset|), allowed on top of what the tolerance leaves. */
const VALUE_ROUNDINGS = 64;

/** f(x) − min f > n tol² / 2μ + rounding: more than ‖∇f‖∞ <= tol leaves where the curvature is at least μ. */
function aboveMinimum(run: FinishedRun, task: SolverTask): string | undefined {
  const { convex, start } = task.problem;
  const found = unsolved(run, task);
  if (found !== undefined || convex === undefined) return found;
  const { value } = evaluatedAnew(task, run);
  const left = (start.length * task.settings.gradientTolerance ** 2) / (2 * convex.curvature);
  const rounding = VALUE_ROUNDINGS * Number.EPSILON * (Math.abs(value) + Math.abs(convex.minimum));
  const excess = value - convex.minimum;
  return excess <= left + rounding ? undefined : `f(x) is ${excess} above the minimum, ${left + rounding} allowed`;
}

const stronglyConvex = convexShapes(['quadratic', 'quartic'], 14).map(convexProblem);

/** 2^k f + d with −40 <= k <= 50 and |d| up to f at the start. */
const inUnitsOfValue = fc
  .record({
    problem: stronglyConvex,
    k: fc.oneof(fc.integer({ min: -40, max: 50 }), fc.integer({ min: 42, max: 50 })),
    share: dyadic(-1, 1, 8),
  })
  .map(({ problem, k, share }): SolverProblem => {
    const factor = 2 ** k;
    const offset = factor * share * problem.evaluate(problem.start).value;
    return {
      ...problem,
      label: `2^${k} times ${problem.label}, plus ${offset}`,
      evaluate: rescaled(problem.evaluate, factor, offset),
      slope: factor * problem.slope,
      convex: { minimum: offset, curvature: factor },
    };
  });

/**
 * 2^v f at 2^k Q (x − t), −30 <= k <= 50: other axes, other lengths, and f in units that leave curvatures within
 * 2^±10.
 */
const inUnitsOfPlace = fc
  .record({
    problem: stronglyConvex,
    k: fc.integer({ min: -30, max: 50 }),
    logCurvature: fc.integer({ min: -10, max: 10 }),
    turn: fc.nat(99),
    shift: dyadic(-8, 8, 8),
  })
  .map(({ problem, k, logCurvature, turn, shift }): SolverProblem => {
    const length = 2 ** -k;
    const factor = 2 ** (logCurvature - 2 * k);
    const axes = rotation(problem.start.length, turn).map((row) => row.map((entry) => entry / length));
    const center = problem.start.map(() => shift * length);
    return {
      ...problem,
      label: `${problem.label}, f times ${factor}, lengths times ${length}, turn ${turn}, shift ${shift}`,
      evaluate: rescaled(inCoordinates(problem.evaluate, axes, center), factor, 0),
      // Turned, this is the start of the problem no more, but a start as good as any.
      start: problem.start.map((entry) => length * (entry + shift)),
      slope: (factor / length) * problem.slope,
      convex: { minimum: 0, curvature: 2 ** logCurvature },
    };
  });

/**
 * solvers.units-of-value: c f + d with c from 2^-40 to 2^50 and |d| up to c f(x0), and the tolerance times c, reach the
 * same minimum. Only the outcome is compared: SciPy's first step makes iterates depend on the units.
 */
export function unitsOfValue(): Law<SolverSubject> {
  return answerLaw({
    cases: 300,
    subject,
    twin: bugNamed('absolute-bracket-width'),
    tasks: () => solvable(inUnitsOfValue),
    violation: aboveMinimum,
  });
}

/**
 * solvers.units-of-place: in rotated, permuted and shifted coordinates, with lengths and values in other units (lengths
 * from 2^-50 to 2^30, curvatures within 2^±10), the minimum is reached.
 */
export function unitsOfPlace(): Law<SolverSubject> {
  return answerLaw({
    cases: 300,
    subject,
    twin: bugNamed('absolute-curvature-threshold'),
    tasks: () => solvable(inUnitsOfPlace),
    violation: aboveMinimum,
  });
}

/**
 * Evaluations that a quadratic of n variables may take: BFGS and conjugate gradients took up to 170 in 3000 cases, L-BFGS
 * with 3 or 5 pairs up to 337.
 */
const QUADRATIC_BUDGET = { base: 200, perVariable: 40 } as const;

/**
 * solvers.quadratics-in-time: a quadratic of n <= 8 variables with a condition up to 2^20, in units of f from 2^-20 to
 * 2^20, takes at most 200 + 40 n evaluations to 2^-17 of its slope: what curvature saves over steepest descent, which
 * takes as many as the condition.
 */
export function quadraticsInTime(): Law<SolverSubject> {
  const problems = () => inOtherUnits(convexShapes(['quadratic'], 20).map(convexProblem), 20);
  return answerLaw({
    cases: 300,
    subject,
    twin: bugNamed('learns-once'),
    tasks: () => solvable(problems()),
    violation: (run, task) => {
      const most = QUADRATIC_BUDGET.base + QUADRATIC_BUDGET.perVariable * task.problem.start.length;
      if (run.calls.length > most) return `${run.calls.length} evaluations, ${most} expected`;
      return unsolved(run, task);
    },
  });
}

/**
 * solvers.exact-termination: with exact line searches a quadratic of n <= 6 variables, condition up to 2^7, is solved
 * in n steps. Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), theorem 6.4. For subjects that offer them.
 */
export function exactTermination(): Law<SolverSubject> {
  const exactly = (task: SolverTask): SolverTask => ({ ...task, settings: { ...task.settings, lineSearch: 'exact' } });
  const shapes = convexShapes(['quadratic'], 7, 6);
  return needing(
    ['exactLineSearch', 'steps'],
    answerLaw({
      cases: 200,
      subject: bugNamed('learns-once').subject,
      twin: bugNamed('learns-once'),
      tasks: () => solvable(shapes.map(convexProblem)).map(exactly),
      violation: (run, task) => {
        const n = task.problem.start.length;
        if (run.steps.length === 0) return 'no steps were reported';
        return run.steps.length > n ? `${run.steps.length} steps, ${n} variables` : unsolved(run, task);
      },
    }),
  );
}
