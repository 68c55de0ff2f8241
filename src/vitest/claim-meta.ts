import type {} from 'vitest';
import type { ClaimResult, Outcome } from '../core/claim.ts';
import { reportClaim } from '../report/build.ts';
import { intervalText } from '../report/interval-bar.ts';
import { numberText } from '../report/number-text.ts';
import type { ReportClaim } from '../report/schema.ts';
import { farthestCell, type Thresholds, thresholds } from '../report/thresholds.ts';
import { evidenceText, trialCount } from '../report/verdict-table.ts';

/**
 * What a test knows of the claim that it stands for: plain data that goes from a worker to the reporters of vitest, and
 * into JSON. Its numbers are those of a report, so null stands where they are not finite.
 */
export interface ClaimMeta
  extends Pick<
    ReportClaim,
    'id' | 'kind' | 'outcome' | 'words' | 'alpha' | 'reason' | 'needs' | 'message' | 'evidence' | 'replay'
  > {
  /** Estimate and interval, the number of cases, or the counterexample, in one line. */
  readonly text: string;
  /** What the estimate is read against. */
  readonly thresholds: Thresholds;
  /** Trials or cases that the verdict rests on; null where they were not counted. */
  readonly trials: number | null;
  readonly control: { readonly what: string; readonly outcome: Outcome };
}

declare module 'vitest' {
  interface TaskMeta {
    /** The claim that was judged in this test. */
    claim?: ClaimMeta;
  }
}

/** What is told to vitest about a judged claim. */
export function claimMeta(result: ClaimResult): ClaimMeta {
  const alpha = typeof result.plan.alpha === 'number' ? result.plan.alpha : null;
  const claim = reportClaim(result, alpha);
  const { id, kind, outcome, words, reason, needs, message, evidence, replay } = claim;
  return {
    id,
    kind,
    outcome,
    words,
    alpha,
    ...(reason === undefined ? {} : { reason }),
    ...(needs === undefined ? {} : { needs }),
    ...(message === undefined ? {} : { message }),
    ...(evidence === undefined ? {} : { evidence }),
    text: estimateText(claim),
    thresholds: thresholds(claim),
    trials: trialCount(claim),
    control: { what: claim.control.what, outcome: claim.control.outcome },
    replay,
  };
}

/** True where nothing is missing: the claim is supported, and its control was refuted. */
export function isGreen({ outcome, control }: ClaimMeta): boolean {
  return outcome === 'supported' && control.outcome === 'refuted';
}

/** The evidence in one line; of several cells also the one that is farthest from its theory, with its interval. */
function estimateText(claim: ReportClaim): string {
  const { evidence } = claim;
  const cell = evidence?.kind === 'cells' ? farthestCell(evidence.cells) : undefined;
  if (cell === undefined) return evidenceText(claim);
  return `${intervalText(cell, [])}, theory ${numberText(cell.theory)}, ${cell.label}; ${evidenceText(claim)}`;
}
