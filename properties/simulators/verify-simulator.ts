import type { LawSearch, Verdict } from '../../src/core/claim.ts';
import { childSeed } from '../../src/core/random.ts';
import { type Verification, type VerifyOptions, verifyLaws } from '../verify-laws.ts';
import { type NamedSimulatorLaw, simulatorLaws } from './laws.ts';
import { requireSubject, type SimulatorSubject } from './subject.ts';

export type VerifySimulatorOptions = VerifyOptions;
export type SimulatorVerification = Verification;

/**
 * Searches for counterexamples to everything a differentiable simulator is asked to keep: shapes and finite values,
 * determinism, gradients that belong to the values (Taylor slope, adjoint identity, differences), rows that do not touch each
 * other, inputs that have an effect, and units that can be worked with. Counterexamples are shrunk: to one row, then to
 * simple numbers. A simulator that throws refutes the laws concerned, with the message. A supported law was not refuted in
 * `cases` cases; that is no proof.
 *
 * Throws `simulator-contract` or `shape-mismatch` where the subject is no simulator or its priors have other widths,
 * `unknown-name` for an unknown law, and `out-of-range` or `not-finite` for other options.
 *
 * @param subject  a simulator, and the priors of its points
 * @example
 * import { wavePacket } from '../../src/simulators/wave-packet.ts';
 * import { wavePacketPrior } from '../../src/simulators/wave-packet-problem.ts';
 * const simulator = wavePacket({ sigma: 8, period: 32, samples: 128 });
 * const { passed } = verifySimulator({ simulator, prior: wavePacketPrior('B') }, { cases: 30 });
 * passed; // => true
 */
export function verifySimulator(
  subject: SimulatorSubject,
  options: VerifySimulatorOptions = {},
): SimulatorVerification {
  requireSubject('verifySimulator', subject);
  return verifyLaws('verifySimulator', simulatorLaws, options, (each, search) => judgeSimulator(each, subject, search));
}

/** The verdict on one law of a simulator, or why it cannot be put to it. */
export function judgeSimulator(
  { name, law, skip }: NamedSimulatorLaw,
  subject: SimulatorSubject,
  search: LawSearch,
): Verdict {
  const reason = skip?.(subject.simulator);
  if (reason !== undefined) return { outcome: 'skipped', reason };
  return law.checkOn(subject, { ...search, seed: childSeed(search.seed, `verify-simulator/${name}`) });
}
