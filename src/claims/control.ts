import type { Verdict } from '../core/claim.ts';

/**
 * The verdict on a claim, given that of its control, which must come out refuted. A test that cannot refute the
 * control says nothing about the claim: control supported or failed, the claim is errored; control undecided or
 * skipped, it is undecided.
 */
export function withControl(verdict: Verdict, control: Verdict): Verdict {
  if (verdict.outcome === 'errored' || verdict.outcome === 'skipped') return verdict;
  switch (control.outcome) {
    case 'refuted':
      return verdict;
    case 'supported':
      return { outcome: 'errored', message: `control passed: the same test supports it too (${control.reason})` };
    case 'errored':
      return { outcome: 'errored', message: `control failed: ${control.message}` };
    case 'undecided':
      return {
        outcome: 'undecided',
        evidence: verdict.evidence,
        needs: `The control is not refuted yet: ${control.needs}`,
      };
    case 'skipped':
      return { outcome: 'undecided', evidence: verdict.evidence, needs: `The control was skipped: ${control.reason}` };
  }
}
