import { describe, expect, it } from 'vitest';
import type { FormulaClaim, LawClaim, Measurement, StatisticalClaim } from '../core/claim.ts';
import { exactOutcomes } from './calibration.ts';
import { minimalGap, plannedTrials, planOfClaim, planOfStatistical } from './plan.ts';

const event = { kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: 1e-5, maxTrials: 60 } as const;
const agreement = { kind: 'formula', theory: 0.4, bias: 0.05, resolution: 0.05, alpha: 1e-5, maxTrials: 8192 } as const;

/** P(decided within the trials) at θ = (1 + θ₁)/2, by the code that calibrates the judge. */
function decidedWithin(maxTrials: number): number {
  const { supported, refuted } = exactOutcomes({ ...event, maxTrials }, 0.95);
  return supported + refuted;
}

describe('plannedTrials', () => {
  it('is the first number of trials that suffices with probability 0.99', () => {
    const trials = plannedTrials(event);
    expect(decidedWithin(trials)).toBeGreaterThanOrEqual(0.99);
    expect(decidedWithin(trials - 1)).toBeLessThan(0.99);
  });

  it('is capped at the trials allowed', () => {
    expect(plannedTrials({ ...event, maxTrials: 30 })).toBe(30);
    expect(plannedTrials({ ...agreement, maxTrials: 100 })).toBe(100);
  });

  it('needs no cap where the decision comes, and says what is missing where it does not', () => {
    const { maxTrials: _none, ...open } = event;
    expect(plannedTrials(open)).toBe(plannedTrials(event));
    const hopeless = { kind: 'statistical', theta0: 0.9999, theta1: 0.99999, alpha: 1e-5 } as const;
    expect(() => plannedTrials(hopeless)).toThrow(/maxTrials.*131072/);
  });

  it('takes about four times as many trials for half the resolution', () => {
    const coarse = plannedTrials({ ...agreement, bias: 0, resolution: 0.1 });
    const fine = plannedTrials({ ...agreement, bias: 0, resolution: 0.05 });
    // The variance and ln(1/α) are the same, the number of trials goes with 1/δ²; the mixture of bets is coarse.
    expect(fine / coarse).toBeGreaterThan(3);
    expect(fine / coarse).toBeLessThan(5);
  });
});

describe('minimalGap', () => {
  it('is supported with power 0.9 there, and not 0.002 below', () => {
    const gap = minimalGap(event) as number;
    expect(exactOutcomes(event, 0.5 + gap).supported).toBeGreaterThanOrEqual(0.9);
    expect(exactOutcomes(event, 0.5 + gap - 0.002).supported).toBeLessThan(0.9);
  });

  it('shrinks with more trials, and does not exist where the earliest support comes too late', () => {
    expect(minimalGap({ ...event, theta1: 0.6, maxTrials: 400 })).toBeLessThan(minimalGap(event) as number);
    expect(minimalGap({ ...event, maxTrials: 18 })).toBeUndefined();
  });
});

describe('planOfStatistical', () => {
  it('tells the alternative, its power and the earliest decisions', () => {
    const plan = planOfStatistical(event);
    const exact = exactOutcomes(event, 0.95);
    expect(plan).toMatchObject({ alternative: 0.95, medianTrials: exact.medianTrials, earliestSupport: 19 });
    // What is left after 1 − 1e-6 is decided is not followed.
    expect(Math.abs(plan.power - exact.supported)).toBeLessThan(2e-6);
    // Against 0.9, six failures in a row suffice: the mirror image of supporting 0.1.
    expect(plan.earliestRefutation).toBe(6);
    expect(exactOutcomes({ ...event, maxTrials: 6 }, 0).refuted).toBe(1);
    expect(exactOutcomes({ ...event, maxTrials: 5 }, 0).refuted).toBe(0);
  });

  it('reads thresholds of 0 and 1: one trial settles them', () => {
    const plan = planOfStatistical({ ...event, theta0: 0, theta1: 1 });
    expect([plan.earliestSupport, plan.earliestRefutation]).toEqual([1, 1]);
  });
});

describe('planOfClaim', () => {
  const measurement = { trials: { id: 'x' }, value: () => 1 } as unknown as Measurement;
  const words = { id: 'a.b', statement: 's', regime: 'r', source: { where: 'ours' }, tier: 'quick' } as const;

  it('knows every kind', () => {
    const law: LawClaim = {
      ...words,
      kind: 'law',
      cases: 70,
      check: () => ({ outcome: 'skipped', reason: '' }),
      brokenTwin: { what: 'w', check: () => ({ outcome: 'skipped', reason: '' }) },
    };
    const statistical: StatisticalClaim = { ...words, ...event, measurement, control: { what: 'w', ...measurement } };
    expect(planOfClaim(law)).toEqual({ kind: 'law', cases: 70 });
    expect(planOfClaim(statistical)).toMatchObject({ kind: 'statistical', maxTrials: 60, plannedTrials: 45 });
  });

  it('spends α over the cells of a formula', () => {
    const cell = (label: string, theory: number) => ({ label, theory, measurement, wrongTheory: 1 - theory });
    const { theory: _theory, ...test } = agreement;
    const claim: FormulaClaim = {
      ...words,
      ...test,
      cells: [cell('one', 0.4), cell('two', 0.2)],
      control: { what: 'w' },
    };
    const plan = planOfClaim(claim);
    const trials = plan.kind === 'formula' ? plan.cells.map((each) => each.plannedTrials) : [];
    expect(trials).toEqual([0.4, 0.2].map((theory) => plannedTrials({ ...agreement, theory, alpha: 5e-6 })));
    expect(plan).toMatchObject({ cells: [{ label: 'one', power: expect.closeTo(1, 4) }, { label: 'two' }] });
  });
});
