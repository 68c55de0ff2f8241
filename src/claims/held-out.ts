import { median } from 'simple-statistics';
import type { Batch } from '../core/batch.ts';
import type { FactMeaning, Facts } from '../core/claim.ts';
import type { InverseProblem, Task } from '../core/problem.ts';
import type { Run, Solver } from '../core/solver.ts';
import { run } from '../solvers/run.ts';
import { fractionOf, share } from './run-comparison.ts';

/** Problems that a network has not seen, and how they are solved without it. */
export interface HeldOutProblems {
  readonly problem: InverseProblem;
  readonly task: Task;
  /** Refines the answers of the network, and solves the problems from their own start. */
  readonly local: Solver;
  readonly seed: number;
  /** Whether a loss solves problem b; an answer that is refined may be judged more strictly than one that is not. */
  solved(loss: number, b: number, refined: boolean): boolean;
}

/**
 * What a trained network is worth on problems that it was not trained on: alone, refined, and beside the local method from
 * the start of each. Losses that are not finite count as +∞.
 *
 * @param predicted  its answers (B, n)
 */
export function heldOutFacts(problems: HeldOutProblems, predicted: Batch): Facts {
  const { problem, task, local, seed, solved } = problems;
  const alone = lossesAt(problem, predicted, task);
  const refined = run(problem, local, { ...task, start: predicted }, seed);
  const single = run(problem, local, task, seed);
  const solvedBy = ({ rows }: Run): number => share(rows, ({ loss }, b) => solved(loss, b, true));
  const medianOf = ({ rows }: Run): number => median(rows.map(({ loss }) => loss));
  return {
    heldOutSolved: share(alone, (loss, b) => solved(loss, b, false)),
    heldOutRefinedSolved: solvedBy(refined),
    heldOutBfgsSolved: solvedBy(single),
    heldOutMedianLoss: median([...alone]),
    heldOutRefinedMedianLoss: medianOf(refined),
    heldOutBfgsMedianLoss: medianOf(single),
  };
}

/** A network that has been trained on other problems, by what it said of these. */
export function heldOutMeanings(count: number): Readonly<Record<string, FactMeaning>> {
  const where = `on ${count} problems the network has not seen`;
  const loss = (method: string): FactMeaning => ({ label: `median loss ${where}, ${method}`, unit: 'loss' });
  return {
    heldOutSolved: fractionOf(`solved ${where}, network alone`),
    heldOutRefinedSolved: fractionOf(`solved ${where}, network + BFGS refinement`),
    heldOutBfgsSolved: fractionOf(`solved ${where}, BFGS from the start`),
    heldOutMedianLoss: loss('network alone'),
    heldOutRefinedMedianLoss: loss('network + BFGS refinement'),
    heldOutBfgsMedianLoss: loss('BFGS from the start'),
  };
}

/** Losses at given parameters, +∞ where they are not finite. */
export function lossesAt(
  { simulator, misfit }: InverseProblem,
  x: Batch,
  { identifiers, observed }: Task,
): readonly number[] {
  const { value } = misfit.evaluate(simulator.forward(x, identifiers), observed);
  return Array.from(value, (loss) => (Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY));
}
