import type { FactMeaning, Facts, TrialSource } from '../../core/claim.ts';
import type { InverseProblem, Task } from '../../core/problem.ts';
import { childSeed } from '../../core/random.ts';
import type { RunRow } from '../../core/solver.ts';
import type { KuramotoSivashinskySettingName } from '../../simulators/kuramoto-sivashinsky-problem.ts';
import { run } from '../../solvers/run.ts';
import { runEach } from '../run-comparison.ts';
import {
  DESCENT_ITERATIONS,
  localBfgs,
  multiStartFromPrior,
  plainAdam,
  plainDescent,
  problemsOf,
  SOLVED_LOSS,
} from './methods.ts';

/** Simulator evaluations per problem of the multi-start that stands beside BFGS. */
const RESTART_EVALUATIONS = 100;

type SeedOfRow = (row: number) => number;
type Solved = (problem: InverseProblem, task: Task, seedOf: SeedOfRow) => Readonly<Record<string, readonly RunRow[]>>;

/** One trial per problem of the setting: loss of each named method, and whether it solves the problem. */
function problemTrials(
  id: string,
  setting: KuramotoSivashinskySettingName,
  chunk: number,
  names: Readonly<Record<string, string>>,
  solve: Solved,
): TrialSource {
  const what = Object.values(names).join(', ');
  return {
    id,
    unit: 'problem',
    what: `one Kuramoto-Sivashinsky problem (setting ${setting}): ${what}`,
    chunk,
    meanings: meaningsOf(names),
    run: async (context, first, count) => {
      const { exact } = problemsOf(setting);
      const { task } = exact.draw(count, childSeed(context.seed, id), first);
      const runs = solve(exact, task, (b) => childSeed(context.seed, `${id}/solver`, first + b));
      return Array.from({ length: count }, (_, b): Facts => {
        const facts: Record<string, number> = {};
        for (const [name, rows] of Object.entries(runs)) {
          const { loss } = rows[b] as RunRow;
          facts[`${name}Loss`] = loss;
          facts[`${name}Solved`] = loss < SOLVED_LOSS ? 1 : 0;
        }
        return facts;
      });
    },
  };
}

function meaningsOf(names: Readonly<Record<string, string>>): Readonly<Record<string, FactMeaning>> {
  const meanings: Record<string, FactMeaning> = {};
  for (const [name, label] of Object.entries(names)) {
    meanings[`${name}Loss`] = { label: `loss, ${label}`, unit: 'loss' };
    meanings[`${name}Solved`] = { label: `solved, ${label} (loss below 1e-6)`, unit: '1' };
  }
  return meanings;
}

const RESTARTS = `multi-start BFGS (${RESTART_EVALUATIONS} evaluations)`;

/** BFGS from (0, 1). */
export function bfgsTrials(setting: KuramotoSivashinskySettingName): TrialSource {
  return problemTrials(`ks.bfgs-${setting}`, setting, 64, { bfgs: 'BFGS' }, (problem, task) => ({
    bfgs: run(problem, localBfgs(), task, 0).rows,
  }));
}

/** Multi-start BFGS from the same start. */
export const restartTrials: TrialSource = problemTrials(
  'ks.restarts-A',
  'A',
  32,
  { restarts: RESTARTS },
  (problem, task, seedOf) => ({
    restarts: runEach(problem, multiStartFromPrior(RESTART_EVALUATIONS), task, seedOf),
  }),
);

/** Gradient descent and Adam on each problem, BFGS from the same start, and multi-start BFGS. */
export const descentTrials: TrialSource = problemTrials(
  'ks.descent-A',
  'A',
  16,
  {
    bfgs: 'BFGS',
    descent: `gradient descent (${DESCENT_ITERATIONS} steps)`,
    adam: `Adam (${DESCENT_ITERATIONS} steps)`,
    restarts: RESTARTS,
  },
  (problem, task, seedOf) => ({
    bfgs: run(problem, localBfgs(), task, 0).rows,
    descent: run(problem, plainDescent(), task, 0).rows,
    adam: run(problem, plainAdam(), task, 0).rows,
    restarts: runEach(problem, multiStartFromPrior(RESTART_EVALUATIONS), task, seedOf),
  }),
);
