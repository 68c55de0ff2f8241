import { Piscina } from 'piscina';
import { ignoreStrayAnswers } from '../claims/stray-answers.ts';
import { messageOf } from '../core/errors.ts';
import type { Measurement } from './measurement.ts';
import { type FamilyName, families, PROBLEM_SET_SEED } from './problem-set.ts';

/** One family put to the minimizer of a module: plain data, so that it can cross threads. */
export interface ModuleJob {
  /** Absolute path of an ES module. */
  readonly module: string;
  /** Name of the solver in measurements. */
  readonly solver: string;
  readonly family: FamilyName;
  readonly seed: number;
}

/**
 * Measures the minimizer that a module exports on every family whose problems stand alone, each in a thread that can be
 * ended. What throws, answers nonsense or never returns is a measurement with an error.
 *
 * @param seconds  that a family may take
 */
export async function measureModule(
  module: string,
  solver: string,
  seconds: number,
  seed = PROBLEM_SET_SEED,
): Promise<readonly Measurement[]> {
  const fromSource = import.meta.url.endsWith('.ts');
  const pool = new Piscina<ModuleJob, Measurement>({
    filename: new URL(fromSource ? './module-worker.ts' : './module-worker.js', import.meta.url).href,
    maxThreads: 1,
    concurrentTasksPerWorker: 1,
    ...(fromSource ? { execArgv: ['--import', 'tsx'] } : {}),
  });
  ignoreStrayAnswers(pool);
  const measurements: Measurement[] = [];
  try {
    for (const { name: family, unit } of families) {
      if (unit === 'training') continue;
      const limit = AbortSignal.timeout(1000 * seconds);
      const measured = pool.run({ module, solver, family, seed }, { signal: limit }).catch((error: unknown) => {
        const why = limit.aborted ? `not finished after ${seconds} s: the thread was ended` : messageOf(error);
        return { solver, family, toTarget: [], evaluations: [], excess: [], solved: [], violations: 0, error: why };
      });
      measurements.push(await measured);
    }
  } finally {
    await pool.destroy();
  }
  return measurements;
}
