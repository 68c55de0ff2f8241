import { expect, it } from 'vitest';
import { row } from '../../core/batch.ts';
import type { Run } from '../../core/solver.ts';
import { wavePacketProblem } from '../../simulators/wave-packet-problem.ts';
import { bfgs } from '../../solvers/bfgs.ts';
import { run } from '../../solvers/run.ts';
import { SOLVED_TOLERANCE } from './comparison.ts';
import { shownProblemFigure } from './shown-problem.ts';

const problem = wavePacketProblem('B');
const { task, reference } = problem.draw(12, 5);
const globalLoss = reference.globalLoss as Float64Array;
const local = run(problem, bfgs(), task, 5);
/** A network that knows every position. */
const joint: Run = {
  ...local,
  rows: local.rows.map((one, b) => ({ ...one, x: [...row(reference.truth, b)], loss: globalLoss[b] as number })),
};
const seriesOf = (figure: ReturnType<typeof shownProblemFigure>, panel: number, name: string) =>
  figure.panels[panel]?.series.find((series) => series.name === name)?.y;

it('shows the first problem that BFGS does not solve: what was observed, and the packets at both answers', () => {
  const first = local.rows.findIndex(({ loss }, b) => loss > (globalLoss[b] as number) + SOLVED_TOLERANCE);
  expect(first).toBeGreaterThanOrEqual(0);
  const figure = shownProblemFigure(problem, task, reference, { joint, local });
  expect(seriesOf(figure, 0, 'observed')).toEqual([...row(task.observed, first)]);
  const [truth, atBfgs, atJoint] = ['truth', 'BFGS', 'JPO'].map((name) => seriesOf(figure, 1, name) as number[]);
  expect(atJoint).toEqual(truth);
  // Half the squared distance of a packet from the observation is the loss of its answer.
  const loss = (y: readonly number[] | undefined) =>
    0.5 * (y ?? []).reduce((sum, value, i) => sum + (value - (row(task.observed, first)[i] as number)) ** 2, 0);
  expect(loss(atBfgs)).toBeCloseTo(local.rows[first]?.loss as number, 10);
  expect(figure.caption).toContain(`loss ${local.rows[first]?.loss.toFixed(2)}`);
});

it('shows the first problem where BFGS solves all', () => {
  const figure = shownProblemFigure(problem, task, reference, { joint, local: joint });
  expect(seriesOf(figure, 0, 'observed')).toEqual([...row(task.observed, 0)]);
});
