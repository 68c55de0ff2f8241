import type {
  Claim,
  FactSummary,
  FormulaClaim,
  LawClaim,
  SequenceEvidence,
  StatisticalClaim,
  Verdict,
} from '../core/claim.ts';

const percent = (value: number): string => `${Number((100 * value).toPrecision(3))} %`;
/** Four significant digits. */
const figure = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))) : value > 0 ? '∞' : '−∞';
const oneIn = (alpha: number): string => `once in ${Math.round(1 / alpha).toLocaleString('en-US')} verifications`;

function unitOf(claim: Exclude<Claim, { kind: 'law' }>): string {
  return (
    (claim.kind === 'formula' ? claim.cells[0]?.measurement.trials.unit : claim.measurement.trials.unit) ?? 'trial'
  );
}

function counted(claim: Exclude<Claim, { kind: 'law' }>, evidence: SequenceEvidence): string {
  const units = `${unitOf(claim)}${evidence.trials === 1 ? '' : 's'}`;
  const successes = evidence.mean * evidence.trials;
  const whole = Math.abs(successes - Math.round(successes)) < 1e-6;
  return whole
    ? `${Math.round(successes)} of ${evidence.trials} ${units}`
    : `a mean of ${evidence.mean.toPrecision(3)} over ${evidence.trials} ${units}`;
}

/** Logarithm of the e-value that decides: each side of an interval of the level spends (1 − level)/2. */
function decidingLog({ level }: SequenceEvidence): number {
  return Math.log(2 / (1 - level));
}

/** The level is 1 minus a small number: its rounding, magnified. */
const LEVEL_ROUNDING = 1e-9;

/** True where the claim's own test has ended, whatever its control says. */
function ended(evidence: SequenceEvidence): boolean {
  const { logEvidence } = evidence;
  return Math.max(logEvidence.for, logEvidence.against) >= decidingLog(evidence) - LEVEL_ROUNDING;
}

function lawWords({ exhaustive }: LawClaim, verdict: Verdict): string {
  if (verdict.outcome === 'supported' && verdict.evidence.kind === 'cases') {
    if (exhaustive === true) return `It holds in each of the ${verdict.evidence.tried} cases there are.`;
    return `No counterexample among ${verdict.evidence.tried} random cases. That is a search, not a proof.`;
  }
  if (verdict.outcome === 'refuted' && verdict.evidence.kind === 'counterexample') {
    return `False: here is a smallest case found where it fails: ${verdict.evidence.shrunk}.`;
  }
  return verdict.outcome === 'undecided' ? `Not decided; needed: ${verdict.needs}.` : '';
}

function statisticalWords(claim: StatisticalClaim, verdict: Verdict): string {
  if (!('evidence' in verdict) || verdict.evidence.kind !== 'sequence') return '';
  const evidence = verdict.evidence;
  if (evidence.trials === 0) return `Not decided: no ${unitOf(claim)} was run.`;
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
      return ended(evidence)
        ? `It held in ${count}, but the same test has not yet rejected what must be rejected. ${verdict.needs}.`
        : `It held in ${count}: not enough evidence either way; needed: ${verdict.needs}.`;
  }
}

function formulaWords(claim: FormulaClaim, verdict: Verdict): string {
  if (!('evidence' in verdict) || verdict.evidence.kind !== 'cells') return '';
  const cells = verdict.evidence.cells
    .map(({ label, theory, mean, trials }) => {
      const measured = trials === 0 ? 'not measured yet' : `measured ${mean.toFixed(3)}`;
      return `${label}: predicted ${theory.toFixed(3)}, ${measured}`;
    })
    .join('; ');
  const margin = claim.bias + claim.resolution;
  switch (verdict.outcome) {
    case 'supported':
      return `Prediction and measurement agree within ${margin.toFixed(3)} everywhere (${cells}).`;
    case 'refuted':
      return `Prediction and measurement differ by more than the budget of ${claim.bias} (${cells}).`;
    case 'undecided':
      return `Neither agreement nor disagreement is shown yet (${cells}); needed: ${verdict.needs}.`;
  }
}

/** One sentence on the verdict for a reader without statistics. */
export function verdictInWords(claim: Claim, verdict: Verdict): string {
  if (verdict.outcome === 'errored') return `No verdict: ${verdict.message}`;
  if (verdict.outcome === 'skipped') return `Not run: ${verdict.reason}`;
  switch (claim.kind) {
    case 'law':
      return lawWords(claim, verdict);
    case 'statistical':
      return statisticalWords(claim, verdict);
    case 'formula':
      return formulaWords(claim, verdict);
  }
}

