import { Piscina } from 'piscina';
import type { Facts, LawSearch, TrialContext, TrialSource, Verdict } from '../core/claim.ts';
import type { Figure } from '../core/figure.ts';
import type { KillMatrix } from '../core/kill-matrix.ts';
import type { Calibration } from '../verdicts/calibration-faults.ts';
import type { Catalogue } from './catalogue.ts';
import { figureJob, type Job, type JobResult, lawJob, performJob, trialsJob } from './jobs.ts';
import { ignoreStrayAnswers } from './stray-answers.ts';

/** A finished job and the seconds it took on its worker, queueing not counted. */
export interface Finished<T = JobResult> {
  readonly result: T;
  readonly seconds: number;
}

/** Where trials, laws and figures are computed. */
export interface Workers {
  /** Jobs that can run at the same time. */
  readonly parallel: number;
  perform(job: Job): Promise<Finished>;
  close(): Promise<void>;
}

/** Everything in this thread, one job after the other: for tests and for catalogues that only this process knows. */
export function inProcess(against: Catalogue): Workers {
  return { parallel: 1, perform: (job) => timed(() => performJob(job, against)), close: async () => undefined };
}

/** Runs a job and measures it. */
export async function timed<T>(work: () => Promise<T>): Promise<Finished<T>> {
  const started = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - started) / 1000 };
}

/**
 * A pool of worker threads, each with its own network backend, working on the library's own catalogue.
 * Runs from TypeScript sources (through tsx) and from the compiled package alike.
 */
export function workerPool(threads: number): Workers {
  const fromSource = import.meta.url.endsWith('.ts');
  const pool = new Piscina<Job, Finished>({
    filename: new URL(fromSource ? './worker.ts' : './worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    // Trials allocate short-lived arrays: with room for them, two workers wait less for the collector.
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
    ...(fromSource ? { execArgv: ['--import', 'tsx'] } : {}),
  });
  const close = (): Promise<void> => {
    ignoreStrayAnswers(pool);
    return pool.destroy();
  };
  return { parallel: threads, perform: (job) => pool.run(job), close };
}

/** Trials of a source. */
export function performTrials(
  workers: Workers,
  source: TrialSource,
  context: TrialContext,
  first: number,
  count: number,
): Promise<Finished<readonly Facts[]>> {
  return workers.perform(trialsJob(source.id, context, first, count)) as Promise<Finished<readonly Facts[]>>;
}

/** The search of a law, or of its broken twin. */
export function performLaw(
  workers: Workers,
  claim: string,
  search: LawSearch,
  twin: boolean,
): Promise<Finished<Verdict>> {
  return workers.perform(lawJob(claim, search, twin)) as Promise<Finished<Verdict>>;
}

/** The data of a figure. */
export async function performFigure(
  workers: Workers,
  figure: string,
  context: TrialContext,
): Promise<readonly Figure[]> {
  return (await workers.perform(figureJob(figure, context))).result as readonly Figure[];
}

/** A kill matrix. */
export async function performKills(workers: Workers, matrix: string, seed: number): Promise<KillMatrix> {
  return (await workers.perform({ kind: 'kills', matrix, seed })).result as KillMatrix;
}

/** The calibration of the engine. */
export async function performCalibration(workers: Workers): Promise<Calibration> {
  return (await workers.perform({ kind: 'calibration' })).result as Calibration;
}
