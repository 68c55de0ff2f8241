import erf from '@stdlib/math-base-special-erf';
import gammaln from '@stdlib/math-base-special-gammaln';
import fc from 'fast-check';
import { normalCdf } from '../../src/numerics/normal-distribution.ts';
import { alignment, meanSquareCosine } from '../../theory/noise-averaging.ts';
import { dyadic, powerOfTwo } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { firstOf, outside, unlike } from './comparison.ts';
import { type VotingFormulas, votingFormulas } from './voting-subject.ts';

/** Identities of majority votes and of normalized votes; the sums are over all outcomes, not by the library's functions. */

interface VoteCase {
  readonly on: VotingFormulas;
  readonly n: number;
  readonly p: number;
}

type Twin = { readonly what: string; readonly subject: Partial<VotingFormulas> };

function voteLaw(
  cases: number,
  twin: Twin,
  violation: (value: VoteCase) => string | undefined,
  p: fc.Arbitrary<number> = dyadic(0, 1, 256),
): Law<VotingFormulas> {
  return law<VotingFormulas, VoteCase>({
    cases,
    subject: votingFormulas,
    twin: { what: twin.what, subject: { ...votingFormulas, ...twin.subject } },
    arbitrary: (on) => fc.record({ on: fc.constant(on), n: fc.integer({ min: 1, max: 60 }), p }),
    violation,
    show: ({ n, p: probability }) => `n ${n}, p ${probability}`,
  });
}

/** P(k of n votes are right), k = 0, …, n, by n convolutions: sums of positive numbers only. */
function outcomes(n: number, p: number): readonly number[] {
  let chances = [1];
  for (let votes = 1; votes <= n; votes++) {
    chances = Array.from({ length: votes + 1 }, (_, k) => (chances[k - 1] ?? 0) * p + (chances[k] ?? 0) * (1 - p));
  }
  return chances;
}

const { majorityVote } = votingFormulas;
const total = (chances: readonly number[]): number => chances.reduce((sum, chance) => sum + chance, 0);

/** P(right) − P(wrong), P(tie) and P(wrong) + ½ P(tie) against sums over all outcomes of up to 60 votes. */
export function voteCountsOutcomes(): Law<VotingFormulas> {
  const twin = { what: 'ties counted as right', subject: { majorityVote: tiesAreRight } };
  return voteLaw(500, twin, ({ on, n, p }) => {
    const chances = outcomes(n, p);
    const wrong = total(chances.filter((_, k) => 2 * k < n));
    const tie = total(chances.filter((_, k) => 2 * k === n));
    const right = total(chances.filter((_, k) => 2 * k > n));
    return firstOf(
      unlike('W', on.majorityVote(n, p), right - wrong, 1e-13, 1),
      unlike('P(tie)', on.tie(n, p), tie, 1e-13),
      unlike('P(wrong) + ½ P(tie)', on.failure(n, p), wrong + 0.5 * tie, 1e-12),
    );
  });
}

function tiesAreRight(n: number, p: number): number {
  return majorityVote(n, p) + votingFormulas.tie(n, p);
}

/** W_{2m} = W_{2m−1}; W(1−p) = −W(p); W_1 = 2p − 1; W_{n+1} − W_n = (2p−1) P(tie of n); increasing in p, to ±1 in n. */
export function voteRecurrences(): Law<VotingFormulas> {
  const twin = { what: 'an even vote counted as the next odd one', subject: { majorityVote: nextOdd } };
  return voteLaw(1000, twin, ({ on, n, p }) => {
    const value = on.majorityVote(n, p);
    const next = on.majorityVote(n + 1, p);
    const growing = p >= 0.5 ? outside('one vote more', next, value, 1) : outside('one vote more', next, -1, value);
    return firstOf(
      outside('W', value, -1, 1),
      unlike('an even vote', on.majorityVote(2 * n, p), on.majorityVote(2 * n - 1, p), 0),
      unlike('W(1 − p)', on.majorityVote(n, 1 - p), -value, 0),
      unlike('W_1', on.majorityVote(1, p), 2 * p - 1, 4e-16, 1),
      unlike('W_3', on.majorityVote(3, p), (2 * p - 1) * (1 + 2 * p * (1 - p)), 1e-15, 1),
      unlike('increment', on.increment(n, p), next - value, 1e-13, 1),
      unlike('increment and tie', on.increment(n, p), (2 * p - 1) * on.tie(n, p), 1e-15),
      unlike('failure', on.failure(n, p), 0.5 * (1 - value), 1e-14, 1),
      outside('more reliable votes', on.majorityVote(n, Math.min(1, p + 1 / 256)), value, 1),
      growing,
    );
  });
}

