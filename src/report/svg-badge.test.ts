import { describe, expect, it } from 'vitest';
import { buildReport } from './build.ts';
import type { OUTCOMES } from './outcomes.ts';
import { badgeText, badgeTone, svgBadge } from './svg-badge.ts';
import { hostileInput } from './testing/hostile.ts';
import { manyClaims } from './testing/many-claims.ts';
import { sampleInput, sampleResult } from './testing/sample-report.ts';
import { xmlDefect } from './testing/well-formed.ts';

const counts = (given: Partial<Record<(typeof OUTCOMES)[number], number>>) => ({
  supported: 0,
  refuted: 0,
  undecided: 0,
  skipped: 0,
  errored: 0,
  ...given,
});

describe('badgeTone', () => {
  it.each([
    [{ supported: 3 }, 'green'],
    [{ supported: 3, skipped: 5 }, 'green'],
    [{ supported: 3, undecided: 1 }, 'amber'],
    [{ supported: 3, undecided: 1, refuted: 1 }, 'red'],
    [{ supported: 3, errored: 1 }, 'red'],
    [{ undecided: 1 }, 'amber'],
    [{ skipped: 2 }, 'grey'],
    [{}, 'grey'],
  ] as const)('of %o is %s', (given, tone) => {
    expect(badgeTone(counts(given))).toBe(tone);
  });
});

describe('svgBadge', () => {
  const reports = [
    sampleInput(),
    hostileInput(),
    manyClaims(1000),
    sampleInput({ results: [] }),
    sampleInput({ results: [sampleResult('supported')] }),
  ].map(buildReport);

  it('is well-formed and needs nothing from elsewhere', () => {
    for (const report of reports) {
      const svg = svgBadge(report);
      expect(xmlDefect(svg)).toBe(undefined);
      expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/http|href|@import|<script|<style/);
    }
  });

  it('says the result to who cannot see it', () => {
    const svg = svgBadge(buildReport(sampleInput()));
    const said = 'claims: 1 of 5 claims is supported; 1 is refuted, 1 is undecided, 1 is skipped, 1 has errored.';
    expect(svg).toContain(`role="img" aria-label="${said}">\n<title>${said}</title>`);
  });

  it('counts the claims that were run, and has the color of the worst', () => {
    const [sample, , , empty, supported] = reports.map(svgBadge);
    expect(sample).toContain('>1 of 4 supported</text>');
    expect(sample).toContain('fill="#a4241f"');
    expect(empty).toContain('>none judged</text>');
    expect(supported).toContain('fill="#17683c"');
    expect(supported).not.toContain('fill="#a4241f"');
  });

  it('holds its text, however many claims there are', () => {
    for (const report of reports) {
      const svg = svgBadge(report);
      const width = Number(/<svg [^>]*width="(\d+)"/.exec(svg)?.[1]);
      const texts = [...svg.matchAll(/<text x="(\d+)" y="14" textLength="(\d+)"/g)];
      const [label, message] = texts.map(([, x, length]) => [Number(x), Number(x) + Number(length)] as const);
      const boundary = Number(/<rect x="(\d+)"/.exec(svg)?.[1]);
      expect(texts).toHaveLength(2);
      expect([label?.[0], boundary - (label?.[1] ?? 0)]).toEqual([6, 6]);
      expect([(message?.[0] ?? 0) - boundary, width - (message?.[1] ?? 0)]).toEqual([6, 6]);
      expect((message?.[1] ?? 0) - (message?.[0] ?? 0)).toBeGreaterThan(5 * badgeText(report.counts).length);
    }
  });
});
