import type { TrialContext } from '../core/claim.ts';
import type { Figure } from '../core/figure.ts';

/** A figure that is computed, not judged: it illustrates claims and carries no verdict. */
export interface FigureSource {
  readonly id: string;
  /** Ids of the figures it computes, in their order: '2a', '3b' … */
  readonly figures: readonly string[];
  /** Claims it illustrates: it is computed where one of them is judged. */
  readonly beside: readonly string[];
  compute(context: TrialContext): Promise<readonly Figure[]>;
}
