import { pathToFileURL } from 'node:url';
import { requireSubject, type SimulatorSubject } from '../../properties/simulators/subject.ts';
import { verifySimulator } from '../../properties/simulators/verify-simulator.ts';
import type { SolverSubject } from '../../properties/solvers/subject.ts';
import { type LawVerdict, verifySolver } from '../../properties/solvers/verify-solver.ts';
import { type ErrorCode, type ErrorDetails, InverseClaimsError, messageOf } from '../core/errors.ts';

/** One law put to what a module exports: plain data, so that it can cross threads. */
export interface CheckJob {
  /** Absolute path of an ES module. */
  readonly module: string;
  readonly law: string;
  readonly cases: number;
  readonly seed: number;
}

/** A minimizer of a user: (fun, x0, options) => { x, value, converged, evaluations }. */
export type Minimizer = SolverSubject['minimize'];

/** What a module exports for us to check. */
export type ModuleSubject =
  | { readonly kind: 'solver'; readonly subject: SolverSubject }
  | { readonly kind: 'simulator'; readonly subject: SimulatorSubject };

const WANTED =
  'an export "minimize" (fun, x0, options) => { x, value, converged, evaluations }, or "simulator" with forward and vjp; ' +
  'either may be the default export';

/**
 * The minimizer or simulator that a module exports: the function `minimize`, the object `simulator` (beside it `prior` and
 * `identifiers`, the distributions of its points), or either as the default export. An export `exactLineSearch = true` says
 * that `options.lineSearch === 'exact'` is understood.
 *
 * Throws `solver-protocol` where the module cannot be loaded or exports neither, and `simulator-contract` or
 * `shape-mismatch` where the simulator lacks parts or its priors have other widths.
 */
export async function loadSubject(module: string): Promise<ModuleSubject> {
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
  const { minimize, simulator, prior, identifiers, exactLineSearch } = exported;
  const solver = minimize ?? exported.default;
  if (typeof solver === 'function') {
    return { kind: 'solver', subject: { minimize: solver as Minimizer, exactLineSearch: exactLineSearch === true } };
  }
  const found = simulator ?? exported.default;
  if (typeof found === 'object' && found !== null) {
    const priors = { ...(prior === undefined ? {} : { prior }), ...(identifiers === undefined ? {} : { identifiers }) };
    const subject = { simulator: found, ...priors } as SimulatorSubject;
    requireSubject(`check: ${module}`, subject);
    return { kind: 'simulator', subject };
  }
  throw new InverseClaimsError('solver-protocol', {
    where: `check: ${module}`,
    expected: WANTED,
    received: `exports ${Object.keys(exported).join(', ') || 'nothing'}`,
  });
}

/** The minimizer that a module exports; throws like `loadSubject`, and `solver-protocol` where it exports a simulator. */
export async function loadMinimizer(module: string): Promise<SolverSubject> {
  const { kind, subject } = await loadSubject(module);
  if (kind === 'solver') return subject;
  throw new InverseClaimsError('solver-protocol', {
    where: `gate: ${module}`,
    expected: 'an export "minimize"',
    received: 'a simulator',
  });
}

/** What probing a module found: what it exports, or what is wrong with it; an error would lose its code on the way. */
export type Probed =
  | { readonly kind: ModuleSubject['kind'] }
  | { readonly code: ErrorCode; readonly details: ErrorDetails };

/** What the module exports. */
export async function probeModule(module: string): Promise<Probed> {
  try {
    return { kind: (await loadSubject(module)).kind };
  } catch (error) {
    if (error instanceof InverseClaimsError) return { code: error.code, details: error.details };
    throw error;
  }
}

/** Puts one law to the minimizer or the simulator of a module. */
export async function checkLaw({ module, law, cases, seed }: CheckJob): Promise<LawVerdict> {
  const { kind, subject } = await loadSubject(module);
  const options = { cases, seed, laws: [law] };
  const { verdicts } =
    kind === 'solver'
      ? verifySolver(subject.minimize, { ...options, exactLineSearch: subject.exactLineSearch ?? false })
      : verifySimulator(subject, options);
  return verdicts[0] as LawVerdict;
}
