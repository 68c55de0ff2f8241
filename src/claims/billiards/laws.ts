import {
  billiardsAdjointIsExact,
  billiardsBatchEqualsRows,
  billiardsJvpIsExact,
  billiardsMissHasZeroGradient,
  billiardsTaylorSlopeIsTwo,
} from '../../../properties/billiards/laws.ts';
import {
  billiardsGrazingIsARoot,
  billiardsHeadOnShots,
  billiardsHeadOnThreshold,
  billiardsImpactConservesMomentum,
  billiardsIsCovariant,
  billiardsShotIsUnique,
} from '../../../properties/billiards/physics-laws.ts';
import { billiardsDeadStartStaysDead } from '../../../properties/billiards/training-laws.ts';
import type { LawClaim } from '../../core/claim.ts';
import { float64Network } from '../../networks/float64.ts';

const LAW = { kind: 'law', tier: 'quick', source: { where: 'ours' } } as const;

const CLEAR_SHOTS =
  'One impact and chains of two; balls and hidden shots of the priors, also backwards and too slow; restitution 0, 0.5, 0.8 and 1; float64.';
const HEAD_ON = 'Radius 1/64 to 1/8, restitution 0 to 1, horizon 1/2 to 4, along both axes, either way.';

/** What the claims about joint training rest on: impacts, their derivatives and their border are exact. */
export const billiardsLaws: readonly LawClaim[] = [
  {
    ...LAW,
    id: 'billiards.adjoint-is-exact',
    statement: 'The pullback is the transpose of the Jacobian: ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ to rounding.',
    regime: CLEAR_SHOTS,
    ...billiardsAdjointIsExact(),
  },
  {
    ...LAW,
    id: 'billiards.jvp-is-exact',
    statement: 'The forward-mode derivative, separate code from the pullback, agrees with finite differences.',
    regime: CLEAR_SHOTS,
    ...billiardsJvpIsExact(),
  },
  {
    ...LAW,
    id: 'billiards.taylor-slope-is-two',
    statement: 'Within one sequence of impacts the first-order Taylor remainder of the loss falls with slope 2.',
    regime: CLEAR_SHOTS,
    ...billiardsTaylorSlopeIsTwo(),
  },
  {
    ...LAW,
    id: 'billiards.batch-equals-rows',
    statement: 'Every row of a batch equals, bit for bit, the same shot simulated alone.',
    regime: `${CLEAR_SHOTS} Also velocities that are zero, huge, tiny or not finite.`,
    ...billiardsBatchEqualsRows(),
  },
  {
    ...LAW,
    id: 'billiards.impact-conserves-momentum',
    statement:
      'The target leaves along the line of centers with (1 + e)/2 of the approach v·n; with what the cue ball keeps, momentum is ' +
      'conserved, and (1 − e²)/4 (v·n)² of the energy per mass is lost.',
    regime:
      'One impact, hidden shots of the prior, restitution 0, 0.5, 0.8 and 1; read off end positions at two horizons.',
    ...billiardsImpactConservesMomentum(),
  },
  {
    ...LAW,
    id: 'billiards.rotations-and-reflections',
    statement: 'Turning or mirroring shot and balls turns or mirrors the end position.',
    regime: CLEAR_SHOTS,
    ...billiardsIsCovariant(),
  },
  {
    ...LAW,
    id: 'billiards.head-on-shots',
    statement: 'A head-on shot sends the ball to d + (1 + e)/2 v (S − (d − 2R)/v).',
    regime: HEAD_ON,
    ...billiardsHeadOnShots(),
  },
  {
    ...LAW,
    id: 'billiards.head-on-threshold',
    statement: 'A head-on shot has a gradient if and only if v > (d − 2R)/S.',
    regime: `${HEAD_ON} Both sides of the threshold, 1e-9 of it away.`,
    ...billiardsHeadOnThreshold(),
  },
  {
    ...LAW,
    id: 'billiards.grazing-is-a-root',
    statement:
      'Where a shot begins to graze, the end position is continuous and starts like a square root: the derivative is exactly zero on ' +
      'one side and grows without bound on the other.',
    regime: 'One impact; offsets from 2R within 2^-40 to 2^-8 of it.',
    ...billiardsGrazingIsARoot(),
  },
  {
    ...LAW,
    id: 'billiards.shot-is-unique',
    statement: 'At most one shot sends the ball to a place other than its own, and a closed form gives it.',
    regime: 'One impact, hidden shots of the prior, restitution 0, 0.5, 0.8 and 1. There are no modes to average over.',
    ...billiardsShotIsUnique(),
  },
  {
    ...LAW,
    id: 'billiards.miss-has-zero-gradient',
    statement: 'A shot misses if and only if its Jacobian is exactly zero.',
    regime: `${CLEAR_SHOTS} Also any velocity with components in [−4, 4]. Shots within rounding of the border are left out.`,
    ...billiardsMissHasZeroGradient(),
  },
  {
    ...LAW,
    id: 'billiards.dead-start-stays-dead',
    statement:
      'A network whose first shots all miss never learns: training leaves every parameter as it was, bit for bit.',
    regime:
      'One impact, 1 to 16 problems, first shots that are too slow to arrive or go backwards, 5 full-batch steps of Adam.',
    ...billiardsDeadStartStaysDead(float64Network),
  },
];
