import type { Law } from '../law.ts';
import {
  bestTrialIsKept,
  budgetIsKept,
  convergedIsStationary,
  evaluationsAreCounted,
  neverUphill,
  noFalseSuccess,
  stationaryIsNotFailure,
  valueOfPoint,
} from './honesty-laws.ts';
import { arraysAreNotShared, sameQuestionSameAnswer } from './isolation-laws.ts';
import { strongWolfeSteps } from './step-law.ts';
import type { SolverSubject } from './subject.ts';
import {
  exactTermination,
  quadraticsInTime,
  smoothIsSolved,
  undefinedRegionsAreLeft,
  unitsOfPlace,
  unitsOfValue,
} from './success-laws.ts';

/** A law with its name and statement. */
export interface NamedSolverLaw {
  readonly name: string;
  readonly what: string;
  readonly law: Law<SolverSubject>;
}

/** Everything a minimizer of smooth functions is asked to keep. */
export const solverLaws: readonly NamedSolverLaw[] = [
  { name: 'value-of-point', what: 'The value returned is f at the point returned.', law: valueOfPoint() },
  { name: 'evaluations-are-counted', what: 'The evaluations reported were made.', law: evaluationsAreCounted() },
  { name: 'budget-is-kept', what: 'It ends, within the evaluations permitted.', law: budgetIsKept() },
  {
    name: 'converged-is-stationary',
    what: 'Convergence means a gradient within the tolerance.',
    law: convergedIsStationary(),
  },
  {
    name: 'stationary-is-not-failure',
    what: 'A gradient within the tolerance is not called a failure.',
    law: stationaryIsNotFailure(),
  },
  { name: 'no-false-success', what: 'What cannot be minimized is never a success.', law: noFalseSuccess() },
  { name: 'never-uphill', what: 'The value returned is at most the value at the start.', law: neverUphill() },
  { name: 'best-trial-is-kept', what: 'Without convergence, the lowest trial is returned.', law: bestTrialIsKept() },
  { name: 'same-question-same-answer', what: 'A second run is the same run.', law: sameQuestionSameAnswer() },
  { name: 'arrays-are-not-shared', what: 'Arrays are neither written to nor kept.', law: arraysAreNotShared() },
  { name: 'smooth-is-solved', what: 'Smooth functions are minimized.', law: smoothIsSolved() },
  {
    name: 'undefined-regions-are-left',
    what: 'Functions that are undefined far away are minimized.',
    law: undefinedRegionsAreLeft(),
  },
  { name: 'units-of-value', what: 'The units of f change nothing of the outcome.', law: unitsOfValue() },
  { name: 'units-of-place', what: 'Coordinates change nothing of the outcome.', law: unitsOfPlace() },
  {
    name: 'quadratics-in-time',
    what: 'Quadratics of n variables take 200 + 40 n evaluations at most: a law about speed.',
    law: quadraticsInTime(),
  },
  { name: 'exact-termination', what: 'Exact line searches solve quadratics in n steps.', law: exactTermination() },
  { name: 'strong-wolfe', what: 'Steps meet the strong Wolfe conditions as configured.', law: strongWolfeSteps() },
];
