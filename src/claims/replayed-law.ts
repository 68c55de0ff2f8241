import type { LawClaim, LawSearch, Verdict } from '../core/claim.ts';
import type { FailureDatabase, StoredCounterexample } from './failures.ts';

/** Performs one search of the law, here or in a worker. */
export type LawPerformer = (search: LawSearch) => Promise<Verdict>;

/**
 * The verdict on a law: its known counterexamples first, one after the other, then the search. A known counterexample
 * that still fails refutes, and its reason says where it comes from; one that passes is told to the database, and so is
 * one that a search finds.
 */
export async function judgeWithKnownFailures(
  claim: Pick<LawClaim, 'id'>,
  search: LawSearch,
  failures: FailureDatabase,
  perform: LawPerformer,
): Promise<Verdict> {
  for (const known of failures.of(claim.id)) {
    const verdict = await replayed(known, perform);
    if (verdict?.outcome === 'refuted') {
      return { ...verdict, reason: `a counterexample from the database still fails (seed ${known.seed})` };
    }
    if (verdict === undefined || verdict.outcome === 'undecided') failures.passed(known);
  }
  const verdict = await perform(search);
  if (verdict.outcome === 'refuted' && verdict.evidence.kind === 'counterexample' && verdict.evidence.path !== '') {
    const { seed, path, shrunk, message } = verdict.evidence;
    failures.found({ claim: claim.id, seed, cases: search.cases, path, shrunk, message });
  }
  return verdict;
}

/** A path that names no case any more, because the law draws its cases otherwise now, has nothing to say. */
async function replayed(
  { seed, cases, path }: StoredCounterexample,
  perform: LawPerformer,
): Promise<Verdict | undefined> {
  try {
    return await perform({ seed, cases, path });
  } catch (error) {
    // Errors lose their class on the way from a worker; where they come from stands in the message.
    if (error instanceof Error && error.message.startsWith('law: "path": expected a path')) return undefined;
    throw error;
  }
}
