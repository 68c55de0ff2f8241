import { beforeAll, describe, expect, it } from 'vitest';
import type { ClaimMeta } from './claim-meta.ts';
import { type Printed, runFixture } from './testing/run-fixture.ts';

/** The lines that the default reporter of vitest does not print. */
function tableOf({ stdout }: Printed): readonly string[] {
  const [, after = ''] = stdout.split(/\n {3}Duration .*\n/);
  return after.trim().split('\n');
}

describe('a run with claims', () => {
  let printed: Printed;
  let json: Printed;
  beforeAll(async () => {
    [printed, json] = await Promise.all([runFixture('claims'), runFixture('claims', '--reporter', 'json')]);
  }, 120_000);

  /** What is printed about the failed test, up to where its code is shown. */
  const failureOf = (name: string): string =>
    printed.stderr.split(` FAIL  claims.fixture.ts > ${name}\n`)[1]?.split('\n ❯ ')[0] ?? 'it did not fail';

  it('fails, and names every claim by its id', () => {
    expect(printed.code).toBe(1);
    expect(printed.stdout).toContain('✓ sample.supported');
    for (const outcome of ['refuted', 'undecided', 'errored', 'skipped', 'law', 'control', 'absent']) {
      expect(printed.stdout).toContain(`× sample.${outcome}`);
    }
    expect(printed.stdout).toMatch(/Tests {2}11 failed \| 1 passed/);
  });

  it('shows estimate and interval against the thresholds', () => {
    expect(failureOf('samples > sample.refuted').split('\n')).toEqual([
      'Error: sample.refuted: refuted. In words: it is refuted.',
      '  evidence: 0.2500 [0.1100, 0.4300]',
      '  against: θ₀ = 0.5, θ₁ = 0.9 at α = 10⁻⁵, 40 trials',
      '  reason: the upper bound is below 0.9',
      '  again: npx inverse-claims verify sample.refuted --seed 7',
    ]);
  });

  it('shows the counterexample of a law, and where it was found', () => {
    expect(failureOf('samples > sample.law').split('\n').slice(1, 4)).toEqual([
      '  counterexample: [0, 0]',
      '  which fails with: expected 1 <= 0',
      '  found with seed 7, path 3:1:0',
    ]);
  });

  it('says of every other claim why it is not green', () => {
    expect(failureOf('samples > sample.undecided')).toContain('\n  what would settle it: about 40 more trials\n');
    expect(failureOf('samples > sample.errored')).toContain('\n  error: the simulator returned NaN\n');
    expect(failureOf('samples > sample.skipped')).toContain('\n  reason: belongs to the full tier\n');
    expect(failureOf('samples > sample.control')).toContain(
      '\n  control, which must be refuted, is undecided: a coin\n',
    );
    expect(failureOf('samples > sample.absent')).toBe('Error: the claim was not judged');
  });

  it('points at the line of the test', () => {
    expect(printed.stderr).toMatch(/❯ claims\.fixture\.ts:\d+:\d+\n/);
    expect(printed.stderr).not.toContain('expect-claim.ts');
  });

  it('ends with the table of the claims, what is not supported first', () => {
    const table = tableOf(printed).filter((line) => line.includes('sample.'));
    expect(table.map((line) => line.split(/\s+/).slice(1, 3).join(' '))).toEqual([
      'refuted sample.law',
      'refuted sample.refuted',
      'errored sample.errored',
      'undecided sample.undecided',
      'skipped sample.skipped',
      'supported sample.control',
      'supported sample.supported',
    ]);
    expect(table[1]).toMatch(/^✘ refuted {4}sample\.refuted {2,}0\.2500 \[0\.1100, 0\.4300\] +40$/);
    expect(tableOf(printed).at(-1)).toBe(
      '2 of 11 claims are supported; 3 are refuted, 2 are undecided, 2 are skipped, 2 have errored. ' +
        'Error spent on 5 of them: at most 5·10⁻⁵.',
    );
  });

  it('keeps hostile texts from the terminal', () => {
    expect(tableOf(printed).filter((line) => line.includes('<script>'))).toHaveLength(4);
    expect(failureOf('hostile texts > hostile 0')).toContain('<script>');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(printed.stdout + printed.stderr).not.toMatch(/[\u0000\u0007\u001b\u202E\uFFFE]/);
  });

  it('hands the claim to every reporter as data', () => {
    const { testResults } = JSON.parse(json.stdout) as {
      testResults: { assertionResults: { title: string; meta: { claim?: ClaimMeta } }[] }[];
    };
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const claimOf = (title: string) => tests.find((test) => test.title === title)?.meta.claim;
    expect(claimOf('sample.refuted')).toMatchObject({
      id: 'sample.refuted',
      kind: 'statistical',
      outcome: 'refuted',
      words: 'In words: it is refuted.',
      alpha: 1e-5,
      evidence: { kind: 'sequence', mean: 0.25, lower: 0.11, upper: 0.43 },
      text: '0.2500 [0.1100, 0.4300]',
      thresholds: { marks: [{ value: 0.5 }, { value: 0.9 }] },
      trials: 40,
      control: { what: 'random network input', outcome: 'refuted' },
      replay: 'npx inverse-claims verify sample.refuted --seed 7',
    });
    expect(claimOf('sample.law')).toMatchObject({ kind: 'law', alpha: null, trials: null });
    expect(claimOf('sample.supported')?.outcome).toBe('supported');
    expect(claimOf('sample.absent')).toBeUndefined();
    expect(tests).toHaveLength(12);
  });
});

describe('a run without claims', () => {
  it('prints what vitest prints, and no table', async () => {
    const printed = await runFixture('other');
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    expect(printed.stdout).toContain('✓ other.fixture.ts');
    expect(tableOf(printed)).toEqual(['']);
  }, 120_000);
});
