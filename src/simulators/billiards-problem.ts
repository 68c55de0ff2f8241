import { type Batch, batch } from '../core/batch.ts';
import { requireNumber, unknownName } from '../core/errors.ts';
import { type Prior, samplePriorRows } from '../core/prior.ts';
import type { InverseProblem } from '../core/problem.ts';
import { stream } from '../core/random.ts';
import { billiardChain } from './billiard-chain.ts';
import { type BilliardSimulator, billiardShot } from './billiards.ts';
import { squaredError } from './squared-error.ts';

export type BilliardsSetting = 'single' | 'chain';

/** Radius, restitution and horizon of both settings. */
export const billiardsTable = { radius: 0.05, restitution: 0.8, horizon: 1 } as const;

const DEGREE = Math.PI / 180;
const CONTACT = 2 * billiardsTable.radius;

const uniform = (name: string, unit: string, low: number, high: number) =>
  ({ name, unit, distribution: { kind: 'uniform', low, high } }) as const;

interface BilliardsSettingParts {
  readonly prior: Prior;
  readonly start: readonly [number, number];
  readonly simulator: () => BilliardSimulator;
  /** Balls at rest and the hidden velocity of one draw from the prior. */
  readonly place: (draw: Float64Array) => {
    readonly balls: readonly number[];
    readonly v: readonly [number, number];
  };
}

function placeSingle(draw: Float64Array) {
  const [distance, angle, offset, speed] = draw as unknown as [number, number, number, number];
  const direction = angle + Math.asin((CONTACT * offset) / distance);
  return {
    balls: [distance * Math.cos(angle), distance * Math.sin(angle)],
    v: [speed * Math.cos(direction), speed * Math.sin(direction)] as const,
  };
}

/** Ball 1 leaves towards ball 2 with the drawn offset; the cue ball is aimed at the point from which it sends it there. */
function placeChain(draw: Float64Array) {
  const [near, angle, apart, turn, offset, speed] = draw as unknown as [number, number, number, number, number, number];
  const [g1x, g1y] = [near * Math.cos(angle), near * Math.sin(angle)];
  const between = angle + turn;
  const leaves = between + Math.asin((CONTACT * offset) / apart);
  const aim = Math.atan2(g1y - CONTACT * Math.sin(leaves), g1x - CONTACT * Math.cos(leaves));
  return {
    balls: [g1x, g1y, g1x + apart * Math.cos(between), g1y + apart * Math.sin(between)],
    v: [speed * Math.cos(aim), speed * Math.sin(aim)] as const,
  };
}

const SETTINGS: Readonly<Record<BilliardsSetting, BilliardsSettingParts>> = {
  single: {
    prior: [
      uniform('distance', '1', 0.4, 0.8),
      uniform('angle', 'rad', -45 * DEGREE, 45 * DEGREE),
      uniform('offset', '2R', -0.8, 0.8),
      uniform('speed', '1', 1, 2.5),
    ],
    start: [1.5, 0],
    simulator: () => billiardShot(billiardsTable),
    place: placeSingle,
  },
  chain: {
    prior: [
      uniform('distance', '1', 0.35, 0.55),
      uniform('angle', 'rad', -20 * DEGREE, 20 * DEGREE),
      uniform('apart', '1', 0.35, 0.55),
      uniform('turn', 'rad', -30 * DEGREE, 30 * DEGREE),
      uniform('offset', '2R', -0.6, 0.6),
      uniform('speed', '1', 2, 4),
    ],
    start: [3, 0],
    simulator: () => billiardChain(billiardsTable),
    place: placeChain,
  },
};

function partsOf(where: string, setting: BilliardsSetting): BilliardsSettingParts {
  if (!Object.hasOwn(SETTINGS, setting)) throw unknownName(where, String(setting), Object.keys(SETTINGS));
  return SETTINGS[setting];
}

/**
 * Where the problems of a setting come from: positions of the balls in polar coordinates, and offset (in units of 2R) and
 * speed of the hidden shot.
 *
 * @param setting  'single' or 'chain'; else `unknown-name`
 * @example
 * billiardsPrior('single')[0]?.distribution; // => { kind: 'uniform', low: 0.4, high: 0.8 }
 */
export function billiardsPrior(setting: BilliardsSetting): Prior {
  return partsOf('billiardsPrior', setting).prior;
}

/**
 * Balls and hidden velocity of draws from `billiardsPrior`: identifiers (B, 2 or 4) and truth (B, 2).
 *
 * @param setting  'single' or 'chain'; else `unknown-name`
 * @param draws    (B, coordinates of the prior)
 */
export function placeBalls(
  setting: BilliardsSetting,
  draws: Batch,
): { readonly truth: Batch; readonly identifiers: Batch } {
  const { place, simulator } = partsOf('placeBalls', setting);
  const balls = simulator().identifiers.length;
  const truth = batch(draws.rows, 2);
  const identifiers = batch(draws.rows, 2 * balls);
  for (let b = 0; b < draws.rows; b++) {
    const placed = place(draws.data.subarray(b * draws.cols, (b + 1) * draws.cols));
    truth.data.set(placed.v, 2 * b);
    identifiers.data.set(placed.balls, b * identifiers.cols);
  }
  return { truth, identifiers };
}

/**
 * Find the shot that sends a ball to a wanted place.
 *
 *     y* = p(v*),   loss |p(v) − y*|²,   solved where it is below 1e-4, global minimum 0
 *
 * 'single': one target at distance U(.4, .8) and angle U(−45°, 45°); hidden shot with offset U(−.8, .8)·2R and speed
 * U(1, 2.5); start (1.5, 0). 'chain': ball 1 at U(.35, .55), U(−20°, 20°); ball 2 another U(.35, .55) on, turned by
 * U(−30°, 30°); offset on ball 2 U(−.6, .6)·2R, speed U(2, 4); start (3, 0). R = .05, e = .8, S = 1. Our choices.
 *
 * Instance i of a seed takes its numbers from its own stream (seed, 'billiards/instance', i).
 *
 * @param setting  'single' or 'chain'; else `unknown-name`
 * @example
 * const { task, reference } = billiardsProblem('single').draw(2, 1);
 * [task.start.data, task.identifiers.cols, reference.globalLoss]; // => [Float64Array [1.5, 0, 1.5, 0], 2, Float64Array [0, 0]]
 */
export function billiardsProblem(
  setting: BilliardsSetting,
): InverseProblem & { readonly simulator: BilliardSimulator } {
  const parts = partsOf('billiardsProblem', setting);
  const simulator = parts.simulator();
  const id = `billiards.${setting}`;
  return Object.freeze({
    id,
    simulator,
    misfit: squaredError,
    draw: (count: number, seed: number, first = 0) => {
      requireNumber('billiardsProblem.draw: "count"', count, { minimum: 0, integer: true });
      requireNumber('billiardsProblem.draw: "first"', first, { minimum: 0, integer: true });
      const randoms = Array.from({ length: count }, (_, i) => stream(seed, 'billiards/instance', first + i));
      const { truth, identifiers } = placeBalls(setting, samplePriorRows(parts.prior, randoms));
      const start = batch(count, 2);
      for (let b = 0; b < count; b++) start.data.set(parts.start, 2 * b);
      const observed = simulator.forward(truth, identifiers);
      return {
        task: { problem: id, start, observed, identifiers },
        reference: { truth, globalLoss: new Float64Array(count) },
      };
    },
  });
}
