import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkCommand } from '../claims/check-command.ts';
import { checkModule, type LawVerdict } from '../claims/checks.ts';
import type { Verdict } from '../core/claim.ts';
import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import { LARGEST_SEED } from '../core/random.ts';
import { progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';
import { requireJobs } from './verify.ts';

export interface CheckFlags {
  readonly cases: number;
  readonly seed: number;
  readonly jobs: number;
  readonly timeLimit: number;
  readonly json: boolean;
  /** A program instead of a module. */
  readonly command?: string;
}

/**
 * `check <module>`: puts every law to the minimizer or simulator that the module exports, each in a thread of its own; or to a
 * program that speaks the protocol of PROTOCOL.md.
 * Exit code 0 where all are supported or skipped, 1 where one is refuted or errored, 2 where one is undecided.
 */
export async function check(path: string | undefined, flags: CheckFlags, terminal: Terminal): Promise<0 | 1 | 2> {
  requireNumber('check: --cases', flags.cases, { minimum: 1, integer: true });
  requireNumber('check: --seed', flags.seed, { minimum: 0, maximum: LARGEST_SEED, integer: true });
  requireNumber('check: --time-limit', flags.timeLimit, { above: 0 });
  requireJobs('check', flags.jobs);
  requireOne(path, flags.command);
  const line = progressLine(terminal.stderr);
  let done = 0;
  const onVerdict = ({ law }: LawVerdict): void => {
    done += 1;
    line.show(`${done} laws checked, last: ${law}`);
  };
  const verdicts =
    path === undefined
      ? checkCommand(flags.command ?? '', { ...flags, onVerdict })
      : await checkModule(requireModule(path), { ...flags, threads: flags.jobs, onVerdict });
  line.clear();
  terminal.stdout.write(
    flags.json ? `${JSON.stringify({ seed: flags.seed, cases: flags.cases, verdicts })}\n` : checkText(verdicts),
  );
  return codeOf(verdicts);
}

function requireOne(path: string | undefined, command: string | undefined): void {
  if ((path === undefined) !== (command === undefined)) return;
  throw new InverseClaimsError('unknown-option', {
    where: 'check',
    expected: 'either a module or --command',
    received: path === undefined ? 'neither' : 'both',
  });
}

function requireModule(path: string): string {
  const module = resolve(path);
  if (existsSync(module)) return module;
  throw new InverseClaimsError('missing-file', {
    where: `check: ${path}`,
    expected: 'an ES module that exports a minimizer or a simulator',
    received: `no file ${module}`,
  });
}

function codeOf(verdicts: readonly LawVerdict[]): 0 | 1 | 2 {
  const outcomes = verdicts.map(({ verdict }) => verdict.outcome);
  if (outcomes.some((outcome) => outcome === 'refuted' || outcome === 'errored')) return 1;
  return outcomes.includes('undecided') || !outcomes.includes('supported') ? 2 : 0;
}

/** One paragraph per law: outcome, statement, and what it rests on. */
export function checkText(verdicts: readonly LawVerdict[]): string {
  const width = Math.max(...verdicts.map(({ law }) => law.length));
  const lines = verdicts.map(
    ({ law, what, verdict }) =>
      `${verdict.outcome.padEnd(9)}  ${law.padEnd(width)}  ${what}\n${indented(detailOf(verdict))}`,
  );
  const counted = new Map<string, number>();
  for (const { verdict } of verdicts) counted.set(verdict.outcome, (counted.get(verdict.outcome) ?? 0) + 1);
  const summary = [...counted].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  return `${lines.join('')}\n${summary}.\n`;
}

function indented(text: string): string {
  return text === '' ? '' : `${text.replaceAll(/^/gm, '           ')}\n`;
}

function detailOf(verdict: Verdict): string {
  switch (verdict.outcome) {
    case 'errored':
      return verdict.message;
    case 'skipped':
      return verdict.reason;
    case 'undecided':
      return `needs ${verdict.needs}`;
    default:
      if (verdict.evidence.kind !== 'counterexample') return '';
      return `${verdict.evidence.shrunk}\n${verdict.evidence.message}`;
  }
}
