import type { LawSearch, Verdict } from '../../src/core/claim.ts';
import { childSeed } from '../../src/core/random.ts';
import { simulatorLaws } from '../simulators/laws.ts';
import { requireSubject, type SimulatorSubject } from '../simulators/subject.ts';
import { judgeSimulator } from '../simulators/verify-simulator.ts';
import { type Verification, type VerifyOptions, verifyLaws } from '../verify-laws.ts';
import { type ProblemSubject, problemLaws } from './laws.ts';

/** The priors of a problem's points, where it has some; else its instances say where it is used. */
export type ProblemPriors = Pick<SimulatorSubject, 'prior' | 'identifiers'>;

interface LawOfProblem {
  readonly name: string;
  readonly what: string;
  judge(problem: ProblemSubject, priors: ProblemPriors, search: LawSearch): Verdict;
}

/** All laws of problems, in the order in which they are checked: those of the instances, then those of the simulator. */
export const allProblemLaws: readonly LawOfProblem[] = [
  ...problemLaws.map(
    ({ name, what, law }): LawOfProblem => ({
      name,
      what,
      judge: (problem, _priors, search) =>
        law.checkOn(problem, { ...search, seed: childSeed(search.seed, `verify-problem/${name}`) }),
    }),
  ),
  ...simulatorLaws.map(
    (each): LawOfProblem => ({
      name: each.name,
      what: each.what,
      judge: (problem, priors, search) => judgeSimulator(each, subjectOf(problem, priors), search),
    }),
  ),
];

const subjectOf = ({ simulator, draw }: ProblemSubject, priors: ProblemPriors): SimulatorSubject => ({
  simulator,
  draw,
  ...priors,
});

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
  options: VerifyOptions = {},
): Verification {
  requireSubject('verifyProblem', subjectOf(problem, priors));
  return verifyLaws('verifyProblem', allProblemLaws, options, ({ judge }, search) => judge(problem, priors, search));
}
