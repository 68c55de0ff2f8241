import { batchOfRows, row } from '../../core/batch.ts';
import type { FactMeaning, Facts, TrialSource } from '../../core/claim.ts';
import { childSeed, type Random, stream } from '../../core/random.ts';
import { fractionOf } from '../run-comparison.ts';
import { lossGradients, problemAtHorizon } from './gradient-trials.ts';
import { event } from './statements.ts';

/** Examples that share an unknown: odd, so that votes never tie. */
export const EXAMPLES = 15;

/** How far the common guess lies from the true β, on either side. */
const OFFSET = 0.01;

/** Trials computed together. */
const TOGETHER = 8;

/** One time step: where only initial states are wanted. */
const SHORTEST = 0.25;

/** Mean over two groups of examples of what each rule makes of them. */
interface Alignments {
  /** 2p − 1, p the share of right signs: the mean alignment of one example. */
  readonly one: number;
  /** Sign of the sum of gradients. */
  readonly sum: number;
  /** Sign of the sum of the signs. */
  readonly vote: number;
  /** Sign of the sum of the same signs with the sizes of the other group, over all ways to deal them in turn. */
  readonly exchanged: number;
  /** The largest gradient is right. */
  readonly largest: number;
  /** The vote is right and the sum is not, and the reverse. */
  readonly voteWins: number;
  readonly sumWins: number;
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Alignment of the signs of one group with the sizes of another, averaged over the rotations of the latter. */
function withSizesOf(signs: readonly number[], others: readonly number[]): number {
  const n = signs.length;
  const rotated = (by: number) => signs.map((sign, i) => Math.sign(sign) * Math.abs(others[(i + by) % n] as number));
  return total(signs.map((_, by) => Math.sign(total(rotated(by))))) / n;
}

/**
 * What sums and votes make of gradients that are positive where they are right.
 *
 * Sizes and signs of two groups of the same unknown are independent of each other, whatever they are within a group: with
 * exchanged sizes the assumption of T7a holds exactly.
 *
 * @param groups  two groups of equally many gradients, (n) each
 * @example
 * const { one, sum, vote } = alignments([[1, 1, -5], [1, 1, -5]]);
 * [one.toFixed(3), sum, vote]; // => ['0.333', -1, 1]
 */
export function alignments(groups: readonly [readonly number[], readonly number[]]): Alignments {
  const each = groups.map((group, k): Alignments => {
    const signs = group.map(Math.sign);
    const [sum, vote] = [Math.sign(total(group)), Math.sign(total(signs))];
    const largest = group.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most));
    return {
      one: total(signs) / group.length,
      sum,
      vote,
      exchanged: withSizesOf(signs, groups[1 - k] as readonly number[]),
      largest: event(largest > 0),
      voteWins: event(vote > sum),
      sumWins: event(sum > vote),
    };
  });
  const names = Object.keys(each[0] as Alignments) as (keyof Alignments)[];
  return Object.fromEntries(
    names.map((name) => [name, total(each.map((facts) => facts[name])) / each.length]),
  ) as unknown as Alignments;
}

/** True (α, β) and a guess. */
interface Unknown {
  readonly truth: readonly number[];
  readonly guess: readonly number[];
}

/** α = 0, β ~ U(1.1, 1.4), the guess 0.01 above or below. */
function unknown(random: Random): Unknown {
  const beta = random.between(1.1, 1.4);
  return { truth: [0, beta], guess: [0, random.uniform() < 0.5 ? beta - OFFSET : beta + OFFSET] };
}

/**
 * ∂L/∂β of problems first, …, first + count − 1, whose states a seed names, positive where a step against it leads towards
 * the true β, (count).
 *
 * @param unknownOf  truth and guess of a problem, by its number
 */
function signedGradients(
  horizon: number,
  count: number,
  seed: number,
  first: number,
  unknownOf: (number: number) => Unknown,
): readonly number[] {
  const problem = problemAtHorizon(horizon);
  const { task } = problemAtHorizon(SHORTEST).draw(count, seed, first);
  const unknowns = Array.from({ length: count }, (_, b) => unknownOf(first + b));
  const truth = batchOfRows(unknowns.map((each) => each.truth));
  const guess = batchOfRows(unknowns.map((each) => each.guess));
  const observed = problem.simulator.forward(truth, task.identifiers);
  const gradients = lossGradients(problem, { ...task, observed }, guess);
  return Array.from({ length: count }, (_, b) => {
    const [, ahead = 0] = row(guess, b).map((value, j) => value - row(truth, b)[j]!);
    return row(gradients, b)[1]! * Math.sign(ahead);
  });
}

/**
 * One trial per true β: gradients of two groups of 15 problems that share it, each with an initial state of its own, at a
 * common guess. The seed gives the same truths, guesses and states at every horizon.
 */
export function voteTrials(horizon: number): TrialSource {
  const id = `ks.votes-T${horizon}`;
  const rows = 2 * EXAMPLES;
  return {
    id,
    unit: 'problem',
    what: `two groups of ${EXAMPLES} Kuramoto-Sivashinsky problems with one unknown β, gradients at a guess ${OFFSET} from it, T = ${horizon}`,
    chunk: TOGETHER,
    meanings,
    run: async (context, first, count) => {
      const seed = childSeed(context.seed, 'ks.votes');
      const signed = signedGradients(horizon, count * rows, seed, first * rows, (b) =>
        unknown(stream(seed, 'kuramoto-sivashinsky/shared-unknown', Math.floor(b / rows))),
      );
      const group = (start: number): readonly number[] => signed.slice(start, start + EXAMPLES);
      return Array.from({ length: count }, (_, k): Facts => {
        return { ...alignments([group(k * rows), group(k * rows + EXAMPLES)]) };
      });
    },
  };
}

const alignmentOf = (label: string): FactMeaning => ({ label: `alignment of ${label}`, unit: '1' });

const meanings: Readonly<Record<string, FactMeaning>> = {
  one: alignmentOf('one example'),
  sum: alignmentOf('the sum of gradients'),
  vote: alignmentOf('the vote'),
  exchanged: alignmentOf('the sum with sizes of other examples'),
  largest: fractionOf('the largest gradient is right'),
  voteWins: fractionOf('vote right, sum wrong'),
  sumWins: fractionOf('sum right, vote wrong'),
};
