import { describe, expect, it } from 'vitest';
import type { Facts } from '../core/claim.ts';
import { catalogue, trialSources } from './catalogue.ts';
import { figureSources } from './figure-catalogue.ts';
import { BUDGETS, COMPARED, RATIOS, runtimeFacts } from './runtime.ts';
import { comparedMethods, runtimeFigure, SHOWN_TRAININGS } from './runtime-figure.ts';

const PROBLEMS = 50;
const TRAININGS = 4;
const [network, bfgs, restarts] = COMPARED;
const never = Number.POSITIVE_INFINITY;

/** BFGS solves every other problem in 4 evaluations, multi-start three of four in 9, the network all but one. */
const trial: Facts = {
  ...runtimeFacts(
    {
      [network]: Array.from({ length: PROBLEMS }, (_, p) => (p === 0 ? never : p % 3)),
      [bfgs]: Array.from({ length: PROBLEMS }, (_, p) => (p % 2 === 0 ? 4 : never)),
      [restarts]: Array.from({ length: PROBLEMS }, (_, p) => (p % 4 === 0 ? never : 9)),
    },
    { [network]: 20 },
  ),
  jointEvaluations: 20,
  refinedEvaluations: 2.5,
};
const figure = runtimeFigure(
  { id: 'f', title: 't', what: 'What it is.', methods: comparedMethods(PROBLEMS) },
  Array.from({ length: TRAININGS }, () => trial),
);
const seriesOf = (panel: number, name: string) => {
  const found = figure.panels[panel]?.series.find((series) => series.name === name);
  if (found === undefined) throw new Error(`no series ${name}`);
  return found;
};

describe('a figure of runtimes', () => {
  it('shows the share solved within each budget, the network from the end of its training on', () => {
    const alone = seriesOf(0, bfgs);
    expect(alone.x).toEqual(BUDGETS);
    expect(alone.y.slice(0, 5)).toEqual([0, 0, 0, 0.5, 0.5]);
    const joint = seriesOf(0, network);
    expect(joint.x.slice(0, 4)).toEqual([1, 20, 21, 22]);
    expect(joint.y.slice(0, 4)).toEqual([0, 16 / 50, 33 / 50, 49 / 50]);
    expect([joint.low?.[0], joint.high?.[0]]).toEqual([0, 0]);
  });

  it('shows multi-start no further than its budget', () => {
    expect(seriesOf(0, restarts).x.at(-1)).toBe(BUDGETS.filter((budget) => budget <= 22.5).at(-1));
  });

  it('has bands of the error that is left for each of its six curves', () => {
    const halfWidth = Math.sqrt(Math.log(2 / (0.05 / 6)) / (2 * PROBLEMS * TRAININGS));
    const { y, low = [], high = [] } = seriesOf(0, bfgs);
    const last = y.length - 1;
    expect(low[last]).toBeCloseTo((y[last] as number) - halfWidth, 12);
    expect(high[last]).toBeCloseTo((y[last] as number) + halfWidth, 12);
    // Whole trainings are few: their band is wider than that of as many independent problems.
    const joint = seriesOf(0, network);
    expect((joint.high?.[1] as number) - (joint.low?.[1] as number)).toBeGreaterThan(4 * halfWidth);
  });

  it('has curves inside their bands, all in steps', () => {
    for (const series of figure.panels.flatMap((panel) => panel.series)) {
      expect(series.steps).toBe(true);
      series.y.forEach((value, k) => {
        expect(series.low?.[k]).toBeLessThanOrEqual(value as number);
        expect(series.high?.[k]).toBeGreaterThanOrEqual(value as number);
      });
    }
  });

  it('shows profiles against the best method on each problem', () => {
    const profile = seriesOf(1, bfgs);
    expect(profile.x).toEqual(RATIOS);
    // Where BFGS solves a problem it is the best.
    expect(profile.y[0]).toBe(0.5);
    expect(seriesOf(1, network).y[0]).toBe(0);
    expect(figure.caption).toContain('What it is. 4 trainings.');
  });

  it('refuses trials without runtimes', () => {
    const figureOf = (facts: Facts) => () =>
      runtimeFigure({ id: 'f', title: 't', what: '', methods: comparedMethods(PROBLEMS) }, [facts]);
    expect(figureOf({})).toThrow('fact "jointEvaluations"');
    expect(figureOf({ jointEvaluations: 1, refinedEvaluations: 1 })).toThrow('solved within budget');
  });
});

describe('the figures of runtimes', () => {
  const sources = figureSources.filter(({ id }) => id.endsWith('-runtime'));

  it('stand beside claims that read the same trials', () => {
    expect(sources.map(({ id }) => id)).toEqual([
      'wave-packet-runtime',
      'billiards-runtime',
      'ks-runtime',
      'flow-runtime',
    ]);
    for (const { beside, trials = [] } of sources) {
      for (const { source, count } of trials) {
        expect(count).toBe(SHOWN_TRAININGS);
        expect(catalogue.source(source.id)).toBe(source);
        for (const id of beside) expect(trialSources(catalogue.claim(id))).toContain(source);
      }
    }
  });
});
