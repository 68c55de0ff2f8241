import { describe, expect, it } from 'vitest';
import { compareReports } from './diff.ts';
import { cells, measured, reportOf } from './testing/altered.ts';
import { sampleInput } from './testing/sample-report.ts';

const evaluations = (mean: number, trials: number) => ({
  name: 'e',
  label: 'simulator evaluations',
  unit: 'evaluations',
  trials,
  mean,
  median: mean,
  minimum: mean,
  maximum: mean,
});
const law = (tried: number) =>
  ({
    kind: 'law',
    verdict: { outcome: 'supported', reason: 'r', evidence: { kind: 'cases', tried, rejected: 0, seed: 1 } },
  }) as const;
const timings = sampleInput().timings;

describe('costs of two reports', () => {
  it('counts trials, cases and evaluations of claims in both, and tells the largest ratio first', () => {
    const before = reportOf({
      'a.trials': { verdict: measured(0.5, 0.4, 0.6, 100), facts: [evaluations(8, 100)] },
      'b.cells': { kind: 'formula', verdict: cells([['A', 0.5, 0.5]], 40) },
      'c.law': law(200),
      'd.alone': { verdict: measured(0.5, 0.4, 0.6, 1000) },
    });
    const after = reportOf({
      'a.trials': { verdict: measured(0.5, 0.4, 0.6, 120), facts: [evaluations(9, 120)] },
      'b.cells': { kind: 'formula', verdict: cells([['A', 0.5, 0.5]], 10) },
      'c.law': law(400),
    });
    const { trials, cases, evaluations: counted, changes } = compareReports(before, after).costs;
    expect([trials, cases, counted]).toEqual([
      { before: 140, after: 130 },
      { before: 200, after: 400 },
      { before: 800, after: 1080 },
    ]);
    expect(changes.map(({ id, what, ratio }) => [id, what, ratio])).toEqual([
      ['b.cells', 'trials', 0.25],
      ['c.law', 'cases', 2],
      ['a.trials', 'evaluations', 1.35],
      ['a.trials', 'trials', 1.2],
    ]);
  });

  it('leaves out evaluations that are not finite, and has no ratio to nothing', () => {
    const report = (mean: number, trials: number) =>
      reportOf({ 'a.b': { verdict: measured(0.5, 0.4, 0.6, trials), facts: [evaluations(mean, 10)] } });
    const infinite = compareReports(report(8, 10), report(Number.POSITIVE_INFINITY, 10)).costs;
    expect([infinite.evaluations, infinite.changes]).toEqual([{ before: 0, after: 0 }, []]);
    expect(compareReports(report(8, 0), report(8, 10)).costs.changes).toEqual([
      { what: 'trials', id: 'a.b', before: 0, after: 10, ratio: null },
    ]);
  });

  it('compares seconds of workers by source in both, those under a second left out', () => {
    const timed = (sources: typeof timings.sources, reusedJobs: number) =>
      reportOf({ 'a.b': {} }, { timings: { ...timings, sources, reusedJobs } });
    const costs = compareReports(
      timed({ long: { jobs: 1, seconds: 10 }, short: { jobs: 1, seconds: 0.1 }, old: { jobs: 1, seconds: 5 } }, 0),
      timed(
        { long: { jobs: 1, seconds: 30 }, short: { jobs: 1, seconds: 0.9 }, constructor: { jobs: 1, seconds: 5 } },
        7,
      ),
    ).costs;
    expect(costs.changes).toEqual([{ what: 'seconds', id: 'long', before: 10, after: 30, ratio: 3 }]);
    expect(costs.workerSeconds.before).toBeCloseTo(15.1, 9);
    expect(costs.reusedJobs).toEqual({ before: 0, after: 7 });
  });
});
