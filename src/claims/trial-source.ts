import type { FactMeaning, Facts, TrialContext, TrialSource } from '../core/claim.ts';
import { requireNumber } from '../core/errors.ts';
import { childSeed } from '../core/random.ts';

export interface TrialDefinition extends Pick<TrialSource, 'id' | 'unit' | 'what'> {
  /** The name of each fact of a trial, and how it is read. */
  readonly meanings: Readonly<Record<string, FactMeaning>>;
  /** Trials computed in one call; 1 unless given. */
  readonly chunk?: number;
  /**
   * One trial. All its randomness must come from the seed, which is another one for every trial: then trials are
   * independent, and trial k is the same however many there are.
   */
  trial(seed: number, context: TrialContext): Facts | Promise<Facts>;
}

/**
 * A source of independent trials from a function that computes one.
 *
 * @param definition  chunk an integer >= 1; otherwise throws `out-of-range` or `not-finite`
 * @example
 * const coin = trialSource({
 *   id: 'demo.coin',
 *   unit: 'problem',
 *   what: 'a coin',
 *   meanings: { heads: { label: 'heads', unit: '1' } },
 *   trial: (seed) => ({ heads: stream(seed, 'coin').integer(2) }),
 * });
 * (await coin.run({ seed: 1, backend: 'cpu' }, 0, 5)).length; // => 5
 */
export function trialSource({ id, unit, what, meanings, chunk = 1, trial }: TrialDefinition): TrialSource {
  requireNumber(`trialSource ${id}: "chunk"`, chunk, { minimum: 1, integer: true });
  return {
    id,
    unit,
    what,
    chunk,
    meanings,
    run: async (context, first, count) => {
      const facts: Facts[] = [];
      for (let k = first; k < first + count; k++) facts.push(await trial(childSeed(context.seed, id, k), context));
      return facts;
    },
  };
}
