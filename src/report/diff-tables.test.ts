import { describe, expect, it } from 'vitest';
import type { ClaimResult } from '../core/claim.ts';
import { compareReports } from './diff.ts';
import { diffTables } from './diff-tables.ts';
import { changeText, diffHeadline, diffNotes, intervalTexts } from './diff-words.ts';
import { measured, reportOf } from './testing/altered.ts';
import { sampleResult } from './testing/sample-report.ts';

const titles = (...reports: Parameters<typeof compareReports>) =>
  diffTables(compareReports(...reports)).map(({ title }) => title);
const undecided = { verdict: sampleResult('undecided').verdict };

describe('diffTables', () => {
  it('has no table where nothing changed, and every table where everything did', () => {
    const before = reportOf({ 'a.b': {}, 'a.c': { verdict: measured(0.2, 0.1, 0.3) }, 'a.d': {}, 'a.gone': {} });
    expect(titles(before, before)).toEqual([]);
    const after = reportOf(
      {
        'a.b': { ...undecided, statement: 'Another.' },
        'a.c': { verdict: measured(0.7, 0.6, 0.8) },
        'a.d': { verdict: measured(0.9, 0.6, 0.95, 30) },
        'a.new': {},
      },
      { seed: 8 },
    );
    expect(titles(before, after)).toEqual([
      'Made under different conditions',
      'Verdicts that changed',
      'Claims that are gone',
      'New claims',
      'Claims that say something else now',
      'Intervals that moved apart',
      'Intervals that changed and still overlap',
      'Cost',
      'Largest changes of cost',
    ]);
  });

  it('gives every row as many cells as there are columns', () => {
    const after = reportOf({ 'a.b': { ...undecided, statement: 'Another.' } }, { seed: 8 });
    for (const { columns, rows } of diffTables(compareReports(reportOf({ 'a.b': {}, 'a.gone': {} }), after))) {
      expect(rows.map(({ cells }) => cells.length)).toEqual(rows.map(() => columns.length));
    }
  });

  it('cautions where a verdict or an interval is of another statement', () => {
    const before = reportOf({ 'a.b': {}, 'a.c': {} });
    const after = reportOf({ 'a.b': { ...undecided, statement: 'Another.' }, 'a.c': undecided });
    const cautions = diffTables(compareReports(before, after)).flatMap(({ title, rows }) =>
      rows.map(({ sentences }) => `${title}: ${sentences.some(({ name }) => name === 'Caution')}`),
    );
    expect(cautions).toEqual([
      'Verdicts that changed: true',
      'Verdicts that changed: false',
      'Claims that say something else now: false',
      'Intervals that changed and still overlap: true',
      'Intervals that changed and still overlap: false',
    ]);
  });

  it('shows the ten largest counts and the five largest times, not all of them', () => {
    const many = (trials: number, seconds: number) =>
      reportOf(
        Object.fromEntries(
          Array.from({ length: 30 }, (_, k) => [`a.c${k}`, { verdict: measured(0.5, 0.4, 0.6, trials + k) }]),
        ),
        {
          timings: {
            totalSeconds: 1,
            claimSeconds: {},
            reusedJobs: 0,
            sources: Object.fromEntries(Array.from({ length: 30 }, (_, k) => [`s${k}`, { jobs: 1, seconds }])),
          },
        },
      );
    const costs = diffTables(compareReports(many(100, 2), many(200, 9))).at(-1);
    expect(costs?.rows.map(({ cells }) => (cells[1]?.kind === 'text' ? cells[1].text : ''))).toEqual([
      ...Array<string>(10).fill('trials'),
      ...Array<string>(5).fill('seconds'),
    ]);
  });
});

describe('words about changes', () => {
  const claims = (count: number, change: Partial<ClaimResult> = {}) =>
    Object.fromEntries(Array.from({ length: count }, (_, k) => [`a.c${k}`, change]));
  const headline = (...reports: Parameters<typeof compareReports>) => diffHeadline(compareReports(...reports));

  it('say the most important thing first', () => {
    const two = reportOf(claims(2));
    const open = reportOf(claims(2, undecided));
    expect(headline(two, two)).toBe('Nothing changed.');
    expect(headline(two, open)).toBe('2 claims that were supported are not any more.');
    expect(headline(two, reportOf(claims(1)))).toBe('One claim that was supported is not any more.');
    expect(headline(open, two)).toBe('No claim lost its support; 2 verdicts of 2 changed.');
    expect(headline(open, reportOf({ ...claims(1, undecided), 'b.new': {} }))).toBe(
      'No claim lost its support; no verdict of 1 changed, 1 new, 1 missing.',
    );
    expect(headline(open, reportOf({ 'b.new': {} }))).toBe('The reports have no claim in common.');
  });

  it('note what was not asked for by group, what is unexplained, and what else differs', () => {
    const before = reportOf({ ...claims(2), 'b.one': {}, 'c.one': {} });
    const selection = { command: 'other', claims: ['b'] };
    expect(diffNotes(compareReports(before, reportOf({ 'b.one': { words: 'Other.' } }, { selection })))).toEqual([
      expect.stringContaining('should have come out the same'),
      'Not asked for in the later report: 3 claims (2 of a, 1 of c).',
      'Also different, not compared here: explanations (1 claim), error budget, command.',
    ]);
  });

  it('print numbers so that they can be told apart, and never NaN', () => {
    const interval = (mean: number | null, lower: number, upper: number) => ({ mean, lower, upper, trials: 1 });
    const texts = (before: ReturnType<typeof interval>, after: typeof before) =>
      intervalTexts({ id: 'a', before, after, width: { before: 0, after: 0 }, apart: false });
    expect(texts(interval(0.5, 0, 1), interval(0.50001, 0, 1))).toEqual([
      '0.50000 [0.00000, 1.00000]',
      '0.50001 [0.00000, 1.00000]',
    ]);
    expect(texts(interval(null, 0, 1), interval(0.5, 0.2, 1))[0]).toBe('n/a [0.0000, 1.0000]');
    expect([changeText(12, 18), changeText(0, 18), changeText(3, 3), changeText(3, 0)]).toEqual([
      '12 → 18 (×1.5)',
      '0 → 18',
      '3 → 3',
      '3 → 0 (×0)',
    ]);
  });
});
