import type { LawClaim, LawSearch, Verdict } from '../../src/core/claim.ts';
import { InverseClaimsError } from '../../src/core/errors.ts';
import { childSeed } from '../../src/core/random.ts';
import type { NamedSolverLaw } from './laws.ts';
import type { SolverSubject } from './subject.ts';

type LawParts = Pick<LawClaim, 'cases' | 'check' | 'brokenTwin'>;

export interface EverySolverLaw {
  readonly laws: readonly NamedSolverLaw[];
  readonly subject: SolverSubject;
  readonly twin: { readonly what: string; readonly subject: SolverSubject };
  /** Cases over all laws together; each law gets an equal share. */
  readonly cases: number;
}

/**
 * Several solver laws as one law: refuted with the counterexample of the first that is, its path led by the number of
 * the law. A law that the subject skips leaves the whole undecided: leave it out, or it would seem to hold.
 */
export function everySolverLaw({ laws, subject, twin, cases }: EverySolverLaw): LawParts {
  const check = (on: SolverSubject, search: LawSearch): Verdict => {
    if (search.path !== undefined) return replayed(laws, on, search, search.path);
    const share = Math.max(1, Math.floor(search.cases / laws.length));
    const counted = { tried: 0, rejected: 0 };
    for (const [k, { name, law }] of laws.entries()) {
      const verdict = law.checkOn(on, { seed: childSeed(search.seed, name), cases: share });
      if (verdict.outcome === 'refuted') return led(verdict, k, name, search.seed);
      if (verdict.outcome === 'undecided' || verdict.outcome === 'errored') return verdict;
      if (verdict.outcome === 'skipped') {
        const evidence = { kind: 'cases', ...counted, seed: search.seed } as const;
        return { outcome: 'undecided', evidence, needs: `"${name}" to apply: ${verdict.reason}` };
      }
      if (verdict.evidence.kind !== 'cases') continue;
      counted.tried += verdict.evidence.tried;
      counted.rejected += verdict.evidence.rejected;
    }
    const evidence = { kind: 'cases', ...counted, seed: search.seed } as const;
    return { outcome: 'supported', reason: `not refuted in ${counted.tried} cases`, evidence };
  };
  return {
    cases,
    check: (search) => check(subject, search),
    brokenTwin: { what: twin.what, check: (search) => check(twin.subject, search) },
  };
}

function replayed(laws: readonly NamedSolverLaw[], on: SolverSubject, search: LawSearch, path: string): Verdict {
  const [first = '', ...rest] = path.split(':');
  const named = /^\d+$/.test(first) ? laws[Number(first)] : undefined;
  if (named === undefined || rest.length === 0) {
    throw new InverseClaimsError('out-of-range', {
      where: 'law: "path"',
      expected: `the number of a law, 0 to ${laws.length - 1}, and the path of its counterexample`,
      received: JSON.stringify(path),
    });
  }
  const { name, law } = named;
  const verdict = law.checkOn(on, { seed: childSeed(search.seed, name), cases: search.cases, path: rest.join(':') });
  return verdict.outcome === 'refuted' ? led(verdict, Number(first), name, search.seed) : verdict;
}

function led(
  verdict: Extract<Verdict, { outcome: 'supported' | 'refuted' }>,
  k: number,
  name: string,
  seed: number,
): Verdict {
  const { evidence } = verdict;
  if (evidence.kind !== 'counterexample') return verdict;
  const path = `${k}:${evidence.path}`;
  return {
    outcome: verdict.outcome,
    reason: `${name}: ${verdict.reason}`,
    evidence: { ...evidence, seed, path, message: `${name}: ${evidence.message}` },
  };
}
