import { describe, expect, it } from 'vitest';
import type { Facts } from '../core/claim.ts';
import { float64Network } from '../networks/float64.ts';
import { wavePacketProblem, wavePacketSettings } from '../simulators/wave-packet-problem.ts';
import { compareTrainings } from './comparison.ts';
import type { Probes } from './diagnosis.ts';
import { landscapeProbe } from './landscape-probe.ts';
import { recommend } from './recommendation.ts';
import { solvedLosses, standardInputs, type TrainingSettings, trainOnce } from './training.ts';

const problem = wavePacketProblem(wavePacketSettings.B);

/** Facts of trainings with these shares of ten problems solved: by BFGS, multi-start, network and refinement. */
const trainings = (...shares: readonly (readonly [number, number, number])[]): readonly Facts[] =>
  shares.map(([bfgsSolved, restartsSolved, refinedSolved]) => {
    const names = ['bfgs', 'restarts', 'joint', 'refined'];
    const rest = names.flatMap((name) => [
      [`${name}Evaluations`, 10],
      [`${name}MedianLoss`, 1],
    ]);
    return { bfgsSolved, restartsSolved, refinedSolved, jointSolved: refinedSolved, ...Object.fromEntries(rest) };
  });
const times = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value);
const probes: Probes = { units: { center: [0], scale: [1] }, landscape: landscapeProbe(problem, 8, 1) };
const advised = (facts: readonly Facts[]) => recommend(probes, compareTrainings(facts, 10));

describe('compareTrainings', () => {
  it('needs seven trainings of one mind, and says how many more it takes', () => {
    const six = compareTrainings(trainings(...times(6, [0.2, 0.4, 0.6] as const)), 10).against[0];
    expect([six.standing, six.p, six.trainingsToDecide]).toEqual(['open', 0.03125, 7]);
    const seven = compareTrainings(trainings(...times(7, [0.2, 0.4, 0.6] as const)), 10).against[0];
    expect([seven.standing, seven.more]).toEqual(['better', 7]);
    expect(seven.difference.value).toBeCloseTo(0.4, 12);
  });

  it('rests on all problems where each is solved alone, on trainings where a network solves them', () => {
    const { methods } = compareTrainings(trainings(...times(8, [0.5, 1, 0.5] as const)), 10);
    expect(methods.map(({ solved }) => solved.count)).toEqual([80, 80, 8, 8]);
    const width = ({ high, low }: { high: number; low: number }) => high - low;
    expect(width(methods[0]!.solved)).toBeLessThan(width(methods[3]!.solved) / 2);
  });
});

describe('recommend', () => {
  it.each([
    ['joint training', times(8, [0.2, 0.4, 0.6] as const)],
    ['multi-start BFGS', times(8, [0.2, 0.9, 0.6] as const)],
    ['BFGS', times(8, [1, 1, 1] as const)],
    ['BFGS', times(8, [0.9, 0.8, 0.6] as const)],
    ['multi-start BFGS', times(8, [0.6, 0.8, 0.6] as const)],
    ['undecided', [...times(4, [0.2, 0.4, 0.6] as const), ...times(4, [0.6, 0.6, 0.4] as const)]],
    ['undecided', times(3, [0.2, 0.4, 0.6] as const)],
    ['undecided', times(6, [1, 1, 1] as const)],
  ] as const)('says %s', (use, shares) => {
    const { use: found, uncertainty, evidence } = advised(trainings(...shares));
    expect(found).toBe(use);
    expect(evidence[0]).toContain(`of ${shares.length} trainings`);
    expect(uncertainty.some((each) => each.includes('would settle it'))).toBe(use === 'undecided');
  });
});

describe('trainings', () => {
  const settings: TrainingSettings = {
    problems: 6,
    iterations: 4,
    learningRate: 0.01,
    hidden: [8],
    exampleWeights: 'losses',
  };
  const backend = { makeNetwork: float64Network, backend: 'float64' } as const;

  it('gives multi-start the evaluations of network and refinement, and no more', () => {
    const facts = trainOnce(problem, settings, backend, 1, 0);
    expect(facts.restartsEvaluations).toBeLessThanOrEqual(
      Math.ceil(facts.jointEvaluations! + facts.refinedEvaluations!),
    );
    // Four steps and the final prediction.
    expect(facts.jointEvaluations).toBe(5);
    expect(facts.restartsSolved).toBeGreaterThanOrEqual(facts.bfgsSolved!);
  });

  it('are the same for the same seed and number, and others for others', () => {
    const once = trainOnce(problem, settings, backend, 1, 3);
    expect(trainOnce(problem, settings, backend, 1, 3)).toEqual(once);
    expect(trainOnce(problem, settings, backend, 1, 4).bfgsMedianLoss).not.toBe(once.bfgsMedianLoss);
    expect(trainOnce(problem, settings, backend, 2, 3).bfgsMedianLoss).not.toBe(once.bfgsMedianLoss);
  });

  it('solve what comes within a thousandth of the loss at the start, or what is told', () => {
    const { task, reference } = problem.draw(5, 1);
    const { targets, gap } = solvedLosses(problem, task, reference.truth, undefined);
    expect(gap).toBeGreaterThan(0);
    expect(Math.min(...targets)).toBeGreaterThanOrEqual(gap);
    expect([...solvedLosses(problem, task, reference.truth, 0.5).targets]).toEqual(times(5, 0.5));
  });

  it('show the network numbers of mean 0 and deviation 1, constants as 0', () => {
    const { task } = problem.draw(20, 1);
    const inputs = standardInputs({ ...task, identifiers: { rows: 20, cols: 1, data: new Float64Array(20).fill(7) } });
    const column = (j: number) => Array.from({ length: 20 }, (_, b) => inputs.data[b * inputs.cols + j]!);
    const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
    expect(sum(column(3))).toBeCloseTo(0, 10);
    expect(sum(column(3).map((each) => each * each))).toBeCloseTo(20, 10);
    expect(column(inputs.cols - 1)).toEqual(times(20, 0));
  });
});
