import type { LawSearch, Verdict } from '../src/core/claim.ts';
import { InverseClaimsError, messageOf, requireNumber, unknownName } from '../src/core/errors.ts';
import { LARGEST_SEED } from '../src/core/random.ts';

export interface VerifyOptions {
  /** Cases tried of each law; default 200. */
  readonly cases?: number;
  /** Integer in [0, 2^48); default 0. The same seed tries the same cases. */
  readonly seed?: number;
  /** Names of the laws to check; all of them unless given. */
  readonly laws?: readonly string[];
}

/** What one law found. */
export interface LawVerdict {
  readonly law: string;
  readonly what: string;
  /** Refuted with a shrunk counterexample, supported, or skipped with the reason. */
  readonly verdict: Verdict;
}

/** Plain data. */
export interface Verification {
  readonly seed: number;
  readonly cases: number;
  readonly verdicts: readonly LawVerdict[];
  /** True where at least one law was supported and every other one was supported or skipped. */
  readonly passed: boolean;
}

/** A law by its name, with what it says in words. */
interface NamedLaw {
  readonly name: string;
  readonly what: string;
}

/**
 * The verdicts on the laws that are asked for, in the order in which they are known; a judge that throws is a law that erred.
 *
 * Throws `out-of-range` or `not-finite` for cases and seed, and for no law at all, and `unknown-name` for a law that is not
 * known, each naming the option after `where`.
 */
export function verifyLaws<Named extends NamedLaw>(
  where: string,
  known: readonly Named[],
  { cases = 200, seed = 0, laws }: VerifyOptions,
  judge: (law: Named, search: LawSearch) => Verdict,
): Verification {
  requireNumber(`${where}: "cases"`, cases, { minimum: 1, integer: true });
  requireNumber(`${where}: "seed"`, seed, { minimum: 0, maximum: LARGEST_SEED, integer: true });
  const verdicts = selected(where, known, laws).map((each): LawVerdict => {
    const { name: law, what } = each;
    try {
      return { law, what, verdict: judge(each, { seed, cases }) };
    } catch (error) {
      return { law, what, verdict: { outcome: 'errored', message: messageOf(error) } };
    }
  });
  const outcomes = verdicts.map(({ verdict }) => verdict.outcome);
  const passed = outcomes.includes('supported') && outcomes.every((each) => each === 'supported' || each === 'skipped');
  return { seed, cases, verdicts, passed };
}

function selected<Named extends NamedLaw>(
  where: string,
  known: readonly Named[],
  names: readonly string[] | undefined,
): readonly Named[] {
  if (names === undefined) return known;
  const all = known.map(({ name }) => name);
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) throw unknownName(`${where}: "laws"`, unknown, all);
  if (names.length > 0) return known.filter(({ name }) => names.includes(name));
  throw new InverseClaimsError('out-of-range', {
    where: `${where}: "laws"`,
    expected: 'at least one law, or no list for all of them',
    received: '[]',
  });
}
