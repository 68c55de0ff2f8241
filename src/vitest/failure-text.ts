import { numberText } from '../report/number-text.ts';
import { trialsText } from '../report/verdict-table.ts';
import type { ClaimMeta } from './claim-meta.ts';
import { oneLine } from './one-line.ts';

/** Why the test of a claim fails: the verdict, the evidence against its thresholds, and how to see it again. */
export function failureText(claim: ClaimMeta): string {
  const lines = [
    `${claim.id}: ${claim.outcome}. ${claim.words}`,
    ...evidence(claim),
    ...because(claim),
    ...(claim.control.outcome === 'refuted'
      ? []
      : [`control, which must be refuted, is ${claim.control.outcome}: ${claim.control.what}`]),
    `again: ${claim.replay}`,
  ];
  return lines.map(oneLine).join('\n  ');
}

function evidence(claim: ClaimMeta): readonly string[] {
  switch (claim.evidence?.kind) {
    case undefined:
      return [];
    case 'counterexample': {
      const { message, seed, path } = claim.evidence;
      return [claim.text, `which fails with: ${message}`, `found with seed ${seed}, path ${path}`];
    }
    case 'cases':
      return [`evidence: ${claim.text}`];
    default:
      return [`evidence: ${claim.text}`, `against: ${limits(claim)}, ${trialsText(claim.trials)} trials`];
  }
}

function limits({ thresholds: { marks, tolerance }, alpha }: ClaimMeta): string {
  const named =
    tolerance === undefined
      ? marks.map(({ value, label }) => `${label} = ${numberText(value)}`).join(', ')
      : `theory ± ${numberText(tolerance.bias)} (bias) ± ${numberText(tolerance.resolution)} (resolution)`;
  return `${named} at α = ${numberText(alpha)}`;
}

function because({ outcome, reason, needs, message }: ClaimMeta): readonly string[] {
  switch (outcome) {
    case 'undecided':
      return [`what would settle it: ${needs ?? 'unknown'}`];
    case 'errored':
      return [`error: ${message ?? 'unknown'}`];
    default:
      return [`reason: ${reason ?? 'unknown'}`];
  }
}
