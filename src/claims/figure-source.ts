import type { Facts, TrialContext, TrialSource } from '../core/claim.ts';
import type { Figure } from '../core/figure.ts';

/** A figure that is computed, not judged: it illustrates claims and carries no verdict. */
export interface FigureSource {
  readonly id: string;
  /** Ids of the figures it computes, in their order: '2a', '3b' … */
  readonly figures: readonly string[];
  /** Claims it illustrates: it is computed where one of them is judged. */
  readonly beside: readonly string[];
  /** Trials that it shows, the first `count` of each source: those of claims beside it, which are computed anyway. */
  readonly trials?: readonly ShownTrials[];
  /** @param trials  per entry of `trials`, their facts in order */
  compute(context: TrialContext, trials: readonly (readonly Facts[])[]): Promise<readonly Figure[]>;
}

export interface ShownTrials {
  readonly source: TrialSource;
  readonly count: number;
}
