import type { Claim, TrialContext, Verdict } from '../core/claim.ts';

/** What was decided beforehand. */
export function planOf(claim: Claim): Readonly<Record<string, number | string>> {
  switch (claim.kind) {
    case 'law':
      return { cases: claim.cases };
    case 'statistical': {
      const { theta0, theta1, alpha, maxTrials } = claim;
      return { unit: claim.measurement.trials.unit, theta0, theta1, alpha, maxTrials };
    }
    case 'formula': {
      const { bias, resolution, alpha, maxTrials } = claim;
      const unit = claim.cells[0]?.measurement.trials.unit ?? 'problem';
      return { unit, cells: claim.cells.length, bias, resolution, alpha, maxTrials };
    }
  }
}

/** The command that runs the claim, or the counterexample that refutes it, again. */
export function replayCommand(claim: Claim, verdict: Verdict, context: TrialContext): string {
  const evidence = 'evidence' in verdict ? verdict.evidence : undefined;
  const found = evidence?.kind === 'counterexample' ? evidence : undefined;
  const base = `npx inverse-claims replay ${claim.id} --seed ${found?.seed ?? context.seed}`;
  const path = found === undefined ? '' : ` --path ${found.path}`;
  return claim.kind === 'law' ? `${base}${path}` : `${base} --backend ${context.backend}`;
}
