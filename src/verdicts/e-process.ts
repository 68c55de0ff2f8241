import { InverseClaimsError, requireNumber } from '../core/errors.ts';

/** `'above'`: evidence that the mean is larger than the null mean; `'below'`: that it is smaller. */
export type Direction = 'above' | 'below';

/**
 * The bet fractions f of the mixture, each with weight 1/16: a sample x is bet on with λ = f/m <= 1/m.
 *
 * For 0/1 trials of mean θ the best fraction is (θ − m)/(1 − m), so the grid is geometric towards 0 (a gap of 0.02 at
 * m = 0.5 wants f = 0.04, one of 0.002 at m = 0.001 wants 0.002) and towards 1 (θ = 0.99 at m = 0.5 wants 0.98); f = 1
 * serves events that always happen. The mixture costs at most ln 16 = 2.8 nats against the best single bet. At
 * α = 1e-5 the mean-field number of trials, against ln(1/α)/KL(θ, m) of a bettor who knows θ, is
 *
 *     m      θ      trials  ratio        m      θ       trials  ratio
 *     0.5    0.52    17817   1.24        0.9    0.99       188   1.17
 *     0.5    0.6       721   1.26        0.99   0.999     1995   1.17
 *     0.5    0.9      36.5   1.17        0.999  0.9999   20065   1.17
 *     0.5    1        18.9   1.14        0.999  1        13241   1.15
 *     0.9    0.92     6178   1.27        0.001  0.003    11007   1.24
 *
 * and at most 1.34 over 37 such pairs with gaps down to 0.005. Gaps below 0.001 (1 − m) are out of reach of every bet;
 * the equidistant grid k/16 would not grow at m = 0.5, θ = 0.51.
 */
export const BET_FRACTIONS: readonly number[] = [
  0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9, 0.96, 0.99, 1,
];

const BETS = BET_FRACTIONS.length;
/** Logarithm of the number of bets: what the mixture costs at most against its best bet. */
export const LOG_BETS: number = Math.log(BETS);

/** Samples as the capital sees them: zeros and ones are counted, all others kept in their order. */
export interface Tally {
  readonly zeros: number;
  readonly ones: number;
  /** (K), each in (0, 1). */
  readonly interior: Float64Array;
}

/** Capital of a gambler who bets against the null mean, sample by sample. */
export interface BettingProcess {
  /** Takes the next sample, in [0, 1]; anything else throws. */
  add(x: number): void;
  /** ln K after the samples so far; 0 at the start. */
  logCapital(): number;
  /** ln K after `times` as many trials, if samples went on as they came: every bet keeps its growth. `times` > 0. */
  projectedLogCapital(times: number): number;
}

/** ln((1/J) Σ exp(termⱼ)), without overflow. */
export function logMeanExp(terms: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < BETS; j++) largest = Math.max(largest, terms[j]!);
  if (!Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let j = 0; j < BETS; j++) sum += Math.exp(terms[j]! - largest);
  return largest + Math.log(sum) - LOG_BETS;
}

/** ln(1 − f): the logarithm of the factor of a zero, −∞ for f = 1. */
const LOSE = Float64Array.from(BET_FRACTIONS, (f) => Math.log1p(-f));

/** ln(1 − f + f/m): the logarithms of the factors of a one, given the odds (1 − m)/m. */
function winFactors(odds: number): Float64Array {
  const win = new Float64Array(BETS);
  for (let j = 0; j < BETS; j++) win[j] = Math.log1p(BET_FRACTIONS[j]! * odds);
  return win;
}

/** Writes the log capital of each bet after `ones` and `zeros`: a function of the counts alone, bit for bit. */
function countTermsInto(out: Float64Array, win: Float64Array, ones: number, zeros: number): void {
  // A count of 0 must not meet the infinite logarithm of the bet f = 1: 0 · ∞ is NaN.
  for (let j = 0; j < BETS; j++) {
    out[j] = (ones > 0 ? ones * win[j]! : 0) + (zeros > 0 ? zeros * LOSE[j]! : 0);
  }
}

