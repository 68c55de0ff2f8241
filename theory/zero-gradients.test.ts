import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../src/core/errors.ts';
import { binomialMean } from './binomial-mean.ts';
import { alignment } from './noise-averaging.ts';
import { majorityVote } from './voting.ts';
import {
  noMoveProbability,
  stuckFraction,
  zeroGradientAlignment,
  zeroGradientBounds,
  zeroGradientVote,
} from './zero-gradients.ts';

interface MissCase {
  readonly d: number;
  readonly n: number;
  readonly mu1: number;
  readonly q: number;
  readonly alignment: string;
  readonly jensenUpper: string;
  readonly pNoMove: string;
  readonly chordLower: string;
}
interface VoteCase {
  readonly n: number;
  readonly p: number;
  readonly q: number;
  readonly voteAlignment: string;
}
interface StuckCase {
  readonly n: number;
  readonly q: number;
  readonly neighbours: number;
  readonly independentStuck: number;
  readonly localKernelStuck: number;
}

const reference = JSON.parse(readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'));
const relativeError = (value: number, exact: number): number => Math.abs(value / exact - 1);
const infinity = Number.POSITIVE_INFINITY;

describe('zeroGradientAlignment', () => {
  it.each(reference.T6 as readonly MissCase[])('reference: d = $d, n = $n, mu = $mu1, q = $q', (row) => {
    const misses = { d: row.d, n: row.n, mu: row.mu1, q: row.q };
    expect(relativeError(zeroGradientAlignment(misses), Number(row.alignment))).toBeLessThan(1e-12);
    const { lower, upper } = zeroGradientBounds(misses);
    const noMove = Number(row.pNoMove);
    expect(relativeError(lower, Number(row.chordLower))).toBeLessThan(1e-12);
    expect(relativeError(upper, Math.min(Number(row.jensenUpper), 1 - noMove))).toBeLessThan(1e-12);
    if (noMove > 0) expect(relativeError(noMoveProbability(misses), noMove)).toBeLessThan(1e-12);
  });

  it('is defined on the whole domain', () => {
    for (const n of [1, 1000, 10 ** 9, 2 ** 53, infinity]) {
      for (const q of [0, 1e-300, 0.5, 1 - 2 ** -53, 1]) {
        for (const mu of [-infinity, -1, 0, 1e-300, 1e300, infinity]) {
          const misses = { n, q, d: 3, mu };
          const { lower, upper } = zeroGradientBounds(misses);
          const size = Math.abs(zeroGradientAlignment(misses));
          expect(size).toBeGreaterThanOrEqual(lower - 1e-14);
          expect(size).toBeLessThanOrEqual(upper + 1e-14);
        }
      }
    }
    expect(zeroGradientAlignment({ n: 4, q: 0.5, d: 1, mu: infinity })).toBeCloseTo(1 - 1 / 16, 14);
    expect(zeroGradientAlignment({ n: infinity, q: 0.9, d: 7, mu: -0.1 })).toBe(-1);
    expect(zeroGradientAlignment({ n: infinity, q: 1, d: 7, mu: 1 })).toBe(0);
    expect(zeroGradientAlignment({ n: 5, q: 0, d: 2, mu: 0.3 })).toBe(alignment(2, Math.sqrt(5) * 0.3));
  });

  it.each([
    { n: 0, q: 0.5, d: 1, mu: 1 },
    { n: 1, q: -0.1, d: 1, mu: 1 },
    { n: 1, q: 1.1, d: 1, mu: 1 },
    { n: 1, q: 0.5, d: 0, mu: 1 },
    { n: 1, q: 0.5, d: 1, mu: Number.NaN },
  ])('refuses %o', (misses) => {
    expect(() => zeroGradientAlignment(misses)).toThrow(InverseClaimsError);
    expect(() => zeroGradientBounds(misses)).toThrow(InverseClaimsError);
  });
});

describe('zeroGradientVote', () => {
  it.each(reference.T6_vote as readonly VoteCase[])(
    'reference: n = $n, p = $p, q = $q',
    ({ n, p, q, voteAlignment }) => {
      expect(relativeError(zeroGradientVote({ n, p, q }), Number(voteAlignment))).toBeLessThan(1e-12);
    },
  );

  it('is defined on the whole domain', () => {
    for (const n of [1, 2, 10 ** 9, infinity]) {
      for (const q of [0, 0.5, 1]) {
        for (const p of [0, 0.3, 0.5, 1]) {
          expect(Math.abs(zeroGradientVote({ n, q, p }))).toBeLessThanOrEqual(1 - noMoveProbability({ n, q }) + 1e-15);
        }
      }
    }
    expect(() => zeroGradientVote({ n: 1, q: 0.5, p: 1.1 })).toThrow(InverseClaimsError);
    expect(() => noMoveProbability({ n: 1.5, q: 0.5 })).toThrow(InverseClaimsError);
  });
});

describe('stuckFraction', () => {
  it.each(reference.T6_stuck as readonly StuckCase[])('reference: n = $n, q = $q, $neighbours neighbors', (row) => {
    const degrees = (degree: number): readonly number[] => new Array(row.n).fill(degree);
    expect(relativeError(stuckFraction(row.q, degrees(row.neighbours)), row.localKernelStuck)).toBeLessThan(1e-12);
    expect(relativeError(stuckFraction(row.q, degrees(1)), row.independentStuck)).toBeLessThan(1e-12);
    expect(relativeError(stuckFraction(row.q, degrees(row.n)), noMoveProbability(row))).toBeLessThan(1e-12);
  });

  it.each([[[]], [[0]], [[2]], [[1.5, 1]]])('refuses degrees %o', (degrees) => {
    expect(() => stuckFraction(0.5, degrees)).toThrow(InverseClaimsError);
    expect(() => stuckFraction(1.5, [1])).toThrow(InverseClaimsError);
  });
});

describe('binomialMean', () => {
  it.each([1, 7, 100, 6300, 7000, 10 ** 6, 10 ** 12, 2 ** 53])('has the moments of the binomial law, n = %s', (n) => {
    for (const p of [0.001, 0.3, 0.5, 0.9]) {
      const variance = n * p * (1 - p);
      const error = (f: (k: number) => number, exact: number): number => Math.abs(binomialMean(n, p, f) - exact);
      expect(error((k) => k / (n * p), 1)).toBeLessThan(1e-14);
      expect(error((k) => (k - n * p) ** 2 / variance, 1)).toBeLessThan(1e-14);
      expect(error((k) => k % 2, (1 - (1 - 2 * p) ** n) / 2)).toBeLessThan(1e-13);
    }
  });

  it('agrees with the whole sum where it strides', () => {
    const [n, p, q] = [20_000, 0.51, 0.3];
    const mode = Math.floor(n * (1 - q));
    let [up, down, total, sum] = [1, 1, 1, majorityVote(mode, p)];
    for (let j = 0; j < 900; j++) {
      up *= ((n - mode - j) / (mode + j + 1)) * ((1 - q) / q);
      down *= ((mode - j) / (n - mode + j + 1)) * (q / (1 - q));
      total += up + down;
      sum += up * majorityVote(mode + j + 1, p) + down * majorityVote(mode - j - 1, p);
    }
    expect(relativeError(zeroGradientVote({ n, q, p }), sum / total)).toBeLessThan(1e-12);
  });
});
