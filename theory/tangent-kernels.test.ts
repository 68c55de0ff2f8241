import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../src/core/errors.ts';
import { pairKernel } from './pair-kernel.ts';
import {
  type Activation,
  activationExpectations,
  erfTangentKernel,
  linearTangentKernel,
  networkKernels,
  reluTangentKernel,
} from './tangent-kernels.ts';

interface KernelValue {
  readonly a: number;
  readonly b: number;
  readonly relu: string;
  readonly erf: string;
}

const reference = JSON.parse(readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'));
const values = reference.T5_kernelValues as readonly KernelValue[];
const GRID = [-1e60, -1e8, -50, -3, -1, -0.25, -1e-9, -1e-200, 0, 1e-300, 1e-9, 0.5, 1, 2, 7, 1e4, 1e30, 1e60];

/** Twelve significant digits of K, counted from the size of its terms. */
function expectTwelveDigits(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected)));
}

describe('kernels on single numbers', () => {
  it.each(values)('K($a, $b) to twelve digits', ({ a, b, relu, erf }) => {
    expectTwelveDigits(reluTangentKernel(a, b), Number(relu));
    expectTwelveDigits(erfTangentKernel(a, b), Number(erf));
  });

  it('are those of the recursion on (γ, 1)', () => {
    for (const a of [-3, -0.5, 0, 0.1, 2]) {
      for (const b of [-2, -0.5, 0, 0.3, 4]) {
        expectTwelveDigits(reluTangentKernel(a, b), networkKernels('relu', 1, [a, 1], [b, 1]).tangent);
        expectTwelveDigits(erfTangentKernel(a, b), networkKernels('erf', 1, [a, 1], [b, 1]).tangent);
        expectTwelveDigits(linearTangentKernel(a, b), networkKernels('linear', 0, [a, 1], [b, 1]).tangent);
        expectTwelveDigits(pairKernel('relu').output(a, b), networkKernels('relu', 1, [a, 1], [b, 1], 0).output);
      }
    }
  });

  it('are finite on the whole domain, symmetric, and unchanged by a common sign', () => {
    for (const kernel of [linearTangentKernel, reluTangentKernel, erfTangentKernel]) {
      for (const a of GRID) {
        for (const b of GRID) {
          const value = kernel(a, b);
          expect(Number.isFinite(value), `${kernel.name}(${a}, ${b}) = ${value}`).toBe(true);
          expect(kernel(b, a)).toBe(value);
          expect(kernel(-a, -b)).toBe(value);
        }
      }
    }
  });

  it('keep their digits for opposite inputs far away, where the terms cancel', () => {
    // 2(π − θ)(1 − g²) with π − θ = 2 arctan(1/g) = 2/g − 2/(3g³) + …, so K(g, −g) = −g/π + 1 + O(1/g).
    expect(reluTangentKernel(1e12, -1e12)).toBeCloseTo(-1e12 / Math.PI + 1, 3);
    expect(erfTangentKernel(1e12, -1e12)).toBeCloseTo(-1 - (4 / Math.PI) * (1e12 / Math.sqrt(20)) + 1, 3);
  });

  it('take the output bias as an option', () => {
    expect(reluTangentKernel(1, 2, 0)).toBeCloseTo(reluTangentKernel(1, 2) - 1, 14);
    expect(erfTangentKernel(1, 2, 3)).toBeCloseTo(erfTangentKernel(1, 2) + 2, 14);
    expect(pairKernel('erf', { tangent: 0, initial: 2 }).output(0, 0)).toBeCloseTo(
      2 + (2 / Math.PI) * Math.asin(2 / 3),
      14,
    );
  });

  it.each(['linear', 'relu', 'erf'] as const)('%s: the slope at zero is that of the kernel', (activation) => {
    const { tangent, slopeAtZero } = pairKernel(activation);
    for (const b of [-3, -0.7, 0.01, 0.4, 1, 6]) {
      const step = 1e-5 * Math.min(1, Math.abs(b));
      expect(slopeAtZero(b)).toBeCloseTo((tangent(step, b) - tangent(-step, b)) / (2 * step), 7);
    }
  });
});

