import { describe, expect, test } from 'vitest';
import { falseAlarms, survivors } from '../src/core/kill-matrix.ts';
import { dyadic } from './arbitraries.ts';
import { killMatrix, lawCheck } from './kill-matrix.ts';
import { law } from './law.ts';

type Square = (x: number) => number;
const square: Square = (x) => x * x;

const even = law<Square, { f: Square; x: number }>({
  cases: 50,
  subject: square,
  twin: { what: 'a cube', subject: (x) => x ** 3 },
  arbitrary: (f) => dyadic(-4, 4).map((x) => ({ f, x })),
  violation: ({ f, x }) => (f(x) === f(-x) ? undefined : 'not even'),
  show: ({ x }) => String(x),
});
const isFourAtTwo = law<Square, Square>({
  cases: 1,
  subject: square,
  twin: { what: 'twice the square', subject: (x) => 2 * x * x },
  arbitrary: (f) => dyadic(2, 2).map(() => f),
  violation: (f) => (f(2) === 4 ? undefined : 'not 4'),
  show: () => '2',
});

const matrix = killMatrix(
  {
    id: 'test.square',
    title: 'x²',
    caption: '',
    checks: [lawCheck('even', 'f(x) = f(−x)', even), lawCheck('value', 'f(2) = 4', isFourAtTwo)],
    correct: [{ name: 'square', what: 'x²', subject: square }],
    mutants: [
      { name: 'cube', what: 'x³', subject: (x) => x ** 3 },
      { name: 'double', what: '2x²', source: 'nowhere', subject: (x) => 2 * x * x },
      { name: 'same', what: 'x² written as |x|²', subject: (x) => Math.abs(x) ** 2 },
    ],
  },
  1,
);

describe('killMatrix', () => {
  test('says which check refuted which version, at which case', () => {
    const [cube, double, same] = matrix.mutants;
    expect(cube?.killedAt[0]).toBeGreaterThanOrEqual(1);
    expect(cube?.killedAt[0]).toBeLessThanOrEqual(50);
    expect(cube?.killedAt[1]).toBe(1);
    expect(double).toMatchObject({ source: 'nowhere', killedAt: [null, 1] });
    expect(same?.killedAt).toEqual([null, null]);
  });

  test('spares the right version, and names what survived', () => {
    expect(matrix.correct[0]?.killedAt).toEqual([null, null]);
    expect(falseAlarms(matrix)).toEqual([]);
    expect(survivors(matrix)).toEqual(['same']);
  });

  test('a right version that is refuted is a false alarm', () => {
    const alarmed = { ...matrix, correct: [{ name: 'x', what: '', source: '', killedAt: [null, 3] }] };
    expect(falseAlarms(alarmed)).toEqual(['x']);
  });
});
