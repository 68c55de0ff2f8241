import type { Version } from '../kill-matrix.ts';
import type { SolverSubject } from '../solvers/subject.ts';
import { lineSearchBugs } from './line-search-bugs.ts';
import { backtracking, exactOnParabolas, wolfeSearch } from './line-searches.ts';
import { modelBugs } from './model-bugs.ts';
import { quasiNewton } from './quasi-newton.ts';
import { reportingBugs } from './reporting-bugs.ts';

/** Small minimizers without a bug: every law must spare them. */
export const rightSolvers: readonly Version<SolverSubject>[] = [
  {
    name: 'small-bfgs',
    what: 'BFGS with a strong Wolfe search, without any of the bugs',
    subject: {
      minimize: (fun, x0, options) =>
        quasiNewton({ search: options.lineSearch === 'exact' ? exactOnParabolas : wolfeSearch() })(fun, x0, options),
      exactLineSearch: true,
    },
  },
  {
    name: 'small-bfgs-backtracking',
    what: 'the same with backtracking, which promises no curvature, asks for no descent direction and reports no steps',
    subject: { minimize: quasiNewton({ search: backtracking, reportsSteps: false }) },
  },
];

/** All known bugs, each a small minimizer with one part exchanged. */
export const solverBugs: readonly Version<SolverSubject>[] = [...lineSearchBugs, ...modelBugs, ...reportingBugs];

/** The bug of that name, as the twin of a law. */
export function bugNamed(name: string): { readonly what: string; readonly subject: SolverSubject } {
  const bug = solverBugs.find((each) => each.name === name);
  if (bug === undefined) throw new Error(`no bug named ${name}`);
  return bug;
}
