import { describe, expect, it } from 'vitest';
import { buildReport } from './build.ts';
import { jsonText, reportJson } from './json.ts';
import { hostileInput } from './testing/hostile.ts';
import { sampleInput } from './testing/sample-report.ts';

describe('reportJson', () => {
  it('is the same data as plain JSON', () => {
    for (const input of [sampleInput(), hostileInput()]) {
      const report = buildReport(input);
      expect(JSON.parse(reportJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
    }
  });

  it('puts lists of numbers on one line and everything else on lines of its own', () => {
    const lines = reportJson(buildReport(sampleInput())).split('\n');
    expect(lines.map((line) => line.trim())).toContain('"y": [1,0.1,null,0.01],');
    expect(lines).toContain('  "seed": 7,');
    expect(lines.filter((line) => line.includes('"id": "sample.'))).toHaveLength(5);
    expect(lines.at(-1)).toBe('');
  });

  it('refuses a number that is not finite, with its place, rather than write null', () => {
    const places: readonly [unknown, string][] = [
      [Number.NaN, 'the top level'],
      [{ a: [1, Number.POSITIVE_INFINITY] }, '/a/1'],
      [{ 'a/b~': { c: Number.NEGATIVE_INFINITY } }, '/a~1b~0/c'],
      [[{}, 'x', Number.NaN], '/2'],
    ];
    for (const [value, place] of places) {
      expect(() => jsonText(value)).toThrow(
        expect.objectContaining({ code: 'not-finite', message: expect.stringContaining(`JSON text: ${place}: `) }),
      );
    }
    const report = buildReport(sampleInput());
    report.timings.totalSeconds = Number.NaN;
    expect(() => reportJson(report)).toThrow(/\/timings\/totalSeconds/);
  });
});
