import { pathToFileURL } from 'node:url';
import type { SolverSubject } from '../../properties/solvers/subject.ts';
import { type LawVerdict, verifySolver } from '../../properties/solvers/verify-solver.ts';
import { type ErrorDetails, InverseClaimsError, messageOf } from '../core/errors.ts';

/** One law put to the minimizer of a module: plain data, so that it can cross threads. */
export interface SolverCheckJob {
  /** Absolute path of an ES module. */
  readonly module: string;
  readonly law: string;
  readonly cases: number;
  readonly seed: number;
}

/** A minimizer of a user: (fun, x0, options) => { x, value, converged, evaluations }. */
export type Minimizer = SolverSubject['minimize'];

/**
 * The minimizer that a module exports: the function `minimize`, or its default export. An export `exactLineSearch = true`
 * says that `options.lineSearch === 'exact'` is understood.
 *
 * Throws `solver-protocol` where the module cannot be loaded or exports no such function.
 */
export async function loadMinimizer(module: string): Promise<SolverSubject> {
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = await import(pathToFileURL(module).href);
  } catch (error) {
    throw new InverseClaimsError('solver-protocol', {
      where: `check: ${module}`,
      expected: 'an ES module that can be loaded',
      received: messageOf(error),
    });
  }
  const minimize = exported.minimize ?? exported.default;
  if (typeof minimize === 'function') {
    return { minimize: minimize as SolverSubject['minimize'], exactLineSearch: exported.exactLineSearch === true };
  }
  throw new InverseClaimsError('solver-protocol', {
    where: `check: ${module}`,
    expected: 'an export "minimize", or a default export: (fun, x0, options) => { x, value, converged, evaluations }',
    received: `exports ${Object.keys(exported).join(', ') || 'nothing'}`,
  });
}

/** Whether the module exports a minimizer: undefined, or what is wrong with it; an error would lose its code on the way. */
export async function probeModule(module: string): Promise<ErrorDetails | undefined> {
  try {
    await loadMinimizer(module);
    return undefined;
  } catch (error) {
    if (error instanceof InverseClaimsError) return error.details;
    throw error;
  }
}

/** Puts one law to the minimizer of a module. */
export async function checkSolverLaw({ module, law, cases, seed }: SolverCheckJob): Promise<LawVerdict> {
  const { minimize, exactLineSearch = false } = await loadMinimizer(module);
  const { verdicts } = verifySolver(minimize, { cases, seed, laws: [law], exactLineSearch });
  return verdicts[0] as LawVerdict;
}
