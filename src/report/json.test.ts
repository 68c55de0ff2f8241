import { describe, expect, it } from 'vitest';
import { buildReport } from './build.ts';
import { reportJson } from './json.ts';
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
});
