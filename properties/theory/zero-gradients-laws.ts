import fc from 'fast-check';
import { alignment } from '../../theory/noise-averaging.ts';
import { majorityVote } from '../../theory/voting.ts';
import {
  type NoisyMisses,
  stuckFraction,
  zeroGradientAlignment,
  zeroGradientVote,
} from '../../theory/zero-gradients.ts';
import { dyadic } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { disagreement, firstOf, offTheMeans, sampledMeans } from './mean-check.ts';

/** The closed forms about zero gradients: the subject of the laws. */
export interface ZeroGradientFormulas {
  readonly alignment: (misses: NoisyMisses) => number;
  readonly vote: (votes: { readonly n: number; readonly q: number; readonly p: number }) => number;
  readonly stuck: (q: number, degrees: readonly number[]) => number;
}

export const zeroGradientFormulas: ZeroGradientFormulas = {
  alignment: zeroGradientAlignment,
  vote: zeroGradientVote,
  stuck: stuckFraction,
};

const ROUNDING = 1e-12;

interface MissCase {
  readonly formulas: ZeroGradientFormulas;
  readonly n: number;
  readonly q: number;
  readonly d: number;
  readonly mu: number;
  readonly p: number;
  /** Neighbors on each side of a ring. */
  readonly reach: number;
  readonly salt: number;
}

function misses(formulas: ZeroGradientFormulas): fc.Arbitrary<MissCase> {
  return fc.record({
    formulas: fc.constant(formulas),
    n: fc.integer({ min: 1, max: 10 }),
    q: dyadic(0, 1, 16),
    d: fc.constantFrom(1, 2, 3, 5, 10, 100),
    mu: dyadic(1 / 8, 3, 8),
    p: dyadic(1 / 2, 1, 16),
    reach: fc.integer({ min: 0, max: 3 }),
    salt: fc.nat(),
  });
}

const show = ({ n, q, d, mu, p, reach, salt }: MissCase): string =>
  `n ${n}, q ${q}, d ${d}, mu ${mu}, p ${p}, reach ${reach}, draws named by ${salt}`;

function missLaw(
  cases: number,
  twin: { readonly what: string; readonly subject: ZeroGradientFormulas },
  violation: (value: MissCase) => string | undefined,
): Law<ZeroGradientFormulas> {
  return law<ZeroGradientFormulas, MissCase>({
    cases,
    subject: zeroGradientFormulas,
    twin,
    arbitrary: misses,
    show,
    violation,
  });
}

const withAlignment = (formula: ZeroGradientFormulas['alignment']): ZeroGradientFormulas => ({
  ...zeroGradientFormulas,
  alignment: formula,
});

/** theory.zero-gradients-reductions: no misses, all misses, one example. */
export function zeroGradientsReductions(): Law<ZeroGradientFormulas> {
  const twin = {
    what: 'hits and misses exchanged',
    subject: withAlignment((value) => zeroGradientAlignment({ ...value, q: 1 - value.q })),
  };
  return missLaw(200, twin, ({ formulas, n, q, d, mu, p }) =>
    firstOf(
      disagreement('no misses', formulas.alignment({ n, q: 0, d, mu }), alignment(d, Math.sqrt(n) * mu), ROUNDING),
      disagreement('all misses', formulas.alignment({ n, q: 1, d, mu }), 0, 0),
      disagreement('one example', formulas.alignment({ n: 1, q, d, mu }), (1 - q) * alignment(d, mu), ROUNDING),
      disagreement(
        'odd in μ',
        formulas.alignment({ n, q, d, mu: -mu }),
        -formulas.alignment({ n, q, d, mu }),
        ROUNDING,
      ),
      disagreement('no misses, vote', formulas.vote({ n, q: 0, p }), majorityVote(n, p), ROUNDING),
      disagreement('all misses, vote', formulas.vote({ n, q: 1, p }), 0, 0),
      disagreement('one vote', formulas.vote({ n: 1, q, p }), (1 - q) * (2 * p - 1), ROUNDING),
      disagreement('odd in p − ½', formulas.vote({ n, q, p: 1 - p }), -formulas.vote({ n, q, p }), ROUNDING),
    ),
  );
}

/** theory.zero-gradients-bounds: chord below, Jensen and 1 − qⁿ above. */
export function zeroGradientsBounds(): Law<ZeroGradientFormulas> {
  const twin = {
    what: 'alignment of those that moved, without the factor 1 − qⁿ',
    subject: withAlignment((value) => zeroGradientAlignment(value) / Math.max(1e-3, 1 - value.q ** value.n)),
  };
  return missLaw(300, twin, ({ formulas, n, q, d, mu, p }) => {
    const value = formulas.alignment({ n, q, d, mu });
    const chord = (1 - q) * alignment(d, Math.sqrt(n) * mu);
    const jensen = alignment(d, Math.sqrt(n * (1 - q)) * mu);
    const moved = 1 - q ** n;
    if (!(value >= chord - ROUNDING)) return `${value} is below the chord ${chord}`;
    if (!(value <= jensen + ROUNDING)) return `${value} is above Jensen's bound ${jensen}`;
    if (!(value <= moved + ROUNDING)) return `${value} is above the probability ${moved} that anything moves`;
    const vote = formulas.vote({ n, q, p });
    return Math.abs(vote) <= moved + ROUNDING ? undefined : `the vote ${vote} is above ${moved}`;
  });
}

