import { comparedMethods, runtimeFigure } from '../claims/runtime-figure.ts';
import type { Facts } from '../core/claim.ts';
import type { Figure, Series } from '../core/figure.ts';
import { bandOfSteps } from '../verdicts/band.ts';
import { dkwBand } from '../verdicts/dkw-band.ts';
import type { Estimate } from '../verdicts/estimate.ts';
import type { Averaging, PredictedAveraging } from './averaging.ts';
import type { Probes } from './diagnosis.ts';
import { EACH } from './gradient-probe.ts';
import type { GrowthProbe } from './growth-probe.ts';
import type { LandscapeProbe } from './landscape-probe.ts';

/** @param problems  of a training, with whose `facts` the last figure is drawn */
export function diagnosisFigures(
  problem: string,
  { landscape, averaging, growth }: Probes,
  facts: readonly Facts[],
  problems: number,
): readonly Figure[] {
  return [
    landscapeFigure(problem, landscape),
    ...(averaging === undefined ? [] : [alignmentFigure(problem, averaging)]),
    ...(growth === undefined ? [] : [growthFigure(problem, growth)]),
    runtimeFigure(
      {
        id: 'diagnosis-runtime',
        title: `${problem}: evaluations until solved`,
        what: `${problems} problems per training.`,
        methods: comparedMethods(problems),
      },
      facts,
    ),
  ];
}

function landscapeFigure(problem: string, { shown, distances, basins }: LandscapeProbe): Figure {
  const ends = [...new Set([0, ...basins])].toSorted((a, b) => a - b);
  const within = ends.map((end) => basins.filter((basin) => basin <= end).length / basins.length);
  return {
    id: 'diagnosis-landscape',
    title: `${problem}: the loss around hidden solutions`,
    caption:
      'Left: the loss along random rays from the hidden solution, one per instance, each relative to its largest value. ' +
      `Right: share of ${basins.length} rays on which the loss keeps rising no further than this; shaded: simultaneous 95 % band ` +
      '(DKW inequality). A step at the right end is rays on which it rises all along.',
    panels: [
      {
        title: 'loss along rays',
        x: { label: 'distance from the solution / median distance of the start', scale: 'linear' },
        y: { label: 'loss / largest on the ray', scale: 'linear' },
        series: shown.map((losses, k) => ({ name: `ray ${k + 1}`, x: distances, y: losses })),
        references: [{ axis: 'x', value: 1, label: 'start' }],
      },
      {
        title: 'where basins end',
        x: { label: 'end of the basin / median distance of the start', scale: 'linear' },
        y: { label: 'share of rays', scale: 'linear' },
        series: [
          { name: 'basin', x: ends, y: within, ...bandOfSteps(dkwBand(within, basins.length, EACH)), steps: true },
        ],
      },
    ],
  };
}

function alignmentFigure(problem: string, { measured, predicted, predictedCoupled, coupling }: Averaging): Figure {
  const theory = (name: string, points: readonly PredictedAveraging[]): Series =>
    estimatedSeries(
      name,
      points.map(({ n }) => n),
      points,
    );
  const averaged = measured.map(({ k }) => k);
  return {
    id: 'diagnosis-alignment',
    title: `${problem}: alignment of averaged gradients`,
    caption:
      'Mean cosine between the mean of n gradients at the start and the way to the hidden solution, each gradient in the frame ' +
      'of its own solution. Theory (noise averaging, zero gradients, coupling) from the share of zero gradients and the mean ' +
      'cosine of the others, its band from the ends of their 95 % intervals; it supposes that noise is independent, of equal size ' +
      'and Gaussian. Measured: disjoint groups of independent instances, 95 % intervals; votes are gradients that were ' +
      'normalized first. Where measurement lies below theory, noise does not average out.',
    panels: [
      {
        title: 'alignment of the mean of n gradients',
        x: { label: 'examples n', scale: 'log' },
        y: { label: 'mean cosine with the way to the solution', scale: 'linear' },
        series: [
          theory('theory, examples treated alike', predicted),
          theory(`theory, coupling ρ = ${coupling.toFixed(2)} of the network`, predictedCoupled),
          {
            ...estimatedSeries(
              'measured, losses',
              averaged,
              measured.map(({ losses }) => losses),
            ),
            pointsOf: 'theory, examples treated alike',
          },
          estimatedSeries(
            'measured, votes',
            averaged,
            measured.map(({ votes }) => votes),
          ),
        ],
        references: [{ axis: 'y', value: 0, label: 'no direction' }],
      },
    ],
  };
}

function growthFigure(problem: string, { horizons, sensitivity, rate, law }: GrowthProbe): Figure {
  return {
    id: 'diagnosis-horizon',
    title: `${problem}: gradients against the horizon`,
    caption:
      'Median over instances of |Jᵀv| at the start, v standard normal, in units of the unknowns; 95 % intervals of the median. ' +
      `The ${law} law fits better; exponential rate ${rate.value.toPrecision(3)} per unit of the horizon.`,
    panels: [
      {
        title: 'sensitivity of the output',
        x: { label: 'horizon', scale: 'linear' },
        y: { label: 'median |Jᵀv|', scale: 'log' },
        series: [estimatedSeries('median', horizons, sensitivity)],
      },
    ],
  };
}

/** Numbers with their intervals; a bound that is infinite is none. */
function estimatedSeries(
  name: string,
  x: readonly number[],
  points: readonly Pick<Estimate, 'value' | 'low' | 'high'>[],
): Series {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    name,
    x,
    y: points.map(({ value }) => value),
    low: points.map(({ low }) => finite(low)),
    high: points.map(({ high }) => finite(high)),
  };
}
