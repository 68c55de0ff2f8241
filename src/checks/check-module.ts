import { verifyProblem } from '../../properties/problems/verify-problem.ts';
import { simulatorLaws } from '../../properties/simulators/laws.ts';
import { verifySimulator } from '../../properties/simulators/verify-simulator.ts';
import { verifySolver } from '../../properties/solvers/verify-solver.ts';
import type { LawVerdict } from '../../properties/verify-laws.ts';
import { type Derivatives, loadSubject, type ModuleSubject } from '../claims/user-module.ts';
import { type ErrorCode, type ErrorDetails, InverseClaimsError, messageOf } from '../core/errors.ts';

/** One law put to what a module exports: plain data, so that it can cross threads. */
export interface CheckJob {
  readonly job: 'law';
  /** Absolute path of an ES module. */
  readonly module: string;
  readonly law: string;
  readonly cases: number;
  readonly seed: number;
}

/** What probing a module found: what it exports, or what is wrong with it; an error would lose its code on the way. */
export type Probed =
  | { readonly kind: ModuleSubject['kind']; readonly derivatives: Derivatives }
  | { readonly code: ErrorCode; readonly details: ErrorDetails };

/** What the module exports; an error of its own is one of the module. */
export async function probeModule(module: string): Promise<Probed> {
  try {
    const subject = await loadSubject(module);
    return { kind: subject.kind, derivatives: subject.kind === 'solver' ? 'own' : subject.derivatives };
  } catch (error) {
    if (error instanceof InverseClaimsError) return { code: error.code, details: error.details };
    const details = { where: `check: ${module}`, expected: 'exports that can be called', received: messageOf(error) };
    return { code: 'objective-failed', details };
  }
}

/** Laws about derivatives: of those that we made there is nothing to say. */
const ABOUT_DERIVATIVES: readonly string[] = ['taylor-slope', 'adjoint', 'jvp-is-the-derivative'];

/** Where derivatives are not the user's own, and what that means. */
export const DERIVATIVES: Readonly<Record<Exclude<Derivatives, 'own'>, string>> = {
  differences:
    'derivatives are central differences of f, 2n evaluations each: some 1e-10 off where it is smooth, wrong across jumps and kinks',
  'TensorFlow.js': 'derivatives are made by TensorFlow.js, in 32-bit numbers: some 1e-6 off',
};

/** The verdict on a law that cannot be put to derivatives that are not the user's own. */
export function skippedLaw(law: string, derivatives: Derivatives): LawVerdict | undefined {
  if (derivatives === 'own' || !ABOUT_DERIVATIVES.includes(law)) return undefined;
  const what = simulatorLaws.find(({ name }) => name === law)?.what ?? law;
  return { law, what, verdict: { outcome: 'skipped', reason: DERIVATIVES[derivatives] } };
}

/** Puts one law to the minimizer, the simulator or the problem of a module. */
export async function checkLaw({ module, law, cases, seed }: Omit<CheckJob, 'job'>): Promise<LawVerdict> {
  const loaded = await loadSubject(module);
  const options = { cases, seed, laws: [law] };
  if (loaded.kind === 'solver') {
    const { minimize, exactLineSearch = false } = loaded.subject;
    return verifySolver(minimize, { ...options, exactLineSearch }).verdicts[0] as LawVerdict;
  }
  const skipped = skippedLaw(law, loaded.derivatives);
  if (skipped !== undefined) return skipped;
  const { verdicts } =
    loaded.kind === 'simulator'
      ? verifySimulator(loaded.subject, options)
      : verifyProblem(loaded.subject.problem, loaded.priors, options);
  return verdicts[0] as LawVerdict;
}
