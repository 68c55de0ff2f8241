import {
  flowAdjointIsExact,
  flowEnergyAndEnstrophy,
  flowJvpIsTheDerivative,
  flowMarkerIsConserved,
  flowQuarterTurn,
  flowSingleShellDecays,
  flowTaylorSlopeIsTwo,
  flowTranslation,
} from '../../../properties/flow/laws.ts';
import type { LawClaim } from '../../core/claim.ts';

const ANY_FLOW =
  '16 × 16 points, up to four steps of 0.1, ν and κ in [0, 1]; a vortex of strength up to 6, two of them, or waves with amplitudes ' +
  'up to 2; markers of low modes.';

const LAW = { kind: 'law', tier: 'quick', source: { where: 'ours' } } as const;

/** What every claim about the flow will rest on: derivatives are exact, and the discretization keeps what the equations keep. */
export const flowLawClaims: readonly LawClaim[] = [
  {
    ...LAW,
    id: 'flow.adjoint-is-exact',
    statement: 'The pullback is the transpose of the Jacobian: ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ to 1e-10.',
    regime: ANY_FLOW,
    ...flowAdjointIsExact(),
  },
  {
    ...LAW,
    id: 'flow.taylor-slope-is-two',
    statement:
      'The remainder of the first-order Taylor expansion of the loss, with its computed gradient, falls with slope 2.',
    regime: ANY_FLOW,
    ...flowTaylorSlopeIsTwo(),
  },
  {
    ...LAW,
    id: 'flow.jvp-is-the-derivative',
    statement: 'Forward mode agrees with extrapolated differences to 1e-6.',
    regime: ANY_FLOW,
    ...flowJvpIsTheDerivative(),
  },
  {
    ...LAW,
    id: 'flow.marker-is-conserved',
    statement: 'The mean of the marker stays what it is, to 1e-12 of its size.',
    regime: ANY_FLOW,
    ...flowMarkerIsConserved(),
  },
  {
    ...LAW,
    id: 'flow.single-shell-decays',
    statement:
      'Vorticity of waves of one length, Taylor-Green vortices among them, decays like exp(−ν k² T) and does nothing else.',
    regime: 'Waves of length 1 or √2 with amplitudes up to 2, 16 × 16 points, up to six steps of 0.1, ν in [0, 1].',
    ...flowSingleShellDecays(),
  },
  {
    ...LAW,
    id: 'flow.energy-and-enstrophy',
    statement:
      'Without viscosity enstrophy and energy are conserved to 1e-5; with it enstrophy never grows and energy falls by ν ∫⟨ω²⟩ dt, ' +
      'to 2 % of that, the error of the trapezoidal rule.',
    regime: 'Eight waves with amplitudes up to 2, 16 × 16 points, up to four steps of 0.1, ν in [0, 1].',
    ...flowEnergyAndEnstrophy(),
  },
  {
    ...LAW,
    id: 'flow.translation',
    statement: 'A vortex and a marker moved by whole points give the result moved as much, to 1e-10.',
    regime: 'One vortex of strength up to 6, 16 × 16 points, up to four steps of 0.1, ν and κ in [0, 1].',
    ...flowTranslation(),
  },
  {
    ...LAW,
    id: 'flow.quarter-turn',
    statement: 'A vortex and a marker turned by 90° give the result turned as much, to 1e-10.',
    regime: 'One vortex of strength up to 6, 16 × 16 points, up to four steps of 0.1, ν and κ in [0, 1].',
    ...flowQuarterTurn(),
  },
];
