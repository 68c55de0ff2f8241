import type { Evidence, Verdict } from '../src/core/claim.ts';

/** The counterexample that refutes; throws the verdict where there is none. For tests. */
export function counterexample(verdict: Verdict): Extract<Evidence, { kind: 'counterexample' }> {
  if (verdict.outcome !== 'refuted' || verdict.evidence.kind !== 'counterexample') {
    throw new Error(`no counterexample: ${JSON.stringify(verdict)}`);
  }
  return verdict.evidence;
}
