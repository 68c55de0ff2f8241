import { stuckFraction, zeroGradientAlignment } from '../../../theory/zero-gradients.ts';
import type { TrialContext } from '../../core/claim.ts';
import type { Figure } from '../../core/figure.ts';
import type { Random } from '../../core/random.ts';
import { ALIGNMENT, type MeasuredPanel, overSeeds, pointsText, SEEDS, withBands } from './measured-points.ts';

const D = 2;
const SIGNAL_TO_NOISE = 0.5;
const EXAMPLES = [1, 4, 16, 64] as const;
const RING = 16;
/** Examples coupled to each example of the ring, itself included. */
const COUPLINGS = [
  { name: 'uncoupled', degree: 1 },
  { name: '5 coupled', degree: 5 },
  { name: `all ${RING} coupled`, degree: RING },
] as const;
const DRAWN = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95] as const;
const MISSES = { label: 'probability q of a zero gradient', scale: 'linear' } as const;
const GRID = Array.from({ length: 99 }, (_, k) => k / 100);

/** Cosine to the signal of a sum of n gradients that are zero with probability q; 0 where all are. */
function cosine(n: number, q: number, random: Random): number {
  const step = new Array<number>(D).fill(0);
  let hits = 0;
  for (let i = 0; i < n; i++) {
    if (random.uniform() < q) continue;
    hits++;
    for (let j = 0; j < D; j++) step[j] = (step[j] as number) + (j === 0 ? SIGNAL_TO_NOISE : 0) + random.normal();
  }
  return hits === 0 ? 0 : (step[0] as number) / Math.hypot(...step);
}

/** Fraction of the ring that has no gradient and no neighbor with one. */
function stuck(degree: number, q: number, random: Random): number {
  const hits = Array.from({ length: RING }, () => random.uniform() >= q);
  const still = hits.filter((_, i) => {
    for (let k = 0; k < degree; k++) if (hits[(i + k) % RING] === true) return false;
    return true;
  });
  return still.length / RING;
}

function alignmentPanel(seed: number, seeds: number): MeasuredPanel {
  const name = (n: number): string => (n === 1 ? 'one example' : `n = ${n}`);
  return {
    title: 'alignment of the summed step',
    x: MISSES,
    y: ALIGNMENT,
    series: EXAMPLES.map((n) => ({
      name: name(n),
      x: GRID,
      y: GRID.map((q) => zeroGradientAlignment({ n, q, d: D, mu: SIGNAL_TO_NOISE })),
    })),
    measured: EXAMPLES.map((n) => ({
      name: `${name(n)}, measured`,
      pointsOf: name(n),
      x: DRAWN,
      samples:
        overSeeds(seed, `figure/zero-gradients/n=${n}`, seeds, (random) => [
          DRAWN.map((q) => cosine(n, q, random)),
        ])[0] ?? [],
      lowest: -1,
    })),
  };
}

function stuckPanel(seed: number, seeds: number): MeasuredPanel {
  return {
    title: `examples that never move, of ${RING}`,
    x: MISSES,
    y: { label: 'fraction stuck', scale: 'linear' },
    series: COUPLINGS.map(({ name, degree }) => ({
      name,
      x: GRID,
      y: GRID.map((q) => stuckFraction(q, new Array<number>(RING).fill(degree))),
    })),
    measured: COUPLINGS.map(({ name, degree }) => ({
      name: `${name}, measured`,
      pointsOf: name,
      x: DRAWN,
      samples:
        overSeeds(seed, `figure/stuck/degree=${degree}`, seeds, (random) => [
          DRAWN.map((q) => stuck(degree, q, random)),
        ])[0] ?? [],
      lowest: 0,
    })),
  };
}

/** Zero gradients: what they cost the alignment, and how many examples coupling sets free. */
export function zeroGradientFigure({ seed }: TrialContext, seeds = SEEDS): Figure {
  const { panels, points } = withBands([alignmentPanel(seed, seeds), stuckPanel(seed, seeds)]);
  return {
    id: 'theory-zero-gradients',
    title: 'Zero gradients',
    caption:
      'Each example has zero gradient and zero noise with probability q, independently. Left: mean cosine between the sum of n ' +
      `gradients and their signal in ${D} dimensions, |s|/σ = ${SIGNAL_TO_NOISE} for those that are not zero; nothing counts 0. ` +
      `Right: expected fraction of ${RING} examples on a ring that never move, where each is coupled to that many of them, itself ` +
      `included. Lines: exact formulas of ours. ${pointsText(seeds, points)} Joint training pays for zero gradients with less ` +
      'averaging, independent optimization with examples that are stuck.',
    panels,
  };
}
