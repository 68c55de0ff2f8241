import { alignment } from '../../theory/noise-averaging.ts';
import { predictAlignment } from '../../theory/predict-alignment.ts';
import { bisect } from '../numerics/bisection.ts';
import { norm } from '../numerics/vector.ts';
import { boundedMean } from '../verdicts/bounded-mean.ts';
import type { Estimate } from '../verdicts/estimate.ts';
import { cosineOf, EACH, type FramedGradient, type GradientProbe } from './gradient-probe.ts';

/** What averaging over k examples does to the alignment, measured. */
export interface MeasuredAveraging {
  readonly k: number;
  /** Mean cosine of the mean of k gradients with the way to the solution, each gradient in its own frame. */
  readonly losses: Estimate;
  /** The same for gradients that were normalized first. */
  readonly votes: Estimate;
}

/** What theory says of n examples: T1, T5b and T6 combined. */
export interface PredictedAveraging {
  readonly n: number;
  readonly value: number;
  /** From the ends of the intervals of signal and misses. */
  readonly low: number;
  readonly high: number;
}

export interface Averaging {
  readonly measured: readonly MeasuredAveraging[];
  /** |s|/σ of one gradient that is not 0, from its mean cosine; 0 where that is not positive. */
  readonly signalToNoise: Estimate;
  /** Off-diagonal of the tangent kernel of the network at its start, relative to the diagonal. */
  readonly coupling: number;
  /** For examples that a network treats alike: what averaging gives at most. */
  readonly predicted: readonly PredictedAveraging[];
  /** For the coupling of the network. */
  readonly predictedCoupled: readonly PredictedAveraging[];
}

/** n = 1, 2, 4, …, 1024. */
export const PREDICTED_FOR: readonly number[] = Array.from({ length: 11 }, (_, k) => 2 ** k);
/** Groups of k gradients, at least. */
const FEWEST_GROUPS = 16;
const LARGEST_RATIO = 1e6;
/** Alignment to be reached: the number of examples that it takes is not wanted here, and costs the most. */
const ANY = Number.MIN_VALUE;

/**
 * Averages disjoint groups of 1, 2, 4, … gradients, each turned so that its way to the solution is the first axis: what
 * a network could gain that already knows which way each of its examples has to go. Where noise is independent, of equal
 * size and light-tailed, theory and measurement agree; where they part, averaging losses gains less, and votes may gain more.
 */
export function measuredAveraging(framed: readonly FramedGradient[]): readonly MeasuredAveraging[] {
  const votes = framed.map((each) => {
    const length = norm(each);
    return length === 0 ? each : each.map((value) => value / length);
  });
  const result: MeasuredAveraging[] = [];
  for (let k = 1; k <= 1024 && Math.floor(framed.length / k) >= FEWEST_GROUPS; k *= 2) {
    result.push({ k, losses: grouped(framed, k), votes: grouped(votes, k) });
  }
  return result;
}

function grouped(vectors: readonly Float64Array[], k: number): Estimate {
  const cosines = Array.from({ length: Math.floor(vectors.length / k) }, (_, g) => {
    const sum = new Float64Array(vectors[0]?.length ?? 0);
    for (const vector of vectors.slice(g * k, (g + 1) * k)) {
      for (let j = 0; j < sum.length; j++) sum[j]! += (vector[j] as number) / k;
    }
    return cosineOf(sum);
  });
  return boundedMean(cosines, { low: -1, high: 1 }, EACH);
}

/** μ with A_d(μ) = c; 0 for c <= 0. */
function ratioOf(dimension: number, cosine: number): number {
  if (cosine <= 0) return 0;
  return bisect(0, LARGEST_RATIO, (mu) => alignment(dimension, mu) <= cosine);
}

/**
 * The alignment that theory predicts for joint training on n examples, from what single gradients are like: a share q of
 * zeros and, for the others, the mean cosine c, of which the signal-to-noise ratio is A_d⁻¹(c).
 */
export function averaging(
  dimension: number,
  probe: GradientProbe,
  framed: readonly FramedGradient[],
  coupling: number,
): Averaging {
  const { alignmentOfHits: hits, zero } = probe;
  const signalToNoise: Estimate = {
    value: ratioOf(dimension, hits.value),
    low: ratioOf(dimension, hits.low),
    high: ratioOf(dimension, hits.high),
    count: hits.count,
  };
  const predicted = (rho: number): readonly PredictedAveraging[] =>
    PREDICTED_FOR.map((n) => {
      const at = (mu: number, miss: number): number =>
        predictAlignment({ d: dimension, signal: mu, sigma: 1, n, miss, coupling: rho, target: ANY }).alignment ??
        Number.NaN;
      const ends = [signalToNoise.low, signalToNoise.high].flatMap((mu) => [at(mu, zero.low), at(mu, zero.high)]);
      const value = at(signalToNoise.value, zero.value);
      return { n, value, low: Math.min(value, ...ends), high: Math.max(value, ...ends) };
    });
  return {
    measured: measuredAveraging(framed),
    signalToNoise,
    coupling,
    predicted: predicted(1),
    predictedCoupled: predicted(coupling),
  };
}
