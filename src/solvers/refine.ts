import type { Task } from '../core/problem.ts';
import { childSeed } from '../core/random.ts';
import type { Answer, Ask, Settings, Solver, Tell } from '../core/solver.ts';
import type { Step } from '../core/step.ts';

/**
 * Two solvers in turn: the second starts from the answer of the first, and its stop reasons are reported.
 *
 * Both spend from the same evaluation budget. Settings are prefixed with `first.` and `second.`; the second solver
 * gets a seed of its own.
 *
 * @example
 * refine(gradientDescent({ learningRate: 0.1, iterations: 10 }), bfgs()).name; // => 'gradient-descent+bfgs'
 */
export function refine(first: Solver, second: Solver): Solver {
  const backend = first.backend ?? second.backend;
  return Object.freeze({
    name: `${first.name}+${second.name}`,
    settings: Object.freeze({ ...prefixed('first', first.settings), ...prefixed('second', second.settings) }),
    ...(backend === undefined ? {} : { backend }),
    *solve(task: Task, seed: number, observe?: (row: number, step: Step) => void): Generator<Ask, Answer, Tell> {
      const { x } = yield* first.solve(task, seed, observe);
      return yield* second.solve({ ...task, start: x }, childSeed(seed, 'refine'), observe);
    },
  });
}

function prefixed(prefix: string, settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [`${prefix}.${name}`, value]));
}
