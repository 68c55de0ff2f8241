import { describe, expect, it } from 'vitest';
import { float64Network } from '../../src/networks/float64.ts';
import { type BilliardsFactory, type BrokenBilliards, brokenBilliards, WRONG_WAY_NAMES } from '../broken/billiards.ts';
import { counterexample } from '../counterexample.ts';
import type { Law } from '../law.ts';
import {
  billiardsAdjointIsExact,
  billiardsBatchEqualsRows,
  billiardsJvpIsExact,
  billiardsMissHasZeroGradient,
  billiardsTaylorSlopeIsTwo,
} from './laws.ts';
import {
  billiardsGrazingIsARoot,
  billiardsHeadOnShots,
  billiardsHeadOnThreshold,
  billiardsImpactConservesMomentum,
  billiardsIsCovariant,
  billiardsShotIsUnique,
} from './physics-laws.ts';
import { billiardsDeadStartStaysDead } from './training-laws.ts';

const SEED = 20_240_607;

function describeLaw<Subject>(name: string, law: Law<Subject>, faults: Readonly<Record<string, Subject>> = {}): void {
  describe(name, () => {
    it('holds', () => {
      const verdict = law.check({ seed: SEED, cases: law.cases });
      expect(verdict).toMatchObject({ outcome: 'supported', evidence: { tried: law.cases, seed: SEED } });
    });

    it('is refuted for the twin of the claim', () => {
      expect(counterexample(law.brokenTwin.check({ seed: SEED, cases: law.cases })).message).not.toBe('');
    });

    it.each(Object.keys(faults))('is refuted for %s, and the counterexample replays', (fault) => {
      const subject = faults[fault] as Subject;
      const found = counterexample(law.checkOn(subject, { seed: SEED, cases: law.cases }));
      const replayed = law.checkOn(subject, { seed: found.seed, cases: 1, path: found.path });
      expect(counterexample(replayed)).toEqual(found);
    });
  });
}

const broken = (...names: readonly BrokenBilliards[]): Record<string, BilliardsFactory> =>
  Object.fromEntries(names.map((name) => [name, brokenBilliards(name)]));

describeLaw(
  'billiards.adjoint-is-exact',
  billiardsAdjointIsExact(),
  broken('turned', 'slightly-long', 'leak', 'silenced', 'jvp-drifts'),
);
describeLaw('billiards.taylor-slope-is-two', billiardsTaylorSlopeIsTwo(), broken('turned', 'slightly-long'));
describeLaw('billiards.jvp-is-exact', billiardsJvpIsExact(), broken('jvp-drifts'));
describeLaw('billiards.batch-equals-rows', billiardsBatchEqualsRows(), broken('first-row'));
describeLaw('billiards.miss-has-zero-gradient', billiardsMissHasZeroGradient(), broken('leak', 'silenced'));
describeLaw(
  'billiards.impact-conserves-momentum',
  billiardsImpactConservesMomentum(),
  broken(...WRONG_WAY_NAMES, 'half-contact'),
);
describeLaw('billiards.rotations-and-reflections', billiardsIsCovariant(), broken('anisotropic'));
describeLaw(
  'billiards.head-on-shots',
  billiardsHeadOnShots(),
  broken(
    'normal-not-normalized',
    'time-sign',
    'no-transfer',
    'normal-sign',
    'whole-horizon',
    'half-contact',
    'arrives-late',
  ),
);
describeLaw('billiards.head-on-threshold', billiardsHeadOnThreshold(), broken('leak', 'half-contact', 'arrives-late'));
describeLaw('billiards.grazing-is-a-root', billiardsGrazingIsARoot(), broken('leak', 'half-contact', 'silenced'));
describeLaw('billiards.shot-is-unique', billiardsShotIsUnique());
describeLaw('billiards.dead-start-stays-dead', billiardsDeadStartStaysDead(float64Network));
