import { describe, expect, it } from 'vitest';
import { analyze, realFourierPlan, synthesize } from './real-fourier.ts';

const SIZES = [4, 8, 16, 32, 64, 128, 256, 512];

/** Numbers that no symmetry connects. */
const values = (points: number): Float64Array =>
  Float64Array.from({ length: points }, (_, x) => Math.sin(1 + 7 * x * x));

/** Re X_0, …, Re X_{N/2}, Im X_{N/2−1}, …, Im X_1 by the definition. */
function packedTransform(u: Float64Array): Float64Array {
  const points = u.length;
  const sum = (k: number, part: (angle: number) => number): number =>
    u.reduce((total, value, x) => total + value * part((2 * Math.PI * ((k * x) % points)) / points), 0);
  return u.map((_, j) => (j <= points / 2 ? sum(j, Math.cos) : -sum(points - j, Math.sin)));
}

function analyzed(u: Float64Array): Float64Array {
  const plan = realFourierPlan(u.length);
  const result = Float64Array.from(plan.order, (x) => u[x]!);
  analyze(plan, result);
  return result;
}

/** Rᵀ c, back in the order of the grid. */
function synthesized(coefficients: Float64Array): Float64Array {
  const plan = realFourierPlan(coefficients.length);
  const result = coefficients.slice();
  synthesize(plan, result);
  const u = new Float64Array(result.length);
  plan.order.forEach((x, p) => {
    u[x] = result[p]!;
  });
  return u;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

function expectNear(found: Float64Array, expected: Float64Array): void {
  const differences = found.map((value, i) => Math.abs(value - expected[i]!));
  expect(Math.max(...differences)).toBeLessThan(1e-13 * found.length);
}

describe.each(SIZES)('the real transform of %i points', (points) => {
  it('visits every point once', () => {
    expect([...realFourierPlan(points).order].sort((a, b) => a - b)).toEqual(
      Array.from({ length: points }, (_, x) => x),
    );
  });

  it('is the discrete Fourier transform, packed', () => {
    expectNear(analyzed(values(points)), packedTransform(values(points)));
  });

  it('has the synthesis as its transpose', () => {
    const [u, c] = [values(points), values(points).reverse()];
    expect(Math.abs(dot(analyzed(u), c) - dot(u, synthesized(c)))).toBeLessThan(1e-12 * points);
  });

  it('comes back by the synthesis of normalized coefficients', () => {
    const normalized = analyzed(values(points)).map(
      (value, j) => (value * (j === 0 || j === points / 2 ? 1 : 2)) / points,
    );
    expectNear(synthesized(normalized), values(points));
  });
});
