import type {
  Claim,
  ClaimResult,
  EvidenceCurve,
  FactSummary,
  Facts,
  FormulaClaim,
  LawClaim,
  LawSearch,
  StatisticalClaim,
  TrialContext,
  TrialSource,
  Verdict,
} from '../core/claim.ts';
import { messageOf } from '../core/errors.ts';
import type { SequentialTestSpec } from '../verdicts/decision-rules.ts';
import { conjunction, controlOfCells } from './conjunction.ts';
import { withControl } from './control.ts';
import { planOf, replayCommand } from './describe.ts';
import type { EvidenceFile, EvidenceSequence } from './evidence.ts';
import { factSummaries } from './facts.ts';
import { type FailureDatabase, NO_FAILURES } from './failures.ts';
import { type BudgetedTest, type JudgedMeasurement, judgeMeasurement } from './measurement.ts';
import { type Cost, type Progress, progressMeter } from './progress-meter.ts';
import { judgeWithKnownFailures } from './replayed-law.ts';
import { trialStore } from './trials.ts';
import { verdictInNumbers, verdictInWords } from './words.ts';
import { performLaw, performTrials, type Workers } from './workers.ts';

export type { Progress } from './progress-meter.ts';

export interface VerifyOptions {
  readonly claims: readonly Claim[];
  readonly context: TrialContext;
  readonly workers: Workers;
  readonly onProgress?: (progress: Progress) => void;
  /** Counterexamples known from earlier: replayed before a law is searched; none unless given. */
  readonly failures?: FailureDatabase;
  /** Evidence of earlier runs, which the tests continue; each run stands alone unless given. */
  readonly evidence?: EvidenceFile;
}

export interface Verification {
  /** One result per claim, in the order of the claims. */
  readonly results: readonly ClaimResult[];
  /** Wall-clock seconds from the start until each claim was judged. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Jobs and worker seconds spent on each trial source and law, remembered ones included. */
  readonly costs: Readonly<Record<string, Cost>>;
  /** The first trials of a source: those that were judged, and further ones where these are fewer. */
  firstTrials(source: TrialSource, count: number): Promise<readonly Facts[]>;
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
  const judging: Judging = {
    context,
    workers,
    judge: (test, evidence) => judgeMeasurement(test, store, workers.parallel - 1, evidence),
    meter,
    failures: options.failures ?? NO_FAILURES,
    evidence: options.evidence,
  };
  const results = await Promise.all(
    claims.map(async (claim) => {
      const result = await judgeClaim(claim, judging);
      seconds[claim.id] = (performance.now() - started) / 1000;
      meter.decided(claim.id);
      return result;
    }),
  );
  const firstTrials = async (source: TrialSource, count: number): Promise<readonly Facts[]> => {
    const facts: Facts[] = [];
    for await (const trial of store.inOrder(source, count, workers.parallel - 1)) facts.push(trial);
    return facts;
  };
  return { results, seconds, costs: meter.costs(), firstTrials };
}

interface Judging {
  readonly context: TrialContext;
  readonly workers: Workers;
  /** Judges one test on shared trials. */
  judge(test: BudgetedTest, evidence?: EvidenceSequence): Promise<JudgedMeasurement>;
  readonly meter: ReturnType<typeof progressMeter>;
  readonly failures: FailureDatabase;
  readonly evidence: EvidenceFile | undefined;
}

/** What judging one claim yields before it is put into words. */
interface Judged {
  readonly verdict: Verdict;
  readonly control: Verdict;
  readonly curves: readonly EvidenceCurve[];
  readonly facts: readonly FactSummary[];
  /** Where evidence grows over runs: what of it was there before this one. */
  readonly nights?: Readonly<Record<string, number>>;
}

async function judgeClaim(claim: Claim, judging: Judging): Promise<ClaimResult> {
  let judged: Judged;
  try {
    judged = await judgeByKind(claim, judging);
  } catch (error) {
    const verdict: Verdict = { outcome: 'errored', message: messageOf(error) };
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
    plan: { ...planOf(claim), ...judged.nights },
    verdict,
    control: {
      what: claim.kind === 'law' ? claim.brokenTwin.what : claim.control.what,
      verdict: judged.control,
    },
    words: verdictInWords(claim, verdict),
    numbers: verdictInNumbers(claim, verdict, judged.facts),
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

async function judgeLaw(claim: LawClaim, { context, workers, meter, failures }: Judging): Promise<Judged> {
  const search = { seed: context.seed, cases: claim.cases };
  const perform = async (wanted: LawSearch, twin = false): Promise<Verdict> => {
    const work = () => performLaw(workers, claim.id, wanted, twin);
    // A replay is one case: counted as a job, it would spoil the estimate of what a search takes.
    return wanted.path === undefined ? meter.job(claim.id, work) : (await work()).result;
  };
  const [verdict, control] = await Promise.all([
    judgeWithKnownFailures(claim, search, failures, perform),
    perform(search, true),
  ]);
  return { verdict, control, curves: [], facts: [] };
}

async function judgeStatistical(claim: StatisticalClaim, judging: Judging): Promise<Judged> {
  const { theta0, theta1, alpha, maxTrials } = claim;
  const test: SequentialTestSpec = { kind: 'statistical', theta0, theta1, alpha, maxTrials };
  const evidence = evidenceOf(judging, claim, test);
  const [main, control] = await Promise.all([
    judging.judge({ measurement: claim.measurement, test, maxTrials }, evidence),
    judging.judge({ measurement: claim.control, test, maxTrials }),
  ]);
  return {
    verdict: main.judgement.verdict,
    control: control.judgement.verdict,
    ...(evidence === undefined ? {} : { nights: nightsOf(evidence) }),
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
  const { bias, resolution, maxTrials } = claim;
  const alpha = claim.alpha / claim.cells.length;
  const cells = await Promise.all(
    claim.cells.map(async (cell) => {
      const test = (theory: number): SequentialTestSpec => ({
        kind: 'formula',
        theory,
        bias,
        resolution,
        alpha,
        maxTrials,
      });
      const [main, control] = await Promise.all([
        judging.judge(
          { measurement: cell.measurement, test: test(cell.theory), maxTrials },
          evidenceOf(judging, claim, test(cell.theory), cell.label),
        ),
        judging.judge({ measurement: cell.measurement, test: test(cell.wrongTheory), maxTrials }),
      ]);
      return { cell, main, control };
    }),
  );
  return {
    verdict: conjunction(cells.map(({ cell, main }) => ({ ...cell, verdict: main.judgement.verdict }))),
    control: controlOfCells(
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

/** What of the evidence was there before this run, for the report. */
function nightsOf({ earlier, seeds, epoch }: EvidenceSequence): Readonly<Record<string, number>> {
  return { epoch, earlierSeeds: seeds, earlierTrials: earlier.length };
}

/** The evidence of earlier runs for a test of the claim, where an evidence file is kept. */
function evidenceOf(
  { evidence }: Judging,
  claim: StatisticalClaim | FormulaClaim,
  test: SequentialTestSpec,
  label = '',
) {
  return evidence?.sequence(label === '' ? claim.id : `${claim.id}/${label}`, [claim.statement, claim.regime, test]);
}
