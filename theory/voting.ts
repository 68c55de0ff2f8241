import betainc from '@stdlib/math-base-special-betainc';
import erf from '@stdlib/math-base-special-erf';
import { smallSignalSlope } from './noise-averaging.ts';
import { checkedSignalToNoise, requireCount, requireProbability } from './signal-arguments.ts';

/**
 * Majority vote (T3 of `theory/README.md`): n independent votes, each right with probability p; ties count 0. With
 * m = ⌈n/2⌉ and δ = 2p − 1 its alignment 2 I_p(m, m) − 1 is also I_{δ²}(½, m), where nothing cancels at p = ½.
 */

/** Below this n δ², I_{δ²}(½, m) is linear in |δ| to rounding, and δ² may underflow. */
const LINEAR = 1e-17;

/** I_{δ²}(½, m) with the sign of δ. */
function voteOfBias(n: number, bias: number): number {
  const even = 2 * Math.ceil(n / 2);
  if (bias * bias * even < LINEAR) return bias * even * Math.sqrt(2 / Math.PI) * smallSignalSlope(even);
  return Math.sign(bias) * betainc(bias * bias, 0.5, even / 2);
}

/** 2p − 1. Exact for p >= ¼. */
function biasOf(p: number): number {
  return 2 * p - 1;
}

/**
 * Alignment of the majority of n votes, W_n(p) = P(right) − P(wrong) = 2 I_p(m, m) − 1, m = ⌈n/2⌉.
 *
 * An even vote changes nothing: W_{2m} = W_{2m−1}. Odd in p − ½, and accurate to a few rounding errors of its value there.
 *
 * @param n  votes, integer >= 1
 * @param p  probability that a vote is right, in [0, 1]. Anything else throws `out-of-range` or `not-finite`
 * @returns in [−1, 1]
 * @example
 * majorityVote(3, 0.75); // => 0.6875
 * majorityVote(4, 0.75); // => 0.6875
 * majorityVote(101, 0.5); // => 0
 */
export function majorityVote(n: number, p: number): number {
  requireCount('majorityVote: "n"', n);
  requireProbability('majorityVote: "p"', p);
  return voteOfBias(n, biasOf(p));
}

/**
 * P(wrong) + ½ P(tie) = (1 − W_n(p))/2 = I_{1−p}(m, m), with small relative error where it is tiny.
 *
 * @param n  as for `majorityVote`
 * @param p  as for `majorityVote`
 * @example
 * majorityVoteFailure(3, 0.75).toFixed(14); // => '0.15625000000000'
 * majorityVoteFailure(5, 0.999).toPrecision(10); // => '9.985006000e-9'
 */
export function majorityVoteFailure(n: number, p: number): number {
  requireCount('majorityVoteFailure: "n"', n);
  requireProbability('majorityVoteFailure: "p"', p);
  const bias = biasOf(p);
  const m = Math.ceil(n / 2);
  // The upper tail in δ², or the same as a lower one in 4p(1−p), whichever argument is the smaller and thus the sharper.
  const tail = bias * bias < 0.5 ? betainc(bias * bias, 0.5, m, true, true) : betainc(4 * p * (1 - p), m, 0.5);
  return bias >= 0 ? 0.5 * tail : 1 - 0.5 * tail;
}

/**
 * Alignment of the majority of n votes sign(g_i), g_i ~ N(s, σ²): W_n(Φ(|s|/σ)), accurate for weak signals too.
 *
 * @param n       examples, integer >= 1
 * @param signal  |s| >= 0, ∞ included
 * @param sigma   finite, > 0. Anything else throws `out-of-range` or `not-finite`
 * @example
 * gaussianVoteAlignment(4, 0.5, 1); // => 0.5463129566385…
 */
export function gaussianVoteAlignment(n: number, signal: number, sigma: number): number {
  requireCount('gaussianVoteAlignment: "n"', n);
  return voteOfBias(n, erf(checkedSignalToNoise('gaussianVoteAlignment', 1, signal, sigma) * Math.SQRT1_2));
}

/**
 * P(tie) = C(n, n/2) (p(1−p))^{n/2} of n votes; 0 for odd n. In terms of the slope c_n of noise averaging in n dimensions
 * it is √(2/π) c_n (4p(1−p))^{n/2}, which neither overflows nor cancels.
 *
 * @param n  as for `majorityVote`
 * @param p  as for `majorityVote`
 * @example
 * tieProbability(2, 0.75).toFixed(14); // => '0.37500000000000'
 * tieProbability(3, 0.75); // => 0
 */
export function tieProbability(n: number, p: number): number {
  requireCount('tieProbability: "n"', n);
  requireProbability('tieProbability: "p"', p);
  if (n % 2 === 1) return 0;
  const bias = biasOf(p);
  const logShare = bias * bias < 0.5 ? Math.log1p(-bias * bias) : Math.log(4 * p * (1 - p));
  return Math.sqrt(2 / Math.PI) * smallSignalSlope(n) * Math.exp(0.5 * n * logShare);
}

/**
 * What n + 1 votes gain over n: W_{n+1}(p) − W_n(p) = (2p−1) P(tie of n votes), thus 0 for odd n.
 *
 * @param n  as for `majorityVote`
 * @param p  as for `majorityVote`
 * @example
 * voteIncrement(2, 0.75).toFixed(14); // => '0.18750000000000'
 * voteIncrement(1, 0.75); // => 0
 */
export function voteIncrement(n: number, p: number): number {
  requireCount('voteIncrement: "n"', n);
  requireProbability('voteIncrement: "p"', p);
  return biasOf(p) * tieProbability(n, p);
}
