import { describe, expect, test } from 'vitest';
import { falseAlarms, survivors } from '../../src/core/kill-matrix.ts';
import { killMatrix } from '../kill-matrix.ts';
import { chaosMutants } from './chaos-mutants.ts';

describe(chaosMutants.title, () => {
  const matrix = killMatrix(chaosMutants, 20_260_101);

  test('every wrong version is refuted', () => {
    expect(survivors(matrix)).toEqual([]);
  });

  test('no right version is refuted', () => {
    expect(falseAlarms(matrix)).toEqual([]);
  });

  test('every check refutes something', () => {
    const idle = matrix.checks.filter((_, k) => matrix.mutants.every(({ killedAt }) => killedAt[k] === null));
    expect(idle.map(({ name }) => name)).toEqual([]);
  });
});
