import { describe, expect, it } from 'vitest';
import { DEFAULT_SEED } from '../defaults.ts';
import { bfgsProblems } from './descent.ts';
import { circleTrials, commonStepTrials, guessTrials } from './miss-trials.ts';
import { billiardsTraining } from './training.ts';

const context = { seed: DEFAULT_SEED, backend: 'float64' } as const;

/** Small versions of every kind of trial source. */
const SOURCES = [
  bfgsProblems,
  circleTrials('test.circle', 0.6),
  commonStepTrials('test.common-step', 4, 1),
  guessTrials('test.guess', { shotSpread: 0.5, speed: { low: 0.2, high: 1 } }),
  billiardsTraining('test.training', {
    setting: 'single',
    problems: 4,
    trainings: 2,
    iterations: 5,
    learningRate: 3e-3,
    inputs: 'observation',
  }),
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
        expect(Object.values(facts).every(Number.isFinite)).toBe(true);
      }
    },
  );

  it('return a problem where it started exactly if its start misses', async () => {
    for (const facts of await bfgsProblems.run(context, 0, 200)) expect(facts.bfgsStuck).toBe(facts.startMisses);
  });

  it('count as zero gradients exactly the misses', async () => {
    const source = guessTrials('test.guess', { shotSpread: 0.5, speed: { low: 0.2, high: 1 } });
    for (const { zero, missed } of await source.run(context, 0, 20)) expect(zero).toBe(missed);
  });
});
