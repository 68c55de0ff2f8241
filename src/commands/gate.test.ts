import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { GateResult } from '../gate/comparison.ts';
import { gateHeadline, gateMarkdown, gateText } from '../gate/gate-text.ts';
import { HOSTILE } from '../report/testing/hostile.ts';
import { execute } from './program.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'inverse-claims-gate-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...words: readonly string[]) {
  const printed = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof printed) => ({
    write: (text: string) => {
      printed[name] += text;
    },
  });
  const code = await execute(['gate', ...words], { stdout: stream('stdout'), stderr: stream('stderr') });
  return { code, ...printed };
}

function module(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('a minimizer of your own', () => {
  it('that is worse, stuck or broken against another one is proved worse', async () => {
    const other = module(
      'other.mjs',
      'export const minimize = (fun, x0) => (fun(x0), { x: x0, value: 0, converged: false, evaluations: 1 });',
    );
    const stuck = module('stuck.mjs', 'export const minimize = () => { for (;;) ; };');
    const { code, stdout } = await run(stuck, '--base', other, '--time-limit', '2', '--json');
    expect(code).toBe(1);
    const { verdicts } = JSON.parse(stdout) as GateResult;
    expect(verdicts.map(({ because }) => because)).toEqual(
      new Array(4).fill('errs: not finished after 2 s: the thread was ended'),
    );
  }, 120_000);

  it('against itself has not changed', async () => {
    const other = module(
      'same.mjs',
      'export const minimize = (fun, x0) => (fun(x0), { x: x0, value: 0, converged: false, evaluations: 1 });',
    );
    const { code, stdout } = await run(other, '--base', other);
    expect(code).toBe(0);
    expect(stdout).toContain('4 of 4 comparisons exclude a regression');
  }, 120_000);
});

describe('wrong usage', () => {
  it.each([
    [['no-such-file.mjs'], 'no file'],
    [['--solver', 'bgfs'], 'bfgs'],
    [['--baseline', path.join(folder, 'none.json')], 'expected a baseline'],
    [['--update'], '--why'],
    [['--update', '--why', 'x', '--solver', 'bfgs'], 'a baseline of all registered solvers'],
    [['--time-limit', '0'], '--time-limit'],
    [['--base', 'no-such-ref'], 'no-such-ref'],
  ])('%j is refused with code 64', async (words, message) => {
    const { code, stderr, stdout } = await run(...words);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toContain(message);
  });
});

const result: GateResult = {
  alpha: 1e-3,
  exitCode: 1,
  verdicts: [
    {
      solver: 'a',
      family: 'f',
      unit: 'problem',
      units: 2,
      outcome: 'excluded',
      because: 'identical on all 2',
      measures: [],
    },
    {
      solver: HOSTILE,
      family: 'f',
      unit: 'problem',
      units: 2,
      outcome: 'proved',
      because: 'evaluations: proved worse',
      measures: [
        {
          measure: 'evaluations',
          outcome: 'proved',
          change: 5.25,
          lower: 2,
          upper: 9,
          margin: 2,
          worse: 12,
          better: 1,
          tied: 3,
          signTest: 0.0034,
          because: 'proved worse',
        },
      ],
    },
  ],
};

describe('what is printed', () => {
  it('begins with what is not excluded, with its numbers', () => {
    expect(gateText(result)).toMatch(/^✘ proved/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(gateText(result)).not.toMatch(/[\u0000\u0007\u001b\u202E\uFFFE]/);
    expect(gateText(result)).toContain(
      'evaluations +5.3 [+2.0, +9.0] %; 12 worse, 3 tied, 1 better, sign test p = 0.0034',
    );
    expect(gateHeadline(result)).toBe(
      '1 of 2 comparisons exclude a regression, 1 proves one; error of all of them together at most 0.001 in either direction.',
    );
    expect(gateHeadline({ ...result, verdicts: [] })).toBe('Nothing was compared: no evidence.');
  });

  it('is a table in Markdown, in which no text is markup', () => {
    const rows = gateMarkdown(result)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(4);
    expect(rows.join('\n')).not.toContain('<script>');
  });
});
