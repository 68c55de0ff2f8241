import type { Facts, TrialSource } from '../../core/claim.ts';
import type { Task } from '../../core/problem.ts';
import { childSeed } from '../../core/random.ts';
import type { RunRow } from '../../core/solver.ts';
import { flowProblem } from '../../simulators/flow-problem.ts';
import { run } from '../../solvers/run.ts';
import { fractionOf, runEach } from '../run-comparison.ts';
import { guesses } from './gradient-trials.ts';
import { flowSettings, localBfgs, multiStartFromPrior, SOLVED_LOSS } from './methods.ts';

/** Simulator evaluations per problem of the multi-start that stands beside BFGS. */
export const RESTART_EVALUATIONS = 300;

/** One trial per problem with one vortex: BFGS from the start, and multi-start BFGS. */
export const vortexProblems: TrialSource = {
  id: 'flow.vortex-problems',
  unit: 'problem',
  what: `one flow with an unknown vortex: BFGS, multi-start BFGS (${RESTART_EVALUATIONS} evaluations)`,
  chunk: 16,
  meanings: {
    bfgsLoss: { label: 'loss, BFGS', unit: 'loss' },
    bfgsSolved: fractionOf('solved, BFGS (loss below 1e-6)'),
    restartsLoss: { label: 'loss, multi-start BFGS', unit: 'loss' },
    restartsSolved: fractionOf('solved, multi-start BFGS'),
  },
  run: async (context, first, count) => {
    const problem = flowProblem(flowSettings.vortex);
    const { task } = problem.draw(count, childSeed(context.seed, 'flow.vortex-problems'), first);
    const local = run(problem, localBfgs(), task, 0).rows;
    const restarts = runEach(problem, multiStartFromPrior('vortex', RESTART_EVALUATIONS), task, (b) =>
      childSeed(context.seed, 'flow.vortex-problems/solver', first + b),
    );
    return local.map((row, b): Facts => ({ ...facts('bfgs', row), ...facts('restarts', restarts[b] as RunRow) }));
  },
};

const facts = (name: string, { loss }: RunRow): Facts => ({
  [`${name}Loss`]: loss,
  [`${name}Solved`]: loss < SOLVED_LOSS ? 1 : 0,
});

/** One trial per problem with 24 waves: BFGS from small waves, and from a guess that the prior gives. */
export const wavesProblems: TrialSource = {
  id: 'flow.waves-problems',
  unit: 'problem',
  what: 'one flow with 24 unknown waves: BFGS from small waves, and from a guess of the prior',
  chunk: 4,
  meanings: {
    bfgsLoss: { label: 'loss, BFGS from small waves', unit: 'loss' },
    bfgsSolved: fractionOf('solved, BFGS from small waves (loss below 1e-6)'),
    guessLoss: { label: 'loss, BFGS from a guess', unit: 'loss' },
    guessSolved: fractionOf('solved, BFGS from a guess'),
  },
  run: async (context, first, count) => {
    const problem = flowProblem(flowSettings.waves);
    const { task } = problem.draw(count, childSeed(context.seed, 'flow.waves-problems'), first);
    const guessed: Task = { ...task, start: guesses('waves', count, context.seed, first) };
    const local = run(problem, localBfgs(), task, 0).rows;
    const fromGuess = run(problem, localBfgs(), guessed, 0).rows;
    return local.map((row, b): Facts => ({ ...facts('bfgs', row), ...facts('guess', fromGuess[b] as RunRow) }));
  },
};
