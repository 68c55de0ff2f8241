import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { meanWalkLength } from './random-walk.ts';

interface Walk {
  readonly d: number;
  readonly n: number;
  /** null where the table has Monte Carlo only. */
  readonly meanWalk: number | null;
}
const { T3_walk }: { T3_walk: readonly Walk[] } = JSON.parse(
  readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'),
);

describe('meanWalkLength', () => {
  it.each(T3_walk.filter(({ meanWalk }) => meanWalk !== null))('d = $d, n = $n', ({ d, n, meanWalk }) => {
    expect(Math.abs(meanWalkLength(d, n) - (meanWalk as number))).toBeLessThan(1e-12);
  });

  it('is exact where everything can be counted', () => {
    expect(meanWalkLength(1, 7)).toBeCloseTo((7 * 20) / 64, 13);
    expect(meanWalkLength(3, 4)).toBeCloseTo(28 / 15, 13);
    // Two steps: 2^{d−1} Γ(d/2)²/(√π Γ(d − ½)), by the beta integral.
    expect(meanWalkLength(5, 2)).toBeCloseTo(48 / 35, 13);
    for (const d of [1, 2, 3, 17.5]) expect(meanWalkLength(d, 1)).toBeCloseTo(1, 14);
  });

  it('is √n times Γ((d+1)/2) √(2/d)/Γ(d/2) for many steps, and √n for many dimensions', () => {
    const limit = { 1: Math.sqrt(2 / Math.PI), 2: Math.sqrt(Math.PI) / 2, 3: Math.sqrt(8 / (3 * Math.PI)) };
    for (const [d, ratio] of Object.entries(limit)) {
      expect(Math.abs(meanWalkLength(Number(d), 10_000) / 100 / ratio - 1)).toBeLessThan(1e-4);
    }
    expect(meanWalkLength(1e12, 2)).toBeCloseTo(Math.SQRT2, 11);
    expect(meanWalkLength(1e300, 2)).toBeCloseTo(Math.SQRT2, 13);
  });

  it('says what it cannot take', () => {
    expect(() => meanWalkLength(4, 3)).toThrow(
      'expected 1, 2 or 3 for n = 3, received 4. Hint: in other dimensions √n',
    );
    expect(() => meanWalkLength(1.5, 2)).toThrow('expected 1 or d >= 2');
    expect(() => meanWalkLength(0, 2)).toThrow('meanWalkLength: "d"');
    expect(() => meanWalkLength(2, 0)).toThrow('meanWalkLength: "n"');
  });
});
