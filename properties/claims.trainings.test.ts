import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue, trialSources } from '../src/claims/catalogue.ts';
import { DEFAULT_SEED } from '../src/claims/defaults.ts';
import { verifyClaims } from '../src/claims/engine.ts';
import { wavePacketTraining } from '../src/claims/wave-packet/training.ts';
import { type Workers, workerPool } from '../src/claims/workers.ts';
import type { ClaimResult } from '../src/core/claim.ts';
import { expectClaim } from '../src/vitest/expect-claim.ts';

/** Every quick-tier claim that trains networks. Seed and backend are pinned, so that verdicts are the same everywhere. */
const context = { seed: DEFAULT_SEED, backend: 'wasm' } as const;
const claims = catalogue.claims.filter(
  (claim) => claim.tier === 'quick' && trialSources(claim).some((source) => source.unit === 'training'),
);

/** Half an hour: a loaded machine takes several times the four minutes of a quiet one. */
const LONGEST = 1_800_000;

describe(`claims about trainings (seed ${DEFAULT_SEED}, wasm)`, () => {
  let workers: Workers;
  let results: ReadonlyMap<string, ClaimResult>;
  beforeAll(async () => {
    workers = workerPool(2);
    const verification = await verifyClaims({ claims, context, workers });
    results = new Map(verification.results.map((result) => [result.id, result]));
  }, LONGEST);
  afterAll(() => workers.close());

  it.for(claims.map((claim) => claim.id))('%s', (id, { task }) => expectClaim(task, results.get(id)));
});

describe('a collapsed network', () => {
  it('is shown as what it is: it solves nothing, although its loss is often below that of a failed BFGS', async () => {
    // Setting A at ten times the learning rate: the outputs leave the window in the first steps and stay there.
    const collapse = wavePacketTraining('test.collapse', {
      setting: 'A',
      problems: 256,
      iterations: 300,
      learningRate: 3e-2,
      inputs: 'observation',
    });
    const [facts] = await collapse.run(context, 0, 1);
    expect(facts?.collapsed).toBe(1);
    expect(facts?.jointSolved).toBeLessThan(0.02);
    expect(facts?.jointBetter).toBeGreaterThan(0.2);
    expect(facts?.gain).toBeLessThan(0.05);
  });
});
