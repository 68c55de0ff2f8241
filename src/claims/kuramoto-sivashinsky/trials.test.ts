import { describe, expect, it } from 'vitest';
import { DEFAULT_SEED } from '../defaults.ts';
import { bfgsTrials } from './descent.ts';
import { kuramotoSivashinskyTraining } from './training.ts';
import { votingTrials } from './voting.ts';

const context = { seed: DEFAULT_SEED, backend: 'float64' } as const;

const SMALL = { setting: 'C', network: 'perceptron', problems: 4, iterations: 3, inputs: 'observation' } as const;

/** Small versions of every kind of trial source. */
const SOURCES = [
  bfgsTrials('C'),
  kuramotoSivashinskyTraining('test.training', { ...SMALL, keepBest: true }),
  kuramotoSivashinskyTraining('test.training-random', { ...SMALL, inputs: 'random' }),
];

describe('trial sources', () => {
  it.each(SOURCES)(
    '$id: a trial does not depend on how trials are grouped, and has the facts it declares',
    async (source) => {
      const together = await source.run(context, 0, 3);
      const apart = [...(await source.run(context, 0, 1)), ...(await source.run(context, 1, 2))];
      expect(apart).toEqual(together);
      expect(together[0]).not.toEqual(together[1]);
      for (const facts of together) {
        const declared = [...Object.keys(source.meanings), ...(source.unshown ?? [])];
        expect(Object.keys(facts).sort()).toEqual(declared.sort());
        expect(Object.values(facts).some(Number.isNaN)).toBe(false);
      }
    },
  );

  it('compare an untrained network with itself refined: no step costs no evaluation, and refinement lowers every loss', async () => {
    const source = kuramotoSivashinskyTraining('test.untrained', { ...SMALL, iterations: 1, learningRate: 0 });
    const [facts] = await source.run(context, 0, 1);
    expect(facts?.jointEvaluations).toBe(1);
    expect(facts?.refinedMeanLoss).toBeLessThan(facts?.jointMeanLoss ?? 0);
    expect(facts?.refinedSolved).toBeGreaterThan(0);
  });

  it('draw problems of their own for each training', async () => {
    const trainings = await SOURCES[1]!.run(context, 0, 3);
    // BFGS from the start knows the problems only.
    expect(new Set(trainings.map(({ bfgsMeanLoss }) => bfgsMeanLoss)).size).toBe(3);
    const pairs = await votingTrials('test.pair', 'C', { second: 'votes' }, { problems: 4, iterations: 2 }).run(
      context,
      0,
      2,
    );
    expect(pairs[0]?.sumMeanLoss).not.toBe(pairs[1]?.sumMeanLoss);
  });

  it('refine the answers of the network, not the start, and look at problems that it has not seen', async () => {
    const source = kuramotoSivashinskyTraining('test.untrained', {
      ...SMALL,
      iterations: 1,
      learningRate: 0,
      problems: 64,
    });
    const [facts] = await source.run(context, 0, 1);
    expect(facts?.refinedMeanLoss).not.toBe(facts?.bfgsMeanLoss);
    expect(facts?.heldOutMedianLoss).not.toBe(facts?.jointMedianLoss);
  });

  it('read random inputs as such: the network cannot tell the problems of another seed apart', async () => {
    const seen = await SOURCES[1]?.run(context, 0, 1);
    const random = await SOURCES[2]?.run(context, 0, 1);
    expect(seen?.[0]?.heldOutMedianLoss).not.toBe(random?.[0]?.heldOutMedianLoss);
  });

  it('train pairs on the same problems: the second differs in its votes, or in its weights', async () => {
    const [votes] = await votingTrials('test.pair', 'C', { second: 'votes' }, { problems: 4, iterations: 2 }).run(
      context,
      0,
      1,
    );
    const [again] = await votingTrials(
      'test.pair',
      'C',
      { second: 'sum of losses again' },
      { problems: 4, iterations: 2 },
    ).run(context, 0, 1);
    expect(votes?.sumMeanLoss).toBe(again?.sumMeanLoss);
    expect(votes?.otherMeanLoss).not.toBe(again?.otherMeanLoss);
    expect(votes?.lower).toBe((votes?.otherMeanLoss ?? 0) < (votes?.sumMeanLoss ?? 0) ? 1 : 0);
  });
});
