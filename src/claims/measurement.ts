import type { Facts, Measurement } from '../core/claim.ts';
import type { SequentialTestSpec } from '../verdicts/decision-rules.ts';
import { type Judgement, sequentialTest } from '../verdicts/judge.ts';
import { type EvidenceSequence, epochAlpha } from './evidence.ts';
import type { TrialStore } from './trials.ts';

/** One test with its budget of new trials. */
export interface BudgetedTest {
  readonly measurement: Measurement;
  readonly test: SequentialTestSpec;
  readonly maxTrials: number;
}

/** What a test came to, and the facts of the trials judged now. */
export interface JudgedMeasurement {
  readonly judgement: Judgement;
  readonly facts: readonly Facts[];
}

/**
 * Judges trials in their numbered order up to the first decision. With evidence from earlier runs the test goes on from
 * there, at the error of its epoch, and records each new trial as it is judged.
 *
 * @param ahead  chunks that may be computed before they are needed
 */
export async function judgeMeasurement(
  { measurement, test, maxTrials }: BudgetedTest,
  store: TrialStore,
  ahead: number,
  evidence?: EvidenceSequence,
): Promise<JudgedMeasurement> {
  const sequence = sequentialTest(evidence === undefined ? test : continued(test, maxTrials, evidence));
  for (const value of evidence?.earlier ?? []) sequence.add(value);
  const facts: Facts[] = [];
  const from = evidence?.from ?? 0;
  if (sequence.decision() !== undefined) return { judgement: sequence.judgement(), facts };
  let k = 0;
  for await (const trial of store.inOrder(measurement.trials, from + maxTrials, ahead)) {
    // Trials of this seed that earlier runs have judged already are not judged again.
    if (k++ < from) continue;
    facts.push(trial);
    const value = measurement.value(trial);
    const decision = sequence.add(value);
    evidence?.append(value);
    if (decision !== undefined) break;
  }
  return { judgement: sequence.judgement(), facts };
}

/** The test over all nights: the budget is for new trials, the error that of the epoch. */
function continued(test: SequentialTestSpec, maxTrials: number, evidence: EvidenceSequence): SequentialTestSpec {
  return {
    ...test,
    alpha: epochAlpha(test.alpha, evidence.epoch),
    maxTrials: evidence.earlier.length + maxTrials,
  };
}
