import type { Claim } from '../core/claim.ts';
import { earliestDecision } from '../verdicts/decision-times.ts';
import { trialSources } from './catalogue.ts';
import type { Finished } from './workers.ts';

/** How far a verification is. */
export interface Progress {
  readonly claims: number;
  readonly decided: number;
  /** Ids of the claims still open. */
  readonly undecided: readonly string[];
  readonly jobsDone: number;
  /** Estimate; absent until one job of every kind that is still needed has finished. */
  readonly secondsLeft?: number;
}

/** What a trial source or a law has cost. */
export interface Cost {
  readonly jobs: number;
  readonly seconds: number;
}

/** Counts jobs and judged claims and estimates the time left. */
export interface ProgressMeter {
  /** Runs a job of the named source (or law) and counts it. */
  job<T>(source: string, work: () => Promise<Finished<T>>): Promise<T>;
  decided(claim: string): void;
  /** By source or law, in alphabetical order. */
  costs(): Readonly<Record<string, Cost>>;
}

/** Jobs each source will need at least: the earliest possible decision of the claims that read it. */
function expectedJobs(claims: readonly Claim[]): Map<string, number> {
  const expected = new Map<string, number>();
  for (const claim of claims) {
    if (claim.kind === 'law') expected.set(claim.id, 2);
    for (const source of trialSources(claim)) {
      const possible = claim.kind === 'statistical' && claim.theta0 > 0;
      const trials = possible ? earliestDecision(claim.theta0, claim.alpha) : source.chunk;
      const jobs = Math.ceil(trials / source.chunk);
      expected.set(source.id, Math.max(expected.get(source.id) ?? 0, jobs));
    }
  }
  return expected;
}

/** A meter that reports after every finished job and every judged claim. */
export function progressMeter(
  claims: readonly Claim[],
  parallel: number,
  onProgress: (progress: Progress) => void,
): ProgressMeter {
  const expected = expectedJobs(claims);
  const open = new Set(claims.map((claim) => claim.id));
  const spent = new Map<string, Cost>();
  let jobsDone = 0;

  const needed = (): Set<string> => {
    const stillOpen = claims.filter((claim) => open.has(claim.id));
    return new Set(stillOpen.flatMap((claim) => [claim.id, ...trialSources(claim).map((source) => source.id)]));
  };
  const secondsLeft = (): number | undefined => {
    let seconds = 0;
    for (const source of needed()) {
      const wanted = expected.get(source);
      if (wanted === undefined) continue;
      const known = spent.get(source);
      if (known === undefined) return undefined;
      // The job in which the decision may fall is always still to come.
      seconds += (Math.max(wanted - known.jobs, 1) * known.seconds) / known.jobs;
    }
    return seconds / parallel;
  };
  const report = (): void => {
    const left = secondsLeft();
    onProgress({
      claims: claims.length,
      decided: claims.length - open.size,
      undecided: [...open],
      jobsDone,
      ...(left === undefined ? {} : { secondsLeft: left }),
    });
  };

  return {
    job: async (source, work) => {
      const { result, seconds } = await work();
      const known = spent.get(source) ?? { jobs: 0, seconds: 0 };
      spent.set(source, { jobs: known.jobs + 1, seconds: known.seconds + seconds });
      jobsDone += 1;
      report();
      return result;
    },
    decided: (claim) => {
      open.delete(claim);
      report();
    },
    costs: () => Object.fromEntries([...spent].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
