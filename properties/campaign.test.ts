import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readJournal } from '../src/claims/journal.ts';
import { parsePart } from '../src/claims/part.ts';
import { execute } from '../src/commands/program.ts';

/** Two cheap claims, some twenty jobs. */
const CLAIMS = ['wave-packet.minima-count', 'wave-packet.bfgs-does-not'];
const FLAGS = ['--backend', 'float64', '--seed', '3', '--no-cache', '--jobs', '1'];
/** Interruptions by kill -9 of a real process; `KILLS=20 npx vitest run properties/campaign.test.ts` tries more. */
const KILLS = Number(process.env.KILLS ?? 1);

const folder = (): string => mkdtempSync(join(tmpdir(), 'inverse-claims-campaign-'));

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function command(...args: string[]): Promise<Finished> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const code = await execute(args, { stdout: stream('stdout'), stderr: stream('stderr') });
  return { code, ...written };
}

const verify = (out: string, ...more: string[]): Promise<Finished> =>
  command('verify', ...CLAIMS, ...FLAGS, '--out', out, ...more);

/** The report without its timings, as bytes. */
function reportBytes(out: string): string {
  const { timings, ...rest } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Record<string, unknown>;
  expect(timings).toBeDefined();
  return JSON.stringify(rest);
}

const journalPath = (out: string): string => join(out, 'journal.jsonl');

let undisturbed: string;
let journal: Buffer;
beforeAll(async () => {
  const out = folder();
  expect((await verify(out)).code).toBe(0);
  undisturbed = reportBytes(out);
  journal = readFileSync(journalPath(out));
}, 60_000);

/** An output folder as a crash would leave it after `bytes` bytes of the journal. */
function crashedAfter(bytes: number): string {
  const out = folder();
  writeFileSync(journalPath(out), journal.subarray(0, bytes));
  return out;
}

describe('a run that was interrupted', () => {
  it('continues from a journal that ends anywhere, between lines or inside one, with the same report', async () => {
    for (const share of [0.35, 0.9]) {
      const cut = Math.floor(share * journal.length);
      const out = crashedAfter(cut);
      const { code, stderr } = await verify(out, '--resume');
      expect(code).toBe(0);
      expect(stderr).toMatch(/dropped a torn last line[\s\S]*resuming with \d+ finished jobs/);
      expect(reportBytes(out)).toBe(undisturbed);
    }
  }, 60_000);

  it(`gives the undisturbed report after kill -9, tried ${KILLS} times`, async () => {
    for (let attempt = 0; attempt < KILLS; attempt++) {
      const out = folder();
      const wanted = Math.floor((journal.length * (attempt + 0.5)) / KILLS);
      await killedWhen(out, wanted);
      // Every fourth crash is moved into a write: the kernel finishes a write that has begun, a power cut does not.
      if (attempt % 4 === 0) tearLastLine(journalPath(out));
      const { code, stderr } = await verify(out, '--resume');
      expect(code, stderr).toBe(0);
      expect(reportBytes(out)).toBe(undisturbed);
    }
  }, 600_000);

  it('keeps the old journal beside the new one when it is not resumed', async () => {
    const out = crashedAfter(journal.length);
    await command('verify', CLAIMS[0] as string, ...FLAGS, '--out', out);
    expect(readFileSync(join(out, 'journal.previous.jsonl')).equals(journal)).toBe(true);
  }, 60_000);

  it('refuses a journal that was begun for other claims or another part: its header would lie', async () => {
    const out = crashedAfter(journal.length);
    const other = await command('verify', CLAIMS[0] as string, ...FLAGS, '--out', out, '--resume');
    expect(other.code).toBe(64);
    expect(other.stderr).toMatch(/instead of wave-packet\.minima-count, tier quick, part 1\/1/);
    const part = await verify(out, '--resume', '--shard', '1/2');
    expect(part.stderr).toMatch(/part 1\/1 instead of .* part 1\/2/);
    expect(readFileSync(journalPath(out)).equals(journal)).toBe(true);
  });

  it('refuses a journal of another seed, and a damaged one, and changes neither', async () => {
    const other = crashedAfter(journal.length);
    const refused = await verify(other, '--resume', '--seed', '4');
    expect(refused).toMatchObject({ code: 64, stdout: '' });
    expect(refused.stderr).toMatch(/seed 3 instead of 4/);
    const damaged = crashedAfter(journal.length);
    const bytes = readFileSync(journalPath(damaged));
    bytes[500] = (bytes[500] as number) ^ 1;
    writeFileSync(journalPath(damaged), bytes);
    expect((await verify(damaged, '--resume')).stderr).toMatch(/damaged or foreign line/);
    expect(readFileSync(journalPath(other)).equals(journal)).toBe(true);
    expect(readFileSync(journalPath(damaged)).equals(bytes)).toBe(true);
  });
});

