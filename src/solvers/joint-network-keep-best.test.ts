import { describe, expect, it } from 'vitest';
import { batch, row } from '../core/batch.ts';
import type { InverseProblem, Task } from '../core/problem.ts';
import type { Answer, Ask, Run, Solver } from '../core/solver.ts';
import { float64Network } from '../networks/float64.ts';
import type { NetworkFactory } from '../networks/network.ts';
import { booth } from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { type JointNetworkOptions, jointNetwork } from './joint-network.ts';
import { run } from './run.ts';
import { supervisedNetwork } from './supervised-network.ts';

const INFINITE = Number.POSITIVE_INFINITY;
const ROWS = 4;
const STEPS = 6;
const everyStep = Array.from({ length: STEPS + 1 }, (_, step) => step);

const problem: InverseProblem = standardProblem(booth);
/** Its start is what the networks see: the observations are all alike. */
const { task } = problem.draw(ROWS, 3);
const inputs = (given: Task) => given.start;
const shared = { makeNetwork: float64Network, backend: 'float64', hidden: [4], iterations: STEPS, inputs } as const;
const options: JointNetworkOptions = { ...shared, batchSize: ROWS, learningRate: 0.3, schedule: 'constant' };

const solverWith = (change: Partial<JointNetworkOptions> = {}): Solver =>
  jointNetwork({ ...options, keepBest: true, ...change });

/** Tells the same scripted losses to every row, ask after ask, with gradients of ones; 'spent' ends the budget of row 1. */
function scripted(solver: Solver, script: readonly (number | 'spent')[]): { answer: Answer; asks: Ask[] } {
  const asks: Ask[] = [];
  const steps = solver.solve(task, 5);
  let step = steps.next();
  while (!step.done) {
    const { x, rows, need } = step.value;
    const loss = script[asks.push(step.value) - 1]!;
    const spent = new Uint8Array(rows.length);
    if (loss === 'spent') spent[1] = 1;
    const value = new Float64Array(rows.length).fill(loss === 'spent' ? -1e6 : loss);
    if (loss === INFINITE) value.fill(-1e6, 1);
    const gradient = batch(x.rows, x.cols, new Float64Array(x.data.length).fill(1));
    step = steps.next(need === 'gradient' ? { value, spent, gradient } : { value, spent });
  }
  return { answer: step.value, asks };
}

/** Which asks had the x that was answered. */
const answered = ({ answer, asks }: ReturnType<typeof scripted>): number[] =>
  asks.flatMap(({ x }, k) => (x.data.every((value, i) => value === answer.x.data[i]) ? [k] : []));

const sum = (losses: readonly number[]): number => losses.reduce((total, loss) => total + loss, 0);
const lossesOf = ({ rows }: Run): number[] => rows.map(({ loss }) => loss);

