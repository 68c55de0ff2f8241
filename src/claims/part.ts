import type { Claim, TrialContext, TrialSource } from '../core/claim.ts';
import { InverseClaimsError, messageOf } from '../core/errors.ts';
import { earliestDecision } from '../verdicts/decision-times.ts';
import { plannedTrials } from '../verdicts/plan.ts';
import { figuresBeside } from './figure-catalogue.ts';
import { figureJob, type Job, lawJob, trialsJob } from './jobs.ts';
import type { Journal } from './journal.ts';
import type { Finished, Workers } from './workers.ts';

/** One of several parts of a campaign, counted from 1. */
export interface Part {
  readonly index: number;
  readonly of: number;
}

function wrongPart(text: string): InverseClaimsError {
  return new InverseClaimsError('out-of-range', {
    where: 'verify: --shard',
    expected: 'i/n with 1 <= i <= n <= 10000, auto/n, or auto',
    received: JSON.stringify(text),
    hint: 'auto reads SLURM_ARRAY_TASK_ID (and _MIN, _COUNT) or JOB_COMPLETION_INDEX, which needs auto/n',
  });
}

/** Position in an array of jobs as the scheduler's environment tells it, counted from 1; `of` where it tells that too. */
function scheduled(environment: NodeJS.ProcessEnv): { index: number; of: number | undefined } | undefined {
  const { SLURM_ARRAY_TASK_ID: task, SLURM_ARRAY_TASK_MIN: first, SLURM_ARRAY_TASK_COUNT: count } = environment;
  if (task !== undefined) {
    return { index: Number(task) - Number(first ?? 0) + 1, of: count === undefined ? undefined : Number(count) };
  }
  const completion = environment.JOB_COMPLETION_INDEX;
  return completion === undefined ? undefined : { index: Number(completion) + 1, of: undefined };
}

/**
 * The part named by `i/n`, or, for `auto` and `auto/n`, by the environment of a SLURM array or a Kubernetes indexed Job.
 *
 * @example
 * parsePart('2/7', {}); // => { index: 2, of: 7 }
 * parsePart('auto/4', { JOB_COMPLETION_INDEX: '0' }); // => { index: 1, of: 4 }
 */
export function parsePart(text: string, environment: NodeJS.ProcessEnv): Part {
  const match = /^(auto|\d+)(?:\/(\d+))?$/.exec(text);
  if (match === null) throw wrongPart(text);
  const automatic = match[1] === 'auto' ? scheduled(environment) : undefined;
  const index = match[1] === 'auto' ? automatic?.index : Number(match[1]);
  const of = match[2] === undefined ? automatic?.of : Number(match[2]);
  const valid = Number.isInteger(index) && Number.isInteger(of);
  if (!valid || index === undefined || of === undefined || index < 1 || index > of || of > 10_000)
    throw wrongPart(text);
  return { index, of };
}

/** Trials that a campaign computes of each source before anything is judged. */
function plannedOf(claims: readonly Claim[]): ReadonlyMap<TrialSource, number> {
  const planned = new Map<TrialSource, number>();
  const atLeast = (source: TrialSource, trials: number): void => {
    planned.set(source, Math.max(planned.get(source) ?? 0, trials));
  };
  for (const claim of claims) {
    if (claim.kind === 'statistical') {
      const { theta0, theta1, alpha, maxTrials } = claim;
      atLeast(claim.measurement.trials, plannedTrials({ kind: 'statistical', theta0, theta1, alpha, maxTrials }));
      // Controls fail outright: the earliest refutation, and one trial more.
      atLeast(
        claim.control.trials,
        Math.min(maxTrials, theta1 < 1 ? earliestDecision(1 - theta1, alpha) + 1 : maxTrials),
      );
    }
    if (claim.kind === 'formula') {
      const { bias, resolution, maxTrials } = claim;
      const alpha = claim.alpha / claim.cells.length;
      for (const { theory, measurement } of claim.cells) {
        atLeast(measurement.trials, plannedTrials({ kind: 'formula', theory, bias, resolution, alpha, maxTrials }));
      }
    }
  }
  for (const { trials = [] } of figuresBeside(claims)) for (const { source, count } of trials) atLeast(source, count);
  return planned;
}

