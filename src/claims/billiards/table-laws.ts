import {
  tableConservesMomentum,
  tableEnergyNeverGrows,
  tableKeepsBallsApart,
} from '../../../properties/billiards/table-conservation-laws.ts';
import {
  tableAdjointIsExact,
  tableBatchEqualsRows,
  tableJvpIsExact,
  tableTaylorSlopeIsTwo,
} from '../../../properties/billiards/table-laws.ts';
import {
  tableAgreesWithOneImpact,
  tableAgreesWithPlainTable,
} from '../../../properties/billiards/table-reference-laws.ts';
import {
  tableFollowsPermutations,
  tableFollowsReflections,
  tableFollowsRotations,
  tableRunsBackward,
} from '../../../properties/billiards/table-symmetry-laws.ts';
import type { LawClaim } from '../../core/claim.ts';

const ANY_TABLE =
  'Tables with up to five balls of radius 1/8 or 1/16 on 2 by 1.5, with and without walls, restitution in [0, 1], drag 0, ' +
  '1/4 and 1, velocities up to 3 per component, horizons up to 1, float64.';

const INSIDE = 'Inside a sequence of collisions: cases whose sequence changes within a step are left out and counted.';

/** Off a grazing contact, where second derivatives are bounded. */
const SMOOTH = `Tables with up to four balls and horizons up to 3/4, otherwise as drawn for the adjoint. ${INSIDE} Impacts are at least 1/32 from grazing, as |D|/(4R²|u|²).`;

const DECIDED =
  'Cases that a rounding decides (grazing within 2^-20, the order of collisions within 2^-30), or whose starts are ' +
  'forgotten (growth of roundings above 10^6), are left out and counted.';

/** What any claim about tables of several balls rests on: derivatives are exact, and mechanics holds. */
export const billiardTableLaws: readonly LawClaim[] = [
  {
    id: 'billiards.table-adjoint-is-exact',
    kind: 'law',
    tier: 'quick',
    statement: 'The pullback of a table is the transpose of its Jacobian: ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ to rounding.',
    regime: `${ANY_TABLE} ${INSIDE}`,
    source: { where: 'ours' },
    ...tableAdjointIsExact(),
  },
  {
    id: 'billiards.table-taylor-slope-is-two',
    kind: 'law',
    tier: 'quick',
    statement:
      'The remainder of the first-order Taylor expansion of the loss, with the gradient that the reverse sweep through the ' +
      'collisions gives, falls with slope 2.',
    regime: SMOOTH,
    source: { where: 'ours' },
    ...tableTaylorSlopeIsTwo(),
  },
  {
    id: 'billiards.table-jvp-is-exact',
    kind: 'law',
    tier: 'quick',
    statement:
      'The forward-mode derivative of a table, separate code from the pullback, agrees with finite differences.',
    regime: SMOOTH,
    source: { where: 'ours' },
    ...tableJvpIsExact(),
  },
  {
    id: 'billiards.table-batch-equals-rows',
    kind: 'law',
    tier: 'quick',
    statement: 'Every row of a batch of tables equals, bit for bit, the same table simulated alone.',
    regime: `${ANY_TABLE} Also rows that overlap, lie outside, are not finite, or collide more often than allowed.`,
    source: { where: 'ours' },
    ...tableBatchEqualsRows(),
  },
  {
    id: 'billiards.table-conserves-momentum',
    kind: 'law',
    tier: 'quick',
    statement:
      'Up to the common factor of drag, collisions of two balls conserve momentum, walls conserve its component along ' +
      'them, and balls that collide with nothing keep theirs.',
    regime: ANY_TABLE,
    source: { where: 'ours' },
    ...tableConservesMomentum(),
  },
  {
    id: 'billiards.table-energy-never-grows',
    kind: 'law',
    tier: 'quick',
    statement:
      'Up to the common factor of drag, no collision adds to the energy, and at restitution 1 none takes from it.',
    regime: ANY_TABLE,
    source: { where: 'ours' },
    ...tableEnergyNeverGrows(),
  },
  {
    id: 'billiards.table-keeps-balls-apart',
    kind: 'law',
    tier: 'quick',
    statement: 'At the horizon no two balls overlap, and all are on the table.',
    regime: `${ANY_TABLE} Horizons up to 2.`,
    source: { where: 'ours' },
    ...tableKeepsBallsApart(),
  },
  {
    id: 'billiards.table-runs-backward',
    kind: 'law',
    tier: 'quick',
    statement: 'At restitution 1 without drag, balls whose velocities are reversed go back to where they started.',
    regime: `Up to four balls, horizons up to 3/4, with and without walls. ${DECIDED}`,
    source: { where: 'ours' },
    ...tableRunsBackward(),
  },
  {
    id: 'billiards.table-follows-rotations',
    kind: 'law',
    tier: 'quick',
    statement: 'Without walls, a rotated start ends as the rotated end.',
    regime: `${ANY_TABLE} Rotations by whole degrees. ${DECIDED}`,
    source: { where: 'ours' },
    ...tableFollowsRotations(),
  },
  {
    id: 'billiards.table-follows-reflections',
    kind: 'law',
    tier: 'quick',
    statement: 'With and without walls, a start mirrored in an axis of the table, or both, ends as the mirrored end.',
    regime: `${ANY_TABLE} ${DECIDED}`,
    source: { where: 'ours' },
    ...tableFollowsReflections(),
  },
  {
    id: 'billiards.table-follows-permutations',
    kind: 'law',
    tier: 'quick',
    statement: 'Balls that change their numbers change nothing else.',
    regime: `${ANY_TABLE} ${DECIDED}`,
    source: { where: 'ours' },
    ...tableFollowsPermutations(),
  },
  {
    id: 'billiards.table-agrees-with-one-impact',
    kind: 'law',
    tier: 'quick',
    statement: 'Two balls of which one rests end where the closed form of a single impact says, head-on or oblique.',
    regime:
      'Impact offsets up to 15/16 of 2R, speeds up to 4, restitution in [0, 1], drag 0 to 4, all directions, no walls.',
    source: { where: 'ours' },
    ...tableAgreesWithOneImpact(),
  },
  {
    id: 'billiards.table-agrees-with-plain-table',
    kind: 'law',
    tier: 'quick',
    statement:
      'Collisions, their times and the end agree with a plain simulation in time instead of arc time that shares no code.',
    regime: `${ANY_TABLE} Restitution 1/8 and more: at 0 a rounding decides whether a ball that stays at a wall hits it again. ${DECIDED}`,
    source: { where: 'ours' },
    ...tableAgreesWithPlainTable(),
  },
];
