import { describe, expect, it } from 'vitest';
import { bettingCrosses, exactOutcomes } from '../../verdicts/calibration.ts';
import { calibrationCells, type TestOfEvents } from '../../verdicts/calibration-table.ts';
import { wilsonCrosses } from '../../verdicts/wilson.ts';
import { boundedSamplesErrorWithinAlpha, nullSequences } from './bounded-samples.ts';
import { enumerateCases } from './enumerated-law.ts';
import { exactErrorLaw, exactErrorWithinAlpha } from './exact-error.ts';

const context = { seed: 3, backend: 'float64' } as const;

describe('enumerateCases', () => {
  const below = (limit: number) => ({
    cases: [4, 1, 9, 2, 7],
    violation: (n: number) => (n < limit ? undefined : `${n} is not below ${limit}`),
    show: (n: number) => `n = ${n}`,
  });
  const search = { seed: 5, cases: 5 };

  it('supports after all cases, and not after some of them', () => {
    expect(enumerateCases(below(10), search)).toEqual({
      outcome: 'supported',
      reason: 'holds in all 5 cases there are',
      evidence: { kind: 'cases', tried: 5, rejected: 0, seed: 5 },
    });
    expect(enumerateCases(below(10), { seed: 5, cases: 4 })).toMatchObject({
      outcome: 'undecided',
      evidence: { tried: 4 },
    });
    expect(enumerateCases(below(10), { seed: 5, cases: 100 }).outcome).toBe('supported');
  });

  it('refutes with the first case that fails, whose path leads back to it alone', () => {
    const refuted = enumerateCases(below(7), search);
    expect(refuted).toMatchObject({
      outcome: 'refuted',
      evidence: { kind: 'counterexample', path: '2', shrunk: 'n = 9', message: '9 is not below 7' },
    });
    const looked: number[] = [];
    const watched = { ...below(7), violation: (n: number) => (looked.push(n) > 0 ? below(7).violation(n) : undefined) };
    expect(enumerateCases(watched, { ...search, path: '4' })).toMatchObject({
      outcome: 'refuted',
      evidence: { path: '4', shrunk: 'n = 7' },
    });
    expect(looked).toEqual([7]);
  });

  it('leaves a replayed case that holds undecided', () => {
    expect(enumerateCases(below(7), { ...search, path: '1' })).toMatchObject({
      outcome: 'undecided',
      evidence: { tried: 1 },
      needs: expect.stringContaining('no longer fails'),
    });
  });

  it.each(['5', '-1', '1:0', '', '1.5', 'x'])('refuses the path %j', (path) => {
    expect(() => enumerateCases(below(7), { ...search, path })).toThrow(
      /law: "path": expected the number of a case, 0 to 4/,
    );
  });

  it('refuses to look at no case', () => {
    expect(() => enumerateCases(below(7), { seed: 5, cases: 0 })).toThrow(/cases/);
  });
});

describe('engine.exact-error-within-alpha', () => {
  const search = { seed: 1, cases: exactErrorWithinAlpha.cases };

  it('is supported by every cell of the calibration, and its twin is refuted in each', () => {
    expect(exactErrorWithinAlpha.check(search)).toMatchObject({ outcome: 'supported', evidence: { tried: 20 } });
    expect(exactErrorWithinAlpha.brokenTwin.check(search)).toMatchObject({
      outcome: 'refuted',
      evidence: { path: '0' },
    });
    for (const k of calibrationCells.keys()) {
      expect(exactErrorWithinAlpha.brokenTwin.check({ ...search, path: String(k) }).outcome).toBe('refuted');
    }
  });

  it.each(['above', 'below'] as const)('notices peeking %s in a single cell', (side) => {
    const planted: TestOfEvents = (options) =>
      options.nullMean === 0.9 && options.alpha === 1e-3 && options.direction === side
        ? wilsonCrosses(options)
        : bettingCrosses(options);
    expect(exactErrorLaw(planted).check(search)).toMatchObject({
      outcome: 'refuted',
      evidence: { path: '6', shrunk: expect.stringContaining('null mean 0.9, α = 0.001') },
    });
  });
});

describe('engine.bounded-samples-error-within-alpha', () => {
  it('computes trials that do not depend on how they are grouped, from all three distributions', async () => {
    const whole = await nullSequences.run(context, 0, 12);
    const parts = await Promise.all([nullSequences.run(context, 0, 5), nullSequences.run(context, 5, 7)]);
    expect(parts.flat()).toEqual(whole);
    expect(new Set(whole.map((facts) => facts.largestLogCapital)).size).toBe(12);
    for (const facts of whole) {
      expect(Object.keys(facts)).toEqual(Object.keys(nullSequences.meanings));
      expect(Object.values(facts).every(Number.isFinite)).toBe(true);
    }
  });

  it('is decided within its budget at the frequencies measured: 0.975, and 0.72 for the control', () => {
    const { theta0, theta1, alpha, maxTrials } = boundedSamplesErrorWithinAlpha;
    const test = { kind: 'statistical', theta0, theta1, alpha, maxTrials } as const;
    expect(exactOutcomes(test, 0.975).supported).toBeGreaterThan(0.999);
    expect(exactOutcomes(test, 0.72).refuted).toBeGreaterThan(0.999);
    expect(exactOutcomes(test, 0.72).meanTrials).toBeLessThan(60);
  });

  it('calls crossing what crosses: thresholds ln 20 of the capital and 1.645 standard errors', async () => {
    const trials = await nullSequences.run(context, 0, 256);
    const { measurement, control } = boundedSamplesErrorWithinAlpha;
    for (const facts of trials) {
      expect(measurement.value(facts)).toBe((facts.largestLogCapital as number) >= Math.log(20) ? 0 : 1);
      expect(control.value(facts)).toBe((facts.largestScore as number) > 1.6448536 ? 0 : 1);
    }
    expect(trials.some((facts) => facts.engineCrossed === 1)).toBe(true);
    expect(trials.filter((facts) => facts.peekingCrossed === 1).length).toBeGreaterThan(40);
  });
});
