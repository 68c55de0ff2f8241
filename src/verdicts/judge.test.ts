import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import { stream } from '../core/random.ts';
import { confidenceSequence } from './confidence-sequence.ts';
import { earliestDecision } from './decision-times.ts';
import { bettingProcess, logCapitalOfCounts } from './e-process.ts';
import { type Judgement, judge, type SequentialTest, sequentialTest } from './judge.ts';

const coin = { kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: 1e-5, maxTrials: 1000 } as const;
const half = { kind: 'formula', theory: 0.5, bias: 0, resolution: 0.05, alpha: 1e-5 } as const;
const wide = { kind: 'formula', theory: 0.5, bias: 0, resolution: 0.3, alpha: 1e-3 } as const;

const ones = (count: number): number[] => new Array(count).fill(1);
const zeros = (count: number): number[] => new Array(count).fill(0);

function events(seed: number, theta: number, count: number): number[] {
  const random = stream(seed, 'verdicts/test/events');
  return Array.from({ length: count }, () => (random.uniform() < theta ? 1 : 0));
}

function needs(judgement: Judgement): string {
  return judgement.verdict.outcome === 'undecided' ? judgement.verdict.needs : 'nothing';
}

function feed(test: SequentialTest, samples: readonly number[]): SequentialTest {
  for (const x of samples) test.add(x);
  return test;
}

describe('judge, statistical', () => {
  it('supports an event that always happens after 19 trials', () => {
    const { verdict, decidedAt } = judge(ones(100), coin);
    expect(decidedAt).toBe(19);
    expect(verdict).toMatchObject({ outcome: 'supported', reason: 'above θ₀' });
    expect(verdict.evidence).toMatchObject({ trials: 19, mean: 1, upper: 1, level: 1 - 2e-5 });
    expect(verdict.evidence.lower).toBeGreaterThan(0.5);
    expect(verdict.evidence.logEvidence.for).toBeGreaterThanOrEqual(Math.log(1e5));
  });

  it('refutes an event that never happens, and one that happens half of the time', () => {
    expect(judge(zeros(100), coin)).toMatchObject({
      decidedAt: 6,
      verdict: { outcome: 'refuted', reason: 'below θ₁' },
    });
    const rare = judge(events(1, 0.5, 1000), coin);
    expect(rare.verdict).toMatchObject({ outcome: 'refuted', reason: 'below θ₁' });
    expect(rare.verdict.evidence.upper).toBeLessThan(0.9);
  });

  it('leaves too few trials undecided and says how many more would do', () => {
    const short = judge(ones(5), coin);
    expect(short.decidedAt).toBeUndefined();
    expect(needs(short)).toBe('about 14 further trials: at the observed mean 1 they would show it above θ₀ = 0.5');
    expect(needs(judge([], coin))).toBe('trials: none was run');
    expect(judge([], coin).curve).toEqual([]);
  });

  it('says where no sensible number of trials would decide', () => {
    const narrow = { ...coin, theta0: 0.5, theta1: 0.5 + 1e-9 };
    expect(needs(judge(new Array(1000).fill([0, 1]).flat(), narrow))).toMatch(/^more than 1e\+7 trials/);
  });

  it('refutes what both bounds exclude at the same trial', () => {
    const { verdict, decidedAt } = judge(new Array(200).fill(0.7), { ...coin, theta0: 0.5, theta1: 0.9 });
    const above = bettingProcess(0.5, 'above');
    const below = bettingProcess(0.9, 'below');
    let [first, second] = [0, 0];
    for (let trial = 1; first * second === 0; trial++) {
      above.add(0.7);
      below.add(0.7);
      if (first === 0 && above.logCapital() >= Math.log(1e5)) first = trial;
      if (second === 0 && below.logCapital() >= Math.log(1e5)) second = trial;
    }
    // 0.3/0.1 grows faster than 0.7/0.5: the bound below θ₁ comes first here …
    expect(decidedAt).toBe(Math.min(first, second));
    expect(verdict).toMatchObject({ outcome: 'refuted', reason: 'below θ₁' });
    // … and with thresholds placed symmetrically both come at once.
    expect(judge(new Array(200).fill(0.5), { ...coin, theta0: 0.25, theta1: 0.75 }).verdict).toMatchObject({
      outcome: 'refuted',
      reason: 'between θ₀ and θ₁',
    });
  });

  it('decides at the first crossing and agrees with the confidence sequence there', () => {
    for (const [seed, theta] of [
      [2, 0.97],
      [3, 0.8],
      [4, 0.7],
      [5, 0.4],
    ] as const) {
      const samples = events(seed, theta, 1000);
      const { decidedAt, verdict } = judge(samples, coin);
      let [count, trial] = [0, 0];
      const threshold = Math.log(1e5);
      for (;;) {
        count += samples[trial] as number;
        trial++;
        const isAbove = logCapitalOfCounts(count, trial - count, 0.5, 'above') >= threshold;
        const isBelow = logCapitalOfCounts(count, trial - count, 0.9, 'below') >= threshold;
        const interval = confidenceSequence(samples.slice(0, trial), { alpha: 1e-5 });
        expect([interval.lower > 0.5, interval.upper < 0.9]).toEqual([isAbove, isBelow]);
        if (!isAbove && !isBelow) continue;
        expect(verdict.outcome).toBe(isBelow ? 'refuted' : 'supported');
        expect([verdict.evidence.lower, verdict.evidence.upper]).toEqual([interval.lower, interval.upper]);
        break;
      }
      expect(decidedAt).toBe(trial);
    }
  });

  it('stops at maxTrials', () => {
    const test = feed(sequentialTest({ ...coin, maxTrials: 10 }), ones(50));
    expect([test.trials(), test.finished(), test.decision()]).toEqual([10, true, undefined]);
    expect(test.judgement()).toEqual(judge(ones(10), coin));
    expect(judge(ones(50), { ...coin, maxTrials: 18 }).verdict.outcome).toBe('undecided');
    expect(judge(ones(50), { ...coin, maxTrials: 19 }).verdict.outcome).toBe('supported');
  });
});

