import type { LawVerdict } from '../../properties/verify-laws.ts';
import { begins, type LimitedJob } from '../claims/limited-threads.ts';
import type { Facts } from '../core/claim.ts';
import type { Diagnosis, Probes } from '../diagnosis/diagnosis.ts';
import { type CheckJob, checkLaw, type Probed, probeModule } from './check-module.ts';
import { type DiagnosisJob, performDiagnosis } from './diagnosis-jobs.ts';

// What the module prints must not mix with the verdicts on standard output.
process.stdout.write = process.stderr.write.bind(process.stderr);

/** What a thread is asked: to load a module, to put a law to it, or for a part of its diagnosis. */
export type UserJob = { readonly job: 'load'; readonly module: string } | CheckJob | DiagnosisJob;
export type UserResult = Probed | LawVerdict | Probes | Facts | Diagnosis;

/** Entry of a worker thread that runs code of somebody else: it may throw, or never end. */
export default function work(job: LimitedJob<UserJob>): Promise<UserResult> {
  begins(job);
  switch (job.job) {
    case 'load':
      return probeModule(job.module);
    case 'law':
      return checkLaw(job);
    default:
      return performDiagnosis(job);
  }
}
