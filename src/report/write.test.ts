import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildReport } from './build.ts';
import { SUMMARY_LIMIT } from './markdown.ts';
import { readReport } from './read.ts';
import { hostileInput } from './testing/hostile.ts';
import { sampleFigure, sampleInput } from './testing/sample-report.ts';
import { appendSummary, requireWritable, writeReport } from './write.ts';

const report = buildReport(sampleInput());
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-report-'));
});
afterEach(() => rm(folder, { recursive: true }));

const listing = async (directory: string) => (await readdir(directory, { recursive: true })).sort();

describe('writeReport', () => {
  it('writes all renderings, creates parents, and leaves nothing else', async () => {
    const directory = join(folder, 'a', 'b');
    await writeReport(report, directory);
    expect(await listing(directory)).toEqual([
      'badge.svg',
      'ctrf-report.json',
      'figures',
      'figures/3b.csv',
      'figures/3b.svg',
      'index.html',
      'junit.xml',
      'report.json',
      'summary.md',
    ]);
    expect(await readReport(join(directory, 'report.json'))).toEqual(report);
  });

  it('writes the same bytes for the same report', async () => {
    await writeReport(report, join(folder, 'one'));
    await writeReport(buildReport(sampleInput()), join(folder, 'two'));
    for (const name of await listing(join(folder, 'one'))) {
      if (name === 'figures') continue;
      expect(await readFile(join(folder, 'two', name), 'utf8')).toBe(await readFile(join(folder, 'one', name), 'utf8'));
    }
  });

  it('replaces an earlier report and its figures, and touches nothing else', async () => {
    await writeReport(buildReport(sampleInput({ figures: [sampleFigure({ id: 'old' }), sampleFigure()] })), folder);
    await writeFile(join(folder, 'figures', 'mine.svg'), 'mine');
    await mkdir(join(folder, '.partial'));
    await writeFile(join(folder, '.partial', 'report.json'), 'mine');
    await writeReport(report, folder);
    expect(await listing(join(folder, 'figures'))).toEqual(['3b.csv', '3b.svg', 'mine.svg']);
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual(['.partial']);
    expect(await readFile(join(folder, '.partial', 'report.json'), 'utf8')).toBe('mine');
    expect(await readReport(join(folder, 'report.json'))).toEqual(report);
  });

  it('keeps figures of any name inside its folder and apart from each other', async () => {
    await writeReport(buildReport(hostileInput()), join(folder, 'out'));
    expect(await readdir(folder)).toEqual(['out']);
    expect(await readdir(join(folder, 'out', 'figures'))).toHaveLength(4);
  });

  it('never overwrites a figure where there is no report that it belongs to', async () => {
    await mkdir(join(folder, 'figures'));
    for (const name of ['figures/3b.svg', 'figures/3b.csv']) {
      await writeFile(join(folder, name), 'mine');
      const failure = await writeReport(report, folder).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'unwritable', message: expect.stringContaining(name) });
      expect(await readFile(join(folder, name), 'utf8')).toBe('mine');
      expect(await listing(folder)).toEqual(['figures', name]);
      await rm(join(folder, name));
    }
  });

  it('leaves the earlier report whole where writing fails', async () => {
    await writeReport(report, folder);
    await rm(join(folder, 'figures'), { recursive: true });
    await writeFile(join(folder, 'figures'), 'a file where a folder must be');
    const before = await listing(folder);
    await expect(writeReport(report, folder)).rejects.toMatchObject({ code: 'unwritable' });
    expect(await listing(folder)).toEqual(before);
    expect(await readReport(join(folder, 'report.json'))).toEqual(report);
  });
});

describe('requireWritable', () => {
  it('creates a directory and leaves it empty', async () => {
    await requireWritable(join(folder, 'x', 'y'));
    expect(await listing(folder)).toEqual(['x', 'x/y']);
  });

  it('refuses a file and a path below a file, and leaves nothing', async () => {
    await writeFile(join(folder, 'file'), 'content');
    for (const path of [join(folder, 'file'), join(folder, 'file', 'below')]) {
      await expect(requireWritable(path)).rejects.toMatchObject({ code: 'unwritable' });
      await expect(writeReport(report, path)).rejects.toMatchObject({ code: 'unwritable' });
    }
    expect(await listing(folder)).toEqual(['file']);
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('content');
  });

  it('never overwrites a damaged or foreign file of the same name', async () => {
    for (const [name, content] of [
      ['report.json', '{"cut o'],
      ['report.json', '{"schemaVersion":"draft-07"}'],
      ['index.html', '<h1>my page</h1>'],
    ] as const) {
      await writeFile(join(folder, name), content);
      await expect(writeReport(report, folder)).rejects.toMatchObject({ code: 'unwritable' });
      expect(await readFile(join(folder, name), 'utf8')).toBe(content);
      await rm(join(folder, name));
    }
  });
});

describe('appendSummary', () => {
  it('appends to what is there', async () => {
    const path = join(folder, 'summary');
    await writeFile(path, 'before\n');
    await appendSummary(report, path);
    await appendSummary(report, path);
    const text = await readFile(path, 'utf8');
    expect(text.startsWith('before\n\n# inverse-claims')).toBe(true);
    expect(text.match(/^# inverse-claims/gm)).toHaveLength(2);
  });

  it('cuts at a line, with a note, rather than exceed the limit', async () => {
    const path = join(folder, 'summary');
    await writeFile(path, 'x'.repeat(SUMMARY_LIMIT - 900));
    await appendSummary(report, path);
    const text = await readFile(path, 'utf8');
    expect(Buffer.byteLength(text)).toBeLessThan(SUMMARY_LIMIT);
    expect(text.endsWith('The summary was cut here; index.html has all of it.\n')).toBe(true);
    await appendSummary(report, path);
    expect(Buffer.byteLength(await readFile(path, 'utf8'))).toBeLessThan(SUMMARY_LIMIT);
  });

  it('says which file cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(appendSummary(report, join(folder, 'file', 'below'))).rejects.toMatchObject({ code: 'unwritable' });
  });
});
