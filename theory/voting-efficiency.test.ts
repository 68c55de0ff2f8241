import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalizedVoteEfficiency } from './normalized-voting.ts';
import { chernoffEfficiency, pitmanEfficiency } from './voting-efficiency.ts';

const { T3_efficiency }: { T3_efficiency: readonly ({ readonly d: number } & Record<string, string>)[] } = JSON.parse(
  readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'),
);

describe('efficiencies of voting', () => {
  it.each(T3_efficiency)('at every tabulated signal, d = $d', ({ d, ...row }) => {
    const columns = Object.entries(row);
    expect(columns).toHaveLength(6);
    for (const [column, exact] of columns) {
      const mu1 = column === 'are0' ? 0 : Number(column.slice('eff_mu1_'.length));
      const value = d === 1 ? chernoffEfficiency(mu1) : normalizedVoteEfficiency(d, mu1);
      expect(Math.abs(value / Number(exact) - 1)).toBeLessThan(5e-15);
    }
  });

  it('Chernoff: falls all the way, smoothly over the change of formula', () => {
    const grid = [
      0,
      1e-300,
      1e-9,
      0.1,
      0.5,
      1 - 1e-9,
      1 + 1e-9,
      3,
      7.99,
      8.01,
      20,
      40,
      1e3,
      1e9,
      1e154,
      1e200,
      Infinity,
    ];
    const values = grid.map(chernoffEfficiency);
    for (let k = 1; k < values.length; k++) {
      expect(values[k]).toBeLessThanOrEqual((values[k - 1] as number) * (1 + 1e-15));
    }
    expect(values[0]).toBeCloseTo(2 / Math.PI, 15);
    expect(values.at(-1)).toBe(0.5);
  });

  it('Pitman: 2/π Gaussian, 2 Laplace, ∞ without a variance', () => {
    expect(pitmanEfficiency(3, 1 / (3 * Math.sqrt(2 * Math.PI)))).toBeCloseTo(2 / Math.PI, 15);
    // Laplace of scale b: f(0) = 1/(2b), σ² = 2b².
    expect(pitmanEfficiency(Math.SQRT2 * 5, 0.1)).toBeCloseTo(2, 14);
    expect(pitmanEfficiency(Infinity, 1 / Math.PI)).toBe(Infinity);
  });

  it('say what they cannot take', () => {
    expect(() => chernoffEfficiency(-1)).toThrow('chernoffEfficiency: "mu1": expected a number >= 0 or ∞, received -1');
    expect(() => pitmanEfficiency(0, 1)).toThrow('pitmanEfficiency: "sigma"');
    expect(() => pitmanEfficiency(1, 0)).toThrow('pitmanEfficiency: "density"');
  });
});
