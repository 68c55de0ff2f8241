import { mkdtempSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  appender,
  beginsCheckedLine,
  checkedLine,
  readCheckedLines,
  readGoodLines,
  sharedAppender,
  type WriteBytes,
} from './checked-lines.ts';

const file = (): string => join(mkdtempSync(join(tmpdir(), 'inverse-claims-lines-')), 'lines.jsonl');
const valuesOf = (path: string): readonly unknown[] => readCheckedLines('lines', path, () => true).values;

/** A disk with room for so many bytes: the write that meets its end is short, later ones fail until it is freed. */
function disk(room: number): { readonly write: WriteBytes; free(): void } {
  let left = room;
  return {
    write: (target, bytes) => {
      if (left === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      const written = writeSync(target, bytes.subarray(0, left));
      left -= written;
      return written;
    },
    free: () => {
      left = Number.POSITIVE_INFINITY;
    },
  };
}

describe('an appender', () => {
  const line = checkedLine({ k: 0 }).length;

  it('undoes an append that a full disk cut short, at any byte, and throws that error ever after', () => {
    for (let room = line; room < 2 * line; room++) {
      const path = file();
      const { write, free } = disk(room);
      const lines = appender(path, write);
      lines.append({ k: 0 });
      expect(() => lines.append({ k: 1 })).toThrow('no space left');
      free();
      expect(() => lines.append({ k: 2 })).toThrow('no space left');
      expect(readFileSync(path, 'utf8')).toBe(checkedLine({ k: 0 }));
    }
  });

  it('goes on after a write that was short without failing', () => {
    const path = file();
    const lines = appender(path, (target, bytes) => writeSync(target, bytes.subarray(0, 7)));
    for (const k of [0, 1]) lines.append({ k });
    expect(valuesOf(path)).toEqual([{ k: 0 }, { k: 1 }]);
  });
});

describe('a shared appender', () => {
  it('never throws, never cuts what others wrote, and ends after the first failure', () => {
    const path = file();
    writeFileSync(path, checkedLine('header'));
    let writes = 0;
    const lines = sharedAppender(path, (target, bytes) => {
      writes += 1;
      return writeSync(target, bytes.subarray(0, 9));
    });
    lines.append({ k: 0 });
    lines.append({ k: 1 });
    sharedAppender(path).append('of another process');
    expect(writes).toBe(2);
    expect(readGoodLines(path)).toEqual({ values: ['header', 'of another process'], torn: false });
    const full = sharedAppender(path, disk(0).write);
    full.append({ k: 2 });
    expect(readGoodLines(path).values).toHaveLength(2);
  });
});

describe('beginsCheckedLine', () => {
  it('accepts every beginning of a line and nothing else', () => {
    const line = checkedLine({ journal: 1, seed: 7 }).slice(0, -1);
    for (let length = 0; length <= line.length; length++) {
      expect(beginsCheckedLine(line.slice(0, length), '{"journal":1')).toBe(true);
    }
    for (const text of ['night,value', '0123456789abc', '0123456789ab {"journey', '{"journal":1']) {
      expect(beginsCheckedLine(text, '{"journal":1')).toBe(false);
    }
  });
});
