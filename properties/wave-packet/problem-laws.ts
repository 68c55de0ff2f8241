import fc from 'fast-check';
import { type Batch, batch, row } from '../../src/core/batch.ts';
import { stream } from '../../src/core/random.ts';
import { halfSquaredError } from '../../src/simulators/half-squared-error.ts';
import { wavePacket } from '../../src/simulators/wave-packet.ts';
import { globalMinimum, wavePacketPrior, wavePacketSettings } from '../../src/simulators/wave-packet-problem.ts';
import type { WavePacketProblemOptions, WavePacketSettingName } from '../../src/simulators/wave-packet-settings.ts';
import { type Law, law } from '../law.ts';
import { priorBatch } from '../prior-arbitrary.ts';

/** Loss at the global minimum per row, as an oracle knows it. */
export type GlobalLoss = (options: WavePacketProblemOptions, observed: Batch) => Float64Array;

/** Relative to 1 + loss: 128 squares round to some 1e-14. */
const ROUNDING = 1e-12;

interface ProblemCase {
  readonly oracle: GlobalLoss;
  readonly setting: WavePacketSettingName;
  readonly truth: Batch;
  readonly noise: number;
  readonly salt: number;
}

function violation({ oracle, setting, truth, noise, salt }: ProblemCase): string | undefined {
  const options = wavePacketSettings[setting];
  const clean = wavePacket(options).forward(truth, batch(truth.rows, 0));
  const observed = batch(clean.rows, clean.cols, clean.data.slice());
  const random = stream(salt, 'law/problem-noise');
  for (let i = 0; i < observed.data.length; i++) observed.data[i]! += noise * random.normal();
  const atTruth = halfSquaredError.evaluate(clean, observed).value;
  const found = oracle(options, observed);
  for (let b = 0; b < truth.rows; b++) {
    if (!(found[b]! <= atTruth[b]! + ROUNDING * (1 + atTruth[b]!))) {
      return `row ${b}: loss ${found[b]} at the global minimum, ${atTruth[b]} at the truth ${row(truth, b)[0]}`;
    }
  }
  return undefined;
}

/**
 * wave-packet.oracle-is-not-above-truth: for every t0* of the prior of settings A to D and noise up to 0.5, the loss that
 * the oracle calls global is not above the loss at the truth: what "solved" is measured against is never too high.
 */
export function wavePacketOracleIsNotAboveTruth(): Law<GlobalLoss> {
  const subject: GlobalLoss = (options, observed) => globalMinimum(options, observed).loss;
  const atCenter: GlobalLoss = ({ center = 64, ...shape }, observed) => {
    const start = batch(observed.rows, 1, new Float64Array(observed.rows).fill(center));
    return halfSquaredError.evaluate(wavePacket(shape).forward(start, batch(observed.rows, 0)), observed).value;
  };
  return law<GlobalLoss, ProblemCase>({
    cases: 60,
    subject,
    twin: { what: 'the loss at the center of the prior', subject: atCenter },
    arbitrary: (oracle) =>
      fc.constantFrom('A' as const, 'B' as const, 'C' as const, 'D' as const).chain((setting) =>
        fc.record({
          oracle: fc.constant(oracle),
          setting: fc.constant(setting),
          truth: priorBatch(wavePacketPrior(setting), 4),
          noise: fc.constantFrom(0, 0.1, 0.5),
          salt: fc.nat(1000),
        }),
      ),
    violation,
    show: ({ setting, truth, noise, salt }) =>
      `setting ${setting}, t0* [${truth.data.join(', ')}], noise ${noise}, salt ${salt}`,
  });
}
