import type { Facts, LawSearch, TrialContext, Verdict } from '../core/claim.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { Figure } from '../core/figure.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import { figureSource } from './figure-catalogue.ts';

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
  | { readonly kind: 'figure'; readonly figure: string; readonly context: TrialContext };

/** What came of a job. */
export type JobResult = readonly Facts[] | Verdict | readonly Figure[];

/** Does one job against the given catalogue. */
export async function performJob(job: Job, against: Catalogue = catalogue): Promise<JobResult> {
  switch (job.kind) {
    case 'trials':
      return against.source(job.source).run(job.context, job.first, job.count);
    case 'figure':
      return figureSource(job.figure).compute(job.context);
    case 'law': {
      const claim = against.claim(job.claim);
      if (claim.kind !== 'law') {
        throw new InverseClaimsError('unknown-name', { where: 'job', expected: 'a law', received: claim.id });
      }
      return job.twin ? claim.brokenTwin.check(job.search) : claim.check(job.search);
    }
  }
}
