import { describe, expect, it } from 'vitest';
import { chaoticSumOfThree } from '../../../theory/chaos.ts';
import { MILD_CHAOS_RANGE, STRONG_CHAOS_RANGE } from '../../../theory/chaos-laws.ts';
import { alignment } from '../../../theory/noise-averaging.ts';
import { pairKernel } from '../../../theory/pair-kernel.ts';
import { signAgreementBias, signAgreementCurve, signAgreementOfTwo } from '../../../theory/sign-agreement.ts';
import {
  sineLandscapeSum,
  sineLandscapeVote,
  sineNoiseOnlySum,
  sineNoiseOnlyVote,
} from '../../../theory/sine-landscape.ts';
import { normalInputs } from '../../../theory/symmetric-inputs.ts';
import { majorityVote } from '../../../theory/voting.ts';
import { stuckFraction, zeroGradientAlignment } from '../../../theory/zero-gradients.ts';
import type { Figure, Series } from '../../core/figure.ts';
import { catalogue } from '../catalogue.ts';
import { DEFAULT_SEED } from '../defaults.ts';
import { figureSources } from '../figure-catalogue.ts';
import { chaosFigure } from './chaos-figure.ts';
import { figure2a } from './figure-2a.ts';
import { figure2b } from './figure-2b.ts';
import { theoryFigures } from './figures.ts';
import { figure2c, figure2d } from './landscape-figures.ts';
import { zeroGradientFigure } from './zero-gradient-figure.ts';

const context = { seed: DEFAULT_SEED, backend: 'float64' } as const;
const [SEEDS, NETWORKS, CHAOS_SEEDS] = [400, 40, 4000];
const figures: readonly Figure[] = [
  figure2a(context, SEEDS),
  await figure2b(context, SEEDS, NETWORKS),
  figure2c(context, SEEDS),
  figure2d(context, SEEDS),
  zeroGradientFigure(context, SEEDS),
  chaosFigure(context, CHAOS_SEEDS),
];

const measuredOf = (figure: Figure, panel: number): readonly Series[] =>
  figure.panels[panel]?.series.filter(({ pointsOf }) => pointsOf !== undefined) ?? [];

/** Points that do not have the value of the theory in their band, widened by the budget of the theory. */
function outside(series: Series, theory: (x: number) => number, budget: (x: number) => number = () => 0): number[] {
  return series.x.filter((x, k) => {
    const value = theory(x);
    const [low, high] = [series.low?.[k] ?? Number.NaN, series.high?.[k] ?? Number.NaN];
    return !(low - budget(x) <= value && value <= high + budget(x));
  });
}

const one = (id: string, panel: number, pointsOf: string): Series => {
  const figure = figures.find((each) => each.id === id) as Figure;
  return measuredOf(figure, panel).find((series) => series.pointsOf === pointsOf) as Series;
};

describe('theoryFigures', () => {
  it('has ids of its own, beside claims that exist', () => {
    const ids = figureSources.flatMap((source) => source.figures);
    expect(new Set(ids).size).toBe(ids.length);
    expect(theoryFigures.flatMap((source) => source.figures)).toEqual(figures.map(({ id }) => id));
    for (const { beside } of theoryFigures) {
      expect(beside.length).toBeGreaterThan(0);
      for (const id of beside) expect(catalogue.claim(id).id).toBe(id);
    }
  });

  it.each(figures)('figure $id says what its points are, and that formulas are ours', (figure) => {
    expect(figure.caption).toContain(`averages over ${figure.id === 'theory-chaos' ? CHAOS_SEEDS : SEEDS} seeds`);
    const points = figure.panels.flatMap((_, k) => measuredOf(figure, k).flatMap(({ x }) => x));
    expect(figure.caption).toContain(`95 % for all ${points.length} points`);
    expect(figure.caption).toMatch(/of ours/);
    expect(figure.caption).not.toMatch(/paper/i);
  });

  it.each(figures)('figure $id draws points on lines it has, and averages within their bands', (figure) => {
    figure.panels.forEach((panel, k) => {
      const lines = panel.series.filter(({ pointsOf }) => pointsOf === undefined).map(({ name }) => name);
      expect(new Set(panel.series.map(({ name }) => name)).size).toBe(panel.series.length);
      expect(measuredOf(figure, k).length).toBeGreaterThan(0);
      for (const { pointsOf, x, y, low, high } of measuredOf(figure, k)) {
        expect(lines).toContain(pointsOf);
        for (let i = 0; i < x.length; i++) {
          expect(low?.[i]).toBeLessThanOrEqual(y[i] as number);
          expect(high?.[i]).toBeGreaterThanOrEqual(y[i] as number);
          expect((high?.[i] as number) - (low?.[i] as number)).toBeGreaterThan(0);
        }
      }
    });
  });

  it('gives the same figure for the same seed, and another one for another', async () => {
    const compute = async (seed: number): Promise<readonly Figure[]> => {
      const other = { ...context, seed };
      return [
        figure2a(other, 4),
        await figure2b(other, 4, 2),
        figure2c(other, 4),
        figure2d(other, 4),
        zeroGradientFigure(other, 4),
        chaosFigure(other, 4),
      ];
    };
    const first = await compute(1);
    expect(await compute(1)).toEqual(first);
    const second = await compute(2);
    first.forEach((figure, k) => {
      expect(second[k]).not.toEqual(figure);
    });
  });
});

