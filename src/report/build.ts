import type { ClaimResult, Evidence, FactSummary, SequenceEvidence, Verdict } from '../core/claim.ts';
import { requireNumber } from '../core/errors.ts';
import type { Figure } from '../core/figure.ts';
import type { KillMatrix, KillRow } from '../core/kill-matrix.ts';
import type { ReportBoundedRow, ReportEventRow } from './calibration-schema.ts';
import { numberText } from './number-text.ts';
import { requireReport } from './require-report.ts';
import { type Report, type ReportClaim, type ReportEvidence, SCHEMA_VERSION } from './schema.ts';

/** Everything a report is made of. Only `timings` may depend on the clock. */
export interface ReportInput {
  /** In [0, 2^48). */
  readonly seed: number;
  /** Name of the backend that trained the networks, or 'none'. */
  readonly backend: string;
  /** Backends in the order tried, each with the reason where it could not be used. */
  readonly tried: readonly { readonly name: string; readonly ok: boolean; readonly reason?: string }[];
  readonly tier: Report['tier'];
  readonly environment: Readonly<Report['environment']>;
  /** What was asked: the command line, and the claims named on it (none: all of the tier). */
  readonly selection: { readonly command: string; readonly claims: readonly string[] };
  readonly results: readonly ClaimResult[];
  readonly figures: readonly Figure[];
  /** Wrong versions against the checks of the claims; none unless given. */
  readonly killMatrices?: readonly KillMatrix[];
  /** Level of every statistical and formula claim, by id. */
  readonly alphas: Readonly<Record<string, number>>;
  /** How often the engine errs, exactly for 0/1 trials and estimated for other samples: shown beside claims about it. */
  readonly calibration?: {
    readonly events: readonly Readonly<ReportEventRow>[];
    readonly bounded: readonly Readonly<ReportBoundedRow>[];
  };
  readonly timings: {
    readonly totalSeconds: number;
    readonly claimSeconds: Readonly<Record<string, number>>;
    readonly sources: Readonly<Record<string, { readonly jobs: number; readonly seconds: number }>>;
    readonly reusedJobs: number;
  };
}

/**
 * The report of a verification: a pure function of its input.
 *
 * Throws `not-finite` or `out-of-range` where a statistical or formula claim has no level in (0, 1), and
 * `invalid-report`, with the place, where a number is not finite that must be, or two claims share an id.
 */
export function buildReport(input: ReportInput): Report {
  const claims = input.results.map((result) => reportClaim(result, levelOf(result, input.alphas)));
  const report: Report = {
    schemaVersion: SCHEMA_VERSION,
    seed: input.seed,
    backend: { name: input.backend, tried: input.tried.map((backend) => ({ ...backend })) },
    tier: input.tier,
    environment: {
      version: input.environment.version,
      node: input.environment.node,
      platform: input.environment.platform,
      arch: input.environment.arch,
      codeHash: input.environment.codeHash,
    },
    selection: { command: input.selection.command, claims: [...input.selection.claims] },
    ledger: ledger(claims),
    counts: counts(claims),
    claims,
    figures: input.figures.map(reportFigure),
    ...killMatricesOf(input),
    ...(input.calibration === undefined ? {} : { calibration: reportCalibration(input.calibration) }),
    timings: {
      totalSeconds: input.timings.totalSeconds,
      claimSeconds: { ...input.timings.claimSeconds },
      sources: Object.fromEntries(Object.entries(input.timings.sources).map(([id, cost]) => [id, { ...cost }])),
      reusedJobs: input.timings.reusedJobs,
    },
  };
  return requireReport('buildReport', report);
}

/**
 * Exit code of a verification: 1 if a claim is refuted or errored; else 2 if one is undecided, or if none is
 * supported, because no evidence is not success; else 0.
 */
export function exitCode(report: Report): 0 | 1 | 2 {
  const { supported, refuted, errored, undecided } = report.counts;
  if (refuted + errored > 0) return 1;
  return undecided > 0 || supported === 0 ? 2 : 0;
}

