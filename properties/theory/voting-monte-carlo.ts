import fc from 'fast-check';
import type { Random } from '../../src/core/random.ts';
import { normalCdf } from '../../src/numerics/normal-distribution.ts';
import { smallSignalSlope } from '../../theory/noise-averaging.ts';
import { dyadic } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { firstOf, simulatedMean, unlikeSimulated } from './comparison.ts';
import { type VotingFormulas, votingFormulas } from './voting-subject.ts';

/** Votes against simulated gradients; tests of fixed size as in `theory-monte-carlo-noise.ts`. */

const DRAWS = 20_000;

interface Case {
  readonly on: VotingFormulas;
  readonly d: number;
  readonly n: number;
  readonly mu1: number;
  readonly salt: number;
}

function simulatedLaw(
  twin: { readonly what: string; readonly subject: Partial<VotingFormulas> },
  violation: (value: Case) => string | undefined,
): Law<VotingFormulas> {
  return law<VotingFormulas, Case>({
    cases: 8,
    subject: votingFormulas,
    twin: { what: twin.what, subject: { ...votingFormulas, ...twin.subject } },
    arbitrary: (on) =>
      fc.record({
        on: fc.constant(on),
        d: fc.integer({ min: 2, max: 3 }),
        n: fc.integer({ min: 2, max: 6 }),
        mu1: dyadic(0.25, 1, 8),
        salt: fc.nat(1000),
      }),
    violation,
    show: ({ d, n, mu1, salt }) => `d ${d}, n ${n}, mu1 ${mu1}, salt ${salt}`,
  });
}

/** Majority of n signs of gradients, all of them simulated: 1 right, −1 wrong, 0 for a tie. */
function majorityOfSigns(random: Random, n: number, mu1: number): number {
  let votes = 0;
  for (let i = 0; i < n; i++) votes += Math.sign(mu1 + random.normal());
  return Math.sign(votes);
}

/** W_n(Φ(μ₁)), P(tie) and P(wrong) + ½ P(tie), of n and of n + 1 votes. */
export function votesSimulated(): Law<VotingFormulas> {
  const twin = {
    what: 'ties counted as right',
    subject: {
      majorityVote: (n: number, p: number) => votingFormulas.majorityVote(n, p) + votingFormulas.tie(n, p),
    },
  };
  return simulatedLaw(twin, ({ on, n, mu1, salt }) => {
    const p = normalCdf(mu1);
    const plan = { draws: DRAWS, purpose: 'theory/votes', salt };
    const even = 2 * Math.ceil(n / 2);
    const value = simulatedMean(plan, (random) => majorityOfSigns(random, even, mu1));
    const tie = simulatedMean(plan, (random) => (majorityOfSigns(random, even, mu1) === 0 ? 1 : 0));
    const gained = simulatedMean({ ...plan, purpose: 'theory/increment' }, (random) =>
      gainOfOneVote(random, even, mu1),
    );
    return firstOf(
      unlikeSimulated('W', on.majorityVote(even, p), value),
      unlikeSimulated('1 − 2 failure', 1 - 2 * on.failure(even, p), value),
      unlikeSimulated('P(tie)', on.tie(even, p), tie),
      unlikeSimulated('increment', on.increment(even, p), gained),
    );
  });
}

/** What the vote number n + 1 changes: its sign where n votes tie, nothing else. */
function gainOfOneVote(random: Random, even: number, mu1: number): number {
  return majorityOfSigns(random, even, mu1) === 0 ? Math.sign(mu1 + random.normal()) : 0;
}

/** Cosine between e₁ and the sum of n unit vectors along gradients with signal-to-noise ratio μ₁. */
function cosineOfNormalized(random: Random, d: number, n: number, mu1: number): number {
  let along = 0;
  const across = new Float64Array(d - 1);
  const noise = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    let square = 0;
    for (let j = 0; j < d; j++) {
      const component = random.normal() + (j === 0 ? mu1 : 0);
      noise[j] = component;
      square += component * component;
    }
    const length = Math.sqrt(square);
    along += (noise[0] as number) / length;
    for (let j = 1; j < d; j++) across[j - 1] = (across[j - 1] as number) + (noise[j] as number) / length;
  }
  return along / Math.hypot(along, ...across);
}

/** Length of a walk of n steps, by steps that point along normal vectors, over n. */
function walkShare(random: Random, d: number, n: number): number {
  const sum = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const step = Array.from({ length: d }, () => random.normal());
    const length = Math.hypot(...step);
    step.forEach((x, j) => {
      sum[j] = (sum[j] as number) + x / length;
    });
  }
  return Math.hypot(...sum) / n;
}

/**
 * E|S_n|/n by random walks; and μ₁ c_d E|S_n| against normalized votes at μ₁ = 1/8, where the expansion leaves less than
 * 1/100 (its error is of the order μ₁³).
 */
export function walksSimulated(): Law<VotingFormulas> {
  const twin = { what: 'the root mean square √n', subject: { walk: (_: number, n: number) => Math.sqrt(n) } };
  return simulatedLaw(twin, ({ on, d, n, salt }) => {
    const walk = simulatedMean({ draws: DRAWS / 2, purpose: 'theory/walks', salt }, (random) =>
      walkShare(random, d, n),
    );
    const weak = 1 / 8;
    const vote = simulatedMean({ draws: DRAWS / 2, purpose: 'theory/weak-votes', salt }, (random) =>
      cosineOfNormalized(random, d, n, weak),
    );
    const expansion = weak * smallSignalSlope(d) * on.walk(d, n);
    return firstOf(
      unlikeSimulated('E|S_n|/n', on.walk(d, n) / n, walk),
      unlikeSimulated('weak votes', expansion, { mean: vote.mean, allowed: vote.allowed + 0.01 }),
    );
  });
}
