import { describe, expect, it } from 'vitest';
import type { Facts } from '../../core/claim.ts';
import { DEFAULT_SEED } from '../defaults.ts';
import { lyapunovClaims, scaledExponent } from './lyapunov-claims.ts';
import { lyapunovTrials, TIMES } from './lyapunov-trials.ts';

const context = { seed: DEFAULT_SEED, backend: 'float64' } as const;
const source = lyapunovTrials('test.lyapunov', { length: 22, points: 64 });

const mean = (trials: readonly Facts[], name: string): number =>
  trials.reduce((sum, facts) => sum + facts[name]!, 0) / trials.length;

describe('trials of Lyapunov exponents', () => {
  it('do not depend on how they are grouped, and have the facts that they declare', async () => {
    const together = await source.run(context, 0, 3);
    const apart = [...(await source.run(context, 0, 1)), ...(await source.run(context, 1, 2))];
    expect(apart).toEqual(together);
    expect(together[0]).not.toEqual(together[1]);
    for (const facts of together) expect(Object.keys(facts).sort()).toEqual(Object.keys(source.meanings).sort());
  });

  it('are chaotic, with tangents and cotangents that grow alike', async () => {
    const trials = await source.run(context, 0, 64);
    // Means of 64 exponents with a spread of 0.0145, and of 64 differences with one of 0.0096: five standard errors.
    expect(Math.abs(mean(trials, 'tangent') - 0.0485)).toBeLessThan(0.009);
    expect(Math.abs(mean(trials, 'tangent') - mean(trials, 'adjoint'))).toBeLessThan(0.006);
    // Both are the logarithm of one product but for a few units at its ends.
    for (const { tangent, adjoint } of trials) {
      expect(Math.abs(tangent! - adjoint!)).toBeLessThan(10 / TIMES.growth);
      expect(tangent).not.toBe(adjoint);
    }
  });
});

describe('the claim about Lyapunov exponents', () => {
  const [claim] = lyapunovClaims;
  if (claim?.kind !== 'formula') throw new Error('a formula claim');

  it('scales and clips exponents, and lets NaN through for the test to refuse', () => {
    expect([-1, 0, 0.075, 0.15, 1].map(scaledExponent)).toEqual([0, 0, 0.5, 1, 1]);
    expect(scaledExponent(Number.NaN)).toBeNaN();
  });

  it('takes tangents and cotangents from the same trials, each from its own fact', () => {
    const values = claim.cells.map(({ measurement }) => measurement.value({ tangent: 0.03, adjoint: 0.06 }));
    expect(values).toEqual([0.2, 0.4, 0.2, 0.4, 0.2, 0.4]);
    expect(new Set(claim.cells.map(({ measurement }) => measurement.trials)).size).toBe(3);
  });

  it('predicts published exponents, and their control is further off than bias and resolution together', () => {
    const published = claim.cells.map(({ theory }) => (theory * 0.15).toFixed(4));
    expect(published).toEqual(['0.0480', '0.0480', '0.0771', '0.0771', '0.0834', '0.0834']);
    for (const { theory, wrongTheory } of claim.cells) {
      expect(wrongTheory - theory).toBeGreaterThan(claim.bias + claim.resolution);
    }
  });
});
