import { batch, row } from '../../core/batch.ts';
import type { TrialContext } from '../../core/claim.ts';
import type { Figure, Panel } from '../../core/figure.ts';
import {
  kuramotoSivashinskyProblem,
  kuramotoSivashinskySettings,
} from '../../simulators/kuramoto-sivashinsky-problem.ts';
import { rowEvaluator } from '../../solvers/evaluate-rows.ts';
import type { FigureSource } from '../figure-source.ts';
import { localMinima } from './landscape-trials.ts';
import { LOOKED_AT, type ShownProblem, shownProblem } from './shown-problem.ts';
import { trajectoryFigure } from './trajectory-figure.ts';

const HORIZONS = [5, 10, 25, 50] as const;

/** Values of β in [0.5, 1.5]. */
const VALUES = 1001;

/** Loss over β at the true α. */
function lossPanel(shown: ShownProblem, horizon: number): Panel {
  const problem = kuramotoSivashinskyProblem({ ...kuramotoSivashinskySettings.A, horizon });
  const { task } = problem.draw(1, shown.seed, shown.index);
  const betas = Array.from({ length: VALUES }, (_, k) => 0.5 + k / (VALUES - 1));
  const x = batch(VALUES, 2);
  betas.forEach((beta, k) => {
    row(x, k).set([shown.alpha, beta]);
  });
  const losses = rowEvaluator(problem, task)(x, new Int32Array(VALUES), 'value').value;
  const minima = localMinima(losses);
  return {
    title: `T = ${horizon}: ${minima === 1 ? 'one minimum' : `${minima} minima`}`,
    x: { label: 'β', scale: 'linear' },
    y: { label: 'loss L(β)', scale: 'linear' },
    series: [{ name: '', x: betas, y: Array.from(losses, (loss) => Number(loss.toPrecision(5))) }],
    references: [{ axis: 'x', value: shown.beta, label: 'true β' }],
  };
}

/** Loss along β at growing horizons: Figure 5b. */
export function landscapeFigure({ seed }: TrialContext): Figure {
  const shown = shownProblem(seed);
  return {
    id: '5b',
    title: 'Kuramoto-Sivashinsky: the loss along β at growing horizons',
    caption:
      `Mean squared difference from the observed state at time T, over ${VALUES} values of β, with α at its true value ` +
      `${shown.alpha.toFixed(3)}, for the problem of Figure 5a: the same initial state and parameters at each T, setting A at T = 25. ` +
      'Its global minimum 0 stays at the true β, while with T others come beside it and all narrow. Numbers of minima are those of the ' +
      `drawn points, at T = 50 a lower bound. The problem is the one with the weakest forcing of ${LOOKED_AT}; on about half of all problems the forcing ` +
      'holds the flow, and there is one minimum at every T.',
    panels: HORIZONS.map((horizon) => lossPanel(shown, horizon)),
  };
}

/** Claims about what chaos does to the loss, and to those who minimize it. */
const LANDSCAPE_CLAIMS = [
  'ks.minima-multiply',
  'ks.minima-stay-single-where-forced',
  'ks.bfgs-solves-a-minority',
  'ks.no-gain-without-chaos',
] as const;

/** What chaos does to a trajectory, and to the loss. */
export const landscapeFigures: readonly FigureSource[] = [
  {
    id: '5a',
    figures: ['5a'],
    beside: ['ks.lyapunov-exponent', ...LANDSCAPE_CLAIMS],
    compute: async (context) => [trajectoryFigure(context)],
  },
  {
    id: '5b',
    figures: ['5b'],
    beside: LANDSCAPE_CLAIMS,
    compute: async (context) => [landscapeFigure(context)],
  },
];
