import { describe, expect, it } from 'vitest';
import { type LineSearch, searchLine } from './line-search.ts';

/** Asks for the steps of a list, whatever it is told, and remembers that. */
function scripted(steps: readonly number[]) {
  const told: (readonly number[])[] = [];
  let begun: readonly number[] = [];
  let next = 0;
  const search: LineSearch = {
    guarantee: { kind: 'none' },
    begin: (...start) => {
      begun = start;
      next = 0;
      return steps[next++] ?? Number.NaN;
    },
    tell: (value, slope) => {
      told.push([value, slope]);
      return steps[next++] ?? Number.NaN;
    },
    isLowest: () => false,
    outcome: () => 'no-bracket',
  };
  return { search, told, begun: () => begun };
}

const line = (a: number) => ({ value: 10 + a, slope: a - 3 });

describe('searchLine', () => {
  it('begins at 0 and tells φ and φ′ of every step asked for, in order', () => {
    const { search, told, begun } = scripted([2, 5, 1]);
    const found = searchLine(search, line, 0.5, 1e-9);
    expect(begun()).toEqual([10, -3, 0.5, 1e-9]);
    expect(told).toEqual([
      [12, -1],
      [15, 2],
      [11, -2],
    ]);
    expect(found).toEqual({
      outcome: 'no-bracket',
      start: { step: 0, value: 10, slope: -3 },
      trials: [
        { step: 2, value: 12, slope: -1 },
        { step: 5, value: 15, slope: 2 },
        { step: 1, value: 11, slope: -2 },
      ],
    });
  });

  it('resolves every step unless it is told better', () => {
    const { search, begun } = scripted([]);
    expect(searchLine(search, line, 1).trials).toEqual([]);
    expect(begun()).toEqual([10, -3, 1, 0]);
  });

  it.each([
    [Number.NaN, 1],
    [Number.NEGATIVE_INFINITY, 1],
    [Number.POSITIVE_INFINITY, -1],
    [1, Number.NaN],
    [1, Number.NEGATIVE_INFINITY],
  ])('tells a trial of value %f and slope %f as +∞ with slope 0', (value, slope) => {
    const { search, told, begun } = scripted([1]);
    searchLine(search, (a) => (a === 0 ? line(0) : { value, slope }), 1);
    expect(told).toEqual([[Number.POSITIVE_INFINITY, 0]]);
    // At the start as well.
    searchLine(search, () => ({ value, slope }), 1);
    expect(begun().slice(0, 2)).toEqual([Number.POSITIVE_INFINITY, 0]);
  });
});
