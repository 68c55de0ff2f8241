import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkedLine } from './checked-lines.ts';
import {
  continueJournal,
  isJournal,
  type JournalHeader,
  openCache,
  originMismatch,
  readJournal,
  startJournal,
} from './journal.ts';

const header: JournalHeader = {
  journal: 1,
  seed: 7,
  backend: 'wasm',
  code: 'abc',
  node: '20.19.0',
  machine: 'linux-x64',
  tier: 'quick',
  selection: [],
  tried: [{ name: 'wasm', ok: true }],
  part: { index: 1, of: 1 },
};
const finished = (value: number) => ({ result: [{ value }], seconds: 0.5 });
const file = (): string => join(mkdtempSync(join(tmpdir(), 'inverse-claims-journal-')), 'journal.jsonl');

function threeEntries(): string {
  const path = file();
  const writer = startJournal(path, header);
  for (const [index, value] of [1, Number.POSITIVE_INFINITY, -0.1].entries()) {
    writer.append(`job ${index}`, finished(value));
  }
  return path;
}

describe('a journal', () => {
  it('gives back what was written, infinities included', () => {
    const journal = readJournal(threeEntries());
    expect(journal?.header).toEqual(header);
    expect(journal?.entries.get('job 1')).toEqual(finished(Number.POSITIVE_INFINITY));
    expect(journal?.entries.get('job 2')).toEqual(finished(-0.1));
    expect(journal?.torn).toBe(false);
  });

  it('drops a last line torn at any byte, and nothing else, and goes on after it', () => {
    const whole = readFileSync(threeEntries(), 'utf8');
    const lastLine = whole.slice(0, -1).lastIndexOf('\n') + 1;
    for (let cut = lastLine + 1; cut < whole.length; cut++) {
      const path = file();
      writeFileSync(path, whole.slice(0, cut));
      const journal = readJournal(path);
      expect(journal).toMatchObject({ torn: true, length: lastLine });
      expect([...(journal?.entries.keys() ?? [])]).toEqual(['job 0', 'job 1']);
      if (journal === undefined) continue;
      continueJournal(journal).append('job 2', finished(-0.1));
      expect(readFileSync(path, 'utf8')).toBe(whole);
    }
  });

  it('is none where the header itself was torn', () => {
    const path = threeEntries();
    truncateSync(path, 20);
    expect(readJournal(path)).toBeUndefined();
  });

  it('is refused when damaged anywhere else, and left as it is', () => {
    for (const position of [3, 40, 300]) {
      const path = threeEntries();
      const bytes = readFileSync(path);
      bytes[position] = (bytes[position] as number) ^ 1;
      writeFileSync(path, bytes);
      expect(() => readJournal(path)).toThrow(/damaged or foreign line/);
      expect(readFileSync(path).equals(bytes)).toBe(true);
    }
    const foreign = file();
    writeFileSync(foreign, 'id,loss\n1,2\n');
    expect(() => readJournal(foreign)).toThrow(/line 1/);
  });

  it('is refused, and left as it is, when it is a short text of others without a line end', () => {
    for (const content of ['thesis', '{"journal":1', checkedLine({ evidence: 1 }).slice(0, -1)]) {
      const path = file();
      writeFileSync(path, content);
      expect(() => readJournal(path)).toThrow(/line 1/);
      expect(isJournal(path)).toBe(false);
      expect(readFileSync(path, 'utf8')).toBe(content);
    }
  });

  it('is told from other files by its beginning, torn or whole, whatever the order of its header', () => {
    const path = file();
    expect(isJournal(path)).toBe(false);
    const { journal, ...rest } = header;
    startJournal(path, { ...rest, journal });
    const whole = readFileSync(path, 'utf8');
    for (let length = 0; length <= whole.length; length++) {
      writeFileSync(path, whole.slice(0, length));
      expect(isJournal(path)).toBe(true);
    }
    appendFileSync(path, 'rubbish\n');
    expect(isJournal(path)).toBe(true);
    for (const content of ['mine\n', '\n', checkedLine({ evidence: 1 }), `x${whole}`]) {
      writeFileSync(path, content);
      expect(isJournal(path)).toBe(false);
    }
  });

  it('takes no more after one entry could not be written', () => {
    const path = file();
    const writer = startJournal(path, header);
    rmSync(path);
    mkdirSync(path);
    expect(() => writer.append('a', finished(1))).toThrow('EISDIR');
    rmdirSync(path);
    expect(() => writer.append('b', finished(1))).toThrow('EISDIR');
  });

  it('names what differs in its origin', () => {
    expect(originMismatch(header, header)).toBeUndefined();
    expect(originMismatch(header, { ...header, seed: 8, code: 'abd' })).toBe(
      'seed 7 instead of 8, code abc instead of abd',
    );
  });
});

describe('a cache', () => {
  it('makes its folder, and is none where that cannot be made', () => {
    const below = join(file(), 'of', 'folders', 'cache.jsonl');
    openCache(below, header).writer.append('a', finished(1));
    expect(openCache(below, header).entries.size).toBe(1);
    const underAFile = join(threeEntries(), 'cache.jsonl');
    const { entries, writer } = openCache(underAFile, header);
    expect(entries.size).toBe(0);
    expect(() => writer.append('a', finished(1))).not.toThrow();
  });

  it('is reused for the same origin and never for another', () => {
    const path = threeEntries();
    expect(openCache(path, header).entries.size).toBe(3);
    const other = openCache(path, { ...header, code: 'new' });
    expect(other.entries.size).toBe(0);
    other.writer.append('job 3', finished(4));
    expect(openCache(path, header).entries.size).toBe(3);
  });

  it('passes over damaged lines, ends a torn one, and loses nothing else', () => {
    const path = threeEntries();
    appendFileSync(path, 'rubbish\n0123456789ab {"key":"half');
    const { entries, writer } = openCache(path, header);
    expect(entries.size).toBe(3);
    writer.append('job 3', finished(4));
    expect([...openCache(path, header).entries.keys()]).toEqual(['job 0', 'job 1', 'job 2', 'job 3']);
  });

  it('is given up silently where it cannot be opened or written', () => {
    const path = file();
    const { writer } = openCache(path, header);
    rmSync(path);
    mkdirSync(path);
    expect(() => writer.append('a', finished(1))).not.toThrow();
    const { entries, writer: none } = openCache(path, header);
    none.append('b', finished(1));
    expect(entries.size).toBe(0);
  });

  it('can be extended by two processes at the same time', () => {
    const path = file();
    const [one, two] = [openCache(path, header).writer, openCache(path, header).writer];
    one.append('a', finished(1));
    two.append('b', finished(2));
    one.append('c', finished(3));
    expect([...openCache(path, header).entries.keys()]).toEqual(['a', 'b', 'c']);
  });
});
