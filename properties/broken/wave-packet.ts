import { type Batch, batch, row } from '../../src/core/batch.ts';
import type { Simulator } from '../../src/core/problem.ts';
import { wavePacket } from '../../src/simulators/wave-packet.ts';
import type { PacketShape, WavePacketOptions } from '../../src/simulators/wave-packet-direct.ts';

/** Deliberately faulty twins of what the laws are about: every law must refute at least one of them. */

/** ∂u/∂t0 at distance s = j − t0 from the center, as somebody might get it wrong. */
type Slope = (s: number, shape: PacketShape) => number;

const carrierFrequency = ({ period }: PacketShape): number => (2 * Math.PI) / period;
const envelope = (s: number, { sigma }: PacketShape): number => Math.exp(-(s * s) / (2 * sigma * sigma));
const gaussianTerm: Slope = (s, shape) =>
  (s / shape.sigma ** 2) * Math.sin(carrierFrequency(shape) * s) * envelope(s, shape);
const carrierTerm: Slope = (s, shape) =>
  -carrierFrequency(shape) * Math.cos(carrierFrequency(shape) * s) * envelope(s, shape);

const WRONG_SLOPES = {
  'gaussian-sign': (s, shape) => carrierTerm(s, shape) - gaussianTerm(s, shape),
  'no-gaussian': carrierTerm,
  'no-carrier': gaussianTerm,
  'factor-two': (s, shape) => 2 * (carrierTerm(s, shape) + gaussianTerm(s, shape)),
  'sigma-power': (s, shape) => carrierTerm(s, shape) + shape.sigma * gaussianTerm(s, shape),
  // A thousandth of a percent: too small for a plot, not for a law.
  'slightly-off': (s, shape) => 1.00001 * (carrierTerm(s, shape) + gaussianTerm(s, shape)),
} satisfies Record<string, Slope>;

export type WrongSlope = keyof typeof WRONG_SLOPES;
export type BrokenWavePacket = WrongSlope | 'jvp-sigma-power' | 'jvp-sign' | 'first-row';

/** All ways in which the pullback of a wave packet is wrong here. */
export const WRONG_SLOPE_NAMES = Object.keys(WRONG_SLOPES) as readonly WrongSlope[];

/** Rows of ∂u/∂t0, (B, m). */
function slopes(slope: Slope, x: Batch, shape: PacketShape, samples: number): Batch {
  const result = batch(x.rows, samples);
  for (let b = 0; b < x.rows; b++) {
    for (let j = 0; j < samples; j++) result.data[b * samples + j] = slope(j - x.data[b]!, shape);
  }
  return result;
}

function withPullback(simulator: Simulator, slope: Slope, shape: PacketShape): Simulator {
  return {
    ...simulator,
    vjp: (x, identifiers) => ({
      y: simulator.forward(x, identifiers),
      pullback: (yBar) => {
        const wrong = slopes(slope, x, shape, yBar.cols);
        const sums = Array.from({ length: x.rows }, (_, b) =>
          row(wrong, b).reduce((sum, value, j) => sum + value * row(yBar, b)[j]!, 0),
        );
        return batch(x.rows, 1, Float64Array.from(sums));
      },
    }),
  };
}

function withTangent(simulator: Simulator, slope: Slope, shape: PacketShape): Simulator {
  return {
    ...simulator,
    jvp: (x, identifiers, xDot) => {
      const { cols } = simulator.forward(x, identifiers);
      const wrong = slopes(slope, x, shape, cols);
      wrong.data.forEach((value, i) => {
        wrong.data[i] = value * xDot.data[Math.floor(i / cols)]!;
      });
      return wrong;
    },
  };
}

/** Row 0 of every output for all rows: right for a batch of one. */
function withFirstRow(simulator: Simulator): Simulator {
  const spread = (output: Batch): Batch => {
    for (let b = 1; b < output.rows; b++) output.data.copyWithin(b * output.cols, 0, output.cols);
    return output;
  };
  return { ...simulator, forward: (x, identifiers) => spread(simulator.forward(x, identifiers)) };
}

/** `wavePacket` with one fault, by name. */
export function brokenWavePacket(fault: BrokenWavePacket): (options: WavePacketOptions) => Simulator {
  return (options) => {
    const simulator = wavePacket(options);
    switch (fault) {
      case 'first-row':
        return withFirstRow(simulator);
      case 'jvp-sigma-power':
        return withTangent(simulator, WRONG_SLOPES['sigma-power'], options);
      case 'jvp-sign':
        return withTangent(simulator, (s, shape) => -carrierTerm(s, shape) - gaussianTerm(s, shape), options);
      default:
        return withPullback(simulator, WRONG_SLOPES[fault], options);
    }
  };
}

/** Number of minima by the shortcut 1 + 2 ⌊within/P⌋, which overlooks side minima a little inside a multiple of the period. */
export function floorCount({ period }: PacketShape, within: number): number {
  return 1 + 2 * Math.floor(within / period);
}

/** The landscape without the reflected term ε = exp(−w²σ²). */
export function landscapeWithoutEpsilon(tau: number, { sigma, period }: PacketShape): number {
  const amplitude = (Math.sqrt(Math.PI) * sigma) / 2;
  return amplitude * (1 - Math.exp(-((tau / (2 * sigma)) ** 2)) * Math.cos((2 * Math.PI * tau) / period));
}
