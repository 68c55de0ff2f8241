import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { buildReport, type ReportInput } from './build.ts';
import { renderHtml } from './html.ts';
import { reportJson } from './json.ts';
import { SAMPLE_CALIBRATION as calibration } from './testing/sample-calibration.ts';
import { sampleInput } from './testing/sample-report.ts';

interface Cell {
  readonly textContent: string;
  querySelector(selector: string): Cell | null;
}

async function rows(input: ReportInput): Promise<readonly (readonly Cell[])[]> {
  const { document } = parseHTML(await renderHtml(buildReport(input)));
  const found = document.querySelectorAll('#calibration tbody tr') as Iterable<{
    querySelectorAll(selector: string): Iterable<Cell>;
  }>;
  return [...found].map((row) => [...row.querySelectorAll('th, td')]);
}

describe('the calibration in a report', () => {
  it('is absent where the input has none', async () => {
    const report = buildReport(sampleInput());
    expect(report).not.toHaveProperty('calibration');
    expect(await renderHtml(report)).not.toMatch(/id="calibration"|#calibration/);
  });

  it('is kept as it was given, the same bytes for the same input', () => {
    const report = buildReport(sampleInput({ calibration }));
    expect(report.calibration).toEqual(calibration);
    expect(reportJson(buildReport(sampleInput({ calibration })))).toBe(reportJson(report));
  });

  it('is not changed by what happens to the input later', () => {
    const given = structuredClone(calibration);
    const report = buildReport(sampleInput({ calibration: given }));
    (given.events[0] as { error: { above: number } }).error.above = 1;
    expect(report.calibration).toEqual(calibration);
  });

  it('shows every number of a row and marks those above α, and only those', async () => {
    const [events, bounded] = await rows(sampleInput({ calibration }));
    const texts = (row: readonly Cell[] | undefined) => row?.map((cell) => cell.textContent);
    const marks = (row: readonly Cell[] | undefined) =>
      row?.flatMap((cell) => cell.querySelector('.remarkable')?.textContent ?? []);
    expect(texts(events)).toEqual([
      '0.5',
      '0.05',
      '0.05',
      '0.034',
      '0.5',
      '0.6',
      '0.01',
      '6',
      '7',
      'more',
      '10\u00A0000',
    ]);
    expect(marks(events)).toEqual(['0.5', '0.6']);
    expect(texts(bounded)).toEqual([
      '<b>uniform</b>',
      '0.5',
      '0.05',
      '0.0200 ± 0.0030',
      '0.2800 ± 0.0100',
      '2000',
      '500',
    ]);
    expect(marks(bounded)).toEqual(['0.2800 ± 0.0100']);
  });

  it('says in words what is compared, and is reached from the top of the page', async () => {
    const { document } = parseHTML(await renderHtml(buildReport(sampleInput({ calibration }))));
    const text = (document.querySelector('#calibration') as Cell | null)?.textContent ?? '';
    for (const part of ['0/1 trials', 'Wilson', 'checkCoverage', 'above α', 'Exact probabilities']) {
      expect(text).toContain(part);
    }
    expect(document.querySelector('nav a[href="#calibration"]')).not.toBeNull();
  });

  it.each([
    ['a probability that is no number', { quickCheck: Number.NaN }],
    ['a probability above 1', { quickCheck: 1.5 }],
    ['a key that nobody knows', { surprise: 1 }],
    ['half a trial', { earliest: 6.5 }],
  ])('refuses %s', (_what, change) => {
    const events = [{ ...calibration.events[0]!, ...change }];
    expect(() => buildReport(sampleInput({ calibration: { ...calibration, events } }))).toThrow(
      /calibration\/events\/0/,
    );
  });
});
