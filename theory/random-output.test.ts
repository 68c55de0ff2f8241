import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pairKernel } from './pair-kernel.ts';
import { randomOutputCurve, signCorrelation } from './random-output.ts';
import { signAgreementCurve } from './sign-agreement.ts';
import { normalInputs, uniformInputs } from './symmetric-inputs.ts';
import type { Activation } from './tangent-kernels.ts';

interface Row {
  readonly kernel: Activation;
  readonly gamma: string;
  readonly n: number;
  readonly bvnTheory: number;
}

const reference = JSON.parse(readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'));
const rows = reference.T5_randomOutput as readonly Row[];

describe('signCorrelation', () => {
  it('is the arcsine law without means, and the product without correlation', () => {
    for (const rho of [-1, -0.999999, -0.3, 0, 0.2, 0.9, 1 - 1e-12, 1]) {
      expect(signCorrelation(0, 0, rho)).toBeCloseTo((2 / Math.PI) * Math.asin(rho), 13);
    }
    expect(signCorrelation(0.3, -1.2, 0)).toBeCloseTo(0.235822844377905 * -0.769860659556583, 12);
  });

  it('is 1 − 2 P(signs differ) for equal and opposite variables', () => {
    // ρ = 1: the signs differ where Z lies between −a and −b.
    for (const [a, b] of [
      [0.3, 0.5],
      [-2, 0.1],
      [1, 1],
      [-3, -3],
    ] as const) {
      const between = Math.abs(signCorrelation(a, 9, 0) - signCorrelation(b, 9, 0)) / 2;
      expect(signCorrelation(a, b, 1)).toBeCloseTo(1 - 2 * between, 12);
      expect(signCorrelation(a, -b, -1)).toBeCloseTo(-(1 - 2 * between), 12);
    }
  });

  it('does not change when the variables trade places, and stays within [−1, 1] on the whole domain', () => {
    for (const a of [0, 1e-300, 0.1, 1, 5, 39, 1e9]) {
      for (const b of [-1e9, -41, -2, 0, 3, 1e9]) {
        for (const rho of [-1, -0.5, 0, 1e-9, 0.7, 0.99999999, 1]) {
          const value = signCorrelation(a, b, rho);
          expect(Math.abs(value)).toBeLessThanOrEqual(1);
          expect(signCorrelation(b, a, rho)).toBeCloseTo(value, 13);
        }
      }
    }
  });

  it('has the slope (2/π) exp(−(a² + b² − 2ρab) / 2(1 − ρ²)) / √(1 − ρ²) in ρ', () => {
    for (const [a, b, rho] of [
      [0.4, 1.1, 0.3],
      [-1, 0.2, 0.8],
      [2, 2.1, 0.99],
      [0.5, 0.5, -0.6],
    ] as const) {
      const step = 1e-5;
      const slope = (signCorrelation(a, b, rho + step) - signCorrelation(a, b, rho - step)) / (2 * step);
      const rest = 1 - rho * rho;
      const density = Math.exp(-(a * a + b * b - 2 * rho * a * b) / (2 * rest)) / Math.sqrt(rest);
      expect(slope).toBeCloseTo((2 / Math.PI) * density, 6);
    }
  });

  it.each([
    [Number.NaN, 0, 0],
    [0, Number.POSITIVE_INFINITY, 0],
    [0, 0, 1.1],
  ])('throws for (%s, %s, %s)', (a, b, rho) => {
    expect(() => signCorrelation(a, b, rho)).toThrow(expect.objectContaining({ name: 'InverseClaimsError' }));
  });
});

describe('randomOutputCurve', () => {
  const curves = {
    relu: randomOutputCurve(pairKernel('relu'), uniformInputs()),
    erf: randomOutputCurve(pairKernel('erf'), uniformInputs()),
  };
  const uniform = rows.filter(({ gamma, n }) => gamma === 'uniform' && n > 1) as readonly (Row & {
    kernel: 'relu' | 'erf';
  })[];

  it.each(uniform)('reference $kernel, uniform, n = $n', ({ kernel, n, bvnTheory }) => {
    const tolerance = n === 1e9 ? 1e-6 : 4e-7;
    expect(Math.abs(curves[kernel](n) - bvnTheory)).toBeLessThan(tolerance);
  });

  it('reference erf, normal', () => {
    const curve = randomOutputCurve(pairKernel('erf'), normalInputs);
    for (const { kernel, gamma, n, bvnTheory } of rows) {
      if (kernel !== 'erf' || gamma !== 'normal' || n === 1) continue;
      expect(Math.abs(curve(n === 1e9 ? Number.POSITIVE_INFINITY : n) - bvnTheory)).toBeLessThan(1e-7);
    }
  });

  it('ends at a plateau below 1, and starts at 1', () => {
    const plateau = curves.relu(Number.POSITIVE_INFINITY);
    expect(plateau).toBeCloseTo(0.7058, 4);
    expect(curves.relu(Number.MAX_SAFE_INTEGER)).toBeCloseTo(plateau, 6);
    expect(curves.relu(1)).toBe(1);
  });

  it('is the curve of a zero output where the targets dwarf the output', () => {
    const large = randomOutputCurve(pairKernel('erf'), uniformInputs(), 1e9);
    const zero = signAgreementCurve(pairKernel('erf'), uniformInputs());
    for (const n of [2, 8, 64]) expect(large(n)).toBeCloseTo(zero(n), 6);
  });

  it('throws for n and scales that make no sense', () => {
    for (const n of [0, 2.5, Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect(() => curves.erf(n)).toThrow(expect.objectContaining({ name: 'InverseClaimsError' }));
    }
    expect(() => randomOutputCurve(pairKernel('erf'), uniformInputs(), 0)).toThrow(
      expect.objectContaining({ code: 'out-of-range' }),
    );
  });
});
