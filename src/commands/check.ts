import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkCommand } from '../checks/check-command.ts';
import { type CheckResult, checkModule, type LawVerdict } from '../checks/checks.ts';
import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import { LARGEST_SEED } from '../core/random.ts';
import type { BackendName } from '../core/solver.ts';
import type { DiagnosisOptions } from '../diagnosis/diagnose-problem.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { againstBfgs } from '../gate/against-bfgs.ts';
import type { GateResult } from '../gate/comparison.ts';
import { writeFigure } from '../report/write-figure.ts';
import { checkText, diagnosisMarkdown } from './check-text.ts';
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
  /** False for `--no-diagnosis`. */
  readonly diagnosis: boolean;
  /** False for `--no-problem-set`. */
  readonly problemSet: boolean;
  readonly probes: number;
  readonly trainings: number;
  readonly problems: number;
  readonly iterations: number;
  readonly learningRate: number;
  readonly votes: boolean;
  readonly backend: 'auto' | BackendName;
  /** Folder of figures and words of the diagnosis. */
  readonly out?: string;
}

/**
 * `check <module>`: puts every law to the minimizer, simulator or problem that the module exports, each in a thread of its own,
 * or to a program that speaks the protocol of PROTOCOL.md. A minimizer is then put to the gate's problem set beside BFGS, and
 * a problem whose laws hold is diagnosed.
 * Exit code 0 where all laws are supported or skipped, 1 where one is refuted or errored or a diagnosis failed, 2 where one is
 * undecided. What is recommended decides nothing.
 */
export async function check(path: string | undefined, flags: CheckFlags, terminal: Terminal): Promise<0 | 1 | 2> {
  const { cases, seed, jobs, timeLimit, json, out } = flags;
  requireNumber('check: --cases', cases, { minimum: 1, integer: true });
  requireNumber('check: --seed', seed, { minimum: 0, maximum: LARGEST_SEED, integer: true });
  requireNumber('check: --time-limit', timeLimit, { above: 0 });
  requireJobs('check', jobs);
  requireOne(path, flags.command);
  const diagnosis = diagnosisOptions(flags);
  const line = progressLine(terminal.stderr);
  const onStage = (what: string): void => line.show(what);
  let done = 0;
  const onVerdict = ({ law }: LawVerdict): void => {
    done += 1;
    line.show(`${done} laws checked, last: ${law}`);
  };
  const shared = { cases, seed, timeLimit, onVerdict, onStage, ...(diagnosis === undefined ? {} : { diagnosis }) };
  const module = path === undefined ? undefined : requireModule(path);
  const result =
    module === undefined
      ? await checkCommand(flags.command ?? '', shared)
      : await checkModule(module, { ...shared, threads: jobs });
  const problemSet = await measuredSet(result, module, flags, onStage);
  line.clear();
  const set = problemSet === undefined ? {} : { problemSet };
  terminal.stdout.write(
    json ? `${JSON.stringify({ seed, cases, ...result, ...set })}\n` : checkText(result, problemSet),
  );
  const made =
    result.diagnosis !== undefined && 'diagnosis' in result.diagnosis ? result.diagnosis.diagnosis : undefined;
  if (out !== undefined && made !== undefined) {
    const files = await writeDiagnosis(made, out);
    if (!json) terminal.stdout.write(`\n${files.join('\n')}\n`);
  }
  return codeOf(result);
}

function diagnosisOptions(flags: CheckFlags): DiagnosisOptions | undefined {
  const { seed, probes, trainings, problems, iterations, learningRate, backend, votes } = flags;
  requireNumber('check: --probes', probes, { minimum: 8, integer: true });
  requireNumber('check: --trainings', trainings, { minimum: 1, integer: true });
  requireNumber('check: --problems', problems, { minimum: 2, integer: true });
  requireNumber('check: --iterations', iterations, { minimum: 1, integer: true });
  requireNumber('check: --learning-rate', learningRate, { above: 0 });
  const exampleWeights = votes ? 'votes' : 'losses';
  if (!flags.diagnosis) return undefined;
  return { seed, probes, trainings, problems, iterations, learningRate, exampleWeights, backend };
}

async function measuredSet(
  { kind }: CheckResult,
  module: string | undefined,
  { problemSet, timeLimit }: CheckFlags,
  onStage: (what: string) => void,
): Promise<GateResult | undefined> {
  if (kind !== 'solver' || module === undefined || !problemSet) return undefined;
  onStage("measuring on the gate's problem set");
  return againstBfgs(module, timeLimit);
}

/** Words, numbers and figures; returns what was written. */
async function writeDiagnosis(diagnosis: Diagnosis, folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const [words, numbers] = [join(folder, 'diagnosis.md'), join(folder, 'diagnosis.json')];
  await writeFile(words, diagnosisMarkdown(diagnosis));
  await writeFile(numbers, `${JSON.stringify(diagnosis, undefined, 2)}\n`);
  const figures = await Promise.all(diagnosis.figures.map((figure) => writeFigure(figure, folder)));
  return [words, numbers, ...figures.flat()];
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
    expected: 'an ES module that exports a minimizer, a simulator or a problem',
    received: `no file ${module}`,
  });
}

function codeOf({ verdicts, diagnosis }: CheckResult): 0 | 1 | 2 {
  const outcomes = verdicts.map(({ verdict }) => verdict.outcome);
  if (outcomes.some((outcome) => outcome === 'refuted' || outcome === 'errored')) return 1;
  if (diagnosis !== undefined && 'failed' in diagnosis) return 1;
  return outcomes.includes('undecided') || !outcomes.includes('supported') ? 2 : 0;
}
