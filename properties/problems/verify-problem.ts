import type { Verdict } from '../../src/core/claim.ts';
import { messageOf, requireNumber, unknownName } from '../../src/core/errors.ts';
import { childSeed, LARGEST_SEED } from '../../src/core/random.ts';
import { simulatorLaws } from '../simulators/laws.ts';
import type { SimulatorSubject } from '../simulators/subject.ts';
import { requireSubject } from '../simulators/subject.ts';
import {
  type SimulatorVerification,
  type VerifySimulatorOptions,
  verifySimulator,
} from '../simulators/verify-simulator.ts';
import type { LawVerdict } from '../solvers/verify-solver.ts';
import { type ProblemSubject, problemLaws } from './laws.ts';

/** The priors of a problem's points, where it has some; else its instances say where it is used. */
export type ProblemPriors = Pick<SimulatorSubject, 'prior' | 'identifiers'>;

/** Names of all laws of problems, in the order in which they are checked: those of the instances, then those of the simulator. */
export const allProblemLaws = [...problemLaws, ...simulatorLaws] as readonly {
  readonly name: string;
  readonly what: string;
}[];

/**
 * Searches for counterexamples to everything a problem is asked to keep: instances in their shapes, finite and the same
 * however they are drawn, a misfit whose gradient is right, and all laws of `verifySimulator` at points between starts and
 * hidden solutions (or of the priors, where they are given).
 *
 * Throws like `verifySimulator`.
 *
 * @example
 * import { billiardsProblem } from '../../src/simulators/billiards-problem.ts';
 * verifyProblem(billiardsProblem('single'), {}, { cases: 10, laws: ['instances', 'misfit-slope', 'adjoint'] }).passed; // => true
 */
export function verifyProblem(
  problem: ProblemSubject,
  priors: ProblemPriors = {},
  options: VerifySimulatorOptions = {},
): SimulatorVerification {
  const { cases = 200, seed = 0, laws = allProblemLaws.map(({ name }) => name) } = options;
  const subject = { simulator: problem.simulator, draw: problem.draw, ...priors };
  requireSubject('verifyProblem', subject);
  requireNumber('verifyProblem: "cases"', cases, { minimum: 1, integer: true });
  requireNumber('verifyProblem: "seed"', seed, { minimum: 0, maximum: LARGEST_SEED, integer: true });
  const known = allProblemLaws.map(({ name }) => name);
  const unknown = laws.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownName('verifyProblem: "laws"', unknown, known);
  const own = problemLaws
    .filter(({ name }) => laws.includes(name))
    .map(({ name, what, law }): LawVerdict => {
      const search = { seed: childSeed(seed, `verify-problem/${name}`), cases };
      return { law: name, what, verdict: tried(() => law.checkOn(problem, search)) };
    });
  const rest = laws.filter((name) => simulatorLaws.some((each) => each.name === name));
  const verdicts = [
    ...own,
    ...(rest.length === 0 ? [] : verifySimulator(subject, { cases, seed, laws: rest }).verdicts),
  ];
  const outcomes = verdicts.map(({ verdict }) => verdict.outcome);
  const passed = outcomes.includes('supported') && outcomes.every((each) => each === 'supported' || each === 'skipped');
  return { seed, cases, verdicts, passed };
}

function tried(judge: () => Verdict): Verdict {
  try {
    return judge();
  } catch (error) {
    return { outcome: 'errored', message: messageOf(error) };
  }
}
