import type { Verdict } from '../../src/core/claim.ts';
import { InverseClaimsError, messageOf, requireNumber, unknownName } from '../../src/core/errors.ts';
import { childSeed, LARGEST_SEED } from '../../src/core/random.ts';
import { type NamedSolverLaw, solverLaws } from './laws.ts';
import type { MinimizeLike, SolverSubject } from './subject.ts';

export interface VerifySolverOptions {
  /** Cases tried of each law; default 300. */
  readonly cases?: number;
  /** Integer in [0, 2^48); default 0. The same seed tries the same cases. */
  readonly seed?: number;
  /** Names of the laws to check; all of them unless given. */
  readonly laws?: readonly string[];
  /** Whether `lineSearch: 'exact'` is understood; default false. */
  readonly exactLineSearch?: boolean;
}

/** What one law found. */
export interface LawVerdict {
  readonly law: string;
  readonly what: string;
  /** Refuted with a shrunk counterexample, supported, or skipped with the reason. */
  readonly verdict: Verdict;
}

/** Plain data. */
export interface SolverVerification {
  readonly seed: number;
  readonly cases: number;
  readonly verdicts: readonly LawVerdict[];
  /** True where at least one law was supported and every other one was supported or skipped. */
  readonly passed: boolean;
}

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
  const { cases = 300, seed = 0, laws, exactLineSearch = false } = options;
  if (typeof minimize !== 'function') {
    throw new InverseClaimsError('solver-protocol', {
      where: 'verifySolver: "minimize"',
      expected: 'a function (fun, x0, options) => { x, value, converged, evaluations }',
      received: typeof minimize,
    });
  }
  requireNumber('verifySolver: "cases"', cases, { minimum: 1, integer: true });
  requireNumber('verifySolver: "seed"', seed, { minimum: 0, maximum: LARGEST_SEED, integer: true });
  const subject: SolverSubject = { minimize, exactLineSearch };
  const verdicts = selected(laws).map(({ name, what, law }): LawVerdict => {
    const search = { seed: childSeed(seed, `verify-solver/${name}`), cases };
    try {
      return { law: name, what, verdict: law.checkOn(subject, search) };
    } catch (error) {
      return { law: name, what, verdict: { outcome: 'errored', message: messageOf(error) } };
    }
  });
  const outcomes = verdicts.map(({ verdict }) => verdict.outcome);
  const passed = outcomes.includes('supported') && outcomes.every((each) => each === 'supported' || each === 'skipped');
  return { seed, cases, verdicts, passed };
}

function selected(names: readonly string[] | undefined): readonly NamedSolverLaw[] {
  if (names === undefined) return solverLaws;
  const known = solverLaws.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownName('verifySolver: "laws"', unknown, known);
  if (names.length > 0) return solverLaws.filter(({ name }) => names.includes(name));
  throw new InverseClaimsError('out-of-range', {
    where: 'verifySolver: "laws"',
    expected: 'at least one law, or no list for all of them',
    received: '[]',
  });
}
