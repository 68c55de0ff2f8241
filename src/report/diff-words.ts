import { byGroup } from './claim-groups.ts';
import type { ReportDiff, ReportIdentity } from './diff.ts';
import type { ConditionChange } from './diff-conditions.ts';
import type { ElsewhereChange } from './diff-elsewhere.ts';
import type { Interval, IntervalChange } from './diff-intervals.ts';
import { numberText } from './number-text.ts';
import { OUTCOMES } from './outcomes.ts';

/** The comparison in one sentence. */
export function diffHeadline({ same, lost, verdicts, compared, appeared, missing }: ReportDiff): string {
  if (same) return 'Nothing changed.';
  if (lost.length > 0) {
    return lost.length === 1
      ? 'One claim that was supported is not any more.'
      : `${lost.length} claims that were supported are not any more.`;
  }
  if (compared === 0) return 'The reports have no claim in common.';
  const changed = verdicts.length === 0 ? 'no verdict' : countText(verdicts.length, 'verdict');
  const others = [
    ...(appeared.length === 0 ? [] : [`${appeared.length} new`]),
    ...(missing.length === 0 ? [] : [`${missing.length} missing`]),
  ];
  return `No claim lost its support; ${[`${changed} of ${compared} changed`, ...others].join(', ')}.`;
}

/** A number of things: `1 claim`, `2 claims`. */
export function countText(count: number, thing: string): string {
  return `${numberText(count)} ${thing}${count === 1 ? '' : 's'}`;
}

/** What the comparison is with: `seed 7, wasm, full tier, version 0.1.0, code c0ffee; 2 supported, 1 undecided`. */
export function identityText({ seed, backend, tier, version, codeHash, counts }: ReportIdentity): string {
  const counted = OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) => `${counts[outcome]} ${outcome}`);
  const claims = counted.length === 0 ? 'no claims' : counted.join(', ');
  return `seed ${seed}, ${backend}, ${tier} tier, version ${version}, code ${codeHash}; ${claims}`;
}

/** What no seed, code or machine accounts for. */
const UNEXPLAINED =
  'Seed, backend, code, Node.js and platform are the same, so the same claims should have come out the same. Known ' +
  'counterexamples and evidence of earlier runs can tell them apart; otherwise something depends on chance or on the clock.';

/** Each condition with what it means for the comparison that it differs. */
export const CONDITIONS: Readonly<
  Record<ConditionChange['condition'], { readonly name: string; readonly means: string }>
> = {
  seed: { name: 'Seed', means: 'Other random numbers: intervals and numbers of trials differ by chance.' },
  backend: { name: 'Backend', means: 'Networks were trained by other arithmetic: trainings differ.' },
  tier: { name: 'Tier', means: 'Other claims were asked for.' },
  selection: { name: 'Claims asked for', means: 'Only claims in both reports can be compared.' },
  version: { name: 'Version', means: 'Another version of inverse-claims.' },
  code: { name: 'Code', means: 'Claims, solvers or simulators may have changed, or only what renders.' },
  node: { name: 'Node.js', means: 'Elementary functions may round otherwise.' },
  platform: { name: 'Platform', means: 'Elementary functions may round otherwise.' },
};

/** What is worth saying beside the tables, a sentence each. */
export function diffNotes({ unexplained, missing, elsewhere }: ReportDiff): readonly string[] {
  return [
    ...(unexplained ? [UNEXPLAINED] : []),
    ...notAskedText(missing.filter(({ why }) => why === 'not-asked')),
    ...(elsewhere.length === 0
      ? []
      : [`Also different, not compared here: ${elsewhere.map(elsewhereText).join(', ')}.`]),
  ];
}

function notAskedText(missing: ReportDiff['missing']): readonly string[] {
  if (missing.length === 0) return [];
  const groups = [...byGroup(missing)].map(([group, claims]) => `${claims.length} of ${group}`);
  return [`Not asked for in the later report: ${countText(missing.length, 'claim')} (${groups.join(', ')}).`];
}

function elsewhereText({ part, claims }: ElsewhereChange): string {
  return claims === undefined ? part : `${part} (${countText(claims, 'claim')})`;
}

/** Both intervals as `mean [lower, upper]`: four decimals, or as many more as tell them apart. */
export function intervalTexts({ before, after }: IntervalChange): readonly [before: string, after: string] {
  for (let decimals = 4; decimals < 9; decimals++) {
    const [old, now] = [intervalText(before, decimals), intervalText(after, decimals)];
    if (old !== now) return [old, now];
  }
  return [intervalText(before, 9), intervalText(after, 9)];
}

function intervalText({ mean, lower, upper }: Interval, decimals: number): string {
  return `${mean === null ? 'n/a' : mean.toFixed(decimals)} [${lower.toFixed(decimals)}, ${upper.toFixed(decimals)}]`;
}

/** An amount that became another: `12 → 18 (×1.5)`; the factor only where there was something before. */
export function changeText(before: number, after: number, show: (value: number) => string = numberText): string {
  const factor = before > 0 && before !== after ? ` (×${numberText(after / before, 3)})` : '';
  return `${show(before)} → ${show(after)}${factor}`;
}
