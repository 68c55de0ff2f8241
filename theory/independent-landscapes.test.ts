import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../src/core/errors.ts';
import { tanhSinh } from '../src/numerics/tanh-sinh.ts';
import {
  INDEPENDENT_LANDSCAPES_CLT_RANGE,
  independentLandscapesClt,
  independentLandscapesSum,
  independentLandscapesVote,
} from './independent-landscapes.ts';
import { shiftedWalkSign } from './random-walk-sign.ts';

interface PhaseCase {
  readonly n: number;
  readonly delta: number;
  readonly sumCorrect: number;
  readonly cltApprox: number;
  readonly voteCorrect: number;
}

const reference = JSON.parse(readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'));
const probability = (alignment: number): number => (1 + alignment) / 2;
const relativeError = (value: number, exact: number): number => Math.abs(value / exact - 1);

/** E sgn of n + 1 steps from that of n by one more step, split where it is not smooth. */
function oneMoreStep(n: number, shift: number): number {
  const y = (n + 1) * shift;
  const sign = (z: number): number => (Math.abs(z) >= n ? Math.sign(z) : shiftedWalkSign(n, z / n));
  const corners = Array.from({ length: n + 1 }, (_, k) => 2 * k - n - y).filter((c) => Math.abs(c) < 1);
  const angles = [1, ...corners.reverse(), -1].map(Math.acos);
  let total = 0;
  for (let k = 0; k + 1 < angles.length; k++) {
    total += tanhSinh((psi) => sign(y + Math.cos(psi)), angles[k] ?? 0, angles[k + 1] ?? 0);
  }
  return total / Math.PI;
}

describe('independent landscapes', () => {
  // The reference integrates to a finite t for few examples: 7 digits are right at n = 3, 10 at n = 5 and 9.
  it.each(reference.T4_randomPhase as readonly PhaseCase[])('reference: n = $n, delta = $delta', (row) => {
    const { n, delta } = row;
    const digits = n === 3 ? 1e-7 : n === 5 || n === 9 ? 1e-10 : 1e-12;
    expect(relativeError(probability(independentLandscapesSum(n, delta)), row.sumCorrect)).toBeLessThan(digits);
    expect(relativeError(probability(independentLandscapesVote(n, delta)), row.voteCorrect)).toBeLessThan(1e-12);
    expect(relativeError(probability(independentLandscapesClt(n, delta)), row.cltApprox)).toBeLessThan(1e-12);
  });

  it.each([
    [1, 0.3],
    [2, 0.4],
    [2, Math.cos(1)],
    [3, 0.34],
    [4, 0.3],
    [8, 0.2],
    [19, 0.1],
    [20, 0.1],
    [49, 0.05],
  ])('one more step after %i, shift %s', (n, shift) => {
    expect(Math.abs(shiftedWalkSign(n + 1, shift) - oneMoreStep(n, shift))).toBeLessThan(1e-14);
  });

  it('is defined on the whole domain, with its limits', () => {
    for (const n of [1, 2, 3, 19, 20, 49, 50, 1e6, 2 ** 53, Number.POSITIVE_INFINITY]) {
      for (const f of [independentLandscapesSum, independentLandscapesVote, independentLandscapesClt]) {
        expect(f(n, Math.PI / 2)).toBe(n === 1 ? f(1, Math.PI / 2) : 0);
        for (const delta of [0, 1e-300, 0.1, 1.5, 1.6, 3.1, Math.PI]) {
          expect(Math.abs(f(n, delta))).toBeLessThanOrEqual(1);
        }
      }
      expect(independentLandscapesSum(n, 0)).toBe(1);
      expect(independentLandscapesSum(n, Math.PI)).toBe(-1);
      expect(independentLandscapesVote(n, 0)).toBe(1);
    }
  });

  it('keeps the budget of the central limit theorem, which is not generous', () => {
    const { fewestExamples, budget } = INDEPENDENT_LANDSCAPES_CLT_RANGE;
    const worst = (n: number): number =>
      Math.max(
        ...Array.from({ length: 20 }, (_, k) => {
          const delta = ((k + 0.5) * Math.PI) / 40;
          return Math.abs(independentLandscapesClt(n, delta) - independentLandscapesSum(n, delta));
        }),
      );
    for (const n of [fewestExamples, 4, 6, 15, 200]) expect(worst(n)).toBeLessThan(budget);
    expect(worst(fewestExamples)).toBeGreaterThan(0.9 * budget);
    expect(worst(fewestExamples - 1)).toBeGreaterThan(budget);
  });

  it.each([
    [0, 1],
    [1.5, 1],
    [1, -0.1],
    [1, 3.2],
    [1, Number.NaN],
  ])('refuses (%s, %s)', (n, delta) => {
    for (const f of [independentLandscapesSum, independentLandscapesVote, independentLandscapesClt]) {
      expect(() => f(n, delta)).toThrow(InverseClaimsError);
    }
  });
});
