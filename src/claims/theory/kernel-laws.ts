import {
  alignmentHasKnownLimits,
  alignmentIsInvariant,
  alignmentIsThatOfSimulatedSteps,
} from '../../../properties/theory/kernel-alignment-laws.ts';
import {
  effectiveExamplesAverage,
  equicorrelatedIsItsRow,
  pairAgreementIsCounted,
} from '../../../properties/theory/kernel-examples-laws.ts';
import {
  closedFormIsRecursion,
  finiteStepFollowsKernel,
  kernelIsSymmetricAndSemidefinite,
  positiveInputsAllAlign,
} from '../../../properties/theory/kernel-laws.ts';
import {
  kernelIsMeanOverUnits,
  layersFollowRecursion,
  linearNetworksAddUp,
} from '../../../properties/theory/kernel-layers-laws.ts';
import type { LawClaim } from '../../core/claim.ts';

const base = { kind: 'law', tier: 'quick', source: { where: 'ours' } } as const;

const SINGLE =
  'One hidden layer of infinite width on the input (γ, 1), linear, ReLU and erf, γ in [−4, 4], output bias 1.';
const DEEP =
  'Linear, ReLU and erf networks of infinite width in NTK parametrization, up to 3 inputs in [−2, 2], bias variance in [0, 2].';
const BATCHES =
  'Kernels of rank 3 with entries of both signs, 2 to 5 examples in 1 to 4 dimensions, noise in [1/4, 3].';
const SIMULATION =
  'Simulated with a fixed number of draws, 6.5 standard errors allowed: a false alarm has probability about 1e-9.';

/** What the claims about joint steps rest on. */
export const kernelLaws: readonly LawClaim[] = [
  {
    ...base,
    id: 'theory.tangent-kernel-is-symmetric-and-semidefinite',
    statement: 'K(a, b) = K(b, a) = K(−a, −b), and gᵀKg ≥ 0: the summed loss never rises to first order.',
    regime: SINGLE,
    ...kernelIsSymmetricAndSemidefinite(),
  },
  {
    ...base,
    id: 'theory.tangent-kernel-closed-form-is-recursion',
    statement: 'The closed forms of the tangent kernels on single numbers are those of the recursion over layers.',
    regime: SINGLE,
    ...closedFormIsRecursion(),
  },
  {
    ...base,
    id: 'theory.tangent-kernel-positive-inputs-align',
    statement: 'If all γ are positive, the first joint step moves every example towards x* = 10 γ.',
    regime: `${SINGLE} γ in (0, 4], network at zero output, no noise.`,
    ...positiveInputsAllAlign(),
  },
  {
    ...base,
    id: 'theory.tangent-kernel-finite-step',
    statement:
      'A small step of a finite network moves its outputs by −η J Jᵀ g, with the signs that the theory predicts from J Jᵀ.',
    regime: 'Float64 networks of width 1000 with ReLU and erf, η = 1e-6, 2 to 5 examples.',
    ...finiteStepFollowsKernel(),
  },
  {
    ...base,
    id: 'theory.tangent-kernel-is-mean-over-units',
    statement: 'The tangent kernel of one hidden layer is the mean over random hidden units of what each adds to J Jᵀ.',
    regime: `${DEEP} ${SIMULATION}`,
    ...kernelIsMeanOverUnits(),
  },
  {
    ...base,
    id: 'theory.tangent-kernel-layers-follow-recursion',
    statement: 'Each layer adds E φφ + β² + Θ E φ′φ′, with the expectations by brute-force integration.',
    regime: `${DEEP} One to four hidden layers; agreement to 0.002 of the size of the terms.`,
    ...layersFollowRecursion(),
  },
  {
    ...base,
    id: 'theory.tangent-kernel-linear-networks-add-up',
    statement: 'A linear network of L hidden layers has Σ = x·y + Lβ² and Θ = (L + 1) x·y + β² L(L + 1)/2.',
    regime: `${DEEP} L from 0 to 4.`,
    ...linearNetworksAddUp(),
  },
  {
    ...base,
    id: 'theory.tangent-kernel-alignment-is-invariant',
    statement:
      'Alignments of joint steps do not depend on the scale of the kernel or the gradients, on a rotation, or on the order of examples.',
    regime: BATCHES,
    ...alignmentIsInvariant(),
  },
  {
    ...base,
    id: 'theory.tangent-kernel-alignment-limits',
    statement:
      'Uncoupled examples align as if alone, A_d(|s|/σ); equally coupled equal ones as if averaged, A_d(√n |s|/σ).',
    regime: '2 to 5 examples in 1 to 4 dimensions, noise in [1/4, 3].',
    ...alignmentHasKnownLimits(),
  },
  {
    ...base,
    id: 'theory.tangent-kernel-alignment-of-simulated-steps',
    statement: 'The alignment of a joint step is signal geometry times noise averaging, as simulated.',
    regime: `${BATCHES} ${SIMULATION}`,
    ...alignmentIsThatOfSimulatedSteps(),
  },
  {
    ...base,
    id: 'theory.tangent-kernel-effective-examples-average',
    statement: 'n_eff = (ΣK)²/ΣK² lies in [0, n] and gives the alignment of examples with equal signals.',
    regime: BATCHES,
    ...effectiveExamplesAverage(),
  },
  {
    ...base,
    id: 'theory.tangent-kernel-equal-coupling',
    statement: 'Under equal coupling ρ, n_eff = (1 + (n − 1)ρ)² / (1 + (n − 1)ρ²).',
    regime: 'n from 1 to 64, ρ from −1/(n − 1) to 1.',
    ...equicorrelatedIsItsRow(),
  },
  {
    ...base,
    id: 'theory.tangent-kernel-pairs-are-counted',
    statement: 'The exact alignment of two examples is what counting signs on a grid of pairs gives.',
    regime:
      'Linear, ReLU and erf kernels, output bias in [1/4, 4], γ uniform on ±w with w in [1/2, 4]; agreement to 0.008.',
    ...pairAgreementIsCounted(),
  },
];
