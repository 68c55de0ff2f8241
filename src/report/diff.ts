import type { Outcome } from '../core/claim.ts';
import { isSelected } from '../core/selection.ts';
import { type ConditionChange, conditionChanges, shouldAgree } from './diff-conditions.ts';
import { type Costs, compareCosts } from './diff-cost.ts';
import { changesElsewhere, type ElsewhereChange } from './diff-elsewhere.ts';
import { type IntervalChange, intervalChanges, shiftOf } from './diff-intervals.ts';
import { type StatementPart, statementParts } from './diff-statements.ts';
import type { Report, ReportClaim } from './schema.ts';

/** Which report it is, in the words of the report. */
export interface ReportIdentity {
  readonly seed: number;
  readonly backend: string;
  readonly tier: Report['tier'];
  readonly version: string;
  readonly codeHash: string;
  readonly command: string;
  readonly counts: Report['counts'];
}

/** A claim with another outcome than before. */
export interface VerdictChange {
  readonly id: string;
  readonly before: Outcome;
  readonly after: Outcome;
  /** Reason, need or message of the new verdict. */
  readonly why: string;
  readonly words: string;
  /** True where the claim says, or fixes beforehand, something else than before: see `statements`. */
  readonly restated: boolean;
}

/** A claim that only the earlier report has. */
export interface MissingClaim {
  readonly id: string;
  readonly before: Outcome;
  /** `not-asked`: the later report does not cover it. `gone`: it does, yet the claim is not there. */
  readonly why: 'not-asked' | 'gone';
}

/** What changed from one report to another, as plain data: recorded verdicts are compared, nothing is judged. */
export interface ReportDiff {
  readonly reports: { readonly before: ReportIdentity; readonly after: ReportIdentity };
  /** True where everything is the same, times apart. */
  readonly same: boolean;
  /** Claims supported before and not any more: of any other outcome now, or gone. */
  readonly lost: readonly string[];
  readonly conditions: readonly ConditionChange[];
  /** True where claims differ although all that they depend on is the same. */
  readonly unexplained: boolean;
  /** Claims in both reports. */
  readonly compared: number;
  /** Lost support first. */
  readonly verdicts: readonly VerdictChange[];
  readonly statements: readonly { readonly id: string; readonly parts: readonly StatementPart[] }[];
  readonly appeared: readonly { readonly id: string; readonly outcome: Outcome }[];
  readonly missing: readonly MissingClaim[];
  /** Intervals with no number in common with the earlier one; like `shifted`, the largest shift in widths first. */
  readonly movedApart: readonly IntervalChange[];
  /** Intervals that changed and still overlap. */
  readonly shifted: readonly IntervalChange[];
  readonly costs: Costs;
  readonly elsewhere: readonly ElsewhereChange[];
}

/**
 * What changed from the report `before` to the report `after`: conditions, verdicts, statements, intervals, costs.
 *
 * A pure function of both. With another seed intervals move by chance; with another statement or plan a verdict is about
 * something else: `conditions` and `statements` say so.
 */
export function compareReports(before: Report, after: Report): ReportDiff {
  const [old, now] = [byId(before), byId(after)];
  const pairs = after.claims.flatMap((claim) => {
    const earlier = old.get(claim.id);
    return earlier === undefined ? [] : [[earlier, claim] as const];
  });
  const statements = pairs
    .map((pair) => ({ id: pair[1].id, parts: statementParts(...pair) }))
    .filter(({ parts }) => parts.length > 0);
  const restated = new Set(statements.map(({ id }) => id));
  const verdicts = verdictChanges(pairs, restated);
  const intervals = pairs
    .flatMap((pair) => intervalChanges(...pair))
    .sort((one, other) => shiftOf(other) - shiftOf(one));
  const missing = before.claims.filter(({ id }) => !now.has(id)).map((claim) => missingClaim(claim, after));
  const appeared = after.claims.filter(({ id }) => !old.has(id)).map(({ id, outcome }) => ({ id, outcome }));
  const conditions = conditionChanges(before, after);
  const elsewhere = changesElsewhere(before, after, pairs);
  const claimsDiffer = verdicts.length + intervals.length + statements.length > 0 || elsewhere.some(ofClaims);
  return {
    reports: { before: identity(before), after: identity(after) },
    same: !claimsDiffer && conditions.length + elsewhere.length + missing.length + appeared.length === 0,
    lost: lostClaims(verdicts, missing),
    conditions,
    unexplained: claimsDiffer && shouldAgree(conditions),
    compared: pairs.length,
    verdicts,
    statements,
    appeared,
    missing,
    movedApart: intervals.filter(({ apart }) => apart),
    shifted: intervals.filter(({ apart }) => !apart),
    costs: compareCosts(before, after, pairs),
    elsewhere,
  };
}

function byId({ claims }: Report): ReadonlyMap<string, ReportClaim> {
  return new Map(claims.map((claim) => [claim.id, claim]));
}

function identity({ seed, backend, tier, environment, selection, counts }: Report): ReportIdentity {
  const { version, codeHash } = environment;
  return { seed, backend: backend.name, tier, version, codeHash, command: selection.command, counts: { ...counts } };
}

/** What is worth a look comes first: lost support, then every other outcome that is not support. */
function rank({ before, after }: VerdictChange): number {
  return before === 'supported' ? 0 : after === 'supported' ? 2 : 1;
}

function verdictChanges(
  pairs: readonly (readonly [ReportClaim, ReportClaim])[],
  restated: ReadonlySet<string>,
): readonly VerdictChange[] {
  return pairs
    .filter(([before, after]) => before.outcome !== after.outcome)
    .map(([before, after]) => ({
      id: after.id,
      before: before.outcome,
      after: after.outcome,
      why: after.reason ?? after.needs ?? after.message ?? '',
      words: after.words,
      restated: restated.has(after.id),
    }))
    .sort((one, other) => rank(one) - rank(other));
}

function missingClaim({ id, tier, outcome }: ReportClaim, after: Report): MissingClaim {
  const covered = isSelected({ id, tier }, { names: after.selection.claims, tier: after.tier });
  return { id, before: outcome, why: covered ? 'gone' : 'not-asked' };
}

function lostClaims(verdicts: readonly VerdictChange[], missing: readonly MissingClaim[]): readonly string[] {
  return [
    ...verdicts.filter(({ before }) => before === 'supported'),
    ...missing.filter(({ before, why }) => before === 'supported' && why === 'gone'),
  ].map(({ id }) => id);
}

function ofClaims({ claims }: ElsewhereChange): boolean {
  return claims !== undefined;
}
