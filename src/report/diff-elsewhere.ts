import type { Report, ReportClaim } from './schema.ts';

/** A part of the reports that differs and is not compared in detail; of claims, with the number of them. */
export interface ElsewhereChange {
  readonly part: string;
  readonly claims?: number;
}

type Pair = readonly [before: ReportClaim, after: ReportClaim];

/** Parts of claims, the numbers of intervals and everything else that is compared in detail apart. */
const OF_CLAIMS: readonly (readonly [string, (claim: ReportClaim) => unknown])[] = [
  ['verdicts on controls', ({ control }) => ({ ...control, what: undefined })],
  ['evidence of laws', ({ kind, evidence }) => (kind === 'law' ? evidence : undefined)],
  ['measured quantities', ({ facts }) => facts],
  ['explanations', ({ words, numbers, reason, needs, message }) => ({ words, numbers, reason, needs, message })],
  ['evidence of trials', ({ kind, curves, evidence }) => (kind === 'law' ? curves : { curves, evidence })],
  ['sources', ({ source }) => source],
  ['tiers', ({ tier }) => tier],
  ['commands to run it again', ({ replay }) => replay],
];

const OF_REPORTS: readonly (readonly [string, (report: Report) => unknown])[] = [
  ['figures', ({ figures }) => figures],
  ['wrong versions', ({ killMatrices }) => killMatrices],
  ['calibration', ({ calibration }) => calibration],
  ['error budget', ({ ledger }) => ledger],
  ['reasons for the backend', ({ backend }) => backend.tried],
  ['command', ({ selection }) => selection.command],
];

/** Everything else that is not the same, by part, so that "nothing changed" can be believed. Times are left out. */
export function changesElsewhere(before: Report, after: Report, pairs: readonly Pair[]): readonly ElsewhereChange[] {
  const ofClaims = OF_CLAIMS.map(([part, read]) => ({
    part,
    claims: pairs.filter(([old, now]) => !isEqual(read(old), read(now))).length,
  })).filter(({ claims }) => claims > 0);
  const ofReports = OF_REPORTS.filter(([, read]) => !isEqual(read(before), read(after))).map(([part]) => ({ part }));
  return [...ofClaims, ...ofReports];
}

/** Equal as JSON text: reports are plain data. */
function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
