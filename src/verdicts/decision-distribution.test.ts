import { describe, expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import { exactOutcomes } from './calibration.ts';
import { decisionDistribution } from './decision-distribution.ts';
import type { SequentialTestSpec } from './decision-rules.ts';
import { sequentialTest } from './judge.ts';

/** Dropped states weigh 1e-18 each, a few per trial. */
const DROPPED = 1e-12;

type Ended = 'supported' | 'refuted';

/** How many 0/1 sequences of the length, by their number of ones, end in each way when judged one trial at a time. */
function enumerate(test: SequentialTestSpec, length: number): Record<Ended, number[]> {
  const found = { supported: new Array<number>(length + 1).fill(0), refuted: new Array<number>(length + 1).fill(0) };
  for (let bits = 0; bits < 2 ** length; bits++) {
    const sequence = sequentialTest(test);
    let ones = 0;
    for (let k = 0; k < length; k++) {
      const x = (bits >> k) & 1;
      ones += x;
      sequence.add(x);
    }
    const decision = sequence.decision();
    if (decision !== undefined) found[decision.outcome][ones] = (found[decision.outcome][ones] ?? 0) + 1;
  }
  return found;
}

function probability(sequences: readonly number[], mean: number): number {
  const length = sequences.length - 1;
  return sequences.reduce((sum, count, ones) => sum + count * mean ** ones * (1 - mean) ** (length - ones), 0);
}

const statistical = { kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: 0.1 } as const;
const formulas: readonly SequentialTestSpec[] = [
  { kind: 'formula', theory: 0.5, bias: 0.1, resolution: 0.3, alpha: 0.3 },
  { kind: 'formula', theory: 0.4, bias: 0, resolution: 0.35, alpha: 0.4 },
  { kind: 'formula', theory: 0.1, bias: 0.1, resolution: 0.4, alpha: 0.2 },
  { kind: 'formula', theory: 0, bias: 0, resolution: 0.3, alpha: 0.2 },
  { kind: 'formula', theory: 1, bias: 0.05, resolution: 0.3, alpha: 0.2 },
];

describe('decisionDistribution', () => {
  it.each([statistical, { ...statistical, theta0: 0.3, theta1: 0.4 }, ...formulas])(
    'equals the enumeration of all sequences of 11 trials, each judged: %o',
    (test) => {
      const all = enumerate(test, 11);
      expect(all.supported.some((count) => count > 0) && all.refuted.some((count) => count > 0)).toBe(true);
      for (const mean of [0, 0.2, 0.5, 0.93, 1]) {
        const { supported, refuted } = decisionDistribution(test, mean, 11);
        expect(supported).toBeCloseTo(probability(all.supported, mean), 12);
        expect(refuted).toBeCloseTo(probability(all.refuted, mean), 12);
      }
    },
  );

  it('agrees with the exact outcomes of statistical tests over thousands of trials', () => {
    const test = { kind: 'statistical', theta0: 0.9, theta1: 0.95, alpha: 1e-5, maxTrials: 3000 } as const;
    for (const mean of [0.92, 0.95, 0.975]) {
      const exact = exactOutcomes(test, mean);
      const here = decisionDistribution(test, mean, 3000);
      expect(Math.abs(here.supported - exact.supported)).toBeLessThan(DROPPED);
      expect(Math.abs(here.refuted - exact.refuted)).toBeLessThan(DROPPED);
      expect(here.decided.findIndex((share) => share >= 0.5)).toBe(exact.medianTrials);
    }
  });

  it('agrees with simulated judgements of a formula, refutations included', () => {
    const test = { kind: 'formula', theory: 0.5, bias: 0, resolution: 0.1, alpha: 0.2 } as const;
    const repetitions = 1000;
    let supported = 0;
    for (let k = 0; k < repetitions; k++) {
      const random = stream(7, 'decision-distribution', k);
      const sequence = sequentialTest({ ...test, maxTrials: 300 });
      while (!sequence.finished()) sequence.add(random.uniform() < 0.5 ? 1 : 0);
      if (sequence.decision()?.outcome === 'supported') supported++;
    }
    const exact = decisionDistribution(test, 0.5, 300);
    expect(exact.refuted).toBeGreaterThan(0.001);
    // Four standard errors.
    const error = 4 * Math.sqrt((exact.supported * (1 - exact.supported)) / repetitions);
    expect(Math.abs(supported / repetitions - exact.supported)).toBeLessThan(error);
  });

  it('never undoes a decision, and ends where it is told', () => {
    const { decided } = decisionDistribution(statistical, 0.7, 400, 0.9);
    for (let t = 1; t < decided.length; t++) expect(decided[t]).toBeGreaterThanOrEqual(decided[t - 1] as number);
    expect(decided.at(-1)).toBeGreaterThanOrEqual(0.9);
    expect(decided.at(-2)).toBeLessThan(0.9);
  });

  it.each([
    ['a mean outside [0, 1]', () => decisionDistribution(statistical, 1.1, 10), /trueMean/],
    ['no trials', () => decisionDistribution(statistical, 0.5, 0), /maxTrials/],
    ['thresholds in the wrong order', () => decisionDistribution({ ...statistical, theta1: 0.4 }, 0.5, 10), /theta0/],
  ])('refuses %s', (_what, act, message) => {
    expect(act).toThrow(message);
  });
});
