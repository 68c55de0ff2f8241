import fc from 'fast-check';
import { billiardTable, type TableMargins } from '../../src/simulators/billiard-table.ts';
import { type BilliardTableFactory, brokenBilliardTable } from '../broken/billiard-table.ts';
import type { Law } from '../law.ts';
import { adjointLaw, batchEqualsRowsLaw, jvpMatchesDifferencesLaw, taylorSlopeLaw } from '../simulator-laws.ts';
import { insideSequence, spoiltTableCases, type TableLimits, tableCases } from './table-cases.ts';

/** Borders that a derivative is exact at, and that rounding alone may cross. */
const ROUNDING: TableMargins = { grazing: 2 ** -20, order: 2 ** -30, horizon: 2 ** -30 };

/** Off a grazing contact higher derivatives are bounded: they grow like powers of 1/margin. */
const CLEAR: TableMargins = { grazing: 1 / 32, order: 2 ** -30, horizon: 2 ** -30 };

/** Short enough for a few collisions, so that few sequences are shorter than a step. */
const FEW: TableLimits = { balls: [1, 4], horizon: 0.75 };

const inside = (least: TableMargins, limits: TableLimits) => (factory: BilliardTableFactory) =>
  tableCases(factory, limits).map((each) => insideSequence(each, least));

/** 1e-9: after some ten collisions a rounding of the first has grown by a factor of thousands. */
const ADJOINT_TOLERANCE = 1e-9;

/** billiards.table-adjoint-is-exact: up to five balls, with and without walls and drag, up to some twenty collisions. */
export function tableAdjointIsExact(): Law<BilliardTableFactory> {
  const twin = { what: 'pullback 0.1 % too long', subject: brokenBilliardTable('slightly-long') };
  const arbitrary = inside(ROUNDING, {});
  return adjointLaw({ cases: 1000, subject: billiardTable, twin, arbitrary, tolerance: ADJOINT_TOLERANCE });
}

/** billiards.table-taylor-slope-is-two: steps that stay inside the sequence of collisions. */
export function tableTaylorSlopeIsTwo(): Law<BilliardTableFactory> {
  const twin = { what: 'pullback at fixed times of collision', subject: brokenBilliardTable('times-do-not-move') };
  return taylorSlopeLaw({
    cases: 500,
    subject: billiardTable,
    twin,
    arbitrary: inside(CLEAR, FEW),
    largestStep: 2 ** -10,
    lossRoundings: 4096,
  });
}

/** billiards.table-jvp-is-exact: the same tables. */
export function tableJvpIsExact(): Law<BilliardTableFactory> {
  const twin = { what: 'jvp at fixed times of collision', subject: brokenBilliardTable('tangent-times-do-not-move') };
  return jvpMatchesDifferencesLaw({
    cases: 500,
    subject: billiardTable,
    twin,
    arbitrary: inside(CLEAR, FEW),
    step: 2 ** -14,
    tolerance: 1e-5,
  });
}

/** billiards.table-batch-equals-rows: also rows that overlap, lie outside, are not finite or collide too often. */
export function tableBatchEqualsRows(): Law<BilliardTableFactory> {
  const twin = { what: 'the first row returned for every row', subject: brokenBilliardTable('first-row') };
  const arbitrary = (factory: BilliardTableFactory) =>
    spoiltTableCases(factory, { eventLimit: fc.constantFrom(1, 4, 200) });
  return batchEqualsRowsLaw({ cases: 500, subject: billiardTable, twin, arbitrary });
}
