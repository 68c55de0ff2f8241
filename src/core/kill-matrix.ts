/** What a check did to one subject: the number of the case that refuted it, or null where it survived. */
export type KilledAt = number | null;

/** One wrong version of the code under test, and what every check said about it. */
export interface KillRow {
  readonly name: string;
  /** What is wrong with it, in words. */
  readonly what: string;
  /** Where the defect was published; empty for our own. */
  readonly source: string;
  /** One entry per check, in their order. */
  readonly killedAt: readonly KilledAt[];
}

/** Wrong versions against checks: shows that the checks can fail. Plain data, for reports and the command line. */
export interface KillMatrix {
  /** `'solvers.hall-of-bugs'`. */
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly checks: readonly { readonly name: string; readonly what: string }[];
  /** Right versions: every check must spare them. */
  readonly correct: readonly KillRow[];
  /** Wrong versions: at least one check must refute each. */
  readonly mutants: readonly KillRow[];
}

/** Names of mutants that no check refuted: gaps to close. */
export function survivors(matrix: KillMatrix): readonly string[] {
  return matrix.mutants.filter(({ killedAt }) => killedAt.every((at) => at === null)).map(({ name }) => name);
}

/** Names of right versions that some check refuted: false alarms. */
export function falseAlarms(matrix: KillMatrix): readonly string[] {
  return matrix.correct.filter(({ killedAt }) => killedAt.some((at) => at !== null)).map(({ name }) => name);
}
