import { type Batch, batch, requireShape } from '../core/batch.ts';
import type { Simulator } from '../core/problem.ts';
import { requireWavePacket, type WavePacketOptions, wavePacketDirect } from './wave-packet-direct.ts';

/** In units of σ: beyond it the packet is below exp(−36²/2 + 36) = 1e-266 and taken as zero, so nothing is subnormal. */
const REACH = 36;

/** Samples between two fresh exponentials: the running power is then exact to 32 roundings. */
const BLOCK = 32;

/** Writes u(t0), and its derivative in t0 where asked for, into `samples` entries from `offset` on. */
export type PacketWriter = (t0: number, y: Float64Array, slope: Float64Array | undefined, offset: number) => void;

/** sin(w d) exp(−d²/2σ²) and cos(w d) exp(−d²/2σ²) for integer d from −reach to reach. */
function tabulate({ sigma, period }: WavePacketOptions, reach: number) {
  const sines = new Float64Array(2 * reach + 1);
  const cosines = new Float64Array(2 * reach + 1);
  for (let d = -reach; d <= reach; d++) {
    // The remainder is exact, so the phase is accurate however many periods away.
    const phase = 2 * Math.PI * ((d % period) / period);
    const envelope = Math.exp(-(d * d) / (2 * sigma * sigma));
    sines[d + reach] = Math.sin(phase) * envelope;
    cosines[d + reach] = Math.cos(phase) * envelope;
  }
  return { sines, cosines };
}

/**
 * Packet and derivative from tables: a handful of transcendental calls per row instead of two per sample.
 *
 * With c = round(t0), r = t0 − c and integer d = j − c, so that j − t0 = d − r,
 *
 *     sin(w (d − r)) = sin(w d) cos(w r) − cos(w d) sin(w r)
 *     exp(−(d − r)²/2σ²) = exp(−d²/2σ²) exp(d r/σ²) exp(−r²/2σ²)
 *     ∂u_j/∂t0 = ((d − r)/σ²) u_j − w cos(w (d − r)) exp(−(d − r)²/2σ²)
 *
 * Only functions of d are tabulated; exp(d r/σ²) is a running power. Absolute error below 1e-14.
 */
export function packetWriter(options: WavePacketOptions): PacketWriter {
  const { sigma, period, samples } = requireWavePacket('packetWriter', options);
  const reach = Math.ceil(REACH * sigma);
  const { sines, cosines } = tabulate({ sigma, period }, reach);
  const w = (2 * Math.PI) / period;
  const inverseVariance = 1 / (sigma * sigma);

  return (t0, y, slope, offset) => {
    if (!Number.isFinite(t0)) {
      y.fill(Number.NaN, offset, offset + samples);
      slope?.fill(Number.NaN, offset, offset + samples);
      return;
    }
    const center = Math.round(t0);
    const low = Math.min(samples, Math.max(0, center - reach));
    const end = Math.max(low, Math.min(samples, center + reach + 1));
    y.fill(0, offset, offset + low).fill(0, offset + end, offset + samples);
    slope?.fill(0, offset, offset + low).fill(0, offset + end, offset + samples);

    const r = t0 - center;
    const envelope = Math.exp(-0.5 * r * r * inverseVariance);
    const a = Math.cos(w * r) * envelope;
    const b = Math.sin(w * r) * envelope;
    const growth = r * inverseVariance;
    const ratio = Math.exp(growth);
    for (let start = low; start < end; start += BLOCK) {
      const stop = Math.min(start + BLOCK, end);
      let power = Math.exp((start - center) * growth);
      // Kept apart from `center`, which may be huge, so that it stays a machine integer.
      let k = (start - center + reach) | 0;
      for (let j = start; j < stop; j++, k++) {
        const u = power * (sines[k]! * a - cosines[k]! * b);
        y[offset + j] = u;
        if (slope !== undefined) {
          slope[offset + j] = (k - reach - r) * inverseVariance * u - w * power * (cosines[k]! * a + sines[k]! * b);
        }
        power *= ratio;
      }
    }
  };
}

/** x̄_b = Σ_j ȳ_bj ∂u_bj/∂t0. */
function contract(slope: Batch, yBar: Batch): Batch {
  const xBar = batch(slope.rows, 1);
  for (let b = 0; b < slope.rows; b++) {
    let sum = 0;
    for (let i = b * slope.cols; i < (b + 1) * slope.cols; i++) sum += slope.data[i]! * yBar.data[i]!;
    xBar.data[b] = sum;
  }
  return xBar;
}

/**
 * A wave packet of known shape and unknown center t0, sampled at t_j = j.
 *
 *     u_j(t0) = sin(w (j − t0)) exp(−(j − t0)² / (2 σ²)),   w = 2π / P,   j = 0, …, m − 1
 *
 * Input t0 (B, 1) in samples, no identifiers (B, 0), output (B, m). `vjp` is analytic and read off tables; `jvp` is
 * independent forward-mode code on the formula above. A row whose t0 is not finite is NaN in every result; any finite
 * t0, however far from the grid, is valid (the packet is zero there).
 *
 * @param options.sigma    σ in [1/2, 1000] samples
 * @param options.period   P >= 2 samples
 * @param options.samples  m, an integer in [1, 10^6]; 128 unless given. Anything else throws `out-of-range` or `not-finite`.
 * @example
 * const packet = wavePacket({ sigma: 8, period: 32 });
 * packet.forward(batchOfRows([[64]]), batch(1, 0)).data[72].toFixed(6); // => '0.606531'
 */
export function wavePacket(options: WavePacketOptions): Simulator {
  const shape = requireWavePacket('wavePacket', options);
  const { samples } = shape;
  const write = packetWriter(shape);
  const requireInput = (method: string, x: Batch, identifiers: Batch): void => {
    requireShape(`wavePacket.${method}: "x"`, x, undefined, 1);
    requireShape(`wavePacket.${method}: "identifiers"`, identifiers, x.rows, 0);
  };
  return Object.freeze({
    name: 'wave-packet',
    input: [{ name: 't0', length: 1, unit: 'samples' }],
    identifiers: [],
    output: [{ name: 'u', length: samples, unit: '1' }],
    forward: (x, identifiers) => {
      requireInput('forward', x, identifiers);
      const y = batch(x.rows, samples);
      for (let b = 0; b < x.rows; b++) write(x.data[b]!, y.data, undefined, b * samples);
      return y;
    },
    vjp: (x, identifiers) => {
      requireInput('vjp', x, identifiers);
      const y = batch(x.rows, samples);
      const slope = batch(x.rows, samples);
      for (let b = 0; b < x.rows; b++) write(x.data[b]!, y.data, slope.data, b * samples);
      const pullback = (yBar: Batch): Batch => {
        requireShape('wavePacket.pullback: "yBar"', yBar, x.rows, samples);
        return contract(slope, yBar);
      };
      return { y, pullback };
    },
    jvp: (x, identifiers, xDot) => {
      requireInput('jvp', x, identifiers);
      requireShape('wavePacket.jvp: "xDot"', xDot, x.rows, 1);
      const yDot = batch(x.rows, samples);
      for (let b = 0; b < x.rows; b++) {
        yDot.data.set(wavePacketDirect(x.data[b]!, shape, xDot.data[b]!).tangent, b * samples);
      }
      return yDot;
    },
  } satisfies Simulator);
}
