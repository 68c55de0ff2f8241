import type { Report, ReportClaim } from './schema.ts';

/** Seconds that judging the claim took; 0 where none were noted, as for claims answered without work. */
export function claimSeconds(report: Report, claim: Pick<ReportClaim, 'id'>): number {
  return Object.hasOwn(report.timings.claimSeconds, claim.id) ? (report.timings.claimSeconds[claim.id] ?? 0) : 0;
}
