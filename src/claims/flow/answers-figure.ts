import { row } from '../../core/batch.ts';
import type { Figure } from '../../core/figure.ts';
import type { InverseProblem } from '../../core/problem.ts';
import type { Run } from '../../core/solver.ts';
import type { FlowSimulator } from '../../simulators/incompressible-flow.ts';
import type { ComparedMethods } from '../compared-methods-figures.ts';
import { endsOf } from './field-figure.ts';
import { fieldPanel, shadeOf } from './field-panel.ts';
import { SOLVED_LOSS } from './methods.ts';

/** The vorticity that each method takes for the hidden one, on the first problem that refinement leaves unsolved. */
export function answersFigure(
  { simulator }: { readonly simulator: FlowSimulator },
  { task, reference }: ReturnType<InverseProblem['draw']>,
  { joint, refined, local }: ComparedMethods,
): Figure {
  const unsolved = refined.rows.findIndex(({ loss }) => !(loss < SOLVED_LOSS));
  const index = Math.max(unsolved, 0);
  const ends = (x: ArrayLike<number>) => endsOf(simulator, x, row(task.identifiers, index));
  const shown = [
    { name: 'true', ...ends(row(reference.truth, index)) },
    { name: 'JPO + refinement', ...ends(answerOf(refined, index)) },
    { name: 'BFGS', ...ends(answerOf(local, index)) },
  ];
  const vorticity = shadeOf(
    'ω',
    shown.map(({ before }) => before.vorticity),
  );
  const marker = shadeOf(
    'm',
    shown.map(({ after }) => after.marker),
  );
  const losses = (
    [
      ['JPO', joint],
      ['JPO + refinement', refined],
      ['BFGS', local],
    ] as const
  ).map(([name, { rows }]) => `${name} ${(rows[index]?.loss ?? Number.NaN).toExponential(1)}`);
  return {
    id: 'flow-answers',
    title: 'Incompressible flow: true and found',
    caption:
      `One of the same problems with 24 waves, ${unsolved < 0 ? 'the first: refinement solves them all' : 'the first that the refined network leaves unsolved'}. ` +
      'Above: the initial vorticity that is sought, and those that are found. Below: the markers at T = 4 that these lead to; the first is ' +
      `observed. Losses: ${losses.join(', ')}. Markers that look alike come from vorticities that do not.`,
    panels: [
      ...shown.map(({ name, before }) => fieldPanel(`ω at t = 0: ${name}`, before.vorticity, vorticity)),
      ...shown.map(({ name, after }) => fieldPanel(`m at T: ${name}`, after.marker, marker)),
    ],
  };
}

const answerOf = ({ rows }: Run, index: number): readonly number[] => rows[index]?.x ?? [];
