import { type Batch, batch, requireShape } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { Simulator } from '../core/problem.ts';
import { billiardDirect } from './billiard-direct.ts';
import {
  type BilliardOptions,
  emptyImpact,
  emptySlopes,
  impactEvent,
  impactLaw,
  requireBilliard,
  type ShotEvent,
  slopesInto,
  strike,
} from './billiard-impact.ts';

export type { BilliardOptions, ShotEvent } from './billiard-impact.ts';

/** A simulator of a shot, which also tells what happened. */
export interface BilliardSimulator extends Simulator {
  /** The event of each row, 'miss' where a number is not finite. */
  shotEvents(x: Batch, identifiers: Batch): readonly ShotEvent[];
}

/** Writes the end position, and its Jacobian where asked for, of row b: `end` from 2b on, `jacobian` from 4b on. */
export type ShotWriter = (
  x: Batch,
  identifiers: Batch,
  b: number,
  end: Float64Array,
  jacobian: Float64Array | undefined,
) => void;

/** x̄ = Jᵀ ȳ, row by row, for 2 × 2 Jacobians. */
function transposed(jacobian: Float64Array, yBar: Batch): Batch {
  const xBar = batch(yBar.rows, 2);
  for (let b = 0; b < yBar.rows; b++) {
    const [px, py] = [yBar.data[2 * b]!, yBar.data[2 * b + 1]!];
    xBar.data[2 * b] = jacobian[4 * b]! * px + jacobian[4 * b + 2]! * py;
    xBar.data[2 * b + 1] = jacobian[4 * b + 1]! * px + jacobian[4 * b + 3]! * py;
  }
  return xBar;
}

/** True where row b of both arguments is finite. */
export function finiteRow(x: Batch, identifiers: Batch, b: number): boolean {
  let sum = x.data[2 * b]! * 0 + x.data[2 * b + 1]! * 0;
  for (let j = b * identifiers.cols; j < (b + 1) * identifiers.cols; j++) sum += identifiers.data[j]! * 0;
  return sum === 0;
}

/** Throws `out-of-range` where two balls at rest, or one and the cue ball, overlap or touch. */
export function requireApart(where: string, identifiers: Batch, radius: number): void {
  const { rows, cols, data } = identifiers;
  for (let b = 0; b < rows; b++) {
    for (let i = b * cols; i < (b + 1) * cols; i += 2) {
      requireClear(where, b, data[i]!, data[i + 1]!, 2 * radius);
      for (let j = b * cols; j < i; j += 2) {
        requireClear(where, b, data[i]! - data[j]!, data[i + 1]! - data[j + 1]!, 2 * radius);
      }
    }
  }
}

function requireClear(where: string, b: number, dx: number, dy: number, contact: number): void {
  // Numbers that are not finite are no overlap: their row is NaN.
  if (!(dx * dx + dy * dy <= contact * contact)) return;
  throw new InverseClaimsError('out-of-range', {
    where: `${where}, row ${b}`,
    expected: `centers more than 2R = ${contact} apart`,
    received: `a distance of ${Math.hypot(dx, dy)}`,
    hint: 'the cue ball starts at the origin',
  });
}

/** What a simulator of a cue ball and some balls at rest shares: shapes, tape, and derivatives from a writer of rows. */
export function shotSimulator(
  name: string,
  ballNames: readonly string[],
  options: Required<BilliardOptions>,
  write: ShotWriter,
  eventOf: (x: Batch, identifiers: Batch, b: number) => ShotEvent,
): BilliardSimulator {
  const cols = 2 * ballNames.length;
  const check = (method: string, x: Batch, identifiers: Batch): void => {
    requireShape(`${name}.${method}: "x"`, x, undefined, 2);
    requireShape(`${name}.${method}: "identifiers"`, identifiers, x.rows, cols);
    requireApart(`${name}.${method}: "identifiers"`, identifiers, options.radius);
  };
  const writeAll = (x: Batch, identifiers: Batch, jacobian: Float64Array | undefined): Batch => {
    const y = batch(x.rows, 2);
    for (let b = 0; b < x.rows; b++) {
      if (finiteRow(x, identifiers, b)) {
        write(x, identifiers, b, y.data, jacobian);
      } else {
        y.data.fill(Number.NaN, 2 * b, 2 * b + 2);
        jacobian?.fill(Number.NaN, 4 * b, 4 * b + 4);
      }
    }
    return y;
  };
  return Object.freeze({
    name,
    input: [{ name: 'v', length: 2, unit: '1' }],
    identifiers: ballNames.map((ball) => ({ name: ball, length: 2, unit: '1' })),
    output: [{ name: 'p', length: 2, unit: '1' }],
    forward: (x, identifiers) => {
      check('forward', x, identifiers);
      return writeAll(x, identifiers, undefined);
    },
    vjp: (x, identifiers) => {
      check('vjp', x, identifiers);
      const jacobian = new Float64Array(4 * x.rows);
      const y = writeAll(x, identifiers, jacobian);
      const pullback = (yBar: Batch): Batch => {
        requireShape(`${name}.pullback: "yBar"`, yBar, x.rows, 2);
        return transposed(jacobian, yBar);
      };
      return { y, pullback };
    },
    jvp: (x, identifiers, xDot) => {
      check('jvp', x, identifiers);
      requireShape(`${name}.jvp: "xDot"`, xDot, x.rows, 2);
      const yDot = batch(x.rows, 2);
      for (let b = 0; b < x.rows; b++) {
        const balls = ballNames.map((_, k) => pair(identifiers.data, b * cols + 2 * k));
        yDot.data.set(billiardDirect(pair(x.data, 2 * b), pair(xDot.data, 2 * b), balls, options).pDot, 2 * b);
      }
      return yDot;
    },
    shotEvents: (x, identifiers) => {
      check('shotEvents', x, identifiers);
      return Array.from({ length: x.rows }, (_, b) =>
        finiteRow(x, identifiers, b) ? eventOf(x, identifiers, b) : 'miss',
      );
    },
  } satisfies BilliardSimulator);
}

