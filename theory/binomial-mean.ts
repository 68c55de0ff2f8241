import gammaln from '@stdlib/math-base-special-gammaln';

/** ln k! − [(k + ½) ln k − k + ½ ln 2π]: Stirling's remainder. */
function stirlingRemainder(k: number): number {
  if (k === 0) return 0;
  if (k < 16) return gammaln(k + 1) - (k + 0.5) * Math.log(k) + k - 0.5 * Math.log(2 * Math.PI);
  const r = 1 / (k * k);
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / k;
}

/** x ln(x/m) + m − x, without cancellation where x is close to m. */
function deviance(x: number, m: number): number {
  if (x === 0) return m;
  const v = (x - m) / (x + m);
  if (Math.abs(v) > 0.1) return x * Math.log(x / m) + m - x;
  // ln(x/m) = 2 artanh v, and (m − x) = −v (x + m).
  let sum = (x - m) * v;
  let power = 2 * x * v;
  for (let j = 1; j < 40; j++) {
    power *= v * v;
    const next = sum + power / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** ln P(K = k) for K ~ Binomial(n, p), 0 < p < 1. Loader (2000), "Fast and accurate computation of binomial probabilities". */
function logProbability(n: number, p: number, k: number): number {
  if (k === 0) return n * Math.log1p(-p);
  if (k === n) return n * Math.log(p);
  const remainders = stirlingRemainder(n) - stirlingRemainder(k) - stirlingRemainder(n - k);
  const deviances = deviance(k, n * p) + deviance(n - k, n * (1 - p));
  return remainders - deviances - 0.5 * (Math.log(2 * Math.PI) + Math.log(k) + Math.log1p(-k / n));
}

/** Weights below e^{−42} of the largest are left out: 1e-18. */
const DECAYED = 42;
/** Above this standard deviation the sum is taken over every s-th k. */
const STRIDE_FROM = 40;

/**
 * E f(K) for K ~ Binomial(n, p) and a bounded f that changes slowly over the width of K, apart from a possible
 * difference between even and odd k (as a majority vote has). The weights are normalized by their sum.
 *
 * For a standard deviation σ above 40 only every s-th k is summed, s odd and at most σ/8: by Poisson's summation formula
 * this leaves out e^{−2π²σ²/s²} of the smooth part and e^{−π²σ²/(2s²)} of the alternating one, both below 1e-130. The
 * cost is below 150 values of f, for any n.
 *
 * @param n  integer in [0, 2^53], checked by the caller
 * @param p  in [0, 1], checked by the caller
 * @param f  called with integers in [0, n]
 * @example
 * binomialMean(10, 0.25, (k) => k).toFixed(12); // => '2.500000000000'
 */
export function binomialMean(n: number, p: number, f: (k: number) => number): number {
  if (n === 0 || p === 0) return f(0);
  if (p === 1) return f(n);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const peak = logProbability(n, p, mode);
  const deviation = Math.sqrt(n * p * (1 - p));
  const half = Math.floor(deviation / 16);
  const stride = deviation > STRIDE_FROM ? 2 * half + 1 - (2 * half + 1 > deviation / 8 ? 2 : 0) : 1;
  let weights = 0;
  let total = 0;
  const walk = (from: number, step: number): void => {
    for (let k = from; k >= 0 && k <= n; k += step) {
      const exponent = logProbability(n, p, k) - peak;
      if (exponent < -DECAYED) return;
      const weight = Math.exp(exponent);
      weights += weight;
      total += weight * f(k);
    }
  };
  walk(mode, stride);
  walk(mode - stride, -stride);
  return total / weights;
}
