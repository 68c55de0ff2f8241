import erfc from '@stdlib/math-base-special-erfc';
import { requireNumber } from '../src/core/errors.ts';
import { gradedBreaks, integratePanels } from '../src/numerics/gauss-legendre.ts';

/**
 * Sums of gradients of log-normal size: gᵢ = ςᵢ exp(λT + D√T zᵢ), ςᵢ right with probability p, zᵢ ~ N(0, 1), all
 * independent; λ cancels in every sign, and τ = D√T is all that matters. Here what is exact; see `chaos-laws.ts` for laws
 * of large τ or n, and `chaosBounds` for what holds for every τ and n.
 */

/** Φ(x) with small relative error in both tails. */
function normalTail(x: number): number {
  return erfc(-x / Math.SQRT2) / 2;
}

/** ln(1 − e^{−x}) for x > 0. */
function logOneMinusExp(x: number): number {
  return x < Math.LN2 ? Math.log(-Math.expm1(-x)) : Math.log1p(-Math.exp(-x));
}

const NODES = 16;
/** The density of z₃ − z₂ is below the smallest double from here on. */
const LONGEST_LEAD = 54.5;
/** Below 1 the panels halve down to 2^−64; above, where Gaussians of width 1 must be resolved, they have length ½. */
const LEAD_BREAKS = [
  ...gradedBreaks(0, 0.5, 0.5, 64),
  ...Array.from({ length: 2 * LONGEST_LEAD - 1 }, (_, k) => 1 + k / 2),
];

/**
 * π₃(τ) = P(m₁ + m₂ < m₃) for mᵢ = e^{τ zᵢ}: the probability that one of three, named beforehand, outweighs both others,
 * ∫₀^∞ φ(a; 0, 2) Φ([ln(1 − e^{−τa})/τ + a/2]/√(3/2)) da with a = z₃ − z₂ and φ(·; 0, 2) its density. Increasing from 0 to ⅓,
 * 1/3 − π√3/(36τ²) + … . T7b, ours; relative error below 1e-12.
 *
 * @param tau  D√T >= 0; Infinity is allowed; anything else throws. Results below the smallest double (τ < 0.03) are 0
 * @example
 * dominanceOfOne(1).toFixed(12); // => '0.235676335375'
 * dominanceOfOne(0); // => 0
 */
export function dominanceOfOne(tau: number): number {
  if (tau === Number.POSITIVE_INFINITY) return 1 / 3;
  requireNumber('dominanceOfOne: "tau"', tau, { minimum: 0 });
  if (tau === 0) return 0;
  const integrand = (a: number): number => {
    const gap = logOneMinusExp(tau * a) / tau + a / 2;
    return (Math.exp((-a * a) / 4) / (2 * Math.sqrt(Math.PI))) * normalTail(gap / Math.sqrt(1.5));
  };
  return Math.min(1 / 3, integratePanels(integrand, LEAD_BREAKS, NODES));
}

/**
 * Alignment of the sum of three, (2p − 1)[1 + 2pq − 6pq π₃(τ)] with q = 1 − p: from W₃(p) at τ = 0 down to 2p − 1.
 * For one or two examples the alignment is 2p − 1 at every τ. T7b, ours; absolute error below 1e-13.
 *
 * @param p    probability that a sign is right, in [0, 1]
 * @param tau  D√T >= 0; Infinity is allowed
 * @example
 * chaoticSumOfThree(0.7, 1).toFixed(12); // => '0.449219126971'
 */
export function chaoticSumOfThree(p: number, tau: number): number {
  requireNumber('chaoticSumOfThree: "p"', p, { minimum: 0, maximum: 1 });
  const pq = p * (1 - p);
  return (2 * p - 1) * (1 + 2 * pq - 6 * pq * dominanceOfOne(tau));
}

/** z from −9 to 40; the integrand of cₙ is at most 1e-17 of its integral outside for every finite n. */
const RANK_BREAKS = Array.from({ length: 197 }, (_, k) => -9 + k / 4);

/**
 * cₙ = n(n − 1)(n − 2) ∫ φ³ Φⁿ⁻³ dz: the density with which the three largest of n normal numbers coincide. c₁ = c₂ = 0,
 * c₃ = √3/π, cₙ ~ 4 ln n. T7c, ours; relative error below 1e-13.
 *
 * @param n  integer in [1, 2^53]; anything else throws
 * @example
 * threeWayCrossing(3).toFixed(12); // => '0.551328895422'
 */
export function threeWayCrossing(n: number): number {
  requireNumber('threeWayCrossing: "n"', n, { minimum: 1, maximum: 2 ** 53, integer: true });
  if (n < 3) return 0;
  const logChoices = Math.log(n) + Math.log(n - 1) + Math.log(n - 2) - 1.5 * Math.log(2 * Math.PI);
  const integrand = (z: number): number => {
    const above = normalTail(-z);
    const logBelow = z > 0 ? Math.log1p(-above) : Math.log(normalTail(z));
    return Math.exp(logChoices - 1.5 * z * z + (n - 3) * logBelow);
  };
  return integratePanels(integrand, RANK_BREAKS, NODES);
}

/**
 * Alignment of the sum of infinitely many gradients whose magnitudes lie in the domain of a stable law of index α, each
 * sign right with probability p: (2/πα) arctan((2p − 1) tan(πα/2)) for α < 1, and sgn(2p − 1) from α = 1 on. Increases
 * from 2p − 1 at α = 0, where the largest decides. Log-normal magnitudes are of this kind with α = √(2 ln n)/τ. T7d, ours;
 * Zolotarev's positivity parameter and Ben Arous, Bogachev & Molchanov (2005) are classical. Exact for the stable law.
 *
 * @param alpha  >= 0; Infinity is allowed; anything else throws
 * @param p      in [0, 1]
 * @example
 * stableAlignment(0.5, 0.8).toFixed(12); // => '0.688083478491'
 * stableAlignment(0, 0.75); // => 0.5
 */
export function stableAlignment(alpha: number, p: number): number {
  requireNumber('stableAlignment: "p"', p, { minimum: 0, maximum: 1 });
  const skew = 2 * p - 1;
  if (alpha >= 1) return Math.sign(skew);
  requireNumber('stableAlignment: "alpha"', alpha, { minimum: 0 });
  const angle = (Math.PI / 2) * alpha;
  if (angle < 1e-150) return skew;
  return Math.min(1, Math.max(-1, Math.atan2(skew * Math.sin(angle), Math.cos(angle)) / angle));
}
