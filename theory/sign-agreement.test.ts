import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pairKernel } from './pair-kernel.ts';
import {
  couplingMoments,
  signAgreementBias,
  signAgreementCurve,
  signAgreementOfTwo,
  signGapConstant,
} from './sign-agreement.ts';
import { normalInputs, uniformInputs } from './symmetric-inputs.ts';
import type { Activation } from './tangent-kernels.ts';

interface CurvePoint {
  readonly kernel: Activation;
  readonly gamma: 'normal' | 'uniform';
  readonly n: number;
  readonly cltTheory: number;
  readonly kernelMc: number;
  readonly kernelSe: number;
  readonly slope: number;
}

const reference = JSON.parse(readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'));
const exactPairs = reference.T5_n2_exact as readonly { kernel: Activation; gamma: string; alignment: number }[];
const points = reference.T5_fig2b as readonly CurvePoint[];
const inputsNamed = (name: string) => (name === 'normal' ? normalInputs : uniformInputs());

const curves = new Map<string, (n: number) => number>();
function curveOf(kernel: Activation, gamma: string): (n: number) => number {
  const key = `${kernel} ${gamma}`;
  const curve = curves.get(key) ?? signAgreementCurve(pairKernel(kernel), inputsNamed(gamma));
  curves.set(key, curve);
  return curve;
}

describe('signAgreementOfTwo', () => {
  it.each(exactPairs)('reference $kernel, $gamma', ({ kernel, gamma, alignment }) => {
    expect(signAgreementOfTwo(pairKernel(kernel), inputsNamed(gamma)) / alignment).toBeCloseTo(1, 12);
  });

  it('is 1/2 for equal coupling and 1 for none', () => {
    expect(signAgreementOfTwo({ tangent: () => 1 }, normalInputs)).toBeCloseTo(0.5, 13);
    expect(signAgreementOfTwo({ tangent: (a, b) => (a === b ? 1 : 0) }, normalInputs)).toBeCloseTo(1, 13);
    expect(signAgreementOfTwo({ tangent: (a, b) => a * b }, uniformInputs(3))).toBeCloseTo(1, 13);
  });

  it('loses more with a larger output bias', () => {
    const values = [0, 0.1, 1, 10, 1e3].map((tangent) =>
      signAgreementOfTwo(pairKernel('relu', { tangent }), normalInputs),
    );
    for (let k = 1; k < values.length; k++) expect(values[k]).toBeLessThan(values[k - 1]!);
  });
});

describe('signAgreementCurve', () => {
  it.each(points)('reference $kernel, $gamma, n = $n', ({ kernel, gamma, n, cltTheory, kernelMc, kernelSe }) => {
    const value = curveOf(kernel, gamma)(n);
    // The reference integrates over the kink of ReLU with a fixed rule: good to 4.1e-8.
    expect(Math.abs(value - cltTheory)).toBeLessThan(kernel === 'relu' ? 5e-8 : 1e-12);
    expect(Math.abs(value - kernelMc)).toBeLessThanOrEqual(signAgreementBias(n) + 4.5 * kernelSe);
  });

  it('falls from 1 to a minimum and rises to 1 again', () => {
    const curve = curveOf('relu', 'uniform');
    const values = [1, 2, 4, 8, 16, 64, 1e3, 1e6, Number.MAX_SAFE_INTEGER].map(curve);
    expect(values[0]).toBe(1);
    for (let k = 1; k <= 3; k++) expect(values[k]).toBeLessThan(values[k - 1]!);
    for (let k = 4; k < values.length; k++) expect(values[k]).toBeGreaterThan(values[k - 1]!);
    expect(values.at(-1)).toBeGreaterThan(1 - 1e-6);
    expect(values.at(-1)).toBeLessThanOrEqual(1 + 1e-12);
  });

  it('does not depend on the scale of the kernel', () => {
    const { tangent, ...rest } = pairKernel('erf');
    const scaled = signAgreementCurve({ ...rest, tangent: (a, b) => 7 * tangent(a, b) }, uniformInputs());
    for (const n of [2, 8, 100]) expect(scaled(n)).toBeCloseTo(curveOf('erf', 'uniform')(n), 13);
  });

  it.each([0, 1.5, -1, Number.NaN, Number.POSITIVE_INFINITY])('throws for n = %s', (n) => {
    expect(() => curveOf('linear', 'normal')(n)).toThrow(expect.objectContaining({ name: 'InverseClaimsError' }));
    expect(() => signAgreementBias(n)).toThrow(expect.objectContaining({ name: 'InverseClaimsError' }));
  });
});

describe('signGapConstant', () => {
  it.each(points.filter(({ n }) => n === 1))('reference $kernel, $gamma', ({ kernel, gamma, slope }) => {
    expect(Math.abs(signGapConstant(pairKernel(kernel), inputsNamed(gamma)) - slope)).toBeLessThan(1e-8);
  });

  it('is 2/π and √(6/π) for the linear kernel', () => {
    expect(signGapConstant(pairKernel('linear'), normalInputs)).toBeCloseTo(2 / Math.PI, 13);
    expect(signGapConstant(pairKernel('linear'), uniformInputs())).toBeCloseTo(Math.sqrt(6 / Math.PI), 13);
  });

  it.each(['linear', 'relu', 'erf'] as const)('%s: is what the curve does at many examples', (kernel) => {
    for (const gamma of ['normal', 'uniform']) {
      const constant = signGapConstant(pairKernel(kernel), inputsNamed(gamma));
      expect((1 - curveOf(kernel, gamma)(1e8)) * 1e4).toBeCloseTo(constant, 4);
    }
  });

  it('throws where the step at small γ points the wrong way', () => {
    const reversed = { ...pairKernel('linear'), slopeAtZero: (b: number) => -b };
    expect(() => signGapConstant(reversed, normalInputs)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});

describe('inputs', () => {
  it('have moments by hand: h = γ E γ′², τ² = γ² Var γ′² + E γ′² for the linear kernel', () => {
    const { mean, variance } = couplingMoments(pairKernel('linear'), normalInputs, 0.8);
    expect(mean).toBeCloseTo(0.8, 13);
    expect(variance).toBeCloseTo(2 * 0.64 + 1, 12);
  });

  it('throw for a half-width that is not positive', () => {
    expect(() => uniformInputs(0)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    expect(() => uniformInputs(Number.NaN)).toThrow(expect.objectContaining({ code: 'not-finite' }));
  });
});
