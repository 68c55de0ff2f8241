import { type Job, type JobResult, performJob } from './jobs.ts';
import { type Finished, timed } from './workers.ts';

/** Entry point of a worker thread: one job at a time against the library's catalogue. */
export default function work(job: Job): Promise<Finished<JobResult>> {
  return timed(() => performJob(job));
}
