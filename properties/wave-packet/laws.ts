import fc from 'fast-check';
import { batch, batchOfRows } from '../../src/core/batch.ts';
import type { Simulator } from '../../src/core/problem.ts';
import { halfSquaredError } from '../../src/simulators/half-squared-error.ts';
import { wavePacket } from '../../src/simulators/wave-packet.ts';
import type { PacketShape, WavePacketOptions } from '../../src/simulators/wave-packet-direct.ts';
import { landscapeGradient, landscapeLoss, minimaCount } from '../../src/simulators/wave-packet-landscape.ts';
import { dyadic, powerOfTwo, wavePacketOptions } from '../arbitraries.ts';
import { brokenWavePacket, floorCount } from '../broken/wave-packet.ts';
import { assume, type Law, law } from '../law.ts';
import {
  adjointLaw,
  batchEqualsRowsLaw,
  jvpMatchesDifferencesLaw,
  type SimulatorCase,
  taylorSlopeLaw,
} from '../simulator-laws.ts';

/** The subject of the simulator laws: `wavePacket` itself or a broken one. */
export type WavePacketFactory = (options: WavePacketOptions) => Simulator;

/** Centers on and off the grid of up to 128 samples, multiples of 1/64. */
const usualCenter = dyadic(-64, 192);

/** Far away and not finite: a row must survive them, and its neighbors must not notice. */
const unusualCenter = fc.oneof(
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  powerOfTwo(8, 1000),
  powerOfTwo(8, 1000).map((t0) => -t0),
);

/** Center in the units of a case: t0 itself, or a place relative to the grid. */
type Placement = (value: number, options: Required<WavePacketOptions>) => number;

const absolute: Placement = (t0) => t0;

/** From 3 σ before the grid (−1) over its middle (0) to 3 σ behind it (1), rounded to 1/64. */
const relative: Placement = (place, { sigma, samples }) => {
  const half = (samples - 1) / 2;
  return Math.round(64 * (half + place * (half + 3 * sigma))) / 64;
};

function packetCases(factory: WavePacketFactory, value: fc.Arbitrary<number>, placement: Placement) {
  const parts = {
    options: wavePacketOptions(),
    values: fc.array(value, { minLength: 1, maxLength: 4 }),
    salt: fc.nat(1000),
  };
  return fc.record(parts).map(({ options, values, salt }): SimulatorCase => {
    const { sigma, period, samples } = options;
    const centers = values.map((each) => placement(each, options));
    return {
      simulator: factory(options),
      x: batch(centers.length, 1, Float64Array.from(centers)),
      identifiers: batch(centers.length, 0),
      salt,
      label: `sigma ${sigma}, period ${period}, ${samples} samples, t0 [${centers.join(', ')}]`,
    };
  });
}

const usual = (factory: WavePacketFactory) => packetCases(factory, usualCenter, absolute);
const onTheGrid = (factory: WavePacketFactory) => packetCases(factory, dyadic(-1, 1), relative);
const mixed = (factory: WavePacketFactory) =>
  packetCases(factory, fc.oneof({ weight: 3, arbitrary: usualCenter }, unusualCenter), absolute);

/** wave-packet.adjoint-is-exact: σ in [1/2, 16], P in [2, 64], 1–128 samples, t0 on and off the grid. */
export function wavePacketAdjointIsExact(): Law<WavePacketFactory> {
  const twin = { what: 'pullback without the carrier term', subject: brokenWavePacket('no-carrier') };
  return adjointLaw({ cases: 1000, subject: wavePacket, twin, arbitrary: usual });
}

/** wave-packet.taylor-slope-is-two: the same σ, P and samples; t0 within 3 σ of the grid, beyond which all is rounding. */
export function wavePacketTaylorSlopeIsTwo(): Law<WavePacketFactory> {
  const twin = {
    what: 'pullback with the wrong sign of the Gaussian term',
    subject: brokenWavePacket('gaussian-sign'),
  };
  return taylorSlopeLaw({ cases: 500, subject: wavePacket, twin, arbitrary: onTheGrid });
}

/** wave-packet.jvp-is-exact: the same range. */
export function wavePacketJvpIsExact(): Law<WavePacketFactory> {
  const twin = { what: 'jvp with the wrong power of sigma', subject: brokenWavePacket('jvp-sigma-power') };
  return jvpMatchesDifferencesLaw({ cases: 500, subject: wavePacket, twin, arbitrary: usual });
}

