import { begins, type LimitedJob } from '../claims/limited-threads.ts';
import { loadMinimizer } from '../claims/user-module.ts';
import type { ModuleJob } from './measure-module.ts';
import { type Measurement, measure } from './measurement.ts';
import { minimizerRows } from './minimizer-rows.ts';
import { type Family, families } from './problem-set.ts';

/** What a thread of `measureModule` does. */
export default async function measureJob(job: LimitedJob<ModuleJob>): Promise<Measurement> {
  begins(job);
  const { module, solver, family, seed } = job;
  const { minimize } = await loadMinimizer(module);
  return measure(solver, families.find(({ name }) => name === family) as Family, minimizerRows(minimize), seed);
}
