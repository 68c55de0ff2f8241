import type { LawVerdict } from '../../properties/solvers/verify-solver.ts';
import { type CheckJob, checkLaw, type Probed, probeModule } from './check-module.ts';

// What the module prints must not mix with the verdicts on standard output.
process.stdout.write = process.stderr.write.bind(process.stderr);

/** Entry of a worker thread that runs code of somebody else: it may throw, or never end. */
export default function work(job: CheckJob | string): Promise<LawVerdict | Probed> {
  return typeof job === 'string' ? probeModule(job) : checkLaw(job);
}
