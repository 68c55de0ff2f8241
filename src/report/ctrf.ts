import type { Outcome } from '../core/claim.ts';
import { byGroup, groupOf } from './claim-groups.ts';
import { claimSeconds } from './claim-seconds.ts';
import { printable } from './escape.ts';
import { jsonText } from './json.ts';
import { OUTCOMES } from './outcomes.ts';
import type { Report, ReportClaim, ReportSequence } from './schema.ts';

/** Version of the Common Test Report Format that is written. */
const SPEC_VERSION = '0.0.0';

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

/** CTRF has no undecided: it becomes `other`, because a claim without evidence must read neither as passed nor as broken. */
const STATUSES: Readonly<Record<Outcome, Status>> = {
  supported: 'passed',
  refuted: 'failed',
  undecided: 'other',
  skipped: 'skipped',
  errored: 'failed',
};

/**
 * A report in the Common Test Report Format (https://ctrf.io): one test per claim, its suite the group, `rawStatus` our
 * outcome, the plan as parameters, and under `extra` what the verdict rests on.
 *
 * CTRF asks for instants. A report holds none, only durations, so a run starts at 0 and stops after its length, in
 * milliseconds; there is no timestamp and no random id, and the same report gives the same bytes.
 * Characters that no report may carry read U+FFFD, see `printable`.
 */
export function renderCtrf(report: Report): string {
  return jsonText(
    legible({
      reportFormat: 'CTRF',
      specVersion: SPEC_VERSION,
      generatedBy: `inverse-claims ${report.environment.version}`,
      results: {
        tool: { name: 'inverse-claims', version: report.environment.version },
        summary: summary(report),
        tests: report.claims.map((claim) => test(report, claim)),
        environment: environment(report),
        extra: { ledger: report.ledger },
      },
    }),
  );
}

function summary(report: Report): object {
  const total = milliseconds(report.timings.totalSeconds);
  const having = (status: Status) =>
    OUTCOMES.reduce((sum, outcome) => sum + (STATUSES[outcome] === status ? report.counts[outcome] : 0), 0);
  return {
    tests: report.claims.length,
    passed: having('passed'),
    failed: having('failed'),
    skipped: having('skipped'),
    pending: having('pending'),
    other: having('other'),
    suites: byGroup(report.claims).size,
    start: 0,
    stop: total,
    duration: total,
    extra: { outcomes: report.counts },
  };
}

function environment(report: Report): object {
  const { version, node, platform, arch, codeHash } = report.environment;
  return {
    reportName: 'inverse-claims verification',
    appName: 'inverse-claims',
    appVersion: version,
    osPlatform: platform,
    testEnvironment: `backend ${report.backend.name}, Node.js ${node}, ${arch}`,
    extra: {
      seed: report.seed,
      backend: report.backend,
      tier: report.tier,
      codeHash,
      node,
      arch,
      selection: report.selection,
    },
  };
}

function test(report: Report, claim: ReportClaim): object {
  return {
    testId: claim.id,
    name: claim.id,
    status: STATUSES[claim.outcome],
    rawStatus: claim.outcome,
    duration: milliseconds(claimSeconds(report, claim)),
    suite: [groupOf(claim.id)],
    message: message(claim),
    trace: trace(claim),
    tags: [claim.kind, claim.tier],
    labels: { kind: claim.kind, tier: claim.tier },
    parameters: claim.plan,
    extra: extra(claim),
  };
}

/** In words, and why: the reason, what would settle it, or what went wrong. */
function message(claim: ReportClaim): string {
  const why = claim.reason ?? (claim.needs === undefined ? claim.message : `would be settled by: ${claim.needs}`);
  return [claim.words, why].filter((line) => line !== undefined && line !== '').join('\n');
}

function trace({ evidence }: ReportClaim): string | undefined {
  if (evidence?.kind !== 'counterexample') return undefined;
  const { shrunk, message, seed, path } = evidence;
  return `counterexample: ${shrunk}\n${message}\nseed ${seed}, path ${path}`;
}

function extra(claim: ReportClaim): object {
  const { evidence, plan, control } = claim;
  const named = ['theta0', 'theta1', 'bias', 'resolution'].filter((key) => Object.hasOwn(plan, key));
  return {
    statement: claim.statement,
    regime: claim.regime,
    alpha: claim.alpha,
    thresholds: Object.fromEntries(named.map((key) => [key, plan[key]])),
    trials: trials(claim),
    interval: evidence?.kind === 'sequence' ? interval(evidence) : undefined,
    cells: evidence?.kind === 'cells' ? evidence.cells.map(cell) : undefined,
    control: { what: control.what, outcome: control.outcome },
    replay: claim.replay,
  };
}

const interval = ({ mean, lower, upper, level }: ReportSequence) => ({ mean, lower, upper, level });

const cell = (sequence: { readonly label: string; readonly theory: number } & ReportSequence) => ({
  label: sequence.label,
  theory: sequence.theory,
  trials: sequence.trials,
  ...interval(sequence),
});

/** Trials, over all cells, or cases that the verdict rests on; undefined where it rests on none. */
function trials({ evidence }: ReportClaim): number | undefined {
  switch (evidence?.kind) {
    case 'sequence':
      return evidence.trials;
    case 'cells':
      return evidence.cells.reduce((sum, { trials }) => sum + trials, 0);
    case 'cases':
      return evidence.tried;
    default:
      return undefined;
  }
}

/** A whole number of milliseconds that every reader can hold. */
function milliseconds(seconds: number): number {
  return Math.min(Math.round(1000 * seconds), Number.MAX_SAFE_INTEGER);
}

/** The same data with every text, names included, made printable. */
function legible(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(legible);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [printable(key), legible(item)]));
}
