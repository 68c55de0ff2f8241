import { linearRegression } from 'simple-statistics';
import { batch, row } from '../core/batch.ts';
import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import { width } from '../core/problem.ts';
import { childSeed, stream } from '../core/random.ts';
import { norm } from '../numerics/vector.ts';
import type { Estimate } from '../verdicts/estimate.ts';
import { medianInterval } from '../verdicts/median-interval.ts';
import { EACH } from './gradient-probe.ts';
import { type DiagnosedProblem, standardized, type Units } from './standardized-problem.ts';

/** How sensitive the output is to the unknowns, as a function of how long is simulated. */
export interface GrowthProbe {
  readonly horizons: readonly number[];
  /** Per horizon, the median over instances of |Jᵀv| at the start, v standard normal, in units of the unknowns. */
  readonly sensitivity: readonly Estimate[];
  /** Median over instances of the slope of ln |Jᵀv| in the horizon: the exponential rate per unit of it. */
  readonly rate: Estimate;
  /** The same slope in the logarithm of the horizon: the power of it. */
  readonly power: Estimate;
  /** Which of the two leaves less unexplained, in the median over instances. */
  readonly law: 'exponential' | 'power';
}

/**
 * Growth of gradients with the horizon: the same instances at each.
 *
 * @param horizons   at least three, ascending, > 0; others throw
 * @param problemAt  the problem that simulates so long; all with the same unknowns
 */
export function growthProbe(
  { horizons, problemAt }: { readonly horizons: readonly number[]; problemAt(horizon: number): DiagnosedProblem },
  units: Units,
  count: number,
  seed: number,
): GrowthProbe {
  requireHorizons(horizons);
  const logs = horizons.map((horizon) => logSensitivity(standardized(problemAt(horizon), units), count, seed));
  const instances = Array.from({ length: count }, (_, b) => logs.map((each) => each[b] as number)).filter((each) =>
    each.every(Number.isFinite),
  );
  if (instances.length === 0) {
    throw new InverseClaimsError('not-finite', {
      where: 'diagnoseProblem: growth with the horizon',
      expected: 'gradients that are finite and not zero at every horizon, for some instance',
      received: 'none',
    });
  }
  const inHorizon = instances.map((each) => lineOf(horizons, each));
  const inLogarithm = instances.map((each) => lineOf(horizons.map(Math.log), each));
  const median = (values: readonly number[]): Estimate => medianInterval(values, EACH);
  const left = (fits: readonly Fit[]): number => median(fits.map(({ residual }) => residual)).value;
  return {
    horizons,
    sensitivity: horizons.map((_, h) => exponentials(median(instances.map((each) => each[h] as number)))),
    rate: median(inHorizon.map(({ slope }) => slope)),
    power: median(inLogarithm.map(({ slope }) => slope)),
    law: left(inHorizon) < left(inLogarithm) ? 'exponential' : 'power',
  };
}

function requireHorizons(horizons: readonly number[]): void {
  let before = 0;
  for (const horizon of horizons) {
    requireNumber('diagnoseProblem: "horizons"', horizon, { above: before });
    before = horizon;
  }
  if (horizons.length >= 3) return;
  throw new InverseClaimsError('shape-mismatch', {
    where: 'diagnoseProblem: "horizons"',
    expected: 'at least three horizons',
    received: String(horizons.length),
  });
}

/** ln |Jᵀv| at the start of every instance; −∞ where it is 0. */
function logSensitivity({ simulator, draw }: DiagnosedProblem, count: number, seed: number): readonly number[] {
  const { task } = draw(count, childSeed(seed, 'diagnosis/growth'));
  const cotangents = batch(count, width(simulator.output));
  for (let b = 0; b < count; b++) {
    const random = stream(seed, 'diagnosis/cotangent', b);
    const values = row(cotangents, b);
    for (let j = 0; j < values.length; j++) values[j] = random.normal();
  }
  const pulled = simulator.vjp(task.start, task.identifiers).pullback(cotangents);
  return Array.from({ length: count }, (_, b) => Math.log(norm(row(pulled, b))));
}

interface Fit {
  readonly slope: number;
  /** Sum of the squares that the line leaves. */
  readonly residual: number;
}

/** Least squares line. */
function lineOf(x: readonly number[], y: readonly number[]): Fit {
  const line = linearRegression(x.map((value, i) => [value, y[i] as number]));
  return {
    slope: line.m,
    residual: x.reduce((sum, value, i) => sum + ((y[i] as number) - line.m * value - line.b) ** 2, 0),
  };
}

function exponentials({ value, low, high, count }: Estimate): Estimate {
  return { value: Math.exp(value), low: Math.exp(low), high: Math.exp(high), count };
}
