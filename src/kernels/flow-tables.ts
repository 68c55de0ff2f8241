import { type LinePlan, linePlan } from './line-fourier.ts';

/** Numbers of the discretization; the caller checks them. */
export interface FlowScheme {
  /** N grid points per side, a power of two >= 16, on [−π, π)². */
  readonly points: number;
  readonly viscosity: number;
  readonly diffusivity: number;
  /** Time step. */
  readonly step: number;
}

/**
 * Where the modes of a real field lie: wave numbers kx = 0 … K, slowest, and ky = 0 … K, −K … −1, K the largest below N/3;
 * the other half is conjugate. A mode is a complex number, its parts side by side; a state holds those of the vorticity and
 * then those of the marker, both the mean of field · exp(−ik·x).
 */
export interface FlowTables {
  readonly points: number;
  /** h, which the decays are of. */
  readonly step: number;
  /** K */
  readonly most: number;
  /** 2K + 1 wave numbers of either sign. */
  readonly waves: number;
  /** (K + 1)(2K + 1) modes of a field. */
  readonly modes: number;
  readonly line: LinePlan;
  /** Of each mode six numbers, in the order of the constants below. */
  readonly records: Float64Array;
}

/** exp(−ν k² h/2), and the same of the marker. */
export const DECAY_VORTICITY = 0;
export const DECAY_MARKER = 1;
/** kx/N² and ky/N²: derivatives of what a sum over the grid has transformed. */
export const ALONG_X = 2;
export const ALONG_Y = 3;
/** ky/k² and kx/k²: û = i · upward · ω̂, v̂ = −i · across · ω̂. */
export const UPWARD = 4;
export const ACROSS = 5;
export const RECORD = 6;

/** @example
 * const { modes, waves } = flowTables({ points: 32, viscosity: 0.01, diffusivity: 0.01, step: 0.1 });
 * [modes, waves]; // => [231, 21]
 */
export function flowTables({ points, viscosity, diffusivity, step }: FlowScheme): FlowTables {
  const line = linePlan(points);
  const { most } = line;
  const waves = 2 * most + 1;
  const modes = (most + 1) * waves;
  const records = new Float64Array(RECORD * modes);
  for (let i = 0; i < modes; i++) {
    const x = Math.floor(i / waves);
    const j = i % waves;
    const y = j <= most ? j : j - waves;
    const square = x * x + y * y;
    const decay = (rate: number): number => Math.exp(-0.5 * rate * square * step);
    const size = points * points;
    const overSquare = (k: number): number => (square === 0 ? 0 : k / square);
    const record = [decay(viscosity), decay(diffusivity), x / size, y / size, overSquare(y), overSquare(x)];
    records.set(record, RECORD * i);
  }
  return { points, step, most, waves, modes, line, records };
}
