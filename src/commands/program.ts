import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_SEED } from '../claims/defaults.ts';
import type { TrainingQuestion } from '../claims/theory/prediction-table.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { DIAGNOSIS_DEFAULTS } from '../diagnosis/diagnose-problem.ts';
import { calibrate } from './calibrate.ts';
import { type CheckFlags, check } from './check.ts';
import { type DiffFormat, diff } from './diff.ts';
import { packageVersion } from './environment.ts';
import { explain } from './explain.ts';
import { type FigureFlags, figure } from './figure.ts';
import { type GateFlags, gate } from './gate.ts';
import { kills } from './kills.ts';
import { list } from './list.ts';
import { type MergeFlags, merge } from './merge.ts';
import { plan } from './plan.ts';
import { type ReplayFlags, replay } from './replay.ts';
import { type RedrawFlags, redraw } from './report.ts';
import type { Terminal } from './terminal.ts';
import { defaultJobs, type VerifyFlags, verify } from './verify.ts';

const REPORTS = 'reports/latest';
const FIGURES = 'reports/figures';
const USAGE = 64;
const INTERNAL = 70;

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('Expected a number.');
  return value;
}

function collected(name: string, before: readonly string[]): readonly string[] {
  return [...before, name];
}

const seedOption = () =>
  new Option('--seed <number>', 'all randomness comes from it').argParser(number).default(DEFAULT_SEED);
const trainingOption = (name: keyof TrainingQuestion, what: string) =>
  new Option(`--${name} <number>`, what).argParser(number);
const backendOption = () =>
  new Option('--backend <name>', 'where networks are trained; auto takes the first of tensorflow, wasm, cpu that loads')
    .choices(['auto', 'tensorflow', 'wasm', 'cpu', 'float64'])
    .default('auto');
const diagnosisOption = (name: string, what: string, initial: number) =>
  new Option(`--${name} <number>`, `of a diagnosis: ${what}`).argParser(number).default(initial);
const againstOption = () =>
  new Option(
    '--against <report>',
    'earlier report to compare with; exit 1 also where one of its supported claims is lost',
  );

