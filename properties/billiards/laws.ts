import fc from 'fast-check';
import { row } from '../../src/core/batch.ts';
import { type BilliardsFactory, brokenBilliards, trueBilliards } from '../broken/billiards.ts';
import { assume, type Law, law } from '../law.ts';
import { firstInRows, showCase } from '../simulator-case.ts';
import { adjointLaw, batchEqualsRowsLaw, jvpMatchesDifferencesLaw, taylorSlopeLaw } from '../simulator-laws.ts';
import { anyVelocity, type BilliardsCase, billiardsCases, clear, everything, jacobians } from './cases.ts';

const BOTH = ['single', 'chain'] as const;

/** Derivatives of a chain are up to some thousand; their curvature is another factor hundred. */
const CHAIN_STEP = 2 ** -10;

/** 1e-10: where a chain turns by ℓ/σ at each impact, a rounding of the first grows a few hundredfold. */
const ADJOINT_TOLERANCE = 1e-10;

const clearCases = (factory: BilliardsFactory) => billiardsCases(factory, BOTH, clear);

/** billiards.adjoint-is-exact: hits and misses away from the border between them. */
export function billiardsAdjointIsExact(): Law<BilliardsFactory> {
  const twin = { what: 'pullback with its two components exchanged', subject: brokenBilliards('turned') };
  const tolerance = ADJOINT_TOLERANCE;
  return adjointLaw({ cases: 1000, subject: trueBilliards, twin, arbitrary: clearCases, tolerance });
}

/** billiards.taylor-slope-is-two: steps that stay within the sequence of impacts. */
export function billiardsTaylorSlopeIsTwo(): Law<BilliardsFactory> {
  const twin = { what: 'pullback 1 % too long', subject: brokenBilliards('slightly-long') };
  return taylorSlopeLaw({
    cases: 500,
    subject: trueBilliards,
    twin,
    arbitrary: clearCases,
    largestStep: CHAIN_STEP,
    lossRoundings: 1024,
  });
}

/** billiards.jvp-is-exact: the same cases. */
export function billiardsJvpIsExact(): Law<BilliardsFactory> {
  const twin = { what: 'jvp with a thousandth of the way of the ball added', subject: brokenBilliards('jvp-drifts') };
  return jvpMatchesDifferencesLaw({
    cases: 500,
    subject: trueBilliards,
    twin,
    arbitrary: clearCases,
    step: 2 ** -14,
    tolerance: 1e-6,
  });
}

/** billiards.batch-equals-rows: also velocities that are 0, huge, tiny or not finite. */
export function billiardsBatchEqualsRows(): Law<BilliardsFactory> {
  const twin = { what: 'the first row returned for every row', subject: brokenBilliards('first-row') };
  const arbitrary = (factory: BilliardsFactory) => billiardsCases(factory, BOTH, everything);
  return batchEqualsRowsLaw({ cases: 1000, subject: trueBilliards, twin, arbitrary });
}

function missViolation({ simulator, x, identifiers }: BilliardsCase): string | undefined {
  const events = simulator.shotEvents(x, identifiers);
  assume(events.every((event) => event === 'hit' || event === 'miss'));
  const slopes = jacobians(simulator, x, identifiers);
  const y = simulator.forward(x, identifiers);
  return firstInRows(x.rows, (b) => {
    const zero = row(slopes, b).every((value) => value === 0);
    const rest = row(identifiers, b).subarray(-2);
    const moved = row(y, b).some((value, j) => value !== rest[j]);
    if (events[b] === 'miss' && !zero) return `a miss with the Jacobian ${row(slopes, b).join(', ')}`;
    if (events[b] === 'miss' && moved) return `a miss that moves the ball to ${row(y, b).join(', ')}`;
    if (events[b] === 'hit' && zero) return 'a hit with a zero Jacobian';
    return undefined;
  });
}

/** billiards.miss-has-zero-gradient: a shot misses if and only if its Jacobian is exactly zero; then the ball rests. */
export function billiardsMissHasZeroGradient(): Law<BilliardsFactory> {
  return law({
    cases: 2000,
    subject: trueBilliards,
    twin: { what: 'a miss that pulls with a gradient of 1e-9', subject: brokenBilliards('leak') },
    arbitrary: (factory) => billiardsCases(factory, BOTH, fc.oneof(clear, anyVelocity)),
    violation: missViolation,
    show: showCase,
  });
}
