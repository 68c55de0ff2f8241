import fc from 'fast-check';
import { allFinite } from '../../src/core/batch.ts';
import { bugNamed } from '../broken/solver-versions.ts';
import type { Law } from '../law.ts';
import {
  anything,
  hopelessProblems,
  hostileProblems,
  inOtherUnits,
  interrupted,
  smoothProblems,
  startsAtMinimum,
} from './cases.ts';
import { answerLaw, evaluatedAnew, gradientSize, needing, solverLaw } from './law.ts';
import { lowestTold, runSolver } from './run.ts';
import { minimizeSubject, type SolverSubject } from './subject.ts';

const subject = minimizeSubject();

/** Who says whether it converged says it always: silence where it is awkward would pass for honesty. */
const SILENT = 'it does not say whether it converged, though elsewhere it does';

/**
 * Rounding of f where x itself was rounded, in units of ε (|f| + Σ |x_i g_i|). Only for points that were never
 * evaluated; at a point that was, f is what was told, to the last bit.
 */
const VALUE_ROUNDINGS = 16;

/** solvers.value-of-point: x is finite, and the value is f(x). */
export function valueOfPoint(): Law<SolverSubject> {
  return answerLaw({
    cases: 400,
    subject,
    twin: bugNamed('lowest-value-reported'),
    tasks: anything,
    violation: (run, task) => {
      const x = Float64Array.from(run.outcome.result.x);
      const { value } = run.outcome.result;
      if (!allFinite(x)) return `x is [${x.join(', ')}]`;
      const anew = evaluatedAnew(task, run);
      if (Object.is(value, anew.value) || value === anew.value) return undefined;
      const wasTold = run.calls.some((call) => call.x.every((entry, i) => entry === x[i]));
      const reach = anew.gradient.reduce((sum, entry, i) => sum + Math.abs(entry * x[i]!), Math.abs(anew.value));
      const allowed = wasTold ? 0 : VALUE_ROUNDINGS * Number.EPSILON * reach;
      if (Math.abs(value - anew.value) <= allowed) return undefined;
      return `the value is ${value}, f(x) is ${anew.value}`;
    },
  });
}

/** solvers.evaluations-are-counted: the evaluations reported are the calls that were made. */
export function evaluationsAreCounted(): Law<SolverSubject> {
  return needing(
    ['evaluations'],
    answerLaw({
      cases: 400,
      subject,
      twin: bugNamed('backtracks-not-counted'),
      tasks: anything,
      violation: ({ calls, outcome: { result } }) =>
        result.evaluations === calls.length ? undefined : `${result.evaluations} reported, ${calls.length} made`,
    }),
  );
}

/**
 * solvers.budget-is-kept: it ends, within the evaluations permitted, whatever the function; it may throw where it
 * cannot start.
 */
export function budgetIsKept(): Law<SolverSubject> {
  return solverLaw({
    cases: 400,
    subject,
    twin: bugNamed('budget-between-steps'),
    tasks: () => fc.oneof({ weight: 3, arbitrary: anything() }, interrupted(hopelessProblems())),
    violation: ({ subject: on, problem, settings }) => {
      const { calls, outcome } = runSolver(on, problem, settings);
      if (outcome.kind === 'endless') return outcome.words;
      if (calls.length <= settings.maxEvaluations) return undefined;
      return `${calls.length} calls of the function, ${settings.maxEvaluations} permitted`;
    },
  });
}

/**
 * solvers.converged-is-stationary: convergence means ‖∇f(x)‖∞ within the tolerance, evaluated anew, at a finite
 * value.
 */
export function convergedIsStationary(): Law<SolverSubject> {
  return needing(
    ['convergence'],
    answerLaw({
      cases: 400,
      subject,
      twin: bugNamed('little-progress-is-convergence'),
      tasks: anything,
      violation: (run, task) => {
        if (run.outcome.result.converged === undefined) return SILENT;
        const size = gradientSize(evaluatedAnew(task, run));
        if (run.outcome.result.converged !== true || size <= task.settings.gradientTolerance) return undefined;
        return `said to have converged where ‖∇f‖∞ is ${size}, tolerance ${task.settings.gradientTolerance}`;
      },
    }),
  );
}

/** solvers.stationary-is-not-failure: where ‖∇f(x)‖∞ is within the tolerance, nothing is called a failure. */
export function stationaryIsNotFailure(): Law<SolverSubject> {
  const smooth = inOtherUnits(fc.oneof(startsAtMinimum(), smoothProblems()), 20);
  return needing(
    ['convergence'],
    answerLaw({
      cases: 400,
      subject,
      twin: bugNamed('swapped-outcome'),
      tasks: () => interrupted(fc.oneof(smooth, hostileProblems())),
      violation: (run, task) => {
        if (run.outcome.result.converged === undefined) return SILENT;
        const size = gradientSize(evaluatedAnew(task, run));
        if (run.outcome.result.converged !== false || !(size <= task.settings.gradientTolerance)) return undefined;
        return `said not to have converged where ‖∇f‖∞ is ${size}, tolerance ${task.settings.gradientTolerance}`;
      },
    }),
  );
}

/**
 * solvers.no-false-success: NaN or infinity at the start, or a function that falls forever, is never a success; it
 * may throw.
 */
export function noFalseSuccess(): Law<SolverSubject> {
  return needing(
    ['convergence'],
    solverLaw({
      cases: 100,
      subject,
      twin: bugNamed('converged-with-nan'),
      tasks: () => interrupted(hopelessProblems()),
      violation: ({ subject: on, problem, settings }) => {
        const { outcome } = runSolver(on, problem, settings);
        if (outcome.kind === 'endless') return outcome.words;
        if (outcome.kind !== 'returned') return undefined;
        if (outcome.result.converged === undefined) return SILENT;
        return outcome.result.converged ? 'said to have converged' : undefined;
      },
    }),
  );
}

/** solvers.never-uphill: the value returned is at most f(x0). */
export function neverUphill(): Law<SolverSubject> {
  return answerLaw({
    cases: 400,
    subject,
    twin: bugNamed('hopes-for-the-best'),
    tasks: anything,
    violation: ({ outcome: { result } }, { problem }) => {
      const before = problem.evaluate(problem.start).value;
      return result.value <= before ? undefined : `f was ${before} at the start and is ${result.value} at the end`;
    },
  });
}

/** solvers.best-trial-is-kept: without convergence, no trial was lower than what is returned. */
export function bestTrialIsKept(): Law<SolverSubject> {
  return needing(
    ['convergence'],
    answerLaw({
      cases: 400,
      subject,
      twin: bugNamed('best-trial-discarded'),
      tasks: anything,
      violation: ({ calls, outcome: { result } }) => {
        const lowest = lowestTold(calls);
        if (result.converged === true || result.value <= lowest || lowest === Number.POSITIVE_INFINITY)
          return undefined;
        return `${result.value} returned, ${lowest} was found`;
      },
    }),
  );
}