function program(terminal: Terminal, done: (code: number) => void): Command {
  const root = new Command('inverse-claims')
    .description('Verifies claims about solvers of inverse problems, with stated error.')
    .version(packageVersion())
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, write) => write(`${text.trim().replace(/\s*\n\s*/g, ' ')}; see --help\n`),
    })
    .exitOverride();
  root
    .command('verify')
    .description('judge claims and write a report: exit 0 all supported, 1 some refuted or errored, 2 some undecided')
    .argument('[claims...]', 'ids, or prefixes such as wave-packet; all where none is given')
    .addOption(new Option('--tier <tier>', 'full adds what takes long').choices(['quick', 'full']).default('quick'))
    .addOption(seedOption())
    .option('--out <folder>', 'where the report goes', REPORTS)
    .addOption(new Option('--jobs <number>', 'worker threads').argParser(number).default(defaultJobs()))
    .addOption(backendOption())
    .option('--json', 'print the report to standard output and nothing else', false)
    .option('--resume', 'continue what an interrupted run left in the folder', false)
    .option('--no-cache', 'compute every trial, also those known from earlier runs of the same code')
    .option('--evidence <file>', 'let evidence grow over runs with fresh seeds, in this file')
    .option('--shard <i/n>', 'compute the i-th of n parts, for merge; auto reads SLURM and Kubernetes indices')
    .addOption(againstOption())
    .option('--keep-counterexamples', 'write what refutes a law to fixtures/counterexamples.json, too', false)
    .action(async (claims: string[], flags: VerifyFlags) => done(await verify(claims, flags, terminal)));
  root
    .command('merge')
    .description('judge the parts that verify --shard computed: the report of an undivided run')
    .argument('<parts...>', 'folders or journals, in any order')
    .option('--out <folder>', 'where the report goes', REPORTS)
    .addOption(new Option('--jobs <number>', 'worker threads').argParser(number).default(defaultJobs()))
    .option('--json', 'print the report to standard output and nothing else', false)
    .addOption(againstOption())
    .action(async (parts: string[], flags: MergeFlags) => done(await merge(parts, flags, terminal)));
  root
    .command('diff')
    .description('what changed between two reports: exit 1 if a claim that was supported is not any more')
    .argument('<old>', 'report.json, or its folder')
    .argument('<new>', 'report.json, or its folder')
    .addOption(new Option('--format <format>', 'of the output').choices(['text', 'markdown', 'json']).default('text'))
    .action(async (before: string, after: string, { format }: { format: DiffFormat }) => {
      const { text, code } = await diff(before, after, format);
      terminal.stdout.write(`${text}\n`);
      done(code);
    });
  root
    .command('report')
    .description('write all files of a report again from its report.json, without computing anything')
    .requiredOption('--from <report>', 'report.json, or its folder')
    .option('--out <folder>', 'where the files go; the folder of the report unless given')
    .option('--against <report>', 'earlier report: page and summary then say what changed since')
    .action(async (flags: RedrawFlags) => {
      terminal.stdout.write(`Report: ${await redraw(flags)}\n`);
    });
  root
    .command('list')
    .description('the claims, one paragraph each')
    .argument('[claims...]', 'ids or prefixes')
    .action((claims: string[]) => {
      terminal.stdout.write(`${list(claims)}\n`);
    });
  root
    .command('plan')
    .description('what the claims are expected to take, before anything runs: trials, power, smallest gap, CPU')
    .argument('[claims...]', 'ids or prefixes')
    .addOption(new Option('--tier <tier>', 'full adds what takes long').choices(['quick', 'full']).default('quick'))
    .option('--reports <folder>', 'folder of the last report, for the CPU estimate', REPORTS)
    .action((claims: string[], { tier, reports }: { tier: 'quick' | 'full'; reports: string }) => {
      terminal.stdout.write(`${plan(claims, tier, reports)}\n`);
    });
  root
    .command('explain')
    .description(
      'one claim in words: statement, plan, control, last verdict; for theory.… what it predicts for a training',
    )
    .argument('<claim>')
    .option('--reports <folder>', 'folder of the last report', REPORTS)
    .addOption(trainingOption('d', 'dimensions of a solution; several unless given'))
    .addOption(trainingOption('signal', 'length |s| of a noise-free gradient; 0.3 unless given'))
    .addOption(trainingOption('sigma', 'noise of each of its components; 1 unless given'))
    .addOption(trainingOption('n', 'examples; several numbers unless given'))
    .addOption(trainingOption('miss', 'probability of a zero gradient; 0 unless given'))
    .addOption(trainingOption('coupling', 'of any two examples by the network, 0 to 1; 1 unless given'))
    .action(async (claim: string, { reports, ...training }: TrainingQuestion & { reports: string }) => {
      terminal.stdout.write(`${await explain(claim, reports, training)}\n`);
    });
  root
    .command('check')
    .description(
      'put every law to a minimizer, simulator or problem of your own, and diagnose the problem: exit 0 none refuted, 1 some refuted, 2 undecided',
    )
    .argument(
      '[module]',
      'ES module that exports minimize(fun, x0, options), simulator and prior, problem and prior, or f and prior',
    )
    .option('--command <command>', 'a simulator in another language instead, such as "python sim.py": see PROTOCOL.md')
    .addOption(new Option('--cases <number>', 'per law').argParser(number).default(300))
    .addOption(seedOption())
    .addOption(new Option('--jobs <number>', 'threads').argParser(number).default(defaultJobs()))
    .addOption(
      new Option('--time-limit <seconds>', 'per law, or per call of a program; what takes longer is ended')
        .argParser(number)
        .default(60),
    )
    .option('--no-diagnosis', 'of a problem, its laws only')
    .option('--no-problem-set', "of a minimizer, its laws only, without the gate's problem set")
    .addOption(diagnosisOption('probes', 'instances whose gradients are looked at', DIAGNOSIS_DEFAULTS.probes))
    .addOption(
      diagnosisOption('trainings', 'independent trainings; fewer than 7 cannot decide', DIAGNOSIS_DEFAULTS.trainings),
    )
    .addOption(diagnosisOption('problems', 'problems of a training', DIAGNOSIS_DEFAULTS.problems))
    .addOption(diagnosisOption('iterations', 'steps of a training', DIAGNOSIS_DEFAULTS.iterations))
    .addOption(diagnosisOption('learning-rate', 'of a training', DIAGNOSIS_DEFAULTS.learningRate))
    .option('--votes', 'train on directions of gradients, not on gradients', false)
    .addOption(backendOption())
    .option('--out <folder>', 'write words, numbers and figures of the diagnosis here')
    .option('--json', 'print everything as JSON and nothing else', false)
    .action(async (module: string | undefined, flags: CheckFlags) => done(await check(module, flags, terminal)));
  root
    .command('gate')
    .description('did a solver get worse? exit 0 excluded beyond the margin, 1 proved, 2 undecided')
    .argument(
      '[module]',
      'ES module with a minimizer of your own, compared with --base; all registered solvers unless given',
    )
    .option('--baseline <file>', 'measurements to compare with', 'reports/baseline.json')
    .option(
      '--base <base>',
      'measure this instead: a commit, a folder; for a module another one, or a registered solver',
    )
    .option('--solver <name>', 'registered solver to measure, may be repeated; all unless given', collected, [])
    .option('--update', 'write a new baseline and its entry in CHANGELOG.md', false)
    .option('--why <text>', 'reason of the update')
    .option('--measure <file>', 'write measurements to a file and compare nothing')
    .addOption(
      new Option('--time-limit <seconds>', 'per family of problems, for a module').argParser(number).default(60),
    )
    .option('--json', 'print the comparison as JSON and nothing else', false)
    .option('--markdown', 'print it as Markdown', false)
    .action(async (module: string | undefined, flags: GateFlags) => done(await gate(module, flags, terminal)));
  root
    .command('figure')
    .description('compute one figure anew, with its data: SVG and CSV')
    .argument('<figure>', 'such as 2a or 3b')
    .addOption(seedOption())
    .option('--out <folder>', 'where both files go', FIGURES)
    .addOption(backendOption())
    .action(async (id: string, flags: FigureFlags) => {
      terminal.stdout.write(`${await figure(id, flags)}\n`);
    });
  root
    .command('kills')
    .description('wrong versions of the code against the checks: exit 1 if one survives, or a right one is refuted')
    .argument('[matrices...]', 'such as solvers.hall-of-bugs; all where none is given')
    .addOption(seedOption())
    .option('--json', 'print the matrices as JSON and nothing else', false)
    .action((names: string[], { seed, json }: { seed: number; json: boolean }) => {
      const { text, code } = kills(names, seed, json);
      terminal.stdout.write(`${text}\n`);
      done(code);
    });
  root
    .command('calibrate')
    .description('how often the engine itself errs: exact where it can be; exit 1 if more often than it promises')
    .option('--json', 'print the numbers as JSON and nothing else', false)
    .action(({ json }: { json: boolean }) => {
      const { text, code } = calibrate(json);
      terminal.stdout.write(`${text}\n`);
      done(code);
    });
  root
    .command('replay')
    .description('run a claim, one of its trials, or a counterexample again')
    .argument('<claim>')
    .addOption(seedOption())
    .option('--path <path>', 'of a counterexample, or the number of a trial')
    .addOption(backendOption())
    .action(async (claim: string, flags: ReplayFlags) => {
      const { text, code } = await replay(claim, flags);
      terminal.stdout.write(`${text}\n`);
      done(code);
    });
  return root;
}

/** Wrong usage is one line on standard error and exit 64; anything unforeseen is exit 70 with its stack. */
function failed(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (error instanceof InverseClaimsError) {
    terminal.stderr.write(`error: ${error.message}\n`);
    return USAGE;
  }
  terminal.stderr.write(`internal error: ${error instanceof Error ? error.stack : String(error)}\n`);
  return INTERNAL;
}

/**
 * Runs one command line (without the program's own name) and returns its exit code; never throws.
 *
 * Exit codes: 0 supported, 1 refuted or errored, 2 undecided, 64 wrong usage, 70 internal error.
 */
export async function execute(args: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0;
  try {
    await program(terminal, (result) => {
      code = result;
    }).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, terminal);
  }
}
