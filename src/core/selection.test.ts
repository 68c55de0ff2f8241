import { describe, expect, it } from 'vitest';
import { isNamed, isSelected } from './selection.ts';

const quick = { id: 'flow.a', tier: 'quick' } as const;
const full = { id: 'flow.b', tier: 'full' } as const;

describe('isNamed', () => {
  it('takes an id and prefixes that end at a dot, nothing else', () => {
    const named = ['flow.a', 'flow', 'flow.', 'flo', 'flow.a.', 'flow.ab', 'FLOW', ''];
    expect(named.filter((name) => isNamed('flow.a', name))).toEqual(['flow.a', 'flow', 'flow.']);
  });
});

describe('isSelected', () => {
  it('covers the tier where nothing is named', () => {
    expect([quick, full].map((claim) => isSelected(claim, { names: [], tier: 'quick' }))).toEqual([true, false]);
    expect([quick, full].map((claim) => isSelected(claim, { names: [], tier: 'full' }))).toEqual([true, true]);
  });

  it('covers what is named; of the full tier by prefix only where that is asked for', () => {
    const covered = (names: readonly string[], tier: 'quick' | 'full') =>
      [quick, full].map((claim) => isSelected(claim, { names, tier }));
    expect(covered(['flow'], 'quick')).toEqual([true, false]);
    expect(covered(['flow'], 'full')).toEqual([true, true]);
    expect(covered(['flow.b'], 'quick')).toEqual([false, true]);
    expect(covered(['other'], 'full')).toEqual([false, false]);
  });
});