describe('judge, formula', () => {
  it('supports the mean that theory predicts, at level 1 − α', () => {
    const samples = events(6, 0.5, 40_000);
    const { verdict, decidedAt } = judge(samples, half);
    expect(verdict).toMatchObject({ outcome: 'supported', reason: 'within the resolution of theory' });
    expect(verdict.evidence.level).toBe(1 - 1e-5);
    expect(verdict.evidence.logEvidence.for).toBeGreaterThanOrEqual(Math.log(2e5));
    expect(decidedAt).toBeLessThan(6000);
  });

  it('refutes a mean off theory on either side, beyond the bias only', () => {
    expect(judge(events(7, 0.7, 5000), half).verdict).toMatchObject({ outcome: 'refuted', reason: 'above theory' });
    expect(judge(events(8, 0.3, 5000), half).verdict).toMatchObject({ outcome: 'refuted', reason: 'below theory' });
    const biased = { ...half, bias: 0.1, resolution: 0.1 };
    expect(judge(events(9, 0.58, 20_000), biased).verdict.outcome).toBe('supported');
    expect(judge(events(9, 0.85, 20_000), biased).verdict).toMatchObject({
      outcome: 'refuted',
      reason: 'above theory by more than the bias',
    });
  });

  it('is undecided between theory and resolution until one of them is settled', () => {
    const judgement = judge(events(10, 0.5, 200), half);
    expect(judgement.verdict.outcome).toBe('undecided');
    expect(needs(judgement)).toMatch(/^about \d+ further trials/);
    expect(needs(judgement)).toMatch(/0\.05 of theory 0\.5$|off theory 0\.5$/);
  });

  it('forecasts the trials that are missing, where samples go on as they came', () => {
    const repeated = (pattern: readonly number[]): number[] => new Array(400).fill(pattern).flat();
    for (const [pattern, test] of [
      [[1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], { ...half, resolution: 0.1 }],
      [[1, 0, 0, 1, 0, 0, 1], { ...half, resolution: 0.2 }],
      [[1, 1, 0, 1, 1, 1], { ...half, resolution: 0.1 }],
      [[1, 1, 0, 1, 0], coin],
    ] as const) {
      const samples = repeated(pattern);
      const { decidedAt } = judge(samples, { ...test, maxTrials: 4000 });
      const early = pattern.length * Math.ceil((decidedAt as number) / pattern.length / 2);
      const further = Number(/\d+/.exec(needs(judge(samples.slice(0, early), test)))?.[0]);
      // The decision need not fall on the end of a pattern.
      expect((early + further) / (decidedAt as number)).toBeGreaterThan(0.85);
      expect((early + further) / (decidedAt as number)).toBeLessThan(1.15);
    }
  });

  it('refutes where support and refutation come at the same trial', () => {
    // x/0.625 = (1 − x)/0.25: K⁺(T + b) and K⁻(T + b + δ) grow alike.
    const test = { kind: 'formula', theory: 0.5, bias: 0.125, resolution: 0.125, alpha: 1e-5 } as const;
    const x = 5 / 7;
    const { verdict } = judge(new Array(2000).fill(x), test);
    expect(verdict.outcome).toBe('refuted');
    expect(verdict).toMatchObject({ reason: 'above theory by more than the bias, though within the resolution' });
  });

  it('keeps the earlier crossing of one side while it waits for the other', () => {
    const samples = [...ones(7), ...zeros(100)];
    const { verdict, decidedAt } = judge(samples, wide);
    expect(verdict.outcome).toBe('supported');
    const now = logCapitalOfCounts(7, (decidedAt as number) - 7, 0.2, 'above');
    expect(now).toBeLessThan(Math.log(2e3));
    expect(logCapitalOfCounts(7, 0, 0.2, 'above')).toBeGreaterThanOrEqual(Math.log(2e3));
    expect(verdict.evidence.logEvidence.for).toBeGreaterThanOrEqual(Math.log(2e3));
  });

  it('needs one side only where the other cannot be violated', () => {
    const sure = { kind: 'formula', theory: 1, bias: 0, resolution: 0.1, alpha: 1e-5 } as const;
    expect(judge(ones(1000), sure)).toMatchObject({
      decidedAt: earliestDecision(0.9, 0.5e-5),
      verdict: { outcome: 'supported' },
    });
    // A mean of exactly 1 is refuted for certain by one sample below 1; the evidence stays a finite number.
    const refuted = judge([1, 1, 0.999], sure);
    expect(refuted).toMatchObject({ decidedAt: 3, verdict: { outcome: 'refuted', reason: 'below theory' } });
    expect(refuted.verdict.evidence.logEvidence.against).toBe(1e4);
    const never = { ...sure, theory: 0 };
    expect(judge(zeros(1000), never).decidedAt).toBe(earliestDecision(0.9, 0.5e-5));
    const downToZero = { ...sure, theory: 0.125, resolution: 0.125 };
    expect(judge(zeros(1000), downToZero)).toMatchObject({
      decidedAt: earliestDecision(0.75, 0.5e-5),
      verdict: { outcome: 'supported' },
    });
    expect(judge([0, 0, 1e-9], never).verdict).toMatchObject({ outcome: 'refuted', reason: 'above theory' });
  });
});

