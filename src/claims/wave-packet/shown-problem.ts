import { batchOfRows, row } from '../../core/batch.ts';
import type { Figure } from '../../core/figure.ts';
import type { InverseProblem, Reference, Task } from '../../core/problem.ts';
import type { Run } from '../../core/solver.ts';
import { SOLVED_TOLERANCE } from './comparison.ts';

/** The answers whose packets are shown. */
export interface ShownAnswers {
  readonly joint: Run;
  readonly local: Run;
}

/**
 * One problem of a training: its noisy observation, the packet at the true position, and the packets at the answers of BFGS
 * and of the network. It is the first one that BFGS does not solve, or the first of all.
 */
export function shownProblemFigure(
  { simulator }: InverseProblem,
  task: Task,
  reference: Reference,
  { joint, local }: ShownAnswers,
): Figure {
  const globalLoss = reference.globalLoss as Float64Array;
  const unsolved = local.rows.findIndex(({ loss }, b) => loss > (globalLoss[b] as number) + SOLVED_TOLERANCE);
  const b = Math.max(0, unsolved);
  const [start, truth] = [row(task.start, b), row(reference.truth, b)];
  const [bfgs, network] = [local.rows[b]?.x ?? [], joint.rows[b]?.x ?? []];
  const positions = batchOfRows([truth, bfgs, network]);
  const packets = simulator.forward(positions, batchOfRows([[], [], []], 0));
  const samples = Array.from({ length: packets.cols }, (_, i) => i);
  const at = (x: ArrayLike<number>): string => (x[0] as number).toFixed(1);
  const panel = (title: string, lines: readonly (readonly [string, ArrayLike<number>])[]) => ({
    title,
    x: { label: 'sample', scale: 'linear' } as const,
    y: { label: 'y', scale: 'linear' } as const,
    series: lines.map(([name, y]) => ({ name, x: samples, y: Array.from(y) })),
  });
  return {
    id: '3a',
    title: 'Wave packet: one of the problems',
    caption:
      `Setting B: a packet of unknown position, observed with noise (left, with the packet at the true position ${at(truth)}). ` +
      `BFGS from the center of the prior, ${at(start)}, ends at ${at(bfgs)}, where carrier waves match and envelopes do not: loss ` +
      `${lossText(local, b)}. The network that was trained on all the problems together answers ${at(network)}: loss ` +
      `${lossText(joint, b)}; the global minimum is at ${(globalLoss[b] as number).toFixed(2)}. Shown is the first problem of ` +
      'the training of Figures 3c and 3d that BFGS does not solve.',
    panels: [
      panel('observation', [
        ['observed', row(task.observed, b)],
        ['truth', row(packets, 0)],
      ]),
      panel('answers', [
        ['truth', row(packets, 0)],
        ['BFGS', row(packets, 1)],
        ['JPO', row(packets, 2)],
      ]),
    ],
  };
}

function lossText({ rows }: Run, b: number): string {
  return (rows[b]?.loss ?? Number.NaN).toFixed(2);
}
