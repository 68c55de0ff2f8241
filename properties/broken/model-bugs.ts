import { dot } from '../../src/numerics/vector.ts';
import type { Version } from '../kill-matrix.ts';
import type { SolverSubject } from '../solvers/subject.ts';
import { backtracking, exactOnParabolas, wolfeSearch } from './line-searches.ts';
import { bfgsUpdate, type QuasiNewtonParts, quasiNewton } from './quasi-newton.ts';

/** Right as it is: see `rightSolvers`. */
const BACKTRACKING = { search: backtracking, reportsSteps: false } as const;

type Update = QuasiNewtonParts['update'];

const everyPair = (h: Float64Array, s: Float64Array, y: Float64Array, fresh: boolean): boolean => {
  bfgsUpdate(h, s, y, fresh);
  return true;
};

/** Learns also from yᵀs < 0. */
const anySign: Update = (h, s, y, fresh) => dot(y, s) !== 0 && everyPair(h, s, y, fresh);

/** Learns also from yᵀs = 0. */
const positiveOrZero: Update = (h, s, y, fresh) => dot(y, s) >= 0 && everyPair(h, s, y, fresh);

const absoluteThreshold: Update = (h, s, y, fresh) => dot(y, s) > Number.EPSILON && everyPair(h, s, y, fresh);

/** H stays as it was scaled by the first pair: steepest descent. */
const firstPairOnly: Update = (h, s, y, fresh) => fresh && dot(y, s) > 0 && everyPair(h, s, y, true);

/** A minimizer that, asked twice in a row for the same start, begins where it ended the first time. */
function rememberingSolver(): SolverSubject['minimize'] {
  const minimize = quasiNewton({ search: wolfeSearch() });
  let last: { readonly from: string; readonly to: Float64Array } | undefined;
  return (fun, x0, options) => {
    const from = x0.join();
    const known = last?.from === from ? last.to : undefined;
    const result = minimize(fun, known ?? x0, options);
    last = known === undefined ? { from, to: Float64Array.from(result.x) } : undefined;
    return result;
  };
}

/** Bugs in what is learned and remembered, published unless `source` is missing. */
export const modelBugs: readonly Version<SolverSubject>[] = [
  {
    name: 'no-curvature-test',
    what: 'after a step that only decreases, the model learns from negative curvature and is not positive definite',
    source: 'numeric.js, uncmin; argmin, BFGS; PatWie/CppNumericalSolvers #4',
    subject: { minimize: quasiNewton({ ...BACKTRACKING, update: anySign }) },
  },
  {
    name: 'division-by-no-change',
    what: 'a gradient that did not change divides by yᵀs = 0, and the model is NaN from then on',
    source: 'PyTorch #5953, argmin #357',
    subject: { minimize: quasiNewton({ ...BACKTRACKING, update: positiveOrZero }) },
  },
  {
    name: 'absolute-curvature-threshold',
    what: 'yᵀs is compared with machine epsilon, so that nothing is learned where f is small',
    source: 'optimistix, BFGS',
    subject: { minimize: quasiNewton({ search: wolfeSearch(), update: absoluteThreshold }) },
  },
  {
    name: 'learns-once',
    what: 'the model is never updated again after the first step',
    subject: {
      minimize: (fun, x0, options) =>
        quasiNewton({
          search: options.lineSearch === 'exact' ? exactOnParabolas : wolfeSearch(),
          update: firstPairOnly,
        })(fun, x0, options),
      exactLineSearch: true,
    },
  },
  {
    name: 'remembers-the-last-run',
    what: 'a second minimization from the same start begins where the first one ended',
    subject: { minimize: rememberingSolver() },
  },
];
