import { describe, expect, it } from 'vitest';
import { billiardsTraining, CLAIMED_TRAINING as SHOTS } from './billiards/training.ts';
import { DEFAULT_SEED } from './defaults.ts';
import { flowTraining, CLAIMED_TRAINING as WAVES } from './flow/training.ts';
import { kuramotoSivashinskyTraining, CLAIMED_TRAINING as MODES } from './kuramoto-sivashinsky/training.ts';
import { CLAIMED_TRAINING as PACKETS, wavePacketTraining } from './wave-packet/training.ts';

const context = { seed: DEFAULT_SEED, backend: 'float64' } as const;

const ONE_STEP = { iterations: 1 } as const;

/** A training of each experiment, with as many problems of its own as it has unseen ones. */
const TRAININGS = [
  [256, wavePacketTraining('test.packets', { ...PACKETS, ...ONE_STEP, setting: 'B', problems: 256 })],
  [256, billiardsTraining('test.shots', { ...SHOTS, ...ONE_STEP, problems: 256 })],
  [64, kuramotoSivashinskyTraining('test.modes', { ...MODES, ...ONE_STEP, problems: 64 })],
  [8, flowTraining('test.vortex', { ...WAVES, ...ONE_STEP, setting: 'vortex', problems: 8 })],
] as const;

describe('the problems that a network has not seen', () => {
  it.each(TRAININGS)('%i of them, and not those it was trained on', async (count, source) => {
    expect(source.meanings.heldOutSolved?.label).toContain(`on ${count} problems`);
    const [facts] = await source.run(context, 0, 1);
    // BFGS does not depend on the network: on the same problems it would end at the same losses.
    expect(facts?.heldOutBfgsMedianLoss).toBeGreaterThan(0);
    expect(facts?.bfgsMedianLoss).toBeGreaterThan(0);
    expect(facts?.heldOutBfgsMedianLoss).not.toBe(facts?.bfgsMedianLoss);
  });
});
