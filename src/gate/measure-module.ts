import { limitedThreads } from '../claims/limited-threads.ts';
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
  const threads = limitedThreads<ModuleJob, Measurement>(import.meta.url, 'module-worker', 1);
  const measurements: Measurement[] = [];
  try {
    for (const { name: family, unit } of families) {
      if (unit === 'training') continue;
      const measured = await threads.perform({ module, solver, family, seed }, seconds);
      measurements.push('failed' in measured ? unmeasured(solver, family, measured.failed) : measured);
    }
  } finally {
    await threads.close();
  }
  return measurements;
}

function unmeasured(solver: string, family: FamilyName, error: string): Measurement {
  return { solver, family, toTarget: [], evaluations: [], excess: [], solved: [], violations: 0, error };
}
