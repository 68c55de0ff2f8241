import {
  ksAdjointIsExact,
  ksForwardEqualsReverse,
  ksTaylorSlopeIsTwo,
} from '../../../properties/kuramoto-sivashinsky/derivative-laws.ts';
import {
  ksLinearGrowthRates,
  ksOrderFourInTime,
  ksSpectralInSpace,
} from '../../../properties/kuramoto-sivashinsky/discretization-laws.ts';
import { ksDifferencesFailWithChaos } from '../../../properties/kuramoto-sivashinsky/horizon-law.ts';
import {
  ksCheckpointsChangeNothing,
  ksKernelEqualsReference,
  ksRowsAreIndependent,
  ksSinglePrecisionIsClose,
} from '../../../properties/kuramoto-sivashinsky/kernel-laws.ts';
import {
  ksGalilean,
  ksMeanIsConserved,
  ksTranslationAndReflection,
} from '../../../properties/kuramoto-sivashinsky/symmetry-laws.ts';
import type { LawClaim } from '../../core/claim.ts';
import { agreesWithReferences } from './reference-solutions.ts';

const ANY_FLOW =
  'L of 10 to 60 on 16 to 128 points, steps of 1/16 to 1/4, α in [−1, 1], β in [1/2, 3/2], four kinds of forcing, initial ' +
  'states of three modes with coefficients up to 2, float64.';

const LAW = { kind: 'law', tier: 'quick', source: { where: 'ours' } } as const;

/** What every claim about the equation rests on: derivatives are exact, the kernel is its twin, the discretization is right. */
export const kuramotoSivashinskyLaws: readonly LawClaim[] = [
  {
    ...LAW,
    id: 'ks.adjoint-is-exact',
    statement: 'The pullback is the transpose of the Jacobian: ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ to 1e-10.',
    regime: `${ANY_FLOW} Horizons up to 25; unknown are α and β, with or without the state or its modes.`,
    ...ksAdjointIsExact(),
  },
  {
    ...LAW,
    id: 'ks.taylor-slope-is-two',
    statement:
      'The remainder of the first-order Taylor expansion of the loss, with its computed gradient, falls with slope 2.',
    regime: `${ANY_FLOW} Horizons up to 10: later rounding and curvature leave no room between them.`,
    ...ksTaylorSlopeIsTwo(),
  },
  {
    ...LAW,
    id: 'ks.differences-fail-with-chaos',
    statement:
      'At T = 10 central differences find the gradient to 1e-5; at T = 600, beyond the horizon ln(1/ε)/λ = 400 at which a ' +
      'rounding has become everything, no step from 2^-4 to 2^-40 comes within half of it, and it is larger than all of them.',
    regime:
      'L = 100 on 256 points, no forcing, β in [1, 5/4], derivative in β: a domain on which none of 128 trajectories settled. ' +
      'On L = 60 about one in ten did, and half of those under forcing; then differences work for longer.',
    ...ksDifferencesFailWithChaos(),
  },
  {
    ...LAW,
    id: 'ks.forward-equals-reverse',
    statement:
      'Forward mode, written as in textbooks with the transform of a library, and reverse mode of the kernel give the same ' +
      'Jacobian, entry by entry, to 1e-10 of the largest.',
    regime: `L of 10 and 22, otherwise: ${ANY_FLOW} Horizons up to 10.`,
    ...ksForwardEqualsReverse(),
  },
  {
    ...LAW,
    id: 'ks.kernel-equals-reference',
    statement:
      'States, pullbacks and tangents of the SIMD kernel equal those of its plain TypeScript twin, bit for bit.',
    regime: `${ANY_FLOW} Horizons up to 10. Where a machine has no SIMD the twin is compared with itself.`,
    ...ksKernelEqualsReference(),
  },
  {
    ...LAW,
    id: 'ks.single-precision-is-close',
    statement:
      'States, pullbacks and tangents in single precision, with which networks are trained, are within 2^-11 of the largest entry.',
    regime: `${ANY_FLOW} Horizons up to 5: afterwards chaos makes of a rounding what it likes. Refinement and verdicts are float64.`,
    ...ksSinglePrecisionIsClose(),
  },
  {
    ...LAW,
    id: 'ks.rows-are-independent',
    statement:
      'Every row of a batch equals, bit for bit, the same row simulated alone, also beside rows that overflow or are not finite.',
    regime: `L of 10 and 22, otherwise: ${ANY_FLOW} Horizons up to 5; entries up to 2^1023, infinite and NaN.`,
    ...ksRowsAreIndependent(),
  },
  {
    ...LAW,
    id: 'ks.checkpoints-change-nothing',
    statement:
      'Pullbacks and tangents from a tape of 1 MiB, with checkpoints where it is too short, equal those from 32 MiB, bit for bit.',
    regime: `L of 22 to 60 on 64 and 128 points, steps of 1/4, otherwise: ${ANY_FLOW} Horizons up to 100.`,
    ...ksCheckpointsChangeNothing(),
  },
  {
    ...LAW,
    id: 'ks.order-four-in-time',
    statement:
      'Halving the time step from 1/64 divides the error by 2^3.4 and more (order 4; a scheme of order 3 divides by 2^3).',
    regime:
      `L of 22 to 60, otherwise: ${ANY_FLOW} Horizons of 1/2 and 1, against steps of 1/1024. Coarser steps have a lower order, ` +
      'because the linear part is stiff.',
    ...ksOrderFourInTime(),
  },
  {
    ...LAW,
    id: 'ks.spectral-in-space',
    statement: 'Twice as many points divide the error by a hundred and more, or leave rounding only.',
    regime: `${ANY_FLOW} Horizons up to 2, steps of 1/8, against four times as many points; named forcings.`,
    ...ksSpectralInSpace(),
  },
  {
    ...LAW,
    id: 'ks.linear-growth-rates',
    statement: 'A small wave of wave number k grows or decays like exp((β k² − k⁴) T), to 1e-6.',
    regime: 'Amplitude 2^-24, k up to 5/4, β in [1/2, 3/2], steps of 1/16, T up to 5; the five grids, no forcing.',
    ...ksLinearGrowthRates(),
  },
  {
    ...LAW,
    id: 'ks.mean-is-conserved',
    statement: 'The mean of u changes by α T times the mean of the forcing, so by nothing where that is zero.',
    regime: `${ANY_FLOW} Means of state and forcing up to 1, horizons up to 5.`,
    ...ksMeanIsConserved(),
  },
  {
    ...LAW,
    id: 'ks.translation-and-reflection',
    statement: 'State and forcing moved by grid points give the moved end; −u(−x) under −G(−x) gives the mirrored end.',
    regime: `${ANY_FLOW} Horizons up to 5.`,
    ...ksTranslationAndReflection(),
  },
  {
    ...LAW,
    id: 'ks.galilean',
    statement: 'A constant c added at the beginning is there at the end, and everything has been carried c T further.',
    regime: 'L of 22 to 60 on 64 and 128 points, no forcing, steps of 1/64, horizons from 1 to 2, c up to 4; to 1e-4.',
    ...ksGalilean(),
  },
  {
    ...LAW,
    id: 'ks.agrees-with-independent-solutions',
    statement:
      'u and its derivatives in α and β agree to 1e-6 with solutions made by collocation and by convolution sums, without ' +
      'exponential integrators.',
    regime:
      'The ten cases in fixtures/kuramoto-sivashinsky.json, L of 22, 36 and 60 up to T = 25; twice the points, steps of 1/128.',
    ...agreesWithReferences(),
  },
];
