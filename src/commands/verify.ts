import { availableParallelism } from 'node:os';
import pc from 'picocolors';
import { catalogue, selectClaims } from '../claims/catalogue.ts';
import { type Verification, verifyClaims } from '../claims/engine.ts';
import type { FailureDatabase } from '../claims/failures.ts';
import { figuresBeside } from '../claims/figure-catalogue.ts';
import type { JournalHeader } from '../claims/journal.ts';
import { killsBeside } from '../claims/kill-catalogue.ts';
import { type Part, parsePart, plannedJobs, runPart } from '../claims/part.ts';
import { performCalibration, performFigure, performKills } from '../claims/workers.ts';
import type { Claim, TrialContext } from '../core/claim.ts';
import { InverseClaimsError, messageOf, requireNumber } from '../core/errors.ts';
import type { Figure } from '../core/figure.ts';
import { LARGEST_SEED } from '../core/random.ts';
import type { BackendName } from '../core/solver.ts';
import { loadBackend } from '../networks/backend.ts';
import { buildReport, exitCode } from '../report/build.ts';
import { compareReports } from '../report/diff.ts';
import { reportJson } from '../report/json.ts';
import type { Report } from '../report/schema.ts';
import { appendSummary, type WriteOptions, writeReport } from '../report/write.ts';
import { type Campaign, openCampaign } from './campaign.ts';
import { diffText } from './diff-text.ts';
import { codeHash, environment, machine } from './environment.ts';
import { openKnownFailures, saveFailures } from './known-failures.ts';
import { progressLine } from './progress.ts';
import { readEarlier } from './report-file.ts';
import { verdictTable } from './table.ts';
import type { Terminal } from './terminal.ts';

export interface VerifyFlags {
  readonly tier: 'quick' | 'full';
  readonly seed: number;
  readonly out: string;
  readonly jobs: number;
  readonly backend: 'auto' | BackendName;
  readonly json: boolean;
  readonly resume: boolean;
  readonly cache: boolean;
  readonly shard?: string;
  readonly evidence?: string;
  /** Earlier report, or its folder, to compare with. */
  readonly against?: string;
  readonly keepCounterexamples: boolean;
}

/** Workers used where `--jobs` is not given: one per core. */
export const defaultJobs = (): number => availableParallelism();

/** `verify [claim or prefix …]`: judges claims, writes the report, prints the verdicts; returns the exit code. */
export async function verify(names: readonly string[], flags: VerifyFlags, terminal: Terminal): Promise<number> {
  requireNumber('verify: --seed', flags.seed, { minimum: 0, maximum: LARGEST_SEED, integer: true });
  requireJobs('verify', flags.jobs);
  const claims = selectClaims(catalogue, names, flags.tier);
  requireSome(claims, names);
  const part = flags.shard === undefined ? undefined : parsePart(flags.shard, process.env);
  if (part !== undefined) {
    refuseBesideShard('--evidence', flags.evidence, 'a part judges nothing, so it adds no evidence');
    refuseBesideShard('--against', flags.against, 'a part judges nothing; compare when merging');
  }
  const earlier = await readEarlier(flags.against);
  const loaded = await loadBackend(flags.backend);
  const context: TrialContext = { seed: flags.seed, backend: loaded.backend };
  const header = headerOf(names, flags.tier, context, loaded.tried, part);
  const failures = openKnownFailures({ replayCache: flags.cache, keep: flags.keepCounterexamples });
  const campaign = await openCampaign({ ...flags, header });
  try {
    for (const note of campaign.notes) terminal.stderr.write(`${note}\n`);
    if (part !== undefined) return await verifyPart(claims, context, part, campaign, terminal);
    if (!flags.json) terminal.stdout.write(`${headline(claims, header)}\n`);
    return await report({ claims, context, header, campaign, failures, terminal, ...flags, ...earlier });
  } finally {
    // Counterexamples that were found are worth keeping even where the report could not be written.
    saveFailures(failures, (text) => terminal.stderr.write(text));
    await campaign.close();
  }
}

