import { beforeAll, describe, expect, it, test as plainTest } from 'vitest';
import type { LawClaim } from '../core/claim.ts';
import type { ClaimMeta } from './claim-meta.ts';
import { withClaims } from './claim-tests.ts';
import { type Printed, runFixture } from './testing/run-fixture.ts';

interface JsonReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
      readonly meta: { readonly claim?: ClaimMeta };
    }[];
  }[];
}

describe('test.claim', () => {
  let printed: Printed;
  let tests: JsonReport['testResults'][number]['assertionResults'];
  beforeAll(async () => {
    printed = await runFixture('claim-tests', '--reporter', 'json');
    tests = (JSON.parse(printed.stdout) as JsonReport).testResults.flatMap((file) => file.assertionResults);
  }, 120_000);
  const named = (title: string) => tests.find((test) => test.title === title);

  it('makes one test of each claim, named by its id', () => {
    expect(printed.code).toBe(1);
    expect(tests.map(({ title, status }) => `${status} ${title}`)).toEqual([
      'passed own.supported',
      'failed own.refuted',
      'failed own.undecided',
      'passed own.law',
      'failed own.wrong-law',
      'failed own.law-without-power',
      'passed is still the test of vitest',
    ]);
  });

  it('fails with the evidence', () => {
    expect(named('own.refuted')?.failureMessages[0]).toMatch(/own\.refuted: refuted\..*\n {2}evidence: 0\.\d+ \[/);
    expect(named('own.undecided')?.failureMessages[0]).toContain('\n  what would settle it: ');
    expect(named('own.wrong-law')?.failureMessages[0]).toContain('\n  counterexample: -1\n');
    expect(named('own.law-without-power')?.failureMessages[0]).toContain(
      'control, which must be refuted, is supported',
    );
  });

  it('hands the claim on as data, judged with the seed that was asked for', () => {
    const { claim } = named('own.supported')?.meta ?? {};
    expect(claim).toMatchObject({ id: 'own.supported', kind: 'statistical', outcome: 'supported', alpha: 1e-3 });
    expect(named('own.wrong-law')?.failureMessages[0]).toContain('found with seed 5');
    expect(claim?.control).toMatchObject({ outcome: 'refuted' });
  });

  it('gives the same verdicts again', async () => {
    const again = await runFixture('claim-tests', '--reporter', 'json');
    const claimsOf = ({ stdout }: Printed): unknown =>
      (JSON.parse(stdout) as JsonReport).testResults[0]?.assertionResults.map(({ meta }) => meta.claim);
    expect(claimsOf(again)).toEqual(claimsOf(printed));
  }, 120_000);
});

it('refuses two claims of one name', () => {
  const claim = { id: 'own.twice', kind: 'law' } as LawClaim;
  const test = withClaims(plainTest);
  expect(() => test.claim([claim, { ...claim }])).toThrow(
    expect.objectContaining({ code: 'duplicate-id', message: expect.stringContaining('own.twice') }),
  );
});
