import {
  wavePacketAdjointIsExact,
  wavePacketBatchEqualsRows,
  wavePacketJvpIsExact,
  wavePacketMinimaCount,
  wavePacketTaylorSlopeIsTwo,
} from '../../../properties/wave-packet/laws.ts';
import { wavePacketOracleIsNotAboveTruth } from '../../../properties/wave-packet/problem-laws.ts';
import type { LawClaim } from '../../core/claim.ts';

const ANY_PACKET =
  'Packets with sigma in [1/2, 16] and period in [2, 64] samples, 1 to 128 samples, centers on and off the grid, float64.';

/** What the claims about joint training rest on: the simulator's derivatives and landscape are exact. */
export const wavePacketLaws: readonly LawClaim[] = [
  {
    id: 'wave-packet.adjoint-is-exact',
    kind: 'law',
    tier: 'quick',
    statement: 'The pullback is the transpose of the Jacobian: ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ to rounding.',
    regime: ANY_PACKET,
    source: { where: 'ours' },
    ...wavePacketAdjointIsExact(),
  },
  {
    id: 'wave-packet.jvp-is-exact',
    kind: 'law',
    tier: 'quick',
    statement: 'The forward-mode derivative, separate code from the pullback, agrees with finite differences.',
    regime: ANY_PACKET,
    source: { where: 'ours' },
    ...wavePacketJvpIsExact(),
  },
  {
    id: 'wave-packet.taylor-slope-is-two',
    kind: 'law',
    tier: 'quick',
    statement:
      'The remainder of the first-order Taylor expansion of the loss, with its computed gradient, falls with slope 2.',
    regime: ANY_PACKET,
    source: { where: 'ours' },
    ...wavePacketTaylorSlopeIsTwo(),
  },
  {
    id: 'wave-packet.batch-equals-rows',
    kind: 'law',
    tier: 'quick',
    statement: 'Every row of a batch equals, bit for bit, the same instance simulated alone.',
    regime: `${ANY_PACKET} Also centers up to 2^1000 and centers that are not finite.`,
    source: { where: 'ours' },
    ...wavePacketBatchEqualsRows(),
  },
  {
    id: 'wave-packet.minima-count',
    kind: 'law',
    tier: 'quick',
    statement:
      'The sampled loss equals the closed form L(τ) and has exactly the minima within ±32 samples that its stationarity ' +
      'equation predicts.',
    regime:
      'sigma in [4, 12], period in [4, 64] samples, no noise, both packets inside a grid of 513 samples; slopes at the ' +
      'edge of the window below 1e-12 of the largest are left out.',
    source: { where: 'ours' },
    ...wavePacketMinimaCount(),
  },
  {
    id: 'wave-packet.oracle-is-not-above-truth',
    kind: 'law',
    tier: 'quick',
    statement: 'The loss that counts as the global minimum is never above the loss at the true position.',
    regime: 'Settings A to D, every position of the prior, noise 0, 0.1 and 0.5. What "solved" is measured against.',
    source: { where: 'ours' },
    ...wavePacketOracleIsNotAboveTruth(),
  },
];
