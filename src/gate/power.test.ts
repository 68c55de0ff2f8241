import { describe, expect, it } from 'vitest';
import type { Solver } from '../core/solver.ts';
import { bfgs } from '../solvers/bfgs.ts';
import { lbfgs } from '../solvers/lbfgs.ts';
import { compareMeasurements, GATE_ALPHA, type GateOutcome, type Measure } from './comparison.ts';
import type { Measurement } from './measurement.ts';
import { type Family, families } from './problem-set.ts';
import { lossy, measured, rosenbrockStarts, wasteful } from './testing/measured.ts';

const usual = (): Solver => bfgs({ gradientTolerance: 1e-6 });
const family = (name: Family['name']): Family => families.find((each) => each.name === name) as Family;

/** How often a measure came out in which way. */
type Rates = Readonly<Record<GateOutcome, number>>;

function ratesOf(pairs: readonly (readonly [Measurement, Measurement])[], measure: Measure): Rates {
  const rates = { proved: 0, excluded: 0, undecided: 0 };
  for (const [before, now] of pairs) {
    const { verdicts } = compareMeasurements([before], [now]);
    const found = verdicts[0]?.measures.find((each) => each.measure === measure);
    if (found !== undefined) rates[found.outcome] += 1;
  }
  return rates;
}

const SEEDS = [1, 2, 3, 4];

describe('planted regressions on wave packets, new problems each time', () => {
  const packets = family('wave-packet');
  const pairs = (change: (seed: number) => Promise<readonly [Measurement, Measurement]>) =>
    Promise.all(SEEDS.map(change));

  it('of evaluations: 20 and 5 % are proved, 1 % is not', async () => {
    const rates = async (share: number) =>
      ratesOf(
        await pairs(async (seed) => [
          await measured(packets, usual, seed),
          await measured(packets, () => wasteful(usual(), share), seed),
        ]),
        'evaluations',
      );
    expect(await rates(0.2)).toEqual({ proved: 4, excluded: 0, undecided: 0 });
    expect(await rates(0.05)).toEqual({ proved: 4, excluded: 0, undecided: 0 });
    expect((await rates(0.01)).proved).toBe(0);
  });

  it('of loss: 20 and 5 % are proved, 1 % is excluded as below the margin', async () => {
    const rates = async (share: number) =>
      ratesOf(
        await pairs(async (seed) => {
          const before = await measured(packets, usual, seed);
          return [before, lossy(before, share)];
        }),
        'loss',
      );
    expect(await rates(0.2)).toEqual({ proved: 4, excluded: 0, undecided: 0 });
    expect(await rates(0.05)).toEqual({ proved: 4, excluded: 0, undecided: 0 });
    expect(await rates(0.01)).toEqual({ proved: 0, excluded: 4, undecided: 0 });
  });
});

describe('solvers that really got worse, on functions', () => {
  const functions = family('functions');
  const outcome = async (before: () => Solver, now: () => Solver): Promise<GateOutcome | undefined> => {
    const [base, head] = [await measured(functions, before, 1), await measured(functions, now, 1)];
    return compareMeasurements([base], [head]).verdicts[0]?.measures[0]?.outcome;
  };

  it('a line search that wants too much is proved', async () => {
    expect(await outcome(usual, () => bfgs({ gradientTolerance: 1e-6, wolfe: { c2: 0.1 } }))).toBe('proved');
  });

  it('a Hessian that forgets is proved', async () => {
    const limited = (memory: number) => () => lbfgs({ gradientTolerance: 1e-6, memory });
    expect(await outcome(limited(10), limited(2))).toBe('proved');
  });

  it('a Hessian that remembers one step only is proved, against one that remembers all', async () => {
    expect(await outcome(usual, () => lbfgs({ gradientTolerance: 1e-6, memory: 1 }))).toBe('proved');
  });

  it('a better line search is not', async () => {
    const detuned = () => bfgs({ gradientTolerance: 1e-6, wolfe: { c2: 0.1 } });
    expect(await outcome(detuned, usual)).toBe('excluded');
  });
});

describe('nothing changed: 1000 comparisons of new problems on either side', () => {
  it('raise no more false alarms than they may', async () => {
    const starts = rosenbrockStarts(64);
    const alarms = { loose: 0, gate: 0 };
    for (let k = 0; k < 1000; k++) {
      const [one, other] = [await measured(starts, usual, 2 * k), await measured(starts, usual, 2 * k + 1)];
      const alarm = (alpha: number): number => (compareMeasurements([one], [other], alpha).exitCode === 1 ? 1 : 0);
      alarms.loose += alarm(0.05);
      alarms.gate += alarm(GATE_ALPHA);
    }
    // A gate that errs with probability α fails here with probability 2·10⁻⁶: P(X > 84) and P(X > 8) of binomials.
    expect(alarms.loose).toBeLessThanOrEqual(84);
    expect(alarms.gate).toBeLessThanOrEqual(8);
  }, 180_000);
});