/** Two neighboring numbers as a point. */
export function pair(data: Float64Array, at: number): readonly [number, number] {
  return [data[at]!, data[at + 1]!];
}

/**
 * A cue ball at the origin is shot with velocity v at a ball at rest at g: where is that ball at time S?
 *
 *     |g − v t| = 2R,  n = (g − v t)/2R,   p = g + (1 + e)/2 (v·n) n (S − t);   p = g where nothing is hit before S
 *
 * Equal balls of radius R, smooth, without spin, walls or drag (arc time: drag v′ = −μ v gives the same with
 * S = (1 − exp(−μT))/μ). Input v (B, 2), identifiers g (B, 2), output p (B, 2). Event-driven, exact but for rounding;
 * `vjp` is analytic, `jvp` independent forward-mode code on the textbook formulas. A miss has an exactly zero Jacobian.
 * p is continuous; towards a grazing shot its derivative grows like an inverse square root, and where the cue ball
 * arrives just at S it jumps: `shotEvents` names both. The miss side is taken there.
 *
 * A row with a number that is not finite is NaN. Balls that overlap or touch throw `out-of-range`. The setting is ours.
 *
 * @param options.radius       R > 0; 0.05 unless given
 * @param options.restitution  e in [0, 1]; 0.8 unless given
 * @param options.horizon      S > 0; 1 unless given. Anything else throws `out-of-range` or `not-finite`.
 * @example
 * const shot = billiardShot();
 * const [v, g] = [batchOfRows([[2, 0], [2, 1]]), batchOfRows([[0.6, 0], [0.6, 0]])];
 * [shot.forward(v, g).data[0].toFixed(9), shot.shotEvents(v, g)[1]]; // => ['1.950000000', 'miss']
 */
export function billiardShot(options: BilliardOptions = {}): BilliardSimulator {
  const table = requireBilliard('billiardShot', options);
  const { horizon } = table;
  const law = impactLaw(table);
  const impact = emptyImpact();
  const slopes = emptySlopes();
  const write: ShotWriter = (x, identifiers, b, end, jacobian) => {
    const gx = identifiers.data[2 * b]!;
    const gy = identifiers.data[2 * b + 1]!;
    end[2 * b] = gx;
    end[2 * b + 1] = gy;
    if (!strike(impact, x.data[2 * b]!, x.data[2 * b + 1]!, gx, gy, horizon, law)) return;
    const left = horizon - impact.time;
    end[2 * b] = gx + impact.ux * left;
    end[2 * b + 1] = gy + impact.uy * left;
    if (jacobian === undefined) return;
    slopesInto(slopes, impact, law);
    jacobian[4 * b] = left * slopes.uxx - impact.ux * slopes.tx;
    jacobian[4 * b + 1] = left * slopes.uxy - impact.ux * slopes.ty;
    jacobian[4 * b + 2] = left * slopes.uyx - impact.uy * slopes.tx;
    jacobian[4 * b + 3] = left * slopes.uyy - impact.uy * slopes.ty;
  };
  const eventOf = (x: Batch, identifiers: Batch, b: number): ShotEvent =>
    impactEvent(impact, pair(x.data, 2 * b), pair(identifiers.data, 2 * b), horizon, law);
  return shotSimulator('billiard-shot', ['g'], table, write, eventOf);
}
