import { type Batch, batch, row } from '../core/batch.ts';
import { requireNumber } from '../core/errors.ts';
import { type Prior, samplePriorRows } from '../core/prior.ts';
import type { InverseProblem, Reference } from '../core/problem.ts';
import { stream } from '../core/random.ts';
import { halfSquaredError } from './half-squared-error.ts';
import { wavePacket } from './wave-packet.ts';
import { globalMinimum } from './wave-packet-global-minimum.ts';
import {
  requireWavePacketProblem,
  type WavePacketProblemOptions,
  type WavePacketSettingName,
} from './wave-packet-settings.ts';

export { globalMinimum } from './wave-packet-global-minimum.ts';
export {
  type WavePacketProblemOptions,
  type WavePacketSettingName,
  wavePacketSettings,
} from './wave-packet-settings.ts';

/** The global minimum is searched for when it is first read: most callers never do. */
function referenceOf(options: WavePacketProblemOptions, truth: Batch, observed: Batch): Reference {
  let known: Float64Array | undefined;
  return {
    truth,
    get globalLoss(): Float64Array {
      known ??= globalMinimum(options, observed).loss;
      return known;
    },
  };
}

/**
 * Prior of the center of the packet, t0* ~ U(c − h, c + h) in samples.
 *
 * @param setting  as for `wavePacketProblem`, which draws from it; throws as there
 * @example
 * wavePacketPrior('B')[0]?.distribution; // => { kind: 'uniform', low: 32, high: 96 }
 */
export function wavePacketPrior(setting: WavePacketSettingName | WavePacketProblemOptions): Prior {
  const { center, halfWidth } = requireWavePacketProblem('wavePacketPrior', setting);
  const distribution = { kind: 'uniform', low: center - halfWidth, high: center + halfWidth } as const;
  return [{ name: 't0', unit: 'samples', distribution }];
}

/**
 * Find the center of a packet of known shape in a noisy record.
 *
 *     t0* ~ U(c − h, c + h),   y_j = u_j(t0*) + noise · N(0, 1),   start t0 = c,   loss ½ Σ_j (u_j(t0) − y_j)²
 *
 * Instance i of a seed takes its numbers from its own stream (seed, 'wave-packet/instance', i), t0* first, so that
 * settings which share a seed share positions within the prior and noise. `reference.globalLoss` is computed on first
 * reading (see `globalMinimum`).
 *
 * @param setting  'A', 'B', 'C' or 'D' of `wavePacketSettings` (another name throws `unknown-name`), or options:
 *                 σ, P, samples as for `wavePacket`, noise >= 0, center finite, halfWidth > 0; else `out-of-range` or `not-finite`
 * @example
 * const { task, reference } = wavePacketProblem('B').draw(2, 1);
 * [task.start.data, task.observed.cols, reference.truth.rows]; // => [Float64Array [64, 64], 128, 2]
 */
export function wavePacketProblem(setting: WavePacketSettingName | WavePacketProblemOptions): InverseProblem {
  const options = requireWavePacketProblem('wavePacketProblem', setting);
  const { sigma, period, samples, noise, center } = options;
  const prior = wavePacketPrior(options);
  const simulator = wavePacket({ sigma, period, samples });
  const id = typeof setting === 'string' ? `wave-packet.${setting}` : `wave-packet(sigma=${sigma}, period=${period})`;
  return Object.freeze({
    id,
    simulator,
    misfit: halfSquaredError,
    draw: (count, seed, first = 0) => {
      requireNumber('wavePacketProblem.draw: "count"', count, { minimum: 0, integer: true });
      requireNumber('wavePacketProblem.draw: "first"', first, { minimum: 0, integer: true });
      const randoms = Array.from({ length: count }, (_, i) => stream(seed, 'wave-packet/instance', first + i));
      const truth = samplePriorRows(prior, randoms);
      const identifiers = batch(count, 0);
      const observed = simulator.forward(truth, identifiers);
      randoms.forEach((random, i) => {
        const y = row(observed, i);
        for (let j = 0; j < samples; j++) y[j]! += noise * random.normal();
      });
      const start = batch(count, 1, new Float64Array(count).fill(center));
      return { task: { problem: id, start, observed, identifiers }, reference: referenceOf(options, truth, observed) };
    },
  } satisfies InverseProblem);
}
