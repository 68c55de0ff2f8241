import { createHash } from 'node:crypto';
import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { InverseClaimsError } from '../core/errors.ts';

/** JSON has no infinities: they are written as {"#": "Infinity"}. */
function encode(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'number' && !Number.isFinite(item) ? { '#': String(item) } : item,
  );
}

function decode(text: string): unknown {
  return JSON.parse(text, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && '#' in item ? Number(item['#']) : item,
  );
}

const CHECKSUM = 12;
const checksum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, CHECKSUM);

/** One line of an append-only file: a checksum, a space, JSON. */
export function checkedLine(value: unknown): string {
  const text = encode(value);
  return `${checksum(text)} ${text}\n`;
}

/** True where `text` can be what was left of a checked line, with JSON that begins with `json`, by a torn write. */
export function beginsCheckedLine(text: string, json: string): boolean {
  const start = ` ${json}`;
  const rest = text.slice(CHECKSUM);
  return /^[0-9a-f]*$/.test(text.slice(0, CHECKSUM)) && (rest.startsWith(start) || start.startsWith(rest));
}

/** The value of a line, or undefined where its checksum does not fit. */
export function parsedLine(line: string): unknown {
  const text = line.slice(CHECKSUM + 1);
  return line[CHECKSUM] === ' ' && checksum(text) === line.slice(0, CHECKSUM) ? decode(text) : undefined;
}

/** `invalid-report`: the line with this number, counted from 1, is not what was written. */
export function damagedLine(where: string, line: number): InverseClaimsError {
  return new InverseClaimsError('invalid-report', {
    where,
    expected: 'a header and one record per line, each with its checksum',
    received: `a damaged or foreign line ${line}`,
    hint: 'only a torn last line is dropped by itself; move the file away to start anew',
  });
}

/** What a file of checked lines holds. */
export interface CheckedLines {
  readonly values: readonly unknown[];
  /** Length in bytes of the whole lines. */
  readonly length: number;
  /** True if a last line was incomplete and dropped. */
  readonly torn: boolean;
}

/**
 * Reads a file of checked lines. A torn last line is dropped; any other damage throws `invalid-report`, and so does a
 * file without a whole line unless `isTornHeader` takes its text for the beginning of a first line.
 */
export function readCheckedLines(where: string, path: string, isTornHeader: (text: string) => boolean): CheckedLines {
  const bytes = readFileSync(path);
  const length = bytes.lastIndexOf(0x0a) + 1;
  if (length === 0 && !isTornHeader(bytes.toString('utf8'))) throw damagedLine(where, 1);
  const lines = bytes.subarray(0, length).toString('utf8').split('\n').slice(0, -1);
  const values = lines.map((line, index) => {
    const value = parsedLine(line);
    if (value === undefined) throw damagedLine(where, index + 1);
    return value;
  });
  return { values, length, torn: length < bytes.length };
}

/** The undamaged lines of a file, whatever else is in it, and whether it ends inside a line. */
export function readGoodLines(path: string): Pick<CheckedLines, 'values' | 'torn'> {
  const text = readFileSync(path, 'utf8');
  const values = text.split('\n').map(parsedLine);
  return { values: values.filter((value) => value !== undefined), torn: text !== '' && !text.endsWith('\n') };
}

/** Cuts a file to the given length in bytes. */
export function cutFile(path: string, length: number): void {
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, length);
  } finally {
    closeSync(file);
  }
}

/** Writes bytes to an open file and returns how many of them, as `writeSync` does. */
export type WriteBytes = (file: number, bytes: Uint8Array) => number;

/** Adds values to a file of checked lines. */
export interface Appender {
  append(value: unknown): void;
}

/**
 * Appends to a file that only this process writes. A failed append is undone as far as possible, so that no torn line
 * gets into the middle, and ends it: from then on every append throws that first error.
 */
export function appender(path: string, write: WriteBytes = writeSync): Appender {
  let broken: { readonly error: unknown } | undefined;
  return {
    append: (value) => {
      if (broken !== undefined) throw broken.error;
      try {
        appendWhole(path, Buffer.from(checkedLine(value)), write);
      } catch (error) {
        broken = { error };
        throw error;
      }
    },
  };
}

function appendWhole(path: string, bytes: Uint8Array, write: WriteBytes): void {
  const file = openSync(path, 'a');
  const before = fstatSync(file).size;
  try {
    for (let done = 0; done < bytes.length; ) done += write(file, bytes.subarray(done));
  } catch (error) {
    attempt(() => ftruncateSync(file, before));
    throw error;
  } finally {
    closeSync(file);
  }
}

/**
 * Appends, as long as that works, to a file that other processes extend at the same time: it is never cut, and a line is
 * one write. The first failure silently ends it, after the line end that keeps the next process's line apart.
 */
export function sharedAppender(path: string, write: WriteBytes = writeSync): Appender {
  let broken = false;
  return {
    append: (value) => {
      if (!broken) broken = !attempt(() => appendOnce(path, Buffer.from(checkedLine(value)), write));
    },
  };
}

function appendOnce(path: string, bytes: Uint8Array, write: WriteBytes): void {
  const file = openSync(path, 'a');
  try {
    const done = write(file, bytes);
    if (done === bytes.length) return;
    write(file, Buffer.from('\n'));
    throw new Error(`wrote ${done} of ${bytes.length} bytes`);
  } finally {
    closeSync(file);
  }
}

/** Whether that could be done. */
function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
