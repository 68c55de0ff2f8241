import { availableParallelism } from 'node:os';
import pc from 'picocolors';
import { catalogue, selectClaims } from '../claims/catalogue.ts';
import { verifyClaims } from '../claims/engine.ts';
import { figuresBeside } from '../claims/figure-catalogue.ts';
import { performFigure, type Workers, workerPool } from '../claims/workers.ts';
import type { Claim, TrialContext } from '../core/claim.ts';
import { requireNumber } from '../core/errors.ts';
import type { Figure } from '../core/figure.ts';
import { LARGEST_SEED } from '../core/random.ts';
import type { BackendName } from '../core/solver.ts';
import { loadBackend } from '../networks/backend.ts';
import { buildReport, exitCode } from '../report/build.ts';
import type { Report } from '../report/schema.ts';
import { appendSummary, requireWritable, writeReport } from '../report/write.ts';
import { environment } from './environment.ts';
import { progressLine } from './progress.ts';
import { verdictTable } from './table.ts';
import type { Terminal } from './terminal.ts';

export interface VerifyFlags {
  readonly tier: 'quick' | 'full';
  readonly seed: number;
  readonly out: string;
  readonly jobs: number;
  readonly backend: 'auto' | BackendName;
  readonly json: boolean;
}

/** Workers used where `--jobs` is not given: one per core. */
export const defaultJobs = (): number => availableParallelism();

/** `verify [claim or prefix …]`: judges claims, writes the report, prints the verdicts; returns the exit code. */
export async function verify(names: readonly string[], flags: VerifyFlags, terminal: Terminal): Promise<number> {
  requireNumber('verify: --seed', flags.seed, { minimum: 0, maximum: LARGEST_SEED, integer: true });
  requireNumber('verify: --jobs', flags.jobs, { minimum: 1, maximum: 1024, integer: true });
  const claims = selectClaims(catalogue, names, flags.tier);
  await requireWritable(flags.out);
  const loaded = await loadBackend(flags.backend);
  const context: TrialContext = { seed: flags.seed, backend: loaded.backend };
  if (!flags.json) terminal.stdout.write(`${headline(claims, flags.seed, loaded)}\n`);
  const workers = workerPool(flags.jobs);
  try {
    const report = await verifyToReport({ claims, names, flags, context, workers, terminal, tried: loaded.tried });
    await writeReport(report, flags.out);
    const summary = process.env.GITHUB_STEP_SUMMARY;
    if (summary !== undefined && summary !== '') await appendSummary(report, summary);
    terminal.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : `${verdictTable(report, flags.out)}\n`);
    return exitCode(report);
  } finally {
    await workers.close();
  }
}

interface Campaign {
  readonly claims: readonly Claim[];
  readonly names: readonly string[];
  readonly flags: VerifyFlags;
  readonly context: TrialContext;
  readonly workers: Workers;
  readonly terminal: Terminal;
  readonly tried: Awaited<ReturnType<typeof loadBackend>>['tried'];
}

async function verifyToReport({ claims, names, flags, context, workers, terminal, tried }: Campaign): Promise<Report> {
  const started = performance.now();
  const line = progressLine(terminal.stderr);
  try {
    const sources = figuresBeside(claims);
    const [verification, figures] = await Promise.all([
      verifyClaims({ claims, context, workers, onProgress: line.update }),
      Promise.all(sources.map((source) => performFigure(workers, source.id, context))),
    ]);
    return buildReport({
      seed: context.seed,
      backend: context.backend,
      tried,
      tier: flags.tier,
      environment: environment(),
      selection: { command: commandLine(names, flags, context), claims: names },
      results: verification.results,
      figures: figures.flat() as readonly Figure[],
      alphas: alphasOf(claims),
      timings: { totalSeconds: (performance.now() - started) / 1000, claimSeconds: verification.seconds },
    });
  } finally {
    line.clear();
  }
}

/** The command that makes this report again; the number of workers and the folder do not matter. */
function commandLine(names: readonly string[], flags: VerifyFlags, { seed, backend }: TrialContext): string {
  const selection = names.length === 0 ? '' : ` ${names.join(' ')}`;
  return `npx inverse-claims verify${selection} --tier ${flags.tier} --seed ${seed} --backend ${backend}`;
}

/** Error spent per claim: laws spend none. */
export function alphasOf(claims: readonly Claim[]): Readonly<Record<string, number>> {
  return Object.fromEntries(claims.flatMap((claim) => (claim.kind === 'law' ? [] : [[claim.id, claim.alpha]])));
}

function headline(claims: readonly Claim[], seed: number, loaded: Awaited<ReturnType<typeof loadBackend>>): string {
  const rejected = loaded.tried.filter((attempt) => !attempt.ok).map((attempt) => `${attempt.name}: ${attempt.reason}`);
  const why = rejected.length === 0 ? '' : pc.dim(` (not ${rejected.join('; not ')})`);
  return `Judging ${claims.length} claims, seed ${seed}, networks on ${loaded.backend}${why}`;
}
