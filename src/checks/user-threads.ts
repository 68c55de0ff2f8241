import { Piscina } from 'piscina';
import { ignoreStrayAnswers } from '../claims/stray-answers.ts';
import { messageOf } from '../core/errors.ts';
import type { StartedJob, UserJob, UserResult } from './check-worker.ts';

/** Threads that run code of users, and are ended where it does not. */
export interface UserThreads {
  readonly parallel: number;
  /** The result, or why there is none: what was thrown, or that the time was over. */
  perform<Result extends UserResult>(job: UserJob, seconds: number): Promise<Result | { readonly failed: string }>;
  close(): Promise<void>;
}

export function userThreads(threads: number): UserThreads {
  const fromSource = import.meta.url.endsWith('.ts');
  const pool = new Piscina<StartedJob, UserResult>({
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
      const limit = limitOf(seconds);
      try {
        return (await pool.run({ ...job, begun: limit.begun }, { signal: limit.signal })) as Result;
      } catch (error) {
        return {
          failed: limit.signal.aborted ? `not finished after ${seconds} s: the thread was ended` : messageOf(error),
        };
      } finally {
        limit.clear();
      }
    },
    close: () => pool.destroy(),
  };
}

/** Seconds in which a thread starts and loads this library: longer means that it never will. */
const START_SECONDS = 120;
const POLL_MILLISECONDS = 20;

/** A signal that aborts so many seconds after the thread has begun: the time in which it starts is ours, not the user's. */
function limitOf(seconds: number): {
  readonly begun: Int32Array<SharedArrayBuffer>;
  readonly signal: AbortSignal;
  clear(): void;
} {
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const controller = new AbortController();
  const asked = performance.now();
  let since: number | undefined;
  const timer = setInterval(() => {
    const now = performance.now();
    if (since === undefined && Atomics.load(begun, 0) !== 0) since = now;
    const over = since === undefined ? now - asked > 1000 * START_SECONDS : now - since > 1000 * seconds;
    if (over) controller.abort();
  }, POLL_MILLISECONDS);
  return { begun, signal: controller.signal, clear: () => clearInterval(timer) };
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
