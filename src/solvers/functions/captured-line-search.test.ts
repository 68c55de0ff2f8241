import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../../core/errors.ts';
import { backtracking } from '../backtracking.ts';
import { type LineSearch, type LineSearchFailure, searchLine } from '../line-search.ts';
import { strongWolfe } from '../strong-wolfe.ts';
import { type CapturedLineSearch, interpolated } from './captured-line-search.ts';

type SearchName = 'strong-wolfe' | 'backtracking';

/** How a search of ours ended on the line when the fixture was made. */
interface Recorded {
  readonly outcome: 'accepted' | LineSearchFailure;
  readonly evaluations: number;
}
interface Case extends CapturedLineSearch {
  readonly recorded: Readonly<Record<SearchName, Recorded>>;
}

/** JSON has neither infinities nor NaN: the fixture spells them. */
type Spelled = Omit<Case, 'values' | 'slopes'> & Record<'values' | 'slopes', readonly (number | string)[]>;
const fixture: { readonly cases: readonly Spelled[] } = JSON.parse(
  readFileSync(new URL('../../../fixtures/captured-line-searches.json', import.meta.url), 'utf8'),
);
const cases: readonly Case[] = fixture.cases.map((spelled) => ({
  ...spelled,
  values: spelled.values.map(Number),
  slopes: spelled.slopes.map(Number),
}));

const searches: Readonly<Record<SearchName, (given: Case) => LineSearch>> = {
  'strong-wolfe': ({ c1, c2 }) => strongWolfe({ c1, c2 }),
  backtracking: ({ c1 }) => backtracking(c1),
};
const names = Object.keys(searches) as SearchName[];
const replays = cases.flatMap((given) => names.map((name) => ({ given, name, line: given.name })));

describe('captured line searches', () => {
  it('are many, each under its own name, and hard in every way', () => {
    expect(cases.length).toBeGreaterThanOrEqual(48);
    expect(cases.filter(({ source }) => source.startsWith('ours: ')).length).toBeGreaterThanOrEqual(20);
    expect(cases.filter(({ source }) => source.startsWith('Moré & Thuente')).length).toBe(24);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    const outcomes = new Set(cases.map(({ recorded }) => recorded['strong-wolfe'].outcome));
    expect([...outcomes].sort()).toEqual(['accepted', 'no-bracket', 'not-a-descent-direction', 'zoom-exhausted']);
    expect(cases.filter(({ values }) => values.includes(Number.POSITIVE_INFINITY)).length).toBeGreaterThanOrEqual(5);
    expect(cases.some(({ values }) => values.some(Number.isNaN))).toBe(true);
  });

  it.each(cases)('$name goes through its triples, bit for bit', (given) => {
    const line = interpolated(given);
    given.alphas.forEach((alpha, k) => {
      expect(line(alpha)).toEqual({ value: given.values[k], slope: given.slopes[k] });
    });
  });

  it('repeat the formula they were made of', () => {
    const given = cases.find(({ name }) => name === 'Moré & Thuente 1 from 1000')!;
    given.alphas.forEach((a, k) => {
      expect(given.values[k]).toBeCloseTo(-a / (a * a + 2), 14);
      expect(given.slopes[k]).toBeCloseTo((a * a - 2) / (a * a + 2) ** 2, 14);
    });
  });

  it.each(replays)('$line: $name ends as recorded, or accepts a step that is one', ({ given, name }) => {
    const line = interpolated(given);
    const { outcome, trials, start } = searchLine(searches[name](given), line, given.firstStep, given.resolution);
    const recorded = given.recorded[name];
    expect(trials.length).toBeLessThanOrEqual(recorded.evaluations);
    expect(new Set(trials.map(({ step }) => step)).size).toBe(trials.length);
    expect(trials.every(({ step }) => step > 0 && Number.isFinite(step))).toBe(true);
    if (outcome !== 'accepted') {
      expect(outcome).toBe(recorded.outcome);
      return;
    }
    const step = trials.at(-1)!.step;
    const there = line(step);
    expect(there.value - given.c1 * step * start.slope).toBeLessThanOrEqual(start.value);
    if (name === 'backtracking') return;
    expect(Math.abs(there.slope) / Math.abs(start.slope)).toBeLessThanOrEqual(given.c2);
  });
});

const plain: CapturedLineSearch = {
  ...{ name: 'plain', source: 'ours', firstStep: 1, c1: 1e-4, c2: 0.9, resolution: 0, beyond: 'linear' },
  alphas: [0, 1, 3],
  values: [2, -1, 4],
  slopes: [-3, 0.5, 7],
};
const wall: CapturedLineSearch = {
  ...plain,
  values: [2, -1, Number.POSITIVE_INFINITY],
  slopes: [-3, 0.5, Number.NaN],
};

describe('interpolated', () => {
  it('repeats every cubic', () => {
    const cubic = (a: number) => ({ value: a ** 3 - 2 * a * a - a + 5, slope: 3 * a * a - 4 * a - 1 });
    const alphas = [0, 0.5, 1.25, 4];
    const [values, slopes] = (['value', 'slope'] as const).map((what) => alphas.map((a) => cubic(a)[what]));
    const line = interpolated({ ...plain, alphas, values: values!, slopes: slopes! });
    for (let a = 0; a <= 4; a += 0.03125) {
      expect(line(a).value).toBeCloseTo(cubic(a).value, 12);
      expect(line(a).slope).toBeCloseTo(cubic(a).slope, 12);
    }
  });

  it('has no jump in value or slope, and the slope is that of the value', () => {
    const line = interpolated(plain);
    const h = 1e-6;
    for (let a = 0.01; a < 4; a += 0.0099) {
      const difference = (line(a + h).value - line(a - h).value) / (2 * h);
      expect(line(a).slope).toBeCloseTo(difference, 4);
      expect(line(a + h).slope).toBeCloseTo(line(a - h).slope, 3);
    }
  });

  it('goes straight on beyond the last triple, or ends there', () => {
    expect(interpolated(plain)(5)).toEqual({ value: 18, slope: 7 });
    expect(interpolated({ ...plain, beyond: 'infinite' })(3)).toEqual({ value: 4, slope: 7 });
    expect(interpolated({ ...plain, beyond: 'infinite' })(3.001).value).toBe(Number.POSITIVE_INFINITY);
  });

  it('puts a wall right behind the last finite triple', () => {
    const line = interpolated(wall);
    expect(line(1)).toEqual({ value: -1, slope: 0.5 });
    expect(line(0.999).value).toBeLessThan(0);
    for (const a of [1 + Number.EPSILON, 2, 3, 4]) expect(line(a).value).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    ['shape-mismatch', { alphas: [] }],
    ['shape-mismatch', { values: [2, -1] }],
    ['shape-mismatch', { slopes: [-3, 0.5, 7, 8] }],
    ['out-of-range', { alphas: [0, 2, 2] }],
    ['out-of-range', { alphas: [0, 3, 1] }],
    ['out-of-range', { alphas: [0.5, 1, 3] }],
    ['not-finite', { alphas: [0, 1, Number.POSITIVE_INFINITY] }],
    ['not-finite', { alphas: [0, Number.NaN, 3] }],
    ['not-finite', { values: [Number.NaN, -1, 4] }],
    ['not-finite', { slopes: [Number.NEGATIVE_INFINITY, 0.5, 7] }],
  ] as const)('throws %s for %o', (code, fault) => {
    expect(() => interpolated({ ...plain, ...fault })).toThrow(InverseClaimsError);
    expect(() => interpolated({ ...plain, ...fault })).toThrow(expect.objectContaining({ code }));
  });
});
