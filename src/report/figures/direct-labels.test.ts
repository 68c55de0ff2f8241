import { describe, expect, it } from 'vitest';
import { LINE_HEIGHT, placeLabels, wrapLabel } from './direct-labels.ts';

const at = (...heights: readonly number[]) => heights.map((y, k) => ({ text: `label ${k}`, color: 'red', y }));

describe('placeLabels', () => {
  it('leaves labels where they belong if they do not touch', () => {
    expect(placeLabels(at(20, 60, 100), 0, 200, 18).map((label) => label.placedY)).toEqual([20, 60, 100]);
  });

  it('moves labels apart and keeps their order', () => {
    const placed = placeLabels(at(50, 51, 49, 50), 0, 200, 18);
    expect(placed.map((label) => label.text)).toEqual(['label 2', 'label 0', 'label 3', 'label 1']);
    placed.slice(1).forEach((label, k) => {
      expect(label.placedY - (placed[k]?.placedY ?? 0)).toBeGreaterThanOrEqual(LINE_HEIGHT);
    });
  });

  it('pushes labels down from the upper end', () => {
    const placed = placeLabels(at(0, 0, 0), 0, 200, 18);
    expect(placed.map((label) => label.placedY)).toEqual([0, LINE_HEIGHT, 2 * LINE_HEIGHT]);
  });

  it('pushes labels back from the lower end', () => {
    const placed = placeLabels(at(199, 200, 200), 0, 200, 18);
    expect(Math.max(...placed.map((label) => label.placedY))).toBeLessThanOrEqual(200);
    expect(placed[2]!.placedY - placed[0]!.placedY).toBeCloseTo(2 * LINE_HEIGHT, 9);
  });
});

describe('wrapLabel', () => {
  it('breaks at spaces and keeps long words', () => {
    expect(wrapLabel('joint network and refinement', 14)).toEqual(['joint network', 'and refinement']);
    expect(wrapLabel('incomprehensibilities', 5)).toEqual(['incomprehensibilities']);
  });
});
