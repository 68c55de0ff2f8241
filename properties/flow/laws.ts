import { flowDivergenceFree, flowEnergyAndEnstrophy, flowMarkerIsConserved } from './conservation-laws.ts';
import {
  flowAdjointIsExact,
  flowForwardEqualsReverse,
  flowJvpIsTheDerivative,
  flowTaylorSlopeIsTwo,
} from './derivative-laws.ts';
import { flowOrderFourInTime } from './discretization-laws.ts';
import { flowSingleShellDecays, flowWeakVortexSpreads } from './exact-solution-laws.ts';
import { flowCheckpointsChangeNothing, flowKernelEqualsReference, flowRowsAreIndependent } from './kernel-laws.ts';
import { flowQuarterTurn, flowTranslation } from './symmetry-laws.ts';

/** Every law of the flow, by its name. */
export const flowLaws = {
  'adjoint-is-exact': flowAdjointIsExact,
  'taylor-slope-is-two': flowTaylorSlopeIsTwo,
  'jvp-is-the-derivative': flowJvpIsTheDerivative,
  'forward-equals-reverse': flowForwardEqualsReverse,
  'kernel-equals-reference': flowKernelEqualsReference,
  'checkpoints-change-nothing': flowCheckpointsChangeNothing,
  'rows-are-independent': flowRowsAreIndependent,
  'order-four-in-time': flowOrderFourInTime,
  'divergence-free': flowDivergenceFree,
  'marker-is-conserved': flowMarkerIsConserved,
  'single-shell-decays': flowSingleShellDecays,
  'weak-vortex-spreads-like-heat': flowWeakVortexSpreads,
  'energy-and-enstrophy': flowEnergyAndEnstrophy,
  translation: flowTranslation,
  'quarter-turn': flowQuarterTurn,
} as const;
