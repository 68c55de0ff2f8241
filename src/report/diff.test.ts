import { describe, expect, it } from 'vitest';
import type { Outcome } from '../core/claim.ts';
import { buildReport } from './build.ts';
import { compareReports } from './diff.ts';
import { cells, measured, reportOf } from './testing/altered.ts';
import { hostileInput } from './testing/hostile.ts';
import { sampleInput, sampleResult } from './testing/sample-report.ts';

const verdictOf = (outcome: Outcome) => sampleResult(outcome).verdict;

describe('compareReports', () => {
  it('finds nothing between a report and itself, however strange it is, times apart', () => {
    for (const input of [sampleInput(), hostileInput(), sampleInput({ results: [] })]) {
      const timings = { ...input.timings, totalSeconds: 99 };
      const diff = compareReports(buildReport(input), buildReport({ ...input, timings }));
      expect(diff).toMatchObject({
        same: true,
        unexplained: false,
        lost: [],
        conditions: [],
        verdicts: [],
        statements: [],
        appeared: [],
        missing: [],
        movedApart: [],
        shifted: [],
        elsewhere: [],
      });
      expect(diff.costs.totalSeconds).toEqual({ before: 12.5, after: 99 });
    }
  });

  it('tells verdicts that changed, with what the new one says, lost support first', () => {
    const changes: readonly [string, Outcome, Outcome][] = [
      ['a.won', 'undecided', 'supported'],
      ['b.worse', 'undecided', 'refuted'],
      ['c.same', 'refuted', 'refuted'],
      ['d.refuted', 'supported', 'refuted'],
      ['e.undecided', 'supported', 'undecided'],
      ['f.skipped', 'supported', 'skipped'],
      ['g.errored', 'supported', 'errored'],
    ];
    const report = (k: 1 | 2) =>
      reportOf(Object.fromEntries(changes.map((change) => [change[0], { verdict: verdictOf(change[k]), words: 'w' }])));
    const diff = compareReports(report(1), report(2));
    expect(diff.lost).toEqual(['d.refuted', 'e.undecided', 'f.skipped', 'g.errored']);
    expect(diff.verdicts.map(({ id, why }) => `${id}: ${why}`)).toEqual([
      'd.refuted: a counterexample was found',
      'e.undecided: about 40 more trials',
      'f.skipped: belongs to the full tier',
      'g.errored: the simulator returned NaN',
      'b.worse: a counterexample was found',
      'a.won: the lower bound exceeds 0.5',
    ]);
    expect(diff.verdicts[0]).toMatchObject({ before: 'supported', after: 'refuted', words: 'w', restated: false });
    expect(diff.same).toBe(false);
  });

  it('tells intervals that moved apart from those that overlap, touch or stay, the largest shift first', () => {
    const before = reportOf({
      'a.overlap': { verdict: measured(0.5, 0.4, 0.6) },
      'b.touch': { verdict: measured(0.5, 0.4, 0.6) },
      'c.above': { verdict: measured(0.5, 0.4, 0.6) },
      'd.below': { verdict: measured(0.5, 0.4, 0.6) },
      'e.same': { verdict: measured(0.5, 0.4, 0.6) },
    });
    const after = reportOf({
      'a.overlap': { verdict: measured(0.52, 0.45, 0.55) },
      'b.touch': { verdict: measured(0.7, 0.6, 0.8) },
      'c.above': { verdict: measured(0.7, 0.61, 0.8) },
      'd.below': { verdict: measured(0.1, 0, 0.2) },
      'e.same': { verdict: measured(0.5, 0.4, 0.6) },
    });
    const diff = compareReports(before, after);
    expect(diff.movedApart.map(({ id }) => id)).toEqual(['d.below', 'c.above']);
    expect(diff.shifted.map(({ id }) => id)).toEqual(['b.touch', 'a.overlap']);
    expect(diff.shifted[1]).toMatchObject({ before: { mean: 0.5, lower: 0.4 }, after: { mean: 0.52, upper: 0.55 } });
    expect(diff.shifted[1]?.width.after).toBeCloseTo(0.1, 12);
  });

  it('compares cells by label, equal labels in order, and tells a closed form that changed', () => {
    const claim = (verdict: ReturnType<typeof cells>) => reportOf({ 'a.formula': { kind: 'formula', verdict } });
    const before = claim(
      cells([
        ['A', 0.3, 0.3],
        ['B', 0.5, 0.5],
        ['B', 0.5, 0.9],
      ]),
    );
    expect(compareReports(before, before).same).toBe(true);
    const after = claim(
      cells([
        ['B', 0.5, 0.8],
        ['B', 0.5, 0.9],
        ['A', 0.35, 0.3],
      ]),
    );
    const diff = compareReports(before, after);
    expect(diff.movedApart.map(({ id, cell, before }) => [id, cell, before.mean])).toEqual([['a.formula', 'B', 0.5]]);
    expect(diff.shifted).toEqual([]);
    expect(diff.statements).toEqual([{ id: 'a.formula', parts: [{ part: 'theory: A', before: 0.3, after: 0.35 }] }]);
  });

  it('says so where a claim is another one: statement, regime, plan, level or control', () => {
    const before = reportOf({ 'a.b': {} });
    const other = (change: Parameters<typeof sampleResult>[1], alpha = 1e-5) =>
      compareReports(before, reportOf({ 'a.b': { ...change } }, { alphas: { 'a.b': alpha } })).statements[0]?.parts;
    const { plan, control } = sampleResult('supported');
    const { theta1: _, ...withoutTheta1 } = plan;
    expect(other({ statement: 'Another.' })).toEqual([
      { part: 'statement', before: 'A claim that is supported.', after: 'Another.' },
    ]);
    expect(other({ regime: 'n > 1' })?.map(({ part }) => part)).toEqual(['regime']);
    expect(other({ control: { ...control, what: 'another' } })?.map(({ part }) => part)).toEqual(['control']);
    expect(other({ kind: 'law' })?.map(({ part }) => part)).toEqual(['kind', 'level']);
    expect(other({}, 1e-4)).toEqual([{ part: 'level', before: 1e-5, after: 1e-4 }]);
    expect(other({ plan: { ...plan, maxTrials: 500 } })).toEqual([
      { part: 'plan: maxTrials', before: 200, after: 500 },
    ]);
    expect(other({ plan: withoutTheta1 })).toEqual([{ part: 'plan: theta1', before: 0.9, after: null }]);
    expect(other({ plan: { ...plan, earlierSeeds: 3, earlierTrials: 70 } })).toBe(undefined);
  });

  it('marks a verdict on another statement', () => {
    const diff = compareReports(
      reportOf({ 'a.b': {} }),
      reportOf({ 'a.b': { statement: 'Another.', verdict: verdictOf('undecided') } }),
    );
    expect(diff.verdicts[0]).toMatchObject({ id: 'a.b', restated: true });
    expect(diff.lost).toEqual(['a.b']);
  });

  it('tells claims that are gone from claims that were not asked for: only the former are lost', () => {
    const before = reportOf({
      'flow.stays': {},
      'flow.gone': {},
      'flow.was-open': { verdict: verdictOf('undecided') },
      'flow.slow': { tier: 'full' },
      'other.claim': {},
    });
    const missing = (names: readonly string[], tier: 'quick' | 'full') => {
      const selection = { command: 'c', claims: names };
      const diff = compareReports(before, reportOf({ 'flow.stays': {}, 'flow.new': {} }, { selection, tier }));
      expect(diff.appeared).toEqual([{ id: 'flow.new', outcome: 'supported' }]);
      return { gone: diff.missing.filter(({ why }) => why === 'gone').map(({ id }) => id), lost: diff.lost };
    };
    expect(missing([], 'quick')).toEqual({
      gone: ['flow.gone', 'flow.was-open', 'other.claim'],
      lost: ['flow.gone', 'other.claim'],
    });
    expect(missing([], 'full').lost).toEqual(['flow.gone', 'flow.slow', 'other.claim']);
    expect(missing(['flow'], 'quick')).toEqual({ gone: ['flow.gone', 'flow.was-open'], lost: ['flow.gone'] });
    expect(missing(['flow.stays', 'flow.slow'], 'quick')).toEqual({ gone: ['flow.slow'], lost: ['flow.slow'] });
  });

  it('names the conditions that differ, and is surprised only where none does that verdicts depend on', () => {
    const report = (changes: Parameters<typeof reportOf>[1], mean = 0.5) =>
      reportOf({ 'a.b': { verdict: measured(mean, 0.4, 0.6) } }, changes);
    const environment = sampleInput().environment;
    const found = (changes: Parameters<typeof reportOf>[1]) => {
      const { conditions, unexplained } = compareReports(report({}), report(changes, 0.51));
      return [conditions.map(({ condition }) => condition).join(), unexplained];
    };
    expect(found({})).toEqual(['', true]);
    expect(found({ seed: 8 })).toEqual(['seed', false]);
    expect(found({ backend: 'cpu' })).toEqual(['backend', false]);
    expect(found({ tier: 'full' })).toEqual(['tier', true]);
    expect(found({ selection: { command: 'c', claims: ['a'] } })).toEqual(['selection', true]);
    expect(found({ environment: { ...environment, codeHash: 'b' } })).toEqual(['code', false]);
    expect(found({ environment: { ...environment, node: '24' } })).toEqual(['node', false]);
    expect(found({ environment: { ...environment, arch: 'arm64' } })).toEqual(['platform', false]);
    expect(found({ environment: { ...environment, version: '9' } })).toEqual(['version', true]);
    expect(compareReports(report({}), report({ seed: 8 })).conditions).toEqual([
      { condition: 'seed', before: '7', after: '8' },
    ]);
  });

  it('does not call reports the same that differ in what it does not compare', () => {
    const before = buildReport(sampleInput());
    const facts = sampleResult('supported').facts.map((fact) => ({ ...fact, median: 0.41 }));
    const results = [sampleResult('supported', { facts }), ...sampleInput().results.slice(1)];
    const facted = compareReports(before, buildReport(sampleInput({ results })));
    expect(facted).toMatchObject({ same: false, elsewhere: [{ part: 'measured quantities', claims: 1 }] });
    const without = compareReports(before, buildReport(sampleInput({ figures: [] })));
    expect(without).toMatchObject({ same: false, unexplained: false, elsewhere: [{ part: 'figures' }] });
  });
});
