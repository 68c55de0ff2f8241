import { Piscina } from 'piscina';
import { simulatorLaws } from '../../properties/simulators/laws.ts';
import { solverLaws } from '../../properties/solvers/laws.ts';
import type { LawVerdict } from '../../properties/solvers/verify-solver.ts';
import { InverseClaimsError, messageOf } from '../core/errors.ts';
import type { CheckJob, ModuleSubject, Probed } from './check-module.ts';
import { ignoreStrayAnswers } from './stray-answers.ts';

export type { LawVerdict } from '../../properties/solvers/verify-solver.ts';

export interface CheckOptions {
  readonly cases: number;
  readonly seed: number;
  readonly threads: number;
  /** Seconds that one law may take; a law that takes longer is errored, and its thread is ended. */
  readonly timeLimit: number;
  readonly onVerdict?: (verdict: LawVerdict) => void;
}

type CheckPool = Piscina<CheckJob | string, LawVerdict | Probed>;

const LAWS = { solver: solverLaws, simulator: simulatorLaws } as const;

/**
 * Puts all laws to what a module exports, a minimizer or a simulator, each in a thread that can be ended.
 *
 * Throws `solver-protocol` where the module does not load, within the time limit, or exports neither, and
 * `simulator-contract` or `shape-mismatch` where its simulator is none.
 */
export async function checkModule(module: string, options: CheckOptions): Promise<readonly LawVerdict[]> {
  const { cases, seed, threads, timeLimit, onVerdict } = options;
  const fromSource = import.meta.url.endsWith('.ts');
  const pool: CheckPool = new Piscina({
    filename: new URL(fromSource ? './check-worker.ts' : './check-worker.js', import.meta.url).href,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    ...(fromSource ? { execArgv: ['--import', 'tsx'] } : {}),
  });
  ignoreStrayAnswers(pool);
  try {
    const laws = LAWS[await kindOf(pool, module, timeLimit)];
    const verdicts = new Array<LawVerdict>(laws.length);
    const waiting = [...laws.entries()];
    // As many laws at a time as there are threads, so that none is waiting while its time runs.
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, { name, what }] = next;
        const verdict = await within(pool, { module, law: name, cases, seed }, what, timeLimit);
        verdicts[index] = verdict;
        onVerdict?.(verdict);
      }
    };
    await Promise.all(Array.from({ length: threads }, work));
    return verdicts;
  } finally {
    await pool.destroy();
  }
}

async function kindOf(pool: CheckPool, module: string, seconds: number): Promise<ModuleSubject['kind']> {
  const limit = AbortSignal.timeout(1000 * seconds);
  const probed = await (pool.run(module, { signal: limit }) as Promise<Probed>).catch(
    (error: unknown): Probed => ({
      code: 'solver-protocol',
      details: {
        where: `check: ${module}`,
        expected: 'an ES module that can be loaded',
        received: limit.aborted ? `one that was still loading after ${seconds} s` : messageOf(error),
      },
    }),
  );
  if ('kind' in probed) return probed.kind;
  throw new InverseClaimsError(probed.code, probed.details);
}

async function within(pool: CheckPool, job: CheckJob, what: string, seconds: number): Promise<LawVerdict> {
  const limit = AbortSignal.timeout(1000 * seconds);
  try {
    return (await pool.run(job, { signal: limit })) as LawVerdict;
  } catch (error) {
    const message = limit.aborted ? `not finished after ${seconds} s: the thread was ended` : messageOf(error);
    return { law: job.law, what, verdict: { outcome: 'errored', message } };
  }
}
