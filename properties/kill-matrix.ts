import type { KilledAt, KillMatrix, KillRow } from '../src/core/kill-matrix.ts';
import { childSeed } from '../src/core/random.ts';
import type { Law } from './law.ts';

/** One version of what the checks are about. */
export interface Version<Subject> {
  readonly name: string;
  /** What is wrong with it, in words; for a right version, what it is. */
  readonly what: string;
  /** Where the defect was published, if it was. */
  readonly source?: string;
  readonly subject: Subject;
}

/** Anything that can refute a subject: a law, or a Monte Carlo test. */
export interface Check<Subject> {
  readonly name: string;
  readonly what: string;
  /** The number of the case (or trial) that refuted the subject, null where it survived. The same seed gives the same answer. */
  killedAt(subject: Subject, seed: number): KilledAt;
}

/** A law as a check; `cases` are those of the law unless given. */
export function lawCheck<Subject>(name: string, what: string, law: Law<Subject>, cases = law.cases): Check<Subject> {
  return { name, what, killedAt: (subject, seed) => law.refutedAt(subject, { seed, cases }) };
}

export interface KillMatrixDefinition<Subject> {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly checks: readonly Check<Subject>[];
  readonly correct: readonly Version<Subject>[];
  readonly mutants: readonly Version<Subject>[];
}

/** The seed of the k-th check, the same for all versions. */
export function checkSeed(seed: number, k: number): number {
  return childSeed(seed, 'kill-matrix', k);
}

/** Runs every check on every version; each check gets a seed of its own, the same for all versions. */
export function killMatrix<Subject>(definition: KillMatrixDefinition<Subject>, seed: number): KillMatrix {
  const { id, title, caption, checks, correct, mutants } = definition;
  const rowOf = ({ name, what, source = '', subject }: Version<Subject>): KillRow => ({
    name,
    what,
    source,
    killedAt: checks.map((check, k) => check.killedAt(subject, checkSeed(seed, k))),
  });
  return {
    id,
    title,
    caption,
    checks: checks.map(({ name, what }) => ({ name, what })),
    correct: correct.map(rowOf),
    mutants: mutants.map(rowOf),
  };
}
