import { Piscina } from 'piscina';
import { ignoreStrayAnswers } from '../claims/stray-answers.ts';
import { messageOf } from '../core/errors.ts';
import type { UserJob, UserResult } from './check-worker.ts';

/** Threads that run code of users, and are ended where it does not. */
export interface UserThreads {
  readonly parallel: number;
  /** The result, or why there is none: what was thrown, or that the time was over. */
  perform<Result extends UserResult>(job: UserJob, seconds: number): Promise<Result | { readonly failed: string }>;
  close(): Promise<void>;
}

export function userThreads(threads: number): UserThreads {
  const fromSource = import.meta.url.endsWith('.ts');
  const pool = new Piscina<UserJob, UserResult>({
    filename: new URL(fromSource ? './check-worker.ts' : './check-worker.js', import.meta.url).href,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    ...(fromSource ? { execArgv: ['--import', 'tsx'] } : {}),
  });
  ignoreStrayAnswers(pool);
  return {
    parallel: threads,
    perform: async <Result extends UserResult>(
      job: UserJob,
      seconds: number,
    ): Promise<Result | { readonly failed: string }> => {
      const limit = AbortSignal.timeout(1000 * seconds);
      try {
        return (await pool.run(job, { signal: limit })) as Result;
      } catch (error) {
        return { failed: limit.aborted ? `not finished after ${seconds} s: the thread was ended` : messageOf(error) };
      }
    },
    close: () => pool.destroy(),
  };
}

/** Works through a list with as many at a time as there are threads, so that none is waiting while its time runs. */
export async function together<Item, Result>(
  { parallel }: UserThreads,
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Array<Result>(items.length);
  const waiting = [...items.entries()];
  const one = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, item] = next;
      results[index] = await work(item, index);
    }
  };
  await Promise.all(Array.from({ length: parallel }, one));
  return results;
}
