import type { Against, Comparison } from './comparison.ts';
import { STANDINGS_ALPHA } from './comparison.ts';
import type { Probes, Recommendation } from './diagnosis.ts';
import { interval, number, percent } from './numbers.ts';

const ADVICE: Readonly<Record<Recommendation['use'], string>> = {
  'joint training':
    'Train one network on all problems together and refine its answers: it solves more of them than BFGS, and more than ' +
    'multi-start BFGS with as many evaluations.',
  'multi-start BFGS': 'Solve each problem alone, from several starts.',
  BFGS: 'Solve each problem alone, from its start.',
  undecided:
    'These trainings do not tell whether joint training helps more than its rivals; what they show stands below.',
};

/**
 * What to use, from the comparison alone: probes explain, they do not decide. Joint training is recommended only where it was
 * shown to solve more than both of its rivals; it is advised against where it solves fewer than one of them, or as many as
 * one of them in every training, for then it is the dearer way to the same.
 */
export function recommend(probes: Probes, comparison: Comparison): Recommendation {
  const [bfgs, restarts] = comparison.against;
  const use = choice(bfgs, restarts, comparison);
  return {
    use,
    advice: ADVICE[use],
    evidence: [evidenceOf(bfgs), evidenceOf(restarts), costs(comparison), ...reasons(probes)],
    uncertainty: [...unsettled([bfgs, restarts]), scope(comparison)],
  };
}

function choice(bfgs: Against, restarts: Against, { methods }: Comparison): Recommendation['use'] {
  const wins = [bfgs, restarts].filter(({ standing }) => standing === 'better').length;
  if (wins === 2) return 'joint training';
  const beaten = (rival: Against): boolean => rival.standing === 'worse' || rival.standing === 'equal';
  if (!beaten(bfgs) && !beaten(restarts)) return 'undecided';
  if (!beaten(bfgs)) return 'multi-start BFGS';
  // BFGS alone is the cheapest: restarts are for those who solve more with them.
  const share = (name: string): number => methods.find((each) => each.name === name)?.solved.value ?? 0;
  return beaten(restarts) && share('multi-start BFGS') > share('BFGS') ? 'multi-start BFGS' : 'BFGS';
}

function evidenceOf({ rival, more, fewer, same, p, difference, standing }: Against): string {
  const trainings = more + fewer + same;
  const counted = `network + refinement solved more than ${rival} in ${more} of ${trainings} trainings, fewer in ${fewer}`;
  const shown = {
    better: 'shown to solve more',
    worse: 'shown to solve fewer',
    equal: 'no difference seen',
    open: 'open',
  };
  return (
    `${counted} (sign test p = ${number(p)}; ${shown[standing]}); mean difference of the shares solved ` +
    `${interval(difference, (value) => `${value >= 0 ? '+' : ''}${number(100 * value)} points`)}`
  );
}

function costs({ methods }: Comparison): string {
  return `solved, and evaluations per problem: ${methods
    .map(({ name, solved, evaluations }) => `${name} ${percent(solved.value)}, ${number(evaluations)}`)
    .join('; ')}`;
}

/** Why it may be so. */
function reasons({ gradients, averaging, landscape }: Probes): readonly string[] {
  const found: string[] = [];
  if (gradients !== undefined && gradients.zero.low > 0) {
    found.push(
      `where gradients are zero (${interval(gradients.zero, percent)} of the starts) BFGS cannot move, a network can`,
    );
  }
  if (landscape.trapped.low > 0.05) {
    found.push(
      `a descent from afar can end in another minimum: ${interval(landscape.trapped, percent)} of the rays have one`,
    );
  }
  if (landscape.straightWay.low > 0.5) {
    found.push(
      `from ${interval(landscape.straightWay, percent)} of the starts the straight way to the solution leads downhill all along`,
    );
  }
  const last = averaging?.measured.at(-1);
  if (last !== undefined && last.votes.low > last.losses.high) {
    found.push(
      `few gradients outweigh the others: votes of ${last.k} examples align better than their losses; try exampleWeights "votes"`,
    );
  }
  return found;
}

function unsettled(against: readonly Against[]): readonly string[] {
  return against.flatMap(({ rival, standing, trainingsToDecide }) => {
    if (standing !== 'open') return [];
    const needs =
      trainingsToDecide === undefined
        ? 'no number of trainings up to 10 000 would settle it if they went on like this'
        : `about ${trainingsToDecide} trainings would settle it if they went on like this`;
    return [`whether network + refinement solves more than ${rival}: ${needs}`];
  });
}

function scope({ trainings }: Comparison): string {
  return (
    `any difference that is called shown is wrong with probability ${STANDINGS_ALPHA} at most, for ${trainings} trainings chosen ` +
    'beforehand; they hold for this network, this number of problems and steps, and this budget, not for others'
  );
}
