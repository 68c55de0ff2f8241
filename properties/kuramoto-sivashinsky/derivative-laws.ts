import { type Batch, batch, row, rowRange } from '../../src/core/batch.ts';
import { kuramotoSivashinsky } from '../../src/simulators/kuramoto-sivashinsky.ts';
import { dyadic } from '../arbitraries.ts';
import { brokenKuramotoSivashinsky, type KuramotoSivashinskyFactory } from '../broken/kuramoto-sivashinsky.ts';
import { type Law, law } from '../law.ts';
import { firstInRows, showCase } from '../simulator-case.ts';
import { adjointLaw, taylorSlopeLaw } from '../simulator-laws.ts';
import { GRIDS, type KuramotoSivashinskyCase, rolloutCases } from './cases.ts';

/** 1e-10: up to time 25 a rounding of the first step has grown by a factor of some hundred. */
const ADJOINT_TOLERANCE = 1e-10;

/** ks.adjoint-is-exact: all kinds of unknowns, up to the horizon of the claims. */
export function ksAdjointIsExact(): Law<KuramotoSivashinskyFactory> {
  return adjointLaw({
    cases: 40,
    subject: kuramotoSivashinsky,
    twin: { what: 'pullback 0.1 % too long', subject: brokenKuramotoSivashinsky('pullback-long') },
    arbitrary: (factory) => rolloutCases(factory, { horizon: 25, rows: 5 }),
    tolerance: ADJOINT_TOLERANCE,
  });
}

/** ks.taylor-slope-is-two: horizons at which a step above rounding is still small. */
export function ksTaylorSlopeIsTwo(): Law<KuramotoSivashinskyFactory> {
  return taylorSlopeLaw({
    cases: 200,
    subject: kuramotoSivashinsky,
    twin: {
      what: 'pullback whose component of beta has the wrong sign',
      subject: brokenKuramotoSivashinsky('beta-sign'),
    },
    arbitrary: (factory) => rolloutCases(factory, { horizon: 10 }),
    largestStep: 2 ** -8,
    lossRoundings: 4096,
  });
}

/** Relative to the largest entry of the Jacobian; as for the adjoint. */
const ENTRY_TOLERANCE = 1e-10;

/** A row as often as there are columns of an identity, and that identity. */
function repeated(source: Batch, times: number): Batch {
  const result = batch(times, source.cols);
  for (let i = 0; i < times; i++) row(result, i).set(source.data);
  return result;
}

function identity(size: number): Batch {
  const result = batch(size, size);
  for (let i = 0; i < size; i++) result.data[i * size + i] = 1;
  return result;
}

/** Rows of Jᵀ by tangents, (n, N), and of J by cotangents, (N, n), at row b. */
function jacobians({ simulator, x, identifiers }: KuramotoSivashinskyCase, b: number) {
  const [point, known] = [rowRange(x, b, 1), rowRange(identifiers, b, 1)];
  const { points } = simulator.options;
  const columns = simulator.jvp(repeated(point, x.cols), repeated(known, x.cols), identity(x.cols));
  const rows = simulator.vjp(repeated(point, points), repeated(known, points)).pullback(identity(points));
  return { columns, rows };
}

function entryViolation(of: KuramotoSivashinskyCase): string | undefined {
  return firstInRows(of.x.rows, (b) => {
    const { columns, rows } = jacobians(of, b);
    const largest = columns.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (let j = 0; j < columns.rows; j++) {
      for (let i = 0; i < rows.rows; i++) {
        const [forward, reverse] = [row(columns, j)[i]!, row(rows, i)[j]!];
        if (!(Math.abs(forward - reverse) <= ENTRY_TOLERANCE * largest)) {
          return `∂u_${i}/∂x_${j} is ${forward} forward and ${reverse} in reverse, the largest entry being ${largest}`;
        }
      }
    }
    return undefined;
  });
}

/** ks.forward-equals-reverse: the whole Jacobian in α, β and modes, entry by entry. */
export function ksForwardEqualsReverse(): Law<KuramotoSivashinskyFactory> {
  return law({
    cases: 30,
    subject: kuramotoSivashinsky,
    twin: { what: 'reverse mode that forgets alpha in one step', subject: brokenKuramotoSivashinsky('alpha-late') },
    arbitrary: (factory) =>
      rolloutCases(factory, {
        grids: GRIDS.slice(0, 3),
        unknowns: ['parameters-and-modes', 'parameters'],
        alpha: dyadic(-1, 1, 16),
        horizon: 10,
        rows: 1,
      }),
    violation: entryViolation,
    show: showCase,
  });
}