function levelOf(result: ClaimResult, alphas: Readonly<Record<string, number>>): number | null {
  if (result.kind === 'law') return null;
  const where = `buildReport: alphas[${JSON.stringify(result.id)}]`;
  return requireNumber(where, alphas[result.id] ?? Number.NaN, { above: 0, maximum: 1 });
}

function killMatricesOf({ killMatrices = [] }: ReportInput): Pick<Report, 'killMatrices'> {
  const rows = (of: readonly KillRow[]) =>
    of.map(({ name, what, source, killedAt }) => ({ name, what, source, killedAt: [...killedAt] }));
  if (killMatrices.length === 0) return {};
  return {
    killMatrices: killMatrices.map(({ id, title, caption, checks, correct, mutants }) => ({
      id,
      title,
      caption,
      checks: checks.map((check) => ({ ...check })),
      correct: rows(correct),
      mutants: rows(mutants),
    })),
  };
}

function reportCalibration({ events, bounded }: NonNullable<ReportInput['calibration']>) {
  return { events: [...structuredClone(events)], bounded: [...structuredClone(bounded)] };
}

/** How many claims have each outcome. */
export function counts(claims: readonly Pick<ReportClaim, 'outcome'>[]): Report['counts'] {
  const result = { supported: 0, refuted: 0, undecided: 0, skipped: 0, errored: 0 };
  for (const { outcome } of claims) result[outcome] += 1;
  return result;
}

/** What the verdicts may be wrong with, together. Errored claims count too: that a test broke off may depend on its data, and a sum chosen by data would prove nothing. */
export function ledger(claims: readonly Pick<ReportClaim, 'alpha' | 'kind' | 'outcome'>[]): Report['ledger'] {
  const spent = claims.filter((claim) => claim.alpha !== null && claim.outcome !== 'skipped');
  const alphaSum = Number(spent.reduce((sum, claim) => sum + (claim.alpha ?? 0), 0).toPrecision(12));
  const laws = claims.filter((claim) => claim.kind === 'law' && claim.outcome !== 'skipped').length;
  const statistics =
    spent.length === 0
      ? 'No statistical or formula claim was judged, so no probability of error was spent.'
      : `The probability that any of the ${spent.length} statistical and formula verdicts is a wrong "supported" or a wrong ` +
        `"refuted" is at most ${numberText(alphaSum)}: the sum of their levels (union bound), whenever each test stopped ` +
        'and however the claims depend on each other.';
  const search =
    laws === 0
      ? ''
      : ` The ${laws} ${laws === 1 ? 'law spends' : 'laws spend'} none: a supported law reads "not refuted in the cases tried".`;
  return { alphaSum, judged: spent.length, meaning: statistics + search };
}

/** A judged claim as reports hold it, with the level it spends: null for a law. */
export function reportClaim(result: ClaimResult, alpha: number | null): ReportClaim {
  const { source } = result;
  return {
    id: result.id,
    kind: result.kind,
    tier: result.tier,
    statement: result.statement,
    regime: result.regime,
    source: {
      where: source.where,
      ...(source.quote === undefined ? {} : { quote: source.quote }),
      ...(source.reference === undefined ? {} : { reference: source.reference }),
    },
    plan: Object.fromEntries(Object.entries(result.plan).map(([key, value]) => [key, finiteOrWord(value)])),
    alpha,
    ...judgement(result.verdict),
    control: { what: result.control.what, ...judgement(result.control.verdict) },
    words: result.words,
    numbers: result.numbers,
    facts: result.facts.map(reportFact),
    curves: result.curves.map(({ label, points }) => ({
      label,
      points: points.map((point) => ({
        trials: point.trials,
        mean: meanOrNull(point.mean, point.trials),
        lower: point.lower,
        upper: point.upper,
        logFor: logarithm(point.logFor),
        logAgainst: logarithm(point.logAgainst),
      })),
    })),
    replay: result.replay,
  };
}

