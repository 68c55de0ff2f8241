import { parse, type TestCase, type TestSuites } from 'junit2json';
import { describe, expect, it } from 'vitest';
import { buildReport, type ReportInput } from './build.ts';
import { printable } from './escape.ts';
import { renderJunit } from './junit.ts';
import { HOSTILE, hostileInput } from './testing/hostile.ts';
import { manyClaims } from './testing/many-claims.ts';
import { sampleInput } from './testing/sample-report.ts';

/** What a consumer of JUnit XML makes of the report. */
async function consumed(input: ReportInput): Promise<TestSuites> {
  return (await parse(renderJunit(buildReport(input)))) as TestSuites;
}

const casesOf = (suites: TestSuites): readonly TestCase[] =>
  (suites.testsuite ?? []).flatMap((suite) => suite.testcase ?? []);

/** Tests, failures, errors and skipped tests, counted one by one. */
function counted(cases: readonly TestCase[]): object {
  const having = (key: 'failure' | 'error' | 'skipped') => cases.filter((test) => test[key] !== undefined).length;
  return { tests: cases.length, failures: having('failure'), errors: having('error'), skipped: having('skipped') };
}

describe('a consumer of the JUnit file', () => {
  it('sees the type of every failure and its message, and passes supported claims only', async () => {
    const seen = casesOf(await consumed(sampleInput())).map(({ name, failure, error, skipped }) => {
      const [found] = failure ?? error ?? skipped ?? [];
      return [name, found === undefined ? 'passed' : 'type' in found ? found.type : 'skipped', found?.message];
    });
    expect(seen).toEqual([
      ['sample.supported', 'passed', undefined],
      ['sample.refuted', 'refuted', 'a counterexample was found'],
      ['sample.undecided', 'undecided', 'about 40 more trials'],
      ['sample.skipped', 'skipped', 'belongs to the full tier'],
      ['sample.errored', 'errored', 'the simulator returned NaN'],
    ]);
  });

  it.each([
    ['a sample', sampleInput()],
    ['a hostile report', hostileInput()],
    ['a report without claims', sampleInput({ results: [], figures: [] })],
    ['a thousand claims', manyClaims(1000)],
  ])('counts as the file says, in all and per suite, for %s', async (_, input) => {
    const suites = await consumed(input);
    expect(suites).toMatchObject(counted(casesOf(suites)));
    expect(casesOf(suites)).toHaveLength(input.results.length);
    for (const suite of suites.testsuite ?? []) expect(suite).toMatchObject(counted(suite.testcase ?? []));
  });

  it('sees statement, words, evidence and the command in the text of every verdict', async () => {
    for (const test of casesOf(await consumed(sampleInput()))) {
      const [details] = test.failure ?? test.error ?? [];
      const text = details?.inner ?? test['system-out']?.[0];
      if (test.skipped === undefined) {
        const outcome = test.name?.replace('sample.', '');
        expect(text).toMatch(
          new RegExp(`^A claim that is ${outcome}\\.\nIn words: it is ${outcome}\\.\nevidence: .+\nreplay: npx .+$`),
        );
      }
    }
  });

  it('gets hostile texts unchanged but for what XML cannot hold', async () => {
    const [refuted, errored, skipped] = casesOf(await consumed(hostileInput()));
    const text = printable(HOSTILE);
    expect(refuted?.name).toBe(`a.${text}`);
    expect(refuted?.failure?.[0]?.message).toBe(text);
    expect(refuted?.failure?.[0]?.inner).toBe(`${text}\n${text}\nevidence: counterexample: ${text}\nreplay: ${text}`);
    expect(errored?.error?.[0]?.message).toBe(text);
    expect(skipped?.skipped?.[0]?.message).toBe(text);
  });
});
