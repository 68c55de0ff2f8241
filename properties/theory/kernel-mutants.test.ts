import { describe, expect, it } from 'vitest';
import { falseAlarms, survivors } from '../../src/core/kill-matrix.ts';
import { killMatrix } from '../kill-matrix.ts';
import { tangentKernelKillMatrix } from './kernel-mutants.ts';

describe('wrong tangent-kernel theories', () => {
  const matrix = killMatrix(tangentKernelKillMatrix, 20_240_819);

  it('are all refuted', () => {
    expect(survivors(matrix)).toEqual([]);
  });

  it('are told from the right ones', () => {
    expect(falseAlarms(matrix)).toEqual([]);
  });

  it('have at least five versions of each formula, and every law refutes some', () => {
    const formulas = new Map<string, number>();
    for (const { name } of matrix.mutants) {
      const formula = name.slice(0, name.indexOf(':'));
      formulas.set(formula, (formulas.get(formula) ?? 0) + 1);
    }
    expect(formulas.size).toBe(8);
    for (const count of formulas.values()) expect(count).toBeGreaterThanOrEqual(5);
    matrix.checks.forEach(({ name }, k) => {
      expect(matrix.mutants.filter(({ killedAt }) => killedAt[k] !== null).length, name).toBeGreaterThan(0);
    });
  });
});
