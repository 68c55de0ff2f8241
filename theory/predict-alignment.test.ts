import { describe, expect, it } from 'vitest';
import { type Batch, batch } from '../src/core/batch.ts';
import { InverseClaimsError } from '../src/core/errors.ts';
import { stream } from '../src/core/random.ts';
import { equicorrelatedExamples } from './kernel-alignment.ts';
import { alignment } from './noise-averaging.ts';
import { predictAlignment, type TrainingSetup } from './predict-alignment.ts';
import { zeroGradientAlignment } from './zero-gradients.ts';

const base: TrainingSetup = { d: 2, signal: 0.5, sigma: 1, n: 8, coupling: 0.5 };
const equal = (n: number, rho: number): Batch =>
  batch(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : rho)),
  );
const value = (setup: Partial<TrainingSetup>): number =>
  predictAlignment({ ...base, ...setup }).alignment ?? Number.NaN;

/** Mean over examples and draws of the cosine to s of a step in which every gradient is drawn; |s| along the first axis. */
function simulated({ d, signal, sigma, n, miss = 0 }: TrainingSetup, kernel: Batch, draws: number): number {
  const random = stream(11, 'predict-alignment');
  let total = 0;
  for (let k = 0; k < draws; k++) {
    const hits = Array.from({ length: n }, () => random.uniform() >= miss);
    const gradients = hits.map((hit) =>
      Array.from({ length: d }, (_, c) => (hit ? (c === 0 ? signal : 0) + sigma * random.normal() : 0)),
    );
    for (let i = 0; i < n; i++) {
      const step = Array.from({ length: d }, (_, c) =>
        gradients.reduce((sum, g, j) => sum + (kernel.data[i * n + j] as number) * (g[c] as number), 0),
      );
      const length = Math.hypot(...step);
      total += length === 0 ? 0 : (step[0] as number) / length;
    }
  }
  return total / (n * draws);
}

