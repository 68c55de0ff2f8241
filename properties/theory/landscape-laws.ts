import fc from 'fast-check';
import type { Random } from '../../src/core/random.ts';
import { independentLandscapesSum, independentLandscapesVote } from '../../theory/independent-landscapes.ts';
import {
  type SineFit,
  sineLandscapeLimit,
  sineLandscapeSum,
  sineLandscapeVote,
  sineNoiseOnlyElliptic,
  sineNoiseOnlySum,
  sineNoiseOnlyVote,
} from '../../theory/sine-landscape.ts';
import { dyadic } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { disagreement, firstOf, offTheMeans, sampledMeans } from './mean-check.ts';

/** The closed forms about landscapes: the subject of the laws. */
export interface LandscapeFormulas {
  readonly sum: (fit: SineFit) => number;
  readonly vote: (fit: SineFit) => number;
  readonly noiseOnlySum: (fit: SineFit) => number;
  readonly noiseOnlyVote: (fit: SineFit) => number;
  readonly limit: (a: number) => number;
  readonly independentSum: (n: number, delta: number) => number;
  readonly independentVote: (n: number, delta: number) => number;
}

export const landscapeFormulas: LandscapeFormulas = {
  sum: sineLandscapeSum,
  vote: sineLandscapeVote,
  noiseOnlySum: sineNoiseOnlySum,
  noiseOnlyVote: sineNoiseOnlyVote,
  limit: sineLandscapeLimit,
  independentSum: independentLandscapesSum,
  independentVote: independentLandscapesVote,
};

/** Integrals are exact to 1e-13; sums of a few of them to ten times that. */
const ROUNDING = 1e-12;

interface FitCase {
  readonly formulas: LandscapeFormulas;
  readonly fit: SineFit;
  readonly salt: number;
}

/** Half-widths are few, because each costs an integral of its own; the noise is log-uniform. */
function fits(formulas: LandscapeFormulas): fc.Arbitrary<FitCase> {
  const fit = fc.record({
    n: fc.integer({ min: 1, max: 12 }),
    sigma: fc.integer({ min: -6, max: 2 }).map((k) => 2 ** (k / 2)),
    a: dyadic(0.25, 2.75, 4),
  });
  return fc.record({ formulas: fc.constant(formulas), fit, salt: fc.nat() });
}

const showFit = ({ fit: { n, sigma, a }, salt }: FitCase): string =>
  `n ${n}, sigma ${sigma}, a ${a}, draws named by ${salt}`;

const lostLandscape: LandscapeFormulas = { ...landscapeFormulas, sum: sineNoiseOnlySum };

/** theory.sine-landscape-is-dominated: |combined| ≤ noise-only, equal up to a = π/4, and noise-only votes never beat the sum. */
export function sineLandscapeIsDominated(): Law<LandscapeFormulas> {
  return law<LandscapeFormulas, FitCase>({
    cases: 60,
    subject: landscapeFormulas,
    twin: {
      what: 'noise-only alignment for half the range of starts',
      subject: { ...landscapeFormulas, noiseOnlySum: (fit) => sineNoiseOnlySum({ ...fit, a: fit.a / 2 }) },
    },
    arbitrary: fits,
    show: showFit,
    violation: ({ formulas, fit }) => {
      const [sum, vote] = [formulas.sum(fit), formulas.vote(fit)];
      const [noiseSum, noiseVote] = [formulas.noiseOnlySum(fit), formulas.noiseOnlyVote(fit)];
      if (!(Math.abs(sum) <= noiseSum + ROUNDING)) return `the sum ${sum} is above the noise-only ${noiseSum}`;
      if (!(Math.abs(vote) <= noiseVote + ROUNDING)) return `the vote ${vote} is above the noise-only ${noiseVote}`;
      if (!(noiseVote <= noiseSum + ROUNDING))
        return `the vote ${noiseVote} beats the sum ${noiseSum} without a landscape`;
      if (fit.a > Math.PI / 4) return undefined;
      return firstOf(
        disagreement('sum and noise-only, a below π/4', sum, noiseSum, ROUNDING),
        disagreement('vote and noise-only, a below π/4', vote, noiseVote, ROUNDING),
      );
    },
  });
}

/** theory.sine-landscape-reductions: the sum knows √n/σ only, one vote is the sum, and an even vote adds nothing. */
export function sineLandscapeReductions(): Law<LandscapeFormulas> {
  return law<LandscapeFormulas, FitCase>({
    cases: 60,
    subject: landscapeFormulas,
    twin: {
      what: 'a sum that grows like n instead of √n',
      subject: { ...landscapeFormulas, sum: (fit) => sineLandscapeSum({ ...fit, n: fit.n ** 2 }) },
    },
    arbitrary: fits,
    show: showFit,
    violation: ({ formulas, fit }) => {
      const { n, sigma } = fit;
      const scaled = { ...fit, n: 4 * n, sigma: 2 * sigma };
      const one = { ...fit, n: 1 };
      const [odd, even] = [
        { ...fit, n: 2 * n - 1 },
        { ...fit, n: 2 * n },
      ];
      return firstOf(
        disagreement('sum at 4n and 2σ', formulas.sum(scaled), formulas.sum(fit), ROUNDING),
        disagreement(
          'noise-only sum at 4n and 2σ',
          formulas.noiseOnlySum(scaled),
          formulas.noiseOnlySum(fit),
          ROUNDING,
        ),
        disagreement('one vote and one sum', formulas.vote(one), formulas.sum(one), ROUNDING),
        disagreement('one noise-only vote and sum', formulas.noiseOnlyVote(one), formulas.noiseOnlySum(one), ROUNDING),
        disagreement('an even vote', formulas.vote(even), formulas.vote(odd), ROUNDING),
        disagreement('an even noise-only vote', formulas.noiseOnlyVote(even), formulas.noiseOnlyVote(odd), ROUNDING),
      );
    },
  });
}

