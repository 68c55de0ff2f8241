import { beforeAll, describe, expect, it } from 'vitest';
import { buildReport } from '../report/build.ts';
import { sampleInput } from '../report/testing/sample-report.ts';
import type { Calibration } from '../verdicts/calibration-faults.ts';
import { calibrate } from './calibrate.ts';
import { execute } from './program.ts';

async function command(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const code = await execute(args, { stdout: stream('stdout'), stderr: stream('stderr') });
  return { code, ...written };
}

describe('calibrate', () => {
  let printed: Awaited<ReturnType<typeof command>>;
  let table: Calibration;
  beforeAll(async () => {
    printed = await command(['calibrate', '--json']);
    table = JSON.parse(printed.stdout) as Calibration;
  }, 60_000);

  it('prints the numbers as JSON and nothing else, with exit code 0', () => {
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    expect(table.events).toHaveLength(20);
    expect(table.bounded).toHaveLength(9);
  });

  it('gives what a report can hold', () => {
    expect(buildReport(sampleInput({ calibration: table })).calibration).toEqual(table);
  });

  it('prints aligned tables of at most 100 columns, one line per row', () => {
    const { text, code } = calibrate(false, table);
    const lines = text.split('\n');
    expect(code).toBe(0);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    const rows = (head: RegExp) => {
      const first = lines.findIndex((line) => head.test(line));
      return lines.slice(first, lines.indexOf('', first));
    };
    for (const [head, count] of [
      [/^ *m +α/, 20],
      [/^ *samples +m/, 9],
    ] as const) {
      expect(rows(head)).toHaveLength(count + 1);
      expect(new Set(rows(head).map((line) => line.length)).size).toBe(1);
    }
    expect(
      rows(/^ *m +α/)[1]
        ?.trim()
        .split(/ +/),
    ).toEqual(['0.5', '0.05', '0.035', '0.035', '0.54!', '0.081!', '6', '6', '28', '10\u00A0000']);
    expect(text).toContain('The engine keeps every level');
  });

  it('exits with 1 and says why where the engine errs more often than it promises', () => {
    const [first, ...rest] = table.events;
    const bold: Calibration = { ...table, events: [{ ...first!, error: { above: 0.0501, below: 0.03 } }, ...rest] };
    for (const json of [false, true]) expect(calibrate(json, bold).code).toBe(1);
    const { text } = calibrate(false, bold);
    expect(text).toContain('0.05!');
    expect(text).toContain('A wrong support has probability 0.0501 at null mean 0.5, α = 0.05.');
    expect(text).not.toContain('keeps every level');
  });

  it('exits with 1 where a control is not caught', () => {
    const tame = table.events.map((row) => ({ ...row, quickCheck: 0 }));
    expect(calibrate(true, { ...table, events: tame }).code).toBe(1);
  });
});
