import { readFile } from 'node:fs/promises';
import { InverseClaimsError, messageOf } from '../core/errors.ts';
import { printable } from './escape.ts';
import { requireReport } from './require-report.ts';
import { type Report, reportSchema, SCHEMA_VERSION } from './schema.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads a report.json through its schema.
 *
 * Throws `missing-file` where the file cannot be read, and `invalid-report` where it is not UTF-8, not JSON, not a report, a
 * report of another schema version, or a damaged one: then with the JSON path of the first place that fails.
 */
export async function readReport(path: string): Promise<Report> {
  return parseReport(path, textOf(path, await readBytes(path)));
}

/** The report a text holds, with or without a byte order mark; `where` names it in errors. Throws `invalid-report`. */
export function parseReport(where: string, text: string): Report {
  const value = parsed(where, text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  requireOurs(where, value);
  return requireReport(where, value);
}

function parsed(where: string, text: string): unknown {
  if (text.trim() === '') throw notJson(where, 'an empty file');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson(where, printable(messageOf(error)));
  }
}

function notJson(where: string, received: string): InverseClaimsError {
  return new InverseClaimsError('invalid-report', {
    where,
    expected: 'a report in JSON',
    received,
    hint: 'the file may be damaged or cut off; write it again with "inverse-claims verify".',
  });
}

/** Throws unless the value is a report of this schema version, or at least a damaged one. */
function requireOurs(where: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const kind = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
    throw foreign(where, `JSON that holds ${kind}`);
  }
  const missing = reportSchema.required.filter((key) => !Object.hasOwn(value, key));
  const version = 'schemaVersion' in value ? value.schemaVersion : undefined;
  if (version === undefined || missing.length > reportSchema.required.length / 2)
    throw foreign(where, `${kindOf(value)} without ${missing.map((key) => JSON.stringify(key)).join(', ')}`);
  if (version !== SCHEMA_VERSION) throw otherVersion(where, version);
}

function foreign(where: string, received: string): InverseClaimsError {
  return new InverseClaimsError('invalid-report', {
    where,
    expected: 'a report of inverse-claims',
    received,
    hint: '"inverse-claims verify" writes one, as report.json.',
  });
}

/** What a JSON object seems to be. */
function kindOf(value: object): string {
  if ('reportFormat' in value && value.reportFormat === 'CTRF') return 'a report in the Common Test Report Format';
  const keys = Object.keys(value);
  if (keys.length === 0) return 'an empty JSON object';
  const shown = keys.slice(0, 3).map((key) => JSON.stringify(printable(key.slice(0, 40))));
  return `a JSON object with ${shown.join(', ')}${keys.length > shown.length ? ' …' : ''}`;
}

function otherVersion(where: string, version: unknown): InverseClaimsError {
  const reads = `this one reads ${SCHEMA_VERSION}`;
  const number = typeof version === 'string' && /^\d{1,9}$/.test(version) ? Number(version) : Number.NaN;
  const details = (received: string, hint: string) => ({
    where,
    expected: 'a report of inverse-claims',
    received,
    hint,
  });
  if (number > Number(SCHEMA_VERSION))
    return new InverseClaimsError(
      'invalid-report',
      details(`schema version ${version}, written by a newer inverse-claims; ${reads}`, 'upgrade inverse-claims.'),
    );
  const again = 'write the report again with "inverse-claims verify".';
  if (number < Number(SCHEMA_VERSION))
    return new InverseClaimsError(
      'invalid-report',
      details(`schema version ${version}, written by an older inverse-claims; ${reads}`, again),
    );
  const shown = printable(JSON.stringify(version)).slice(0, 60);
  return new InverseClaimsError('invalid-report', details(`/schemaVersion ${shown}; ${reads}, as a text`, again));
}

function textOf(where: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notJson(where, 'bytes that are not UTF-8 text');
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new InverseClaimsError('missing-file', {
      where: path,
      expected: 'a readable report.json',
      received: code === 'EISDIR' ? 'a folder' : code,
      hint: code === 'EISDIR' ? 'name the report.json in it.' : '"inverse-claims verify" writes one.',
    });
  }
}
