import { describe, expect, it } from 'vitest';
import { DEFAULT_SEED } from '../defaults.ts';
import { gradientClaims } from './gradient-claims.ts';
import { growthFigure, growthFigureSource } from './growth-figure.ts';

describe('growth of gradients', () => {
  it('orders quantiles, names its claims, and starts the guide at the first median', () => {
    const { panels } = growthFigure({ seed: DEFAULT_SEED, backend: 'float64' }, 16);
    expect(panels.length).toBe(2);
    for (const { series } of panels) {
      const [, most, many, median, few, guide] = series.map(({ y }) => y as readonly number[]);
      expect(guide?.[0]).toBe(median?.[0]);
      median?.forEach((value, k) => {
        expect(few?.[k]).toBeLessThanOrEqual(value);
        expect(many?.[k]).toBeGreaterThanOrEqual(value);
        expect(most?.[k]).toBeGreaterThanOrEqual(many?.[k] as number);
      });
    }
    expect(growthFigureSource.beside).toEqual(gradientClaims.map(({ id }) => id));
  });
});
