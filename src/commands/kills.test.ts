import { describe, expect, it } from 'vitest';
import type { KillMatrix } from '../core/kill-matrix.ts';
import { kills, matrixText } from './kills.ts';

const matrix: KillMatrix = {
  id: 'sample.matrix',
  title: 'Squares',
  caption: '',
  checks: [{ name: 'even', what: 'f(x) = f(−x)' }],
  correct: [{ name: 'square', what: 'x²', source: '', killedAt: [null] }],
  mutants: [
    { name: 'cube', what: 'x³', source: '', killedAt: [12] },
    { name: 'absolute', what: '|x|²', source: '', killedAt: [null] },
  ],
};

describe('kills', () => {
  it('says what survived and what was refuted though right', () => {
    const text = matrixText(matrix);
    expect(text).toMatch(/^sample\.matrix {2}Squares\n/);
    expect(text).toMatch(/\n {2}cube +12\n {2}absolute +·\n\nSurvived: absolute\.$/);
    const alarmed = { ...matrix, correct: [{ name: 'square', what: '', source: '', killedAt: [4] }] };
    expect(matrixText(alarmed)).toMatch(/Survived: absolute\. Refuted though right: square\.$/);
    expect(matrixText({ ...matrix, mutants: matrix.mutants.slice(0, 1) })).toMatch(
      /All 1 wrong versions are refuted\.$/,
    );
  });

  it('computes a matrix of the library: every wrong version is refuted, none of the right ones', () => {
    const { text, code } = kills(['theory.zero-gradients'], 3, true);
    expect(code).toBe(0);
    const [found] = JSON.parse(text) as readonly KillMatrix[];
    expect(found?.mutants.length).toBeGreaterThanOrEqual(15);
  });

  it('names the nearest matrix for one that does not exist', () => {
    expect(() => kills(['theory.votign'], 1, false)).toThrow(/did you mean "theory.voting"/);
  });
});
