import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../src/core/errors.ts';
import {
  alignment,
  meanSquareCosine,
  meanSquareSine,
  misalignment,
  smallSignalSlope,
  squaredSlopeOverMoment,
} from './noise-averaging.ts';

interface Reference {
  readonly T1: readonly {
    readonly d: number;
    readonly mu: string;
    readonly alignment: string;
    readonly misalignment: string;
    readonly meanSquareCos: string;
  }[];
  /** [d, μ, A, 1 − A] */
  readonly T1grid: readonly (readonly [number, number, string, string])[];
  readonly T1_directMC: readonly {
    readonly d: number;
    readonly n: number;
    readonly s: number;
    readonly sigma: number;
    readonly theory: number;
  }[];
}
const reference: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'),
);

const relative = (value: number, exact: number): number => Math.abs(value / exact - 1);
const functions = { alignment, misalignment, meanSquareCosine, meanSquareSine };

describe('noise averaging against 25 digits', () => {
  it('alignment to 4e-15 on the whole grid', () => {
    expect(reference.T1grid).toHaveLength(270);
    expect(Math.max(...reference.T1grid.map(([d, mu, a]) => relative(alignment(d, mu), Number(a))))).toBeLessThan(
      4e-15,
    );
  });

  it('misalignment to 2e-14 wherever the table has digits of it, and below 1e-80 elsewhere', () => {
    // The table's own difference 1 − A is 0 once erfc(μ/√2) is below its 40 digits.
    for (const [d, mu, , m] of reference.T1grid) {
      const value = misalignment(d, mu);
      if (Number(m) === 0) expect(value).toBeLessThan(1e-80);
      else expect(relative(value, Number(m))).toBeLessThan(2e-14);
    }
  });

  it.each(reference.T1)('d = $d, n = $n, |s| = $s, σ = $sigma', (row) => {
    const mu = Number(row.mu);
    expect(relative(alignment(row.d, mu), Number(row.alignment))).toBeLessThan(1e-14);
    expect(relative(misalignment(row.d, mu), Number(row.misalignment))).toBeLessThan(1e-14);
    expect(relative(meanSquareCosine(row.d, mu), Number(row.meanSquareCos))).toBeLessThan(1e-14);
  });

  it.each(reference.T1_directMC)('depends on n, |s|, σ through √n |s|/σ (d = $d)', ({ d, n, s, sigma, theory }) => {
    expect(relative(alignment(d, (Math.sqrt(n) * s) / sigma), theory)).toBeLessThan(1e-12);
  });
});

describe('known values of the second moment and the slope', () => {
  it.each([0.5, 1, 4, 30, 1e5, 1e9])('E cos² = 1 − (1 − e^{−μ²/2})/μ² in the plane, μ = %s', (mu) => {
    const sine = -Math.expm1(-0.5 * mu * mu) / (mu * mu);
    expect(relative(meanSquareSine(2, mu), sine)).toBeLessThan(1e-14);
    expect(relative(meanSquareCosine(2, mu), 1 - sine)).toBeLessThan(1e-14);
  });

  it('is 1/d without signal, and its complement as precise', () => {
    for (const d of [1, 2, 3.5, 1000, 1e8, 1e20]) expect(relative(meanSquareCosine(d, 0), 1 / d)).toBeLessThan(1e-14);
    for (const d of [2, 3.5, 1000]) expect(relative(meanSquareSine(d, 0), 1 - 1 / d)).toBeLessThan(1e-14);
  });

  it('c_1, c_2, c_3 are √(2/π), √(π/8), √(8/(9π))', () => {
    const exact = [2 / Math.PI, Math.PI / 8, 8 / (9 * Math.PI)].map(Math.sqrt);
    for (const [k, value] of exact.entries()) expect(relative(smallSignalSlope(k + 1), value)).toBeLessThan(1e-15);
  });
});

describe('the whole domain', () => {
  const dimensions = [1, 1 + Number.EPSILON, 2, 2.5, 100, 1e10, 2 ** 55, 1e20, 1e200, Number.MAX_VALUE];
  const signals = [0, 5e-324, 1e-200, 1e-9, 0.3, 1, 7, 38, 100, 1.8e8, 2e8, 1e155, 1e300, Number.MAX_VALUE, Infinity];

  it('is free of NaN and within range, also where squares overflow', () => {
    for (const d of dimensions) {
      for (const mu of signals) {
        const [a, m] = [alignment(d, mu), misalignment(d, mu)];
        expect(a).toBeGreaterThanOrEqual(0);
        expect(a).toBeLessThanOrEqual(1);
        expect(Math.abs(a + m - 1)).toBeLessThan(1e-14);
        expect(Math.abs(meanSquareCosine(d, mu) + meanSquareSine(d, mu) - 1)).toBeLessThan(2e-14);
        expect(squaredSlopeOverMoment(d, mu)).toBeGreaterThan(0.63);
        expect(squaredSlopeOverMoment(d, mu)).toBeLessThan(1 + 1e-13);
      }
    }
  });

  it('is odd or even in the signal, and whole numbers at its ends', () => {
    expect(alignment(3, -0.7)).toBe(-alignment(3, 0.7));
    expect(misalignment(3, -0.7)).toBe(2 - misalignment(3, 0.7));
    expect(meanSquareCosine(3, -0.7)).toBe(meanSquareCosine(3, 0.7));
    expect([alignment(4, Infinity), alignment(4, -Infinity), alignment(4, 0)]).toEqual([1, -1, 0]);
    expect([misalignment(4, Infinity), misalignment(4, -Infinity), misalignment(4, 0)]).toEqual([0, 2, 1]);
    expect([meanSquareCosine(4, Infinity), meanSquareSine(4, -Infinity)]).toEqual([1, 0]);
  });

  it('goes on smoothly where the asymptotic branch begins', () => {
    const border = Math.sqrt(2 ** 55);
    for (const d of [1.5, 2, 50, 1e6]) {
      const [below, above] = [misalignment(d, border * (1 - 1e-9)), misalignment(d, border * (1 + 1e-9))];
      expect(Math.abs(below / above - 1 - 4e-9)).toBeLessThan(1e-12);
    }
    expect(relative(alignment(2 ** 55 * 1.0001, 1e8), alignment(2 ** 55 * 0.9999 - 1e16, 1e8))).toBeLessThan(0.2);
    expect(relative(alignment(2 ** 54, 2 ** 26.5), Math.sqrt(1 / 3))).toBeLessThan(1e-15);
    expect(relative(misalignment(2 ** 54, 2 ** 26.5), 1 - Math.sqrt(1 / 3))).toBeLessThan(1e-14);
  });

  it.each(Object.entries(functions))('%s names what it cannot take', (name, f) => {
    for (const d of [0.99, 0, -1, Number.NaN, Infinity])
      expect(() => f(d, 1)).toThrow(`${name}: "d": expected a finite`);
    expect(() => f(0, 1)).toThrow(InverseClaimsError);
    expect(() => f(2, Number.NaN)).toThrow(`${name}: "mu": expected a number, infinite ones included, received NaN`);
    expect(() => smallSignalSlope(0)).toThrow('smallSignalSlope: "d"');
  });
});
