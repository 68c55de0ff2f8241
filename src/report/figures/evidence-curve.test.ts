import { describe, expect, it } from 'vitest';
import { evidencePanels } from './evidence-curve.ts';

const frame = {
  marks: [{ value: 0.5, label: 'θ₀' }],
  threshold: 10,
  directions: { for: 'above', against: 'below' },
  unit: 'trials',
};
const point = (trials: number, logFor: number | null, logAgainst: number | null) => ({
  trials,
  mean: 0.8,
  lower: 0.2,
  upper: 1,
  logFor,
  logAgainst,
});

describe('evidencePanels', () => {
  it('shows the estimate with its interval and both directions with the threshold', () => {
    const [estimate, evidence] = evidencePanels({ label: 'c', points: [point(1, 1, 0), point(9, 11, -2)] }, frame);
    expect(estimate?.series[0]).toMatchObject({ x: [1, 9], y: [0.8, 0.8], low: [0.2, 0.2], high: [1, 1] });
    expect(estimate?.references).toEqual([{ axis: 'y', value: 0.5, label: 'θ₀' }]);
    expect(evidence?.series.map((series) => series.name)).toEqual(['above', 'below']);
    expect(evidence?.references?.[0]?.value).toBe(10);
  });

  it('cuts a collapsing line where it crosses the floor, and leaves −∞ out', () => {
    const points = [point(1, 1, 0), point(2, 2, -20), point(3, 3, null)];
    const below = evidencePanels({ label: 'c', points }, frame)[1]?.series[1];
    expect(below).toEqual({ name: 'below', x: [1, 1.5, 2, 3], y: [0, -10, null, null] });
  });

  it('has nothing to show before the first trial', () => {
    expect(evidencePanels({ label: 'c', points: [point(0, 0, 0)] }, frame)).toEqual([]);
  });

  it('turns to a logarithmic axis for long tests', () => {
    const scale = (last: number) =>
      evidencePanels({ label: 'c', points: [point(1, 0, 0), point(last, 1, 1)] }, frame)[0]?.x.scale;
    expect([scale(100), scale(5000)]).toEqual(['linear', 'log']);
  });
});