describe('predictAlignment', () => {
  it.each([
    { n: 6, d: 2, miss: 0.5, coupling: 0.3 },
    { n: 9, d: 1, miss: 0.8, coupling: 0.1 },
    { n: 4, d: 3, miss: 0.2, coupling: 1 },
    { n: 5, d: 2, miss: 0.4, coupling: 0 },
  ])('agrees with drawn steps: %o', (change) => {
    const setup = { ...base, ...change };
    // Hoeffding's inequality over 4000 independent steps with values in [−1, 1] fails once in 1e4 at 0.07.
    expect(Math.abs(simulated(setup, equal(setup.n, setup.coupling), 4000) - value(change))).toBeLessThan(0.07);
  });

  it('agrees with drawn steps for kernels of unequal rows and mixed signs', () => {
    const kernel = batch(3, 3, Float64Array.of(2, 1, -0.5, 1, 1, 0, -0.5, 0, 3));
    for (const miss of [0, 0.5]) {
      const setup = { ...base, n: 3, miss, coupling: kernel };
      expect(Math.abs(simulated(setup, kernel, 4000) - value(setup))).toBeLessThan(0.07);
    }
  });

  it('reduces to noise averaging, to a single example, to effective examples, and to zero gradients', () => {
    for (const n of [1, 2, 17, 1000, 10 ** 12]) {
      for (const d of [1, 2.5, 100]) {
        const mu = base.signal / base.sigma;
        expect(value({ n, d, coupling: 1 })).toBeCloseTo(alignment(d, Math.sqrt(n) * mu), 13);
        expect(value({ n, d, coupling: 0, miss: 0.25 })).toBe(0.75 * alignment(d, mu));
        const effective = equicorrelatedExamples(n, 0.3);
        expect(value({ n, d, coupling: 0.3 })).toBeCloseTo(alignment(d, Math.sqrt(effective) * mu), 13);
        expect(value({ n, d, coupling: 1, miss: 0.7 })).toBeCloseTo(zeroGradientAlignment({ n, d, mu, q: 0.7 }), 12);
      }
    }
    expect(predictAlignment({ ...base, coupling: 0.3 }).effectiveExamples).toBe(equicorrelatedExamples(8, 0.3));
  });

  it('gives a kernel matrix the values of the coupling it has', () => {
    for (const n of [1, 2, 5, 9]) {
      for (const miss of [0, 0.3, 0.9, 1]) {
        for (const coupling of [0, 0.2, 1]) {
          const known = predictAlignment({ ...base, n, miss, coupling });
          const matrix = predictAlignment({ ...base, n, miss, coupling: equal(n, coupling) });
          expect(matrix.alignment).toBeCloseTo(known.alignment as number, 13);
          expect(matrix.noMoveProbability).toBeCloseTo(known.noMoveProbability, 14);
          expect(matrix.effectiveExamples).toBeCloseTo(known.effectiveExamples, 12);
        }
      }
    }
  });

  it('bounds what it does not enumerate, on both sides and not far off', () => {
    for (const miss of [0.1, 0.5, 0.9]) {
      for (const coupling of [0.2, 0.6, 1]) {
        const setup = { ...base, n: 20, miss };
        const truth = value({ ...setup, coupling });
        const { alignment: none, bounds, reasons } = predictAlignment({ ...setup, coupling: equal(20, coupling) });
        expect(none).toBeUndefined();
        expect(reasons.join()).toContain('only bounds');
        expect(bounds.lower).toBeLessThanOrEqual(truth);
        expect(bounds.upper).toBeGreaterThanOrEqual(truth - 1e-14);
        expect(bounds.lower).toBeGreaterThan(0.1 * truth);
      }
    }
    const opposed = batch(
      20,
      20,
      Float64Array.from({ length: 400 }, (_, k) => ((k % 20) + Math.floor(k / 20)) % 2).map((odd) => 1 - 2 * odd),
    );
    const { bounds } = predictAlignment({ ...base, n: 20, miss: 0.5, coupling: opposed });
    expect(bounds.lower).toBe(-bounds.upper);
    expect(predictAlignment({ ...base, n: 20, miss: 0, coupling: opposed }).alignment).toBe(0);
  });

  it('never falls with the number of examples, and with misses only under weak coupling', () => {
    for (const coupling of [0, 0.05, 0.5, 1]) {
      for (const miss of [0, 0.4, 0.95]) {
        const curve = [1, 2, 3, 8, 20, 100, 10_000].map((n) => value({ n, miss, coupling }));
        curve.slice(1).forEach((next, k) => {
          expect(next).toBeGreaterThanOrEqual((curve[k] as number) - 1e-14);
        });
      }
    }
    for (const coupling of [0.5, 1]) {
      const fall = [0, 0.2, 0.5, 0.9, 1].map((miss) => value({ n: 30, miss, coupling }));
      expect(fall).toEqual(fall.toSorted((a, b) => b - a));
    }
    expect(value({ n: 100, miss: 0.2, coupling: 0.02 })).toBeGreaterThan(value({ n: 100, coupling: 0.02 }));
  });

  it.each([
    { coupling: 1, miss: 0, target: 0.9 },
    { coupling: 0.1, miss: 0.5, target: 0.5 },
    { coupling: 0.7, miss: 0.9, target: 0.99 },
  ])('finds the smallest number of examples that reaches the target: %o', (change) => {
    const n = predictAlignment({ ...base, ...change }).examplesForTarget as number;
    expect(value({ ...change, n })).toBeGreaterThanOrEqual(change.target);
    expect(value({ ...change, n: n - 1 })).toBeLessThan(change.target);
  });

  it('says where no number of examples is enough, or the number is not known', () => {
    const never = [{ signal: 0 }, { miss: 1 }, { coupling: 0 }];
    for (const change of never) {
      const { examplesForTarget, reasons } = predictAlignment({ ...base, ...change });
      expect(examplesForTarget).toBe(Number.POSITIVE_INFINITY);
      expect(reasons[0]).toMatch(/^no number of examples: /);
    }
    expect(predictAlignment({ ...base, coupling: 0, target: 0.2 }).examplesForTarget).toBe(1);
    expect(predictAlignment({ ...base, signal: 1e-9 })).toMatchObject({ reasons: ['it takes 2^53 examples or more'] });
    expect(predictAlignment({ ...base, coupling: equal(8, 0.5) }).examplesForTarget).toBeUndefined();
  });

  it('survives extreme numbers', () => {
    expect(value({ signal: 1e300, sigma: 1e-300, miss: 0.5, n: 3, coupling: 1 })).toBeCloseTo(1 - 1 / 8, 14);
    expect(value({ n: Number.MAX_SAFE_INTEGER, miss: 0.5 })).toBeGreaterThan(0.999);
    const tiny = batch(2, 2, Float64Array.of(1, 1e-200, 1e-200, 1));
    const mu = base.signal / base.sigma;
    // Whoever misses is moved by the other, however weak the coupling.
    expect(value({ n: 2, miss: 0.5, coupling: tiny })).toBeCloseTo(0.75 * alignment(2, mu), 14);
    expect(value({ n: 2, coupling: batch(2, 2, Float64Array.of(0, 0, 0, 1)) })).toBe(alignment(2, mu) / 2);
  });

  it.each([
    [{ d: 0.5 }, 'out-of-range'],
    [{ d: Number.NaN }, 'not-finite'],
    [{ n: 0 }, 'out-of-range'],
    [{ n: 1.5 }, 'out-of-range'],
    [{ n: 2 ** 53 }, 'out-of-range'],
    [{ sigma: 0 }, 'out-of-range'],
    [{ signal: -1 }, 'out-of-range'],
    [{ signal: Number.POSITIVE_INFINITY }, 'not-finite'],
    [{ miss: 1.1 }, 'out-of-range'],
    [{ coupling: -0.1 }, 'out-of-range'],
    [{ coupling: 1.1 }, 'out-of-range'],
    [{ target: 0 }, 'out-of-range'],
    [{ target: 1 }, 'out-of-range'],
    [{ n: 2, coupling: batch(3, 3) }, 'shape-mismatch'],
    [{ n: 2, coupling: batch(2, 2, Float64Array.of(1, 0.5, 0.4, 1)) }, 'out-of-range'],
    [{ n: 2, coupling: batch(2, 2, Float64Array.of(1, 2, 2, 1)) }, 'out-of-range'],
  ] as const)('refuses %o', (change, code) => {
    try {
      predictAlignment({ ...base, ...change });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InverseClaimsError);
      expect((error as InverseClaimsError).code).toBe(code);
    }
  });
});
