import { maxNorm } from '../../src/numerics/vector.ts';
import type { Version } from '../kill-matrix.ts';
import type { SolverSubject } from '../solvers/subject.ts';
import { wolfeSearch } from './line-searches.ts';
import { currentAnswer, honestAnswer, isStationary, type QuasiNewtonParts, quasiNewton } from './quasi-newton.ts';

const withParts = (changes: Partial<QuasiNewtonParts>): SolverSubject => ({
  minimize: quasiNewton({ search: wolfeSearch(), ...changes }),
});

type Answer = QuasiNewtonParts['answer'];

const lowestValue: Answer = (ending, options) => ({
  ...honestAnswer(ending, options),
  x: ending.current.x,
  value: ending.lowest.value,
});

const swappedOutcome: Answer = (ending, options) => {
  const honest = honestAnswer(ending, options);
  return { ...honest, converged: honest.converged === false };
};

const lossOfPrecision: Answer = (ending, options) => ({
  ...honestAnswer(ending, options),
  converged: ending.kind === 'stationary',
});

/** The gradient is looked at after a step only. */
const afterStepsOnly: QuasiNewtonParts['isStationary'] = (at, options, previous) =>
  previous !== undefined && isStationary(at, options);

const iterationsAsEvaluations: Answer = (ending, options) => ({
  ...honestAnswer(ending, options),
  evaluations: ending.accepted + 1,
});

/** `!(NaN > tolerance)` is true. */
const notAbove: QuasiNewtonParts['isStationary'] = ({ gradient }, { gradientTolerance }) =>
  !(maxNorm(gradient) > gradientTolerance);

/** The least progress, in units of f. */
const LEAST_PROGRESS = 1e-6;

const littleProgress: QuasiNewtonParts['isStationary'] = (at, options, previous) =>
  isStationary(at, options) || (previous !== undefined && Math.abs(previous.value - at.value) <= LEAST_PROGRESS);

const keepsBuffer: QuasiNewtonParts['look'] = (x, value, gradient) => ({
  x,
  value,
  gradient: gradient as Float64Array,
});

/** Bugs in what is kept, concluded and reported, published unless `source` is missing. */
export const reportingBugs: readonly Version<SolverSubject>[] = [
  {
    name: 'lowest-value-reported',
    what: 'the value reported is the lowest of all trials, not the one at the point returned',
    source: 'PhiML, math.minimize; SciPy #6162',
    subject: withParts({ answer: lowestValue }),
  },
  {
    name: 'best-trial-discarded',
    what: 'the lowest trial of a line search that fails is thrown away',
    source: 'SciPy #15643',
    subject: withParts({ afterFailure: (current) => current, answer: currentAnswer }),
  },
  {
    name: 'hopes-for-the-best',
    what: 'a line search that fails, after six passes already, ends at its last trial, wherever that is',
    source: 'jaxopt #535, turicreate #1372',
    subject: withParts({
      search: wolfeSearch({ zooms: 6 }),
      afterFailure: (current, _lowest, { last }) => (last === undefined ? current : last),
      answer: currentAnswer,
    }),
  },
  {
    name: 'swapped-outcome',
    what: 'converged and failed are reported in each other’s place',
    source: 'PhiML, gradient descent',
    subject: withParts({ answer: swappedOutcome }),
  },
  {
    name: 'precision-loss-is-failure',
    what: 'what ends without a successful line search is a failure, also where the gradient is within the tolerance',
    source: 'PhiML, math.minimize; TensorFlow Probability #341',
    subject: withParts({ answer: lossOfPrecision, isStationary: afterStepsOnly }),
  },
  {
    name: 'converged-with-nan',
    what: 'a gradient of NaN is not above the tolerance, so it has converged',
    source: 'SciPy #9640 and #4793',
    subject: withParts({
      isStationary: notAbove,
      look: (x, value, gradient) => ({ x, value, gradient: Float64Array.from(gradient) }),
    }),
  },
  {
    name: 'little-progress-is-convergence',
    what: 'a decrease below an absolute 1e-6 is taken for convergence',
    source: 'mljs/levenberg-marquardt #41',
    subject: withParts({ isStationary: littleProgress }),
  },
  {
    name: 'backtracks-not-counted',
    what: 'accepted steps are reported as evaluations',
    source: 'numeric.js, uncmin',
    subject: withParts({ answer: iterationsAsEvaluations }),
  },
  {
    name: 'budget-between-steps',
    what: 'the budget is looked at between steps only, so that line searches exceed it',
    subject: withParts({ isSpent: (calls, most, inLineSearch) => !inLineSearch && calls >= most }),
  },
  {
    name: 'gradient-buffer-kept',
    what: 'the gradient is kept without a copy, and a function that uses its array again changes the past',
    source: 'SciPy #11493',
    subject: withParts({ look: keepsBuffer }),
  },
  {
    name: 'start-overwritten',
    what: 'the iterations take place in the array of the start',
    source: 'SciPy #8419',
    subject: withParts({
      accept: (x0, accepted) => {
        x0.set(accepted.x);
        return accepted;
      },
    }),
  },
];