/** Log capital of every bet when the null mean is 0: certain ruin of the null as soon as one sample is positive. */
function zeroNullTermsInto(out: Float64Array, positive: boolean, zeros: number): void {
  for (let j = 0; j < BETS; j++) out[j] = positive ? Number.POSITIVE_INFINITY : zeros > 0 ? zeros * LOSE[j]! : 0;
}

const SMALLEST_NULL = 1e-300;

/** The null mean seen in the direction of the bet: m for `'above'`, 1 − m (of the samples 1 − x) for `'below'`. */
function facing(nullMean: number, direction: Direction): { readonly mean: number; readonly odds: number } {
  const [mean, rest] = direction === 'above' ? [nullMean, 1 - nullMean] : [1 - nullMean, nullMean];
  // Betting against a larger null mean is valid, and 1/m stays finite.
  const floored = mean === 0 ? 0 : Math.max(mean, SMALLEST_NULL);
  return { mean: floored, odds: rest / floored };
}

/** Throws `not-finite` or `out-of-range`, naming the trial, unless 0 <= x <= 1. */
export function requireSample(where: string, x: number, trial: number): void {
  if (x >= 0 && x <= 1) return;
  throw new InverseClaimsError(Number.isFinite(x) ? 'out-of-range' : 'not-finite', {
    where: `${where}: trial ${trial}`,
    expected: 'a number in [0, 1]',
    received: String(x),
    hint: 'make unbounded quantities 0/1 events or declared clips',
  });
}

/**
 * The e-process of a mixture of constant bets against H₀: mean <= m (`'above'`) or H₀: mean >= m (`'below'`).
 *
 *     K⁺ₜ(m) = (1/16) Σⱼ Πᵢ (1 − fⱼ + fⱼ xᵢ/m),    K⁻ₜ(m) of x = K⁺ₜ(1 − m) of 1 − x
 *
 * Under H₀ every factor has conditional mean <= 1 and is >= 0, so K is a nonnegative supermartingale started at 1 and
 * P(there is a t with Kₜ >= 1/α) <= α (Ville 1939). K⁺ decreases in m. After zeros and ones only, K depends on their
 * counts alone, bit for bit. Edges of `'above'`, mirrored for `'below'`:
 * m = 0 says that every sample is 0, so one positive sample is infinite evidence (before it, 0/0 is read as 0);
 * m = 1 is never wrong: every factor is <= 1 and K never grows.
 *
 * @param nullMean   m in [0, 1]; anything else throws `out-of-range` or `not-finite`
 * @param direction  which side the evidence is for
 * @example
 * const process = bettingProcess(0.5, 'above');
 * for (let trial = 0; trial < 19; trial++) process.add(1);
 * process.logCapital() >= Math.log(1e5); // => true
 * @see Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting", JRSS-B 86 (2024) 1,
 * prop. 2 (capital process), sec. 4.3 (mixtures of bets on a grid).
 */
export function bettingProcess(nullMean: number, direction: Direction): BettingProcess {
  requireNumber('bettingProcess: "nullMean"', nullMean, { minimum: 0, maximum: 1 });
  const { mean, odds } = facing(nullMean, direction);
  const win = winFactors(odds);
  const interior = new Float64Array(BETS);
  const terms = new Float64Array(BETS);
  let [zeros, ones, others] = [0, 0, 0];
  const fillTerms = (): void => {
    if (mean === 0) {
      zeroNullTermsInto(terms, ones + others > 0, zeros);
      return;
    }
    countTermsInto(terms, win, ones, zeros);
    if (others > 0) for (let j = 0; j < BETS; j++) terms[j]! += interior[j]!;
  };
  return {
    add(x) {
      requireSample('bettingProcess', x, zeros + ones + others);
      const gain = direction === 'above' ? x : 1 - x;
      if (x !== 0 && x !== 1) {
        others++;
        for (let j = 0; j < BETS; j++) {
          const f = BET_FRACTIONS[j]!;
          interior[j]! += Math.log(1 - f + (f * gain) / mean);
        }
      } else if (gain === 1) ones++;
      else zeros++;
    },
    logCapital() {
      fillTerms();
      return logMeanExp(terms);
    },
    projectedLogCapital(times) {
      fillTerms();
      for (let j = 0; j < BETS; j++) terms[j]! *= times;
      return logMeanExp(terms);
    },
  };
}

