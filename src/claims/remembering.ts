import type { Job } from './jobs.ts';
import type { JournalWriter } from './journal.ts';
import type { Finished, Workers } from './workers.ts';

/** Name of a job: equal for equal jobs, because jobs are built with their fields in one order. */
export function jobKey(job: Job): string {
  return JSON.stringify(job);
}

/** Workers that remember, and how often they did. */
export interface RememberingWorkers extends Workers {
  /** Jobs answered from memory so far. */
  readonly reused: number;
}

/**
 * Answers jobs that are already known from memory and lets the workers do the others, which are written down as they
 * finish. Jobs that fail are not remembered. Layers: a journal over a cache over a pool.
 */
export function rememberingWorkers(
  workers: Workers,
  known: ReadonlyMap<string, Finished>,
  writer: JournalWriter,
): RememberingWorkers {
  let reused = 0;
  return {
    parallel: workers.parallel,
    get reused() {
      return reused;
    },
    perform: async (job) => {
      const key = jobKey(job);
      const remembered = known.get(key);
      if (remembered !== undefined) {
        reused += 1;
        return remembered;
      }
      const finished = await workers.perform(job);
      writer.append(key, finished);
      return finished;
    },
    close: () => workers.close(),
  };
}
