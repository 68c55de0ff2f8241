import { flowLaws } from '../../../properties/flow/laws.ts';
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
    ...flowLaws['adjoint-is-exact'](),
  },
  {
    ...LAW,
    id: 'flow.taylor-slope-is-two',
    statement:
      'The remainder of the first-order Taylor expansion of the loss, with its computed gradient, falls with slope 2.',
    regime: ANY_FLOW,
    ...flowLaws['taylor-slope-is-two'](),
  },
  {
    ...LAW,
    id: 'flow.jvp-is-the-derivative',
    statement: 'Forward mode agrees with extrapolated differences to 1e-6.',
    regime: ANY_FLOW,
    ...flowLaws['jvp-is-the-derivative'](),
  },
  {
    ...LAW,
    id: 'flow.forward-equals-reverse',
    statement:
      'The whole Jacobian of the marker in the unknowns is the same by forward mode and by reverse mode, entry by entry, to 1e-10 of the ' +
      'largest.',
    regime: ANY_FLOW,
    ...flowLaws['forward-equals-reverse'](),
  },
  {
    ...LAW,
    id: 'flow.kernel-equals-reference',
    statement: 'The SIMD kernel gives the results and pullbacks of its plain twin, bit for bit.',
    regime: 'Grids of 16 and 32 points a side, up to five rows and three steps of 0.1, ν and κ in [0, 1].',
    ...flowLaws['kernel-equals-reference'](),
  },
  {
    ...LAW,
    id: 'flow.checkpoints-change-nothing',
    statement: 'Pullbacks over segments from checkpoints are those of one tape, bit for bit.',
    regime: '32 × 32 points, 18 to 20 steps of 0.1, up to five rows, in a megabyte and in 32.',
    ...flowLaws['checkpoints-change-nothing'](),
  },
  {
    ...LAW,
    id: 'flow.rows-are-independent',
    statement: 'What one row is, not finite or overflowing for instance, changes no bit of another.',
    regime: `Up to four rows. ${ANY_FLOW}`,
    ...flowLaws['rows-are-independent'](),
  },
  {
    ...LAW,
    id: 'flow.order-four-in-time',
    statement:
      'Halving the step from 1/20 to 1/40 divides the error of the marker by 2^3.4 and more, or leaves rounding.',
    regime: ANY_FLOW.replace('up to four steps of 0.1', 'up to time 0.3'),
    ...flowLaws['order-four-in-time'](),
  },
  {
    ...LAW,
    id: 'flow.divergence-free',
    statement: 'A uniform marker stays uniform, to 1e-12: the velocity has no divergence.',
    regime: ANY_FLOW,
    ...flowLaws['divergence-free'](),
  },
  {
    ...LAW,
    id: 'flow.marker-is-conserved',
    statement: 'The mean of the marker stays what it is, to 1e-12 of its size.',
    regime: ANY_FLOW,
    ...flowLaws['marker-is-conserved'](),
  },
  {
    ...LAW,
    id: 'flow.single-shell-decays',
    statement:
      'Vorticity of waves of one length, Taylor-Green vortices among them, decays like exp(−ν k² T) and does nothing else.',
    regime: 'Waves of length 1 or √2 with amplitudes up to 2, 16 × 16 points, up to six steps of 0.1, ν in [0, 1].',
    ...flowLaws['single-shell-decays'](),
  },
  {
    ...LAW,
    id: 'flow.weak-vortex-spreads-like-heat',
    statement:
      'A vortex too weak to carry anything spreads as Lamb and Oseen found: variance r₀² + 2νT, circulation kept; to 2e-5.',
    regime: 'One vortex of strength 2^−20, 32 × 32 points, up to eight steps of 0.1, ν in [0, 1].',
    ...flowLaws['weak-vortex-spreads-like-heat'](),
  },
  {
    ...LAW,
    id: 'flow.energy-and-enstrophy',
    statement:
      'Without viscosity enstrophy and energy are conserved to 1e-5; with it enstrophy never grows and energy falls by ν ∫⟨ω²⟩ dt, ' +
      'to 2 % of that, the error of the trapezoidal rule.',
    regime: 'Eight waves with amplitudes up to 2, 16 × 16 points, up to four steps of 0.1, ν in [0, 1].',
    ...flowLaws['energy-and-enstrophy'](),
  },
  {
    ...LAW,
    id: 'flow.translation',
    statement: 'A vortex and a marker moved by whole points give the result moved as much, to 1e-10.',
    regime: 'One vortex of strength up to 6, 16 × 16 points, up to four steps of 0.1, ν and κ in [0, 1].',
    ...flowLaws.translation(),
  },
  {
    ...LAW,
    id: 'flow.quarter-turn',
    statement: 'A vortex and a marker turned by 90° give the result turned as much, to 1e-10.',
    regime: 'One vortex of strength up to 6, 16 × 16 points, up to four steps of 0.1, ν and κ in [0, 1].',
    ...flowLaws['quarter-turn'](),
  },
];
