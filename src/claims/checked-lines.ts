import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
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

/** A file longer than this without a line end is no file of checked lines whose first write was torn. */
const LONGEST_FIRST_LINE = 65_536;

/** One line of an append-only file: a checksum, a space, JSON. */
export function checkedLine(value: unknown): string {
  const text = encode(value);
  return `${checksum(text)} ${text}\n`;
}

/** The value of a line, or undefined where its checksum does not fit. */
function parsedLine(line: string): unknown {
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

/** Reads a file of checked lines. A torn last line is dropped; any other damage throws `invalid-report`. */
export function readCheckedLines(where: string, path: string): CheckedLines {
  const bytes = readFileSync(path);
  const length = bytes.lastIndexOf(0x0a) + 1;
  if (length === 0 && bytes.length >= LONGEST_FIRST_LINE) throw damagedLine(where, 1);
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
  ftruncateSync(file, length);
  closeSync(file);
}
