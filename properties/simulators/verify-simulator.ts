import type { Verdict } from '../../src/core/claim.ts';
import { InverseClaimsError, messageOf, requireNumber, unknownName } from '../../src/core/errors.ts';
import { childSeed, LARGEST_SEED } from '../../src/core/random.ts';
import type { LawVerdict } from '../solvers/verify-solver.ts';
import { type NamedSimulatorLaw, simulatorLaws } from './laws.ts';
import { requireSubject, type SimulatorSubject } from './subject.ts';

export interface VerifySimulatorOptions {
  /** Cases tried of each law; default 200. */
  readonly cases?: number;
  /** Integer in [0, 2^48); default 0. The same seed tries the same cases. */
  readonly seed?: number;
  /** Names of the laws to check; all of them unless given. */
  readonly laws?: readonly string[];
}

/** Plain data. */
export interface SimulatorVerification {
  readonly seed: number;
  readonly cases: number;
  readonly verdicts: readonly LawVerdict[];
  /** True where at least one law was supported and every other one was supported or skipped. */
  readonly passed: boolean;
}

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
  const { cases = 200, seed = 0, laws } = options;
  requireSubject('verifySimulator', subject);
  requireNumber('verifySimulator: "cases"', cases, { minimum: 1, integer: true });
  requireNumber('verifySimulator: "seed"', seed, { minimum: 0, maximum: LARGEST_SEED, integer: true });
  const verdicts = selected(laws).map((each) => verdictOf(each, subject, seed, cases));
  const outcomes = verdicts.map(({ verdict }) => verdict.outcome);
  const passed = outcomes.includes('supported') && outcomes.every((each) => each === 'supported' || each === 'skipped');
  return { seed, cases, verdicts, passed };
}

function verdictOf(
  { name, what, law, skip }: NamedSimulatorLaw,
  subject: SimulatorSubject,
  seed: number,
  cases: number,
): LawVerdict {
  const reason = skip?.(subject.simulator);
  const search = { seed: childSeed(seed, `verify-simulator/${name}`), cases };
  return {
    law: name,
    what,
    verdict: reason === undefined ? tried(() => law.checkOn(subject, search)) : { outcome: 'skipped', reason },
  };
}

function tried(judge: () => Verdict): Verdict {
  try {
    return judge();
  } catch (error) {
    return { outcome: 'errored', message: messageOf(error) };
  }
}

function selected(names: readonly string[] | undefined): readonly NamedSimulatorLaw[] {
  if (names === undefined) return simulatorLaws;
  const known = simulatorLaws.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownName('verifySimulator: "laws"', unknown, known);
  if (names.length > 0) return simulatorLaws.filter(({ name }) => names.includes(name));
  throw new InverseClaimsError('out-of-range', {
    where: 'verifySimulator: "laws"',
    expected: 'at least one law, or no list for all of them',
    received: '[]',
  });
}
