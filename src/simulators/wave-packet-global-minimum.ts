import { allFinite, type Batch, batch, requireShape, row } from '../core/batch.ts';
import { requireNumber } from '../core/errors.ts';
import { bisect } from '../numerics/bisection.ts';
import { type PacketWriter, packetWriter } from './wave-packet.ts';
import { requireWavePacketProblem, type WavePacketProblemOptions } from './wave-packet-settings.ts';

/** Points of the grid where shape and prior do not ask for more; divisible by 4, as `gridLosses` takes four at a time. */
const USUAL_POINTS = 2000;

/** Grid points per period or width, whichever is shorter: fine enough for every local minimum to be one of the grid. */
const POINTS_PER_LENGTH = 16;

/** Largest template matrix: 2^24 numbers are 128 MB. */
const LARGEST_TEMPLATES = 2 ** 24;

/** Samples searched beyond either end of the prior. */
const MARGIN = 16;

/** Template matrices kept: one is 2000 · 128 · 8 bytes = 2 MB at the default length. */
const LARGEST_CACHE = 8;

/** Packets on a grid of centers, so that a loss there costs one dot product. */
interface Templates {
  readonly write: PacketWriter;
  readonly samples: number;
  readonly low: number;
  readonly step: number;
  readonly points: number;
  /** (points, m), row-major: u(low + g · step). */
  readonly packets: Float64Array;
  /** ½|u|² per grid point. */
  readonly halfEnergy: Float64Array;
  /** max |∂u/∂t0|² and max |∂²u/∂t0²|, Euclidean norms over samples. */
  readonly slopeEnergy: number;
  readonly curvature: number;
}

const cache = new Map<string, Templates>();

function largest(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}

function gridSize({ sigma, period, halfWidth, samples }: Required<WavePacketProblemOptions>): number {
  const needed = (POINTS_PER_LENGTH * 2 * (halfWidth + MARGIN)) / Math.min(sigma, period);
  const points = Math.max(USUAL_POINTS, 4 * Math.ceil(needed / 4));
  requireNumber('globalMinimum: grid points times "samples"', points * samples, { maximum: LARGEST_TEMPLATES });
  return points;
}

function buildTemplates(options: Required<WavePacketProblemOptions>): Templates {
  const { samples, center, halfWidth } = options;
  const write = packetWriter(options);
  const points = gridSize(options);
  const low = center - halfWidth - MARGIN;
  const step = (2 * (halfWidth + MARGIN)) / (points - 1);
  const packets = new Float64Array(points * samples);
  const slopes = new Float64Array(points * samples);
  const halfEnergy = new Float64Array(points);
  const slopeEnergy = new Float64Array(points);
  const curvature = new Float64Array(points);
  for (let g = 0; g < points; g++) {
    write(low + g * step, packets, slopes, g * samples);
    for (let i = g * samples; i < (g + 1) * samples; i++) {
      halfEnergy[g]! += 0.5 * packets[i]! ** 2;
      slopeEnergy[g]! += slopes[i]! ** 2;
      if (g > 0) curvature[g]! += ((slopes[i]! - slopes[i - samples]!) / step) ** 2;
    }
  }
  return {
    write,
    samples,
    low,
    step,
    points,
    packets,
    halfEnergy,
    slopeEnergy: largest(slopeEnergy),
    curvature: Math.sqrt(largest(curvature)),
  };
}

function templatesOf(options: Required<WavePacketProblemOptions>): Templates {
  const { sigma, period, samples, center, halfWidth } = options;
  const key = [sigma, period, samples, center, halfWidth].join();
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= LARGEST_CACHE) cache.delete(cache.keys().next().value as string);
  const templates = buildTemplates(options);
  cache.set(key, templates);
  return templates;
}

/** ½|u|² − u·y for every grid point: the loss without ½|y|². Four dot products at a time hide the latency of additions. */
function gridLosses({ packets, halfEnergy, samples, points }: Templates, y: Float64Array, losses: Float64Array): void {
  for (let g = 0; g < points; g += 4) {
    const first = g * samples;
    const second = first + samples;
    const third = second + samples;
    const fourth = third + samples;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let j = 0; j < samples; j++) {
      const value = y[j]!;
      a += packets[first + j]! * value;
      b += packets[second + j]! * value;
      c += packets[third + j]! * value;
      d += packets[fourth + j]! * value;
    }
    losses[g] = halfEnergy[g]! - a;
    losses[g + 1] = halfEnergy[g + 1]! - b;
    losses[g + 2] = halfEnergy[g + 2]! - c;
    losses[g + 3] = halfEnergy[g + 3]! - d;
  }
}

