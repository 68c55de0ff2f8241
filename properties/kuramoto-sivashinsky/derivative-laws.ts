import { kuramotoSivashinsky } from '../../src/simulators/kuramoto-sivashinsky.ts';
import { dyadic } from '../arbitraries.ts';
import { brokenKuramotoSivashinsky, type KuramotoSivashinskyFactory } from '../broken/kuramoto-sivashinsky.ts';
import { forwardEqualsReverseLaw } from '../forward-equals-reverse-law.ts';
import type { Law } from '../law.ts';
import { adjointLaw, taylorSlopeLaw } from '../simulator-laws.ts';
import { GRIDS, rolloutCases } from './cases.ts';

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

/** ks.forward-equals-reverse: the whole Jacobian in α, β and modes, entry by entry. */
export function ksForwardEqualsReverse(): Law<KuramotoSivashinskyFactory> {
  return forwardEqualsReverseLaw({
    cases: 30,
    subject: kuramotoSivashinsky,
    tolerance: ENTRY_TOLERANCE,
    twin: { what: 'reverse mode that forgets alpha in one step', subject: brokenKuramotoSivashinsky('alpha-late') },
    arbitrary: (factory) =>
      rolloutCases(factory, {
        grids: GRIDS.slice(0, 3),
        unknowns: ['parameters-and-modes', 'parameters'],
        alpha: dyadic(-1, 1, 16),
        horizon: 10,
        rows: 1,
      }),
  });
}