/** theory.sine-landscape-approaches-limit: what noise still costs bounds the distance from the limit without noise. */
export function sineLandscapeApproachesLimit(): Law<LandscapeFormulas> {
  return law<LandscapeFormulas, FitCase>({
    cases: 60,
    subject: landscapeFormulas,
    twin: {
      what: 'a limit that stays at ¼ beyond a = π/2',
      subject: { ...landscapeFormulas, limit: (a) => sineLandscapeLimit(Math.min(a, Math.PI / 2)) },
    },
    arbitrary: fits,
    show: showFit,
    violation: ({ formulas, fit }) => {
      const limit = formulas.limit(fit.a);
      // Steep enough for a tight bound, so that a wrong limit has nowhere to hide.
      for (const n of [fit.n, 10 ** 8 * fit.n]) {
        const many = { ...fit, n };
        const sumGap = Math.abs(formulas.sum(many) - limit) - (1 - formulas.noiseOnlySum(many));
        const voteGap = Math.abs(formulas.vote(many) - limit) - (1 - formulas.noiseOnlyVote(many));
        if (!(sumGap <= ROUNDING)) return `the sum of ${n} is farther from its limit ${limit} than noise explains`;
        if (!(voteGap <= ROUNDING)) return `the vote of ${n} is farther from its limit ${limit} than noise explains`;
      }
      return undefined;
    },
  });
}

/** theory.sine-landscape-is-elliptic: over whole periods, and over ±π/4, the noise-only sum is one elliptic integral. */
export function sineLandscapeIsElliptic(): Law<LandscapeFormulas> {
  return law<LandscapeFormulas, FitCase>({
    cases: 60,
    subject: landscapeFormulas,
    twin: {
      what: 'an error function that lost its √2',
      subject: { ...landscapeFormulas, noiseOnlySum: (fit) => sineNoiseOnlySum({ ...fit, n: 2 * fit.n }) },
    },
    arbitrary: fits,
    show: showFit,
    violation: ({ formulas, fit: { n, sigma } }) => {
      const elliptic = sineNoiseOnlyElliptic(n, sigma);
      return firstOf(
        disagreement('one period', formulas.noiseOnlySum({ n, sigma, a: Math.PI / 2 }), elliptic, ROUNDING),
        disagreement('a quarter of one', formulas.noiseOnlySum({ n, sigma, a: Math.PI / 4 }), elliptic, ROUNDING),
      );
    },
  });
}

/** Agreement of the steps of one simulated fit with the solution (sum, vote) and with the noise-free gradient (twice). */
function drawFit({ n, sigma, a }: SineFit, random: Random): readonly number[] {
  const [x0, solution] = [random.between(-a, a), random.between(-a, a)];
  const factor = 2 * Math.cos(2 * x0);
  const difference = Math.sin(2 * x0) - Math.sin(2 * solution);
  let [sum, votes] = [0, 0];
  for (let i = 0; i < n; i++) {
    const gradient = factor * (difference - sigma * random.normal());
    sum += gradient;
    votes += Math.sign(gradient);
  }
  const towards = Math.sign(x0 - solution);
  const noiseFree = Math.sign(factor * difference);
  return [
    Math.sign(sum) * towards,
    Math.sign(votes) * towards,
    Math.sign(sum) * noiseFree,
    Math.sign(votes) * noiseFree,
  ];
}

const DRAWS = 30_000;

/** theory.sine-landscape-matches-draws: all four alignments against 30 000 simulated fits; false alarms 1e-9 a case. */
export function sineLandscapeMatchesDraws(): Law<LandscapeFormulas> {
  return law<LandscapeFormulas, FitCase>({
    cases: 8,
    subject: landscapeFormulas,
    twin: { what: 'a sum without its landscape', subject: lostLandscape },
    arbitrary: fits,
    show: showFit,
    violation: (value) => {
      const { formulas, fit, salt } = value;
      const sampled = sampledMeans(salt, `fits: ${showFit(value)}`, DRAWS, (random) => drawFit(fit, random));
      return offTheMeans(
        ['sum', 'vote', 'noise-only sum', 'noise-only vote'],
        [formulas.sum(fit), formulas.vote(fit), formulas.noiseOnlySum(fit), formulas.noiseOnlyVote(fit)],
        sampled,
      );
    },
  });
}

/** theory.sine-landscape-limit-matches-draws: the noise-free step against 30 000 drawn starts and solutions. */
export function sineLandscapeLimitMatchesDraws(): Law<LandscapeFormulas> {
  return law<LandscapeFormulas, FitCase>({
    cases: 12,
    subject: landscapeFormulas,
    twin: {
      what: 'π/4a instead of its square',
      subject: { ...landscapeFormulas, limit: (a) => Math.sqrt(sineLandscapeLimit(a)) },
    },
    arbitrary: fits,
    show: showFit,
    violation: (value) => {
      const { formulas, fit, salt } = value;
      const noiseFree = { n: 1, sigma: 0, a: fit.a };
      const sampled = sampledMeans(salt, `limits: ${showFit(value)}`, DRAWS, (random) =>
        drawFit(noiseFree, random).slice(0, 1),
      );
      return offTheMeans(['limit'], [formulas.limit(fit.a)], sampled);
    },
  });
}
