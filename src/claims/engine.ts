import type {
  Claim,
  ClaimResult,
  EvidenceCurve,
  FactSummary,
  Facts,
  FormulaClaim,
  LawClaim,
  Measurement,
  StatisticalClaim,
  TrialContext,
  Verdict,
} from '../core/claim.ts';
import type { SequentialTestSpec } from '../verdicts/decision-rules.ts';
import { type Judgement, sequentialTest } from '../verdicts/judge.ts';
import { withControl } from './control.ts';
import { factSummaries } from './facts.ts';
import { type Progress, progressMeter } from './progress-meter.ts';
import { type TrialStore, trialStore } from './trials.ts';
import { verdictInWords } from './words.ts';
import { performLaw, performTrials, type Workers } from './workers.ts';

export type { Progress } from './progress-meter.ts';

export interface VerifyOptions {
  readonly claims: readonly Claim[];
  readonly context: TrialContext;
  readonly workers: Workers;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Verification {
  /** One result per claim, in the order of the claims. */
  readonly results: readonly ClaimResult[];
  /** Wall-clock seconds from the start until each claim was judged. */
  readonly seconds: Readonly<Record<string, number>>;
}

/**
 * Judges the claims. Trials are computed by the workers and shared between claims; each test sees its trials in
 * their numbered order and stops at its first decision, so the results do not depend on the workers.
 * A claim whose code throws is `errored`; the others go on.
 */
export async function verifyClaims(options: VerifyOptions): Promise<Verification> {
  const { claims, context, workers } = options;
  const started = performance.now();
  const meter = progressMeter(claims, workers.parallel, options.onProgress ?? (() => undefined));
  const store = trialStore((source, first, count) =>
    meter.job(source.id, () => performTrials(workers, source, context, first, count)),
  );
  const seconds: Record<string, number> = {};
  const judging: Judging = { context, workers, store, meter };
  const results = await Promise.all(
    claims.map(async (claim) => {
      const result = await judgeClaim(claim, judging);
      seconds[claim.id] = (performance.now() - started) / 1000;
      meter.decided(claim.id);
      return result;
    }),
  );
  return { results, seconds };
}

interface Judging {
  readonly context: TrialContext;
  readonly workers: Workers;
  readonly store: TrialStore;
  readonly meter: ReturnType<typeof progressMeter>;
}

/** What judging one claim yields before it is put into words. */
interface Judged {
  readonly verdict: Verdict;
  readonly control: Verdict;
  readonly curves: readonly EvidenceCurve[];
  readonly facts: readonly FactSummary[];
}

async function judgeClaim(claim: Claim, judging: Judging): Promise<ClaimResult> {
  let judged: Judged;
  try {
    judged = await judgeByKind(claim, judging);
  } catch (error) {
    const verdict: Verdict = { outcome: 'errored', message: error instanceof Error ? error.message : String(error) };
    judged = { verdict, control: { outcome: 'skipped', reason: 'the claim itself errored' }, curves: [], facts: [] };
  }
  const verdict = withControl(judged.verdict, judged.control);
  return {
    id: claim.id,
    kind: claim.kind,
    tier: claim.tier,
    statement: claim.statement,
    regime: claim.regime,
    source: claim.source,
    plan: planOf(claim),
    verdict,
    control: {
      what: claim.kind === 'law' ? claim.brokenTwin.what : claim.control.what,
      verdict: judged.control,
    },
    words: verdictInWords(claim, verdict),
    curves: judged.curves,
    facts: judged.facts,
    replay: replayCommand(claim, verdict, judging.context),
  };
}

function judgeByKind(claim: Claim, judging: Judging): Promise<Judged> {
  switch (claim.kind) {
    case 'law':
      return judgeLaw(claim, judging);
    case 'statistical':
      return judgeStatistical(claim, judging);
    case 'formula':
      return judgeFormula(claim, judging);
  }
}

async function judgeLaw(claim: LawClaim, { context, workers, meter }: Judging): Promise<Judged> {
  const search = { seed: context.seed, cases: claim.cases };
  const both = [false, true].map((twin) => meter.job(claim.id, () => performLaw(workers, claim.id, search, twin)));
  const [verdict, control] = (await Promise.all(both)) as [Verdict, Verdict];
  return { verdict, control, curves: [], facts: [] };
}

async function judgeStatistical(claim: StatisticalClaim, judging: Judging): Promise<Judged> {
  const { theta0, theta1, alpha, maxTrials } = claim;
  const test: SequentialTestSpec = { kind: 'statistical', theta0, theta1, alpha, maxTrials };
  const [main, control] = await Promise.all([
    judgeMeasurement(claim.measurement, test, maxTrials, judging),
    judgeMeasurement(claim.control, test, maxTrials, judging),
  ]);
  return {
    verdict: main.judgement.verdict,
    control: control.judgement.verdict,
    curves: [
      { label: 'claim', points: main.judgement.curve },
      { label: 'control', points: control.judgement.curve },
    ],
    facts: [
      ...factSummaries(claim.measurement.trials, main.facts),
      ...(claim.control.trials === claim.measurement.trials
        ? []
        : factSummaries(claim.control.trials, control.facts, 'control: ')),
    ],
  };
}

async function judgeFormula(claim: FormulaClaim, judging: Judging): Promise<Judged> {
  const alpha = claim.alpha / claim.cells.length;
  const cells = await Promise.all(
    claim.cells.map(async (cell) => {
      const test = (theory: number): SequentialTestSpec => ({
        kind: 'formula',
        theory,
        bias: claim.bias,
        resolution: claim.resolution,
        alpha,
        maxTrials: claim.maxTrials,
      });
      const [main, control] = await Promise.all([
        judgeMeasurement(cell.measurement, test(cell.theory), claim.maxTrials, judging),
        judgeMeasurement(cell.measurement, test(cell.wrongTheory), claim.maxTrials, judging),
      ]);
      return { cell, main, control };
    }),
  );
  return {
    verdict: conjunction(cells.map(({ cell, main }) => ({ ...cell, verdict: main.judgement.verdict }))),
    control: conjunction(
      cells.map(({ cell, control }) => ({
        label: cell.label,
        theory: cell.wrongTheory,
        verdict: control.judgement.verdict,
      })),
    ),
    curves: cells.map(({ cell, main }) => ({ label: cell.label, points: main.judgement.curve })),
    facts: cells.flatMap(({ cell, main }) => factSummaries(cell.measurement.trials, main.facts, `${cell.label}: `)),
  };
}

interface JudgedCell {
  readonly label: string;
  readonly theory: number;
  readonly verdict: Verdict;
}

/**
 * All cells must be supported; one refuted cell refutes. Each cell spends α / (number of cells), so that a false
 * refutation anywhere costs at most α; a false support is a false support of some cell, which costs less still.
 */
export function conjunction(cells: readonly JudgedCell[]): Verdict {
  const evidence = {
    kind: 'cells' as const,
    cells: cells.flatMap(({ label, theory, verdict }) =>
      'evidence' in verdict && verdict.evidence.kind === 'sequence' ? [{ label, theory, ...verdict.evidence }] : [],
    ),
  };
  const reasons = (outcome: 'supported' | 'refuted'): string =>
    cells
      .flatMap(({ label, verdict }) => (verdict.outcome === outcome ? [`${label}: ${verdict.reason}`] : []))
      .join('; ');
  if (cells.some(({ verdict }) => verdict.outcome === 'refuted')) {
    return { outcome: 'refuted', reason: reasons('refuted'), evidence };
  }
  if (cells.length > 0 && cells.every(({ verdict }) => verdict.outcome === 'supported')) {
    return { outcome: 'supported', reason: reasons('supported'), evidence };
  }
  const open = cells.flatMap(({ label, verdict }) =>
    verdict.outcome === 'undecided' ? [`${label}: ${verdict.needs}`] : [],
  );
  return { outcome: 'undecided', evidence, needs: open.join(' ') };
}

async function judgeMeasurement(
  measurement: Measurement,
  test: SequentialTestSpec,
  maxTrials: number,
  { store, workers }: Judging,
): Promise<{ readonly judgement: Judgement; readonly facts: readonly Facts[] }> {
  const sequence = sequentialTest(test);
  const facts: Facts[] = [];
  for await (const trial of store.inOrder(measurement.trials, maxTrials, workers.parallel - 1)) {
    facts.push(trial);
    if (sequence.add(measurement.value(trial)) !== undefined) break;
  }
  return { judgement: sequence.judgement(), facts };
}

function planOf(claim: Claim): Readonly<Record<string, number | string>> {
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

function replayCommand(claim: Claim, verdict: Verdict, context: TrialContext): string {
  const base = `npx inverse-claims replay ${claim.id} --seed ${context.seed}`;
  const path =
    'evidence' in verdict && verdict.evidence.kind === 'counterexample' ? ` --path ${verdict.evidence.path}` : '';
  return claim.kind === 'law' ? `${base}${path}` : `${base} --backend ${context.backend}`;
}
