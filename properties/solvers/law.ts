import type fc from 'fast-check';
import type { Verdict } from '../../src/core/claim.ts';
import { type Law, law } from '../law.ts';
import { type SolverTask, showTask } from './cases.ts';
import { convexProblem, type Evaluated } from './problems.ts';
import { type FinishedRun, isUsable, runSolver } from './run.ts';
import type { SolverSubject } from './subject.ts';

/** A task and who is to solve it. */
export type SolverCase<Task extends SolverTask = SolverTask> = Task & { readonly subject: SolverSubject };

export interface SolverLaw<Task extends SolverTask> {
  readonly cases: number;
  readonly subject: SolverSubject;
  readonly twin: { readonly what: string; readonly subject: SolverSubject };
  tasks(): fc.Arbitrary<Task>;
}

/** A law about whatever a minimizer does with a task. */
export function solverLaw<Task extends SolverTask>(
  options: SolverLaw<Task> & { violation(value: SolverCase<Task>): string | undefined },
): Law<SolverSubject> {
  return law({
    ...options,
    arbitrary: (subject) => options.tasks().map((task): SolverCase<Task> => ({ ...task, subject })),
    show: showTask,
  });
}

/** A law about answers: a minimizer that throws, never ends or returns something else violates it too. */
export function answerLaw<Task extends SolverTask>(
  options: SolverLaw<Task> & { violation(run: FinishedRun, task: Task): string | undefined },
): Law<SolverSubject> {
  return solverLaw({
    ...options,
    violation: (task: SolverCase<Task>) => {
      const run = runSolver(task.subject, task.problem, task.settings);
      const { outcome } = run;
      return outcome.kind === 'returned' ? options.violation({ ...run, outcome }, task) : outcome.words;
    },
  });
}

/** f and ∇f at the point a minimizer returned, evaluated anew. */
export function evaluatedAnew({ problem }: SolverTask, { outcome }: FinishedRun): Evaluated {
  return problem.evaluate(Float64Array.from(outcome.result.x));
}

/** ‖∇f‖∞ where value and gradient are finite, NaN elsewhere. */
export function gradientSize(at: Evaluated): number {
  if (!isUsable(at)) return Number.NaN;
  return at.gradient.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
}

/** What a minimizer tells beyond x and f(x); found out by watching it minimize a small bowl. */
interface Offers {
  readonly convergence: boolean;
  readonly evaluations: boolean;
  readonly steps: boolean;
  readonly exactLineSearch: boolean;
}

const REASONS: Record<keyof Offers, string> = {
  convergence: 'it does not say whether it converged: return "converged"',
  evaluations: 'it does not count its evaluations: return "evaluations"',
  steps: 'it does not report its steps: call "options.observe" with each accepted step',
  exactLineSearch: 'it offers no exact line search: set "exactLineSearch" and follow "options.lineSearch"',
};

function offersOf(subject: SolverSubject): Offers {
  const bowl = convexProblem({ kind: 'quadratic', dimension: 2, logCondition: 1, salt: 1 });
  const settings = { maxEvaluations: 200, gradientTolerance: 1e-3 };
  const { steps, outcome } = runSolver(subject, bowl, settings);
  const result = outcome.kind === 'returned' ? outcome.result : undefined;
  return {
    // Without an answer nothing is skipped: the laws then show what went wrong.
    convergence: result === undefined || result.converged !== undefined,
    evaluations: result === undefined || result.evaluations !== undefined,
    steps: steps.length > 0,
    exactLineSearch: subject.exactLineSearch === true,
  };
}

/** The law for subjects that offer all of `needs`; others are skipped with the reason, and never refuted. */
export function needing(needs: readonly (keyof Offers)[], whole: Law<SolverSubject>): Law<SolverSubject> {
  const missing = (subject: SolverSubject): string | undefined => {
    const offers = offersOf(subject);
    const need = needs.find((each) => !offers[each]);
    return need === undefined ? undefined : REASONS[need];
  };
  const checkOn: Law<SolverSubject>['checkOn'] = (subject, search): Verdict => {
    const reason = missing(subject);
    return reason === undefined ? whole.checkOn(subject, search) : { outcome: 'skipped', reason };
  };
  return {
    ...whole,
    checkOn,
    refutedAt: (subject, search) => (missing(subject) === undefined ? whole.refutedAt(subject, search) : null),
  };
}
