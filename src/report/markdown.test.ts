import { describe, expect, it } from 'vitest';
import { buildReport, type ReportInput } from './build.ts';
import { renderMarkdown, SUMMARY_LIMIT } from './markdown.ts';
import { HOSTILE, hostileInput } from './testing/hostile.ts';
import { manyClaims } from './testing/many-claims.ts';
import { sampleInput, sampleResult } from './testing/sample-report.ts';

const many = (count: number, text: string) =>
  sampleInput({
    figures: [],
    results: Array.from({ length: count }, (_, k) =>
      sampleResult('undecided', { id: `group.${k}`, statement: text, words: text, regime: text, replay: text }),
    ),
  });

/** Cells of a table row, at pipes that are not escaped. */
const cells = (line: string) => line.split(/(?<!\\)(?:\\\\)*\|/).length - 2;

describe('renderMarkdown', () => {
  const text = renderMarkdown(buildReport(sampleInput()));

  it('says in its first line what came out, also where nothing was judged', () => {
    const first = (input: ReportInput) => renderMarkdown(buildReport(input)).split('\n')[0];
    expect(first(sampleInput())).toBe(
      '# inverse-claims: 1 of 5 claims is supported; 1 is refuted, 1 is undecided, 1 is skipped, 1 has errored.',
    );
    expect(first(sampleInput({ results: [] }))).toBe(
      '# inverse-claims: No claim was judged: there is no evidence here.',
    );
    expect(first(sampleInput({ results: [sampleResult('supported')] }))).toBe(
      '# inverse-claims: The claim is supported.',
    );
  });

  it('has the counts, one row per claim, and details of what is not green, worst first', () => {
    expect(text).toContain('✔ 1 supported · ✘ 1 refuted · ◐ 1 undecided · – 1 skipped · ⚠ 1 errored');
    expect(text.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(6);
    expect(text.match(/^### .*/gm)).toEqual([
      '### ✘ refuted: sample.refuted',
      '### ⚠ errored: sample.errored',
      '### ◐ undecided: sample.undecided',
    ]);
    expect(text).toContain('`npx inverse-claims verify sample.refuted --seed 7`');
    expect(text).toContain('Seed 7 · backend wasm (tensorflow: module not found)');
  });

  it('keeps every row one row, whatever a claim says', () => {
    const rows = renderMarkdown(buildReport(hostileInput()))
      .split('\n')
      .filter((line) => line.startsWith('| '));
    expect(rows).toHaveLength(5);
    expect(rows.map(cells)).toEqual([7, 7, 7, 7, 7]);
    expect(rows.join('')).not.toMatch(/<script|\$x\$|[\0\u202E]/);
  });

  it('stays below the limit with a thousand claims of usual and of endless texts', () => {
    const usual = renderMarkdown(
      buildReport(many(1000, 'A statement of usual length about some solver and some problem.')),
    );
    expect(Buffer.byteLength(usual)).toBeLessThan(SUMMARY_LIMIT);
    expect(usual.match(/^\| ◐/gm)).toHaveLength(1000);
    const endless = renderMarkdown(buildReport(many(1000, HOSTILE.repeat(40))));
    expect(Buffer.byteLength(endless)).toBeLessThan(SUMMARY_LIMIT);
    expect(endless).toMatch(/\d+ more claims without support are in index\.html/);
  });

  it('keeps the refuted ones where not everything fits, and stays below the limit whichever text is endless', () => {
    const endless = HOSTILE.repeat(40);
    const control = { what: endless, verdict: { outcome: 'errored', message: endless } } as const;
    const texts = { statement: endless, words: endless, numbers: endless, regime: endless, replay: endless, control };
    const all = renderMarkdown(buildReport(manyClaims(1000, texts)));
    expect(Buffer.byteLength(all)).toBeLessThan(SUMMARY_LIMIT);
    expect(all.match(/^### ✘/gm)?.length).toBeGreaterThan(100);
    expect(all).not.toMatch(/^### ◐/m);
    const run = buildReport(manyClaims(1000));
    run.ledger.meaning = HOSTILE.repeat(10_000);
    run.environment.version = HOSTILE.repeat(10_000);
    expect(Buffer.byteLength(renderMarkdown(run))).toBeLessThan(SUMMARY_LIMIT);
  });
});
