import type { ClaimResult } from '../../core/claim.ts';
import { OUTCOMES } from '../outcomes.ts';
import { sampleInput, sampleResult } from './sample-report.ts';

/** A report of many claims in ten groups, outcomes in turn, without figures; `changes` says what else they share. */
export function manyClaims(count: number, changes: Partial<ClaimResult> = {}) {
  const results = Array.from({ length: count }, (_, k) => {
    const outcome = OUTCOMES[k % OUTCOMES.length] ?? 'supported';
    return sampleResult(outcome, { ...changes, id: `group-${k % 10}.claim-${k}` });
  });
  return sampleInput({ results, figures: [] });
}
