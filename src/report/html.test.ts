import { createHash } from 'node:crypto';
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildReport } from './build.ts';
import { anchor } from './claim-groups.ts';
import { readFigureData } from './figure-data.ts';
import { renderHtml } from './html.ts';
import { OUTCOMES } from './outcomes.ts';
import { evidenceKey } from './page-data.ts';
import { hostileInput } from './testing/hostile.ts';
import { sampleInput, sampleResult } from './testing/sample-report.ts';

interface Found {
  readonly textContent: string;
  readonly className: string;
  readonly outerHTML: string;
  querySelector(selector: string): Found | null;
  getAttribute(name: string): string | null;
}

const queries = (html: string) => (selector: string) => [
  ...(parseHTML(html).document.querySelectorAll(selector) as Iterable<Found>),
];

describe('renderHtml', () => {
  const report = buildReport(sampleInput());
  let html = '';
  beforeAll(async () => {
    html = await renderHtml(report);
  });

  it('is the same for the same report', async () => {
    expect(await renderHtml(buildReport(sampleInput()))).toBe(html);
  });

  it('shows the result, the counts, the budget of errors, backend, seed and command first', () => {
    const [overview] = queries(html)('header.overview');
    for (const part of [
      '1 of 5 claims is supported',
      '4·10⁻⁵',
      'module not found',
      'Node.js',
      'c0ffee',
      report.selection.command,
    ]) {
      expect(overview?.textContent).toContain(part);
    }
    expect(queries(html)('.tile').map((tile) => tile.querySelector('.tile-count')?.textContent)).toEqual([
      '1',
      '1',
      '1',
      '1',
      '1',
    ]);
  });

  it('gives every claim a row, a section, and a link between them', () => {
    const find = queries(html);
    for (const { id } of report.claims) {
      expect(find(`#${anchor(id)}`.replaceAll('.', '\\.'))).toHaveLength(1);
      expect(find('.verdicts a').filter((link) => link.getAttribute('href') === `#${anchor(id)}`)).toHaveLength(1);
    }
  });

  it('never shows anything but a supported claim in green', () => {
    const find = queries(html);
    for (const row of find('tr[data-outcome]')) {
      const green = row.className.includes('tone-green') || row.querySelector('.tone-green') !== null;
      expect(green).toBe(row.getAttribute('data-outcome') === 'supported');
    }
    const sections = find('article.claim');
    expect(sections).toHaveLength(OUTCOMES.length);
    sections.forEach((section, k) => {
      const green = section.className.includes('tone-green') || section.querySelector('.tone-green') !== null;
      expect(green).toBe(report.claims[k]?.outcome === 'supported');
    });
    expect(find('tr[data-outcome="undecided"]')[0]?.className).toBe('tone-amber');
  });

  it('shows timings in their own section only', async () => {
    const other = await renderHtml(
      buildReport(sampleInput({ timings: { totalSeconds: 3, claimSeconds: {}, sources: {}, reusedJobs: 0 } })),
    );
    const cut = (page: string) => page.split('<section id="timings"')[0];
    expect(cut(other)).toBe(cut(html));
    expect(other).not.toBe(html);
  });

  it('allows exactly its own style and scripts, loads nothing, and has no inline styles or handlers', () => {
    const find = queries(html);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const hashes = (tag: string) => {
      const contents = [...html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(
        ([, text]) => text ?? '',
      );
      return contents.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
    };
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src ${hashes('style')}`);
    expect(policy).toContain(`script-src ${hashes('script')};`);
    expect(policy).not.toContain('unsafe');
    expect(find('script').map((script) => script.getAttribute('type'))).toEqual([null, 'text/plain', null]);
    expect(find('style')).toHaveLength(1);
    expect(find('[style], [src], [onclick], link[rel="stylesheet"]')).toHaveLength(0);
    expect(html).not.toMatch(/(?:href|src)="(?:https?:)?\/\//);
  });

  it('has the data of every chart that it has a place for, and the other way round', () => {
    const data = readFigureData(queries(html)('#figure-data')[0]?.textContent ?? '');
    const places = queries(html)('[data-figure]').map((place) => place.getAttribute('data-figure'));
    expect(places.toSorted()).toEqual(Object.keys(data).toSorted());
    expect(places).toContain('figure-3b');
    expect(places).toContain(evidenceKey('sample.supported', 'main'));
    for (const { panels } of Object.values(data)) expect(panels.length).toBeGreaterThan(0);
  });

  it('lets no text of a claim become markup', async () => {
    const page = await renderHtml(buildReport(hostileInput()));
    const find = queries(page);
    expect(find('script')).toHaveLength(3);
    expect(page).not.toContain('<script>alert');
    expect(page).not.toMatch(/[\0\u202E\uFFFE]/);
    const [statement] = find('article h4');
    expect(statement?.textContent).toContain(`<script>alert(1)</script> ]]> --> "double" 'single' & &amp; | pipe`);
    expect(new Set(find('article').map((article) => article.getAttribute('id'))).size).toBe(4);
  });

  it('says so where there is no claim', async () => {
    const page = await renderHtml(buildReport(sampleInput({ results: [], figures: [] })));
    expect(queries(page)('h1')[0]?.textContent).toMatch(/no evidence/);
  });

  it('names an infinite fact instead of hiding it', async () => {
    const facts = [
      {
        name: 'f',
        label: 'final loss',
        unit: 'loss',
        trials: 3,
        mean: Infinity,
        median: 1,
        minimum: 0.5,
        maximum: Infinity,
      },
    ];
    const page = await renderHtml(buildReport(sampleInput({ results: [sampleResult('supported', { facts })] })));
    expect(queries(page)('.facts tbody tr')[0]?.textContent).toContain('∞10.5 … ∞');
  });
});
