import { bugNamed } from '../broken/solver-versions.ts';
import type { Law } from '../law.ts';
import { anything } from './cases.ts';
import { type SolverCase, solverLaw } from './law.ts';
import { runSolver, type SolverRun } from './run.ts';
import { type FunctionLike, minimizeSubject, type SolverSubject } from './subject.ts';

const subject = minimizeSubject();

/** Everything that can be seen of a run, as text: equal runs give equal text, NaN and −0 included. */
function seen({ calls, outcome }: SolverRun): string {
  const numbers = (x: ArrayLike<number>): string =>
    Array.from(x, (entry) => (Object.is(entry, -0) ? '-0' : entry)).join();
  const end =
    outcome.kind === 'returned'
      ? `${numbers(outcome.result.x)} ${outcome.result.value} ${outcome.result.converged}`
      : outcome.words;
  return `${calls.map(({ x }) => numbers(x)).join('; ')} -> ${end}`;
}

function run({ subject: on, problem, settings }: SolverCase, asSeen?: (evaluate: FunctionLike) => FunctionLike) {
  return runSolver(on, problem, settings, asSeen);
}

/**
 * solvers.same-question-same-answer: a second minimization evaluates the same points and gives the same answer,
 * bit for bit.
 */
export function sameQuestionSameAnswer(): Law<SolverSubject> {
  return solverLaw({
    cases: 300,
    subject,
    twin: bugNamed('remembers-the-last-run'),
    tasks: anything,
    violation: (each) => {
      const first = seen(run(each));
      return seen(run(each)) === first ? undefined : 'the second run was another one';
    },
  });
}

/** The function with one array for all its gradients: what it told before is overwritten. */
function reusingItsArray(evaluate: FunctionLike): FunctionLike {
  let buffer: Float64Array | undefined;
  return (x) => {
    const { value, gradient } = evaluate(x);
    buffer ??= new Float64Array(gradient.length);
    buffer.set(gradient);
    return { value, gradient: buffer };
  };
}

/**
 * solvers.arrays-are-not-shared: the start and the gradients told are left as they are, and a function may use its
 * array again.
 */
export function arraysAreNotShared(): Law<SolverSubject> {
  return solverLaw({
    cases: 300,
    subject,
    twin: bugNamed('gradient-buffer-kept'),
    tasks: anything,
    violation: (each) => {
      const told: { readonly handed: ArrayLike<number>; readonly copy: readonly number[] }[] = [];
      const plain = run(each, (evaluate) => (x) => {
        const { value, gradient } = evaluate(x);
        told.push({ handed: gradient, copy: Array.from(gradient) });
        return { value, gradient };
      });
      const answer = plain.outcome.kind === 'returned' ? plain.outcome.result.x : [];
      const kept = Array.from(answer);
      if (plain.start.some((entry, i) => entry !== each.problem.start[i])) return 'the start was written to';
      const touched = told.some(({ handed, copy }) => copy.some((entry, i) => !Object.is(entry, handed[i])));
      if (touched) return 'a gradient was written to';
      const before = seen(plain);
      const again = seen(run(each, reusingItsArray));
      if (again !== before) return 'another run where the function returns its gradients in one array';
      const { problem } = each;
      run({ ...each, problem: { ...problem, start: problem.start.map((entry) => entry / 2) } });
      return kept.every((entry, i) => Object.is(entry, answer[i])) ? undefined : 'a later run wrote to the answer';
    },
  });
}
