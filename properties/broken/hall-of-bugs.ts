import { type KillMatrixDefinition, lawCheck } from '../kill-matrix.ts';
import { solverLaws } from '../solvers/laws.ts';
import { minimizeSubject, type SolverSubject } from '../solvers/subject.ts';
import { rightSolvers, solverBugs } from './solver-versions.ts';

/** Cases that a law may take to find a bug. */
const CASES = 200;

/** Known bugs of minimizers against the laws of `verifySolver`; each is a small BFGS with one part exchanged. */
export const hallOfBugs: KillMatrixDefinition<SolverSubject> = {
  id: 'solvers.hall-of-bugs',
  title: 'Hall of bugs: minimizers',
  caption:
    'Bugs published in minimizers and line searches, and four of our own, written anew as exchanged parts of a small BFGS. A number is the ' +
    `case, of ${CASES}, with which the law of that column refuted the minimizer of that row. Every bug has to be ` +
    'refuted by some law, and no law may refute a minimizer without a bug.',
  checks: solverLaws.map(({ name, what, law }) => lawCheck(name, what, law, CASES)),
  correct: [...rightSolvers, { name: 'minimize-bfgs', what: '`minimize` of this library', subject: minimizeSubject() }],
  mutants: solverBugs,
};
