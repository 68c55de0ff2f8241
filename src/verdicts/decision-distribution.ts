import { requireNumber } from '../core/errors.ts';
import { decisionRule, type SequentialTestSpec } from './decision-rules.ts';
import { capitalOfCounts, type Direction } from './e-process.ts';

/** How a test on 0/1 trials of a known mean ends, and when. */
export interface DecisionDistribution {
  readonly supported: number;
  readonly refuted: number;
  /** P(decided after at most t trials) for t = 0, 1, …; ends where the walk was ended. */
  readonly decided: readonly number[];
}

/** States less probable than this are dropped: a plan needs no more. */
const NEGLIGIBLE = 1e-18;
const UNDERFLOW = 1e-60;

/**
 * Where an e-process reaches its threshold, trial by trial, in counts of what it bets on. One more success never lowers
 * the capital and one more failure never raises it, so the boundary moves by 0 or 1 per trial.
 */
interface Boundary {
  readonly direction: Direction;
  /** Smallest count of ones (`'above'`) or of zeros (`'below'`) that crosses; trials + 1 where none does. */
  count: number;
  readonly advance: (trials: number) => void;
}

function boundaryOf(nullMean: number, direction: Direction, threshold: number): Boundary {
  const logCapital = capitalOfCounts(nullMean, direction);
  const boundary: Boundary = {
    direction,
    count: 1,
    advance: (trials) => {
      const [ones, zeros] =
        direction === 'above' ? [boundary.count, trials - boundary.count] : [trials - boundary.count, boundary.count];
      if (!(logCapital(ones, zeros) >= threshold)) boundary.count++;
    },
  };
  return boundary;
}

/** What supports when all of it was crossed, each at its own time, and what refutes when any of it is crossed. */
interface Boundaries {
  readonly sides: readonly Boundary[];
  readonly narrow: readonly Boundary[];
}

function boundariesOf(test: SequentialTestSpec): Boundaries {
  if (test.kind === 'statistical') {
    const threshold = -Math.log(test.alpha);
    return {
      sides: [boundaryOf(test.theta0, 'above', threshold)],
      narrow: [boundaryOf(test.theta1, 'below', threshold)],
    };
  }
  const { theory, bias, resolution } = test;
  const threshold = Math.log(2 / test.alpha);
  const bound = (holds: boolean, mean: number, direction: Direction) =>
    holds ? [boundaryOf(mean, direction, threshold)] : [];
  const [low, high] = [theory - bias - resolution, theory + bias + resolution];
  return {
    sides: [...bound(low > 0, low, 'above'), ...bound(high < 1, high, 'below')],
    narrow: [...bound(theory + bias < 1, theory + bias, 'above'), ...bound(theory - bias > 0, theory - bias, 'below')],
  };
}

/** Probabilities of the number of ones so far, for every set of sides crossed so far (bit k: side k). */
interface Walk {
  readonly mass: readonly Float64Array[];
  first: number;
  last: number;
}

interface Ended {
  readonly supported: number;
  readonly refuted: number;
}

function step({ mass, first, last }: Walk, mean: number): void {
  for (const layer of mass) {
    for (let s = last; s > first; s--) {
      const here = layer[s]! * (1 - mean) + layer[s - 1]! * mean;
      // Subnormal numbers are a hundred times slower.
      layer[s] = here < UNDERFLOW ? 0 : here;
    }
    layer[first]! *= 1 - mean;
  }
}

/** A range of states at the edges: s <= `to` or s >= `from`. */
interface Edges {
  readonly to: number;
  readonly from: number;
}

/** States in which any of the boundaries is crossed after so many trials. */
function edges(boundaries: readonly Boundary[], trials: number): Edges {
  let [to, from] = [-1, trials + 1];
  for (const { direction, count } of boundaries) {
    if (direction === 'above') from = Math.min(from, count);
    else to = Math.max(to, trials - count);
  }
  return { to, from };
}

