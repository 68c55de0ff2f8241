import { allProblemLaws } from '../../properties/problems/verify-problem.ts';
import { simulatorLaws } from '../../properties/simulators/laws.ts';
import { solverLaws } from '../../properties/solvers/laws.ts';
import type { LawVerdict } from '../../properties/verify-laws.ts';
import { type LimitedThreads, limitedThreads } from '../claims/limited-threads.ts';
import type { Derivatives, ModuleSubject } from '../claims/user-module.ts';
import type { Facts } from '../core/claim.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { DIAGNOSIS_DEFAULTS, type DiagnosisOptions } from '../diagnosis/diagnose-problem.ts';
import type { Diagnosis, Probes } from '../diagnosis/diagnosis.ts';
import { DERIVATIVES, type Probed } from './check-module.ts';
import type { UserJob, UserResult } from './check-worker.ts';
import { together } from './together.ts';

export type { LawVerdict } from '../../properties/verify-laws.ts';

export interface CheckOptions {
  readonly cases: number;
  readonly seed: number;
  readonly threads: number;
  /** Seconds that one law may take; a law that takes longer is errored, and its thread is ended. */
  readonly timeLimit: number;
  /** Of a problem none of whose laws is refuted; none is made unless given. */
  readonly diagnosis?: DiagnosisOptions;
  readonly onVerdict?: (verdict: LawVerdict) => void;
  /** Told what is done next. */
  readonly onStage?: (what: string) => void;
}

/** What became of the diagnosis of a problem. */
export type DiagnosisResult = { readonly diagnosis: Diagnosis } | { readonly failed: string };

/** What a check found out; plain data. */
export interface CheckResult {
  readonly kind: ModuleSubject['kind'];
  readonly warnings: readonly string[];
  readonly verdicts: readonly LawVerdict[];
  readonly diagnosis?: DiagnosisResult;
}

type UserThreads = LimitedThreads<UserJob, UserResult>;

const LAWS = { solver: solverLaws, simulator: simulatorLaws, problem: allProblemLaws } as const;
/** The probes of a diagnosis, and each of its trainings, may take this many times as long as a law. */
const PATIENCE = 10;

/**
 * Puts all laws to what a module exports, each in a thread that can be ended; then diagnoses it, where it is a problem whose
 * laws hold.
 *
 * Throws `solver-protocol` where the module does not load, within the time limit, or exports nothing to check, and
 * `simulator-contract` or `shape-mismatch` where its simulator is none.
 */
export async function checkModule(module: string, options: CheckOptions): Promise<CheckResult> {
  const { timeLimit, diagnosis, onStage } = options;
  const threads: UserThreads = limitedThreads(import.meta.url, 'check-worker', options.threads);
  try {
    onStage?.('loading the module');
    const { kind, derivatives } = await load(threads, module, timeLimit);
    const verdicts = await lawsOf(threads, kind, module, options);
    return await concluded({ kind, derivatives, verdicts }, diagnosis, (wanted) =>
      diagnosed(threads, module, wanted, options),
    );
  } finally {
    await threads.close();
  }
}

/** A check whose laws are judged, with the diagnosis of a problem: nothing is measured with what is known to be wrong. */
export async function concluded(
  judged: Pick<CheckResult, 'kind' | 'verdicts'> & { readonly derivatives: Derivatives },
  wanted: DiagnosisOptions | undefined,
  diagnose: (wanted: DiagnosisOptions) => Promise<DiagnosisResult>,
): Promise<CheckResult> {
  const { kind, derivatives, verdicts } = judged;
  const result = { kind, warnings: derivatives === 'own' ? [] : [DERIVATIVES[derivatives]], verdicts };
  if (kind !== 'problem' || wanted === undefined) return result;
  const broken = verdicts.filter(({ verdict }) => ['refuted', 'errored'].includes(verdict.outcome));
  if (broken.length === 0) return { ...result, diagnosis: await diagnose(wanted) };
  const failed = `not made: ${broken.map(({ law }) => law).join(', ')} must hold first`;
  return { ...result, diagnosis: { failed } };
}

async function load(
  threads: UserThreads,
  module: string,
  seconds: number,
): Promise<{ readonly kind: ModuleSubject['kind']; readonly derivatives: Derivatives }> {
  const probed = await threads.perform<Probed>({ job: 'load', module }, seconds);
  if ('kind' in probed) return probed;
  if ('code' in probed) throw new InverseClaimsError(probed.code, probed.details);
  throw new InverseClaimsError('solver-protocol', {
    where: `check: ${module}`,
    expected: 'an ES module that can be loaded',
    received: probed.failed.startsWith('not finished')
      ? `one that was still loading after ${seconds} s`
      : probed.failed,
  });
}

function lawsOf(
  threads: UserThreads,
  kind: ModuleSubject['kind'],
  module: string,
  { cases, seed, timeLimit, onVerdict }: CheckOptions,
): Promise<readonly LawVerdict[]> {
  return together(threads.parallel, LAWS[kind] as readonly { name: string; what: string }[], async ({ name, what }) => {
    const job = { job: 'law', module, law: name, cases, seed } as const;
    const done = await threads.perform<LawVerdict>(job, timeLimit);
    const verdict: LawVerdict =
      'failed' in done ? { law: name, what, verdict: { outcome: 'errored', message: done.failed } } : done;
    onVerdict?.(verdict);
    return verdict;
  });
}

async function diagnosed(
  threads: UserThreads,
  module: string,
  options: DiagnosisOptions,
  { timeLimit, onStage }: CheckOptions,
): Promise<DiagnosisResult> {
  const seconds = PATIENCE * timeLimit;
  onStage?.('looking at gradients and landscape');
  const probes = await threads.perform<Probes>({ job: 'probes', module, options }, seconds);
  if ('failed' in probes) return { failed: `gradients and landscape: ${probes.failed}` };
  const { trainings = DIAGNOSIS_DEFAULTS.trainings } = options;
  let done = 0;
  const facts = await together(
    threads.parallel,
    Array.from({ length: trainings }, (_, k) => k),
    async (k) => {
      const result = await threads.perform<Facts>(
        { job: 'training', module, options, units: probes.units, k },
        seconds,
      );
      done += 1;
      onStage?.(`${done} of ${trainings} trainings`);
      return result;
    },
  );
  for (const [k, each] of facts.entries()) {
    if (isFailure(each)) return { failed: `training ${k}: ${each.failed}` };
  }
  const job = { job: 'conclusion', module, options, probes, facts: facts as readonly Facts[] } as const;
  const diagnosis = await threads.perform<Diagnosis>(job, seconds);
  return 'failed' in diagnosis ? diagnosis : { diagnosis };
}

const isFailure = (result: Facts | { readonly failed: string }): result is { readonly failed: string } =>
  typeof (result as { failed?: unknown }).failed === 'string';
