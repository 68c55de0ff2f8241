import { describe, expect, it } from 'vitest';
import { majorityVote } from '../../../theory/voting.ts';
import { chaosBounds, weightedMajority } from '../../../theory/weighted-majority.ts';
import { stream } from '../../core/random.ts';
import { DEFAULT_SEED } from '../defaults.ts';
import { voteClaims } from './vote-claims.ts';
import { alignments, EXAMPLES, voteTrials } from './vote-trials.ts';

const context = { seed: DEFAULT_SEED, backend: 'float64' } as const;

describe('alignments', () => {
  it('of sums go with the largest, of votes with the most', () => {
    const facts = alignments([
      [1, 1, -5],
      [1, -1, 5],
    ]);
    expect(facts).toEqual({ one: 1 / 3, sum: 0, vote: 1, exchanged: 1 / 3, largest: 0.5, voteWins: 0.5, sumWins: 0 });
  });

  it('with exchanged sizes are those of the vote where all are equal, of one example where one outweighs all others', () => {
    const signs = [1, -1, 1, 1, -1];
    const equal = alignments([signs, signs]);
    expect([equal.exchanged, equal.sum, equal.vote]).toEqual([1, 1, 1]);
    const uneven = alignments([
      [1, 1, 1, 1, -1],
      [1, 1e9, -1, -1, -1],
    ]);
    // Signs of the first under the sizes of the second: one example, 0.6; the reverse: the vote of the second, −1.
    expect(uneven.exchanged).toBeCloseTo((0.6 - 1) / 2, 12);
  });

  it('with exchanged sizes lie between the bounds of T7a, and reach what all patterns of signs give', () => {
    const sizes = [1, 2, 4, 4, 7];
    const [p, draws] = [0.8, 4000];
    const random = stream(1, 'test/alignments');
    const group = () => sizes.map((size) => (random.uniform() < p ? size : -size));
    let [one, exchanged, vote] = [0, 0, 0];
    for (let k = 0; k < draws; k++) {
      const facts = alignments([group(), group()]);
      one += facts.one / draws;
      exchanged += facts.exchanged / draws;
      vote += facts.vote / draws;
    }
    // Five standard errors of at most 1/√draws each.
    const width = 5 / Math.sqrt(draws);
    const { lower, upper } = chaosBounds(5, p);
    expect(Math.abs(one - lower)).toBeLessThan(width);
    expect(Math.abs(vote - upper)).toBeLessThan(width);
    expect(Math.abs(vote - majorityVote(5, p))).toBeLessThan(width);
    expect(Math.abs(exchanged - weightedMajority(sizes, p))).toBeLessThan(width);
  });
});

describe('vote trials', () => {
  it('do not depend on how they are grouped, and have the facts that they declare', async () => {
    const source = voteTrials(25);
    const together = await source.run(context, 0, 3);
    const apart = [...(await source.run(context, 0, 1)), ...(await source.run(context, 1, 2))];
    expect(apart).toEqual(together);
    expect(together[0]).not.toEqual(together[1]);
    for (const facts of together) expect(Object.keys(facts).sort()).toEqual(Object.keys(source.meanings).sort());
  });

  it('point towards the truth while there is no chaos: so near to it every gradient is right', async () => {
    for (const { one, sum, vote } of await voteTrials(10).run(context, 0, 4)) {
      expect([one, sum, vote]).toEqual([1, 1, 1]);
    }
  });

  it('have an odd number of examples: no vote ties', () => {
    expect(EXAMPLES % 2).toBe(1);
  });
});

describe('claims about votes', () => {
  const facts = { one: 0.6, sum: 0.2, exchanged: 0.7, vote: 1 };

  it('compare two alignments, in [0, 1], and are on opposite sides of their controls', () => {
    const values = voteClaims.map((claim) => {
      if (claim.kind !== 'statistical') throw new Error('a statistical claim');
      const of = (side: typeof claim.measurement) => Number(side.value(facts).toFixed(6));
      return [of(claim.measurement), of(claim.control)];
    });
    expect(values).toEqual([
      [0.7, 0.7],
      [0.6, 0.475],
      [0.525, 0.4],
      [0.575, 0.475],
    ]);
  });

  it('stay in [0, 1] at the extremes', () => {
    for (const claim of voteClaims) {
      if (claim.kind !== 'statistical') continue;
      for (const vote of [-1, 1]) {
        const value = claim.measurement.value({ one: -vote, sum: -vote, exchanged: -vote, vote });
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
  });
});
