import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execute } from '../src/commands/program.ts';
import { readReport } from '../src/report/read.ts';

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
async function command(args: readonly string[]): Promise<Finished> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const code = await execute(args, { stdout: stream('stdout'), stderr: stream('stderr') });
  return { code, ...written };
}

/** Runs the command as a process of its own, from its sources. */
function launched(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const env = { ...process.env, GITHUB_STEP_SUMMARY: '', ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'inverse-claims-'));
const LAW = 'wave-packet.minima-count';

describe('the command line', () => {
  it('ends with its exit code when run as a process', async () => {
    const { code, stderr } = await launched(['verify', 'wave-packet.minima-cuont']);
    expect(code).toBe(64);
    expect(stderr).toMatch(/^error: .*did you mean/);
  });

  it.each([
    [
      'an unknown claim, with the nearest one',
      ['verify', 'wave-packet.minima-cuont'],
      /did you mean "wave-packet.minima-count"/,
    ],
    ['an unknown prefix', ['verify', 'wavepacket'], /did you mean "wave-packet"/],
    ['an unknown command', ['verfy'], /unknown command 'verfy'.*verify/],
    ['an unknown option', ['verify', '--sed', '3'], /unknown option '--sed'.*--seed/],
    ['an unknown tier', ['verify', '--tier', 'slow'], /quick, full/],
    ['an unknown backend', ['verify', '--backend', 'cuda'], /tensorflow, wasm, cpu, float64/],
    [
      'a negative number of workers',
      ['verify', LAW, '--jobs', '-2'],
      /--jobs: expected an integer >= 1 <= 1024, received -2/,
    ],
    ['a seed that is no number', ['verify', LAW, '--seed', 'seven'], /Expected a number/],
    ['a seed that is NaN', ['verify', LAW, '--seed', 'NaN'], /Expected a number/],
    ['a fractional seed', ['verify', LAW, '--seed', '1.5'], /--seed: expected an integer/],
    ['a claim to explain that does not exist', ['explain', 'nothing'], /claim: expected one of/],
    ['a trial number that is none', ['replay', 'wave-packet.bfgs-does-not', '--path', 'x'], /--path/],
    ['a path that is none', ['replay', LAW, '--path', '1:x'], /separated by colons/],
  ])('refuses %s in one line, with exit code 64', async (_what, args, message) => {
    const { code, stdout, stderr } = await command(args);
    expect(code).toBe(64);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
  });

  it('refuses an output folder it cannot write before doing any work, and leaves nothing behind', async () => {
    const parent = folder();
    const file = join(parent, 'file');
    writeFileSync(file, 'mine');
    const { code, stderr } = await command(['verify', LAW, '--out', join(file, 'report')]);
    expect(code).toBe(64);
    expect(stderr).toMatch(/writ/);
    expect(readdirSync(parent)).toEqual(['file']);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('asks for a damaged report to be replaced rather than reading it', async () => {
    const reports = folder();
    writeFileSync(join(reports, 'report.json'), '{"schemaVersion": "1", "seed":');
    const { code, stderr } = await command(['explain', LAW, '--reports', reports]);
    expect(code).toBe(64);
    expect(stderr).toMatch(/report\.json/);
  });

  it('judges, writes the report and appends the summary; the same seed gives the same bytes, timings apart', async () => {
    const [one, two] = [folder(), folder()];
    const summary = join(folder(), 'summary.md');
    writeFileSync(summary, 'before\n');
    const args = ['verify', LAW, 'wave-packet.adjoint-is-exact', '--seed', '11', '--backend', 'float64', '--no-cache'];
    const [first, second] = await Promise.all([
      launched([...args, '--out', one, '--jobs', '1'], { GITHUB_STEP_SUMMARY: summary }),
      launched([...args, '--out', two, '--jobs', '2', '--json']),
    ]);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('2 supported');
    expect(first.stdout).toContain(join(one, 'index.html'));
    const bare = (text: string): unknown => ({ ...JSON.parse(text), timings: undefined });
    expect(bare(second.stdout)).toEqual(bare(readFileSync(join(two, 'report.json'), 'utf8')));
    expect(JSON.stringify(bare(readFileSync(join(one, 'report.json'), 'utf8')))).toBe(
      JSON.stringify(bare(second.stdout)),
    );
    expect((await readReport(join(one, 'report.json'))).counts.supported).toBe(2);
    for (const file of ['index.html', 'junit.xml', 'summary.md']) expect(existsSync(join(one, file))).toBe(true);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n[\s\S]*minima-count/);
  }, 30_000);

  it('lists and explains every claim, and replays a single trial', async () => {
    const [list, explain, replay] = await Promise.all([
      command(['list']),
      command(['explain', 'wave-packet.jpo-reaches-global-minimum', '--reports', folder()]),
      command(['replay', 'wave-packet.bfgs-does-not', '--path', '3', '--backend', 'float64']),
    ]);
    expect(list.code).toBe(0);
    expect(list.stdout.match(/^\S+\.\S+ {2}\(/gm)?.length).toBeGreaterThan(10);
    expect(explain.stdout).toMatch(/supported above 0\.5, refuted below 0\.9/);
    expect(replay.stdout).toMatch(/trial 3 of wave-packet\.bfgs-B: [01]/);
  }, 30_000);
});
