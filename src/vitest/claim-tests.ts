import { setImmediate } from 'node:timers/promises';
import type { TestAPI } from 'vitest';
import { catalogueOf } from '../claims/catalogue.ts';
import { DEFAULT_SEED } from '../claims/defaults.ts';
import { verifyClaims } from '../claims/engine.ts';
import { inProcess, type Workers } from '../claims/workers.ts';
import type { Claim, TrialContext } from '../core/claim.ts';
import { loadBackend } from '../networks/backend.ts';
import { expectClaim } from './expect-claim.ts';

export { expectClaim } from './expect-claim.ts';

/** How the claims of a suite are judged. */
export interface ClaimTestOptions {
  /** In [0, 2^48); the library's own unless given. The same seed gives the same verdicts. */
  readonly seed?: number;
  /** Where networks are trained; wasm unless given, which gives the same digits on every machine. */
  readonly backend?: TrialContext['backend'];
  /** Milliseconds a claim may take; ten minutes unless given. */
  readonly timeout?: number;
}

/** A `test` of vitest that knows claims. */
export type ClaimTest = TestAPI & {
  /** A test by the id of each claim, which passes where the claim is supported and its control refuted; see `expectClaim`. */
  claim(claims: Claim | readonly Claim[], options?: ClaimTestOptions): void;
};

const TEN_MINUTES = 600_000;

/**
 * The `test` of vitest with `test.claim`: claims of your own, laws or statistics, each verified in a test that is named
 * by its id. A claim that is refuted, errored, undecided or skipped fails, with the evidence in the message.
 *
 * Claims given in one call share their trials where they read the same sources. They are judged in the process of the
 * test, which answers vitest between two chunks of trials.
 *
 * Throws `duplicate-id` where two claims of one call, or two of their trial sources, have the same id.
 *
 * @param test      vitest's `test` or `it`
 * @param defaults  for all claims; `claim` takes others
 */
export function withClaims(test: TestAPI, defaults: ClaimTestOptions = {}): ClaimTest {
  const claim: ClaimTest['claim'] = (claims, options = {}) => {
    const { timeout = TEN_MINUTES, ...settings } = { ...defaults, ...options };
    const judged = judgedOnce([claims].flat(), settings);
    for (const { id } of [claims].flat()) {
      test(id, { timeout }, async ({ task }) => {
        const { results } = await judged();
        expectClaim(
          task,
          results.find((result) => result.id === id),
        );
      });
    }
  };
  return Object.assign(test.extend({}), { claim }) as ClaimTest;
}

/** Judges all claims when the first of their tests runs. */
function judgedOnce(
  claims: readonly Claim[],
  { seed = DEFAULT_SEED, backend = 'wasm' }: Omit<ClaimTestOptions, 'timeout'>,
): () => ReturnType<typeof verifyClaims> {
  const workers = yielding(inProcess(catalogueOf(claims)));
  let verification: ReturnType<typeof verifyClaims> | undefined;
  const judge = async (): ReturnType<typeof verifyClaims> => {
    await loadBackend(backend);
    return verifyClaims({ claims, context: { seed, backend }, workers });
  };
  return () => {
    verification ??= judge();
    return verification;
  };
}

/** Lets the event loop turn before every job: vitest gives a process up that does not answer for a minute. */
function yielding(workers: Workers): Workers {
  return {
    ...workers,
    perform: async (job) => {
      await setImmediate();
      return workers.perform(job);
    },
  };
}
