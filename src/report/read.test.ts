import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import { buildReport } from './build.ts';
import { renderCtrf } from './ctrf.ts';
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
      [damaged('/claims/1/alpha'), /\/claims\/1 .*'alpha'/],
      [damaged('/claims/1/alpha', null), /\/claims\/1\/alpha is null for a statistical claim/],
      [damaged('/claims/1/kind', 'law'), /\/claims\/1\/alpha is 0.00001 for a law claim/],
      [damaged('/claims/1/alpha', 0), /\/claims\/1\/alpha must be > 0/],
      [damaged('/claims/1/id', ''), /\/claims\/1\/id must NOT have fewer than 1 characters/],
      [damaged('/claims/2/alpha', 2e-5), /\/ledger\/alphaSum is 0.00004, of levels that sum to 0.0000(49|5)/],
      [damaged('/ledger/alphaSum', 0), /\/ledger\/alphaSum is 0, of levels/],
      [damaged('/ledger/judged', 5), /\/ledger\/judged is 5, of 4 claims/],
      [damaged('/seed', 2 ** 48), /\/seed must be < 281474976710656/],
      [damaged('/seed', 0.5), /\/seed must be integer/],
      [damaged('/figures/0/panels/0/series/0/steps', false), /\/figures\/0\/panels\/0\/series\/0\/steps/],
      [damaged('/claims', {}), /\/claims must be array/],
    ];
    for (const [given, place] of cases) {
      const error = complaint(given);
      expect(error.code).toBe('invalid-report');
      expect(error.message).toMatch(place);
    }
  });

  it('refuses numbers too large for JSON, which are read as infinities, and says where they are', () => {
    const places: readonly [string, string][] = [
      ['"totalSeconds": 12.5', '/timings/totalSeconds'],
      ['"sample.undecided": 2.5', '/timings/claimSeconds/sample.undecided'],
      ['"upper": 1', '/claims/0/evidence/upper'],
      ['"maximum": 1', '/claims/0/facts/0/maximum'],
      ['"maxTrials": 200', '/claims/0/plan/maxTrials'],
      ['"x": [0', '/figures/0/panels/0/series/0/x/0'],
      ['"y": [1', '/figures/0/panels/0/series/0/y/0'],
    ];
    for (const [member, place] of places) {
      expect(text).toContain(member);
      const broken = text.replace(member, member.replace(/\d+(\.\d+)?$/, '-1e999'));
      const { code, message } = complaint(broken);
      expect([code, message]).toEqual(['invalid-report', expect.stringContaining(`received ${place} `)]);
      expect(message).toContain('"-Infinity"');
    }
  });

  it('says so where the text was cut off, wherever that was', () => {
    for (const length of [1, 2, 500, text.length / 2, text.length - 2]) {
      expect(complaint(text.slice(0, length)).message).toMatch(/a report in JSON.*damaged or cut off/);
    }
    for (const empty of ['', ' \n', '\uFEFF']) expect(complaint(empty).message).toMatch(/received an empty file/);
  });

  it('knows reports of other versions, and what to do about them', () => {
    expect(complaint(damaged('/schemaVersion', '2')).message).toMatch(
      /received schema version 2, written by a newer inverse-claims; this one reads 1\. Hint: upgrade inverse-claims\./,
    );
    expect(complaint(JSON.stringify({ ...JSON.parse(text), schemaVersion: '10', extra: 1 })).message).toMatch(/newer/);
    expect(complaint(damaged('/schemaVersion', '0')).message).toMatch(
      /received schema version 0, written by an older inverse-claims; this one reads 1\. Hint: write the report again/,
    );
    for (const version of [1, 2, 'draft-07', null, '-1', '1e3', {}]) {
      expect(complaint(damaged('/schemaVersion', version)).message).toContain(
        `received /schemaVersion ${JSON.stringify(version)}; this one reads 1, as a text.`,
      );
    }
  });

  it('says of other files that they are no report, and what they lack', () => {
    const cases: readonly [string, string][] = [
      ['[]', 'JSON that holds a list'],
      ['null', 'JSON that holds null'],
      ['3', 'JSON that holds a number'],
      ['"text"', 'JSON that holds a string'],
      ['{}', 'an empty JSON object without "schemaVersion", "seed"'],
      [renderCtrf(buildReport(sampleInput())), 'a report in the Common Test Report Format without "schemaVersion"'],
      ['{"name":"x","version":"1","type":"y","main":1}', 'a JSON object with "name", "version", "type" … without "sch'],
      ['{"schemaVersion":"1","claims":{}}', 'a JSON object with "schemaVersion", "claims" without "seed"'],
      [damaged('/schemaVersion'), 'without "schemaVersion".'],
      ['{"a\\u001b[31m":1}', 'a JSON object with "a\uFFFD[31m" without'],
    ];
    for (const [given, received] of cases) {
      const { code, message } = complaint(given);
      expect([code, message]).toEqual([
        'invalid-report',
        expect.stringContaining('expected a report of inverse-claims, '),
      ]);
      expect(message).toContain(received);
    }
  });

  it('survives nesting that no report has', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(complaint(deep).message).toContain('a list');
    expect(complaint(text.replace('"maxTrials": 200', `"maxTrials": ${deep}`)).message).toContain('/plan/maxTrials');
    expect(complaint(deep.slice(0, 100_000)).code).toBe('invalid-report');
  });

  it('reads over a byte order mark', () => {
    expect(parseReport('text', `\uFEFF${text}`)).toEqual(JSON.parse(text));
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

  it('reads a file with a byte order mark', async () => {
    await writeFile(join(folder, 'marked.json'), `\uFEFF${text}`);
    expect(await readReport(join(folder, 'marked.json'))).toEqual(JSON.parse(text));
  });

  it('refuses what is not text, and a folder', async () => {
    const path = join(folder, 'picture.json');
    for (const bytes of [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
      await writeFile(path, bytes);
      const failure = await readReport(path).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'invalid-report', details: { received: 'bytes that are not UTF-8 text' } });
    }
    await writeFile(path, Buffer.from([0, 1, 2, 27]));
    const failure = await readReport(path).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'invalid-report', message: expect.not.stringContaining('\u001b') });
    await expect(readReport(folder)).rejects.toMatchObject({ code: 'missing-file', details: { received: 'a folder' } });
  });

  it('tells a missing file from a damaged one', async () => {
    await expect(readReport(join(folder, 'absent.json'))).rejects.toMatchObject({ code: 'missing-file' });
    await writeFile(join(folder, 'damaged.json'), '{}');
    await expect(readReport(join(folder, 'damaged.json'))).rejects.toMatchObject({ code: 'invalid-report' });
  });
});
