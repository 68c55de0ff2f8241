import { describe, expect, it } from 'vitest';
import { chartAxis } from './axis.ts';

describe('chartAxis', () => {
  it('ends a round linear axis at ticks and a tight one at the data', () => {
    expect(chartAxis([0.03, 0.97], 'linear', 'round').domain).toEqual([0, 1]);
    expect(chartAxis([0.03, 0.97], 'linear', 'tight').domain).toEqual([0.03, 0.97]);
    expect(chartAxis([0, 1], 'linear', 'round').ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  it('maps values to positions and back', () => {
    for (const axis of [chartAxis([3, 40], 'linear', 'round'), chartAxis([1e-5, 20], 'log', 'round')]) {
      for (const value of [4, 9, 19]) expect(axis.valueAt(axis.position(value))).toBeCloseTo(value, 9);
      expect(axis.position(axis.domain[0])).toBeCloseTo(0, 12);
      expect(axis.position(axis.domain[1])).toBeCloseTo(1, 12);
    }
  });

  it('ignores what a log axis cannot show', () => {
    const axis = chartAxis([0, -1, 1e-3, 10, Number.NaN, Infinity], 'log', 'tight');
    expect(axis.domain[0]).toBeCloseTo(1e-3, 12);
    expect(axis.domain[1]).toBeCloseTo(10, 9);
    expect(axis.ticks).toEqual([1e-3, 1e-2, 1e-1, 1, 10]);
  });

  it('thins the ticks of long log axes and fills short ones', () => {
    expect(chartAxis([1e-12, 1], 'log', 'tight').ticks).toEqual([1e-12, 1e-9, 1e-6, 1e-3, 1]);
    expect(chartAxis([1, 1e12], 'log', 'tight').ticks).toEqual([1, 1e3, 1e6, 1e9, 1e12]);
    expect(chartAxis([1e-12, 1], 'log', 'tight').tickText(1e-9)).toBe('10⁻⁹');
    expect(chartAxis([1, 30], 'log', 'tight').ticks).toEqual([1, 2, 5, 10, 20]);
  });

  it('copes with no data and with a single value', () => {
    for (const scale of ['linear', 'log'] as const) {
      for (const values of [[], [5]]) {
        const { domain, ticks } = chartAxis(values, scale, 'round');
        expect(domain[0]).toBeLessThan(domain[1]);
        expect(ticks.length).toBeGreaterThan(0);
      }
    }
  });
});
