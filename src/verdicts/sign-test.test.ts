import { expect, it } from 'vitest';
import { signTest } from './sign-test.ts';

/** The definition, summed. */
function summed(worse: number, better: number): number {
  const n = worse + better;
  let [term, tail] = [0.5 ** n, 0];
  for (let k = 0; k <= n; k++) {
    if (k >= Math.max(worse, better)) tail += term;
    term *= (n - k) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}

it('is twice the tail of a fair coin', () => {
  for (let n = 0; n <= 40; n++) {
    for (let worse = 0; worse <= n; worse++) {
      expect(signTest(worse, n - worse)).toBeCloseTo(worse * 2 === n ? 1 : summed(worse, n - worse), 12);
    }
  }
  expect(signTest(512, 0)).toBeCloseTo(2 ** -511, 160);
});

it.each([
  [-1, 0],
  [0.5, 1],
  [Number.NaN, 1],
])('refuses %d and %d', (worse, better) => {
  expect(() => signTest(worse, better)).toThrow('signTest');
});
