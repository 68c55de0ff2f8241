import { stripVTControlCharacters } from 'node:util';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { type DiffTextOptions, diffText } from '../commands/diff-text.ts';
import type { Outcome } from '../core/claim.ts';
import { buildReport } from './build.ts';
import { anchor } from './claim-groups.ts';
import { compareReports, type ReportDiff } from './diff.ts';
import { diffMarkdown } from './diff-markdown.ts';
import { diffSection } from './diff-section.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown, SUMMARY_LIMIT } from './markdown.ts';
import { measured, reportOf } from './testing/altered.ts';
import { HOSTILE, hostileInput } from './testing/hostile.ts';
import { sampleInput, sampleResult } from './testing/sample-report.ts';

/** Without colors, which an environment may turn on. */
const terminalText = (diff: ReportDiff, options?: DiffTextOptions) => stripVTControlCharacters(diffText(diff, options));

const renderings: readonly [string, (diff: ReportDiff) => string][] = [
  ['text', terminalText],
  ['Markdown', diffMarkdown],
  ['HTML', diffSection],
];

function openEvidence() {
  const { verdict } = sampleResult('undecided');
  if (verdict.outcome !== 'undecided') throw new Error('the sample changed');
  return verdict.evidence;
}

/** Lost, gone, new, restated, moved apart, shifted. */
const before = reportOf({
  'a.lost': {},
  'a.gone': {},
  'a.moved': { verdict: measured(0.2, 0.1, 0.3) },
  'a.shifted': { verdict: measured(0.5, 0.4, 0.6) },
});
const after = reportOf(
  {
    'a.lost': { statement: 'Another.', verdict: { outcome: 'undecided', needs: HOSTILE, evidence: openEvidence() } },
    'a.moved': { verdict: measured(0.8, 0.7, 0.9) },
    'a.shifted': { verdict: measured(0.52, 0.42, 0.62, 40) },
    'a.new': {},
  },
  { seed: 8 },
);
/** Every text hostile before and after; ids are the same, so that claims are compared. */
function hostileDiff(): ReportDiff {
  const input = hostileInput();
  const results = input.results.map((result, k) =>
    sampleResult(k === 0 ? 'undecided' : 'supported', {
      ...result,
      kind: 'statistical',
      statement: `${HOSTILE} before`,
      plan: { [HOSTILE]: `${HOSTILE} before` },
      verdict: measured(0.2 + 0.1 * k, 0.1, 0.3 + 0.1 * k),
    }),
  );
  const gone = sampleResult('supported', { id: `${HOSTILE}.gone` });
  const shifted = results.map((result, k) => (k > 1 ? { ...result, verdict: measured(0.9, 0.31, 0.95) } : result));
  const environment = { ...input.environment, version: `${HOSTILE} 2` };
  const later = [...input.results.slice(0, 2), ...shifted.slice(2), sampleResult('refuted', { id: `new.${HOSTILE}` })];
  const alphas = Object.fromEntries([...results, ...later, gone].map(({ id }) => [id, 1e-5]));
  return compareReports(
    buildReport({ ...input, results: [...results, gone], alphas, selection: { command: HOSTILE, claims: [] } }),
    buildReport({ ...input, results: later, alphas, environment, selection: { command: HOSTILE, claims: [] } }),
  );
}

