import { describe, expect, it } from 'vitest';
import { catalogue, trialSources } from './catalogue.ts';
import { heldOutFigures } from './held-out-figures.ts';

describe('figures of problems that were not trained on', () => {
  it('exist for every experiment, beside claims that read the same trainings', () => {
    expect(heldOutFigures.map(({ id }) => id)).toEqual([
      'wave-packet-held-out',
      'billiards-held-out',
      'ks-held-out',
      'flow-held-out',
    ]);
    for (const { beside, trials = [] } of heldOutFigures) {
      expect(trials).toHaveLength(1);
      for (const id of beside) expect(trialSources(catalogue.claim(id))).toContain(trials[0]?.source);
    }
  });

  it('show each training with what it solved of its own problems and of others', async () => {
    const facts = { refinedSolved: 0.5, heldOutRefinedSolved: 0.25, heldOutSolved: 0.125, heldOutBfgsSolved: 0 };
    const others = { refinedSolved: 1, heldOutRefinedSolved: 0.75, heldOutSolved: 0.375, heldOutBfgsSolved: 0.5 };
    for (const source of heldOutFigures) {
      const [figure] = await source.compute({ seed: 1, backend: 'cpu' }, [[facts, others]]);
      expect(figure?.id).toBe(source.id);
      expect(figure?.caption).toContain('each of 2 trainings');
      expect(figure?.panels[0]?.series.map(({ x, y }) => [x, y])).toEqual([
        [
          [1, 2],
          [0.5, 1],
        ],
        [
          [1, 2],
          [0.25, 0.75],
        ],
        [
          [1, 2],
          [0.125, 0.375],
        ],
        [
          [1, 2],
          [0, 0.5],
        ],
      ]);
      await expect(source.compute({ seed: 1, backend: 'cpu' }, [[{}]])).rejects.toThrow('refinedSolved');
    }
  });
});