describe('keepBest', () => {
  it('answers with the prediction that was told the lowest losses, the first one of equals', () => {
    expect(answered(scripted(solverWith(), [9, 8, 3, 5, 3, 7, 6]))).toEqual([2]);
    expect(answered(scripted(solverWith(), [1, 8, 3, 5, 4, 7, 1]))).toEqual([0]);
  });

  it('lets the final prediction compete, for one value of every instance', () => {
    const { answer, asks } = scripted(solverWith(), [9, 8, 3, 5, 4, 7, 2]);
    expect(asks.map(({ need }) => need)).toEqual([...new Array(STEPS).fill('gradient'), 'value']);
    expect(Array.from(asks[STEPS]!.rows)).toEqual([0, 1, 2, 3]);
    expect(asks[STEPS]!.snapshot).toBeUndefined();
    expect(answered({ answer, asks })).toEqual([STEPS]);
    const { rows } = run(problem, solverWith(), task, 5);
    for (const { evaluations } of rows) expect(evaluations).toEqual({ values: 1, gradients: STEPS });
  });

  it('takes no steps but those of a training without it', () => {
    const script = [9, 8, 3, 5, 4, 7, 2];
    const plain = scripted(solverWith({ keepBest: false }), script);
    const { answer, asks } = scripted(solverWith(), script);
    expect(asks.slice(0, STEPS)).toEqual(plain.asks);
    expect(asks[STEPS]!.x).toEqual(plain.answer.x);
    expect(answer).toEqual(plain.answer);
  });

  it('never prefers a sum that contains +∞, and answers with the last prediction where all do', () => {
    const told = [INFINITE, 8, INFINITE, 9, INFINITE, 9, INFINITE];
    expect(answered(scripted(solverWith(), told))).toEqual([1]);
    expect(answered(scripted(solverWith(), new Array(7).fill(INFINITE)))).toEqual([STEPS]);
  });

  it('answers with the best told where a budget is spent, and asks no more', () => {
    expect(answered(scripted(solverWith(), [9, 8, 3, 5, 4, 7, 'spent']))).toEqual([2]);
    const early = scripted(solverWith(), [9, 5, 8, 'spent']);
    expect([answered(early), early.asks.length]).toEqual([[1], 4]);
    const late = scripted(solverWith(), [INFINITE, INFINITE, 'spent']);
    expect([answered(late), late.asks.length]).toEqual([[2], 3]);
    expect(late.answer.stops[0]).toEqual({ kind: 'budget-spent' });
  });

  it.each([STEPS - 3, STEPS, STEPS + 1])('spends no more than a budget of %s evaluations', (evaluationsPerRow) => {
    const recorded = run(problem, solverWith({ keepBest: false, snapshots: everyStep }), task, 5).snapshots;
    const best = Math.min(...recorded.slice(0, evaluationsPerRow).map(({ losses }) => sum(losses)));
    const limited = run(problem, solverWith(), task, 5, { evaluationsPerRow });
    expect(sum(lossesOf(limited))).toBe(best);
    const spent = limited.rows.map(({ evaluations }) => evaluations.values + evaluations.gradients);
    expect(spent).toEqual(new Array(ROWS).fill(evaluationsPerRow));
  });

  it('finds the lowest sum of all predictions on a real problem, where the last one is another', () => {
    const recorded = run(problem, solverWith({ keepBest: false, snapshots: everyStep, learningRate: 20 }), task, 5);
    const sums = recorded.snapshots.map(({ losses }) => sum(losses));
    const best = run(problem, solverWith({ learningRate: 20, snapshots: [STEPS] }), task, 5);
    expect(sum(lossesOf(best))).toBe(Math.min(...sums));
    expect(sum(lossesOf(best))).toBeLessThan(sum(lossesOf(recorded)));
    expect(best.snapshots[0]!.losses).toEqual(lossesOf(best));
  });

  it('gives the same bytes for the same seed and others for another', () => {
    const answer = (seed: number) => run(problem, solverWith(), task, seed).rows;
    expect(answer(5)).toEqual(answer(5));
    expect(answer(5)).not.toEqual(answer(6));
  });

  it('needs no loss where there is nothing to choose from', () => {
    const untrained = run(problem, solverWith({ iterations: 0 }), task, 5);
    expect(untrained.rows).toEqual(run(problem, solverWith({ iterations: 0, keepBest: false }), task, 5).rows);
  });

  it('answers with a finite prediction where the network diverges', () => {
    const change = { learningRate: 1e308, hidden: [], snapshots: [STEPS] };
    const plain = run(problem, solverWith({ ...change, keepBest: false }), task, 5);
    const best = run(problem, solverWith(change), task, 5);
    const untrained = run(problem, solverWith({ ...change, iterations: 0, snapshots: [] }), task, 5);
    expect(plain.rows.every(({ x }) => x.every(Number.isFinite))).toBe(false);
    expect(best.rows.map(({ x }) => x)).toEqual(untrained.rows.map(({ x }) => x));
    for (const { stop, evaluations } of best.rows) {
      expect(stop).toEqual({ kind: 'non-finite', where: 'iterate' });
      expect(evaluations).toEqual({ values: 0, gradients: 1 });
    }
    expect([plain.snapshots.length, best.snapshots.length]).toEqual([0, 1]);
  });

  it('is refused when solving starts where a step does not see all instances', () => {
    const makeNetwork: NetworkFactory = () => expect.unreachable('no network may be made');
    const few = { makeNetwork, batchSize: ROWS - 1 };
    const solve = (): unknown => solverWith(few).solve(task, 5);
    expect(solve).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    expect(solve).toThrow(/"batchSize" with "keepBest": expected .* >= 4, received 3. Hint: set "batchSize" to 4 or/);
    const supervised = supervisedNetwork({ ...options, ...few, keepBest: true, references: inputs });
    expect(() => supervised.solve(task, 5)).toThrow(/supervised-network: "batchSize" with "keepBest"/);
    expect(() => solverWith({ batchSize: ROWS - 1, keepBest: false }).solve(task, 5)).not.toThrow();
  });
});

describe('keepBest of supervisedNetwork', () => {
  const scale = [2, -0.5];
  const change = { learningRate: 20, output: { offset: [1, 0], scale }, references: inputs, snapshots: everyStep };

  /** ½ ‖(x − reference) / scale‖² summed over the instances. */
  const supervisedLoss = ({ x, rows }: Ask): number =>
    sum(
      Array.from(rows, (b, k) =>
        sum(Array.from(row(x, k), (value, j) => ((value - row(task.start, b)[j]!) / scale[j]!) ** 2 / 2)),
      ),
    );

  it('means its own losses and asks for none', () => {
    const last = scripted(supervisedNetwork({ ...options, ...change }), new Array(STEPS + 1).fill(0));
    const best = scripted(supervisedNetwork({ ...options, ...change, keepBest: true }), new Array(STEPS + 1).fill(0));
    const losses = last.asks.map(supervisedLoss);
    const lowest = losses.indexOf(Math.min(...losses));
    expect(best.asks.every(({ snapshot }) => snapshot !== undefined)).toBe(true);
    expect(lowest).toBeLessThan(STEPS);
    expect(best.answer.x).toEqual(last.asks[lowest]!.x);
    expect(best.asks[STEPS]!.x).toEqual(best.answer.x);
  });
});
