import { describe, expect, it } from 'vitest';
import { batch, row } from '../core/batch.ts';
import type { InverseProblem } from '../core/problem.ts';
import { stream } from '../core/random.ts';
import { missShare } from '../simulators/billiard-hits.ts';
import { billiardsProblem, billiardsTable } from '../simulators/billiards-problem.ts';
import { priorProblem } from '../simulators/prior-problem.ts';
import { averaging, measuredAveraging } from './averaging.ts';
import { networkCoupling } from './coupling.ts';
import { cosineOf, framedGradients, gradientProbe } from './gradient-probe.ts';
import { growthProbe } from './growth-probe.ts';
import { landscapeProbe } from './landscape-probe.ts';
import { rayShape } from './ray-shape.ts';
import { type DiagnosedProblem, standardized, unitsOf } from './standardized-problem.ts';

/** Find x in [−1, 1]ⁿ from y = g(x), coordinate by coordinate; starts are drawn from the prior. */
function coordinatewise(n: number, g: (x: number) => number, slope: (x: number) => number, noise = 0): InverseProblem {
  const axis = (name: string) => [{ name, length: n, unit: '1' }];
  return priorProblem({
    id: 'planted',
    prior: Array.from({ length: n }, (_, j) => ({
      name: `x${j}`,
      unit: '1',
      distribution: { kind: 'uniform', low: -1, high: 1 } as const,
    })),
    start: 'prior',
    noise,
    simulator: {
      name: 'planted',
      input: axis('x'),
      identifiers: [],
      output: axis('y'),
      forward: (x) => batch(x.rows, n, x.data.map(g)),
      vjp: (x) => ({
        y: batch(x.rows, n, x.data.map(g)),
        pullback: (yBar) =>
          batch(
            x.rows,
            n,
            yBar.data.map((value, i) => value * slope(x.data[i]!)),
          ),
      }),
    },
  });
}

const bowl = coordinatewise(
  3,
  (x) => x,
  () => 1,
);
const folded = coordinatewise(1, Math.abs, Math.sign);
const probe = (problem: InverseProblem, count = 400) => gradientProbe(framedGradients(problem, count, 1))!;

describe('units', () => {
  it('are mean and deviation of the hidden solutions, and leave losses as they are', () => {
    const units = unitsOf(bowl, 5);
    for (const each of units.scale) {
      expect(each).toBeCloseTo(1 / Math.sqrt(3), 1);
    }
    const inner = standardized(bowl, units);
    const { task, reference } = inner.draw(4, 9);
    const [outer, at] = [bowl.draw(4, 9), inner.simulator.forward(reference.truth, task.identifiers)];
    for (const [i, value] of at.data.entries()) {
      expect(value).toBeCloseTo(outer.task.observed.data[i]!, 12);
    }
    const yBar = batch(4, 3, new Float64Array(12).fill(1));
    const xBar = inner.simulator.vjp(task.start, task.identifiers).pullback(yBar);
    for (const [i, value] of xBar.data.entries()) {
      expect(value).toBeCloseTo(units.scale[i % 3]!, 12);
    }
  });

  it('fall back to the distance of the start, then to 1', () => {
    const one = (start: readonly number[]): DiagnosedProblem => ({
      ...bowl,
      draw: (count, seed) => {
        const { task } = bowl.draw(count, seed);
        const constant = (values: readonly number[]) =>
          batch(
            count,
            3,
            Float64Array.from({ length: 3 * count }, (_, i) => values[i % 3]!),
          );
        return { task: { ...task, start: constant(start) }, reference: { truth: constant([0.1, 0.1, 0.1]) } };
      },
    });
    const { scale } = unitsOf(one([0.1, 4.1, -1.9]), 1);
    expect(scale.map((each) => Number(each.toFixed(9)))).toEqual([1, 4, 2]);
  });
});