describe('activationExpectations', () => {
  it('knows perfectly correlated, opposite, independent and vanishing pairs', () => {
    expect(activationExpectations('relu', { xx: 4, xy: 4, yy: 4 })).toEqual({ values: 2, slopes: 0.5 });
    expect(activationExpectations('relu', { xx: 4, xy: -4, yy: 4 })).toEqual({ values: 0, slopes: 0 });
    expect(activationExpectations('relu', { xx: 1, xy: 0, yy: 1 }).values).toBeCloseTo(1 / (2 * Math.PI), 15);
    expect(activationExpectations('relu', { xx: 0, xy: 0, yy: 1 })).toEqual({ values: 0, slopes: 0.25 });
    expect(activationExpectations('erf', { xx: 0, xy: 0, yy: 0 })).toEqual({ values: 0, slopes: 4 / Math.PI });
    expect(activationExpectations('linear', { xx: 2, xy: -1, yy: 3 })).toEqual({ values: -1, slopes: 1 });
  });
});

describe('networkKernels', () => {
  it('adds (L + 1) x·y + L(L + 1)/2 up for a linear network of L hidden layers', () => {
    for (const layers of [0, 1, 2, 5]) {
      const { output, tangent } = networkKernels('linear', layers, [1, 2], [3, -0.5]);
      expect(output).toBe(2 + layers);
      expect(tangent).toBe((layers + 1) * 2 + (layers * (layers + 1)) / 2);
    }
  });

  it('halves the square of a ReLU network without biases per layer, and is its depth times as large', () => {
    // Σˡ(x, x) = |x|²/2ˡ and Θᴸ(x, x) = (L + 1)|x|²/2ᴸ.
    for (const layers of [1, 2, 3, 7]) {
      const { output, tangent } = networkKernels('relu', layers, [3, 4], [3, 4], 0);
      expect(output).toBeCloseTo(25 / 2 ** layers, 12);
      expect(tangent).toBeCloseTo(((layers + 1) * 25) / 2 ** layers, 12);
    }
  });

  it('is finite for parallel, opposite, equal, zero and huge inputs', () => {
    const inputs = [
      [0, 0],
      [1, 0],
      [-1, 0],
      [1, 1e-12],
      [1e-200, 1e-200],
      [3e59, -3e59],
    ];
    for (const activation of ['linear', 'relu', 'erf'] as const) {
      for (const layers of [1, 2, 4]) {
        for (const x of inputs) {
          for (const y of inputs) {
            const { output, tangent } = networkKernels(activation, layers, x, y, 0);
            expect(Number.isFinite(output) && Number.isFinite(tangent), `${activation} ${layers} ${x} ${y}`).toBe(true);
          }
        }
      }
    }
  });
});

describe('bad input', () => {
  it.each([
    [() => reluTangentKernel(Number.NaN, 1), 'not-finite'],
    [() => erfTangentKernel(1, 1e61), 'out-of-range'],
    [() => linearTangentKernel(1, 1, -1), 'out-of-range'],
    [() => pairKernel('erf', { initial: -1 }), 'out-of-range'],
    [() => networkKernels('tanh' as Activation, 1, [1], [1]), 'unknown-option'],
    [() => networkKernels('relu', 1.5, [1], [1]), 'out-of-range'],
    [() => networkKernels('relu', 1, [1], [1, 2]), 'shape-mismatch'],
    [() => networkKernels('relu', 1, [1], [Number.POSITIVE_INFINITY]), 'not-finite'],
    [() => networkKernels('relu', 1, [1], [1], -2), 'out-of-range'],
    [() => activationExpectations('relu', { xx: 1, xy: 2, yy: 1 }), 'out-of-range'],
    [() => activationExpectations('gelu' as Activation, { xx: 1, xy: 0, yy: 1 }), 'unknown-option'],
  ])('throws for %s', (call, code) => {
    expect(call).toThrow(InverseClaimsError);
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});
