import { describe, expect, it } from 'vitest';
import { backtracking } from './backtracking.ts';
import { searchLine } from './line-search.ts';

type Line = (step: number) => { readonly value: number; readonly slope: number };

/** (1 − α)², with φ(0) = 1 and φ′(0) = −2. */
const parabola: Line = (a) => ({ value: (1 - a) ** 2, slope: 2 * (a - 1) });

describe('backtracking', () => {
  it('accepts the first of α₁, shrink α₁, … that decreases φ sufficiently', () => {
    for (const shrink of [0.1, 0.5, 0.9]) {
      for (const c1 of [1e-4, 0.3, 0.9]) {
        const { outcome, trials } = searchLine(backtracking(c1, shrink), parabola, 16);
        expect(outcome).toBe('accepted');
        let step = 16;
        for (const [k, trial] of trials.entries()) {
          expect(trial.step).toBe(step);
          // Armijo's condition on this parabola reads α <= 2 (1 − c1).
          expect(trial.step <= 2 * (1 - c1)).toBe(k === trials.length - 1);
          step *= shrink;
        }
      }
    }
  });

  it('accepts a first step that decreases enough, however short, and even with equality', () => {
    expect(searchLine(backtracking(), parabola, 1e-12).trials).toHaveLength(1);
    const straight: Line = (a) => ({ value: -0.25 * a, slope: -1 });
    expect(searchLine(backtracking(0.25), straight, 4).trials.map(({ step }) => step)).toEqual([4]);
    expect(searchLine(backtracking(0.25 + 2 ** -40), straight, 4).outcome).toBe('zoom-exhausted');
  });

  it('looks at values only: the slope of a trial is none of its business', () => {
    const steep: Line = (a) => ({ value: parabola(a).value, slope: a === 0 ? -2 : 1e9 });
    expect(searchLine(backtracking(), steep, 1).outcome).toBe('accepted');
  });

  it.each<[string, number]>([
    ['a flat line', 0],
    ['a line uphill', 1],
    ['a slope that is not a number', Number.NaN],
  ])('refuses %s without a trial', (_what, slope) => {
    const search = backtracking();
    expect(search.begin(0, slope, 1, 0)).toBeNaN();
    expect([search.outcome(), search.isLowest()]).toEqual(['not-a-descent-direction', false]);
  });

  it('gives up after 100 trials, or where steps no longer change the point', () => {
    const wall: Line = (a) => ({ value: a > 0 ? Number.NaN : 0, slope: -1 });
    const { outcome, trials } = searchLine(backtracking(), wall, 1);
    expect([outcome, trials.length]).toEqual(['zoom-exhausted', 100]);
    const coarse = searchLine(backtracking(), wall, 1, 0.01);
    expect(coarse.outcome).toBe('zoom-exhausted');
    expect(coarse.trials.map(({ step }) => step)).toEqual([1, 0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625]);
  });

  it('knows its lowest trial, also among those that do not decrease enough', () => {
    const search = backtracking(0.5);
    search.begin(0, -1, 8, 0);
    const told = [3, -0.5, -0.1, -0.7].map((value) => {
      search.tell(value, 0);
      return search.isLowest();
    });
    expect(told).toEqual([false, true, false, true]);
  });

  it('can be used again, whatever the search before left behind', () => {
    const search = backtracking();
    const lines: readonly Line[] = [
      parabola,
      (a) => ({ value: a, slope: 1 }),
      (a) => ({ value: -a, slope: -1 }),
      parabola,
    ];
    for (const line of lines) expect(searchLine(search, line, 8)).toEqual(searchLine(backtracking(), line, 8));
  });

  it('promises sufficient decrease with its own constant', () => {
    expect(backtracking(0.2).guarantee).toEqual({ kind: 'sufficient-decrease', c1: 0.2 });
  });

  it.each([
    ['c1', 0, 0.5, 'out-of-range'],
    ['c1', 1, 0.5, 'out-of-range'],
    ['c1', Number.NaN, 0.5, 'not-finite'],
    ['shrink', 1e-4, 0, 'out-of-range'],
    ['shrink', 1e-4, 1, 'out-of-range'],
    ['shrink', 1e-4, Number.NaN, 'not-finite'],
  ])('rejects a bad %s (%f, %f)', (name, c1, shrink, code) => {
    expect(() => backtracking(c1, shrink)).toThrow(expect.objectContaining({ code }));
    expect(() => backtracking(c1, shrink)).toThrow(`backtracking: "${name}"`);
  });
});