/** theory.zero-gradients-monotone: more examples never hurt, more misses never help. */
export function zeroGradientsMonotone(): Law<ZeroGradientFormulas> {
  const twin = {
    what: 'the fraction of hits left out of the strength',
    subject: withAlignment(({ n, q, d, mu }) => (1 - q ** n) * alignment(d, Math.sqrt(n * Math.max(q, 0.5)) * mu)),
  };
  return missLaw(200, twin, ({ formulas, n, q, d, mu, p }) => {
    const here = formulas.alignment({ n, q, d, mu });
    const vote = formulas.vote({ n, q, p });
    const worse = Math.min(1, q + 1 / 16);
    if (!(formulas.alignment({ n: n + 1, q, d, mu }) >= here - ROUNDING)) return 'one more example hurts';
    if (!(formulas.alignment({ n, q: worse, d, mu }) <= here + ROUNDING)) return 'more misses help';
    if (!(formulas.vote({ n: n + 1, q, p }) >= vote - ROUNDING)) return 'one more vote hurts';
    return formulas.vote({ n, q: worse, p }) <= vote + ROUNDING ? undefined : 'more empty votes help';
  });
}

/** P(K = k) of k hits among n, by adding one example after the other. */
function hitDistribution(n: number, hit: number): readonly number[] {
  let distribution = [1];
  for (let i = 0; i < n; i++) {
    distribution = Array.from(
      { length: i + 2 },
      (_, k) => (distribution[k] ?? 0) * (1 - hit) + (distribution[k - 1] ?? 0) * hit,
    );
  }
  return distribution;
}

/** E sgn of the sum of n votes that are 1, −1 or 0: the distribution of the sum, one vote after the other. */
function voteByConvolution(n: number, q: number, p: number): number {
  let margins = new Map([[0, 1]]);
  for (let i = 0; i < n; i++) {
    const next = new Map<number, number>();
    for (const [margin, weight] of margins) {
      for (const [vote, share] of [
        [0, q],
        [1, (1 - q) * p],
        [-1, (1 - q) * (1 - p)],
      ] as const) {
        next.set(margin + vote, (next.get(margin + vote) ?? 0) + weight * share);
      }
    }
    margins = next;
  }
  return [...margins].reduce((total, [margin, weight]) => total + weight * Math.sign(margin), 0);
}

/** Degrees of a ring in which each example is coupled to `reach` neighbors on each side. */
function ringDegrees(n: number, reach: number): readonly number[] {
  return new Array<number>(n).fill(Math.min(n, 2 * reach + 1));
}

/** Expected fraction of examples without a hit in their neighborhood: all 2ⁿ patterns of hits. */
function stuckByEnumeration(q: number, n: number, reach: number): number {
  let total = 0;
  for (let pattern = 0; pattern < 2 ** n; pattern++) {
    const hits = Array.from({ length: n }, (_, i) => (pattern >> i) & 1);
    const count = hits.reduce((sum, hit) => sum + hit, 0);
    const weight = (1 - q) ** count * q ** (n - count);
    if (weight === 0) continue;
    const stuck = hits.filter((_, i) =>
      hits.every((hit, j) => hit === 0 || Math.min((i - j + n) % n, (j - i + n) % n) > reach),
    ).length;
    total += (weight * stuck) / n;
  }
  return total;
}

/** theory.zero-gradients-direct-sums: conditioning, convolution and enumeration give the same numbers. */
export function zeroGradientsDirectSums(): Law<ZeroGradientFormulas> {
  const twin = {
    what: 'one example too few in the exponent of the stuck fraction',
    subject: {
      ...zeroGradientFormulas,
      stuck: (q: number, degrees: readonly number[]) =>
        degrees.reduce((total, degree) => total + q ** (degree - 1), 0) / degrees.length,
    },
  };
  return missLaw(100, twin, ({ formulas, n, q, d, mu, p, reach }) => {
    const conditioned = hitDistribution(n, 1 - q).reduce(
      (total, weight, k) => total + weight * alignment(d, Math.sqrt(k) * mu),
      0,
    );
    return firstOf(
      disagreement('alignment', formulas.alignment({ n, q, d, mu }), conditioned, ROUNDING),
      disagreement('vote', formulas.vote({ n, q, p }), voteByConvolution(n, q, p), ROUNDING),
      disagreement('stuck', formulas.stuck(q, ringDegrees(n, reach)), stuckByEnumeration(q, n, reach), ROUNDING),
    );
  });
}

const DRAWS = 20_000;

/** theory.zero-gradients-matches-draws: every single gradient simulated, 20 000 times; false alarms 1e-9 a case. */
export function zeroGradientsMatchesDraws(): Law<ZeroGradientFormulas> {
  const twin = {
    what: "Jensen's bound taken for the alignment",
    subject: withAlignment(({ n, q, d, mu }) => alignment(d, Math.sqrt(n * (1 - q)) * mu)),
  };
  return missLaw(12, twin, (value) => {
    const { formulas, n, q, mu, p, salt } = value;
    // Two dimensions: enough for a direction, and few enough to draw every component.
    const d = 2;
    const sampled = sampledMeans(salt, `misses: ${show(value)}`, DRAWS, (random) => {
      let [x, y, votes] = [0, 0, 0];
      for (let i = 0; i < n; i++) {
        if (random.uniform() < q) continue;
        x += mu + random.normal();
        y += random.normal();
        votes += random.uniform() < p ? 1 : -1;
      }
      return [x === 0 ? 0 : x / Math.hypot(x, y), Math.sign(votes)];
    });
    const values = [formulas.alignment({ n, q, d, mu }), formulas.vote({ n, q, p })];
    return offTheMeans(['alignment', 'vote'], values, sampled);
  });
}