function nextOdd(n: number, p: number): number {
  return majorityVote(n % 2 === 0 ? n + 1 : n, p);
}

/** W_{2m−1} = 2 m C(2m,m) 4^{−m} δ (1 + O(m δ²)) next to a coin toss, relatively: p = ½ ± 2^−k, k from 20 to 48. */
export function voteNextToCoinToss(): Law<VotingFormulas> {
  const twin = { what: 'a difference of probabilities', subject: { majorityVote: byDifference } };
  const p = fc.tuple(powerOfTwo(-48, -20), fc.boolean()).map(([step, up]) => (up ? 0.5 + step : 0.5 - step));
  return voteLaw(
    300,
    twin,
    ({ on, n, p: probability }) => {
      const even = 2 * Math.ceil(n / 2);
      let slope = even;
      for (let k = 1; k <= even / 2; k++) slope *= (2 * k - 1) / (2 * k);
      const bias = 2 * probability - 1;
      return unlike('W', on.majorityVote(n, probability), slope * bias, 2e-14 + even * bias * bias);
    },
    p,
  );
}

function byDifference(n: number, p: number): number {
  return 1 - 2 * votingFormulas.failure(n, p);
}

interface SignalCase {
  readonly on: VotingFormulas;
  readonly d: number;
  readonly n: number;
  readonly mu: number;
}

function signalLaw(
  cases: number,
  twin: Twin,
  violation: (value: SignalCase) => string | undefined,
): Law<VotingFormulas> {
  return law<VotingFormulas, SignalCase>({
    cases,
    subject: votingFormulas,
    twin: { what: twin.what, subject: { ...votingFormulas, ...twin.subject } },
    arbitrary: (on) =>
      fc.record({
        on: fc.constant(on),
        d: fc.oneof(fc.integer({ min: 2, max: 12 }), powerOfTwo(4, 10)),
        n: fc.integer({ min: 1, max: 40 }),
        mu: dyadic(1 / 16, 20),
      }),
    violation,
    show: ({ d, n, mu }) => `d ${d}, n ${n}, mu ${mu}`,
  });
}

/** Under Gaussian noise no vote beats the sum, which is sufficient: W_n(Φ(μ₁)) <= erf(√(n/2) μ₁), equal for one example. */
export function votesNeverBeatTheSum(): Law<VotingFormulas> {
  const twin = { what: 'ties counted as right', subject: { majorityVote: tiesAreRight } };
  return signalLaw(1000, twin, ({ on, n, mu }) => {
    const p = normalCdf(mu);
    return firstOf(
      outside('vote', on.majorityVote(n, p), -1, erf(Math.sqrt(n / 2) * mu), 1e-14),
      unlike('one vote', on.majorityVote(1, p), erf(mu * Math.SQRT1_2), 1e-15, 1),
    );
  });
}

/**
 * Chernoff efficiency: −log of the share 4pq that an example leaves of the vote's error, over μ₁²; from 2/π down to ½; and
 * P(failure of n votes) <= (4pq)^{n/2} with the exponent reached for many votes.
 */
