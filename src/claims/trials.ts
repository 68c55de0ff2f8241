import type { Facts, TrialSource } from '../core/claim.ts';
import { InverseClaimsError } from '../core/errors.ts';

/** Computes trials first … first + count − 1 of a source, here or in a worker. */
export type TrialRunner = (source: TrialSource, first: number, count: number) => Promise<readonly Facts[]>;

/** A chunk with a trial too few or too many would shift the numbers of all that follow. */
function requireChunk(source: TrialSource, facts: readonly Facts[]): readonly Facts[] {
  if (facts.length === source.chunk) return facts;
  throw new InverseClaimsError('simulator-contract', {
    where: `trial source ${source.id}`,
    expected: `the facts of ${source.chunk} trials`,
    received: String(facts.length),
  });
}

/** Computed trials, each chunk once, whoever asks for it. */
export interface TrialStore {
  /** The trials of the source in their numbered order, at most `limit` of them; up to `ahead` chunks are under way. */
  inOrder(source: TrialSource, limit: number, ahead: number): AsyncGenerator<Facts, void, void>;
  /** Chunks asked for so far, finished or not. */
  readonly requested: number;
}

/**
 * Shares trials between the claims that read the same source. Trial k is a pure function of (source, k),
 * so it does not matter who asked first, how many workers there are, or in which order chunks finish.
 */
export function trialStore(runner: TrialRunner): TrialStore {
  const chunks = new Map<string, Promise<readonly Facts[]>>();

  const chunk = (source: TrialSource, index: number): Promise<readonly Facts[]> => {
    const key = `${source.id}\u0000${index}`;
    const known = chunks.get(key);
    if (known !== undefined) return known;
    const promise = runner(source, index * source.chunk, source.chunk).then((facts) => requireChunk(source, facts));
    // Whoever awaits the chunk sees the rejection; this keeps chunks computed ahead from crashing the process.
    promise.catch(() => undefined);
    chunks.set(key, promise);
    return promise;
  };

  return {
    get requested() {
      return chunks.size;
    },
    async *inOrder(source, limit, ahead) {
      const last = Math.ceil(limit / source.chunk) - 1;
      for (let index = 0; index <= last; index++) {
        for (let next = index; next <= Math.min(index + ahead, last); next++) chunk(source, next);
        const facts = await chunk(source, index);
        const wanted = Math.min(source.chunk, limit - index * source.chunk);
        yield* facts.slice(0, wanted);
      }
    },
  };
}