describe('exact theory lies in every band of the default seed', () => {
  it.each([1, 3, 10, 100])('noise averaging in %s dimensions', (d) => {
    expect(outside(one('2a', 0, `d = ${d}`), (n) => alignment(d, Math.sqrt(n) * 0.3))).toEqual([]);
  });

  it.each([
    ['2c', 'noise and landscape', sineLandscapeSum],
    ['2c', 'noise only', sineNoiseOnlySum],
    ['2d', 'noise and landscape', sineLandscapeVote],
    ['2d', 'noise only', sineNoiseOnlyVote],
  ] as const)('figure %s, %s', (id, line, theory) => {
    [Math.PI / 2, 1].forEach((a, panel) => {
      expect(outside(one(id, panel, line), (n) => theory({ n, sigma: 1, a }))).toEqual([]);
    });
  });

  it('zero gradients', () => {
    for (const n of [1, 4, 16, 64]) {
      const points = one('theory-zero-gradients', 0, n === 1 ? 'one example' : `n = ${n}`);
      expect(outside(points, (q) => zeroGradientAlignment({ n, q, d: 2, mu: 0.5 }))).toEqual([]);
    }
    for (const [line, degree] of [
      ['uncoupled', 1],
      ['5 coupled', 5],
      ['all 16 coupled', 16],
    ] as const) {
      const points = one('theory-zero-gradients', 1, line);
      expect(outside(points, (q) => stuckFraction(q, new Array<number>(16).fill(degree)))).toEqual([]);
    }
  });

  it('chaos: the sum of three, votes, and the laws within their budgets', () => {
    expect(outside(one('theory-chaos', 0, 'sum'), (tau) => chaoticSumOfThree(0.7, tau))).toEqual([]);
    expect(outside(one('theory-chaos', 0, 'vote'), () => majorityVote(3, 0.7))).toEqual([]);
    expect(outside(one('theory-chaos', 1, 'vote'), () => majorityVote(100, 0.6))).toEqual([]);
    const line = figures.at(-1)?.panels[1]?.series.find(({ name }) => name === 'sum') as Series;
    const law = new Map(line.x.map((tau, k) => [tau, line.y[k] ?? null]));
    const points = one('theory-chaos', 1, 'sum');
    const budgetAt = (tau: number): number => {
      const k = line.x.indexOf(tau);
      return (line.y[k] as number) - (line.low?.[k] as number);
    };
    expect(budgetAt(1)).toBeCloseTo(MILD_CHAOS_RANGE.budget, 14);
    expect(budgetAt(3)).toBeCloseTo(STRONG_CHAOS_RANGE.budget, 14);
    const missing = points.x.filter((tau) => law.get(tau) === null);
    expect(missing).toEqual([1.5, 2]);
    const lawAt = (tau: number): number => law.get(tau) ?? 0.5;
    expect(outside(points, lawAt, (tau) => (missing.includes(tau) ? 1 : 0.04))).toEqual([]);
  });

  it('tangent kernels: exact for one and two examples, within the budget for more, and for networks', () => {
    for (const [line, activation] of [
      ['ReLU', 'relu'],
      ['erf', 'erf'],
    ] as const) {
      const kernel = pairKernel(activation, { tangent: 1 / 128 });
      const curve = signAgreementCurve(kernel, normalInputs);
      const theory = (n: number): number => (n === 2 ? signAgreementOfTwo(kernel, normalInputs) : curve(n));
      const budget = (n: number): number => (n === 2 ? 0 : signAgreementBias(n));
      expect(outside(one('2b', 0, line), theory, budget)).toEqual([]);
      if (line === 'ReLU') expect(outside(one('2b', 1, line), theory, (n) => budget(n) + 0.01)).toEqual([]);
    }
  });

  it('would not lie there if it were wrong', () => {
    expect(outside(one('2a', 0, 'd = 10'), (n) => alignment(9, Math.sqrt(n) * 0.3))).not.toEqual([]);
    expect(outside(one('2c', 0, 'noise and landscape'), () => 0.5)).not.toEqual([]);
    expect(outside(one('theory-zero-gradients', 1, '5 coupled'), (q) => q ** 4)).not.toEqual([]);
  });
});
