import { brokenFlows, type FlowFactory } from '../broken/flow.ts';
import { forwardEqualsReverseLaw } from '../forward-equals-reverse-law.ts';
import type { Law } from '../law.ts';
import { adjointLaw, jvpMatchesDifferencesLaw, taylorSlopeLaw } from '../simulator-laws.ts';
import { common } from './trajectories.ts';

/** flow.adjoint-is-exact: ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ for the discrete roll-out. */
export function flowAdjointIsExact(): Law<FlowFactory> {
  const twin = { what: 'a pullback that is 1e-4 too long', subject: brokenFlows['pullback-long'] };
  return adjointLaw({ ...common, cases: 60, twin, tolerance: 1e-10 });
}

/** flow.taylor-slope-is-two: what the pullback leaves of a change of the loss is of second order. */
export function flowTaylorSlopeIsTwo(): Law<FlowFactory> {
  const twin = { what: 'a pullback that is 1e-4 too long', subject: brokenFlows['pullback-long'] };
  return taylorSlopeLaw({ ...common, cases: 40, twin });
}

/** flow.jvp-is-the-derivative: forward mode agrees with differences. */
export function flowJvpIsTheDerivative(): Law<FlowFactory> {
  const twin = { what: 'a jvp that is 1e-4 too long', subject: brokenFlows['jvp-long'] };
  return jvpMatchesDifferencesLaw({ ...common, cases: 40, twin, tolerance: 1e-6 });
}

/** flow.forward-equals-reverse: the whole Jacobian, entry by entry. */
export function flowForwardEqualsReverse(): Law<FlowFactory> {
  return forwardEqualsReverseLaw({
    ...common,
    cases: 12,
    tolerance: 1e-10,
    twin: { what: 'reverse mode that takes one unknown for another', subject: brokenFlows['pullback-swaps'] },
  });
}
