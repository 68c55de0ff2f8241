import type { TaskMeta } from 'vitest';
import type { ClaimResult } from '../core/claim.ts';
import { claimMeta, isGreen } from './claim-meta.ts';
import { failureText } from './failure-text.ts';

/**
 * Passes where the claim is supported and its control was refuted, and fails with the evidence otherwise: a claim that is
 * undecided, was skipped or was not judged at all is no success. Either way the test carries the claim as `meta.claim`.
 *
 * @param task    the running test: `context.task`
 * @param result  what `verifyClaims` says of the claim
 */
export function expectClaim(task: { readonly meta: TaskMeta }, result: ClaimResult | undefined): void {
  if (result === undefined) throw failure('the claim was not judged');
  const meta = claimMeta(result);
  task.meta.claim = meta;
  if (!isGreen(meta)) throw failure(failureText(meta));
}

/** An error whose stack begins in the test. */
function failure(message: string): Error {
  const error = new Error(message);
  Error.captureStackTrace(error, expectClaim);
  return error;
}
