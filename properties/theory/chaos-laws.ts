import fc from 'fast-check';
import type { Random } from '../../src/core/random.ts';
import { chaoticSumOfThree, dominanceOfOne, stableAlignment, threeWayCrossing } from '../../theory/chaos.ts';
import { majorityVote } from '../../theory/voting.ts';
import { chaosBounds, weightedMajority } from '../../theory/weighted-majority.ts';
import { dyadic, powerOfTwo } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { disagreement, firstOf, offTheMeans, sampledMeans } from './mean-check.ts';

/** The closed forms about chaos: the subject of the laws. */
export interface ChaosFormulas {
  readonly majority: (magnitudes: readonly number[], p: number) => number;
  readonly bounds: (n: number, p: number) => { readonly lower: number; readonly upper: number };
  readonly three: (p: number, tau: number) => number;
  readonly dominance: (tau: number) => number;
  readonly crossing: (n: number) => number;
  readonly stable: (alpha: number, p: number) => number;
}

export const chaosFormulas: ChaosFormulas = {
  majority: weightedMajority,
  bounds: chaosBounds,
  three: chaoticSumOfThree,
  dominance: dominanceOfOne,
  crossing: threeWayCrossing,
  stable: stableAlignment,
};

const ROUNDING = 1e-12;

interface ChaosCase {
  readonly formulas: ChaosFormulas;
  readonly magnitudes: readonly number[];
  readonly p: number;
  readonly tau: number;
  readonly alpha: number;
  readonly n: number;
  readonly salt: number;
}

function chaosCases(formulas: ChaosFormulas): fc.Arbitrary<ChaosCase> {
  return fc.record({
    formulas: fc.constant(formulas),
    // Multiples of 1/8 have exact sums, so that ties are ties; powers of two have none.
    magnitudes: fc.oneof(
      fc.array(dyadic(1 / 8, 16, 8), { minLength: 1, maxLength: 10 }),
      fc.array(powerOfTwo(-20, 20), { minLength: 1, maxLength: 10 }),
    ),
    p: dyadic(1 / 2, 1, 32),
    tau: dyadic(1 / 4, 8, 4),
    alpha: dyadic(1 / 16, 15 / 16, 16),
    n: fc.integer({ min: 3, max: 40 }),
    salt: fc.nat(),
  });
}

const show = ({ magnitudes, p, tau, alpha, n, salt }: ChaosCase): string =>
  `magnitudes [${magnitudes.join(', ')}], p ${p}, tau ${tau}, alpha ${alpha}, n ${n}, draws named by ${salt}`;

function chaosLaw(
  cases: number,
  twin: { readonly what: string; readonly subject: ChaosFormulas },
  violation: (value: ChaosCase) => string | undefined,
): Law<ChaosFormulas> {
  return law<ChaosFormulas, ChaosCase>({
    cases,
    subject: chaosFormulas,
    twin,
    arbitrary: chaosCases,
    show,
    violation,
  });
}

const inside = (what: string, value: number, low: number, high: number): string | undefined =>
  value >= low - ROUNDING && value <= high + ROUNDING ? undefined : `${what} ${value} is not in [${low}, ${high}]`;

/** theory.chaos-bounds: for any magnitudes the sum lies between one example and the vote, by enumeration of all signs. */
export function chaosBoundsLaw(): Law<ChaosFormulas> {
  const twin = {
    what: 'a majority of one example too few as the upper bound',
    subject: { ...chaosFormulas, bounds: (n: number, p: number) => chaosBounds(Math.max(1, n - 2), p) },
  };
  return chaosLaw(300, twin, ({ formulas, magnitudes, p }) => {
    const { lower, upper } = formulas.bounds(magnitudes.length, p);
    const sum = formulas.majority(magnitudes, p);
    const equal = magnitudes.map(() => 1);
    return firstOf(
      inside('the sum', sum, lower, upper),
      disagreement('equal magnitudes', formulas.majority(equal, p), upper, ROUNDING),
      disagreement('lower bound', lower, 2 * p - 1, ROUNDING),
      disagreement('upper bound', upper, majorityVote(magnitudes.length, p), ROUNDING),
      disagreement('wrong more often than right', formulas.majority(magnitudes, 1 - p), -sum, ROUNDING),
    );
  });
}

/** theory.chaos-growth-cancels: a common factor e^{λT} changes nothing, and one or two examples give 2p − 1. */
export function chaosGrowthCancels(): Law<ChaosFormulas> {
  const twin = {
    what: 'a sum that counts only what is above 1',
    subject: {
      ...chaosFormulas,
      majority: (magnitudes: readonly number[], p: number) =>
        weightedMajority(
          magnitudes.map((m) => Math.max(1, m)),
          p,
        ),
    },
  };
  return chaosLaw(200, twin, ({ formulas, magnitudes, p, salt }) => {
    const factor = 2 ** ((salt % 600) - 300);
    const scaled = magnitudes.map((m) => m * factor);
    const few = magnitudes.slice(0, 2);
    return firstOf(
      disagreement('rescaled', formulas.majority(scaled, p), formulas.majority(magnitudes, p), ROUNDING),
      disagreement('one or two examples', formulas.majority(few, p), 2 * p - 1, ROUNDING),
    );
  });
}