/**
 * ln K of `bettingProcess` as a function of the counts of ones and zeros: for repeated use with one null mean.
 *
 * @param nullMean  m in [0, 1]; anything else throws `out-of-range` or `not-finite`
 */
export function capitalOfCounts(
  nullMean: number,
  direction: Direction,
): (successes: number, failures: number) => number {
  requireNumber('capitalOfCounts: "nullMean"', nullMean, { minimum: 0, maximum: 1 });
  const { mean, odds } = facing(nullMean, direction);
  const win = winFactors(odds);
  const terms = new Float64Array(BETS);
  return (successes, failures) => {
    const [ones, zeros] = direction === 'above' ? [successes, failures] : [failures, successes];
    if (mean === 0) zeroNullTermsInto(terms, ones > 0, zeros);
    else countTermsInto(terms, win, ones, zeros);
    return logMeanExp(terms);
  };
}

/**
 * ln K of `bettingProcess` after so many ones and zeros, in any order: the same bits.
 *
 * @param successes  number of ones, an integer >= 0
 * @param failures   number of zeros, an integer >= 0; anything else throws, as does a null mean outside [0, 1]
 * @example
 * logCapitalOfCounts(19, 0, 0.5, 'above') >= Math.log(1e5); // => true
 */
export function logCapitalOfCounts(
  successes: number,
  failures: number,
  nullMean: number,
  direction: Direction,
): number {
  requireNumber('logCapitalOfCounts: "successes"', successes, { minimum: 0, integer: true });
  requireNumber('logCapitalOfCounts: "failures"', failures, { minimum: 0, integer: true });
  return capitalOfCounts(nullMean, direction)(successes, failures);
}

/** Products leave this range before they are replaced by their logarithm; one factor more cannot overflow. */
const LARGE = 1e140;

/** Σ ln(1 − f + f xᵢ/m) as logarithms of long products: one logarithm per hundreds of samples. */
function logProduct(interior: Float64Array, f: number, mean: number, mirrored: boolean): number {
  const kept = 1 - f;
  const slope = f / mean;
  let sum = 0;
  let product = 1;
  for (let i = 0; i < interior.length; i++) {
    const x = interior[i]!;
    product *= kept + slope * (mirrored ? 1 - x : x);
    if (product > LARGE || product < 1 / LARGE) {
      sum += Math.log(product);
      product = 1;
    }
  }
  return sum + Math.log(product);
}

/**
 * Writes the log capital of each bet against K⁺'s null mean m, 0 < m <= 1, after a whole tally; −∞ for retired bets.
 * `mirrored` takes 1 − x for x. Agrees with `bettingProcess` up to rounding.
 */
export function betsOfTallyInto(
  out: Float64Array,
  tally: Tally,
  m: number,
  mirrored: boolean,
  retired: Uint8Array,
): void {
  const [ones, zeros] = mirrored ? [tally.zeros, tally.ones] : [tally.ones, tally.zeros];
  countTermsInto(out, winFactors((1 - m) / m), ones, zeros);
  for (let j = 0; j < BETS; j++) {
    if (retired[j] === 1) out[j] = Number.NEGATIVE_INFINITY;
    else if (tally.interior.length > 0) out[j]! += logProduct(tally.interior, BET_FRACTIONS[j]!, m, mirrored);
  }
}
