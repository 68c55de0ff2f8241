import type { Facts, LawSearch, TrialContext, Verdict } from '../core/claim.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { Figure } from '../core/figure.ts';
import type { KillMatrix } from '../core/kill-matrix.ts';
import type { Calibration } from '../verdicts/calibration-faults.ts';
import { calibration } from './calibration/calibration.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import { figureSource } from './figure-catalogue.ts';
import { killSource } from './kill-catalogue.ts';

/** One piece of work for a worker: plain data, so that it can cross threads. */
export type Job =
  | {
      readonly kind: 'trials';
      readonly source: string;
      readonly context: TrialContext;
      readonly first: number;
      readonly count: number;
    }
  | { readonly kind: 'law'; readonly claim: string; readonly search: LawSearch; readonly twin: boolean }
  | { readonly kind: 'calibration' }
  | { readonly kind: 'kills'; readonly matrix: string; readonly seed: number }
  | { readonly kind: 'figure'; readonly figure: string; readonly context: TrialContext };

/** Jobs are made here only, with their fields in one order: their text is their name in journals. */
export function trialsJob(source: string, context: TrialContext, first: number, count: number): Job {
  return { kind: 'trials', source, context: { seed: context.seed, backend: context.backend }, first, count };
}

export function lawJob(claim: string, search: LawSearch, twin: boolean): Job {
  const { seed, cases, path } = search;
  return { kind: 'law', claim, search: { seed, cases, ...(path === undefined ? {} : { path }) }, twin };
}

export function figureJob(figure: string, context: TrialContext): Job {
  return { kind: 'figure', figure, context: { seed: context.seed, backend: context.backend } };
}

/** What came of a job. */
export type JobResult = readonly Facts[] | Verdict | readonly Figure[] | Calibration | KillMatrix;

/** Does one job against the given catalogue. */
export async function performJob(job: Job, against: Catalogue = catalogue): Promise<JobResult> {
  switch (job.kind) {
    case 'trials':
      return against.source(job.source).run(job.context, job.first, job.count);
    case 'calibration':
      return calibration();
    case 'kills':
      return killSource(job.matrix).compute(job.seed);
    case 'figure':
      return figureSource(job.figure).compute(job.context, []);
    case 'law': {
      const claim = against.claim(job.claim);
      if (claim.kind !== 'law') {
        throw new InverseClaimsError('unknown-name', { where: 'job', expected: 'a law', received: claim.id });
      }
      return job.twin ? claim.brokenTwin.check(job.search) : claim.check(job.search);
    }
  }
}
