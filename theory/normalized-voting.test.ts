import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  NORMALIZED_VOTE_BIAS,
  normalizedVoteApproximation,
  normalizedVoteEfficiency,
  weakSignalVoteAlignment,
} from './normalized-voting.ts';

interface Row {
  readonly d: number;
  readonly n: number;
  readonly mu1: number;
}
interface Reference {
  readonly T3_ddim: readonly (Row & {
    readonly normalisedVoteMc: number;
    readonly se: number;
    readonly cltApprox: number;
  })[];
  readonly T3_walkIdentity: readonly (Row & {
    readonly mc: number;
    readonly se: number;
    readonly firstOrder: number;
  })[];
}
const reference: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'),
);

describe('normalized voting', () => {
  it.each(reference.T3_ddim)('d = $d, n = $n, μ₁ = $mu1: the approximation and its budget', ({ d, n, mu1, ...row }) => {
    const value = normalizedVoteApproximation(d, n, mu1);
    expect(Math.abs(value / row.cltApprox - 1)).toBeLessThan(1e-13);
    expect(Math.abs(value - row.normalisedVoteMc)).toBeLessThan(NORMALIZED_VOTE_BIAS / n + 4 * row.se);
  });

  it.each(reference.T3_walkIdentity)('d = $d, n = $n: weak signals follow the random walk', ({ d, n, mu1, ...row }) => {
    const value = weakSignalVoteAlignment(d, n, mu1);
    expect(Math.abs(value / row.firstOrder - 1)).toBeLessThan(1e-12);
    expect(Math.abs(value - row.mc)).toBeLessThan(4 * row.se);
  });

  it('loses least in high dimension and at strong signals', () => {
    for (const mu1 of [0, 1, 5]) {
      const values = [2, 3, 5.5, 100, 1e6].map((d) => normalizedVoteEfficiency(d, mu1));
      expect(values.toSorted((a, b) => a - b)).toEqual(values);
    }
    expect(normalizedVoteEfficiency(2, 0)).toBeCloseTo(Math.PI / 4, 14);
    for (const mu1 of [1e9, 1e200, Infinity]) expect(normalizedVoteEfficiency(2, mu1)).toBeCloseTo(1, 14);
  });

  it('has its ends', () => {
    expect([normalizedVoteApproximation(3, 5, 0), normalizedVoteApproximation(3, 5, Infinity)]).toEqual([0, 1]);
    expect(weakSignalVoteAlignment(3, 5, 0)).toBe(0);
  });

  it('says what it cannot take', () => {
    expect(() => normalizedVoteEfficiency(1.9, 1)).toThrow(
      'normalizedVoteEfficiency: "d": expected a finite number >= 2',
    );
    expect(() => normalizedVoteEfficiency(2, -1)).toThrow('normalizedVoteEfficiency: "mu1"');
    expect(() => normalizedVoteApproximation(2.5, 2, 1)).toThrow('normalizedVoteApproximation: "d"');
    expect(() => normalizedVoteApproximation(2, 0, 1)).toThrow('normalizedVoteApproximation: "n"');
    expect(() => normalizedVoteApproximation(2, 1, Number.NaN)).toThrow('normalizedVoteApproximation: "mu1"');
    expect(() => weakSignalVoteAlignment(2, 2, 1.1)).toThrow('weakSignalVoteAlignment: "mu1"');
  });
});
