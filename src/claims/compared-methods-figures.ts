import type { Figure, Series } from '../core/figure.ts';
import type { Run } from '../core/solver.ts';
import { looks, meanBestLoss, sharesOfBest } from './learning-curves.ts';
import { share } from './run-comparison.ts';

/** One training and every other method on the same problems. */
export interface ComparedMethods {
  /** With snapshots at `looks(iterations)`. */
  readonly joint: Run;
  readonly refined: Run;
  /** BFGS from the start, which is among the others. */
  readonly local: Run;
  readonly others: readonly (readonly [name: string, result: Run])[];
}

/** What the figures of one experiment say. */
export interface ComparedExperiment {
  readonly name: string;
  /** Steps of the training, and evaluations per problem of the other methods. */
  readonly iterations: number;
  /** Below it a problem is solved; better by more than it is better. */
  readonly solvedLoss: number;
  readonly curves: ShownFigure;
  readonly better: ShownFigure;
  readonly losses: ShownFigure;
}

interface ShownFigure {
  readonly id: string;
  readonly caption: string;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean losses over evaluations, share of problems better than BFGS over iterations, and final losses. */
export function comparedMethodsFigures(experiment: ComparedExperiment, compared: ComparedMethods): readonly Figure[] {
  return [
    optimizationCurves(experiment, compared),
    betterOverIterations(experiment, compared),
    lossDistribution(experiment, compared),
  ];
}

function optimizationCurves(
  { name, iterations, curves }: ComparedExperiment,
  { joint, others }: ComparedMethods,
): Figure {
  const later = joint.snapshots.filter(({ label }) => label > 0);
  const grid = looks(iterations).filter((step) => step > 0);
  return {
    id: curves.id,
    title: `${name}: optimization curves`,
    caption: curves.caption,
    panels: [
      {
        title: '',
        x: { label: 'simulator evaluations per problem', scale: 'log' },
        y: { label: 'mean loss', scale: 'log' },
        series: [
          { name: 'JPO', x: later.map(({ label }) => label), y: later.map(({ losses }) => mean(losses)) },
          ...others.map(([method, result]): Series => ({ name: method, x: grid, y: meanBestLoss(result, grid) })),
        ],
      },
    ],
  };
}

function betterOverIterations(
  { name, iterations, solvedLoss, better }: ComparedExperiment,
  { joint, local, others }: ComparedMethods,
): Figure {
  const isBetter = (loss: number, row: number): boolean =>
    loss < (local.rows[row]?.loss ?? Number.NEGATIVE_INFINITY) - solvedLoss;
  const steps = looks(iterations).filter((step) => step > 0);
  const descents = others.filter(([, result]) => result !== local);
  return {
    id: better.id,
    title: `${name}: better than BFGS over the iterations`,
    caption: better.caption,
    panels: [
      {
        title: '',
        x: { label: 'iterations', scale: 'log' },
        y: { label: 'share of problems', scale: 'linear' },
        series: [
          {
            name: 'JPO',
            x: joint.snapshots.map(({ label }) => Math.max(label, 0.5)),
            y: joint.snapshots.map(({ losses }) => share(losses, isBetter)),
          },
          ...descents.map(
            ([method, result]): Series => ({ name: method, x: steps, y: sharesOfBest(result, steps, isBetter) }),
          ),
        ],
        references: [
          { axis: 'y', value: share(local.rows, ({ loss }) => !(loss < solvedLoss)), label: 'unsolved by BFGS' },
        ],
      },
    ],
  };
}

/** Losses below it are drawn there: the digits of a solved problem mean nothing. */
const SMALLEST_LOSS = 1e-12;

function lossDistribution(
  { name, solvedLoss, losses }: ComparedExperiment,
  { joint, refined, others }: ComparedMethods,
): Figure {
  const distribution = ([method, { rows }]: readonly [string, Run]): Series => {
    const sorted = rows.map(({ loss }) => Math.max(loss, SMALLEST_LOSS)).sort((a, b) => a - b);
    const finite = sorted.filter(Number.isFinite);
    return { name: method, x: finite, y: finite.map((_, i) => (i + 1) / sorted.length) };
  };
  return {
    id: losses.id,
    title: `${name}: distribution of final losses`,
    caption: losses.caption,
    panels: [
      {
        title: '',
        x: { label: 'final loss', scale: 'log' },
        y: { label: 'share of problems', scale: 'linear' },
        series: ([['JPO', joint], ['JPO + refinement', refined], ...others] as const).map(distribution),
        references: [{ axis: 'x', value: solvedLoss, label: 'solved' }],
      },
    ],
  };
}
