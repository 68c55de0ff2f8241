import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  berryEsseenBound,
  cauchySumAlignment,
  sumAlignment,
  sumCorrectProbability,
  sumWrongProbability,
} from './sum-of-losses.ts';

interface Reference {
  readonly T2: readonly {
    readonly n: number;
    readonly s: number;
    readonly sigma: number;
    readonly pCorrect: string;
    readonly pWrong: string;
    readonly alignment: string;
    readonly cauchySumAlignment: string;
  }[];
  readonly T2_cauchy: readonly { readonly n: number; readonly sOverGamma: number; readonly alignment: number }[];
}
const reference: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'),
);
const relative = (value: number, exact: string | number): number => Math.abs(value / Number(exact) - 1);

describe('the sum of losses', () => {
  it.each(reference.T2)('n = $n, |s| = $s, σ = $sigma', ({ n, s, sigma, ...exact }) => {
    expect(relative(sumCorrectProbability(n, s, sigma), exact.pCorrect)).toBeLessThan(1e-14);
    expect(relative(sumWrongProbability(n, s, sigma), exact.pWrong)).toBeLessThan(1e-14);
    expect(relative(sumAlignment(n, s, sigma), exact.alignment)).toBeLessThan(1e-14);
    expect(relative(cauchySumAlignment(n, s, sigma), exact.cauchySumAlignment)).toBeLessThan(1e-14);
  });

  it.each(reference.T2_cauchy)('gains nothing under Cauchy noise, n = $n', ({ n, sOverGamma, alignment }) => {
    expect(relative(cauchySumAlignment(n, sOverGamma, 1), alignment)).toBeLessThan(1e-14);
  });

  it('has small relative errors far in the tail', () => {
    // Φ(−30) and Φ(−37), Abramowitz & Stegun's continued fraction at 40 digits.
    expect(relative(sumWrongProbability(900, 1, 1), 4.906713927148187e-198)).toBeLessThan(1e-12);
    expect(relative(sumWrongProbability(1369, 1, 1), 5.725571222524575e-300)).toBeLessThan(1e-12);
  });

  it('is defined without signal and with an infinite one', () => {
    expect([sumCorrectProbability(3, 0, 1), sumWrongProbability(3, 0, 1), sumAlignment(3, 0, 1)]).toEqual([
      0.5, 0.5, 0,
    ]);
    expect([sumCorrectProbability(3, Infinity, 1), sumWrongProbability(3, Infinity, 1)]).toEqual([1, 0]);
    expect([sumAlignment(3, Infinity, 1), cauchySumAlignment(3, Infinity, 1)]).toEqual([1, 1]);
    expect(cauchySumAlignment(3, 0, 1)).toBe(0);
  });

  it('keeps within its Berry–Esseen bound for signs plus a shift, where all can be counted', () => {
    // Noise ±1 (ρ = 1), s = 1/2, n = 16: the sum is right where 2 R − 16 + 8 > 0, R ~ Bin(16, ½); R = 4 ties.
    const wrong = (1 + 16 + 120 + 560) / 2 ** 16;
    expect(Math.abs(1 - wrong - sumCorrectProbability(16, 0.5, 1))).toBeLessThan(berryEsseenBound(16, 1));
    expect(berryEsseenBound(16, 1)).toBe(0.11875);
    expect(berryEsseenBound(1, 1e9)).toBe(1);
  });

  it('says what it cannot take', () => {
    const three = { sumCorrectProbability, sumWrongProbability, sumAlignment };
    for (const [name, f] of Object.entries(three)) {
      for (const n of [0, 1.5, Number.NaN]) expect(() => f(n, 1, 1)).toThrow(`${name}: "n": expected an integer >= 1`);
      expect(() => f(1, -1, 1)).toThrow(`${name}: "signal"`);
      expect(() => f(1, 1, 0)).toThrow(`${name}: "sigma": expected a finite number > 0, received 0`);
    }
    expect(() => cauchySumAlignment(0, 1, 1)).toThrow('cauchySumAlignment: "n"');
    expect(() => cauchySumAlignment(1, Number.NaN, 1)).toThrow('cauchySumAlignment: "signal"');
    expect(() => cauchySumAlignment(1, 1, -1)).toThrow('cauchySumAlignment: "scale"');
    expect(() => berryEsseenBound(0, 1)).toThrow('berryEsseenBound: "n"');
    expect(() => berryEsseenBound(1, 0.9)).toThrow('berryEsseenBound: "thirdMoment"');
  });
});
