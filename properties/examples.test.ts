import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { execute } from '../src/commands/program.ts';
import type { Diagnosis } from '../src/diagnosis/diagnosis.ts';

interface Checked {
  readonly diagnosis?: { readonly diagnosis?: Diagnosis };
  readonly verdicts: readonly {
    readonly law: string;
    readonly verdict: { readonly outcome: string; readonly evidence?: { readonly shrunk?: string } };
  }[];
}

async function check(example: string, ...more: readonly string[]): Promise<{ readonly code: number } & Checked> {
  const file = fileURLToPath(new URL(`../examples/${example}.mjs`, import.meta.url));
  let stdout = '';
  const terminal = { stdout: { write: (text: string) => (stdout += text) }, stderr: { write: () => undefined } };
  const code = await execute(['check', file, '--json', '--cases', '100', '--no-problem-set', ...more], terminal);
  return { code, ...(JSON.parse(stdout) as Checked) };
}
const outcomes = ({ verdicts }: Checked, outcome: string): readonly string[] =>
  verdicts.filter(({ verdict }) => verdict.outcome === outcome).map(({ law }) => law);

describe('examples', () => {
  it('a damped oscillator keeps every law, and is best left to BFGS', async () => {
    const checked = await check('damped-oscillator', '--trainings', '7', '--iterations', '40');
    expect(checked.code).toBe(0);
    expect(outcomes(checked, 'supported')).toHaveLength(11);
    // BFGS solves all of them from the start: nothing is left for a network to gain.
    const { recommendation, probes } = checked.diagnosis?.diagnosis ?? {};
    expect(recommendation?.use).toBe('BFGS');
    expect(probes?.gradients?.zero.value).toBe(0);
    expect(probes?.growth?.horizons).toHaveLength(5);
  }, 120_000);

  it('a wrong adjoint is found, and shrunk to one point without damping', async () => {
    const checked = await check('wrong-adjoint');
    expect(checked.code).toBe(1);
    expect(outcomes(checked, 'refuted')).toEqual(['taylor-slope', 'adjoint']);
    for (const { verdict } of checked.verdicts) {
      if (verdict.outcome === 'refuted') expect(verdict.evidence?.shrunk).toBe('x = [4, 0], salt 0');
    }
  }, 120_000);

  it('gradient descent is honest, and slow', async () => {
    const checked = await check('own-descent');
    expect(checked.code).toBe(1);
    expect(outcomes(checked, 'refuted')).toEqual(expect.arrayContaining(['smooth-is-solved', 'quadratics-in-time']));
    expect(outcomes(checked, 'supported')).toEqual(
      expect.arrayContaining([
        'value-of-point',
        'evaluations-are-counted',
        'budget-is-kept',
        'converged-is-stationary',
        'never-uphill',
      ]),
    );
  }, 120_000);

  it('gradient descent is gated against that of the library: more evaluations, proved', async () => {
    const file = fileURLToPath(new URL('../examples/own-descent.mjs', import.meta.url));
    let stdout = '';
    const terminal = { stdout: { write: (text: string) => (stdout += text) }, stderr: { write: () => undefined } };
    const code = await execute(['gate', file, '--base', 'backtracking', '--json'], terminal);
    const { verdicts } = JSON.parse(stdout) as { verdicts: { family: string; outcome: string }[] };
    expect(verdicts.map(({ family }) => family)).toEqual(expect.arrayContaining(['functions', 'wave-packet', 'ks']));
    expect([code, verdicts.some(({ outcome }) => outcome === 'proved')]).toEqual([1, true]);
  }, 240_000);
});