function sequenceNumbers(what: string, unit: string, { mean, lower, upper, level, trials }: SequenceEvidence): string {
  const units = `${trials} ${unit}${trials === 1 ? '' : 's'}`;
  if (trials === 0) return `${what} not measured: 0 ${unit}s`;
  return `${what} ${figure(mean)} over ${units}, interval [${lower.toFixed(4)}, ${upper.toFixed(4)}] at level ${Number(level.toPrecision(8))}`;
}

/** How far a test has come: its two e-values, and the one that decides. */
function evidenceNumbers(evidence: SequenceEvidence): string {
  const { logEvidence } = evidence;
  const eValue = (log: number): string => (Number.isFinite(log) ? `10^${(log / Math.LN10).toFixed(1)}` : '0');
  return (
    `e-value ${eValue(logEvidence.for)} for and ${eValue(logEvidence.against)} against, ` +
    `${eValue(decidingLog(evidence))} decides`
  );
}

/** Simulator evaluations where facts count them; those of the control left out. */
function costNumbers(facts: readonly FactSummary[]): string {
  const costs = facts.filter(({ unit, label }) => unit === 'evaluations' && !label.startsWith('control: '));
  return costs.length === 0 ? '' : `; cost: ${costs.map(({ label, mean }) => `${label} ${figure(mean)}`).join(', ')}`;
}

function lawNumbers(verdict: Verdict): string {
  const spent = 'a search spends no error';
  if (!('evidence' in verdict)) return '';
  const { evidence } = verdict;
  if (evidence.kind === 'cases') {
    const rejected = evidence.rejected === 0 ? '' : `, ${evidence.rejected} more drawn and left out`;
    const found = verdict.outcome === 'supported' ? ', no violation' : '';
    return `${evidence.tried} case${evidence.tried === 1 ? '' : 's'} tried${found}${rejected}, seed ${evidence.seed}; ${spent}`;
  }
  if (evidence.kind !== 'counterexample') return '';
  const { seed, path, message } = evidence;
  return `${'reason' in verdict ? `${verdict.reason}; ` : ''}seed ${seed}, path ${path}: ${message}; ${spent}`;
}

function statisticalNumbers(claim: StatisticalClaim, verdict: Verdict, facts: readonly FactSummary[]): string {
  if (!('evidence' in verdict) || verdict.evidence.kind !== 'sequence') return '';
  const { evidence } = verdict;
  const { theta0, theta1, alpha, maxTrials } = claim;
  return (
    `${sequenceNumbers('mean', unitOf(claim), evidence)}; supported above ${theta0}, refuted below ${theta1}; ` +
    `${evidenceNumbers(evidence)}; error spent ${alpha}, at most ${maxTrials} trials${costNumbers(facts)}`
  );
}

function formulaNumbers(claim: FormulaClaim, verdict: Verdict, facts: readonly FactSummary[]): string {
  if (!('evidence' in verdict) || verdict.evidence.kind !== 'cells') return '';
  const { bias, resolution, alpha, maxTrials } = claim;
  const cells = verdict.evidence.cells.map((cell) =>
    sequenceNumbers(`${cell.label}: theory ${figure(cell.theory)}, mean`, unitOf(claim), cell),
  );
  return (
    `${cells.join('; ')}; supported within ${figure(bias + resolution)} of theory, refuted beyond ${bias}; ` +
    `error spent ${alpha} over ${claim.cells.length} cells, at most ${maxTrials} trials each${costNumbers(facts)}`
  );
}

/**
 * The verdict in one sentence with its numbers: what was measured, the interval, the thresholds, the error spent, the
 * trials, what they cost, and what would settle it where it is undecided. Empty where nothing was measured.
 */
export function verdictInNumbers(claim: Claim, verdict: Verdict, facts: readonly FactSummary[] = []): string {
  const numbers =
    claim.kind === 'law'
      ? lawNumbers(verdict)
      : claim.kind === 'statistical'
        ? statisticalNumbers(claim, verdict, facts)
        : formulaNumbers(claim, verdict, facts);
  if (numbers === '') return '';
  const sentence = numbers.charAt(0).toUpperCase() + numbers.slice(1);
  return verdict.outcome === 'undecided' ? `${sentence}. To settle it: ${verdict.needs}.` : `${sentence}.`;
}
