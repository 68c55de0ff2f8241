import { kuramotoSivashinskyProblem } from '../src/simulators/kuramoto-sivashinsky-problem.ts';
import { rowEvaluator } from '../src/solvers/evaluate-rows.ts';

const problem = kuramotoSivashinskyProblem('A');
const { task } = problem.draw(256, 1);
const evaluate = rowEvaluator(problem, task);
const rows = Int32Array.from({ length: 256 }, (_, b) => b);

/** Losses and gradients of 256 trajectories of setting A, as many times as it is asked for. */
export default function work(calls: number): void {
  for (let call = 0; call < calls; call++) evaluate(task.start, rows, 'gradient');
}
