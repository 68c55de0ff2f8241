import { type CTRFReport, calculateSummary, parse, type Test } from 'ctrf';
import { describe, expect, it } from 'vitest';
import { buildReport, type ReportInput } from './build.ts';
import { renderCtrf } from './ctrf.ts';
import { printable } from './escape.ts';
import { HOSTILE, hostileInput } from './testing/hostile.ts';
import { manyClaims } from './testing/many-claims.ts';
import { SAMPLE_SEQUENCE, sampleInput, sampleResult } from './testing/sample-report.ts';

/** What a reader of CTRF gets; throws where the text is not CTRF by the published schema. */
const read = (input: ReportInput): CTRFReport => parse(renderCtrf(buildReport(input)), { validate: true });

const testOf = (report: CTRFReport, name: string): Test => {
  const test = report.results.tests.find((candidate) => candidate.name === name);
  if (test === undefined) throw new Error(`there is no test ${name}`);
  return test;
};

const timings = { totalSeconds: 1, claimSeconds: {}, sources: {}, reusedJobs: 0 };

describe('renderCtrf', () => {
  const report = read(sampleInput());

  it('gives every outcome its status, and undecided neither passes nor fails', () => {
    const statuses = report.results.tests.map(({ rawStatus, status }) => [rawStatus, status]);
    expect(Object.fromEntries(statuses)).toEqual({
      supported: 'passed',
      refuted: 'failed',
      undecided: 'other',
      skipped: 'skipped',
      errored: 'failed',
    });
  });

  it('says in words what came out and why', () => {
    const messages = report.results.tests.map(({ message }) => message?.split('\n'));
    expect(messages).toEqual([
      ['In words: it is supported.', 'the lower bound exceeds 0.5'],
      ['In words: it is refuted.', 'a counterexample was found'],
      ['In words: it is undecided.', 'would be settled by: about 40 more trials'],
      ['In words: it is skipped.', 'belongs to the full tier'],
      ['In words: it is errored.', 'the simulator returned NaN'],
    ]);
    expect(testOf(report, 'sample.refuted').trace).toBe('counterexample: [0, 0]\nexpected 1 <= 0\nseed 7, path 3:1:0');
    expect(testOf(report, 'sample.supported').trace).toBe(undefined);
  });

  it('carries plan, evidence, control and the command that repeats it', () => {
    expect(testOf(report, 'sample.supported')).toMatchObject({
      suite: ['sample'],
      duration: 2500,
      tags: ['statistical', 'quick'],
      labels: { kind: 'statistical', tier: 'quick' },
      parameters: { theta0: 0.5, theta1: 0.9, alpha: 1e-5, maxTrials: 200 },
      extra: {
        alpha: 1e-5,
        thresholds: { theta0: 0.5, theta1: 0.9 },
        trials: 21,
        interval: { mean: 1, lower: 0.5031, upper: 1, level: 0.99998 },
        control: { what: 'random network input', outcome: 'refuted' },
        replay: 'npx inverse-claims verify sample.supported --seed 7',
      },
    });
  });

  it('lists the cells of a formula, and the cases of a law', () => {
    const cells = ['n = 4', 'n = 16'].map((label) => ({ label, theory: 0.9, ...SAMPLE_SEQUENCE }));
    const formula = { outcome: 'supported', reason: 'r', evidence: { kind: 'cells', cells } } as const;
    const evidence = { kind: 'cases', tried: 300, rejected: 2, seed: 7 } as const;
    const results = [
      sampleResult('supported', {
        id: 'a.formula',
        kind: 'formula',
        verdict: formula,
        plan: { bias: 0, resolution: 0.1 },
      }),
      sampleResult('supported', { id: 'a.law', kind: 'law', verdict: { outcome: 'supported', reason: 'r', evidence } }),
    ];
    const found = read(sampleInput({ results }));
    expect(testOf(found, 'a.formula').extra).toMatchObject({
      thresholds: { bias: 0, resolution: 0.1 },
      trials: 42,
      cells: [{ label: 'n = 4', theory: 0.9, trials: 21, lower: 0.5031 }, { label: 'n = 16' }],
    });
    expect(testOf(found, 'a.law').extra).toMatchObject({ alpha: null, trials: 300 });
  });

  it('says which machine, seed, backend and code it was', () => {
    expect(report.results.tool).toEqual({ name: 'inverse-claims', version: '0.1.0' });
    expect(report.results.environment).toMatchObject({
      appName: 'inverse-claims',
      osPlatform: 'linux',
      testEnvironment: 'backend wasm, Node.js v20.20.2, x64',
      extra: { seed: 7, codeHash: 'c0ffee', backend: { name: 'wasm' } },
    });
  });
});

describe('the summary', () => {
  it.each([
    ['sample', sampleInput()],
    ['hostile', hostileInput()],
    ['empty', sampleInput({ results: [], figures: [] })],
    ['thousand', manyClaims(1000)],
  ])('agrees with the tests of the %s report, and the whole is valid', (_, input) => {
    const { results } = read(input);
    const { duration, ...counted } = calculateSummary(results.tests, { start: 0, stop: results.summary.stop });
    expect(results.summary).toMatchObject({ suites: 0, ...counted });
    expect(results.tests).toHaveLength(input.results.length);
  });

  it('counts milliseconds from 0, because a report holds durations only', () => {
    const { summary } = read(sampleInput()).results;
    expect(summary).toMatchObject({ start: 0, stop: 12_500, duration: 12_500 });
  });
});

describe('durations', () => {
  it('are whole and never negative, whatever was noted', () => {
    const ids = ['a.none', 'a.fraction', 'constructor', 'a.endless'];
    const results = ids.map((id) => sampleResult('supported', { id }));
    const claimSeconds = { 'a.fraction': 0.0016, 'a.endless': 1e307 };
    const { tests } = read(sampleInput({ results, timings: { ...timings, claimSeconds } })).results;
    expect(tests.map(({ duration }) => duration)).toEqual([0, 2, 0, Number.MAX_SAFE_INTEGER]);
  });

  it('are all that depends on the clock', () => {
    const [first, second] = [sampleInput(), sampleInput({ timings })].map((input) =>
      renderCtrf(buildReport(input)).replace(/"(stop|duration)": \d+/g, ''),
    );
    expect(first).toBe(second);
    expect(renderCtrf(buildReport(sampleInput()))).toBe(renderCtrf(buildReport(sampleInput())));
  });
});

describe('hostile texts', () => {
  it('come through but for what no report may carry', () => {
    const { results } = read(hostileInput());
    const [refuted] = results.tests;
    expect(refuted?.name).toBe(printable(`a.${HOSTILE}`));
    expect(refuted?.extra?.replay).toBe(printable(HOSTILE));
    expect(Object.keys(refuted?.parameters ?? {})).toContain(printable(HOSTILE));
    expect(refuted?.trace).toContain(printable(HOSTILE));
    expect(JSON.stringify(results)).not.toMatch(/\\u00|\\ud800|\u202E/);
  });
});