function judgement(verdict: Verdict): Pick<ReportClaim, 'outcome' | 'reason' | 'needs' | 'message' | 'evidence'> {
  const { outcome } = verdict;
  switch (outcome) {
    case 'supported':
    case 'refuted':
      return { outcome, reason: verdict.reason, evidence: reportEvidence(verdict.evidence) };
    case 'undecided':
      return { outcome, needs: verdict.needs, evidence: reportEvidence(verdict.evidence) };
    case 'skipped':
      return { outcome, reason: verdict.reason };
    case 'errored':
      return { outcome, message: verdict.message };
  }
}

function reportEvidence(evidence: Evidence): ReportEvidence {
  switch (evidence.kind) {
    case 'sequence':
      return sequence(evidence);
    case 'cells':
      return {
        kind: 'cells',
        cells: evidence.cells.map((cell) => ({ label: cell.label, theory: cell.theory, ...sequence(cell) })),
      };
    case 'cases':
      return { kind: 'cases', tried: evidence.tried, rejected: evidence.rejected, seed: evidence.seed };
    case 'counterexample': {
      const { seed, path, shrunk, message } = evidence;
      return { kind: 'counterexample', seed, path, shrunk, message };
    }
  }
}

function sequence(evidence: SequenceEvidence): Extract<ReportEvidence, { kind: 'sequence' }> {
  return {
    kind: 'sequence',
    trials: evidence.trials,
    mean: meanOrNull(evidence.mean, evidence.trials),
    lower: evidence.lower,
    upper: evidence.upper,
    level: evidence.level,
    logEvidence: { for: logarithm(evidence.logEvidence.for), against: logarithm(evidence.logEvidence.against) },
  };
}

/** There is no mean before the first trial; any other number that is not finite is left for the schema to refuse. */
function meanOrNull(mean: number, trials: number): number | null {
  return trials === 0 && !Number.isFinite(mean) ? null : mean;
}

function logarithm(value: number): number | null {
  return value === Number.NEGATIVE_INFINITY ? null : value;
}

function finiteOrWord(value: number | string): number | string {
  return typeof value === 'string' || Number.isFinite(value) ? value : String(value);
}

function reportFact(fact: FactSummary): ReportClaim['facts'][number] {
  const keys = ['mean', 'median', 'minimum', 'maximum'] as const;
  const infinite = keys.filter((key) => !Number.isFinite(fact[key]));
  const finite = (key: (typeof keys)[number]) => (Number.isFinite(fact[key]) ? fact[key] : null);
  return {
    name: fact.name,
    label: fact.label,
    unit: fact.unit,
    trials: fact.trials,
    mean: finite('mean'),
    median: finite('median'),
    minimum: finite('minimum'),
    maximum: finite('maximum'),
    ...(infinite.length === 0
      ? {}
      : { nonFinite: Object.fromEntries(infinite.map((key) => [key, String(fact[key])])) }),
  };
}

function reportFigure(figure: Figure): Report['figures'][number] {
  const gaps = (values: readonly (number | null)[]) =>
    values.map((value) => (value !== null && Number.isFinite(value) ? value : null));
  return {
    id: figure.id,
    title: figure.title,
    caption: figure.caption,
    panels: figure.panels.map(({ title, x, y, image, series, references }) => ({
      title,
      x: { label: x.label, scale: x.scale },
      y: { label: y.label, scale: y.scale },
      ...(image === undefined
        ? {}
        : { image: { x: [...image.x], y: [...image.y], rows: image.rows.map(gaps), color: { ...image.color } } }),
      series: series.map((line) => ({
        name: line.name,
        x: [...line.x],
        y: gaps(line.y),
        ...(line.low === undefined ? {} : { low: gaps(line.low) }),
        ...(line.high === undefined ? {} : { high: gaps(line.high) }),
        ...(line.pointsOf === undefined ? {} : { pointsOf: line.pointsOf }),
        ...(line.steps === undefined ? {} : { steps: line.steps }),
      })),
      ...(references === undefined ? {} : { references: references.map((line) => ({ ...line })) }),
    })),
  };
}
