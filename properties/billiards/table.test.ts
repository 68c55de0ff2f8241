import { describe, expect, it } from 'vitest';
import { billiardTableLaws } from '../../src/claims/billiards/table-laws.ts';
import {
  type BilliardTableFactory,
  type BrokenTable,
  brokenBilliardTable,
  WRONG_PHYSICS_NAMES,
  WRONG_PULLBACKS,
  WRONG_TANGENTS,
} from '../broken/billiard-table.ts';
import { counterexample } from '../counterexample.ts';
import type { Law } from '../law.ts';
import { tableConservesMomentum, tableEnergyNeverGrows, tableKeepsBallsApart } from './table-conservation-laws.ts';
import { tableAdjointIsExact, tableBatchEqualsRows, tableJvpIsExact, tableTaylorSlopeIsTwo } from './table-laws.ts';
import { tableAgreesWithOneImpact, tableAgreesWithPlainTable } from './table-reference-laws.ts';
import {
  tableFollowsPermutations,
  tableFollowsReflections,
  tableFollowsRotations,
  tableRunsBackward,
} from './table-symmetry-laws.ts';

const SEED = 20_240_607;

interface LawUnderTest {
  readonly law: Law<BilliardTableFactory>;
  /** Faults that it must see. */
  readonly faults: readonly BrokenTable[];
}

const LAWS: Readonly<Record<string, LawUnderTest>> = {
  'billiards.table-adjoint-is-exact': {
    law: tableAdjointIsExact(),
    faults: [...WRONG_PULLBACKS, ...WRONG_TANGENTS],
  },
  'billiards.table-taylor-slope-is-two': { law: tableTaylorSlopeIsTwo(), faults: WRONG_PULLBACKS },
  'billiards.table-jvp-is-exact': { law: tableJvpIsExact(), faults: WRONG_TANGENTS },
  'billiards.table-batch-equals-rows': { law: tableBatchEqualsRows(), faults: ['first-row'] },
  'billiards.table-conserves-momentum': { law: tableConservesMomentum(), faults: ['no-recoil'] },
  'billiards.table-energy-never-grows': {
    law: tableEnergyNeverGrows(),
    faults: ['no-half', 'slightly-bouncy', 'wall-adds-energy'],
  },
  'billiards.table-keeps-balls-apart': {
    law: tableKeepsBallsApart(),
    faults: ['contact-at-radius', 'late-root', 'last-ball-passes'],
  },
  'billiards.table-runs-backward': {
    law: tableRunsBackward(),
    faults: ['slightly-bouncy', 'no-half', 'normal-not-normalized', 'wall-adds-energy'],
  },
  'billiards.table-follows-rotations': { law: tableFollowsRotations(), faults: ['drifts'] },
  'billiards.table-follows-reflections': { law: tableFollowsReflections(), faults: ['drifts'] },
  'billiards.table-follows-permutations': { law: tableFollowsPermutations(), faults: ['last-ball-passes'] },
  'billiards.table-agrees-with-one-impact': {
    law: tableAgreesWithOneImpact(),
    faults: WRONG_PHYSICS_NAMES.filter((name) => !name.startsWith('wall')),
  },
  'billiards.table-agrees-with-plain-table': {
    law: tableAgreesWithPlainTable(),
    faults: [...WRONG_PHYSICS_NAMES, 'drifts', 'last-ball-passes'],
  },
};

describe.each(Object.entries(LAWS))('%s', (_, { law, faults }) => {
  it('holds', () => {
    const verdict = law.check({ seed: SEED, cases: law.cases });
    expect(verdict).toMatchObject({ outcome: 'supported', evidence: { tried: law.cases, seed: SEED } });
  });

  it('is refuted for the twin of the claim, and the counterexample replays', () => {
    const evidence = counterexample(law.brokenTwin.check({ seed: SEED, cases: law.cases }));
    const replayed = law.brokenTwin.check({ seed: evidence.seed, cases: 1, path: evidence.path });
    expect(counterexample(replayed)).toEqual(evidence);
  });

  it.each([...faults])('is refuted for %s', (fault) => {
    const search = { seed: SEED, cases: law.cases };
    expect(law.refutedAt(brokenBilliardTable(fault), search)).not.toBeNull();
  });
});

describe('the claims', () => {
  it('are these laws', () => {
    expect(billiardTableLaws.map(({ id }) => id).sort()).toEqual(Object.keys(LAWS).sort());
  });
});