export function voteExponent(): Law<VotingFormulas> {
  const twin = { what: 'the exponent of one example, ½', subject: { exponent: () => 0.5 } };
  return signalLaw(300, twin, ({ on, n, mu }) => {
    const strength = Math.min(mu, 6);
    const [q, value] = [normalCdf(-strength), on.exponent(strength)];
    const exponent = 0.5 * value * strength * strength;
    const votes = 1000 * n;
    const rate = -Math.log(votingFormulas.failure(votes, 1 - q)) / votes;
    return firstOf(
      outside('efficiency', value, 0.5, 2 / Math.PI),
      outside('efficiency of a stronger signal', on.exponent(strength + 1 / 16), 0.5, value, 1e-14),
      unlike('2^… of the error', 4 * q * (1 - q), Math.exp(-2 * exponent), 1e-12),
      // Prefactors of the binomial tail are polynomial in the number of votes.
      rate < 0.3 ? unlike('rate of many votes', rate, exponent, (4 + 2 * Math.log(votes)) / votes, 1) : undefined,
      unlike('without signal', on.exponent(0), 2 / Math.PI, 1e-15),
    );
  });
}

/** eff · μ₁² (1 − E cos²) = (d−1) A²; from (d/2)(Γ((d+1)/2)/Γ(d/2+1))² without signal to 1; larger in higher dimension. */
export function angularEfficiency(): Law<VotingFormulas> {
  const twin = {
    what: 'the dimension off by one',
    subject: { angular: (d: number, mu1: number) => votingFormulas.angular(d + 1, mu1) },
  };
  return signalLaw(500, twin, ({ on, d, mu }) => {
    const value = on.angular(d, mu);
    const gammas = Math.exp(2 * (gammaln((d + 1) / 2) - gammaln(d / 2 + 1)));
    return firstOf(
      unlike('balance', value * mu * mu * (1 - meanSquareCosine(d, mu)), (d - 1) * alignment(d, mu) ** 2, 1e-11),
      unlike('without signal', on.angular(d, 0), 0.5 * d * gammas, 1e-10),
      unlike('with any signal', on.angular(d, Number.POSITIVE_INFINITY), 1, 0),
      outside('efficiency', value, Math.PI / 4, 1),
      outside('in one dimension more', on.angular(d + 1, mu), value, 1),
    );
  });
}

/** Walks: |S_1| = 1, closed two-step means, counted lengths on the line, √n from above, near √n Γ((d+1)/2) √(2/d)/Γ(d/2). */
export function walkLengths(): Law<VotingFormulas> {
  const twin = { what: 'the root mean square √n', subject: { walk: (_: number, n: number) => Math.sqrt(n) } };
  return signalLaw(200, twin, ({ on, d, n }) => {
    const counted = outcomes(n, 0.5).reduce((sum, chance, k) => sum + chance * Math.abs(2 * k - n), 0);
    const logTwo = (d - 1) * Math.LN2 + 2 * gammaln(d / 2) - 0.5 * Math.log(Math.PI) - gammaln(d - 0.5);
    // Three steps in the plane take the longest series: here from four on.
    const many = Math.max(4, n);
    const flat = [2, 3].map((k) => {
      const limit = Math.sqrt((2 * many) / k) * Math.exp(gammaln((k + 1) / 2) - gammaln(k / 2));
      const value = on.walk(k, many);
      return firstOf(
        outside(`E|S_n|, d = ${k}`, value, 0, Math.sqrt(many), 1e-12),
        unlike(`E|S_n| for many steps, d = ${k}`, value, limit, 0.2 / many),
        outside('one step more', on.walk(k, many + 1), value, value + 1, 1e-12),
      );
    });
    return firstOf(
      unlike('on the line', on.walk(1, n), counted, 1e-12),
      unlike('two steps', on.walk(d, 2), Math.exp(logTwo), 1e-10),
      unlike('one step', on.walk(d, 1), 1, 1e-14),
      ...flat,
    );
  });
}
