import { describe, expect, it } from 'vitest';
import { wavePacket } from '../src/simulators/wave-packet.ts';
import { landscapeLoss, minimaCount } from '../src/simulators/wave-packet-landscape.ts';
import {
  type BrokenWavePacket,
  brokenWavePacket,
  floorCount,
  landscapeWithoutEpsilon,
  WRONG_SLOPE_NAMES,
} from './broken/wave-packet.ts';
import { counterexample } from './counterexample.ts';
import type { Law } from './law.ts';
import {
  type LandscapeSubject,
  type WavePacketFactory,
  wavePacketAdjointIsExact,
  wavePacketBatchEqualsRows,
  wavePacketJvpIsExact,
  wavePacketMinimaCount,
  wavePacketTaylorSlopeIsTwo,
} from './wave-packet/laws.ts';

const SEED = 20_240_607;

function expectRefutedAndReplayed<Subject>(law: Law<Subject>, subject: Subject): void {
  const verdict = law.checkOn(subject, { seed: SEED, cases: law.cases });
  const evidence = counterexample(verdict);
  const replayed = law.checkOn(subject, { seed: evidence.seed, cases: 1, path: evidence.path });
  expect(counterexample(replayed)).toEqual(evidence);
}

/** Every law, put to the true subject, to the twin of its claim, and to all faults that it must see. */
function describeLaw<Subject>(name: string, law: Law<Subject>, faults: Readonly<Record<string, Subject>>): void {
  describe(name, () => {
    it('holds', () => {
      const verdict = law.check({ seed: SEED, cases: law.cases });
      expect(verdict).toMatchObject({ outcome: 'supported', evidence: { tried: law.cases, seed: SEED } });
    });

    it('is refuted for the twin of the claim', () => {
      expect(counterexample(law.brokenTwin.check({ seed: SEED, cases: law.cases })).message).not.toBe('');
    });

    it.each(Object.keys(faults))('is refuted for %s, and the counterexample replays', (fault) => {
      expectRefutedAndReplayed(law, faults[fault] as Subject);
    });
  });
}

const packets = (...names: readonly BrokenWavePacket[]): Record<string, WavePacketFactory> =>
  Object.fromEntries(names.map((name) => [name, brokenWavePacket(name)]));

const trueLandscape: LandscapeSubject = { simulator: wavePacket, loss: landscapeLoss, count: minimaCount };

describeLaw(
  'wave-packet.adjoint-is-exact',
  wavePacketAdjointIsExact(),
  packets(...WRONG_SLOPE_NAMES, 'jvp-sigma-power', 'jvp-sign'),
);
describeLaw('wave-packet.taylor-slope-is-two', wavePacketTaylorSlopeIsTwo(), packets(...WRONG_SLOPE_NAMES));
describeLaw('wave-packet.jvp-is-exact', wavePacketJvpIsExact(), packets('jvp-sigma-power', 'jvp-sign'));
describeLaw('wave-packet.batch-equals-rows', wavePacketBatchEqualsRows(), packets('first-row'));
describeLaw('wave-packet.minima-count', wavePacketMinimaCount(), {
  'the count by floor(32 / P)': { ...trueLandscape, count: floorCount },
  'the closed form without epsilon': { ...trueLandscape, loss: landscapeWithoutEpsilon },
  'a simulator with a wrong gradient': { ...trueLandscape, simulator: brokenWavePacket('gaussian-sign') },
});

describe('shrunk counterexamples', () => {
  it('are small: one row, one sample, the smallest shape', () => {
    const law = wavePacketAdjointIsExact();
    for (const seed of [1, 2, 3, 4, 5]) {
      const { shrunk } = counterexample(law.brokenTwin.check({ seed, cases: law.cases }));
      expect(shrunk).toBe('sigma 0.5, period 2, 1 samples, t0 [0], salt 0');
    }
  });

  it('name a pair of sigma and period for the landscape', () => {
    const { shrunk, message } = counterexample(wavePacketMinimaCount().brokenTwin.check({ seed: 3, cases: 200 }));
    expect(shrunk).toMatch(/^sigma [\d.]+, period [\d.]+$/);
    expect(message).toMatch(/^\d+ minima sampled, \d+ predicted$/);
  });
});