/** Starts a run and kills it as soon as its journal has the wanted length; a run that ends first is complete. */
function killedWhen(out: string, bytes: number): Promise<void> {
  const args = ['--import', 'tsx', 'src/cli.ts', 'verify', ...CLAIMS, ...FLAGS, '--out', out];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const timer = setInterval(() => {
    try {
      if (readFileSync(journalPath(out)).length >= bytes) child.kill('SIGKILL');
    } catch {
      // Not there yet.
    }
  }, 2);
  return new Promise((resolve) => {
    child.on('exit', () => {
      clearInterval(timer);
      resolve();
    });
  });
}

function tearLastLine(path: string): void {
  const bytes = readFileSync(path);
  const start = bytes.subarray(0, -1).lastIndexOf(0x0a) + 1;
  truncateSync(path, start + Math.max(1, Math.floor((bytes.length - start) / 2)));
}

describe('a campaign in parts', () => {
  let halves: readonly string[] = [];
  const part = async (index: number, of: number): Promise<string> => {
    const out = folder();
    expect((await verify(out, '--shard', `${index}/${of}`)).code).toBe(0);
    return out;
  };

  it('gives the report of an undivided run, split in 2 or in 3 parts and merged in any order', async () => {
    for (const of of [2, 3]) {
      const parts: string[] = [];
      for (let index = of; index >= 1; index--) parts.push(await part(index, of));
      if (of === 2) halves = parts.toReversed();
      const out = folder();
      expect((await command('merge', ...parts.slice(1), parts[0] as string, '--out', out, '--jobs', '1')).code).toBe(0);
      expect(reportBytes(out)).toBe(undisturbed);
    }
  }, 120_000);

  it('computes what no part had, so that the verdicts do not depend on the split', async () => {
    const [one, two] = halves as [string, string];
    const lines = readFileSync(journalPath(two), 'utf8').split('\n');
    writeFileSync(journalPath(two), `${lines.slice(0, 2).join('\n')}\n`);
    const out = folder();
    await command('merge', one, two, '--out', out, '--jobs', '1');
    expect(reportBytes(out)).toBe(undisturbed);
  }, 60_000);

  it('refuses parts that overlap, are missing, or belong to different campaigns', async () => {
    const header = readJournal(await writtenPart(1, 3, 3))?.header;
    expect(header?.part).toEqual({ index: 1, of: 3 });
    const [a, b, foreign] = [await writtenPart(1, 2, 3), await writtenPart(2, 2, 3), await writtenPart(2, 2, 4)];
    const out = folder();
    const merge = (...parts: string[]): Promise<Finished> => command('merge', ...parts, '--out', out);
    expect((await merge(a)).stderr).toMatch(/no part 2 of 2/);
    expect((await merge(a, a, b)).stderr).toMatch(/part 1 of 2 twice/);
    expect((await merge(a, foreign)).stderr).toMatch(/merge only what one campaign wrote/);
    expect((await merge(a, join(out, 'nothing'))).stderr).toMatch(/no file/);
  });

  /** A journal with a header only. */
  async function writtenPart(index: number, of: number, seed: number): Promise<string> {
    const path = join(folder(), 'journal.jsonl');
    const { startJournal } = await import('../src/claims/journal.ts');
    const header = readJournal(journalPath(crashedAfter(journal.length)))?.header;
    if (header !== undefined) startJournal(path, { ...header, seed, part: { index, of } });
    return path;
  }
});

describe('parsePart', () => {
  it('reads i/n and the indices of SLURM arrays and Kubernetes indexed Jobs', () => {
    expect(parsePart('3/7', {})).toEqual({ index: 3, of: 7 });
    const slurm = { SLURM_ARRAY_TASK_ID: '10', SLURM_ARRAY_TASK_MIN: '10', SLURM_ARRAY_TASK_COUNT: '4' };
    expect(parsePart('auto', slurm)).toEqual({ index: 1, of: 4 });
    expect(parsePart('auto/5', { JOB_COMPLETION_INDEX: '4' })).toEqual({ index: 5, of: 5 });
  });

  it.each(['0/3', '4/3', '1', 'a/b', '1/0', 'auto', '1.5/2', ''])('refuses %j', (text) => {
    expect(() => parsePart(text, {})).toThrow(/--shard: expected i\/n/);
  });
});

describe('two processes on one folder', () => {
  it('the second is told so, and takes over from one that was killed', async () => {
    const out = folder();
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, '.lock'), JSON.stringify({ pid: process.ppid, host: hostname() }));
    const refused = await verify(out);
    expect(refused.code).toBe(64);
    expect(refused.stderr).toMatch(new RegExp(`held by process ${process.ppid}`));
    // Larger than any process number of Linux.
    writeFileSync(join(out, '.lock'), JSON.stringify({ pid: 2 ** 30, host: hostname() }));
    expect((await verify(out)).code).toBe(0);
  }, 60_000);
});
