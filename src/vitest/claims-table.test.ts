import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SAMPLE_SEQUENCE, sampleResult } from '../report/testing/sample-report.ts';
import { type ClaimMeta, claimMeta } from './claim-meta.ts';
import { claimsTable } from './claims-table.ts';

/** The table without colors, which depend on where the tests run. */
const tableLines = (claims: readonly ClaimMeta[]) => stripVTControlCharacters(claimsTable(claims)).split('\n');

const supported = (id: string) => claimMeta(sampleResult('supported', { id }));
const group = (name: string, count: number) =>
  Array.from({ length: count }, (_, k) => supported(`${name}.claim-${String(k).padStart(3, '0')}`));

describe('claimsTable', () => {
  it('has a line for each of forty claims, by id', () => {
    const claims = group('theory', 40);
    const lines = tableLines([...claims].reverse());
    expect(lines.slice(0, 40).map((line) => line.split(/\s+/)[2])).toEqual(claims.map(({ id }) => id));
    expect(lines).toHaveLength(42);
  });

  it('counts the supported ones of more by group, and keeps a line for each of the others', () => {
    const open = claimMeta(sampleResult('undecided', { id: 'theory.open' }));
    const lines = tableLines([...group('theory', 41), open, supported('engine.one'), ...group('solvers', 150)]);
    expect(lines).toEqual([
      '◐ undecided  theory.open  1.0000 [0.3100, 1.0000]  21',
      '✔ supported  engine       1 claim',
      '✔ supported  solvers      150 claims',
      '✔ supported  theory       41 claims',
      '',
      '192 of 193 claims are supported; 1 is undecided. Error spent on 193 of them: at most 0.00193.',
    ]);
  });

  it('does not fold a claim whose control was not refuted', () => {
    const control = { what: 'a coin', verdict: sampleResult('supported').verdict };
    const lines = tableLines([...group('theory', 41), claimMeta(sampleResult('supported', { control }))]);
    expect(lines[0]).toContain('sample.supported  1.0000 [0.5031, 1.0000]; its control is supported');
  });

  it('shows the cell that is farthest from its theory, with its interval', () => {
    const cell = (label: string, theory: number, mean: number) => ({ ...SAMPLE_SEQUENCE, label, theory, mean });
    const evidence = { kind: 'cells', cells: [cell('near', 0.9, 0.91), cell('far', 0.6, 0.7)] } as const;
    const verdict = { outcome: 'supported', reason: 'close', evidence } as const;
    const plan = { bias: 0, resolution: 0.1, alpha: 1e-5 };
    const claim = claimMeta(sampleResult('supported', { kind: 'formula', plan, verdict }));
    expect(claim.text).toBe('0.7000 [0.5031, 1.0000], theory 0.6, far; 2 cells, |mean − theory| ≤ 0.1');
    expect(claim.trials).toBe(42);
  });

  it('spends no error on laws', () => {
    const law = claimMeta(sampleResult('supported', { kind: 'law', plan: { cases: 200 } }));
    expect(claimsTable([law])).toContain('Error spent on 0 of them: at most 0.');
  });
});