describe('gradients', () => {
  it('of a bowl lead to its bottom', () => {
    const { zero, wrongWay, alignment, nonFinite } = probe(bowl);
    expect([zero.value, wrongWay.value, nonFinite.value]).toEqual([0, 0, 0]);
    expect(alignment.value).toBeCloseTo(1, 12);
  });

  it('are zero as often as an exact formula says they are, for billiards', () => {
    const { zero } = probe(billiardsProblem('single'), 2000);
    const { radius, horizon } = billiardsTable;
    const exact = missShare({
      contact: 2 * radius,
      horizon,
      distance: { low: 0.4, high: 0.8 },
      targetSpread: Math.PI / 4,
      shotSpread: 0,
      speed: { low: 1.5, high: 1.5 },
    });
    expect(zero.low).toBeLessThan(exact);
    expect(zero.high).toBeGreaterThan(exact);
    expect(zero.high - zero.low).toBeLessThan(0.05);
  });

  it('of a folded bowl lead away wherever the solution has the other sign: half of the time', () => {
    const { wrongWay, alignment } = probe(folded, 2000);
    // Away where signs differ, unless the start is nearer to 0 than the solution: 1/2 − 1/4.
    expect(wrongWay.low).toBeLessThan(0.25);
    expect(wrongWay.high).toBeGreaterThan(0.25);
    expect(alignment.value).toBeCloseTo(1 - 2 * wrongWay.value, 12);
  });

  it('that are not finite are counted, and left out', () => {
    const holes = coordinatewise(
      1,
      (x) => x,
      (x) => (x > 0.5 ? Number.NaN : 1),
    );
    const { nonFinite, zero } = probe(holes);
    expect(nonFinite.value).toBeGreaterThan(0.15);
    expect(zero.count).toBe(400 - Math.round(400 * nonFinite.value));
    const nothing = coordinatewise(
      1,
      (x) => x,
      () => Number.NaN,
    );
    expect(gradientProbe(framedGradients(nothing, 20, 1))).toBeUndefined();
  });

  it('have a cosine that survives tiny and huge numbers', () => {
    expect(cosineOf(Float64Array.of(3e-200, 4e-200))).toBeCloseTo(0.6, 12);
    expect(cosineOf(Float64Array.of(3e200, 4e200))).toBeCloseTo(0.6, 12);
    expect(cosineOf(Float64Array.of(0, 0))).toBe(0);
  });
});

describe('landscape', () => {
  it('of a bowl has no trap and a straight way from everywhere', () => {
    const { trapped, straightWay, basin, minima } = landscapeProbe(bowl, 60, 1);
    expect([trapped.value, straightWay.value, basin.value, minima.value]).toEqual([0, 1, 2, 0]);
  });

  it('of a folded bowl traps the rays that go far enough across the fold', () => {
    const { trapped, straightWay, startDistance } = landscapeProbe(folded, 300, 2);
    // Towards the fold, from a solution nearer to it than half the length of the ray: the mirror image is another minimum.
    expect(trapped.low).toBeLessThan(startDistance / 2);
    expect(trapped.high).toBeGreaterThan(startDistance / 2);
    // The straight way crosses the fold where signs differ.
    expect(straightWay.low).toBeLessThan(0.5);
    expect(straightWay.high).toBeGreaterThan(0.5);
  });

  it('is not taken for trapped because of noise', () => {
    const noisy = coordinatewise(
      2,
      (x) => x,
      () => 1,
      0.05,
    );
    expect(landscapeProbe(noisy, 60, 1).trapped.value).toBe(0);
  });

  it('ends basins at plateaus and at peaks', () => {
    expect(rayShape([0, 1, 2, 2, 2])).toEqual({ basin: 2, minima: 0 });
    expect(rayShape([1, 0, 5, 4, 6, 5, 7])).toEqual({ basin: 2, minima: 2 });
    expect(rayShape([0, 1, Number.NaN, 3, 2, 3])).toEqual({ basin: 2, minima: 1 });
    expect(rayShape([5, 5, 5])).toEqual({ basin: 0, minima: 0 });
    expect(rayShape([0, 1, 2, 1])).toEqual({ basin: 2, minima: 0 });
  });
});

