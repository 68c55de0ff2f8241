import { InverseClaimsError, requireNumber } from '../src/core/errors.ts';
import { binomialMean } from './binomial-mean.ts';
import { alignment } from './noise-averaging.ts';
import { majorityVote } from './voting.ts';

/** Examples that hit something with probability 1 − q each, and else have zero gradient and zero noise. */
export interface Misses {
  /** Examples: an integer in [1, 2^53], or Infinity. */
  readonly n: number;
  /** Probability of a zero gradient, in [0, 1]. */
  readonly q: number;
}

/** Misses with the signal of the examples that hit. */
export interface NoisyMisses extends Misses {
  /** Dimensions, >= 1. */
  readonly d: number;
  /** |s|/σ of one example that hits; any number, ±Infinity included. */
  readonly mu: number;
}

const MOST_EXAMPLES = 2 ** 53;

function requireMisses(where: string, { n, q }: Misses): void {
  if (n !== Number.POSITIVE_INFINITY) {
    requireNumber(`${where}: "n"`, n, { minimum: 1, maximum: MOST_EXAMPLES, integer: true });
  }
  requireNumber(`${where}: "q"`, q, { minimum: 0, maximum: 1 });
}

function requireSignal(where: string, { d, mu }: NoisyMisses): void {
  requireNumber(`${where}: "d"`, d, { minimum: 1 });
  if (Math.abs(mu) !== Number.POSITIVE_INFINITY) requireNumber(`${where}: "mu"`, mu);
}

/** √k·μ; no example has no signal, however strong. */
function strength(k: number, mu: number): number {
  return k === 0 ? 0 : Math.sqrt(k) * mu;
}

/**
 * Alignment of the summed loss: Σₖ C(n, k) (1 − q)ᵏ qⁿ⁻ᵏ A_d(√k μ), A_d of `alignment`. A step of nothing counts 0.
 * Increasing in n and |μ|, decreasing in q. T6, ours; absolute error below 1e-14, at most 150 values of A_d.
 *
 * @param misses  see `NoisyMisses`; anything else throws
 * @example
 * zeroGradientAlignment({ n: 8, q: 0.5, d: 1, mu: 0.5 }).toFixed(12); // => '0.664847427961'
 */
export function zeroGradientAlignment(misses: NoisyMisses): number {
  const { n, q, d, mu } = misses;
  requireMisses('zeroGradientAlignment', misses);
  requireSignal('zeroGradientAlignment', misses);
  if (q === 1 || mu === 0) return 0;
  if (n === Number.POSITIVE_INFINITY) return Math.sign(mu);
  return binomialMean(n, 1 - q, (k) => alignment(d, strength(k, mu)));
}

/**
 * Bounds on the modulus of `zeroGradientAlignment`, by concavity of k ↦ A_d(√k μ): below (1 − q) A_d(√n μ), its chord;
 * above the smaller of A_d(√(n(1 − q)) μ), by Jensen, and 1 − qⁿ. T6, ours.
 *
 * @param misses  see `NoisyMisses`; anything else throws; the sign of μ does not matter
 * @returns both in [0, 1], lower <= upper
 * @example
 * zeroGradientBounds({ n: 1, q: 0.5, d: 1, mu: Number.POSITIVE_INFINITY }); // => { lower: 0.5, upper: 0.5 }
 */
export function zeroGradientBounds(misses: NoisyMisses): { readonly lower: number; readonly upper: number } {
  const { n, q, d, mu } = misses;
  requireMisses('zeroGradientBounds', misses);
  requireSignal('zeroGradientBounds', misses);
  if (q === 1 || mu === 0) return { lower: 0, upper: 0 };
  const size = Math.abs(mu);
  const hit = 1 - q;
  return {
    lower: hit * alignment(d, strength(n, size)),
    upper: Math.min(alignment(d, strength(n * hit, size)), 1 - noMoveProbability({ n, q })),
  };
}

/**
 * Probability qⁿ that no example has a gradient, so that nothing moves; also what full coupling leaves stuck. T6, ours.
 *
 * @param misses  n an integer in [1, 2^53] or Infinity, q in [0, 1]; anything else throws
 * @example
 * noMoveProbability({ n: 8, q: 0.5 }); // => 0.00390625
 */
export function noMoveProbability({ n, q }: Misses): number {
  requireMisses('noMoveProbability', { n, q });
  return q === 1 ? 1 : q ** n;
}

/**
 * Alignment of the majority of nonzero signs: Σₖ C(n, k) (1 − q)ᵏ qⁿ⁻ᵏ Wₖ(p). Ties, and no votes, count 0. T6, ours;
 * absolute error below 1e-14.
 *
 * @param votes  n an integer in [1, 2^53] or Infinity; q in [0, 1]; p in [0, 1], the probability that a vote is right
 * @example
 * zeroGradientVote({ n: 3, q: 0.5, p: 0.7 }).toFixed(12); // => '0.371000000000'
 */
export function zeroGradientVote({ n, q, p }: Misses & { readonly p: number }): number {
  requireMisses('zeroGradientVote', { n, q });
  requireNumber('zeroGradientVote: "p"', p, { minimum: 0, maximum: 1 });
  if (q === 1 || p === 0.5) return 0;
  if (n === Number.POSITIVE_INFINITY) return Math.sign(p - 0.5);
  return binomialMean(n, 1 - q, (k) => (k === 0 ? 0 : majorityVote(k, p)));
}

/**
 * Expected fraction of examples that never move, (1/n) Σᵢ q^degᵢ: example i moves as soon as one of the degᵢ examples
 * coupled to it, itself included, has a gradient. All degrees 1: independent optimization, q. All degrees n: full
 * coupling, qⁿ. For a deterministic method, an exact plateau, and no exact cancellation. T6, ours; exact.
 *
 * @param q        probability of a zero gradient, in [0, 1]
 * @param degrees  at least one; integers in [1, number of examples]
 * @example
 * stuckFraction(0.5, [1, 1, 1]); // => 0.5
 * stuckFraction(0.5, [2, 3, 2]).toFixed(12); // => '0.208333333333'
 */
export function stuckFraction(q: number, degrees: readonly number[]): number {
  requireNumber('stuckFraction: "q"', q, { minimum: 0, maximum: 1 });
  if (degrees.length === 0) {
    throw new InverseClaimsError('shape-mismatch', {
      where: 'stuckFraction: "degrees"',
      expected: 'the degree of at least one example',
      received: 'an empty list',
    });
  }
  let total = 0;
  for (const degree of degrees) {
    requireNumber('stuckFraction: "degrees"', degree, { minimum: 1, maximum: degrees.length, integer: true });
    total += q ** degree;
  }
  return total / degrees.length;
}
