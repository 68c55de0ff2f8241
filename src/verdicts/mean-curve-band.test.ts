import { describe, expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import { type Band, bandOfSteps } from './band.ts';
import { confidenceSequence } from './confidence-sequence.ts';
import { dkwBand } from './dkw-band.ts';
import { meanCurveBand } from './mean-curve-band.ts';

const GRID = [1, 2, 4, 8, 16];
const PROBLEMS = 64;

/**
 * A training that succeeds, with probability 0.7, solves within e evaluations each of its 64 problems with probability
 * 1 − 0.7^e; one that fails solves none. The mean curve is known; problems of one training depend on each other.
 */
const truth = (e: number): number => 0.7 * (1 - 0.7 ** e);

function curve(repetition: number, k: number): readonly number[] {
  const random = stream(240808119, 'test/mean-curve', 1000 * repetition + k);
  const succeeds = random.uniform() < 0.7;
  const times = Array.from({ length: PROBLEMS }, () => Math.ceil(Math.log(random.uniform()) / Math.log(0.7)));
  return GRID.map((e) => (succeeds ? times.filter((t) => t <= e).length / PROBLEMS : 0));
}

const outside = ({ low, high }: Band): boolean =>
  GRID.some((e, k) => truth(e) < (low[k] as number) || truth(e) > (high[k] as number));

function missed(band: (curves: readonly (readonly number[])[]) => Band, trainings: number): number {
  const repetitions = 1000;
  let misses = 0;
  for (let r = 0; r < repetitions; r++) {
    if (outside(band(Array.from({ length: trainings }, (_, k) => curve(r, k))))) misses += 1;
  }
  return misses / repetitions;
}

describe('meanCurveBand', () => {
  it('misses the mean curve in at most α of the samples, at any number of curves', () => {
    for (const trainings of [3, 20]) {
      expect(
        missed((curves) => meanCurveBand(curves, 0.2), trainings),
        `K = ${trainings}`,
      ).toBeLessThan(0.2);
    }
  });

  it('is needed: a band that takes the problems of one training for independent misses it in most of them', () => {
    const pooled = (curves: readonly (readonly number[])[]): Band => {
      const shares = GRID.map((_, j) => curves.reduce((sum, each) => sum + (each[j] as number), 0) / curves.length);
      return dkwBand(shares, curves.length * PROBLEMS, 0.2);
    };
    expect(missed(pooled, 20)).toBeGreaterThan(0.5);
  });

  it('is at every point at least as tight as the interval there with α/(2m) on each side, and carries bounds on', () => {
    const curves = Array.from({ length: 20 }, (_, k) => curve(0, k));
    const { low, high } = meanCurveBand(curves, 0.05);
    GRID.forEach((_, j) => {
      const column = curves.map((each) => each[j] as number);
      const { lower, upper } = confidenceSequence(column, { alpha: 0.005 });
      expect(low[j]).toBeGreaterThanOrEqual(lower);
      expect(high[j]).toBeLessThanOrEqual(upper);
    });
    // Few values that scatter widely at the second point: bounds of its neighbors are tighter there.
    const scattered = meanCurveBand([[0.5, 0.5], [0.5, 1], ...Array(20).fill([0.5, 0.5])], 0.05);
    expect(scattered.low[1]).toBeGreaterThanOrEqual(scattered.low[0] as number);
    const steps = bandOfSteps(scattered);
    expect(steps.high[0]).toBe(scattered.high[1]);
    for (const bounds of [low, high]) expect([...bounds].sort((a, b) => a - b)).toEqual(bounds);
  });

  it('refuses curves of different lengths, none, and curves that fall', () => {
    expect(() => meanCurveBand([[0.1], [0.1, 0.2]], 0.05)).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
    expect(() => meanCurveBand([], 0.05)).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
    expect(() => meanCurveBand([[0.2, 0.1]], 0.05)).toThrow(/curve 0: point 1/);
    expect(() => meanCurveBand([[0.2]], 0)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});
