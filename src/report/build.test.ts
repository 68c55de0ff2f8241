import { describe, expect, it } from 'vitest';
import { buildReport, exitCode } from './build.ts';
import { reportJson } from './json.ts';
import { OUTCOMES } from './outcomes.ts';
import { parseReport } from './read.ts';
import { hostileInput } from './testing/hostile.ts';
import { SAMPLE_SEQUENCE, sampleFigure, sampleInput, sampleResult } from './testing/sample-report.ts';

const codeOf = (outcomes: readonly (typeof OUTCOMES)[number][]) =>
  exitCode(
    buildReport(sampleInput({ results: outcomes.map((outcome, k) => sampleResult(outcome, { id: `x.${k}` })) })),
  );

describe('buildReport', () => {
  it('counts every outcome', () => {
    expect(buildReport(sampleInput()).counts).toEqual({
      supported: 1,
      refuted: 1,
      undecided: 1,
      skipped: 1,
      errored: 1,
    });
  });

  it('survives the way through JSON text', () => {
    for (const input of [sampleInput(), hostileInput()]) {
      const report = buildReport(input);
      expect(parseReport('text', reportJson(report))).toEqual(report);
      expect(JSON.parse(reportJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
    }
  });

  it('is the same for the same input, and only timings follow the clock', () => {
    const first = buildReport(sampleInput());
    expect(reportJson(buildReport(sampleInput()))).toBe(reportJson(first));
    const { timings, ...rest } = buildReport(
      sampleInput({ timings: { totalSeconds: 99, claimSeconds: {}, sources: {}, reusedJobs: 0 } }),
    );
    const { timings: before, ...same } = first;
    expect(timings).not.toEqual(before);
    expect(JSON.stringify(rest)).toBe(JSON.stringify(same));
  });

  it('does not share memory with its input', () => {
    const input = sampleInput();
    const report = buildReport(input);
    report.figures[0]?.panels[0]?.series[0]?.x.push(5);
    expect(input.figures).toEqual(sampleInput().figures);
  });

  it('sums the levels of what was judged: no laws, nothing skipped, but errored tests', () => {
    const results = [
      ...OUTCOMES.map((outcome) => sampleResult(outcome)),
      sampleResult('refuted', { id: 'a.law', kind: 'law' }),
    ];
    const { ledger, claims } = buildReport(sampleInput({ results }));
    expect(ledger.judged).toBe(4);
    expect(ledger.alphaSum).toBe(4e-5);
    expect(ledger.meaning).toContain('at most 4·10⁻⁵');
    expect(claims.find((claim) => claim.id === 'a.law')?.alpha).toBe(null);
  });

  it('refuses a statistical claim without a level', () => {
    expect(() => buildReport(sampleInput({ alphas: {} }))).toThrow(/alphas\["sample.supported"\]/);
  });

  it('refuses two claims of one id', () => {
    const twice = [sampleResult('supported'), sampleResult('supported')];
    expect(() => buildReport(sampleInput({ results: twice }))).toThrow(/\/claims\/1\/id repeats "sample.supported"/);
  });

  it('refuses a number that must be finite and is not, and says where', () => {
    const verdict = { outcome: 'supported', reason: 'r', evidence: { ...SAMPLE_SEQUENCE, lower: Number.NaN } } as const;
    expect(() => buildReport(sampleInput({ results: [sampleResult('supported', { verdict })] }))).toThrow(
      /\/claims\/0\/evidence\/lower/,
    );
  });
});

describe('numbers that JSON cannot hold', () => {
  it('keeps the meaning of an e-value of zero, of infinite facts and of a mean without trials', () => {
    const facts = [
      {
        name: 'f',
        label: 'f',
        unit: 'loss',
        trials: 3,
        mean: Infinity,
        median: 1,
        minimum: -Infinity,
        maximum: Infinity,
      },
    ];
    const empty = { ...SAMPLE_SEQUENCE, trials: 0, mean: Number.NaN };
    const verdict = { outcome: 'undecided', needs: 'trials', evidence: empty } as const;
    const [claim] = buildReport(
      sampleInput({ results: [sampleResult('undecided', { facts, verdict, plan: { maxTrials: Infinity } })] }),
    ).claims;
    expect(claim?.facts[0]).toMatchObject({
      mean: null,
      median: 1,
      nonFinite: { mean: 'Infinity', minimum: '-Infinity', maximum: 'Infinity' },
    });
    expect(claim?.evidence).toMatchObject({ mean: null, logEvidence: { for: 11.6, against: null } });
    expect(claim?.plan).toEqual({ maxTrials: 'Infinity' });
  });

  it('turns values of figures that are not finite into gaps', () => {
    const axis = { label: 'a', scale: 'linear' } as const;
    const panel = { title: 'p', x: axis, y: axis, series: [{ name: 's', x: [1, 2, 3], y: [Number.NaN, Infinity, 1] }] };
    const [figure] = buildReport(sampleInput({ figures: [sampleFigure({ panels: [panel] })] })).figures;
    expect(figure?.panels[0]?.series[0]?.y).toEqual([null, null, 1]);
  });

  it('keeps which line points measure, and that a line goes in steps', () => {
    const axis = { label: 'x', scale: 'linear' } as const;
    const series = [
      { name: 'theory', x: [1], y: [0.5] },
      { name: 'seen', x: [1], y: [0.4], pointsOf: 'theory' },
      { name: 'share', x: [1, 2], y: [0.5, 1], steps: true },
    ] as const;
    const panels = [{ title: 'p', x: axis, y: axis, series }];
    const [figure] = buildReport(sampleInput({ figures: [sampleFigure({ panels })] })).figures;
    expect(figure?.panels[0]?.series).toEqual(series);
  });
});

describe('exitCode', () => {
  it('is 0 for supported claims, with or without skipped ones', () => {
    expect(codeOf(['supported'])).toBe(0);
    expect(codeOf(['supported', 'skipped'])).toBe(0);
  });

  it('is 1 as soon as one is refuted or errored', () => {
    expect(codeOf(['supported', 'refuted', 'undecided'])).toBe(1);
    expect(codeOf(['undecided', 'errored'])).toBe(1);
  });

  it('is 2 where one is undecided, and without any claim', () => {
    expect(codeOf(['supported', 'undecided'])).toBe(2);
    expect(codeOf([])).toBe(2);
  });
});
