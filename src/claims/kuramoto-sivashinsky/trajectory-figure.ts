import { batchOfRows, row } from '../../core/batch.ts';
import type { TrialContext } from '../../core/claim.ts';
import type { Figure, Panel } from '../../core/figure.ts';
import {
  kuramotoSivashinskyProblem,
  kuramotoSivashinskySettings,
} from '../../simulators/kuramoto-sivashinsky-problem.ts';
import { LOOKED_AT, shownProblem } from './shown-problem.ts';

/** Time shown, and the time from one column of the picture to the next, two steps. */
const HORIZON = 50;
const INTERVAL = 0.5;

/** What β is larger by in the second trajectory. */
const SHIFT = 0.01;

/** u at x_0 … x_(N−1) every 0.5 time units from 0 to 50, per given β: states[β][time][x]. */
function trajectories(seed: number, shifts: readonly number[]): readonly (readonly (readonly number[])[])[] {
  const shown = shownProblem(seed);
  const setting = { ...kuramotoSivashinskySettings.A, horizon: INTERVAL };
  const { simulator, draw } = kuramotoSivashinskyProblem(setting);
  const start = row(draw(1, shown.seed, shown.index).task.identifiers, 0);
  const parameters = batchOfRows(shifts.map((shift) => [shown.alpha, shown.beta + shift]));
  const states = shifts.map(() => [Array.from(start)]);
  let u = batchOfRows(shifts.map(() => start));
  for (let k = 1; k <= HORIZON / INTERVAL; k++) {
    u = simulator.forward(parameters, u);
    states.forEach((trajectory, b) => {
      trajectory.push(Array.from(row(u, b)));
    });
  }
  return states;
}

/** Digits that a color shows, and more. */
const rounded = (value: number): number => Number(value.toFixed(3));

function panel(title: string, label: string, trajectory: readonly (readonly number[])[], limit: number): Panel {
  const { length, points } = kuramotoSivashinskySettings.A;
  return {
    title,
    x: { label: 'time t', scale: 'linear' },
    y: { label: 'x', scale: 'linear' },
    image: {
      x: trajectory.map((_, k) => k * INTERVAL),
      y: Array.from({ length: points }, (_, j) => (j * length) / points),
      rows: Array.from({ length: points }, (_, j) => trajectory.map((u) => rounded(u[j] as number))),
      color: { label, limit },
    },
    series: [],
  };
}

/** Two trajectories that begin alike, and their difference: Figure 5a. */
export function trajectoryFigure({ seed }: TrialContext): Figure {
  const [truth = [], shifted = []] = trajectories(seed, [0, SHIFT]);
  const difference = truth.map((u, k) => u.map((value, j) => (shifted[k]?.[j] as number) - value));
  const largest = [truth, shifted, difference].flat(2).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const limit = Math.ceil(2 * largest) / 2;
  const { alpha, beta } = shownProblem(seed);
  return {
    id: '5a',
    title: 'Kuramoto-Sivashinsky: a trajectory, and one beside it',
    caption:
      `u(x, t) of a problem of setting A, L = 22, to twice its horizon, at its parameters α = ${alpha.toFixed(3)} and ` +
      `β = ${beta.toFixed(3)}; from the same initial state with β larger by ${SHIFT}; and the second minus the first. Space, time and ` +
      'u without units, the same colors in all three. The difference is pale while the two are alike; color in it is what so small a ' +
      `change has grown to. The problem is the one with the weakest forcing of ${LOOKED_AT}: strong forcing holds the flow, and ` +
      'differences stay small.',
    panels: [
      panel('at the true parameters', 'u', truth, limit),
      panel(`β larger by ${SHIFT}`, 'u', shifted, limit),
      panel('difference', 'Δu', difference, limit),
    ],
  };
}
