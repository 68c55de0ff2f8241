import type { LawClaim, LawSearch, Verdict } from '../../core/claim.ts';
import { InverseClaimsError, requireNumber } from '../../core/errors.ts';

export interface EnumeratedLaw<Case> {
  /** All cases there are. */
  readonly cases: readonly Case[];
  /** What is wrong with the case, or undefined. */
  violation(value: Case): string | undefined;
  /** The case in one line, for people. */
  show(value: Case): string;
}

function requirePath(path: string, cases: number): number {
  const index = /^\d+$/.test(path) ? Number(path) : cases;
  if (index < cases) return index;
  throw new InverseClaimsError('out-of-range', {
    where: 'law: "path"',
    expected: `the number of a case, 0 to ${cases - 1}, as printed with the counterexample`,
    received: JSON.stringify(path),
  });
}

/**
 * The verdict on "for all of these cases, nothing is wrong" by going through them in their order.
 *
 * Refuted at the first case that fails; its path is its number, and with a path only that case is looked at. The seed
 * changes nothing. Supported only after every case: a search of fewer is undecided where it finds nothing.
 *
 * @param search  cases >= 1; path the number of a case. Anything else throws `out-of-range` or `not-finite`
 * @example
 * const even = { cases: [2, 4, 5], violation: (n: number) => (n % 2 === 0 ? undefined : 'odd'), show: String };
 * enumerateCases(even, { seed: 0, cases: 3 }).outcome; // => 'refuted'
 * enumerateCases(even, { seed: 0, cases: 2 }).outcome; // => 'undecided'
 */
export function enumerateCases<Case>({ cases, violation, show }: EnumeratedLaw<Case>, search: LawSearch): Verdict {
  const { seed, path } = search;
  requireNumber('law: "cases"', search.cases, { minimum: 1, integer: true });
  const replayed = path === undefined ? undefined : requirePath(path, cases.length);
  const first = replayed ?? 0;
  const last = replayed ?? Math.min(search.cases, cases.length) - 1;
  for (let k = first; k <= last; k++) {
    const value = cases[k] as Case;
    const message = violation(value);
    if (message === undefined) continue;
    const reason = path === undefined ? `counterexample found at case ${k + 1}` : 'the replayed case fails';
    return {
      outcome: 'refuted',
      reason,
      evidence: { kind: 'counterexample', seed, path: String(k), shrunk: show(value), message },
    };
  }
  const evidence = { kind: 'cases', tried: last - first + 1, rejected: 0, seed } as const;
  if (path !== undefined) {
    return { outcome: 'undecided', evidence, needs: 'a search without a path: the replayed case no longer fails' };
  }
  return evidence.tried === cases.length
    ? { outcome: 'supported', reason: `holds in all ${cases.length} cases there are`, evidence }
    : { outcome: 'undecided', evidence, needs: `all ${cases.length} cases: only ${evidence.tried} were looked at` };
}

/** The law on its subject and on a broken one, ready for a claim: `{ …enumeratedLaw(definition), id, statement, … }`. */
export function enumeratedLaw<Subject, Case>(definition: {
  readonly cases: readonly Case[];
  readonly subject: Subject;
  readonly twin: { readonly what: string; readonly subject: Subject };
  violation(subject: Subject, value: Case): string | undefined;
  show(value: Case): string;
}): Pick<LawClaim, 'cases' | 'exhaustive' | 'check' | 'brokenTwin'> {
  const { cases, subject, twin, violation, show } = definition;
  const checkOn = (on: Subject, search: LawSearch): Verdict =>
    enumerateCases({ cases, violation: (value) => violation(on, value), show }, search);
  return {
    cases: cases.length,
    exhaustive: true,
    check: (search) => checkOn(subject, search),
    brokenTwin: { what: twin.what, check: (search) => checkOn(twin.subject, search) },
  };
}
