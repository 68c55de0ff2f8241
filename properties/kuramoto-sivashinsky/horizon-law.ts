import fc from 'fast-check';
import { batch } from '../../src/core/batch.ts';
import { kuramotoSivashinsky } from '../../src/simulators/kuramoto-sivashinsky.ts';
import { meanSquaredError } from '../../src/simulators/mean-squared-error.ts';
import { direction, dyadic } from '../arbitraries.ts';
import { brokenKuramotoSivashinsky, type KuramotoSivashinskyFactory } from '../broken/kuramoto-sivashinsky.ts';
import { type Law, law } from '../law.ts';
import { DRAWN_MODES, type DrawnRow, initialStates, shown } from './cases.ts';

/**
 * A domain on which no trajectory of 128 settled (on L = 60 some do, and most under forcing): λ is about 0.09, so that ε
 * grows to 1 until ln(1/ε)/λ = 400.
 */
const DOMAIN = { length: 100, points: 256, forcing: 'none' } as const;

/** Times well inside and well outside of it. */
const SHORT = 10;
const LONG = 600;

/** Steps of the differences: 2^-4 to 2^-40. */
const STEPS = Array.from({ length: 7 }, (_, k) => 2 ** -(4 + 6 * k));

/** Inside the horizon the best step is wrong by less. */
const AGREEMENT = 1e-5;

interface Differentiated {
  readonly factory: KuramotoSivashinskyFactory;
  readonly of: DrawnRow;
}

interface Differences {
  readonly gradient: number;
  /** (L(β + h) − L(β − h))/2h for each step. */
  readonly differences: readonly number[];
}

/** ∂L/∂β and its central differences, y* being the end for another β. */
function slopes(factory: KuramotoSivashinskyFactory, { alpha, beta, modes }: DrawnRow, horizon: number): Differences {
  const simulator = factory({ ...DOMAIN, horizon });
  const betas = [beta + 1 / 16, beta, ...STEPS.flatMap((h) => [beta + h, beta - h])];
  const rows = betas.map(() => ({ alpha, beta, modes }));
  const u0 = initialStates(simulator, rows);
  const x = batch(rows.length, 2, Float64Array.from(betas.flatMap((value) => [alpha, value])));
  const ends = simulator.forward(x, u0);
  const { points } = DOMAIN;
  const observed = batch(rows.length, points);
  for (let b = 0; b < rows.length; b++) observed.data.set(ends.data.subarray(0, points), b * points);
  const { value } = meanSquaredError.evaluate(ends, observed);
  const one = { x: batch(1, 2, x.data.slice(2, 4)), u0: batch(1, points, u0.data.slice(0, points)) };
  const { y, pullback } = simulator.vjp(one.x, one.u0);
  const target = batch(1, points, ends.data.slice(0, points));
  const gradient = pullback(meanSquaredError.evaluate(y, target).gradient).data[1]!;
  return { gradient, differences: STEPS.map((h, k) => (value[2 * k + 2]! - value[2 * k + 3]!) / (2 * h)) };
}

/** Relative distance of the difference that is nearest to the gradient. */
function nearest({ gradient, differences }: Differences): number {
  const distances = differences.map((difference) => Math.abs(difference - gradient) / Math.abs(gradient));
  return Math.min(...distances);
}

function violation(factory: KuramotoSivashinskyFactory, of: DrawnRow): string | undefined {
  const inside = slopes(factory, of, SHORT);
  if (!(nearest(inside) <= AGREEMENT)) {
    return `at T = ${SHORT} the gradient is ${inside.gradient}, the nearest difference is off by ${nearest(inside)}`;
  }
  const outside = slopes(factory, of, LONG);
  if (!(nearest(outside) >= 1 / 2)) {
    return `at T = ${LONG} the gradient is ${outside.gradient}, and a difference is as near as ${nearest(outside)}`;
  }
  const reach = Math.max(...outside.differences.map(Math.abs));
  if (!(Math.abs(outside.gradient) > reach)) {
    return `at T = ${LONG} the gradient is ${outside.gradient}, and a difference reaches ${reach}`;
  }
  return undefined;
}

/**
 * ks.differences-fail-with-chaos: inside the horizon ln(1/ε)/λ of double precision central differences find the gradient,
 * outside none does, whatever its step: the exact gradient of the computed trajectory is larger than all of them.
 */
export function ksDifferencesFailWithChaos(): Law<KuramotoSivashinskyFactory> {
  return law<KuramotoSivashinskyFactory, Differentiated>({
    cases: 8,
    subject: kuramotoSivashinsky,
    twin: { what: 'gradients that go back ten time units only', subject: brokenKuramotoSivashinsky('short-memory') },
    arbitrary: (factory) =>
      fc.record({ beta: dyadic(1, 5 / 4, 64), salt: fc.nat(255) }).map(({ beta, salt }) => {
        // No coefficient is zero: an odd or even state stays what it is, and is less chaotic.
        return {
          factory,
          of: { alpha: 0, beta, modes: Array.from(direction(1, 2 * DRAWN_MODES, 'modes', salt).data) },
        };
      }),
    violation: ({ factory, of }) => violation(factory, of),
    show: ({ of }) => shown([of]),
  });
}
