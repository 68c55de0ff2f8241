import type { ReportClaim } from './schema.ts';

/** One thing that a claim says or fixes beforehand, and that is not what it was; null where it was, or is, absent. */
export interface StatementPart {
  readonly part: string;
  readonly before: string | number | null;
  readonly after: string | number | null;
}

/** Entries of a plan that tell how far the evidence of earlier runs had come; nothing that was decided. */
const PROGRESS: ReadonlySet<string> = new Set(['earlierSeeds', 'earlierTrials']);

/** What differs between the statements, regimes, plans, levels, controls and closed forms of a claim. */
export function statementParts(before: ReportClaim, after: ReportClaim): readonly StatementPart[] {
  const [old, now] = [partsOf(before, after), partsOf(after, before)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((part) => ({ part, before: old.get(part) ?? null, after: now.get(part) ?? null }))
    .filter((change) => change.before !== change.after);
}

function partsOf(claim: ReportClaim, other: ReportClaim): ReadonlyMap<string, string | number | null> {
  const plan = Object.entries(claim.plan).filter(([key]) => !PROGRESS.has(key));
  return new Map<string, string | number | null>([
    ['kind', claim.kind],
    ['statement', claim.statement],
    ['regime', claim.regime],
    ['control', claim.control.what],
    ['level', claim.alpha],
    ...plan.map(([key, value]) => [`plan: ${key}`, value] as const),
    ...theories(claim, other),
  ]);
}

/** Closed forms by cell, where both reports have some: a claim that was not judged shows none. */
function theories(claim: ReportClaim, other: ReportClaim): readonly (readonly [string, number])[] {
  if (claim.evidence?.kind !== 'cells' || other.evidence?.kind !== 'cells') return [];
  return claim.evidence.cells.map(({ label, theory }) => [`theory: ${label}`, theory] as const);
}
