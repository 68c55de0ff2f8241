import type { LawVerdict } from '../../properties/solvers/verify-solver.ts';
import type { ErrorDetails } from '../core/errors.ts';
import { checkSolverLaw, probeModule, type SolverCheckJob } from './check-solver.ts';

// What the module prints must not mix with the verdicts on standard output.
process.stdout.write = process.stderr.write.bind(process.stderr);

/** Entry of a worker thread that runs code of somebody else: it may throw, or never end. */
export default function work(job: SolverCheckJob | string): Promise<LawVerdict | ErrorDetails | undefined> {
  return typeof job === 'string' ? probeModule(job) : checkSolverLaw(job);
}
