import { describe, expect, it } from 'vitest';
import { etdrk4Weights } from './etdrk4.ts';

/** The formulas of Cox & Matthews 2002, which cancel where z is small. */
function closedFormulas(z: number) {
  const e = Math.exp(z);
  return {
    propagator: e,
    halfPropagator: Math.exp(z / 2),
    stage: (Math.exp(z / 2) - 1) / z,
    first: (-4 - z + e * (4 - 3 * z + z * z)) / z ** 3,
    middle: (2 + z + e * (z - 2)) / z ** 3,
    last: (-4 - 3 * z - z * z + e * (4 - z)) / z ** 3,
  };
}

/** Σ zⁿ/(n + 3)! · c(n): the same as series, from exp(z) = Σ zᵐ/m!. */
function series(z: number) {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const sum = (of: (n: number) => number): number =>
    Array.from({ length: 25 }, (_, n) => of(n) * z ** n).reduce((total, term) => total + term, 0);
  // Coefficient of z^(n + 3) in exp(z) z^p.
  const shifted = (n: number, p: number): number => 1 / factorial(n + 3 - p);
  return {
    propagator: Math.exp(z),
    halfPropagator: Math.exp(z / 2),
    stage: sum((n) => 0.5 ** (n + 1) / factorial(n + 1)),
    first: sum((n) => 4 * shifted(n, 0) - 3 * shifted(n, 1) + shifted(n, 2)),
    middle: sum((n) => shifted(n, 1) - 2 * shifted(n, 0)),
    last: sum((n) => 4 * shifted(n, 0) - shifted(n, 1)),
  };
}

type Expected = ReturnType<typeof closedFormulas>;

function expectWeights(z: number, step: number, expected: Expected, tolerance: number): void {
  const weights = etdrk4Weights([z / step], step);
  for (const name of Object.keys(expected) as (keyof Expected)[]) {
    const scale = name.endsWith('ropagator') ? 1 : step;
    const right = scale * expected[name];
    expect(Math.abs(weights[name][0]! - right), `${name} at ${z}`).toBeLessThanOrEqual(tolerance * Math.abs(right));
  }
}

describe('weights of ETDRK4', () => {
  it.each([-1e5, -300, -40, -7.5, -2, 2, 5])('are the closed formulas where these do not cancel: h l = %d', (z) => {
    expectWeights(z, 0.25, closedFormulas(z), 1e-13);
  });

  it.each([-1, -0.3, -1e-3, -1e-9, 0, 1e-12, 1e-4, 0.06, 0.5, 1])('are their series near 0: h l = %d', (z) => {
    // A circle around ±1 passes 0 closely, where the formulas cancel.
    expectWeights(z, 0.125, series(z), Math.abs(z) === 1 ? 1e-12 : 2e-14);
  });

  it('are those of the classical method of Runge and Kutta where nothing is linear', () => {
    const { stage, first, middle, last } = etdrk4Weights([0], 1);
    expect(stage[0]).toBeCloseTo(1 / 2, 14);
    expect(first[0]).toBeCloseTo(1 / 6, 14);
    expect(2 * middle[0]!).toBeCloseTo(1 / 3, 14);
    expect(last[0]).toBeCloseTo(1 / 6, 14);
  });

  it('are finite however stiff a mode is', () => {
    const weights = etdrk4Weights([-1e12, -1e6, -1e3], 0.5);
    for (const values of Object.values(weights)) expect([...values].every(Number.isFinite)).toBe(true);
  });
});
