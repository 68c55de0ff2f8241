import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execute } from '../src/commands/program.ts';
import type { ClaimResult } from '../src/core/claim.ts';
import { buildReport } from '../src/report/build.ts';
import { readReport } from '../src/report/read.ts';
import type { Report } from '../src/report/schema.ts';
import { sampleInput, sampleResult } from '../src/report/testing/sample-report.ts';
import { writeReport } from '../src/report/write.ts';

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
    ['a report to compare that is missing', ['diff', '/nowhere/a.json', '/nowhere/b.json'], /a\.json: .*ENOENT/],
    ['a comparison with nothing', ['diff', '/nowhere/a.json'], /missing required argument 'new'/],
    ['a format that is none', ['diff', 'a', 'b', '--format', 'xml'], /text, markdown, json/],
    ['to draw nothing again', ['report'], /required option '--from <report>'/],
    ['an earlier report that is missing', ['verify', LAW, '--against', '/nowhere'], /nowhere: .*ENOENT/],
    [
      'a part that is compared',
      ['verify', LAW, '--shard', '1/2', '--against', '/nowhere'],
      /--against: expected no --shard beside it/,
    ],
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

  it('compares two reports: exit code 1 where support was lost, 64 where one is no report', async () => {
    const parent = folder();
    const [good, bad] = [join(parent, 'good'), join(parent, 'bad')];
    const results = (outcome: 'supported' | 'undecided') => [sampleResult(outcome, { id: 'sample.claim' })];
    await writeReport(buildReport(sampleInput({ results: results('supported') })), good);
    await writeReport(buildReport(sampleInput({ results: results('undecided') })), bad);
    const same = await command(['diff', good, join(good, 'report.json')]);
    expect([same.code, same.stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('Nothing changed.')]);
    expect(await command(['diff', bad, good])).toMatchObject({ code: 0, stderr: '' });
    const lost = await command(['diff', good, bad, '--format', 'json']);
    expect([lost.code, JSON.parse(lost.stdout).lost]).toEqual([1, ['sample.claim']]);
    expect((await command(['diff', good, bad, '--format', 'markdown'])).stdout).toMatch(/^## Changes\n/);
    const damaged = join(parent, 'damaged.json');
    writeFileSync(damaged, readFileSync(join(good, 'report.json'), 'utf8').slice(0, 900));
    writeFileSync(join(parent, 'other.json'), '{"schemaVersion": "0"}');
    for (const path of [damaged, join(parent, 'other.json')]) {
      for (const args of [
        [path, good],
        [good, path],
      ]) {
        const { code, stdout, stderr } = await command(['diff', ...args]);
        expect([code, stdout]).toEqual([64, '']);
        expect(stderr).toContain(path);
      }
    }
  });

  it('draws a report again, and prints where', async () => {
    const [from, out] = [folder(), join(folder(), 'again')];
    await writeReport(buildReport(sampleInput()), from);
    const { code, stdout } = await command(['report', '--from', from, '--out', out]);
    expect([code, stdout]).toEqual([0, `Report: ${join(out, 'index.html')}\n`]);
    expect(readFileSync(join(out, 'index.html'))).toEqual(readFileSync(join(from, 'index.html')));
  });

  it('says what changed since an earlier report; lost support is exit code 1 though all that was judged is green', async () => {
    const [out, against, summary] = [folder(), folder(), join(folder(), 'summary.md')];
    const earlier = (...results: readonly ClaimResult[]) => writeReport(buildReport(sampleInput({ results })), against);
    const run = (...flags: readonly string[]) =>
      launched(['verify', LAW, '--jobs', '1', '--out', out, '--against', against, ...flags], {
        GITHUB_STEP_SUMMARY: summary,
      });
    await earlier(sampleResult('undecided', { id: LAW }));
    const won = await run();
    expect([won.code, won.stdout]).toEqual([0, expect.stringContaining('No claim lost its support; 1 verdict of 1')]);
    expect(won.stdout.indexOf('Report: ')).toBeLessThan(won.stdout.indexOf('No claim lost'));
    for (const [name, text] of [
      [join(out, 'index.html'), '<section id="changes"'],
      [join(out, 'summary.md'), '## Changes'],
      [summary, '## Changes'],
    ] as const) {
      expect(readFileSync(name, 'utf8')).toContain(text);
    }
    await earlier(sampleResult('supported', { id: `${LAW}.gone` }), sampleResult('supported', { id: LAW }));
    const lost = await run('--json');
    expect(lost.code).toBe(1);
    const judged = JSON.parse(lost.stdout) as Report;
    expect(judged.counts).toMatchObject({ supported: 1, refuted: 0, undecided: 0, errored: 0 });
    expect(lost.stdout).not.toContain(`${LAW}.gone`);
    expect(lost.stderr).toContain('One claim that was supported is not any more.');
  }, 60_000);
});
