import { row } from '../../core/batch.ts';
import type { FactMeaning, Facts, TrialSource } from '../../core/claim.ts';
import type { Task } from '../../core/problem.ts';
import { childSeed } from '../../core/random.ts';
import type { RunRow, Solver } from '../../core/solver.ts';
import { billiardsProblem } from '../../simulators/billiards-problem.ts';
import { adam } from '../../solvers/adam.ts';
import { gradientDescent } from '../../solvers/gradient-descent.ts';
import { run } from '../../solvers/run.ts';
import { runEach } from '../run-comparison.ts';
import { SOLVED_LOSS } from './comparison.ts';
import { localBfgs, multiStartShots } from './methods.ts';

/** Steps of the methods without a stop rule. */
export const DESCENT_ITERATIONS = 1000;

/** Gradient descent on one problem, as the claims run it. */
export const plainDescent = (): Solver => gradientDescent({ learningRate: 0.1, iterations: DESCENT_ITERATIONS });
/** Adam on one problem, as the claims run it. */
export const plainAdam = (): Solver => adam({ learningRate: 0.01, iterations: DESCENT_ITERATIONS });

/** Simulator evaluations per problem of the multi-start that stands beside BFGS. */
const RESTART_EVALUATIONS = 60;

const problem = billiardsProblem('single');

type Solved = (task: Task, seedOf: (b: number) => number) => Readonly<Record<string, readonly RunRow[]>>;

/** One trial per problem: what the named methods reach from the start, and whether it hits. */
function problemTrials(id: string, what: string, names: Readonly<Record<string, string>>, solve: Solved): TrialSource {
  return {
    id,
    unit: 'problem',
    what: `one billiards problem (single): ${what}`,
    chunk: 128,
    meanings: meaningsOf(names),
    run: async (context, first, count) => {
      const { task } = problem.draw(count, childSeed(context.seed, id), first);
      const { simulator, misfit } = problem;
      const events = simulator.shotEvents(task.start, task.identifiers);
      const before = misfit.evaluate(simulator.forward(task.start, task.identifiers), task.observed).value;
      const runs = solve(task, (b) => childSeed(context.seed, `${id}/solver`, first + b));
      return Array.from({ length: count }, (_, b): Facts => {
        const facts: Record<string, number> = { startMisses: events[b] === 'miss' ? 1 : 0 };
        const start = row(task.start, b);
        for (const [name, rows] of Object.entries(runs)) {
          const { x, loss } = rows[b] as RunRow;
          facts[`${name}Loss`] = loss;
          facts[`${name}Solved`] = loss < SOLVED_LOSS ? 1 : 0;
          facts[`${name}Stuck`] = loss === before[b] && x.every((value, j) => value === start[j]) ? 1 : 0;
        }
        return facts;
      });
    },
  };
}

function meaningsOf(names: Readonly<Record<string, string>>): Readonly<Record<string, FactMeaning>> {
  const meanings: Record<string, FactMeaning> = { startMisses: { label: 'the start misses', unit: '1' } };
  for (const [name, label] of Object.entries(names)) {
    meanings[`${name}Loss`] = { label: `loss, ${label}`, unit: 'loss' };
    meanings[`${name}Solved`] = { label: `solved, ${label} (loss below 1e-4)`, unit: '1' };
    meanings[`${name}Stuck`] = { label: `returned the start, ${label}`, unit: '1' };
  }
  return meanings;
}

/** BFGS from the start, and multi-start BFGS. */
export const bfgsProblems: TrialSource = problemTrials(
  'billiards.bfgs',
  `BFGS from the start, and multi-start BFGS with ${RESTART_EVALUATIONS} evaluations`,
  { bfgs: 'BFGS', restarts: `multi-start BFGS, ${RESTART_EVALUATIONS} evaluations` },
  (task, seedOf) => ({
    bfgs: run(problem, localBfgs(), task, 0).rows,
    restarts: runEach(problem, multiStartShots('single', RESTART_EVALUATIONS), task, seedOf),
  }),
);

/** Gradient descent and Adam on each problem beside BFGS from the same start, and multi-start BFGS. */
export const descentProblems: TrialSource = problemTrials(
  'billiards.descent',
  `gradient descent and Adam (${DESCENT_ITERATIONS} steps), BFGS, and multi-start BFGS (${RESTART_EVALUATIONS} evaluations)`,
  {
    bfgs: 'BFGS',
    descent: 'gradient descent',
    adam: 'Adam',
    restarts: `multi-start BFGS, ${RESTART_EVALUATIONS} evaluations`,
  },
  (task, seedOf) => ({
    bfgs: run(problem, localBfgs(), task, 0).rows,
    descent: run(problem, plainDescent(), task, 0).rows,
    adam: run(problem, plainAdam(), task, 0).rows,
    restarts: runEach(problem, multiStartShots('single', RESTART_EVALUATIONS), task, seedOf),
  }),
);