/** Exact loss and slope at t0. */
function exactLoss({ write, samples }: Templates, y: Float64Array) {
  const u = new Float64Array(samples);
  const slope = new Float64Array(samples);
  return (t0: number): { readonly loss: number; readonly gradient: number } => {
    write(t0, u, slope, 0);
    let loss = 0;
    let gradient = 0;
    for (let j = 0; j < samples; j++) {
      const deviation = u[j]! - y[j]!;
      loss += 0.5 * deviation * deviation;
      gradient += deviation * slope[j]!;
    }
    return { loss, gradient };
  };
}

/**
 * Largest difference between a local minimum and the grid point nearest to it: h²/8 max L″, where
 * L″ = |u′|² + u″·(u − y). Grid minima within it of the best could hide the global one.
 */
function gridError({ step, slopeEnergy, curvature, halfEnergy }: Templates, y: Float64Array): number {
  const residual = Math.sqrt(2 * largest(halfEnergy)) + Math.sqrt(y.reduce((sum, value) => sum + value * value, 0));
  return ((step * step) / 8) * (slopeEnergy + curvature * residual);
}

function minimumOfRow(templates: Templates, y: Float64Array, losses: Float64Array): { t0: number; loss: number } {
  if (!allFinite(y)) return { t0: Number.NaN, loss: Number.NaN };
  gridLosses(templates, y, losses);
  const bound = losses.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY) + gridError(templates, y);
  const at = exactLoss(templates, y);
  const gridPoint = (g: number): number =>
    templates.low + Math.min(templates.points - 1, Math.max(0, g)) * templates.step;
  let best = { t0: Number.NaN, loss: Number.POSITIVE_INFINITY };
  const offer = (t0: number): void => {
    const { loss } = at(t0);
    if (loss < best.loss) best = { t0, loss };
  };
  for (let g = 0; g < templates.points; g++) {
    const value = losses[g]!;
    if (value > bound || value > (losses[g - 1] ?? value) || value > (losses[g + 1] ?? value)) continue;
    offer(gridPoint(g));
    if (gridPoint(g + 1) > gridPoint(g - 1)) {
      offer(bisect(gridPoint(g - 1), gridPoint(g + 1), (t0) => at(t0).gradient < 0));
    }
  }
  return best;
}

/**
 * Global minimum of L(t0) = ½ Σ_j (u_j(t0) − y_j)² over the prior widened by 16 samples at either end.
 *
 * The loss on 2000 equidistant centers (more where the packet is narrow for its prior) is read off tabulated packets; every local minimum of the grid that could hide
 * the global one (within h²/8 max L″ of the best) is then polished on the exact loss by bisection of its gradient.
 *
 * @param options   shape, prior and sampling as for `wavePacketProblem`; noise plays no part; a grid
 *                  of more than 2^24 numbers throws `out-of-range`
 * @param observed  y (B, m); another width throws `shape-mismatch`
 * @returns centers (B) in samples and losses (B); NaN in rows of y that are not finite;
 *          a row so large that its loss overflows gets NaN and +∞
 * @example
 * const packet = wavePacket({ sigma: 8, period: 32 }).forward(batchOfRows([[70]]), batch(1, 0));
 * globalMinimum({ sigma: 8, period: 32 }, packet).t0[0].toFixed(9); // => '70.000000000'
 */
export function globalMinimum(
  options: WavePacketProblemOptions,
  observed: Batch,
): { readonly t0: Float64Array; readonly loss: Float64Array } {
  const templates = templatesOf(requireWavePacketProblem('globalMinimum', options));
  requireShape('globalMinimum: "observed"', observed, undefined, templates.samples);
  const result = batch(2, observed.rows);
  const losses = new Float64Array(templates.points);
  for (let b = 0; b < observed.rows; b++) {
    const { t0, loss } = minimumOfRow(templates, row(observed, b), losses);
    result.data[b] = t0;
    result.data[observed.rows + b] = loss;
  }
  return { t0: row(result, 0), loss: row(result, 1) };
}
