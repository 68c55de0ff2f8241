import { type Batch, batch, row } from '../core/batch.ts';
import type { InverseProblem } from '../core/problem.ts';
import { childSeed, type Random, stream } from '../core/random.ts';
import { norm } from '../numerics/vector.ts';
import { rowEvaluator } from '../solvers/evaluate-rows.ts';
import type { Estimate } from '../verdicts/estimate.ts';
import { medianInterval } from '../verdicts/median-interval.ts';
import { shareInterval } from '../verdicts/share-interval.ts';
import { EACH } from './gradient-probe.ts';
import { rayShape } from './ray-shape.ts';

/** The loss around hidden solutions, along one random ray per instance; distances in units of the unknowns. */
export interface LandscapeProbe {
  /** Median distance of the start from the hidden solution. */
  readonly startDistance: number;
  /** Length of the rays. */
  readonly reach: number;
  /** Share of rays with a minimum beyond the basin: a descent from there ends elsewhere. */
  readonly trapped: Estimate;
  /** Median number of such minima on a ray; a lower bound, see `rayShape`. */
  readonly minima: Estimate;
  /** Median distance up to which the loss keeps rising, relative to the median distance of the start. */
  readonly basin: Estimate;
  /** Share of instances whose loss falls all along the straight way from the start to the hidden solution. */
  readonly straightWay: Estimate;
  /** Basin of every ray, relative to the median distance of the start. */
  readonly basins: readonly number[];
  /** Loss along the first rays, each relative to its largest finite loss; null where it is not finite. */
  readonly shown: readonly (readonly (number | null)[])[];
  /** Distances at which they are given. */
  readonly distances: readonly number[];
}

/** Spacings on a ray. */
const SPACINGS = 128;
const SHOWN_RAYS = 6;

/** @param problem  in units of its unknowns */
export function landscapeProbe(problem: InverseProblem, count: number, seed: number): LandscapeProbe {
  const { task, reference } = problem.draw(count, childSeed(seed, 'diagnosis/landscape'));
  const evaluate = rowEvaluator(problem, task);
  const { truth } = reference;
  const ways = Array.from({ length: count }, (_, b) => difference(row(task.start, b), row(truth, b)));
  const startDistance = medianInterval(ways.map(norm), EACH).value;
  const unit = startDistance > 0 ? startDistance : 1;
  const reach = 2 * unit;
  const along = (b: number, direction: Float64Array, length: number): Float64Array => {
    const points = lineOf(row(truth, b), direction, length);
    return evaluate(points, new Int32Array(points.rows).fill(b), 'value').value;
  };
  const rays = Array.from({ length: count }, (_, b) =>
    along(b, randomDirection(truth.cols, stream(seed, 'diagnosis/ray', b)), reach),
  );
  const shapes = rays.map(rayShape);
  const basins = shapes.map(({ basin }) => ((basin / SPACINGS) * reach) / unit);
  const straight = ways.filter((way, b) => norm(way) === 0 || rayShape(along(b, way, 1)).basin === SPACINGS).length;
  return {
    startDistance,
    reach,
    trapped: shareInterval(shapes.filter(({ minima }) => minima > 0).length, count, EACH),
    minima: medianInterval(
      shapes.map(({ minima }) => minima),
      EACH,
    ),
    basin: medianInterval(basins, EACH),
    straightWay: shareInterval(straight, count, EACH),
    basins,
    shown: rays.slice(0, SHOWN_RAYS).map(relative),
    distances: Array.from({ length: SPACINGS + 1 }, (_, k) => ((k / SPACINGS) * reach) / unit),
  };
}

/** Points origin + (k/128) · length · direction for k = 0 … 128. */
function lineOf(origin: Float64Array, direction: Float64Array, length: number): Batch {
  const points = batch(SPACINGS + 1, origin.length);
  for (let k = 0; k <= SPACINGS; k++) {
    const point = row(points, k);
    for (let j = 0; j < point.length; j++) {
      point[j] = (origin[j] as number) + (k / SPACINGS) * length * (direction[j] as number);
    }
  }
  return points;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, j) => value - (b[j] as number));
}

/** Uniform on the unit sphere. */
function randomDirection(dimension: number, random: Random): Float64Array {
  for (;;) {
    const direction = Float64Array.from({ length: dimension }, () => random.normal());
    const length = norm(direction);
    if (length > 0) return direction.map((value) => value / length);
  }
}

function relative(losses: Float64Array): readonly (number | null)[] {
  const largest = losses.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, value) : most), 0);
  return Array.from(losses, (value) => (Number.isFinite(value) ? value / (largest > 0 ? largest : 1) : null));
}
