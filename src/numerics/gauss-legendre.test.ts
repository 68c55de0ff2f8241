import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import { gaussLegendre, gradedBreaks, integratePanels } from './gauss-legendre.ts';

const integral = (f: (x: number) => number, nodes: number): number => integratePanels(f, [-1, 1], nodes);

describe('gaussLegendre', () => {
  it.each([1, 2, 3, 5, 16, 64, 301])('integrates monomials up to degree 2n − 1 with %i nodes', (nodes) => {
    for (let degree = 0; degree < Math.min(2 * nodes, 40); degree++) {
      const exact = degree % 2 === 0 ? 2 / (degree + 1) : 0;
      expect(Math.abs(integral((x) => x ** degree, nodes) - exact)).toBeLessThan(2e-15);
    }
  });

  it('is not exact beyond: degree 2n misses by the square of the norm of the monic polynomial', () => {
    expect(integral((x) => x ** 4, 2)).toBeCloseTo(2 / 9, 14);
    expect(integral((x) => x ** 4, 2) - 2 / 5).toBeCloseTo(-8 / 45, 14);
  });

  it('has the tabulated nodes and weights of five points', () => {
    const { x, w } = gaussLegendre(5);
    const inner = Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3;
    const outer = Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3;
    [-outer, -inner, 0, inner, outer].forEach((node, k) => {
      expect(x[k]).toBeCloseTo(node, 15);
    });
    expect(w[2]).toBeCloseTo(128 / 225, 15);
    expect(w[1]).toBeCloseTo((322 + 13 * Math.sqrt(70)) / 900, 15);
  });

  it('converges exponentially and computes each rule once', () => {
    expect(Math.abs(integral(Math.exp, 10) - (Math.E - 1 / Math.E))).toBeLessThan(1e-15);
    expect(gaussLegendre(9)).toBe(gaussLegendre(9));
  });

  it.each([0, 1.5, 513, Number.NaN])('refuses %s nodes', (nodes) => {
    expect(() => gaussLegendre(nodes)).toThrow(InverseClaimsError);
  });
});

describe('integratePanels', () => {
  it('is exact across kinks at breaks, and zero without panels', () => {
    expect(integratePanels((x) => Math.abs(x - 1), [-1, 1, 3], 1)).toBe(4);
    expect(integratePanels(Math.exp, [2], 3)).toBe(0);
    expect(integratePanels((x) => 1 / x, [0, 0, 1, 1], 4)).toBeGreaterThan(0);
  });

  it('resolves a logarithm at a graded end', () => {
    expect(integratePanels(Math.log, gradedBreaks(0, 1, 0.5, 55), 14)).toBeCloseTo(-1, 14);
    expect(integratePanels((x) => Math.log(-x), gradedBreaks(0, -1, 0.5, 55), 14)).toBeCloseTo(-1, 14);
  });
});

describe('gradedBreaks', () => {
  it('ascends on both sides', () => {
    expect(gradedBreaks(1, 8, 0.5, 3)).toEqual([1, 2, 3, 5, 9]);
    expect(gradedBreaks(1, -8, 0.5, 3)).toEqual([-7, -3, -1, 0, 1]);
  });

  it.each([
    [Number.NaN, 1, 0.5, 1],
    [0, Number.POSITIVE_INFINITY, 0.5, 1],
    [0, 1, 1, 1],
    [0, 1, 0, 1],
    [0, 1, 0.5, -1],
  ])('refuses (%s, %s, %s, %s)', (at, span, ratio, levels) => {
    expect(() => gradedBreaks(at, span, ratio, levels)).toThrow(InverseClaimsError);
  });
});