describe('averaging', () => {
  const noisy = (dimension: number, count: number, noise: (random: ReturnType<typeof stream>) => number) =>
    Array.from({ length: count }, (_, i) => {
      const random = stream(3, 'planted-noise', i);
      return Float64Array.from({ length: dimension }, (_unused, j) => (j === 0 ? 0.5 : 0) + noise(random));
    });

  it('agrees with theory where noise is Gaussian and some gradients are zero', () => {
    const framed = noisy(3, 4096, (random) => random.normal()).map((each, i) =>
      i % 4 === 0 ? each.map(() => 0) : each,
    );
    const gradients = gradientProbe({ framed, drawn: framed.length, nonFinite: 0 })!;
    const { measured, predicted, signalToNoise } = averaging(3, gradients, framed, 1);
    expect(signalToNoise.low).toBeLessThan(0.5);
    expect(signalToNoise.high).toBeGreaterThan(0.5);
    for (const { k, losses } of measured) {
      const theory = predicted.find(({ n }) => n === k)!;
      expect(Math.abs(losses.value - theory.value)).toBeLessThan(0.06);
      expect(losses.low).toBeLessThan(theory.high);
      expect(losses.high).toBeGreaterThan(theory.low);
    }
    expect(measured.at(-1)?.k).toBe(256);
  });

  it('gains nothing from Cauchy noise, unless gradients vote', () => {
    const cauchy = noisy(1, 8192, (random) => Math.tan(Math.PI * (random.uniform() - 0.5)));
    const last = measuredAveraging(cauchy).find(({ k }) => k === 64)!;
    expect(last.losses.high).toBeLessThan(0.6);
    expect(last.votes.low).toBeGreaterThan(last.losses.high);
  });

  it('has no signal where gradients lead away', () => {
    const away = noisy(2, 400, (random) => random.normal() - 1);
    const gradients = gradientProbe({ framed: away, drawn: 400, nonFinite: 0 })!;
    const { signalToNoise, predicted } = averaging(2, gradients, away, 0.5);
    expect(signalToNoise.value).toBe(0);
    expect(predicted.map(({ value }) => value)).toEqual(Array(11).fill(0));
  });
});

describe('coupling', () => {
  it('is 1 for equal inputs, and less for different ones', () => {
    const equal = batch(6, 4, new Float64Array(24).fill(1));
    expect(networkCoupling([16, 16], equal, 1)).toBeCloseTo(1, 12);
    const random = stream(1, 'inputs');
    const apart = batch(
      6,
      4,
      Float64Array.from({ length: 24 }, () => random.normal()),
    );
    expect(networkCoupling([16, 16], apart, 1)).toBeLessThan(0.7);
  });
});

describe('growth', () => {
  const grown = (factor: (horizon: number) => number) => (horizon: number) =>
    coordinatewise(
      2,
      (x) => factor(horizon) * Math.sinh(x),
      (x) => factor(horizon) * Math.cosh(x),
    );
  const units = { center: [0, 0], scale: [1, 1] };

  it('finds the exponential rate, and the power', () => {
    const horizons = [1, 2, 4, 8];
    const exponential = growthProbe({ horizons, problemAt: grown((h) => Math.exp(0.3 * h)) }, units, 20, 1);
    expect(exponential.law).toBe('exponential');
    expect(exponential.rate.value).toBeCloseTo(0.3, 10);
    const power = growthProbe({ horizons, problemAt: grown((h) => h ** 3) }, units, 20, 1);
    expect(power.law).toBe('power');
    expect(power.power.value).toBeCloseTo(3, 10);
    expect(power.sensitivity[3]!.value / power.sensitivity[0]!.value).toBeCloseTo(512, 6);
  });

  it('refuses few, unordered and pointless horizons', () => {
    const problemAt = grown(() => 1);
    expect(() => growthProbe({ horizons: [1, 2], problemAt }, units, 20, 1)).toThrow('three horizons');
    expect(() => growthProbe({ horizons: [1, 3, 2], problemAt }, units, 20, 1)).toThrow('horizons');
    expect(() => growthProbe({ horizons: [1, 2, 3], problemAt: grown(() => 0) }, units, 20, 1)).toThrow(
      'received none',
    );
  });
});

it('frames have the length of the gradient and the angle to the way', () => {
  const { framed } = framedGradients(bowl, 10, 4);
  const { task, reference } = bowl.draw(10, 0);
  expect(row(task.start, 0).length).toBe(row(reference.truth, 0).length);
  for (const each of framed) {
    expect(each[0]).toBeGreaterThan(0);
    expect(Math.abs(each[1]!) + Math.abs(each[2]!)).toBeLessThan(1e-12 * each[0]! + 1e-12);
  }
});
