import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Batch, batch, batchOfRows } from '../src/core/batch.ts';
import {
  effectiveExamples,
  equicorrelatedExamples,
  kernelAlignment,
  requireKernelMatrix,
  signalGain,
} from './kernel-alignment.ts';
import { alignment } from './noise-averaging.ts';

interface KernelCase {
  readonly n: number;
  readonly d: number;
  readonly sigma: number;
  readonly K: readonly number[][];
  readonly s: readonly number[][];
  readonly alignment: readonly number[];
}
interface EquicorrelatedCase {
  readonly n: number;
  readonly rho: number;
  readonly nEff: number;
  readonly mu1: number;
  readonly alignment_d1: number;
  readonly alignment_d3: number;
}

const reference = JSON.parse(readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'));
const kernelCases = reference.T5_kernel as readonly KernelCase[];
const equicorrelatedCases = reference.T5_equicorrelated as readonly EquicorrelatedCase[];

const filled = (n: number, entry: (i: number, j: number) => number): Batch =>
  batchOfRows(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => entry(i, j))));
const column = (...values: number[]): Batch => batch(values.length, 1, Float64Array.from(values));
const PAIR = filled(2, (i, j) => (i === j ? 1 : 0.5));

describe('kernelAlignment', () => {
  it.each(kernelCases)('reference with $n examples in $d dimensions', ({ n, sigma, K, s, alignment: expected }) => {
    const found = kernelAlignment(batchOfRows(K), { signals: batchOfRows(s), noise: sigma });
    expect(found).toHaveLength(n);
    expected.forEach((value, i) => {
      expect(Math.abs(found[i]! - value)).toBeLessThan(1e-12 * Math.max(1e-2, Math.abs(value)));
    });
  });

  it('is the vote of nobody for a zero signal, and a sign without noise', () => {
    expect(kernelAlignment(PAIR, { signals: column(0, 1), noise: 1 })[0]).toBe(0);
    expect(kernelAlignment(PAIR, { signals: column(1, -4), noise: 0 })).toEqual(Float64Array.of(-1, 1));
    expect(
      kernelAlignment(
        filled(2, () => 0),
        { signals: column(1, 1), noise: 0 },
      ),
    ).toEqual(Float64Array.of(0, 0));
  });

  it('takes a covariance: σ² I is σ, and a common noise is not averaged at all', () => {
    const signals = column(1, 0.5);
    const byNumber = kernelAlignment(PAIR, { signals, noise: 0.7 });
    const byMatrix = kernelAlignment(PAIR, { signals, noise: filled(2, (i, j) => (i === j ? 0.49 : 0)) });
    byMatrix.forEach((value, i) => {
      expect(value).toBeCloseTo(byNumber[i]!, 13);
    });
    const common = kernelAlignment(PAIR, { signals: column(1, 1), noise: filled(2, () => 4) });
    expect(common[0]).toBeCloseTo(alignment(1, 0.5), 13);
  });

  it('is finite and within [−1, 1] whatever the scales', () => {
    for (const scale of [1e-140, 1e-9, 1, 1e140]) {
      for (const size of [1e-140, 1, 1e140]) {
        for (const noise of [0, 1e-140, 1, 1e140]) {
          const kernel = filled(3, (i, j) => (i === j ? scale : -scale / 4));
          const signals = batchOfRows([
            [size, 0],
            [-size, size],
            [0, 0],
          ]);
          for (const value of kernelAlignment(kernel, { signals, noise }))
            expect(Math.abs(value)).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it.each([
    ['not square', () => kernelAlignment(batch(1, 2), { signals: column(1), noise: 1 }), 'shape-mismatch'],
    [
      'asymmetric',
      () =>
        requireKernelMatrix(
          'k',
          batchOfRows([
            [1, 0.5],
            [0.4, 1],
          ]),
        ),
      'out-of-range',
    ],
    [
      'a negative eigenvalue',
      () =>
        requireKernelMatrix(
          'k',
          batchOfRows([
            [1, 2],
            [2, 1],
          ]),
        ),
      'out-of-range',
    ],
    [
      'a negative variance',
      () =>
        requireKernelMatrix(
          'k',
          batchOfRows([
            [1, 0],
            [0, -1],
          ]),
        ),
      'out-of-range',
    ],
    [
      'zero diagonal, coupled',
      () =>
        requireKernelMatrix(
          'k',
          batchOfRows([
            [0, 1],
            [1, 0],
          ]),
        ),
      'out-of-range',
    ],
    ['NaN', () => requireKernelMatrix('k', column(Number.NaN)), 'not-finite'],
    ['huge', () => requireKernelMatrix('k', column(1e200)), 'out-of-range'],
    ['negative noise', () => kernelAlignment(PAIR, { signals: column(1, 1), noise: -1 }), 'out-of-range'],
    [
      'indefinite noise',
      () => kernelAlignment(PAIR, { signals: column(1, 1), noise: filled(2, (i, j) => (i === j ? 1 : 2)) }),
      'out-of-range',
    ],
    ['too few signals', () => kernelAlignment(PAIR, { signals: column(1), noise: 1 }), 'shape-mismatch'],
    ['signals without components', () => kernelAlignment(PAIR, { signals: batch(2, 0), noise: 1 }), 'out-of-range'],
    ['a signal that is NaN', () => signalGain(PAIR, [Number.NaN, 1]), 'not-finite'],
    ['an empty row', () => effectiveExamples([]), 'out-of-range'],
    ['an infinite row', () => effectiveExamples([Number.POSITIVE_INFINITY]), 'not-finite'],
    ['too negative a coupling', () => equicorrelatedExamples(3, -0.6), 'out-of-range'],
    ['half an example', () => equicorrelatedExamples(1.5, 0), 'out-of-range'],
  ])('throws for %s', (_, call, code) => {
    expect(call).toThrow(expect.objectContaining({ name: 'InverseClaimsError', code }));
  });

  it('accepts kernels of deficient rank, up to rounding', () => {
    requireKernelMatrix(
      'k',
      filled(5, (i, j) => (i + 1) * (j + 1)),
    );
    requireKernelMatrix(
      'k',
      filled(4, (i, j) => Math.cos(i - j)),
    );
    requireKernelMatrix(
      'k',
      filled(3, () => 0),
    );
  });
});

describe('effective number of examples', () => {
  it.each(equicorrelatedCases)('reference n = $n, ρ = $rho', ({ n, rho, nEff, mu1, alignment_d1, alignment_d3 }) => {
    const row = Float64Array.from({ length: n }, (_, j) => (j === 0 ? 1 : rho));
    for (const effective of [equicorrelatedExamples(n, rho), effectiveExamples(row)]) {
      expect(effective / nEff).toBeCloseTo(1, 12);
      expect(alignment(1, Math.sqrt(effective) * mu1)).toBeCloseTo(alignment_d1, 12);
      expect(alignment(3, Math.sqrt(effective) * mu1)).toBeCloseTo(alignment_d3, 12);
    }
  });

  it('ends at 0 where the row cancels, and at n where it is constant', () => {
    expect(effectiveExamples([0, 0, 0])).toBe(0);
    expect(effectiveExamples([1, -1])).toBe(0);
    expect(effectiveExamples([1e-300, 1e-300])).toBe(2);
    expect(effectiveExamples([1e300, 1e300, 1e300])).toBe(3);
    expect(equicorrelatedExamples(5, -0.25)).toBe(0);
    expect(equicorrelatedExamples(1, -1)).toBe(1);
    expect(equicorrelatedExamples(Number.MAX_SAFE_INTEGER, 1)).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
  });
});

describe('signalGain', () => {
  it('is above 1 exactly where joint steps align better', () => {
    const kernel = filled(4, (i, j) => Math.exp(-0.3 * Math.abs(i - j)));
    const signals = [1, -0.1, 2, -3];
    const gains = signalGain(kernel, signals);
    const jointly = kernelAlignment(kernel, { signals: column(...signals), noise: 1.3 });
    signals.forEach((s, i) => {
      const alone = alignment(1, Math.abs(s) / 1.3);
      expect(jointly[i]).toBeCloseTo(alignment(1, (gains[i]! * Math.abs(s)) / 1.3), 13);
      expect(gains[i]! > 1).toBe(jointly[i]! > alone);
    });
    expect(signalGain(PAIR, [0, 1])[0]).toBe(0);
  });
});
