import { type Batch, batch, row } from '../../core/batch.ts';
import type { FactMeaning, Facts, TrialSource } from '../../core/claim.ts';
import { childSeed } from '../../core/random.ts';
import { type EvaluateRows, rowEvaluator } from '../../solvers/evaluate-rows.ts';
import { fractionOf } from '../run-comparison.ts';
import { problemAtHorizon } from './gradient-trials.ts';
import { event } from './statements.ts';

/** Intervals of the grid for β on [0.5, 1.5]. */
const INTERVALS = 128;

/** So many times as many minima count as more. */
const MULTIPLE = 3;

/**
 * Local minima of values on a grid: places where they stop falling and rise. A flat bottom counts once, an end never. NaN
 * where a value is not finite: nothing can be counted then, and no claim accepts it.
 *
 * @example
 * localMinima([2, 1, 3, 0, 0, 5, 4]); // => 2
 */
export function localMinima(values: ArrayLike<number>): number {
  let count = 0;
  let falling = false;
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return Number.NaN;
  for (let i = 1; i < values.length; i++) {
    const rise = values[i]! - values[i - 1]!;
    if (falling && rise > 0) count++;
    if (rise !== 0) falling = rise < 0;
  }
  return count;
}

/** Losses of row b of a task along β in [0.5, 1.5] at the given α: (intervals + 1). */
function lossAlongBeta(evaluate: EvaluateRows, b: number, alpha: number, intervals = INTERVALS): Float64Array {
  const x = batch(intervals + 1, 2);
  for (let k = 0; k < x.rows; k++) row(x, k).set([alpha, 0.5 + k / intervals]);
  return evaluate(x, new Int32Array(x.rows).fill(b), 'value').value;
}

/**
 * Local minima in β of problems first, …, first + count − 1 of a seed at the horizon T, with α at the truth, (count).
 *
 * @param alpha  replaces the true α: 0 switches the forcing off
 */
export function minimaCounts(
  horizon: number,
  count: number,
  seed: number,
  first = 0,
  alpha?: number,
): readonly number[] {
  const problem = problemAtHorizon(horizon);
  const { task, reference } = problem.draw(count, seed, first);
  const truth = alpha === undefined ? reference.truth : withAlpha(reference.truth, alpha);
  const observed = alpha === undefined ? task.observed : problem.simulator.forward(truth, task.identifiers);
  const evaluate = rowEvaluator(problem, { ...task, observed });
  return Array.from({ length: count }, (_, b) => localMinima(lossAlongBeta(evaluate, b, truth.data[2 * b]!)));
}

/** The same β (B, 2) with another α. */
function withAlpha(truth: Batch, alpha: number): Batch {
  return batch(
    truth.rows,
    2,
    truth.data.map((value, i) => (i % 2 === 0 ? alpha : value)),
  );
}

interface Comparison {
  readonly short: number;
  readonly long: number;
  /** Replaces the true α: 0 switches the forcing off. */
  readonly alpha?: number;
}

/** One trial per problem: its local minima in β at two horizons, the parameters and the initial state being the same. */
export function minimaTrials(id: string, { short, long, alpha }: Comparison): TrialSource {
  const forcing = alpha === undefined ? '' : `, its α replaced by ${alpha}`;
  return {
    id,
    unit: 'problem',
    what: `local minima of L(β) of one Kuramoto-Sivashinsky problem${forcing}, T = ${short} and T = ${long}`,
    chunk: 8,
    meanings: meaningsOf(short, long),
    run: async (context, first, count) => {
      const seed = childSeed(context.seed, id);
      const [before, after] = [short, long].map((horizon) => minimaCounts(horizon, count, seed, first, alpha));
      return Array.from({ length: count }, (_, b) => minimaFacts(before?.[b] as number, after?.[b] as number));
    },
  };
}

function minimaFacts(short: number, long: number): Facts {
  const counted = (value: number): number => (Number.isNaN(short + long) ? Number.NaN : value);
  return {
    minimaShort: short,
    minimaLong: long,
    multiplied: counted(event(short >= 1 && long >= MULTIPLE * short)),
    equal: counted(event(long === short)),
    fewer: counted(event(long < short)),
    single: counted(event(long === 1)),
  };
}

function meaningsOf(short: number, long: number): Readonly<Record<string, FactMeaning>> {
  return {
    minimaShort: { label: `local minima, T = ${short}`, unit: 'minima' },
    minimaLong: { label: `local minima, T = ${long}`, unit: 'minima' },
    multiplied: fractionOf(`at least ${MULTIPLE} times as many at T = ${long}`),
    equal: fractionOf(`as many at T = ${long}`),
    fewer: fractionOf(`fewer at T = ${long}`),
    single: fractionOf(`one minimum at T = ${long}`),
  };
}
