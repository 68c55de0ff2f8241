import type { Outcome } from '../core/claim.ts';

/** Every outcome, in the order in which reports count them. */
export const OUTCOMES = [
  'supported',
  'refuted',
  'undecided',
  'skipped',
  'errored',
] as const satisfies readonly Outcome[];

/** Color family of an outcome: only a supported claim is green, and what lacks a verdict is never green. */
export type Tone = 'green' | 'red' | 'amber' | 'grey';

export const TONES: Readonly<Record<Outcome, Tone>> = {
  supported: 'green',
  refuted: 'red',
  undecided: 'amber',
  skipped: 'grey',
  errored: 'red',
};

/** A sign per outcome for plain text; the word always stands beside it. */
export const SIGNS: Readonly<Record<Outcome, string>> = {
  supported: '✔',
  refuted: '✘',
  undecided: '◐',
  skipped: '–',
  errored: '⚠',
};

/** What each outcome means, in a sentence for people who have not read the documentation. */
export const MEANINGS: Readonly<Record<Outcome, string>> = {
  supported: 'The evidence is beyond the threshold fixed beforehand, and a control that had to fail did fail.',
  refuted: 'A counterexample, or evidence beyond the threshold on the other side.',
  undecided: 'Not enough evidence either way within the budget: not a success.',
  skipped: 'Not run, for the reason given.',
  errored: 'Could not be judged: the subject failed, or its control did not.',
};

type Counts = Readonly<Record<Outcome, number>>;

/**
 * The result of a report in one sentence.
 *
 * @example
 * headline({ supported: 2, refuted: 0, undecided: 1, skipped: 0, errored: 0 });
 * // => '2 of 3 claims are supported; 1 is undecided.'
 */
export function headline(counts: Counts): string {
  const total = OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
  if (total === 0) return 'No claim was judged: there is no evidence here.';
  if (counts.supported === total) return total === 1 ? 'The claim is supported.' : `All ${total} claims are supported.`;
  const rest = OUTCOMES.filter((outcome) => outcome !== 'supported' && counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${isOrAre(counts[outcome], outcome)} ${outcome}`)
    .join(', ');
  const claims = total === 1 ? 'claim' : 'claims';
  return `${counts.supported} of ${total} ${claims} ${isOrAre(counts.supported, 'supported')} supported; ${rest}.`;
}

function isOrAre(count: number, outcome: Outcome): string {
  if (outcome === 'errored') return count === 1 ? 'has' : 'have';
  return count === 1 ? 'is' : 'are';
}
