import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildReport } from '../report/build.ts';
import { hostileInput } from '../report/testing/hostile.ts';
import { sampleInput } from '../report/testing/sample-report.ts';
import { writeReport } from '../report/write.ts';
import { redraw } from './report.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redraw-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Content of every file below a folder, by path. */
function contents(directory: string): Readonly<Record<string, string>> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(directory.length + 1), readFileSync(path, 'latin1')];
    }),
  );
}

const report = buildReport(sampleInput());
const earlier = buildReport(sampleInput({ seed: 6 }));

describe('redraw', () => {
  it.each([
    ['usual', report],
    ['hostile', buildReport(hostileInput())],
  ])('gives the bytes that were written at first, beside the report or elsewhere: %s texts', async (_name, given) => {
    const [first, other] = [join(folder, 'first'), join(folder, 'other')];
    await writeReport(given, first);
    const before = contents(first);
    expect(Object.keys(before).length).toBeGreaterThan(5);
    expect(await redraw({ from: first })).toBe(join(first, 'index.html'));
    expect(contents(first)).toEqual(before);
    expect(await redraw({ from: join(first, 'report.json'), out: other })).toBe(join(other, 'index.html'));
    expect(contents(other)).toEqual(before);
  });

  it('makes good what is missing or old, and keeps what is not its own', async () => {
    await writeReport(report, folder);
    const before = contents(folder);
    rmSync(join(folder, 'summary.md'));
    rmSync(join(folder, 'figures'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), 'drawn by another version');
    writeFileSync(join(folder, 'journal.jsonl'), 'journal');
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    await redraw({ from: folder });
    expect(contents(folder)).toEqual({ ...before, 'journal.jsonl': 'journal', 'notes.txt': 'mine' });
  });

  it('adds changes since an earlier report, as verify writes them, to page and summary only', async () => {
    const [first, second, old] = [join(folder, 'first'), join(folder, 'second'), join(folder, 'old')];
    await writeReport(earlier, old);
    await writeReport(report, first);
    await writeReport(report, second, { against: earlier });
    await redraw({ from: first, out: join(folder, 'third'), against: old });
    const [plain, compared] = [contents(first), contents(second)];
    expect(contents(join(folder, 'third'))).toEqual(compared);
    const changed = Object.keys(plain).filter((name) => plain[name] !== compared[name]);
    expect(changed.sort()).toEqual(['index.html', 'summary.md']);
    expect(compared['index.html']).toContain('<section id="changes"');
    expect(compared['summary.md']).toContain('## Changes');
  });

  it('replaces another report only where it is told to', async () => {
    await writeReport(earlier, folder);
    await writeReport(report, join(folder, 'aside'));
    const copy = join(folder, 'monday.json');
    writeFileSync(copy, readFileSync(join(folder, 'aside', 'report.json')));
    const before = contents(folder);
    await expect(redraw({ from: copy })).rejects.toMatchObject({ code: 'unwritable' });
    expect(contents(folder)).toEqual(before);
    await redraw({ from: copy, out: folder });
    expect(contents(folder)['report.json']).toBe(before['monday.json']);
  });

  it('refuses what it cannot read, and folders of others, and writes nothing then', async () => {
    await writeReport(report, folder);
    const file = join(folder, 'report.json');
    const theirs = join(folder, 'theirs');
    mkdirSync(theirs);
    writeFileSync(join(theirs, 'index.html'), 'mine');
    await expect(redraw({ from: folder, out: join(file, 'below') })).rejects.toMatchObject({ code: 'unwritable' });
    await expect(redraw({ from: folder, out: theirs })).rejects.toMatchObject({ code: 'unwritable' });
    await expect(redraw({ from: join(folder, 'absent') })).rejects.toMatchObject({ code: 'missing-file' });
    await expect(redraw({ from: theirs })).rejects.toMatchObject({ code: 'missing-file' });
    await expect(redraw({ from: folder, against: theirs })).rejects.toMatchObject({ code: 'missing-file' });
    appendFileSync(file, 'cut');
    const before = contents(folder);
    await expect(redraw({ from: folder })).rejects.toMatchObject({ code: 'invalid-report' });
    expect(contents(folder)).toEqual(before);
  });
});
