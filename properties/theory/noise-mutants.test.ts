import { describe, expect, test } from 'vitest';
import { falseAlarms, survivors } from '../../src/core/kill-matrix.ts';
import { killMatrix } from '../kill-matrix.ts';
import { noiseKillMatrix } from './noise-mutants.ts';

describe('wrong formulas about noise averaging', () => {
  const matrix = killMatrix(noiseKillMatrix, 1);

  test('are all refuted, and the right ones are not', () => {
    expect(survivors(matrix)).toEqual([]);
    expect(falseAlarms(matrix)).toEqual([]);
  });

  test('every check refutes some of them', () => {
    const idle = matrix.checks.filter((_, k) => matrix.mutants.every(({ killedAt }) => killedAt[k] === null));
    expect(idle.map(({ name }) => name)).toEqual([]);
  });

  test('there are at least five of each formula', () => {
    const formulas = matrix.mutants.map(({ name }) => name.split(':')[0]);
    const counts = [...new Set(formulas)].map((formula) => formulas.filter((other) => other === formula).length);
    expect(counts).toHaveLength(8);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(5);
  });
});
