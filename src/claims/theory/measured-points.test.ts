import { describe, expect, it } from 'vitest';
import type { Panel } from '../../core/figure.ts';
import { stream } from '../../core/random.ts';
import { confidenceSequence } from '../../verdicts/confidence-sequence.ts';
import { countsUpTo, type MeasuredPoints, overSeeds, withBands } from './measured-points.ts';

const axis = { label: 'x', scale: 'linear' } as const;
const bare: Panel = { title: '', x: axis, y: axis, series: [{ name: 'line', x: [0, 1], y: [0, 1] }] };
const points = (samples: readonly number[][], lowest: -1 | 0): MeasuredPoints => ({
  name: 'seen',
  pointsOf: 'line',
  x: samples.map((_, k) => k),
  samples,
  lowest,
});

describe('overSeeds', () => {
  it('asks one stream per seed and sorts by quantity, place and seed', () => {
    const samples = overSeeds(5, 'test', 3, (random) => [[random.uniform(), 1], [2]]);
    const drawn = [0, 1, 2].map((k) => stream(5, 'test', k).uniform());
    expect(samples).toEqual([[Float64Array.from(drawn), Float64Array.of(1, 1, 1)], [Float64Array.of(2, 2, 2)]]);
    expect(new Set(drawn).size).toBe(3);
  });
});

describe('withBands', () => {
  const votes = [1, 1, -1, 0, 1, 1, 1, -1, 1, 1];

  it('maps alignments to [0, 1] and the interval back', () => {
    const { panels, points: count } = withBands([{ ...bare, measured: [points([votes], -1)] }]);
    const { lower, upper } = confidenceSequence(
      votes.map((vote) => (1 + vote) / 2),
      { alpha: 0.025 },
    );
    const [line, seen] = panels[0]?.series ?? [];
    expect(count).toBe(1);
    expect(line).toEqual(bare.series[0]);
    expect(seen?.y[0]).toBeCloseTo(0.5, 14);
    expect(seen?.low?.[0]).toBeCloseTo(2 * lower - 1, 14);
    expect(seen?.high?.[0]).toBeCloseTo(2 * upper - 1, 14);
    expect(panels[0]).not.toHaveProperty('measured');
  });

  it('shares the error among all points of all panels', () => {
    const hits = [1, 0, 0, 1, 1, 1, 0, 1];
    const { panels, points: count } = withBands([
      { ...bare, measured: [points([hits, hits], 0)] },
      { ...bare, measured: [points([hits], 0), { ...points([hits], 0), name: 'again' }] },
    ]);
    const { lower, upper } = confidenceSequence(hits, { alpha: 0.05 / 8 });
    expect(count).toBe(4);
    for (const panel of panels) {
      for (const { low, high } of panel.series.slice(1)) {
        for (const value of low ?? []) expect(value).toBe(lower);
        for (const value of high ?? []) expect(value).toBe(upper);
      }
    }
  });
});

describe('countsUpTo', () => {
  it('has every small number once, ends at the largest, and rises', () => {
    for (const largest of [1, 10, 128, 1000, 10_000]) {
      const counts = countsUpTo(largest);
      expect(counts[0]).toBe(1);
      expect(counts.at(-1)).toBe(largest);
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      expect(new Set(counts).size).toBe(counts.length);
    }
    expect(countsUpTo(1000).slice(0, 8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
