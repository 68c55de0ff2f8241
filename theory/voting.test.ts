import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalCdf } from '../src/numerics/normal-distribution.ts';
import { gaussianVoteAlignment, majorityVote, majorityVoteFailure, tieProbability, voteIncrement } from './voting.ts';

interface Row {
  readonly n: number;
  readonly sOverSigma: number;
  readonly p: string;
  readonly voteCorrect: string;
  readonly voteAlignment: string;
  readonly tieProb: string;
  readonly cauchyVoteAlignment: string;
}
const { T3 }: { T3: readonly Row[] } = JSON.parse(
  readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'),
);
const relative = (value: number, exact: string | number): number => Math.abs(value / Number(exact) - 1);
const absolute = (value: number, exact: string): number => Math.abs(value - Number(exact));

describe('the majority vote', () => {
  it.each(T3)('n = $n, |s|/σ = $sOverSigma', ({ n, sOverSigma, ...exact }) => {
    const p = normalCdf(sOverSigma);
    expect(relative(majorityVote(n, p), exact.voteAlignment)).toBeLessThan(2e-14);
    expect(relative(gaussianVoteAlignment(n, sOverSigma, 1), exact.voteAlignment)).toBeLessThan(1e-14);
    expect(absolute(majorityVoteFailure(n, p), String(1 - Number(exact.voteCorrect)))).toBeLessThan(1e-14);
    expect(absolute(tieProbability(n, p), exact.tieProb)).toBeLessThan(1e-14);
    const cauchy = 0.5 + Math.atan(sOverSigma) / Math.PI;
    expect(relative(majorityVote(n, cauchy), exact.cauchyVoteAlignment)).toBeLessThan(2e-14);
  });

  it('keeps its digits next to a coin toss, where 2 I − 1 would lose them', () => {
    const exact = (bias: number): number => (bias * (15 - 10 * bias ** 2 + 3 * bias ** 4)) / 8;
    for (const bias of [2 ** -4, 2 ** -8, 2 ** -20, 2 ** -28, 2 ** -30]) {
      expect(relative(majorityVote(5, 0.5 * (1 + bias)), exact(bias))).toBeLessThan(1e-15);
    }
    // W_{2m−1}(½ + ε) = 2 ε m C(2m, m) 4^{1−m}/2 + O(ε³)
    expect(relative(majorityVote(5, 0.5 + 2 ** -40), (15 / 8) * 2 ** -39)).toBeLessThan(1e-15);
    expect(relative(majorityVote(5, 0.5 - 2 ** -40), -(15 / 8) * 2 ** -39)).toBeLessThan(1e-15);
    expect(relative(gaussianVoteAlignment(5, 1e-200, 1), (15 / 8) * Math.sqrt(2 / Math.PI) * 1e-200)).toBeLessThan(
      1e-14,
    );
  });

  it('keeps the digits of rare failures', () => {
    // n = 5: 10 q³ − 15 q⁴ + 6 q⁵.
    const q = 2 ** -30;
    expect(relative(majorityVoteFailure(5, 1 - q), q ** 3 * (10 - 15 * q + 6 * q * q))).toBeLessThan(1e-13);
    expect(relative(majorityVoteFailure(5, 0.1), 1 - (10 - 1.5 + 0.06) / 1000)).toBeLessThan(1e-14);
  });

  it('has its ends, and the largest numbers of votes', () => {
    for (const n of [1, 2, 7, 1e6, 1e16]) {
      expect([0, 0.5, 1].map((p) => majorityVote(n, p))).toEqual([-1, 0, 1]);
      expect([0, 0.5, 1].map((p) => majorityVoteFailure(n, p))).toEqual([1, 0.5, 0]);
      expect([0, 1].map((p) => tieProbability(n, p))).toEqual([0, 0]);
    }
    expect(relative(tieProbability(1e12, 0.5), Math.sqrt(2 / (Math.PI * 1e12)))).toBeLessThan(1e-11);
    expect([gaussianVoteAlignment(4, 0, 1), gaussianVoteAlignment(4, Infinity, 1)]).toEqual([0, 1]);
  });

  it('counts ties exactly: 6/16 of four fair votes', () => {
    expect(tieProbability(4, 0.5)).toBeCloseTo(0.375, 15);
    expect(relative(tieProbability(6, 0.1), 20 * 0.09 ** 3)).toBeLessThan(1e-14);
    expect(relative(tieProbability(6, 2 ** -300), 20 * (2 ** -300 - 2 ** -600) ** 3)).toBeLessThan(1e-12);
    expect(voteIncrement(4, 0.75)).toBeCloseTo(majorityVote(5, 0.75) - majorityVote(4, 0.75), 15);
    expect(voteIncrement(3, 0.75)).toBe(0);
  });

  it('says what it cannot take', () => {
    const four = { majorityVote, majorityVoteFailure, tieProbability, voteIncrement };
    for (const [name, f] of Object.entries(four)) {
      for (const n of [0, 2.5, Number.NaN, Infinity])
        expect(() => f(n, 0.5)).toThrow(`${name}: "n": expected an integer >= 1`);
      for (const p of [-0.1, 1.1]) expect(() => f(3, p)).toThrow(`${name}: "p": expected a finite number >= 0 <= 1`);
      expect(() => f(3, Number.NaN)).toThrow(`${name}: "p"`);
    }
    expect(() => gaussianVoteAlignment(0, 1, 1)).toThrow('gaussianVoteAlignment: "n"');
    expect(() => gaussianVoteAlignment(1, 1, 0)).toThrow('gaussianVoteAlignment: "sigma"');
  });
});
