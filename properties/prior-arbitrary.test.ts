import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Measurement, TrialSource, Verdict } from '../src/core/claim.ts';
import type { Distribution, Prior } from '../src/core/prior.ts';
import { stream } from '../src/core/random.ts';
import { wavePacketPrior, wavePacketProblem } from '../src/simulators/wave-packet-problem.ts';
import { priorArbitrary, priorBatch } from './prior-arbitrary.ts';
import { wavePacketOracleIsNotAboveTruth } from './wave-packet/problem-laws.ts';

const one = (distribution: Distribution): Prior => [{ name: 'x', unit: '1', distribution }];
const sample = (distribution: Distribution): number[] =>
  fc.sample(priorArbitrary(one(distribution)), { seed: 1, numRuns: 2000 }).map((point) => point[0] as number);
const shrunk = (distribution: Distribution, fails: (x: number) => boolean): number | undefined =>
  fc.check(
    fc.property(priorArbitrary(one(distribution)), ([x]) => !fails(x as number)),
    { seed: 1, numRuns: 1000 },
  ).counterexample?.[0][0];

describe('priorArbitrary', () => {
  it.each<[Distribution, number, number]>([
    [{ kind: 'uniform', low: 32, high: 96 }, 32, 96],
    [{ kind: 'uniform', low: 0.1, high: 0.1001 }, 0.1, 0.1001],
    [{ kind: 'uniform', low: -1e15, high: -1e15 + 1 }, -1e15, -1e15 + 1],
    [{ kind: 'log-uniform', low: 0.01, high: 100 }, 0.01, 100],
    [{ kind: 'normal', mean: 3, sd: 2 }, -5, 11],
  ])('stays inside the support of %o, on dyadic values, and comes near both ends', (distribution, low, high) => {
    const values = sample(distribution);
    const [smallest, largest] = [Math.min(...values), Math.max(...values)];
    expect(smallest >= low && largest < high).toBe(true);
    // Two of the at least 1024 steps; two thousand biased draws reach the ends.
    const nearly = Math.max((high - low) / 256, 2 ** -2 * Math.abs(low) * 2 ** -48);
    expect(smallest - low).toBeLessThan(nearly + (distribution.kind === 'log-uniform' ? 0.01 : 0));
    expect(high - largest).toBeLessThan(nearly);
    for (const value of values) expect(Number.isInteger(value * 2 ** 40)).toBe(true);
  });

  it('shrinks to the simplest dyadic value of the support', () => {
    expect(shrunk({ kind: 'uniform', low: 32, high: 96 }, () => true)).toBe(64);
    expect(shrunk({ kind: 'uniform', low: -3, high: 96 }, () => true)).toBe(0);
    expect(shrunk({ kind: 'uniform', low: 0.3, high: 0.45 }, () => true)).toBe(0.375);
    expect([16, 64]).toContain(shrunk({ kind: 'log-uniform', low: 3, high: 100 }, (x) => x > 10));
  });

  it('shrinks to fewer problems before simpler values', () => {
    const small = (points: { readonly data: Float64Array }): boolean => points.data.every((t0) => t0 < 70);
    for (let seed = 0; seed < 20; seed++) {
      const property = fc.property(priorBatch(wavePacketPrior('B'), 4), small);
      const { counterexample } = fc.check(property, { seed, numRuns: 1000 });
      expect([...(counterexample?.[0].data ?? [])]).toEqual([70]);
    }
  });
});

describe('the two lanes', () => {
  it('start from one specification: the problem draws from the prior that the search explores', () => {
    const { reference } = wavePacketProblem('B').draw(3, 9);
    const [coordinate] = wavePacketPrior('B');
    expect(coordinate?.distribution).toEqual({ kind: 'uniform', low: 32, high: 96 });
    const expected = [0, 1, 2].map((i) => stream(9, 'wave-packet/instance', i).between(32, 96));
    expect([...reference.truth.data]).toEqual(expected);
  });

  it('do not mix: neither draws of a search nor its verdict are a measurement', () => {
    const law = wavePacketOracleIsNotAboveTruth();
    const wanted = (measurement: Measurement): string => typeof measurement;
    const trials = (source: TrialSource): string => typeof source;
    const verdict: Verdict = law.check({ seed: 1, cases: 1 });
    // @ts-expect-error An arbitrary has no trials.
    wanted(priorArbitrary(wavePacketPrior('B')));
    // @ts-expect-error A law has no trials.
    wanted(law);
    // @ts-expect-error The verdict of a search is no measurement.
    wanted(verdict);
    // @ts-expect-error An arbitrary is no source of independent trials.
    trials(priorArbitrary(wavePacketPrior('B')));
    // @ts-expect-error Nor do the values of a search make a measurement.
    expect(wanted({ trials: fc.integer(), value: () => 1 })).toBe('object');
  });
});

describe('wave-packet.oracle-is-not-above-truth', () => {
  const law = wavePacketOracleIsNotAboveTruth();

  it('holds', () => {
    expect(law.check({ seed: 5, cases: law.cases })).toMatchObject({
      outcome: 'supported',
      evidence: { tried: law.cases },
    });
  });

  it('is refuted for the loss at the center, by one problem', () => {
    const verdict = law.brokenTwin.check({ seed: 5, cases: law.cases });
    expect(verdict).toMatchObject({ outcome: 'refuted', evidence: { kind: 'counterexample' } });
    expect('evidence' in verdict && verdict.evidence.kind === 'counterexample' && verdict.evidence.shrunk).toMatch(
      /^setting A, t0\* \[[\d.]+\], noise 0, salt 0$/,
    );
  });
});
