import { SOLVED_LOSS as BILLIARDS_SOLVED } from '../claims/billiards/comparison.ts';
import { SOLVED_LOSS as KS_SOLVED } from '../claims/kuramoto-sivashinsky/methods.ts';
import { SOLVED_TOLERANCE } from '../claims/wave-packet/comparison.ts';
import type { InverseProblem, Task } from '../core/problem.ts';
import { childSeed } from '../core/random.ts';
import { billiardsProblem } from '../simulators/billiards-problem.ts';
import { kuramotoSivashinskyProblem } from '../simulators/kuramoto-sivashinsky-problem.ts';
import { wavePacketProblem } from '../simulators/wave-packet-problem.ts';
import { standardFunctions } from '../solvers/functions/standard-functions.ts';
import { standardProblem } from '../solvers/functions/standard-problem.ts';

/** Of the problems below: measurements of different versions are never compared. */
export const PROBLEM_SET_VERSION = 1;
/** Seed of the problems that baselines are made of. */
export const PROBLEM_SET_SEED = 20_240_808;

export type FamilyName = 'functions' | 'wave-packet' | 'billiards' | 'ks' | 'wave-packet-trainings';

/** Some problems of one simulator, solved in one run. */
export interface Part {
  readonly problem: InverseProblem;
  readonly task: Task;
  /** Per row, the smallest loss that can be reached, as far as it is known; 0 where it is not: no loss here is below it. */
  readonly floor: ArrayLike<number>;
}

/** Problems that a verdict is about: those of one experiment. */
export interface Family {
  readonly name: FamilyName;
  readonly what: string;
  /** What is independent: a problem, or a whole training with all its problems. */
  readonly unit: 'problem' | 'training';
  /** A regression by less than this share, of evaluations or of loss, is let through. */
  readonly margin: number;
  /** As many of a hundred units solved fewer are let through: coarser, because every unit is all or nothing. */
  readonly solvedMargin: number;
  /** A row counts as solved where its loss is at most this much above its floor. */
  readonly gap: number;
  /** Evaluations that each row may spend. */
  readonly budget: number;
  /** The problems that a seed names; others are independent of them. */
  parts(seed: number): readonly Part[];
}

/** With about five hundred problems a change of nothing can be shown to be below this. */
const CHEAP = { margin: 0.02, solvedMargin: 0.05 } as const;
const DEAR = { margin: 0.1, solvedMargin: 0.2 } as const;
/** Starts of each standard function: the usual ones, then some drawn around the minimizer. */
const STARTS = 32;
const TRAININGS = 8;

function draw(problem: InverseProblem, count: number, seed: number): Part {
  const { task, reference } = problem.draw(count, seed);
  return { problem, task, floor: reference.globalLoss ?? new Float64Array(count) };
}

/** Every family of the problem set; the same seed gives the same problems, in every version of the code that keeps `PROBLEM_SET_VERSION`. */
export const families: readonly Family[] = [
  {
    name: 'functions',
    gap: 1e-8,
    what: `${standardFunctions.length} smooth functions with known minima, from ${STARTS} starts each`,
    unit: 'problem',
    ...CHEAP,
    budget: 2000,
    parts: (seed) => standardFunctions.map((each) => draw(standardProblem(each), STARTS, childSeed(seed, each.name))),
  },
  {
    name: 'wave-packet',
    gap: SOLVED_TOLERANCE,
    what: '512 wave packets of setting B',
    unit: 'problem',
    ...CHEAP,
    budget: 500,
    parts: (seed) => [draw(wavePacketProblem('B'), 512, seed)],
  },
  {
    name: 'billiards',
    gap: BILLIARDS_SOLVED,
    what: '512 single shots',
    unit: 'problem',
    ...CHEAP,
    budget: 200,
    parts: (seed) => [draw(billiardsProblem('single'), 512, seed)],
  },
  {
    name: 'ks',
    gap: KS_SOLVED,
    what: '64 Kuramoto-Sivashinsky problems of setting A',
    unit: 'problem',
    ...DEAR,
    budget: 200,
    parts: (seed) => [draw(kuramotoSivashinskyProblem('A'), 64, seed)],
  },
  {
    name: 'wave-packet-trainings',
    gap: 0.5,
    what: `${TRAININGS} trainings of 64 wave packets of setting B`,
    unit: 'training',
    ...DEAR,
    budget: Number.POSITIVE_INFINITY,
    parts: (seed) =>
      Array.from({ length: TRAININGS }, (_, k) => draw(wavePacketProblem('B'), 64, childSeed(seed, 'training', k))),
  },
];
