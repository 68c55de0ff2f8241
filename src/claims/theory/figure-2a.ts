import { alignment } from '../../../theory/noise-averaging.ts';
import type { TrialContext } from '../../core/claim.ts';
import type { Figure } from '../../core/figure.ts';
import type { Random } from '../../core/random.ts';
import { ALIGNMENT, countsUpTo, EXAMPLES, overSeeds, pointsText, SEEDS, withBands } from './measured-points.ts';

const SIGNAL_TO_NOISE = 0.3;
const MOST_EXAMPLES = 10_000;
/** Dimensions, with the numbers of examples at which every gradient is drawn. */
const DIMENSIONS = [
  { d: 1, drawn: [1, 3, 10, 30, 100, 300, 1000] },
  { d: 3, drawn: [1, 3, 10, 30, 100, 300, 1000] },
  { d: 10, drawn: [1, 3, 10, 30, 100, 300, 1000] },
  { d: 100, drawn: [1, 3, 10, 30, 100] },
] as const;

/** Cosine between the sum of the first n of a stream of gradients and the signal, for each n of `drawn`. */
function cosines(d: number, drawn: readonly number[], random: Random): readonly number[] {
  const sum = new Float64Array(d);
  let n = 0;
  return drawn.map((wanted) => {
    for (; n < wanted; n++) {
      for (let j = 0; j < d; j++) sum[j] = (sum[j] as number) + random.normal();
      sum[0] = (sum[0] as number) + SIGNAL_TO_NOISE;
    }
    const square = sum.reduce((total, component) => total + component * component, 0);
    return (sum[0] as number) / Math.sqrt(square);
  });
}

/** Noise averaging in several dimensions: theory and drawn gradients. */
export function figure2a({ seed }: TrialContext, seeds = SEEDS): Figure {
  const grid = countsUpTo(MOST_EXAMPLES);
  const { panels, points } = withBands([
    {
      title: '',
      x: EXAMPLES,
      y: ALIGNMENT,
      series: DIMENSIONS.map(({ d }) => ({
        name: `d = ${d}`,
        x: grid,
        y: grid.map((n) => alignment(d, Math.sqrt(n) * SIGNAL_TO_NOISE)),
      })),
      measured: DIMENSIONS.map(({ d, drawn }) => ({
        name: `d = ${d}, measured`,
        pointsOf: `d = ${d}`,
        x: drawn,
        samples: overSeeds(seed, `figure/2a/d=${d}`, seeds, (random) => [cosines(d, drawn, random)])[0] ?? [],
        lowest: -1,
      })),
    },
  ]);
  return {
    id: '2a',
    title: 'Noise averaging in d dimensions',
    caption:
      'Mean cosine between the sum of n noisy gradients and their common noise-free gradient s, with independent normal ' +
      `noise of standard deviation σ per component and |s|/σ = ${SIGNAL_TO_NOISE}. Lines: the exact alignment ` +
      `A_d(√n |s|/σ), a formula of ours. ${pointsText(seeds, points)} A seed draws every gradient, and more are added ` +
      'from point to point, so that points of one dimension share their first draws; in 100 dimensions up to 100 examples are drawn.',
    panels,
  };
}
