import { Piscina } from 'piscina';
import { messageOf } from '../core/errors.ts';
import { ignoreStrayAnswers } from './stray-answers.ts';

/** Threads that run code of users, and are ended where it does not. */
export interface LimitedThreads<Job, Result> {
  readonly parallel: number;
  /** The result, or why there is none: what was thrown, or that the time was over. */
  perform<Some extends Result>(job: Job, seconds: number): Promise<Some | { readonly failed: string }>;
  close(): Promise<void>;
}

/** A job as its thread gets it: the first thing that it does is to call `begins`. */
export type LimitedJob<Job> = Job & { readonly begun: Int32Array<SharedArrayBuffer> };

/** Says that the time of a job runs from now on. */
export function begins({ begun }: LimitedJob<unknown>): void {
  Atomics.store(begun, 0, 1);
}

/**
 * Threads whose entry is a file beside another one, TypeScript where that is.
 *
 * @param beside  `import.meta.url` of the other one
 * @param entry   name of the file without extension; its default export takes a `LimitedJob`
 */
export function limitedThreads<Job extends object, Result>(
  beside: string,
  entry: string,
  threads: number,
): LimitedThreads<Job, Result> {
  const fromSource = beside.endsWith('.ts');
  const pool = new Piscina<LimitedJob<Job>, Result>({
    filename: new URL(`./${entry}${fromSource ? '.ts' : '.js'}`, beside).href,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    ...(fromSource ? { execArgv: ['--import', 'tsx'] } : {}),
  });
  ignoreStrayAnswers(pool);
  return {
    parallel: threads,
    perform: async <Some extends Result>(job: Job, seconds: number): Promise<Some | { readonly failed: string }> => {
      const limit = limitOf(seconds);
      try {
        return (await pool.run({ ...job, begun: limit.begun }, { signal: limit.signal })) as Some;
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
