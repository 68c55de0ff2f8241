import type { Figure } from '../../core/figure.ts';
import type { FigureSource } from '../figure-source.ts';

const SHOTS = 40;
const STEPS = [15, 60, 120, 240, 480, 960] as const;

/**
 * Medians over the oblique shots of `fixtures/phiflow-billiards.json`, made with PhiFlow 3.4.0 (commit 872597e), PhiML 1.15.1
 * (commit 48a1030) and torch 1.13.0: errors of the end position, and relative distances of the gradient of |p − y*|² from
 * the exact one and from the one with the instant of the detection held fixed. Three digits.
 */
const measured = {
  endError: [0.327, 0.037, 0.0146, 0.00927, 0.00658, 0.00401],
  gradientError: [1, 0.601, 0.447, 0.432, 0.416, 0.416],
  distanceFromFrozen: [1, 0.185, 0.0611, 0.0359, 0.0249, 0.0143],
} as const;
/** Median relative distance between the two gradients that need no time step. */
const FROZEN_FROM_EXACT = 0.411;

function comparison(): Figure {
  const x = { label: 'time steps up to the horizon', scale: 'log' } as const;
  return {
    id: 'billiards-phiflow',
    title: 'Billiards: time steps beside exact impacts',
    caption:
      `${SHOTS} oblique shots that hit, by the step function of the public billiards example of PhiFlow 3.4.0 (time steps, ` +
      'float64, gradients by automatic differentiation) beside our exact impacts: medians, recorded once, not judged. ' +
      'Head-on both agree to 4e-14 for every number of steps. On oblique shots the end positions converge with order one, ' +
      'the gradients of |p − y*|² in the velocity do not converge to the exact ones: the example takes the line of ' +
      'centers at the first time step that finds the balls overlapping, and which step that is does not change with a small ' +
      'change of the velocity. Its gradients converge to those with the instant of that detection held fixed, which are ' +
      `${Math.round(100 * FROZEN_FROM_EXACT)} % off in the median.`,
    panels: [
      {
        title: 'End position',
        x,
        y: { label: 'distance from the exact one [table unit]', scale: 'log' },
        series: [{ name: 'time steps', x: STEPS, y: measured.endError }],
      },
      {
        title: 'Gradient',
        x,
        y: { label: 'relative distance', scale: 'log' },
        series: [
          { name: 'from the exact gradient', x: STEPS, y: measured.gradientError },
          { name: 'from the one with the detection held fixed', x: STEPS, y: measured.distanceFromFrozen },
        ],
        references: [{ axis: 'y', value: FROZEN_FROM_EXACT, label: 'between the two' }],
      },
    ],
  };
}

/** What differentiating through time steps makes of the gradient of an impact: PhiFlow's public example beside ours. */
export const phiflowComparison: FigureSource = {
  id: 'billiards-phiflow',
  figures: ['billiards-phiflow'],
  beside: ['billiards.adjoint-is-exact', 'billiards.jvp-is-exact'],
  compute: async () => [comparison()],
};
