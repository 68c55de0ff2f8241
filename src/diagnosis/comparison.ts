import { fact } from '../claims/facts.ts';
import type { Facts } from '../core/claim.ts';
import { boundedMean } from '../verdicts/bounded-mean.ts';
import type { Estimate } from '../verdicts/estimate.ts';
import { shareInterval } from '../verdicts/share-interval.ts';
import { signTest } from '../verdicts/sign-test.ts';
import { EACH } from './gradient-probe.ts';

/** What joint training with refinement is compared with. */
export type Rival = 'BFGS' | 'multi-start BFGS';
export type Standing = 'better' | 'worse' | 'equal' | 'open';

/** Joint training with refinement against another method, over whole trainings. */
export interface Against {
  readonly rival: Rival;
  /** Decided by the sign test over trainings; `equal` where the shares are the same in every one of at least 7. */
  readonly standing: Standing;
  /** Trainings in which it solved more, fewer and as many of its problems. */
  readonly more: number;
  readonly fewer: number;
  readonly same: number;
  /** Exact two-sided sign test of the above. */
  readonly p: number;
  /** Mean difference of the shares solved, positive where joint training solves more. */
  readonly difference: Estimate;
  /** Trainings after which the test would decide if they went on like this; undefined where it has, or where none would. */
  readonly trainingsToDecide?: number;
}

export interface Method {
  readonly name: 'BFGS' | 'multi-start BFGS' | 'network' | 'network + refinement';
  /** Mean share of the problems solved. */
  readonly solved: Estimate;
  /** Mean over trainings of the median loss. */
  readonly medianLoss: number;
  /** Simulator evaluations per problem; of the network with refinement, both together. */
  readonly evaluations: number;
}

export interface Comparison {
  readonly trainings: number;
  readonly methods: readonly Method[];
  readonly against: readonly [Against, Against];
}

/** Error of all standings of a diagnosis together. */
export const STANDINGS_ALPHA = 0.05;
const MOST_TRAININGS = 10_000;
/** Trainings that can decide: 2 · 2⁻⁷ is the first p-value below half of the error. As many ties are taken for equality. */
const FEWEST = 7;

/**
 * Intervals of methods that solve each problem alone rest on all their problems; those of a network on whole trainings, for
 * what one network solves is not independent.
 *
 * @param facts     of `trainOnce`, one per training, at least one
 * @param problems  of a training
 */
export function compareTrainings(facts: readonly Facts[], problems: number): Comparison {
  const mean = (name: string): number => facts.reduce((sum, each) => sum + fact(each, name), 0) / facts.length;
  const solvedTogether = (prefix: string): Estimate =>
    boundedMean(
      facts.map((each) => fact(each, `${prefix}Solved`)),
      { low: 0, high: 1 },
      EACH,
    );
  const solvedAlone = (prefix: string): Estimate => {
    const count = facts.reduce((sum, each) => sum + Math.round(problems * fact(each, `${prefix}Solved`)), 0);
    return shareInterval(count, problems * facts.length, EACH);
  };
  const method = (
    name: Method['name'],
    prefix: string,
    solvedBy: (prefix: string) => Estimate,
    evaluations: number,
  ): Method => ({
    name,
    solved: solvedBy(prefix),
    medianLoss: mean(`${prefix}MedianLoss`),
    evaluations,
  });
  return {
    trainings: facts.length,
    methods: [
      method('BFGS', 'bfgs', solvedAlone, mean('bfgsEvaluations')),
      method('multi-start BFGS', 'restarts', solvedAlone, mean('restartsEvaluations')),
      method('network', 'joint', solvedTogether, mean('jointEvaluations')),
      method('network + refinement', 'refined', solvedTogether, mean('jointEvaluations') + mean('refinedEvaluations')),
    ],
    against: [against('BFGS', 'bfgsSolved', facts), against('multi-start BFGS', 'restartsSolved', facts)],
  };
}

function against(rival: Rival, name: string, facts: readonly Facts[]): Against {
  const differences = facts.map((each) => fact(each, 'refinedSolved') - fact(each, name));
  const more = differences.filter((each) => each > 0).length;
  const fewer = differences.filter((each) => each < 0).length;
  const p = signTest(fewer, more);
  // Two standings are decided: each gets half of the error.
  const level = STANDINGS_ALPHA / 2;
  const tied = more + fewer === 0 && facts.length >= FEWEST;
  const standing = tied ? 'equal' : p > level ? 'open' : more > fewer ? 'better' : 'worse';
  const needed = standing === 'open' ? trainingsToDecide(more, fewer, facts.length, level) : undefined;
  return {
    rival,
    standing,
    more,
    fewer,
    same: facts.length - more - fewer,
    p,
    difference: boundedMean(differences, { low: -1, high: 1 }, EACH),
    ...(needed === undefined ? {} : { trainingsToDecide: needed }),
  };
}

function trainingsToDecide(more: number, fewer: number, trainings: number, level: number): number | undefined {
  if (more + fewer === 0) return FEWEST;
  for (let total = trainings + 1; total <= MOST_TRAININGS; total++) {
    const scaled = (count: number): number => Math.round((count * total) / trainings);
    if (signTest(scaled(fewer), scaled(more)) <= level) return total;
  }
  return undefined;
}