describe('sequentialTest', () => {
  it('is judge, sample by sample, and deaf after its decision', () => {
    for (const test of [coin, half, wide]) {
      const samples = events(11, 0.62, 6000);
      const sequence = sequentialTest(test);
      const decision = samples.map((x) => sequence.add(x)).find((found) => found !== undefined);
      const judgement = judge(samples, test);
      expect(decision?.trials).toBe(judgement.decidedAt);
      expect(sequence.judgement()).toEqual(judgement);
      expect(sequence.add(Number.NaN)).toEqual(decision);
      expect(sequence.judgement()).toEqual(judgement);
    }
  });

  it('draws a curve of at most 60 points from the first to the last trial, with the interval at each', () => {
    const random = stream(12, 'verdicts/test/curve');
    const samples = Array.from({ length: 3000 }, () => Math.min(1, Math.max(0, 1.5 * random.uniform() - 0.25)));
    const test = { kind: 'formula', theory: 0.5, bias: 0, resolution: 0.001, alpha: 1e-5 } as const;
    const { curve, verdict } = judge(samples, test);
    expect(curve.length).toBeGreaterThan(40);
    expect(curve.length).toBeLessThanOrEqual(60);
    expect(curve[0]?.trials).toBe(1);
    expect(curve.at(-1)?.trials).toBe(3000);
    expect(curve.map((point) => point.trials)).toEqual([...new Set(curve.map((p) => p.trials))].sort((a, b) => a - b));
    for (const point of curve) {
      const { lower, upper, mean } = confidenceSequence(samples.slice(0, point.trials), { alpha: 0.5e-5 });
      expect(point).toMatchObject({ lower, upper, mean });
    }
    const { lower, upper, logEvidence } = verdict.evidence;
    expect(curve.at(-1)).toMatchObject({ lower, upper, logFor: logEvidence.for, logAgainst: logEvidence.against });
  });

  it('keeps every trial of a short sequence', () => {
    expect(judge(ones(100), coin).curve.map((point) => point.trials)).toEqual(
      Array.from({ length: 19 }, (_, k) => k + 1),
    );
  });

  it('takes a million events', () => {
    const test = { kind: 'statistical', theta0: 0.5, theta1: 0.5 + 1e-9, alpha: 1e-5 } as const;
    const samples = Uint8Array.from({ length: 1_000_000 }, (_, k) => k % 2);
    const { verdict, curve } = judge(samples, test);
    expect(verdict.outcome).toBe('undecided');
    expect(verdict.evidence).toMatchObject({ trials: 1_000_000, mean: 0.5 });
    expect(curve.length).toBeLessThanOrEqual(60);
  });

  it('refuses a sample outside [0, 1] by its number, and goes on as if it had not come', () => {
    const sequence = feed(sequentialTest(coin), ones(3));
    expect(() => sequence.add(2)).toThrow(/judge: trial 3: expected a number in \[0, 1\], received 2/);
    expect(() => sequence.add(Number.NaN)).toThrow(InverseClaimsError);
    expect(feed(sequence, ones(16)).judgement()).toEqual(judge(ones(19), coin));
  });

  it.each([
    [{ ...coin, theta0: 0.9 }, 'theta0'],
    [{ ...coin, theta0: -0.1 }, 'theta0'],
    [{ ...coin, theta1: 1.1 }, 'theta1'],
    [{ ...coin, theta0: Number.NaN }, 'theta0'],
    [{ ...coin, alpha: 0 }, 'alpha'],
    [{ ...coin, alpha: 1 }, 'alpha'],
    [{ ...coin, maxTrials: 0 }, 'maxTrials'],
    [{ ...half, theory: 1.5 }, 'theory'],
    [{ ...half, bias: -0.1 }, 'bias'],
    [{ ...half, resolution: -0.1 }, 'resolution'],
    [{ ...half, resolution: 0 }, 'resolution'],
    [{ ...half, resolution: 0.5 }, 'resolution'],
  ])('refuses %o', (test, field) => {
    expect(() => judge([], test)).toThrow(`judge: "${field}"`);
  });
});
