import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { execute } from '../src/commands/program.ts';
import { batchOfRows } from '../src/core/batch.ts';
import type { Diagnosis } from '../src/diagnosis/diagnosis.ts';
import { encodeFrame } from '../src/protocol/frames.ts';
import { readHandshake } from '../src/protocol/handshake.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const page = readFileSync(here('../PROTOCOL.md'), 'utf8');
const blockOf = (language: string): string => new RegExp(`\`\`\`${language}\n([^\`]*)\`\`\``).exec(page)?.[1] ?? '';

describe('PROTOCOL.md', () => {
  it('shows a first line that is understood', () => {
    const { input, output, vjp } = readHandshake('page', blockOf('json').replaceAll('\n', ' '));
    expect([input.length, output[0]?.length, vjp]).toEqual([2, 32, true]);
  });

  it('shows the bytes that are sent', () => {
    const arrays = (...rows: number[][]) => rows.map((row) => batchOfRows([row]));
    const hex = (list: ReturnType<typeof arrays>): string =>
      Buffer.from(encodeFrame({ operation: 'forward', id: 1, arrays: list, text: '' })).toString('hex');
    const shown = blockOf('hex')
      .trim()
      .split('\n')
      .map((line) => line.replaceAll(' ', ''));
    expect(shown).toEqual([hex(arrays([3], [2])), hex(arrays([6, 18]))]);
  });
});

interface Checked {
  readonly warnings?: readonly string[];
  readonly diagnosis?: { readonly diagnosis?: Diagnosis };
  readonly verdicts: readonly {
    readonly law: string;
    readonly verdict: {
      readonly outcome: string;
      readonly message?: string;
      readonly evidence?: { readonly shrunk?: string };
    };
  }[];
}
/** A diagnosis that shows only that there is one. */
const QUICK = ['--trainings', '1', '--problems', '8', '--iterations', '3', '--probes', '64', '--backend', 'float64'];
async function check(command: string, ...more: readonly string[]) {
  const printed = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof printed) => ({ write: (text: string) => (printed[name] += text) });
  const words = ['check', '--command', command, '--json', '--cases', '40', '--time-limit', '5', ...QUICK, ...more];
  const code = await execute(words, { stdout: stream('stdout'), stderr: stream('stderr') });
  const checked = (printed.stdout === '' ? { verdicts: [] } : JSON.parse(printed.stdout)) as Checked;
  return { code, ...checked, stderr: printed.stderr };
}
const of = ({ verdicts }: Checked, outcome: string) => verdicts.filter(({ verdict }) => verdict.outcome === outcome);
const program = `"${process.execPath}" "${here('../src/protocol/testing/program.mjs')}"`;

describe('check --command', () => {
  it('puts every law to a program', async () => {
    const checked = await check(program);
    expect([checked.code, of(checked, 'supported').length]).toEqual([0, 8]);
  }, 120_000);

  it('finds a wrong adjoint', async () => {
    const checked = await check(`${program} wrong-adjoint`);
    expect(checked.code).toBe(1);
    expect(of(checked, 'refuted').map(({ law }) => law)).toEqual(['taylor-slope', 'adjoint']);
  }, 120_000);

  it('makes differences for a program without vjp, and says so', async () => {
    const checked = await check(`${program} values-only`);
    expect([checked.code, of(checked, 'supported').length]).toEqual([0, 4]);
    expect(of(checked, 'skipped').map(({ law }) => law)).toContain('taylor-slope');
    expect(checked.warnings?.[0]).toContain('central differences');
  }, 120_000);

  it('diagnoses the problem that a program says it is, at several horizons', async () => {
    const checked = await check(`${program} problem`);
    expect([checked.code, of(checked, 'supported').length]).toEqual([0, 11]);
    const growth = checked.diagnosis?.diagnosis?.probes.growth;
    expect(growth?.horizons).toEqual([0.5, 0.875, 1.25, 1.625, 2]);
    // y is proportional to γ, and so is its derivative.
    expect([growth?.law, growth?.power.value.toFixed(9)]).toEqual(['power', '1.000000000']);
  }, 120_000);

  it('errs where the program ends on the way, and blames no law', async () => {
    const checked = await check(`${program} dies-midway`);
    expect(checked.code).toBe(1);
    expect(of(checked, 'errored')).toHaveLength(8);
    expect(checked.verdicts[0]?.verdict.message).toContain('out of memory in step 7');
  }, 120_000);

  it.each([
    [['no-such-program-anywhere'], 'on the PATH'],
    [[program, 'module.mjs'], 'either a module or --command'],
    [[`${program} future`], 'the version of this library'],
  ])(
    'refuses %j',
    async ([command = '', ...more], message) => {
      const { code, stderr } = await check(command, ...more);
      expect(code).toBe(64);
      expect(stderr).toContain(message);
    },
    120_000,
  );
});

/** Why programs in Python are left out, or undefined where they run. */
const noPython = ((): string | undefined => {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'there is no python3 with numpy: "apt-get install python3-numpy" gets it';
  }
})();
const python = `python3 "${here('../examples/python/damped_oscillator.py')}"`;

describe.skipIf(noPython !== undefined)(
  `a program in Python${noPython === undefined ? '' : ` (skipped: ${noPython})`}`,
  () => {
    it('keeps every law', async () => {
      const checked = await check(python);
      expect([checked.code, of(checked, 'supported').length]).toEqual([0, 11]);
      expect(checked.diagnosis?.diagnosis?.problem).toBe('damped-oscillator');
    }, 120_000);

    it('with a wrong adjoint is found, and shrunk', async () => {
      const refuted = of(await check(`${python} wrong`), 'refuted');
      expect(refuted.map(({ law }) => law)).toEqual(['taylor-slope', 'adjoint']);
      for (const { verdict } of refuted) expect(verdict.evidence?.shrunk).toBe('x = [4, 0], salt 0');
    }, 120_000);
  },
);
