import { row } from '../../core/batch.ts';
import type { TrialContext } from '../../core/claim.ts';
import { InverseClaimsError } from '../../core/errors.ts';
import type { Figure } from '../../core/figure.ts';
import { childSeed } from '../../core/random.ts';
import { flowProblem } from '../../simulators/flow-problem.ts';
import type { FlowSnapshot } from '../../simulators/flow-rollout.ts';
import { run } from '../../solvers/run.ts';
import type { FigureSource } from '../figure-source.ts';
import { answers } from '../run-comparison.ts';
import { fieldPanel, shadeOf } from './field-panel.ts';
import { flowSettings, localBfgs, SOLVED_LOSS } from './methods.ts';

/** Problems among which one is looked for that BFGS leaves unsolved. */
const LOOKED_AT = 16;

/** Beginning and end of a flow. */
export interface FlowEnds {
  readonly before: FlowSnapshot;
  readonly after: FlowSnapshot;
}

/** Beginning and end of the flow that given unknowns lead to. */
export function endsOf(
  { trajectory }: ReturnType<typeof flowProblem>['simulator'],
  x: ArrayLike<number>,
  marker: Float64Array,
): FlowEnds {
  const snapshots = trajectory(x, marker);
  return { before: snapshots[0] as FlowSnapshot, after: snapshots.at(-1) as FlowSnapshot };
}

const written = (x: Float64Array): string =>
  `(${Array.from(x, (value) => value.toFixed(2).replace('-', '−')).join(', ')})`;

/** Marker and vorticity of the first problem with one vortex that BFGS leaves unsolved, and what it takes for the answer. */
export function fieldFigure({ seed }: TrialContext): Figure {
  const problem = flowProblem(flowSettings.vortex);
  const { task, reference } = problem.draw(LOOKED_AT, childSeed(seed, 'figure/flow-fields'));
  const local = run(problem, localBfgs(), task, 0);
  const index = local.rows.findIndex(({ loss }) => !(loss < SOLVED_LOSS));
  if (index < 0) throw allSolved();
  const [truth, answer] = [row(reference.truth, index), row(answers(local), index)];
  const [real, found] = [truth, answer].map((x) => endsOf(problem.simulator, x, row(task.identifiers, index))) as [
    FlowEnds,
    FlowEnds,
  ];
  const marker = shadeOf('m', [real.before.marker, real.after.marker, found.after.marker]);
  const vorticity = shadeOf('ω', [real.before.vorticity, real.after.vorticity, found.before.vorticity]);
  return {
    id: 'flow-fields',
    title: 'Incompressible flow: a vortex, and what BFGS takes for it',
    caption:
      `The first of ${LOOKED_AT} problems with one vortex that BFGS leaves unsolved. Above: the marker at t = 0, which is given; at T = 3, which is ` +
      'observed; and at T = 3 from the answer of BFGS. Below: the vorticity that is sought; what it is at T = 3; and the answer. The hidden (x, y, Γ) are ' +
      `${written(truth)}, the answer is ${written(answer)}, its loss ${(local.rows[index]?.loss ?? Number.NaN).toExponential(1)}: a minimum, ` +
      'not the global one, whose loss is 0.',
    panels: [
      fieldPanel('marker before', real.before.marker, marker),
      fieldPanel('marker after, observed', real.after.marker, marker),
      fieldPanel('marker after, by BFGS', found.after.marker, marker),
      fieldPanel('vorticity before', real.before.vorticity, vorticity),
      fieldPanel('vorticity after', real.after.vorticity, vorticity),
      fieldPanel('vorticity before, by BFGS', found.before.vorticity, vorticity),
    ],
  };
}

function allSolved(): InverseClaimsError {
  return new InverseClaimsError('out-of-range', {
    where: 'flow-fields',
    expected: `a problem among ${LOOKED_AT} that BFGS leaves unsolved`,
    received: 'none',
    hint: 'another seed',
  });
}

/** Marker and vorticity before and after, true against found. */
export const flowFields: FigureSource = {
  id: 'flow-fields',
  figures: ['flow-fields'],
  beside: ['flow.bfgs-leaves-vortices-unsolved', 'flow.restarts-find-vortices'],
  compute: async (context) => [fieldFigure(context)],
};