describe.each(renderings)('changes as %s', (_name, render) => {
  it('say that nothing changed', () => {
    const text = render(compareReports(before, before));
    expect(text).toContain('Nothing changed.');
    expect(text).not.toMatch(/Verdicts that changed|Cost/);
  });

  it('name what was lost, gone, new, moved, restated, and the seed', () => {
    const text = render(compareReports(before, after)).replaceAll('\\', '');
    for (const part of ['2 claims that were supported are not any more.', 'a.lost', 'a.gone', 'a.new', 'a.moved']) {
      expect(text).toContain(part);
    }
    for (const part of ['0.2000 [0.1000, 0.3000]', '0.8000 [0.7000, 0.9000]', 'by chance', 'Another.', '(×1.9']) {
      expect(text).toContain(part);
    }
  });

  it('carry hostile texts as text, in bounded lines, and print no NaN', () => {
    const text = render(hostileDiff());
    for (const character of ['\0', '\u0007', '\u001b', '\u202E', '\uFFFE']) expect(text).not.toContain(character);
    expect(text.replaceAll('\\', '')).toContain('\uFFFD[31m');
    expect(text).not.toMatch(/\bNaN\b|undefined|\[object|Infinity/);
  });
});

describe('diffMarkdown', () => {
  it('keeps every row one row', () => {
    const text = diffMarkdown(hostileDiff());
    expect(text).not.toMatch(/<script|\$x\$/);
    const cells = (line: string) => line.split(/(?<!\\)(?:\\\\)*\|/).length - 2;
    let columns = 0;
    for (const line of text.split('\n').filter((candidate) => candidate !== '')) {
      expect(line).toMatch(/^(#{2,3} [A-Z]|- (before|after): |\*\*|\||[A-Z])/);
      if (line.startsWith('|---')) columns = line.split('---').length - 1;
      else if (columns > 0 && line.startsWith('|')) expect(cells(line)).toBe(columns);
      if (!line.startsWith('|')) columns = 0;
    }
  });

  it('stays within its budget, alone and in a summary, with a thousand endless changes', () => {
    const endless = HOSTILE.repeat(40);
    const many = (outcome: Outcome, text: string) =>
      buildReport(
        sampleInput({
          figures: [],
          results: Array.from({ length: 1000 }, (_, k) =>
            sampleResult(outcome, { id: `${endless}.${k}`, statement: text, regime: text, words: text, replay: text }),
          ),
        }),
      );
    const now = many('undecided', endless);
    const changes = compareReports(many('supported', `before ${endless}`), now);
    expect(changes.verdicts).toHaveLength(1000);
    const text = diffMarkdown(changes);
    expect(Buffer.byteLength(text)).toBeLessThan(950_000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(500_000);
    expect(text).toMatch(/\d+ more are in the comparison as JSON/);
    expect(Buffer.byteLength(diffMarkdown(changes, 20_000))).toBeLessThan(20_000);
    const summary = renderMarkdown(now, { changes });
    expect(Buffer.byteLength(summary)).toBeLessThan(SUMMARY_LIMIT);
    expect(summary.match(/^## .*/gm)).toEqual(['## Changes', '## Verdicts', '## Not supported']);
  });
});

interface Found {
  readonly textContent: string;
  getAttribute(name: string): string | null;
}
const queries = (html: string) => (selector: string) => [
  ...(parseHTML(html).document.querySelectorAll(selector) as Iterable<Found>),
];

describe('diffSection', () => {
  it('is part of the page directly after the overview, with a link; the page is as ever without it', async () => {
    const changes = compareReports(before, after);
    const find = queries(await renderHtml(after, { changes }));
    expect(find('nav a')[0]?.getAttribute('href')).toBe('#changes');
    expect(find('main > section').map((section) => section.getAttribute('id'))[0]).toBe('changes');
    expect(find('footer')[0]?.textContent).toContain('the seconds under “Changes” apart');
    const plain = queries(await renderHtml(after));
    expect(plain('#changes, a[href="#changes"]')).toEqual([]);
    expect(plain('footer')[0]?.textContent).not.toContain('Changes');
    expect(find('#verdicts tr[data-outcome]')).toHaveLength(4);
    expect(find('#changes tr[data-outcome]')).toHaveLength(0);
  });

  it('links to claims of the page, never to those that are gone', async () => {
    const find = queries(await renderHtml(after, { changes: compareReports(before, after) }));
    const targets = find('#changes a').map((link) => link.getAttribute('href'));
    expect(targets).toContain(`#${anchor('a.lost')}`);
    expect(targets).not.toContain(`#${anchor('a.gone')}`);
    for (const target of targets) expect(find(`[id="${target?.slice(1)}"]`)).toHaveLength(1);
  });

  it('lets no text become markup', async () => {
    const changes = hostileDiff();
    const section = diffSection(changes);
    expect(queries(`<main>${section}</main>`)('script, i, b, style')).toEqual([]);
    expect(section).not.toContain('<script');
    expect(changes.verdicts.length * changes.statements.length * changes.shifted.length).toBeGreaterThan(0);
  });
});

describe('diffText', () => {
  it('is one line per row and sentence, whatever a text says, and can show the beginning of minor tables only', () => {
    const lines = terminalText(hostileDiff()).split('\n');
    expect(lines.every((line) => line.length < 1100)).toBe(true);
    expect(lines.filter((line) => line.startsWith('# line'))).toEqual([]);
    const many = (mean: number) =>
      reportOf(
        Object.fromEntries(Array.from({ length: 30 }, (_, k) => [`a.c${k}`, { verdict: measured(mean, 0, 1) }])),
      );
    const shifted = compareReports(many(0.5), many(0.6));
    expect(terminalText(shifted).match(/a\.c\d+/g)).toHaveLength(30);
    expect(terminalText(shifted, { detailRows: 4 }).match(/a\.c\d+/g)).toHaveLength(4);
    expect(terminalText(shifted, { detailRows: 4 })).toContain('… and 26 more');
  });

  it('aligns columns', () => {
    const rows = terminalText(compareReports(before, after)).split('\n');
    expect(rows.find((row) => row.startsWith('  Condition'))?.indexOf('After')).toBe(
      rows.find((row) => row.startsWith('  Seed'))?.lastIndexOf('8'),
    );
  });
});