/** wave-packet.batch-equals-rows: also centers up to 2^1000 and not finite. */
export function wavePacketBatchEqualsRows(): Law<WavePacketFactory> {
  const twin = { what: 'the first row returned for every row', subject: brokenWavePacket('first-row') };
  return batchEqualsRowsLaw({ cases: 1000, subject: wavePacket, twin, arbitrary: mixed });
}

/** What the landscape law compares: the simulator, and two closed forms. */
export interface LandscapeSubject {
  readonly simulator: WavePacketFactory;
  readonly loss: (tau: number, shape: PacketShape) => number;
  readonly count: (shape: PacketShape, within: number) => number;
}

const SAMPLES = 513;
const CENTER = 256;
const WITHIN = 32;
/** Samples between points at which signs are read: neighboring extrema are at least 1.97 apart in this range of σ and P. */
const SPACING = 0.5;

/** Relative to R(0): 513 products round to some 1e-14; aliasing and cut tails are below 1e-16 where σ and P are in range. */
const LANDSCAPE_TOLERANCE = 1e-11;

/** A slope this far below w R(0) has no sure sign: rounding leaves about 1e-14 of it. */
const SMALLEST_SLOPE = 1e-12;

interface SampledLandscape {
  readonly tau: Float64Array;
  readonly loss: Float64Array;
  readonly gradient: Float64Array;
}

/** Loss and exact slope of the sampled packet at τ = −32, −31.5, …, 32. */
function sampleLandscape(factory: WavePacketFactory, shape: PacketShape): SampledLandscape {
  const simulator = factory({ ...shape, samples: SAMPLES });
  const tau = Float64Array.from({ length: (2 * WITHIN) / SPACING + 1 }, (_, k) => k * SPACING - WITHIN);
  const centers = tau.map((displacement) => CENTER + displacement);
  const truth = simulator.forward(batchOfRows([[CENTER]]), batch(1, 0));
  const target = batchOfRows(Array.from(tau, () => truth.data));
  const { y, pullback } = simulator.vjp(batch(tau.length, 1, centers), batch(tau.length, 0));
  const { value, gradient } = halfSquaredError.evaluate(y, target);
  return { tau, loss: value, gradient: pullback(gradient).data };
}

function landscapeViolation(subject: LandscapeSubject, shape: PacketShape): string | undefined {
  const { tau, loss, gradient } = sampleLandscape(subject.simulator, shape);
  const scale = (Math.sqrt(Math.PI) * shape.sigma) / 2;
  const wrong = tau.findIndex((t, k) => !(Math.abs(loss[k]! - subject.loss(t, shape)) <= LANDSCAPE_TOLERANCE * scale));
  if (wrong >= 0) {
    return `L(${tau[wrong]}) is ${loss[wrong]} sampled, ${subject.loss(tau[wrong]!, shape)} in closed form`;
  }
  // An extremum within rounding of the edge of the window cannot be counted either way.
  const resolved = (scale * 2 * Math.PI * SMALLEST_SLOPE) / shape.period;
  assume(Math.abs(landscapeGradient(WITHIN, shape)) > resolved);
  let falling = false;
  let minima = 0;
  for (const slope of gradient) {
    if (falling && slope > resolved) minima++;
    if (Math.abs(slope) > resolved) falling = slope < 0;
  }
  const expected = subject.count(shape, WITHIN);
  return minima === expected ? undefined : `${minima} minima sampled, ${expected} predicted`;
}

/**
 * wave-packet.minima-count: on 513 samples around a packet with σ in [4, 12] and P in [4, 64] (multiples of 1/8), the
 * sampled loss has exactly the minima in |τ| <= 32 that the stationarity equation predicts, and equals the closed
 * form to 1e-11 of √π σ/2. The range keeps sums of Gaussians spectrally exact (σ(π − w) >= 6.2) and both packets
 * 18 σ from the ends. Left out: slopes at the edge of the window below 1e-12 of w √π σ/2.
 */
export function wavePacketMinimaCount(): Law<LandscapeSubject> {
  const subject: LandscapeSubject = { simulator: wavePacket, loss: landscapeLoss, count: minimaCount };
  return law({
    cases: 200,
    subject,
    twin: { what: 'minima counted as 1 + 2 floor(32 / P)', subject: { ...subject, count: floorCount } },
    arbitrary: (on) => fc.record({ on: fc.constant(on), sigma: dyadic(4, 12, 8), period: dyadic(4, 64, 8) }),
    violation: ({ on, sigma, period }) => landscapeViolation(on, { sigma, period }),
    show: ({ sigma, period }) => `sigma ${sigma}, period ${period}`,
  });
}
