import fc from 'fast-check';
import { type Batch, batch, row } from '../../src/core/batch.ts';
import { kuramotoSivashinsky } from '../../src/simulators/kuramoto-sivashinsky.ts';
import type { KuramotoSivashinskyOptions } from '../../src/simulators/kuramoto-sivashinsky-options.ts';
import { dyadic } from '../arbitraries.ts';
import { brokenKuramotoSivashinsky, type KuramotoSivashinskyFactory } from '../broken/kuramoto-sivashinsky.ts';
import { type Law, law } from '../law.ts';
import { firstInRows, showCase } from '../simulator-case.ts';
import { GRIDS, initialStates, type KuramotoSivashinskyCase, parametersOf, rolloutCases } from './cases.ts';

/** Distances that rounding alone makes. */
const ROUNDING = 1e-11;

/** u(T) of the rows of a case under other options. */
function statesUnder(of: KuramotoSivashinskyCase, options: Partial<KuramotoSivashinskyOptions>): Batch {
  const simulator = of.factory({ ...of.options, ...options });
  return simulator.forward(parametersOf(of.rows), initialStates(simulator, of.rows));
}

/** Root of the mean square of a − b at the points of the coarser of the two, at row b. */
function distance(coarse: Batch, fine: Batch, b: number): number {
  const stride = fine.cols / coarse.cols;
  const [near, far] = [row(coarse, b), row(fine, b)];
  return Math.sqrt(near.reduce((sum, value, j) => sum + (value - far[j * stride]!) ** 2, 0) / near.length);
}

/** h at which the order is read; with linear parts as stiff as k⁴ it comes down to 3 before. */
const STEP = 1 / 64;

/** 3.4: a scheme of third order has 3. */
const LEAST_ORDER = 3.4;

/** ks.order-four-in-time: halving the step divides the distance from a run with steps sixteen times as small by 2^3.4 and more, or leaves rounding. */
export function ksOrderFourInTime(): Law<KuramotoSivashinskyFactory> {
  return law({
    cases: 60,
    subject: kuramotoSivashinsky,
    twin: {
      what: 'a last stage that takes the third for the whole',
      subject: brokenKuramotoSivashinsky('simple-last-stage'),
    },
    arbitrary: (factory) =>
      rolloutCases(factory, {
        grids: GRIDS.slice(1),
        unknowns: ['parameters'],
        forcings: ['cos1', 'none', 'mix'],
        step: fc.constant(1 / 2),
        horizon: 1,
      }),
    violation: (of: KuramotoSivashinskyCase) => {
      const [coarse, half, fine] = [STEP, STEP / 2, STEP / 16].map((step) => statesUnder(of, { step })) as [
        Batch,
        Batch,
        Batch,
      ];
      return firstInRows(of.rows.length, (b) => {
        const [before, after] = [distance(coarse, fine, b), distance(half, fine, b)];
        if (after < ROUNDING) return undefined;
        const order = Math.log2(before / after);
        return order >= LEAST_ORDER ? undefined : `distances ${before} and ${after}: order ${order.toFixed(2)}`;
      });
    },
    show: showCase,
  });
}

/** Twice as many points must divide the error by it; second differences divide it by 4. */
const SPECTRAL_GAIN = 100;

/** ks.spectral-in-space: with twice the points the distance from four times the points falls by a hundred, or to rounding. */
export function ksSpectralInSpace(): Law<KuramotoSivashinskyFactory> {
  return law({
    cases: 60,
    subject: kuramotoSivashinsky,
    twin: { what: 'central differences in space', subject: brokenKuramotoSivashinsky('differences-in-space') },
    arbitrary: (factory) =>
      rolloutCases(factory, {
        unknowns: ['parameters'],
        forcings: ['cos1', 'none', 'mix'],
        step: fc.constant(1 / 8),
        horizon: 2,
      }),
    violation: (of: KuramotoSivashinskyCase) => {
      const { points } = of.options;
      const [coarse, twice, fine] = [1, 2, 4].map((times) => statesUnder(of, { points: times * points })) as [
        Batch,
        Batch,
        Batch,
      ];
      return firstInRows(of.rows.length, (b) => {
        const [before, after] = [distance(coarse, fine, b), distance(twice, fine, b)];
        return after <= Math.max(before / SPECTRAL_GAIN, ROUNDING) ? undefined : `distances ${before} and ${after}`;
      });
    },
    show: showCase,
  });
}

/** 1e-6: explicit steps of (β − 1) k² <= 0.8 make 3e-7 of a mode until time 5, its square another 1e-8. */
const GROWTH_TOLERANCE = 1e-6;

/** Small enough for its square to be nothing: 2^-24. */
const AMPLITUDE = 2 ** -24;

interface SingleMode {
  readonly factory: KuramotoSivashinskyFactory;
  readonly options: KuramotoSivashinskyOptions;
  readonly beta: number;
  readonly mode: number;
  readonly phase: number;
}

function growthViolation({ factory, options, beta, mode, phase }: SingleMode): string | undefined {
  const { length, points, horizon } = options;
  const k = (2 * Math.PI * mode) / length;
  const wave = (x: number): number => AMPLITUDE * Math.cos((2 * Math.PI * mode * x) / points + phase);
  const u0 = batch(
    1,
    points,
    Float64Array.from({ length: points }, (_, x) => wave(x)),
  );
  const u = factory(options).forward(batch(1, 2, Float64Array.of(0, beta)), u0);
  const expected = Math.exp((beta * k ** 2 - k ** 4) * horizon);
  const wrong = u.data.findIndex(
    (value, x) => !(Math.abs(value - expected * wave(x)) <= GROWTH_TOLERANCE * expected * AMPLITUDE),
  );
  return wrong < 0 ? undefined : `u_${wrong}(T) is ${u.data[wrong]}, the growth rate says ${expected * wave(wrong)}`;
}

/** ks.linear-growth-rates: a small wave grows or decays like exp((β k² − k⁴) T), k up to 5/4. */
export function ksLinearGrowthRates(): Law<KuramotoSivashinskyFactory> {
  return law<KuramotoSivashinskyFactory, SingleMode>({
    cases: 300,
    subject: kuramotoSivashinsky,
    twin: {
      what: 'beta in place of beta − 1 beside the linear part',
      subject: brokenKuramotoSivashinsky('growth-without-one'),
    },
    arbitrary: (factory) =>
      fc
        .record({
          grid: fc.constantFrom(...GRIDS),
          steps: fc.integer({ min: 1, max: 80 }),
          beta: dyadic(1 / 2, 3 / 2, 16),
          share: dyadic(0, 1, 32),
          phase: dyadic(-3, 3, 8),
        })
        .map(({ grid, steps, beta, share, phase }) => {
          const highest = Math.floor((1.25 * grid.length) / (2 * Math.PI));
          const options = { ...grid, step: 1 / 16, horizon: steps / 16, forcing: 'none' as const };
          return { factory, options, beta, mode: 1 + Math.round(share * (highest - 1)), phase };
        }),
    violation: growthViolation,
    show: ({ options: { length, points, horizon }, beta, mode, phase }) =>
      `L ${length}, N ${points}, T ${horizon}, beta ${beta}, mode ${mode}, phase ${phase}`,
  });
}
