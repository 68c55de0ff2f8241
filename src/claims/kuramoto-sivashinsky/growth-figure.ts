import { mean, quantileSorted } from 'simple-statistics';
import type { TrialContext } from '../../core/claim.ts';
import type { Figure, Panel, Series } from '../../core/figure.ts';
import { childSeed } from '../../core/random.ts';
import type { FigureSource } from '../figure-source.ts';
import { gradientSizes, type Place } from './gradient-trials.ts';

const HORIZONS = [5, 10, 15, 25, 35, 50, 75] as const;
const PROBLEMS = 512;

/** Rows of one call, whose tapes fit into memory. */
const TOGETHER = 64;

/** Largest Lyapunov exponent of the unforced flow at L = 22, per unit of time, measured. */
const LYAPUNOV = 0.0485;

const LINES = [
  ['99 %', 0.99],
  ['95 %', 0.95],
  ['median', 0.5],
  ['5 %', 0.05],
] as const;

/** Sizes of the gradients of the problems at every horizon, in ascending order. */
function sortedSizes(place: Place, seed: number, problems: number): readonly (readonly number[])[] {
  return HORIZONS.map((horizon) => {
    const sizes: number[] = [];
    for (let first = 0; first < problems; first += TOGETHER) {
      sizes.push(...gradientSizes(horizon, place, Math.min(TOGETHER, problems - first), seed, first));
    }
    return sizes.sort((a, b) => a - b);
  });
}

function panel(title: string, sizes: readonly (readonly number[])[]): Panel {
  const quantiles = (share: number) => sizes.map((each) => quantileSorted(each as number[], share));
  const quartiles = { low: quantiles(0.25), high: quantiles(0.75) };
  const [start = 1] = quantiles(0.5);
  const lines = LINES.map(
    ([name, share]): Series => ({
      name,
      x: HORIZONS,
      y: quantiles(share),
      ...(name === 'median' ? quartiles : {}),
    }),
  );
  return {
    title,
    x: { label: 'horizon T', scale: 'linear' },
    y: { label: 'size of the gradient', scale: 'log' },
    series: [
      { name: 'mean', x: HORIZONS, y: sizes.map((each) => mean(each as number[])) },
      ...lines,
      { name: 'exp(λT)', x: HORIZONS, y: HORIZONS.map((T) => start * Math.exp(LYAPUNOV * (T - HORIZONS[0]))) },
    ],
  };
}

/** Gradients against the horizon: quantiles and mean over the same problems at every T. */
export function growthFigure({ seed }: TrialContext, problems = PROBLEMS): Figure {
  const data = childSeed(seed, 'figure/ks-gradient-growth');
  return {
    id: 'ks-gradient-growth',
    title: 'Kuramoto-Sivashinsky: gradients against the horizon',
    caption:
      `Size of ∂L/∂(α, β) over ${problems} problems of setting A with other horizons, the same problems at each: quantiles, quartiles ` +
      'shaded around the median, and mean. At a guess from the prior most flows settle: the median stays, while the upper ' +
      'quantiles and the mean, which a few problems make, grow by orders of magnitude. At the start (0, 1) the flow is unforced and chaotic: ' +
      `all quantiles grow. exp(λT) with the Lyapunov exponent λ = ${LYAPUNOV} of that flow, through the first median, is a guide ` +
      'for the eye, not a prediction.',
    panels: [
      panel('at a guess from the prior', sortedSizes('guess', data, problems)),
      panel('at the start (0, 1)', sortedSizes('start', data, problems)),
    ],
  };
}

/** The figure beside the claims about gradients. */
export const growthFigureSource: FigureSource = {
  id: 'ks-gradient-growth',
  figures: ['ks-gradient-growth'],
  beside: ['ks.gradient-tails-grow', 'ks.median-gradient-does-not', 'ks.median-gradient-grows-at-the-start'],
  compute: async (context) => [growthFigure(context)],
};
