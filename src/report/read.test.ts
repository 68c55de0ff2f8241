import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import { buildReport } from './build.ts';
import { reportJson } from './json.ts';
import { parseReport, readReport } from './read.ts';
import { sampleInput } from './testing/sample-report.ts';

const text = reportJson(buildReport(sampleInput()));
/** The sample report with the value at a place replaced, or removed where none is given. */
function damaged(place: string, value?: unknown): string {
  const report = JSON.parse(text);
  const keys = place.split('/').slice(1);
  const last = keys.pop() ?? '';
  const parent = keys.reduce((node, key) => node[key], report);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.stringify(report);
}

function complaint(given: string): InverseClaimsError {
  try {
    parseReport('report.json', given);
  } catch (error) {
    if (error instanceof InverseClaimsError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('parseReport', () => {
  it('names the first place that is wrong', () => {
    const cases: readonly [string, RegExp][] = [
      [damaged('/seed'), /'seed'/],
      [damaged('/schemaVersion', '2'), /schemaVersion.*"1"/],
      [damaged('/extra', 1), /additional properties: "extra"/],
      [damaged('/claims/0/outcome', 'green'), /\/claims\/0\/outcome/],
      [damaged('/claims/0/evidence'), /\/claims\/0 .*'evidence'/],
      [damaged('/claims/2/needs'), /\/claims\/2 .*'needs'/],
      [damaged('/claims/3/reason'), /\/claims\/3 .*'reason'/],
      [damaged('/claims/4/message'), /\/claims\/4 .*'message'/],
      [damaged('/claims/0/control/outcome'), /\/claims\/0\/control .*'outcome'/],
      [damaged('/claims/0/control/evidence'), /\/claims\/0\/control .*'evidence'/],
      [damaged('/claims/0/evidence/lower', null), /\/claims\/0\/evidence\/lower/],
      [damaged('/claims/0/evidence/kind', 'hearsay'), /\/claims\/0\/evidence/],
      [damaged('/counts/supported', 5), /\/counts\/supported is 5, of 1 claims/],
      [damaged('/claims/1/id', 'sample.supported'), /\/claims\/1\/id repeats/],
      ['[]', /top level must be object/],
    ];
    for (const [given, place] of cases) {
      const error = complaint(given);
      expect(error.code).toBe('invalid-report');
      expect(error.message).toMatch(place);
    }
  });

  it('says so where the text was cut off', () => {
    expect(complaint(text.slice(0, 500)).message).toMatch(/a report in JSON.*damaged or cut off/);
  });
});

describe('readReport', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'read-report-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('reads what was written', async () => {
    await writeFile(join(folder, 'report.json'), text);
    expect(await readReport(join(folder, 'report.json'))).toEqual(JSON.parse(text));
  });

  it('tells a missing file from a damaged one', async () => {
    await expect(readReport(join(folder, 'absent.json'))).rejects.toMatchObject({ code: 'missing-file' });
    await writeFile(join(folder, 'damaged.json'), '{}');
    await expect(readReport(join(folder, 'damaged.json'))).rejects.toMatchObject({ code: 'invalid-report' });
  });
});