/** The jobs of a whole campaign in one fixed order: laws and their twins, planned trials, figures. */
export function plannedJobs(claims: readonly Claim[], context: TrialContext): readonly Job[] {
  const laws = claims.flatMap((claim) =>
    claim.kind === 'law'
      ? [false, true].map((twin) => lawJob(claim.id, { seed: context.seed, cases: claim.cases }, twin))
      : [],
  );
  const trials = [...plannedOf(claims)].flatMap(([source, count]) =>
    Array.from({ length: Math.ceil(count / source.chunk) }, (_, index) =>
      trialsJob(source.id, context, index * source.chunk, source.chunk),
    ),
  );
  const figures = figuresBeside(claims).flatMap(({ id, trials: shown }) =>
    shown === undefined ? [figureJob(id, context)] : [],
  );
  return [...laws, ...trials, ...figures];
}

/**
 * Computes a part of a campaign: every `of`-th job, beginning with number `index`; the workers write them down. A job
 * that fails does not stop the others: merging tries it again, and its claim errs there as it would undivided.
 */
export async function runPart(
  jobs: readonly Job[],
  part: Part,
  workers: Workers,
  onDone: (done: number) => void,
): Promise<{ readonly done: number; readonly failed: readonly string[] }> {
  const own = jobs.filter((_, number) => number % part.of === part.index - 1);
  const failed: string[] = [];
  let done = 0;
  await Promise.all(
    own.map(async (job) => {
      try {
        await workers.perform(job);
        done += 1;
        onDone(done);
      } catch (error) {
        failed.push(messageOf(error));
      }
    }),
  );
  return { done, failed };
}

/** Throws `invalid-report` unless the journals are all the parts of one campaign, each once. */
export function requireWhole(journals: readonly Journal[]): void {
  const wrong = (received: string, hint: string): InverseClaimsError =>
    new InverseClaimsError('invalid-report', {
      where: 'merge',
      expected: 'every part of one campaign, each once',
      received,
      hint,
    });
  const [first] = journals;
  if (first === undefined) throw wrong('no part', 'name the folders that verify --shard wrote');
  const campaign = ({ header }: Journal): string =>
    JSON.stringify([
      header.seed,
      header.backend,
      header.code,
      header.node,
      header.machine,
      header.tier,
      header.selection,
      header.part.of,
    ]);
  const other = journals.find((journal) => campaign(journal) !== campaign(first));
  if (other !== undefined) {
    throw wrong(
      `${first.path} of ${campaign(first)} and ${other.path} of ${campaign(other)} (seed, backend, code, node, machine, tier, selection, parts)`,
      'merge only what one campaign wrote',
    );
  }
  const indices = journals.map(({ header }) => header.part.index);
  const twice = indices.find((index, position) => indices.indexOf(index) !== position);
  if (twice !== undefined) throw wrong(`part ${twice} of ${first.header.part.of} twice`, 'parts must not overlap');
  const missing = Array.from({ length: first.header.part.of }, (_, i) => i + 1).filter(
    (index) => !indices.includes(index),
  );
  if (missing.length > 0)
    throw wrong(`no part ${missing.join(', ')} of ${first.header.part.of}`, 'run the missing parts first');
}

/** The union of the parts' finished jobs; throws `invalid-report` where two of them have different results. */
export function unionOf(journals: readonly Journal[]): ReadonlyMap<string, Finished> {
  const union = new Map<string, Finished>();
  for (const { path, entries } of journals) {
    for (const [key, finished] of entries) {
      const known = union.get(key);
      if (known !== undefined && JSON.stringify(known.result) !== JSON.stringify(finished.result)) {
        throw new InverseClaimsError('invalid-report', {
          where: `merge: ${path}`,
          expected: 'the same result of the same job in every part',
          received: `another result of ${key}`,
          hint: 'the code is not deterministic, or the machines differ: nothing can be merged',
        });
      }
      union.set(key, finished);
    }
  }
  return union;
}