const within = (s: number, { to, from }: Edges): boolean => s <= to || s >= from;

/** Moves the mass that has crossed something: to a layer with one side more, or out of the walk. */
function settle({ mass, first, last }: Walk, { sides, narrow }: Boundaries, trials: number): Ended {
  const refuting = edges(narrow, trials);
  const crossing = sides.map((side) => edges([side], trials));
  const any = edges([...sides, ...narrow], trials);
  const ended = { supported: 0, refuted: 0 };
  for (let s = first; s <= last; s++) {
    if (!within(s, any)) s = any.from;
    if (s > last) break;
    if (within(s, refuting)) {
      for (const layer of mass) {
        ended.refuted += layer[s]!;
        layer[s] = 0;
      }
      continue;
    }
    let now = 0;
    for (let k = 0; k < crossing.length; k++) if (within(s, crossing[k]!)) now |= 1 << k;
    ended.supported += promote(mass, s, now);
  }
  return ended;
}

/** Adds the sides crossed now to those crossed before at state s; returns the mass that has crossed all. */
function promote(mass: readonly Float64Array[], s: number, now: number): number {
  let complete = 0;
  // Downwards, so that mass moved to a later layer is not moved again.
  for (let layer = mass.length - 1; layer >= 0; layer--) {
    const next = layer | now;
    if (next === layer) continue;
    const here = mass[layer]![s]!;
    mass[layer]![s] = 0;
    if (next === mass.length) complete += here;
    else mass[next]![s]! += here;
  }
  return complete;
}

function trim(walk: Walk): void {
  const weight = (s: number): number => walk.mass.reduce((sum, layer) => sum + layer[s]!, 0);
  const drop = (s: number): void => {
    for (const layer of walk.mass) layer[s] = 0;
  };
  while (walk.first <= walk.last && weight(walk.last) < NEGLIGIBLE) drop(walk.last--);
  while (walk.first <= walk.last && weight(walk.first) < NEGLIGIBLE) drop(walk.first++);
}

/**
 * Exact distribution of the decision of a sequential test on 0/1 trials of a given mean, by dynamic programming over
 * (trials, ones, sides of the band crossed so far): what `judge` does, without sampling. States less probable than
 * 1e-18 are dropped.
 *
 * @param test       as for `judge`; anything invalid throws as there
 * @param trueMean   in [0, 1]; anything else throws `out-of-range` or `not-finite`
 * @param maxTrials  >= 1
 * @param until      ends the walk once this probability is decided; 1 unless given
 * @example
 * const coin = { kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: 1e-5 } as const;
 * decisionDistribution(coin, 1, 100).decided.findIndex((p) => p >= 0.5); // => 19
 */
export function decisionDistribution(
  test: SequentialTestSpec,
  trueMean: number,
  maxTrials: number,
  until = 1,
): DecisionDistribution {
  decisionRule('decisionDistribution', test);
  requireNumber('decisionDistribution: "trueMean"', trueMean, { minimum: 0, maximum: 1 });
  requireNumber('decisionDistribution: "maxTrials"', maxTrials, { minimum: 1, integer: true });
  const boundaries = boundariesOf(test);
  const layers = 2 ** boundaries.sides.length - 1;
  const walk: Walk = {
    mass: Array.from({ length: layers }, () => new Float64Array(maxTrials + 2)),
    first: 0,
    last: 0,
  };
  walk.mass[0]![0] = 1;
  const decided = [0];
  let [supported, refuted] = [0, 0];
  for (let trials = 1; trials <= maxTrials && walk.first <= walk.last; trials++) {
    walk.last++;
    step(walk, trueMean);
    for (const boundary of [...boundaries.sides, ...boundaries.narrow]) boundary.advance(trials);
    const ended = settle(walk, boundaries, trials);
    supported += ended.supported;
    refuted += ended.refuted;
    trim(walk);
    decided.push(supported + refuted);
    if (supported + refuted >= until) break;
  }
  return { supported, refuted, decided };
}