function refuseBesideShard(flag: string, value: string | undefined, hint: string): void {
  if (value === undefined) return;
  throw new InverseClaimsError('unknown-option', {
    where: `verify: ${flag}`,
    expected: 'no --shard beside it',
    received: 'both',
    hint,
  });
}

/** Throws unless the number of worker threads is usable. */
export function requireJobs(command: string, jobs: number): void {
  requireNumber(`${command}: --jobs`, jobs, { minimum: 1, maximum: 1024, integer: true });
}

function requireSome(claims: readonly Claim[], names: readonly string[]): void {
  if (claims.length > 0) return;
  throw new InverseClaimsError('unknown-name', {
    where: 'verify',
    expected: 'claims of the quick tier',
    received: names.join(' '),
    hint: 'add --tier full',
  });
}

/** First line of the journal of this campaign. */
export function headerOf(
  selection: readonly string[],
  tier: 'quick' | 'full',
  { seed, backend }: TrialContext,
  tried: JournalHeader['tried'],
  part: Part = { index: 1, of: 1 },
): JournalHeader {
  return {
    journal: 1,
    seed,
    backend,
    code: codeHash(),
    node: process.versions.node,
    machine: machine(),
    tier,
    selection,
    tried,
    part,
  };
}

async function verifyPart(
  claims: readonly Claim[],
  context: TrialContext,
  part: Part,
  campaign: Campaign,
  terminal: Terminal,
): Promise<number> {
  const line = progressLine(terminal.stderr);
  const jobs = plannedJobs(claims, context);
  const { done, failed } = await runPart(jobs, part, campaign.workers, (count) =>
    line.show(`part ${part.index}/${part.of}: ${count} jobs done`),
  );
  line.clear();
  for (const message of failed) terminal.stderr.write(`job failed: ${message}\n`);
  terminal.stdout.write(
    `Part ${part.index} of ${part.of}: ${done} of ${jobs.length} jobs are in the journal; merge the parts to judge.\n`,
  );
  return failed.length === 0 ? 0 : 1;
}

export interface ReportOptions {
  readonly claims: readonly Claim[];
  readonly context: TrialContext;
  readonly header: JournalHeader;
  readonly campaign: Campaign;
  /** Counterexamples to replay before laws are searched; none unless given. */
  readonly failures?: FailureDatabase;
  readonly out: string;
  readonly json: boolean;
  /** Evidence file, for the command in the report. */
  readonly evidence?: string;
  /** Earlier report that this one is compared with. */
  readonly earlier?: Report;
  readonly terminal: Terminal;
}

/**
 * Judges, writes the report and the summary, prints the verdicts; returns the exit code: that of the report, or 1 where a
 * claim that the earlier report supports is not supported any more.
 */
export async function report(options: ReportOptions): Promise<number> {
  const { out, terminal, earlier } = options;
  const against = earlier === undefined ? {} : { against: earlier };
  const result = await judgedReport(options);
  requireSameCode(options.header.code);
  await writeReport(result, out, against);
  terminal.stdout.write(options.json ? reportJson(result) : `${verdictTable(result, out)}\n`);
  await summarize(result, terminal, against);
  const hasLost = earlier !== undefined && showChanges(earlier, result, options);
  return hasLost ? 1 : exitCode(result);
}

/** Rows of minor changes that follow the verdicts in a terminal; the page has all of them. */
const DETAIL_ROWS = 8;

/** Prints what changed, beside standard output where that is for the report alone; true where support was lost. */
function showChanges(earlier: Report, result: Report, { json, terminal }: ReportOptions): boolean {
  const changes = compareReports(earlier, result);
  const stream = json ? terminal.stderr : terminal.stdout;
  stream.write(`\n${diffText(changes, { detailRows: DETAIL_ROWS })}\n`);
  return changes.lost.length > 0;
}

/** Results of code that was edited or rebuilt meanwhile are of no known code. */
function requireSameCode(code: string): void {
  const now = codeHash();
  if (now === code) return;
  throw new InverseClaimsError('invalid-report', {
    where: 'verify',
    expected: `the code it started with (${code})`,
    received: `code that changed while it ran (${now})`,
    hint: 'run it again; no report was written',
  });
}

