import { existsSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InverseClaimsError, messageOf, requireNumber, unknownName } from '../core/errors.ts';
import { OWN } from '../gate/against-bfgs.ts';
import { measureBase } from '../gate/base-side.ts';
import { baselineOf, readBaseline, writeBaseline } from '../gate/baseline.ts';
import { withEntry } from '../gate/changelog-entry.ts';
import { compareMeasurements, type GateResult } from '../gate/comparison.ts';
import { gateMarkdown, gateText } from '../gate/gate-text.ts';
import { measureModule } from '../gate/measure-module.ts';
import { measureRegistered } from '../gate/measure-registered.ts';
import type { Measurement } from '../gate/measurement.ts';
import { registeredSolvers } from '../gate/registered-solvers.ts';
import { progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface GateFlags {
  readonly baseline: string;
  /** A folder, a commit, another module or a registered solver; see `gate`. */
  readonly base?: string;
  readonly solver: readonly string[];
  readonly update: boolean;
  readonly why?: string;
  readonly measure?: string;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly timeLimit: number;
}

/**
 * `gate`: measures the registered solvers and compares them with the baseline, or with another version of the library; or the
 * minimizer of a module with another one. Exit code 1 where a regression is proved, 2 where one is not excluded, else 0.
 */
export async function gate(module: string | undefined, flags: GateFlags, terminal: Terminal): Promise<0 | 1 | 2> {
  requireNumber('gate: --time-limit', flags.timeLimit, { above: 0 });
  for (const name of flags.solver) requireSolver(name);
  if (flags.update) return update(module, flags, terminal);
  if (flags.measure !== undefined) {
    await writeBaseline(flags.measure, baselineOf(await measured(flags, terminal), 'measured for a comparison'));
    return 0;
  }
  const { base, head } =
    module === undefined ? await bothVersions(flags, terminal) : await bothModules(module, flags, terminal);
  return show(compareMeasurements(base, head), flags, terminal);
}

interface Sides {
  readonly base: readonly Measurement[];
  readonly head: readonly Measurement[];
}

async function bothVersions(flags: GateFlags, terminal: Terminal): Promise<Sides> {
  const before =
    flags.base === undefined
      ? await readBaseline(flags.baseline)
      : await measureBase(flags.base, process.cwd(), flags.solver);
  const wanted = before.measurements.filter(({ solver }) => flags.solver.length === 0 || flags.solver.includes(solver));
  return { base: wanted as readonly Measurement[], head: await measured(flags, terminal) };
}

async function bothModules(module: string, flags: GateFlags, terminal: Terminal): Promise<Sides> {
  const other = flags.base ?? 'bfgs';
  const isRegistered = registeredSolvers.some(({ name }) => name === other);
  const base = isRegistered
    ? (await measured({ ...flags, solver: [other] }, terminal)).map((each) => ({ ...each, solver: OWN }))
    : await ofModule(other, flags);
  return { base, head: await ofModule(module, flags) };
}

function ofModule(module: string, { timeLimit }: GateFlags): Promise<readonly Measurement[]> {
  const file = path.resolve(module);
  if (existsSync(file)) return measureModule(file, OWN, timeLimit);
  throw new InverseClaimsError('missing-file', {
    where: `gate: ${module}`,
    expected: 'an ES module that exports a minimizer, or a registered solver',
    received: `no file ${file}`,
  });
}

async function measured({ solver }: GateFlags, terminal: Terminal): Promise<readonly Measurement[]> {
  const line = progressLine(terminal.stderr);
  try {
    return await measureRegistered({
      ...(solver.length === 0 ? {} : { solvers: solver }),
      onDone: (name, family, seconds) => line.show(`measured ${name} on ${family} in ${seconds.toFixed(1)} s`),
    });
  } finally {
    line.clear();
  }
}

/** Writes a new baseline together with its entry in CHANGELOG.md: neither without the other. */
async function update(module: string | undefined, flags: GateFlags, terminal: Terminal): Promise<0> {
  if (module !== undefined || flags.solver.length > 0) {
    throw new InverseClaimsError('unknown-option', {
      where: 'gate: --update',
      expected: 'a baseline of all registered solvers',
      received: 'a module or --solver',
    });
  }
  const changelog = await readFile('CHANGELOG.md', 'utf8').catch(() => '');
  withEntry(changelog, '0', flags.why ?? '');
  const baseline = baselineOf(await measured(flags, terminal), (flags.why ?? '').trim());
  await writeBaseline(flags.baseline, baseline);
  await writeFile('CHANGELOG.md', withEntry(changelog, baseline.digest, baseline.why));
  terminal.stdout.write(`Baseline ${baseline.digest}: ${flags.baseline}, with an entry in CHANGELOG.md\n`);
  return 0;
}

async function show(result: GateResult, { json, markdown }: GateFlags, terminal: Terminal): Promise<0 | 1 | 2> {
  const text = json ? `${JSON.stringify(result)}\n` : markdown ? gateMarkdown(result) : gateText(result);
  terminal.stdout.write(text);
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (summary !== undefined && summary !== '') {
    await appendFile(summary, `\n${gateMarkdown(result)}`).catch((error: unknown) =>
      terminal.stderr.write(`no step summary: ${messageOf(error)}\n`),
    );
  }
  return result.verdicts.length === 0 ? 2 : result.exitCode;
}

function requireSolver(name: string): void {
  const known = registeredSolvers.map((each) => each.name);
  if (!known.includes(name)) throw unknownName('gate: --solver', name, known);
}
