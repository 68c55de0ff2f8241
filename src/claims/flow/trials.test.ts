import { describe, expect, it } from 'vitest';
import { DEFAULT_SEED } from '../defaults.ts';
import { gradientTrials } from './gradient-trials.ts';
import { vortexProblems, wavesProblems } from './one-problem-trials.ts';
import { flowTraining } from './training.ts';

const context = { seed: DEFAULT_SEED, backend: 'float64' } as const;

const SMALL = { setting: 'vortex', problems: 2, iterations: 2, inputs: 'observation' } as const;

/** Every kind of trial source, and small trainings. */
const SOURCES = [
  vortexProblems,
  wavesProblems,
  gradientTrials('test.gradients', 'waves'),
  flowTraining('test.training', SMALL),
];

describe('trial sources', () => {
  it.each(SOURCES)(
    '$id: a trial does not depend on how trials are grouped, and has the facts it declares',
    async (source) => {
      const together = await source.run(context, 0, 2);
      const apart = [...(await source.run(context, 0, 1)), ...(await source.run(context, 1, 1))];
      expect(apart).toEqual(together);
      expect(together[0]).not.toEqual(together[1]);
      for (const facts of together) {
        const declared = [...Object.keys(source.meanings), ...(source.unshown ?? [])];
        expect(Object.keys(facts).sort()).toEqual(declared.sort());
        expect(Object.values(facts).some(Number.isNaN)).toBe(false);
      }
    },
  );

  it('call solved what is below 1e-6, and give multi-start the problems of BFGS', async () => {
    const facts = await vortexProblems.run(context, 0, 8);
    for (const { bfgsLoss, bfgsSolved, restartsLoss, restartsSolved } of facts) {
      expect(bfgsSolved).toBe((bfgsLoss as number) < 1e-6 ? 1 : 0);
      expect(restartsSolved).toBe((restartsLoss as number) < 1e-6 ? 1 : 0);
    }
    expect(new Set(facts.map(({ bfgsSolved }) => bfgsSolved)).size).toBe(2);
  });

  it('refine the answers of the network: without training, from the answers of another network than the start', async () => {
    const [trained, random] = await Promise.all(
      (['observation', 'random'] as const).map(async (inputs) => {
        const [facts] = await flowTraining('test.training', { ...SMALL, inputs }).run(context, 0, 1);
        return facts;
      }),
    );
    // The same problems and the same first weights, on other inputs.
    expect(trained?.bfgsMeanLoss).toBe(random?.bfgsMeanLoss);
    expect(trained?.jointMeanLoss).not.toBe(random?.jointMeanLoss);
    expect(trained?.refinedMeanLoss).toBeLessThan(trained?.jointMeanLoss ?? 0);
    // Each step evaluates each problem once, and so does the look at the last network.
    expect(trained?.jointEvaluations).toBe(SMALL.iterations + 1);
  });
});

describe('directions', () => {
  it('are away from the solution exactly where their cosine is negative, and lead to it nearby', async () => {
    const facts = await gradientTrials('test.gradients', 'waves').run(context, 0, 32);
    for (const { awayAtGuess, cosineAtGuess, awayNear, cosineNear } of facts) {
      expect(awayAtGuess).toBe((cosineAtGuess as number) < 0 ? 1 : 0);
      expect(awayNear).toBe((cosineNear as number) < 0 ? 1 : 0);
      expect(Math.abs(cosineAtGuess as number)).toBeLessThanOrEqual(1);
    }
    expect(facts.filter(({ awayNear }) => awayNear === 1).length).toBeLessThan(2);
    expect(facts.filter(({ awayAtGuess }) => awayAtGuess === 1).length).toBeGreaterThan(4);
  });
});
