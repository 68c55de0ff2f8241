import { describe, expect, it } from 'vitest';
import { childSeed } from '../../core/random.ts';
import { DEFAULT_SEED } from '../defaults.ts';
import { problemAtHorizon } from './gradient-trials.ts';
import { localMinima, minimaCounts, minimaTrials } from './landscape-trials.ts';

const context = { seed: DEFAULT_SEED, backend: 'float64' } as const;

describe('localMinima', () => {
  it.each([
    [[2, 1, 3], 1],
    [[1, 2, 3], 0],
    [[3, 2, 1], 0],
    [[0, 5, 0], 0],
    [[2, 1, 1, 2], 1],
    [[2, 1, 1, 0], 0],
    [[3, 1, 2, 0, 4, 4, 5], 2],
    [[1], 0],
  ])('of %j is %i: a flat bottom counts once, an end never', (values, count) => {
    expect(localMinima(values)).toBe(count);
  });

  it('are not counted where a value is not finite, and no claim takes that', async () => {
    expect(localMinima([2, Number.NaN, 3])).toBeNaN();
    const [facts] = await minimaTrials('test.nan', { short: 5, long: 10, alpha: Number.NaN }).run(context, 0, 1);
    expect([facts?.single, facts?.multiplied]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('minima trials', () => {
  const source = minimaTrials('test.minima', { short: 5, long: 25 });

  it('do not depend on how they are grouped, and have the facts that they declare', async () => {
    const together = await source.run(context, 0, 4);
    const apart = [...(await source.run(context, 0, 1)), ...(await source.run(context, 1, 3))];
    expect(apart).toEqual(together);
    expect(together.some(({ multiplied }) => multiplied === 1)).toBe(true);
    for (const facts of together) expect(Object.keys(facts).sort()).toEqual(Object.keys(source.meanings).sort());
  });

  it('scan β from 0.5 to 1.5 with α at the truth, by hand', async () => {
    const { simulator, misfit, draw } = problemAtHorizon(25);
    const facts = await source.run(context, 0, 4);
    const { task, reference } = draw(4, childSeed(context.seed, 'test.minima'));
    for (let b = 0; b < 4; b++) {
      const repeat = (values: Float64Array) => ({
        rows: 129,
        cols: 64,
        data: Float64Array.from({ length: 129 * 64 }, (_, i) => values[i % 64] as number),
      });
      const x = Float64Array.from({ length: 258 }, (_, i) =>
        i % 2 === 0 ? (reference.truth.data[2 * b] as number) : 0.5 + (i - 1) / 256,
      );
      const y = simulator.forward(
        { rows: 129, cols: 2, data: x },
        repeat(task.identifiers.data.subarray(64 * b, 64 * b + 64)),
      );
      const { value } = misfit.evaluate(y, repeat(task.observed.data.subarray(64 * b, 64 * b + 64)));
      const inside = value.filter((loss, k) => {
        const [left, right] = [value[k - 1], value[k + 1]];
        return left !== undefined && right !== undefined && loss < left && loss <= right;
      });
      expect(facts[b]?.minimaLong).toBe(inside.length);
    }
  });

  it('with another α keep states and β: only problems whose α it was stay as they are', () => {
    const seed = 1;
    const alpha = problemAtHorizon(25).draw(1, seed).reference.truth.data[0] as number;
    expect(minimaCounts(25, 1, seed, 0, alpha)).toEqual(minimaCounts(25, 1, seed));
    expect(minimaCounts(25, 8, seed, 0, 0)).not.toEqual(minimaCounts(25, 8, seed));
  });
});
