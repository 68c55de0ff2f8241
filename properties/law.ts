import fc from 'fast-check';
import type { LawClaim, LawSearch, Verdict } from '../src/core/claim.ts';
import { InverseClaimsError, requireNumber } from '../src/core/errors.ts';
import { childSeed } from '../src/core/random.ts';

/** A search that rejected more than this share of its cases looked at something else than it says. */
const MOST_REJECTED = 0.1;

const LONGEST_TEXT = 2000;

/** The parts of a law claim that need a search. */
type LawParts = Pick<LawClaim, 'cases' | 'check' | 'brokenTwin'>;

/** A law that can be put to any subject: the true one, the twin of the claim, others in tests, or a user's own. */
export interface Law<Subject> extends LawParts {
  checkOn(subject: Subject, search: LawSearch): Verdict;
  /** The number of the case that refutes the subject, from 1, or null where none does; nothing is shrunk, so it is quick. */
  refutedAt(subject: Subject, search: LawSearch): number | null;
}

export interface LawDefinition<Subject, Case> {
  /** Cases of a usual search. */
  readonly cases: number;
  readonly subject: Subject;
  readonly twin: { readonly what: string; readonly subject: Subject };
  arbitrary(subject: Subject): fc.Arbitrary<Case>;
  /** What is wrong with the case, or undefined; see `searchLaw`. */
  violation(value: Case): string | undefined;
  /** The case in one line, for people. */
  show(value: Case): string;
}

/** Leaves a case out, and counts it, unless the condition holds. For what floats cannot resolve, not for what is inconvenient. */
export function assume(condition: boolean): void {
  fc.pre(condition);
}

/** What a finished search knows; the part of fast-check's run details that a verdict needs. */
export interface SearchDetails<Case> {
  readonly failed: boolean;
  readonly interrupted: boolean;
  readonly numRuns: number;
  readonly numSkips: number;
  readonly counterexample: readonly [Case] | null;
  readonly counterexamplePath: string | null;
  readonly errorInstance: unknown;
}

