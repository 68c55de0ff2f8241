import type { Claim, SequenceEvidence, Verdict } from '../core/claim.ts';

const percent = (value: number): string => `${Number((100 * value).toPrecision(3))} %`;
const oneIn = (alpha: number): string => `once in ${Math.round(1 / alpha).toLocaleString('en-US')} verifications`;

function counted(claim: Exclude<Claim, { kind: 'law' }>, evidence: SequenceEvidence): string {
  const unit = claim.kind === 'formula' ? claim.cells[0]?.measurement.trials.unit : claim.measurement.trials.unit;
  const successes = evidence.mean * evidence.trials;
  const whole = Math.abs(successes - Math.round(successes)) < 1e-6;
  return whole
    ? `${Math.round(successes)} of ${evidence.trials} ${unit}s`
    : `a mean of ${evidence.mean.toPrecision(3)} over ${evidence.trials} ${unit}s`;
}

function lawWords(verdict: Verdict): string {
  if (verdict.outcome === 'supported' && verdict.evidence.kind === 'cases') {
    return `No counterexample among ${verdict.evidence.tried} random cases. That is a search, not a proof.`;
  }
  if (verdict.outcome === 'refuted' && verdict.evidence.kind === 'counterexample') {
    return `False: here is a smallest case found where it fails: ${verdict.evidence.shrunk}.`;
  }
  return verdict.outcome === 'undecided' ? `Not decided: ${verdict.needs}` : '';
}

function statisticalWords(claim: Extract<Claim, { kind: 'statistical' }>, verdict: Verdict): string {
  if (!('evidence' in verdict) || verdict.evidence.kind !== 'sequence') return '';
  const evidence = verdict.evidence;
  const count = counted(claim, evidence);
  switch (verdict.outcome) {
    case 'supported':
      return (
        `It held in ${count}. Were the true frequency ${percent(claim.theta0)} or less, evidence as strong as this ` +
        `would turn up at most ${oneIn(claim.alpha)}, however long one looked.`
      );
    case 'refuted':
      return (
        `It held in ${count} only. Were the true frequency ${percent(claim.theta1)} or more, evidence as strong as ` +
        `this would turn up at most ${oneIn(claim.alpha)}, however long one looked.`
      );
    case 'undecided':
      return `It held in ${count}: not enough evidence either way. ${verdict.needs}`;
  }
}

function formulaWords(claim: Extract<Claim, { kind: 'formula' }>, verdict: Verdict): string {
  if (!('evidence' in verdict) || verdict.evidence.kind !== 'cells') return '';
  const cells = verdict.evidence.cells
    .map((cell) => `${cell.label}: predicted ${cell.theory.toFixed(3)}, measured ${cell.mean.toFixed(3)}`)
    .join('; ');
  const margin = claim.bias + claim.resolution;
  switch (verdict.outcome) {
    case 'supported':
      return `Prediction and measurement agree within ${margin.toFixed(3)} everywhere (${cells}).`;
    case 'refuted':
      return `Prediction and measurement differ by more than the budget of ${claim.bias} (${cells}).`;
    case 'undecided':
      return `Neither agreement nor disagreement is shown yet (${cells}). ${verdict.needs}`;
  }
}

/** One sentence on the verdict for a reader without statistics. */
export function verdictInWords(claim: Claim, verdict: Verdict): string {
  if (verdict.outcome === 'errored') return `No verdict: ${verdict.message}`;
  if (verdict.outcome === 'skipped') return `Not run: ${verdict.reason}`;
  switch (claim.kind) {
    case 'law':
      return lawWords(verdict);
    case 'statistical':
      return statisticalWords(claim, verdict);
    case 'formula':
      return formulaWords(claim, verdict);
  }
}
