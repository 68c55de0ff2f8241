import { InverseClaimsError } from '../../src/core/errors.ts';
import { childSeed } from '../../src/core/random.ts';
import { type Verification, type VerifyOptions, verifyLaws } from '../verify-laws.ts';
import { solverLaws } from './laws.ts';
import type { MinimizeLike, SolverSubject } from './subject.ts';

export interface VerifySolverOptions extends VerifyOptions {
  /** Cases tried of each law; default 300. */
  readonly cases?: number;
  /** Whether `lineSearch: 'exact'` is understood; default false. */
  readonly exactLineSearch?: boolean;
}

export type SolverVerification = Verification;

/**
 * Searches for counterexamples to everything a minimizer of smooth functions is asked to keep: that it tells the truth
 * about values, evaluations and convergence, keeps its budget, keeps the best trial, survives NaN and infinity, does
 * not depend on units or arrays of the caller, solves what is solvable, and takes strong Wolfe steps where it says so.
 *
 * A minimizer that throws or returns something else than documented refutes the laws concerned, with the message, and
 * the other laws go on. Laws look at at most 8 to 20 unknowns, a thousand evaluations and tolerances above 0; convergence at a
 * saddle or a maximum is stationary, too, and one that recognizes its examiner can deceive it. One that loops forever without calling its function cannot be stopped. A supported law was not
 * refuted in `cases` cases; that is no proof.
 *
 * Throws `solver-protocol` where `minimize` is no function, `unknown-name` for an unknown law, and `out-of-range` or
 * `not-finite` for other options.
 *
 * @param minimize  see `MinimizeLike`
 * @example
 * import { minimize } from '../../src/solvers/minimize.ts';
 * const mine = (fun, x0, options) => {
 *   const { x, evaluations, stop } = minimize(fun, x0, options);
 *   return { x, value: 0, evaluations, converged: stop.kind === 'gradient-small' };
 * };
 * const { verdicts } = verifySolver(mine, { cases: 20, laws: ['value-of-point', 'budget-is-kept'] });
 * verdicts.map(({ verdict }) => verdict.outcome); // => ['refuted', 'supported']
 */
export function verifySolver(minimize: MinimizeLike, options: VerifySolverOptions = {}): SolverVerification {
  const { cases = 300, exactLineSearch = false, ...rest } = options;
  if (typeof minimize !== 'function') {
    throw new InverseClaimsError('solver-protocol', {
      where: 'verifySolver: "minimize"',
      expected: 'a function (fun, x0, options) => { x, value, converged, evaluations }',
      received: typeof minimize,
    });
  }
  const subject: SolverSubject = { minimize, exactLineSearch };
  return verifyLaws('verifySolver', solverLaws, { cases, ...rest }, ({ name, law }, search) =>
    law.checkOn(subject, { ...search, seed: childSeed(search.seed, `verify-solver/${name}`) }),
  );
}