/** Appends to the summary of a GitHub step; where that fails, the verdicts still stand. */
async function summarize(result: Report, terminal: Terminal, against: WriteOptions): Promise<void> {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (path === undefined || path === '') return;
  try {
    await appendSummary(result, path, against);
  } catch (error) {
    terminal.stderr.write(`no step summary: ${messageOf(error)}\n`);
  }
}

/**
 * The figures beside the claims, those that show trials once the trials have been judged. One that fails is told and left
 * out: it decides nothing.
 */
async function figuresOf(
  { claims, context, campaign, terminal }: ReportOptions,
  verifying: Promise<Verification>,
): Promise<readonly Figure[]> {
  const sources = figuresBeside(claims);
  const results = await Promise.allSettled(
    sources.map(async (source) => {
      if (source.trials === undefined) return performFigure(campaign.workers, source.id, context);
      const { firstTrials } = await verifying;
      const trials = await Promise.all(source.trials.map((shown) => firstTrials(shown.source, shown.count)));
      return source.compute(context, trials);
    }),
  );
  return results.flatMap((result, index) => {
    if (result.status === 'fulfilled') return result.value;
    terminal.stderr.write(`no figure ${sources[index]?.id}: ${messageOf(result.reason)}\n`);
    return [];
  });
}

async function judgedReport(options: ReportOptions): Promise<Report> {
  const { claims, context, header, campaign, failures, terminal } = options;
  const { workers } = campaign;
  const started = performance.now();
  const line = progressLine(terminal.stderr);
  try {
    const verifying = verifyClaims({
      claims,
      context,
      workers,
      onProgress: line.update,
      ...(failures === undefined ? {} : { failures }),
      ...(campaign.evidence === undefined ? {} : { evidence: campaign.evidence }),
    });
    const [verification, figures, killMatrices, calibration] = await Promise.all([
      verifying,
      figuresOf(options, verifying),
      Promise.all(killsBeside(claims).map(({ id }) => performKills(workers, id, context.seed))),
      claims.some(({ id }) => id.startsWith('engine.')) ? performCalibration(workers) : undefined,
    ]);
    return buildReport({
      seed: context.seed,
      backend: context.backend,
      tried: header.tried,
      tier: header.tier,
      environment: environment(),
      selection: { command: commandLine(header, options.evidence), claims: header.selection },
      results: verification.results,
      figures,
      killMatrices,
      alphas: alphasOf(claims),
      ...(calibration === undefined ? {} : { calibration }),
      timings: {
        totalSeconds: (performance.now() - started) / 1000,
        claimSeconds: verification.seconds,
        sources: verification.costs,
        reusedJobs: campaign.reused(),
      },
    });
  } finally {
    line.clear();
  }
}

/** The command that makes this report again; the number of workers, the folder and how it was split do not matter. */
function commandLine({ selection, tier, seed, backend }: JournalHeader, evidence?: string): string {
  const names = selection.map((name) => ` ${name}`).join('');
  const continued = evidence === undefined ? '' : ` --evidence ${evidence}`;
  return `npx inverse-claims verify${names} --tier ${tier} --seed ${seed} --backend ${backend}${continued}`;
}

/** Error spent per claim: laws spend none. */
export function alphasOf(claims: readonly Claim[]): Readonly<Record<string, number>> {
  return Object.fromEntries(claims.flatMap((claim) => (claim.kind === 'law' ? [] : [[claim.id, claim.alpha]])));
}

function headline(claims: readonly Claim[], { seed, backend, tried }: JournalHeader): string {
  const rejected = tried.filter((attempt) => !attempt.ok).map((attempt) => `${attempt.name}: ${attempt.reason}`);
  const why = rejected.length === 0 ? '' : pc.dim(` (not ${rejected.join('; not ')})`);
  return `Judging ${claims.length} claims, seed ${seed}, networks on ${backend}${why}`;
}
