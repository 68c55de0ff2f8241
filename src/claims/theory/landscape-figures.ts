import {
  sineLandscapeLimit,
  sineLandscapeSum,
  sineLandscapeVote,
  sineNoiseOnlySum,
  sineNoiseOnlyVote,
} from '../../../theory/sine-landscape.ts';
import type { TrialContext } from '../../core/claim.ts';
import type { Figure } from '../../core/figure.ts';
import type { Random } from '../../core/random.ts';
import {
  ALIGNMENT,
  countsUpTo,
  EXAMPLES,
  type MeasuredPanel,
  overSeeds,
  pointsText,
  SEEDS,
  withBands,
} from './measured-points.ts';

/** How the gradients of the examples are combined. */
interface Rule {
  readonly id: '2c' | '2d';
  readonly title: string;
  /** What the step is, in a caption. */
  readonly step: string;
  readonly formulas: string;
  /** What one gradient adds to the step. */
  vote(gradient: number): number;
  readonly combined: typeof sineLandscapeSum;
  readonly noiseOnly: typeof sineNoiseOnlySum;
}

const SIGMA = 1;
const HALF_WIDTHS = [
  { a: Math.PI / 2, name: '±π/2' },
  { a: 1, name: '±1' },
] as const;
const DRAWN = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] as const;
const COMBINED = 'noise and landscape';
const NOISE_ONLY = 'noise only';

/** One start and solution, and the alignment of the first n examples with the solution and with the noise-free gradient. */
function alignments(a: number, rule: Rule, random: Random): readonly (readonly number[])[] {
  const start = random.between(-a, a);
  const solution = random.between(-a, a);
  const factor = 2 * Math.cos(2 * start);
  const difference = Math.sin(2 * start) - Math.sin(2 * solution);
  let [step, n] = [0, 0];
  const signs = DRAWN.map((wanted) => {
    for (; n < wanted; n++) step += rule.vote(factor * (difference - SIGMA * random.normal()));
    return Math.sign(step);
  });
  const [towards, noiseFree] = [Math.sign(start - solution), Math.sign(factor * difference)];
  return [signs.map((sign) => sign * towards), signs.map((sign) => sign * noiseFree)];
}

function panel(rule: Rule, { a, name }: (typeof HALF_WIDTHS)[number], seed: number, seeds: number): MeasuredPanel {
  const grid = countsUpTo(DRAWN.at(-1) as number);
  const line = (label: string, theory: Rule['combined']) => ({
    name: label,
    x: grid,
    y: grid.map((n) => theory({ n, sigma: SIGMA, a })),
  });
  const samples = overSeeds(seed, `figure/${rule.id}/${name}`, seeds, (random) => alignments(a, rule, random));
  return {
    title: `starts and solutions in ${name}`,
    x: EXAMPLES,
    y: ALIGNMENT,
    series: [line(COMBINED, rule.combined), line(NOISE_ONLY, rule.noiseOnly)],
    references: [{ axis: 'y', value: sineLandscapeLimit(a), label: 'n → ∞' }],
    measured: [COMBINED, NOISE_ONLY].map((label, quantity) => ({
      name: `${label}, measured`,
      pointsOf: label,
      x: DRAWN,
      samples: samples[quantity] ?? [],
      lowest: -1,
    })),
  };
}

function landscapeFigure(rule: Rule, seed: number, seeds: number): Figure {
  const { panels, points } = withBands(HALF_WIDTHS.map((width) => panel(rule, width, seed, seeds)));
  return {
    id: rule.id,
    title: rule.title,
    caption:
      `Fits of sin 2x: losses ½(sin 2x − sin 2x* − ε)² with normal noise ε, σ = ${SIGMA}, of n examples with a common ` +
      `start and solution, uniform on the interval above each panel. ${rule.step} "${COMBINED}": alignment of the first step ` +
      `with the way to the solution; "${NOISE_ONLY}": with the noise-free gradient. Lines: ${rule.formulas} dashes: the limit ` +
      `of many examples, where only the landscape is left. ${pointsText(seeds, points)} A seed draws a start, a solution and ` +
      'every gradient, and more examples are added from point to point.',
    panels,
  };
}

const summed: Rule = {
  id: '2c',
  title: 'Sum of losses in the landscape of sin 2x',
  step: 'The step is minus the sum of their gradients.',
  formulas: 'exact integrals of ours;',
  vote: (gradient) => gradient,
  combined: sineLandscapeSum,
  noiseOnly: sineNoiseOnlySum,
};

const voted: Rule = {
  id: '2d',
  title: 'Voting in the landscape of sin 2x',
  step: 'The step has the sign of the majority of their gradients, ties count 0.',
  formulas: 'exact integrals of ours, with steps because an even vote adds nothing;',
  vote: Math.sign,
  combined: sineLandscapeVote,
  noiseOnly: sineNoiseOnlyVote,
};

/** The sum of losses: theory and drawn fits. */
export function figure2c({ seed }: TrialContext, seeds = SEEDS): Figure {
  return landscapeFigure(summed, seed, seeds);
}

/** The majority vote: theory and drawn fits. */
export function figure2d({ seed }: TrialContext, seeds = SEEDS): Figure {
  return landscapeFigure(voted, seed, seeds);
}
