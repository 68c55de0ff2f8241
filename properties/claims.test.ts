import { afterAll, beforeAll, describe, it } from 'vitest';
import { catalogue, trialSources } from '../src/claims/catalogue.ts';
import { DEFAULT_SEED } from '../src/claims/defaults.ts';
import { verifyClaims } from '../src/claims/engine.ts';
import { openFailures } from '../src/claims/failures.ts';
import { type Workers, workerPool } from '../src/claims/workers.ts';
import type { ClaimResult } from '../src/core/claim.ts';
import { expectClaim } from '../src/vitest/expect-claim.ts';

/** Laws and claims over problems: everything that trains no network. Seed and backend are pinned. */
const context = { seed: DEFAULT_SEED, backend: 'wasm' } as const;
const claims = catalogue.claims.filter((claim) => trialSources(claim).every((source) => source.unit === 'problem'));

/** Half an hour: a loaded machine takes several times the four minutes of a quiet one. */
const LONGEST = 1_800_000;

describe(`claims without trainings (seed ${DEFAULT_SEED})`, () => {
  let workers: Workers;
  let results: ReadonlyMap<string, ClaimResult>;
  beforeAll(async () => {
    workers = workerPool(2);
    const failures = openFailures({ kept: 'fixtures/counterexamples.json' });
    const verification = await verifyClaims({ claims, context, workers, failures });
    results = new Map(verification.results.map((result) => [result.id, result]));
  }, LONGEST);
  afterAll(() => workers.close());

  it.for(claims.map((claim) => claim.id))('%s', (id, { task }) => expectClaim(task, results.get(id)));
});
