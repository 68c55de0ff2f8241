import type { LawSearch, Verdict } from '../src/core/claim.ts';
import { checkSeed, type KillMatrixDefinition, type Version } from './kill-matrix.ts';

/** What is wrong with the first version that the checks misjudge, and its number; undefined where all are judged rightly. */
function misjudged<Subject>(
  { checks, correct, mutants }: KillMatrixDefinition<Subject>,
  seed: number,
): { readonly at: number; readonly name: string; readonly message: string } | undefined {
  const killer = ({ subject }: Version<Subject>) =>
    checks.find((check, k) => check.killedAt(subject, checkSeed(seed, k)) !== null)?.name;
  for (const [at, version] of correct.entries()) {
    const by = killer(version);
    if (by !== undefined) return { at, name: version.name, message: `right, but refuted by "${by}"` };
  }
  for (const [k, version] of mutants.entries()) {
    if (killer(version) !== undefined) continue;
    return {
      at: correct.length + k,
      name: version.name,
      message: `survives all ${checks.length} checks: ${version.what}`,
    };
  }
  return undefined;
}

/**
 * "Every wrong version is refuted by some check, and no right one": the verdict on a kill matrix, as a law over the
 * versions there are. Its twin counts a right version among the wrong ones.
 */
export function mutantsAreRefuted<Subject>(definition: KillMatrixDefinition<Subject>) {
  const { correct, mutants } = definition;
  const cases = correct.length + mutants.length;
  const check = (of: KillMatrixDefinition<Subject>, { seed }: LawSearch): Verdict => {
    const found = misjudged(of, seed);
    const tried = of.correct.length + of.mutants.length;
    const evidence = { kind: 'cases', tried, rejected: 0, seed } as const;
    if (found === undefined)
      return { outcome: 'supported', reason: `holds for all ${tried} versions there are`, evidence };
    const { at, name, message } = found;
    const reason = `version ${name} is misjudged`;
    return {
      outcome: 'refuted',
      reason,
      evidence: { kind: 'counterexample', seed, path: String(at), shrunk: name, message },
    };
  };
  const disguised: KillMatrixDefinition<Subject> = { ...definition, mutants: correct.slice(0, 1), correct: [] };
  return {
    cases,
    exhaustive: true as const,
    check: (search: LawSearch) => check(definition, search),
    brokenTwin: {
      what: 'a right version counted among the wrong ones',
      check: (search: LawSearch) => check(disguised, search),
    },
  };
}