function shorten(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)} …`;
}

function messageOf(error: unknown): string {
  return shorten(error instanceof Error ? error.message : String(error));
}

/**
 * The verdict on a finished search. A counterexample refutes, however many cases were rejected; without one, a search
 * that was interrupted, tried nothing or rejected more than a tenth of its cases is undecided, never supported.
 */
export function verdictOfSearch<Case>(
  details: SearchDetails<Case>,
  search: LawSearch,
  show: (value: Case) => string,
): Verdict {
  const { numRuns: tried, numSkips: rejected, counterexample, counterexamplePath } = details;
  if (counterexample !== null) {
    return {
      outcome: 'refuted',
      reason: search.path === undefined ? `counterexample found at case ${tried}` : 'the replayed case fails',
      evidence: {
        kind: 'counterexample',
        seed: search.seed,
        path: counterexamplePath ?? '',
        shrunk: shorten(show(counterexample[0])),
        message: messageOf(details.errorInstance),
      },
    };
  }
  const evidence = { kind: 'cases', tried, rejected, seed: search.seed } as const;
  const undecided = (needs: string): Verdict => ({ outcome: 'undecided', evidence, needs });
  if (details.interrupted) return undecided('a search that is not interrupted');
  if (details.failed || rejected > MOST_REJECTED * (tried + rejected)) {
    return undecided(`cases that satisfy the assumptions: ${rejected} of ${tried + rejected} were rejected`);
  }
  if (tried === 0) return undecided('at least one case');
  if (search.path !== undefined) return undecided('a search without a path: the replayed case no longer fails');
  return { outcome: 'supported', reason: `not refuted in ${tried} cases`, evidence };
}

function requireSearch({ seed, cases, path }: LawSearch): number {
  requireNumber('law: "cases"', cases, { minimum: 1, integer: true });
  if (path !== undefined && !/^\d+(:\d+)*$/.test(path)) {
    throw new InverseClaimsError('out-of-range', {
      where: 'law: "path"',
      expected: 'integers separated by colons, as printed with the counterexample',
      received: JSON.stringify(path),
    });
  }
  // fast-check takes 32 bits; all 48 bits of the seed matter to them.
  return childSeed(seed, 'law') | 0;
}

/** One look at a case: throws what refutes it. */
function runCase<Case>(violation: (value: Case) => string | undefined, value: Case): void {
  const found: unknown = violation(value);
  if (found !== undefined)
    throw typeof found === 'string' ? new Error(found) : new TypeError('law: a check gave no string');
}

/**
 * Searches for a counterexample of "for all cases, nothing is wrong", and shrinks it.
 *
 * `violation` returns what is wrong with a case, or undefined; whatever it throws is a counterexample too, with the
 * message of what was thrown, because a law that cannot be evaluated does not hold. `assume` in it rejects a case.
 * With `search.path` only the case of that path is tried: it comes out refuted with the same counterexample, or
 * undecided if it no longer fails. The same search gives the same verdict.
 *
 * @param arbitrary  generator of cases, fast-check's
 * @param search     seed in [0, 2^48); cases >= 1; path as printed with a counterexample. Else `out-of-range` or `not-finite`
 * @param show       the case in one line; fast-check's notation unless given
 * @example
 * import { dyadic } from './arbitraries.ts';
 * const search = { seed: 1, cases: 100 };
 * searchLaw(dyadic(0, 8), (x) => (x < 3 ? undefined : 'too large'), search).outcome; // => 'refuted'
 */
export function searchLaw<Case>(
  arbitrary: fc.Arbitrary<Case>,
  violation: (value: Case) => string | undefined,
  search: LawSearch,
  show: (value: Case) => string = (value) => fc.stringify(value),
): Verdict {
  const seed = requireSearch(search);
  const replay = search.path !== undefined;
  let looked = false;
  const property = fc.property(arbitrary, (value) => {
    // A path names one case, but fast-check goes on to its neighbors where that one passes.
    if (replay && looked) return;
    looked = true;
    runCase(violation, value);
  });
  const settings = { seed, numRuns: search.cases, maxSkipsPerRun: 1, verbose: 0 as const };
  try {
    const details = replay
      ? fc.check(property, { ...settings, numRuns: 1, path: search.path as string, endOnFailure: true })
      : fc.check(property, settings);
    const tried =
      replay && details.counterexample === null ? Math.min(1, details.numRuns) - details.numSkips : details.numRuns;
    return verdictOfSearch({ ...details, numRuns: Math.max(0, tried) }, search, show);
  } catch (error) {
    if (!messageOf(error).startsWith('Unable to replay')) throw error;
    throw new InverseClaimsError('out-of-range', {
      where: 'law: "path"',
      expected: 'a path printed with a counterexample of this law and seed',
      received: JSON.stringify(search.path),
    });
  }
}

/**
 * A law with its subject and its broken twin, ready for a claim: `{ …law(definition), id, statement, … }`.
 *
 * @param definition  see `LawDefinition`
 */
export function law<Subject, Case>(definition: LawDefinition<Subject, Case>): Law<Subject> {
  const { cases, subject, twin, arbitrary, violation, show } = definition;
  const checkOn = (on: Subject, search: LawSearch): Verdict => searchLaw(arbitrary(on), violation, search, show);
  // A twin must fail because it violates the law: one that breaks the test itself would show nothing about the law.
  const checkTwin = (search: LawSearch): Verdict => {
    let accident: unknown;
    const watched = (value: Case): string | undefined => {
      try {
        return violation(value);
      } catch (error) {
        if (!fc.PreconditionFailure.isFailure(error)) accident ??= error;
        throw error;
      }
    };
    const verdict = searchLaw(arbitrary(twin.subject), watched, search, show);
    return accident === undefined ? verdict : { outcome: 'errored', message: `the twin threw: ${messageOf(accident)}` };
  };
  const refutedAt = (on: Subject, search: LawSearch): number | null => {
    const seed = requireSearch(search);
    const property = fc.property(arbitrary(on), (value) => runCase(violation, value));
    const { failed, counterexample, numRuns } = fc.check(property, {
      seed,
      numRuns: search.cases,
      maxSkipsPerRun: 1,
      endOnFailure: true,
    });
    return failed && counterexample !== null ? numRuns : null;
  };
  return {
    cases,
    checkOn,
    refutedAt,
    check: (search) => checkOn(subject, search),
    brokenTwin: { what: twin.what, check: (search) => checkTwin(search) },
  };
}
