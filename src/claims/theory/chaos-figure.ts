import { chaoticSumOfThree } from '../../../theory/chaos.ts';
import { chaoticSumMild, chaoticSumStrong, MILD_CHAOS_RANGE, STRONG_CHAOS_RANGE } from '../../../theory/chaos-laws.ts';
import { chaosBounds } from '../../../theory/weighted-majority.ts';
import type { TrialContext } from '../../core/claim.ts';
import type { Figure, Series } from '../../core/figure.ts';
import type { Random } from '../../core/random.ts';
import { ALIGNMENT, type MeasuredPanel, overSeeds, pointsText, withBands } from './measured-points.ts';

const FEW = { n: 3, p: 0.7 } as const;
const MANY = { n: 100, p: 0.6 } as const;
const LARGEST_TAU = 8;
/** Differences are small here, and seeds cheap. */
const SEEDS = 10_000;
const DRAWN = [0, 0.5, 1, 1.5, 2, 3, 4, 6, 8] as const;
const CHAOS = { label: 'chaos τ = D√T', scale: 'linear' } as const;

type Votes = typeof FEW | typeof MANY;

/** `count` + 1 equidistant values. */
const between = (low: number, high: number, count: number): readonly number[] =>
  Array.from({ length: count + 1 }, (_, k) => low + ((high - low) * k) / count);

/** Signs of the sum of n gradients ς exp(τ z) at every τ, and of their vote. */
function outcomes({ n, p }: Votes, random: Random): readonly (readonly number[])[] {
  const signs = Array.from({ length: n }, () => (random.uniform() < p ? 1 : -1));
  const exponents = Array.from({ length: n }, () => random.normal());
  const vote = Math.sign(signs.reduce((sum, sign) => sum + sign, 0));
  const sums = DRAWN.map((tau) =>
    Math.sign(signs.reduce((sum, sign, i) => sum + sign * Math.exp(tau * (exponents[i] as number)), 0)),
  );
  return [sums, [vote]];
}

function panel(votes: Votes, sum: Omit<Series, 'name'>, seed: number, seeds: number): MeasuredPanel {
  const { n, p } = votes;
  const { lower, upper } = chaosBounds(n, p);
  const [sums = [], vote = []] = overSeeds(seed, `figure/chaos/n=${n}`, seeds, (random) => outcomes(votes, random));
  return {
    title: `${n} examples, right with probability ${p}`,
    x: CHAOS,
    y: ALIGNMENT,
    series: [
      { ...sum, name: 'sum' },
      { name: 'vote', x: [0, LARGEST_TAU], y: [upper, upper] },
    ],
    references: [{ axis: 'y', value: lower, label: 'one example' }],
    measured: [
      { name: 'sum, measured', pointsOf: 'sum', x: DRAWN, samples: sums, lowest: -1 },
      { name: 'vote, measured', pointsOf: 'vote', x: [LARGEST_TAU], samples: vote, lowest: -1 },
    ],
  };
}

/** Both laws where they may be used, with their budgets as a band, and a gap between them. */
function lawsOfMany(): Omit<Series, 'name'> {
  const { largestTau } = MILD_CHAOS_RANGE;
  const { smallestTau } = STRONG_CHAOS_RANGE;
  const x = between(0, LARGEST_TAU, 160);
  const y = x.map((tau) => {
    if (tau <= largestTau) return chaoticSumMild({ ...MANY, tau });
    return tau >= smallestTau ? chaoticSumStrong({ ...MANY, tau }) : null;
  });
  const budget = x.map((tau) => (tau <= largestTau ? MILD_CHAOS_RANGE.budget : STRONG_CHAOS_RANGE.budget));
  const shifted = (sign: number) => y.map((value, k) => (value === null ? null : value + sign * (budget[k] as number)));
  return { x, y, low: shifted(-1), high: shifted(1).map((value) => (value === null ? null : Math.min(1, value))) };
}

/** Chaos: the alignment of sums and votes of gradients of log-normal size. */
export function chaosFigure({ seed }: TrialContext, seeds = SEEDS): Figure {
  const taus = between(0, LARGEST_TAU, 160);
  const exact = { x: taus, y: taus.map((tau) => chaoticSumOfThree(FEW.p, tau)) };
  const { panels, points } = withBands([panel(FEW, exact, seed, seeds), panel(MANY, lawsOfMany(), seed, seeds)]);
  return {
    id: 'theory-chaos',
    title: 'Chaos',
    caption:
      'Gradients of size exp(τz), z normal, each of the right sign with the probability above the panel, all independent: ' +
      'alignment of the sum and of the majority vote. Formulas of ours: every sum lies between the alignment of one example, ' +
      '2p − 1, and that of the vote, W_n(p), which does not depend on τ and is measured once; the sum of three is exact; for ' +
      `${MANY.n} examples the laws of mild chaos (τ up to ${MILD_CHAOS_RANGE.largestTau}) and strong chaos (τ from ` +
      `${STRONG_CHAOS_RANGE.smallestTau}) are approximations, shaded by their error budgets, and nothing is drawn between ` +
      `them. ${pointsText(seeds, points)} The same draws are used at every τ.`,
    panels,
  };
}