/** theory.chaos-sum-of-three-limits: from the vote of three at τ = 0 down to one example, with the τ⁻² law at the end. */
export function chaosSumOfThreeLimits(): Law<ChaosFormulas> {
  const twin = {
    what: 'a probability of dominance that lost the factor 2 of its Gaussian',
    subject: { ...chaosFormulas, dominance: (tau: number) => dominanceOfOne(tau * Math.SQRT2) },
  };
  return chaosLaw(60, twin, ({ formulas, p, tau }) => {
    const [here, later] = [formulas.dominance(tau), formulas.dominance(tau + 1 / 4)];
    const large = 100 * tau;
    const constant = (Math.PI * Math.sqrt(3)) / 36;
    const pq = p * (1 - p);
    const three = formulas.three(p, tau);
    const upper = majorityVote(3, p);
    return firstOf(
      inside('π₃', here, 0, Math.min(later, 1 / 3)),
      disagreement('π₃ at τ = 0', formulas.dominance(0), 0, 0),
      disagreement('π₃ at τ = ∞', formulas.dominance(Number.POSITIVE_INFINITY), 1 / 3, ROUNDING),
      // The next term is of order τ⁻⁴: measured below 1/τ² of the first from τ = 25 on.
      disagreement(
        'τ² (⅓ − π₃)',
        large ** 2 * (1 / 3 - formulas.dominance(large)),
        constant,
        2 / large ** 2 + 1e-14 * large ** 2,
      ),
      disagreement('c₃ and the end of π₃', (Math.PI / 36) * formulas.crossing(3) * Math.PI, constant, ROUNDING),
      inside('the sum of three', three, 2 * p - 1, upper),
      disagreement('no chaos', formulas.three(p, 0), upper, ROUNDING),
      disagreement('all chaos', formulas.three(p, Number.POSITIVE_INFINITY), 2 * p - 1, ROUNDING),
      disagreement('odd in p − ½', formulas.three(1 - p, tau), -three, ROUNDING),
      disagreement('the sum of three by π₃', three, (2 * p - 1) * (1 + 2 * pq - 6 * pq * here), ROUNDING),
    );
  });
}

/** theory.chaos-crossing-values: c₃, c₄, c₅ in closed form, growth with n, and at most 4 ln n. */
export function chaosCrossingValues(): Law<ChaosFormulas> {
  const twin = {
    what: 'one factor Φ too many',
    subject: { ...chaosFormulas, crossing: (n: number) => threeWayCrossing(n + 1) },
  };
  return chaosLaw(60, twin, ({ formulas: { crossing }, n }) => {
    const five = (10 * Math.sqrt(3) * (1 / 4 + Math.asin(1 / 4) / (2 * Math.PI))) / Math.PI;
    return firstOf(
      disagreement('c₃', crossing(3), Math.sqrt(3) / Math.PI, ROUNDING),
      disagreement('c₄', crossing(4), (2 * Math.sqrt(3)) / Math.PI, ROUNDING),
      disagreement('c₅', crossing(5), five, ROUNDING),
      inside('cₙ', crossing(n), crossing(n - 1), 4 * Math.log(n)),
    );
  });
}

/** theory.chaos-stable-limits: 2p − 1 at α = 0, certainty at α = 1, odd, increasing, and the quadratic start. */
export function chaosStableLimits(): Law<ChaosFormulas> {
  const twin = {
    what: 'the skewness outside of the arctangent',
    subject: { ...chaosFormulas, stable: (_alpha: number, p: number) => 2 * p - 1 },
  };
  return chaosLaw(200, twin, ({ formulas: { stable }, p, alpha }) => {
    const [skew, pq] = [2 * p - 1, p * (1 - p)];
    const small = alpha / 100;
    return firstOf(
      disagreement('α = 0', stable(0, p), skew, ROUNDING),
      disagreement('α = 1', stable(1, p), Math.sign(skew), ROUNDING),
      disagreement('odd in p − ½', stable(alpha, 1 - p), -stable(alpha, p), ROUNDING),
      disagreement('sure signs', stable(alpha, 1), 1, ROUNDING),
      inside('stable', stable(alpha, p), stable(alpha - 1 / 16, p), stable(alpha + 1 / 16, p)),
      disagreement('small α', stable(small, p), skew * (1 + (Math.PI ** 2 / 3) * pq * small ** 2), 10 * small ** 4),
    );
  });
}

/** A positive stable variable of index α: Kanter, Ann. Probab. 3 (1975) 697. */
function positiveStable(alpha: number, random: Random): number {
  const angle = Math.PI * (1 - random.uniform());
  const exponential = -Math.log(1 - random.uniform());
  const ratio = Math.sin((1 - alpha) * angle) / exponential;
  return (Math.sin(alpha * angle) / Math.sin(angle) ** (1 / alpha)) * ratio ** ((1 - alpha) / alpha);
}

const DRAWS = 30_000;

/** theory.chaos-matches-draws: three log-normal sizes, a stable variable and the moments in cₙ; false alarms 1e-9 a case. */
export function chaosMatchesDraws(): Law<ChaosFormulas> {
  const twin = {
    what: 'a sum of three with the wrong sign of its last term',
    subject: {
      ...chaosFormulas,
      three: (p: number, tau: number) => 2 * chaoticSumOfThree(p, 0) - chaoticSumOfThree(p, tau),
    },
  };
  return chaosLaw(12, twin, (value) => {
    const { formulas, p, tau, alpha, salt } = value;
    const sampled = sampledMeans(salt, `chaos: ${show(value)}`, DRAWS, (random) => {
      const sizes = [0, 1, 2].map(() => Math.exp(tau * random.normal()));
      const [a, b, c] = sizes as [number, number, number];
      const sum = sizes.reduce((total, size) => total + (random.uniform() < p ? size : -size), 0);
      const ahead = p ** (1 / alpha) * positiveStable(alpha, random);
      const behind = (1 - p) ** (1 / alpha) * positiveStable(alpha, random);
      return [Math.sign(sum), a + b < c ? 1 : 0, Math.sign(ahead - behind)];
    });
    const values = [formulas.three(p, tau), formulas.dominance(tau), formulas.stable(alpha, p)];
    return offTheMeans(['three', 'π₃', 'stable'], values, sampled);
  });
}
