import { requireNumber } from '../core/errors.ts';

/** Shape of a packet: Gaussian envelope times sine. */
export interface PacketShape {
  /** Width σ of the envelope, in samples. */
  readonly sigma: number;
  /** Period P of the carrier, in samples. */
  readonly period: number;
}

export interface WavePacketOptions extends PacketShape {
  /** Number m of samples t_j = j, j = 0, …, m − 1; 128 unless given. */
  readonly samples?: number;
}

/**
 * The options with defaults filled in, or `out-of-range` / `not-finite`.
 *
 * σ >= 1/2, below which a packet falls between two samples; σ <= 1000, because tables have 72 σ entries.
 * P >= 2, the Nyquist period: a shorter carrier is aliased by the grid.
 */
export function requireWavePacket(where: string, options: WavePacketOptions): Required<WavePacketOptions> {
  const { sigma, period, samples = 128 } = options;
  return {
    sigma: requireNumber(`${where}: "sigma"`, sigma, { minimum: 0.5, maximum: 1000 }),
    period: requireNumber(`${where}: "period"`, period, { minimum: 2 }),
    samples: requireNumber(`${where}: "samples"`, samples, { minimum: 1, maximum: 1e6, integer: true }),
  };
}

/** A number that carries its derivative along one direction. */
interface Dual {
  readonly value: number;
  readonly dot: number;
}

const times = (p: Dual, q: Dual): Dual => ({ value: p.value * q.value, dot: p.dot * q.value + p.value * q.dot });
const scale = (factor: number, p: Dual): Dual => ({ value: factor * p.value, dot: factor * p.dot });
const sine = (p: Dual): Dual => ({ value: Math.sin(p.value), dot: Math.cos(p.value) * p.dot });
const exponential = (p: Dual): Dual => {
  const value = Math.exp(p.value);
  return { value, dot: value * p.dot };
};

const ZERO: Dual = { value: 0, dot: 0 };

/** u_j and its derivative along the direction of `t0`. */
function packetSample(j: number, t0: Dual, { sigma, period }: PacketShape): Dual {
  const s: Dual = { value: j - t0.value, dot: -t0.dot };
  const envelope = exponential(scale(-1 / (2 * sigma * sigma), times(s, s)));
  // Where the envelope underflows its huge argument may meet it as 0 · ∞.
  if (envelope.value === 0) return ZERO;
  return times(sine(scale((2 * Math.PI) / period, s)), envelope);
}

/**
 * The packet and its exact derivative along ṫ0, sample by sample from the definition, in dual numbers.
 *
 *     u_j(t0) = sin(w (j − t0)) exp(−(j − t0)² / (2 σ²)),   w = 2π / P
 *
 * Shares no code with the tables and the pullback of `wavePacket`, so each is a test of the other; about fifty times slower.
 *
 * @param t0       center of the packet, in samples; not finite gives NaN everywhere
 * @param options  as for `wavePacket`
 * @param t0Dot    direction, 1 unless given; not finite gives a NaN tangent
 * @returns `y` (m) and `tangent` (m) = ṫ0 ∂u/∂t0
 * @example
 * wavePacketDirect(0, { sigma: 8, period: 4, samples: 2 }).y[1].toFixed(6); // => '0.992218'
 */
export function wavePacketDirect(
  t0: number,
  options: WavePacketOptions,
  t0Dot = 1,
): { readonly y: Float64Array; readonly tangent: Float64Array } {
  const { sigma, period, samples } = requireWavePacket('wavePacketDirect', options);
  const y = new Float64Array(samples);
  const tangent = new Float64Array(samples);
  for (let j = 0; j < samples; j++) {
    const sample = packetSample(j, { value: t0, dot: t0Dot }, { sigma, period });
    y[j] = Number.isFinite(t0) ? sample.value : Number.NaN;
    tangent[j] = Number.isFinite(t0) && Number.isFinite(t0Dot) ? sample.dot : Number.NaN;
  }
  return { y, tangent };
}
