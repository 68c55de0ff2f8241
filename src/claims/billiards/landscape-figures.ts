import { type Batch, batch, batchOfRows } from '../../core/batch.ts';
import type { TrialContext } from '../../core/claim.ts';
import type { Figure, Panel, Series } from '../../core/figure.ts';
import { childSeed } from '../../core/random.ts';
import { billiardShot } from '../../simulators/billiards.ts';
import { billiardsProblem, billiardsTable } from '../../simulators/billiards-problem.ts';
import { squaredError } from '../../simulators/squared-error.ts';
import { run } from '../../solvers/run.ts';
import { jointShots } from './methods.ts';
import { CLAIMED_TRAINING } from './training.ts';

const DEGREE = Math.PI / 180;
const DISTANCE = 0.6;
/** The hidden shot of the landscape: 4° beside the middle of the target. */
const HIDDEN = { direction: 4, speed: 1.5 } as const;

/** (direction in degrees, speed) */
type Shot = readonly [direction: number, speed: number];

const velocity = ([direction, speed]: Shot): readonly number[] => [
  speed * Math.cos(direction * DEGREE),
  speed * Math.sin(direction * DEGREE),
];

/** Losses of shots at a ball straight ahead, for the place that the hidden shot sends it to. */
function lossesOf(shots: readonly Shot[]): readonly number[] {
  const shot = billiardShot(billiardsTable);
  const targets = (count: number): Batch => batchOfRows(Array.from({ length: count }, () => [DISTANCE, 0]));
  const wanted = shot.forward(batchOfRows([velocity([HIDDEN.direction, HIDDEN.speed])]), targets(1));
  const ends = shot.forward(batchOfRows(shots.map(velocity)), targets(shots.length));
  const aims = batch(
    shots.length,
    2,
    Float64Array.from(ends.data, (_, i) => wanted.data[i % 2] as number),
  );
  return Array.from(squaredError.evaluate(ends, aims).value);
}

const range = (low: number, high: number, steps: number): number[] =>
  Array.from({ length: steps + 1 }, (_, k) => low + ((high - low) * k) / steps);

/** Loss along cuts through the two velocity components: Figure 4a. */
export function landscapeFigure(): Figure {
  const directions = range(-20, 20, 400);
  const speeds = range(0.05, 3, 400);
  const y = { label: 'loss |p − y*|²', scale: 'linear' } as const;
  const edge = Math.asin((2 * billiardsTable.radius) / DISTANCE) / DEGREE;
  const threshold = (DISTANCE - 2 * billiardsTable.radius) / billiardsTable.horizon;
  return {
    id: '4a',
    title: 'Billiards: loss over direction and speed',
    caption:
      `Loss of a shot at a ball ${DISTANCE} straight ahead, where the wanted place is reached with ${HIDDEN.speed} in direction ` +
      `${HIDDEN.direction}°. Beyond ±${edge.toFixed(1)}° the shot passes by, and below a speed of about ${threshold} it arrives too late: there the ` +
      'loss is flat and its gradient exactly zero. At the edges it starts like a square root, and some shots that hit are ' +
      'worse than a miss, so that descent can step out of the hit region, for good.',
    panels: [
      {
        title: 'at four speeds',
        x: { label: 'direction of the shot [°]', scale: 'linear' },
        y,
        series: [0.4, 0.8, 1.5, 2.5].map((speed) => ({
          name: `speed ${speed}`,
          x: directions,
          y: lossesOf(directions.map((direction) => [direction, speed])),
        })),
        references: [{ axis: 'x', value: HIDDEN.direction, label: 'hidden shot' }],
      },
      {
        title: 'in four directions',
        x: { label: 'speed of the shot', scale: 'linear' },
        y,
        series: [0, HIDDEN.direction, 8, 12].map((direction) => ({
          name: `${direction}°`,
          x: speeds,
          y: lossesOf(speeds.map((speed) => [direction, speed])),
        })),
        references: [{ axis: 'x', value: HIDDEN.speed, label: 'hidden shot' }],
      },
    ],
  };
}

type Point = readonly [number, number];

/** Outline of a ball. */
function outline([x, y]: Point): readonly Point[] {
  return range(0, 360, 36).map(
    (angle): Point => [
      x + billiardsTable.radius * Math.cos(angle * DEGREE),
      y + billiardsTable.radius * Math.sin(angle * DEGREE),
    ],
  );
}

/** Lines one after the other, with gaps between them. */
function lines(name: string, ...parts: readonly (readonly Point[])[]): Series {
  const x: number[] = [];
  const y: (number | null)[] = [];
  for (const part of parts) {
    if (x.length > 0) {
      x.push(part[0]?.[0] ?? 0);
      y.push(null);
    }
    for (const [px, py] of part) {
      x.push(px);
      y.push(py);
    }
  }
  return { name, x, y };
}

const pointOf = ({ data }: Batch): Point => [data[0] as number, data[1] as number];

/** Ways of both balls of one shot; a cue ball that hits nothing rolls on to the horizon. */
function shotPanel(title: string, v: Batch, g: Batch, wanted: Batch): Panel {
  const shot = billiardShot(billiardsTable);
  const end = pointOf(shot.forward(v, g));
  const [from, velocityAt] = [pointOf(g), pointOf(v)];
  const hit = shot.shotEvents(v, g)[0] === 'hit';
  // Velocity of the target by the way of one more unit of time; it came from g when the balls met.
  const later = pointOf(billiardShot({ ...billiardsTable, horizon: billiardsTable.horizon + 1 }).forward(v, g));
  const flight = Math.hypot(end[0] - from[0], end[1] - from[1]) / Math.hypot(later[0] - end[0], later[1] - end[1]);
  const time = hit ? billiardsTable.horizon - flight : billiardsTable.horizon;
  const contact: Point = [velocityAt[0] * time, velocityAt[1] * time];
  return {
    title,
    x: { label: 'x', scale: 'linear' },
    y: { label: 'y', scale: 'linear' },
    series: [
      lines('cue ball', outline([0, 0]), [[0, 0], contact], outline(contact)),
      lines('target', outline(from), [from, end], outline(end)),
      lines('wanted place', outline(pointOf(wanted))),
    ],
  };
}

/** One problem that starts with a miss, before and after a joint training. */
export async function shotFigure(context: TrialContext): Promise<Figure> {
  const seed = childSeed(context.seed, 'figure/billiards-shot');
  const problem = billiardsProblem('single');
  const { task } = problem.draw(256, seed);
  const joint = run(problem, await jointShots(context, CLAIMED_TRAINING, seed), task, seed);
  const missed = problem.simulator.shotEvents(task.start, task.identifiers).indexOf('miss');
  const pick = ({ data }: Batch): Batch => batch(1, 2, data.slice(2 * missed, 2 * missed + 2));
  const [g, wanted] = [pick(task.identifiers), pick(task.observed)];
  const after = batchOfRows([joint.rows[missed]?.x ?? []], 2);
  return {
    id: 'billiards-shot',
    title: 'Billiards: a shot before and after joint training',
    caption:
      'The first of 256 problems whose start misses: balls as circles (the axes are not to scale), their ways as lines. Left the ' +
      'start (1.5, 0), which has no gradient; right the answer of the jointly trained network, not refined.',
    panels: [shotPanel('before', pick(task.start), g, wanted), shotPanel('after joint training', after, g, wanted)],
  };
}
