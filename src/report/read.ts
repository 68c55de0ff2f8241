import { readFile } from 'node:fs/promises';
import { InverseClaimsError, messageOf } from '../core/errors.ts';
import { requireReport } from './require-report.ts';
import type { Report } from './schema.ts';

/**
 * Reads a report.json through its schema.
 *
 * Throws `missing-file` where the file cannot be read, and `invalid-report`, naming the first place that fails,
 * where it is not JSON or not a report of this schema version.
 */
export async function readReport(path: string): Promise<Report> {
  return parseReport(path, await readText(path));
}

/** The report a text holds; `where` names it in errors. */
export function parseReport(where: string, text: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InverseClaimsError('invalid-report', {
      where,
      expected: 'a report in JSON',
      received: messageOf(error),
      hint: 'the file may be damaged or cut off; write it again with "inverse-claims verify".',
    });
  }
  return requireReport(where, value);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new InverseClaimsError('missing-file', {
      where: path,
      expected: 'a readable report.json',
      received: error instanceof Error && 'code' in error ? String(error.code) : String(error),
      hint: '"inverse-claims verify" writes one.',
    });
  }
}
