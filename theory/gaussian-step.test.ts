import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { axialStepAlignment, gaussianStepAlignment } from './gaussian-step.ts';
import { alignment } from './noise-averaging.ts';

interface Row {
  readonly mean: readonly number[];
  readonly variances: readonly number[];
  readonly alignment: string;
}
const { T1b }: { T1b: readonly Row[] } = JSON.parse(
  readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'),
);
const relative = (value: number, exact: number): number => Math.abs(value / exact - 1);

describe('gaussianStepAlignment', () => {
  it.each(T1b)('mean $mean, variances $variances towards its mean', ({ mean, variances, alignment: exact }) => {
    expect(relative(gaussianStepAlignment({ mean, variances, direction: mean }), Number(exact))).toBeLessThan(1e-14);
  });

  it('is |m|/√λ noise averaging for equal variances, times the cosine to the direction', () => {
    const step = { mean: [0, 3, 4], variances: [4, 4, 4], direction: [0, 0, 2] };
    expect(relative(gaussianStepAlignment(step), 0.8 * alignment(3, 2.5))).toBeLessThan(1e-14);
  });

  it('takes steps that do not vary, also on some axes only', () => {
    const still = { mean: [3, 4], variances: [0, 0], direction: [1, 0] };
    expect(gaussianStepAlignment(still)).toBeCloseTo(0.6, 14);
    expect(gaussianStepAlignment({ ...still, mean: [0, 0] })).toBe(0);
    expect(gaussianStepAlignment({ mean: [1, 0], variances: [0, 1e-20], direction: [1, 0] })).toBeCloseTo(1, 14);
    // E 1/√(1 + z²) = e^{1/4} K₀(1/4)/√(2π).
    const exact = (Math.exp(0.25) * 1.5415067512483027) / Math.sqrt(2 * Math.PI);
    expect(relative(gaussianStepAlignment({ mean: [1, 0], variances: [0, 1], direction: [1, 0] }), exact)).toBeLessThan(
      1e-14,
    );
  });

  it('resolves variances of very different sizes', () => {
    const wide = { mean: [1, 0, 0], variances: [1, 1e-16, 1e16], direction: [1, 0, 0] };
    const value = gaussianStepAlignment(wide);
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(1e-6);
    const fixed = { mean: [1, 1e-9], variances: [1e-20, 1e-20], direction: [0, 1] };
    expect(relative(gaussianStepAlignment(fixed), 1e-9)).toBeLessThan(1e-12);
    expect(gaussianStepAlignment({ mean: [1e200, 0], variances: [1e300, 1], direction: [1, 0] })).toBeCloseTo(1, 14);
  });

  it('says what it cannot take', () => {
    const step = { mean: [1, 0], variances: [1, 1], direction: [1, 0] };
    expect(() => gaussianStepAlignment({ ...step, variances: [1] })).toThrow('received 2, 1 and 2');
    expect(() => gaussianStepAlignment({ mean: [], variances: [], direction: [] })).toThrow('at least 1');
    expect(() => gaussianStepAlignment({ ...step, variances: [1, -1] })).toThrow(
      '"variances": expected a finite number >= 0',
    );
    expect(() => gaussianStepAlignment({ ...step, mean: [Number.NaN, 0] })).toThrow('"mean"');
    expect(() => gaussianStepAlignment({ ...step, direction: [0, 0] })).toThrow('a vector that is not zero');
    expect(() => gaussianStepAlignment({ ...step, direction: [0, Infinity] })).toThrow('"direction"');
  });
});

describe('axialStepAlignment', () => {
  it('is the general formula with d − 1 equal axes, at any d', () => {
    const mean = [1.5, 0, 0, 0, 0];
    const variances = [0.2, 3, 3, 3, 3];
    const general = gaussianStepAlignment({ mean, variances, direction: mean });
    expect(relative(axialStepAlignment(5, 1.5, 0.2, 3), general)).toBeLessThan(1e-14);
    expect(relative(axialStepAlignment(1e6, 300, 1, 1), alignment(1e6, 300))).toBeLessThan(1e-13);
    expect(relative(axialStepAlignment(1, 0.7, 1, 99), alignment(1, 0.7))).toBeLessThan(1e-14);
  });

  it('says what it cannot take', () => {
    expect(() => axialStepAlignment(1.5, 1, 1, 1)).toThrow('axialStepAlignment: "d": expected an integer >= 1');
    expect(() => axialStepAlignment(2, Infinity, 1, 1)).toThrow('axialStepAlignment: "mean"');
    expect(() => axialStepAlignment(2, 1, -1, 1)).toThrow('axialStepAlignment: "along"');
    expect(() => axialStepAlignment(2, 1, 1, -1)).toThrow('axialStepAlignment: "across"');
  });
});
