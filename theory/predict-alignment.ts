import { type Batch, requireShape } from '../src/core/batch.ts';
import { InverseClaimsError, requireNumber } from '../src/core/errors.ts';
import { binomialMean } from './binomial-mean.ts';
import { effectiveExamples, equicorrelatedExamples, requireKernelMatrix } from './kernel-alignment.ts';
import { alignment } from './noise-averaging.ts';
import { requireDimension, requireProbability } from './signal-arguments.ts';
import { noMoveProbability, zeroGradientAlignment } from './zero-gradients.ts';

/** A training about to start: n examples with the same noise-free gradient s in d dimensions. */
export interface TrainingSetup {
  /** Dimension of the solution of each example, >= 1. */
  readonly d: number;
  /** |s| >= 0. */
  readonly signal: number;
  /** Standard deviation of the noise of each component of a gradient, > 0. */
  readonly sigma: number;
  /** An integer in [1, 2^53). */
  readonly n: number;
  /** Probability q that an example has zero gradient and zero noise, in [0, 1]; 0 unless given. */
  readonly miss?: number;
  /** ρ in [0, 1] of a tangent kernel that is 1 on the diagonal and ρ elsewhere, or the kernel, (n, n). */
  readonly coupling: number | Batch;
  /** Alignment to be reached, in (0, 1); 0.9 unless given. */
  readonly target?: number;
}

/** What is known before the first step. */
export interface AlignmentPrediction {
  /** Mean over the examples of the alignment of the first step; undefined where only the bounds are known. */
  readonly alignment: number | undefined;
  /** lower <= alignment <= upper; equal where it is known. */
  readonly bounds: { readonly lower: number; readonly upper: number };
  /** What coupling leaves of n where nobody misses: (Σⱼ Kᵢⱼ)²/Σⱼ Kᵢⱼ², mean over the examples. */
  readonly effectiveExamples: number;
  /** Probability that an example does not move at all, mean over the examples. */
  readonly noMoveProbability: number;
  /** Smallest n whose alignment reaches the target; Infinity where none does, undefined where that is not known. */
  readonly examplesForTarget: number | undefined;
  /** Why something is undefined or infinite. */
  readonly reasons: readonly string[];
}

const MOST_EXAMPLES = Number.MAX_SAFE_INTEGER;
/** Patterns of hits are enumerated up to 2^12 a row: some 10 ms. */
const MOST_ENUMERATED = 12;

/** A_d(√k μ); nothing to average has no direction, however strong the signal. */
function averaged(d: number, k: number, mu: number): number {
  return k === 0 || mu === 0 ? 0 : alignment(d, Math.sqrt(k) * mu);
}

/** The checked setup, with μ = |s|/σ of one example. */
interface Checked {
  readonly d: number;
  readonly mu: number;
  readonly n: number;
  readonly q: number;
  readonly target: number;
}

function requireSetup(setup: TrainingSetup): Checked {
  const { d, signal, sigma, n, miss = 0, target = 0.9 } = setup;
  requireDimension('predictAlignment: "d"', d);
  requireNumber('predictAlignment: "signal"', signal, { minimum: 0 });
  requireNumber('predictAlignment: "sigma"', sigma, { above: 0 });
  requireNumber('predictAlignment: "n"', n, { minimum: 1, maximum: MOST_EXAMPLES, integer: true });
  requireProbability('predictAlignment: "miss"', miss);
  requireNumber('predictAlignment: "target"', target, { above: 0 });
  if (target < 1) return { d, mu: signal / sigma, n, q: miss, target };
  throw new InverseClaimsError('out-of-range', {
    where: 'predictAlignment: "target"',
    expected: 'a number > 0 and < 1',
    received: String(target),
  });
}

/** (1 − q) E A_d(√n_eff(1, k) μ) + q E A_d(√k μ) over the number k of the other examples that hit. Exact. */
function equallyCoupled({ d, mu, n, q }: Checked, rho: number): number {
  if (rho === 0) return (1 - q) * averaged(d, 1, mu);
  const others = (f: (k: number) => number): number => (q === 1 ? f(0) : binomialMean(n - 1, 1 - q, f));
  const hit = q === 1 ? 0 : others((k) => averaged(d, equicorrelatedExamples(k + 1, rho), mu));
  const missed = q === 0 ? 0 : others((k) => averaged(d, k, mu));
  return Math.min(1, (1 - q) * hit + q * missed);
}

/** Smallest n that reaches the target; the alignment does not fall with n. */
function examplesFor(setup: Checked, rho: number): { readonly examples: number | undefined; readonly reason?: string } {
  const { mu, q, target } = setup;
  const reaches = (n: number): boolean => equallyCoupled({ ...setup, n }, rho) >= target;
  if (reaches(1)) return { examples: 1 };
  const never = (why: string) => ({ examples: Number.POSITIVE_INFINITY, reason: `no number of examples: ${why}` });
  if (mu === 0) return never('there is no signal');
  if (q === 1) return never('every gradient is zero');
  if (rho === 0) return never('examples that are not coupled gain nothing from each other');
  let [low, high] = [1, 2];
  while (!reaches(high)) {
    if (high === MOST_EXAMPLES) return { examples: undefined, reason: 'it takes 2^53 examples or more' };
    [low, high] = [high, Math.min(MOST_EXAMPLES, 2 * high)];
  }
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return { examples: high };
}

/** Bounds on the alignment of one example; equal where they are the exact value. */
type Bounds = AlignmentPrediction['bounds'];

const exactly = (value: number): Bounds => ({ lower: value, upper: value });

/** E sgn(S) A_d(|S| μ/√Q), S = Σ wⱼ and Q = Σ wⱼ² over the examples that hit, by enumeration of all patterns. */
function enumerated({ d, mu, q }: Checked, weights: readonly number[]): number {
  const sorted = weights.toSorted((a, b) => Math.abs(b) - Math.abs(a));
  // In units of the first, largest hit: no square underflows that matters.
  const visit = (j: number, unit: number, sum: number, square: number): number => {
    const weight = sorted[j];
    if (weight === undefined) return unit === 0 ? 0 : Math.sign(sum) * averaged(d, (sum * sum) / square, mu);
    const scale = unit === 0 ? Math.abs(weight) : unit;
    const part = weight / scale;
    return q * visit(j + 1, unit, sum, square) + (1 - q) * visit(j + 1, scale, sum + part, square + part * part);
  };
  return visit(0, 0, 0, 0);
}

/** Bounds of the alignment of the example whose row of the kernel has these nonzero entries. */
function rowBounds(setup: Checked, weights: readonly number[]): Bounds {
  const { d, mu, q } = setup;
  const count = weights.length;
  if (count === 0 || q === 1) return exactly(0);
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scaled = weights.map((weight) => weight / largest);
  const sum = scaled.reduce((total, weight) => total + weight, 0);
  if (q === 0) return exactly(Math.sign(sum) * averaged(d, effectiveExamples(scaled), mu));
  if (count <= MOST_ENUMERATED) return exactly(enumerated(setup, scaled));
  const upper = zeroGradientAlignment({ n: count, q, d, mu });
  if (scaled.some((weight) => weight < 0)) return { lower: -upper, upper };
  const chord = (1 - q) * averaged(d, sum, mu);
  const single = (1 - noMoveProbability({ n: count, q })) * averaged(d, 1, mu);
  return { lower: Math.min(upper, Math.max(chord, single)), upper };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function predictByKernel(setup: Checked, kernel: Batch): AlignmentPrediction {
  const { n, q } = setup;
  requireShape('predictAlignment: "coupling"', kernel, n, n);
  requireKernelMatrix('predictAlignment', kernel);
  const rows = Array.from({ length: n }, (_, i) => [...kernel.data.subarray(i * n, (i + 1) * n)]);
  const coupled = rows.map((row) => row.filter((entry) => entry !== 0));
  const each = coupled.map((weights) => rowBounds(setup, weights));
  const bounds = { lower: mean(each.map(({ lower }) => lower)), upper: mean(each.map(({ upper }) => upper)) };
  const exact = each.every(({ lower, upper }) => lower === upper);
  const tooMany = `only bounds are known: with misses, rows of more than ${MOST_ENUMERATED} entries are not enumerated`;
  return {
    alignment: exact ? bounds.lower : undefined,
    bounds,
    effectiveExamples: mean(rows.map((row) => effectiveExamples(row))),
    // A row of zeros moves as little as an example whose neighbors all miss.
    noMoveProbability: mean(coupled.map(({ length }) => (length === 0 ? 1 : noMoveProbability({ n: length, q })))),
    examplesForTarget: undefined,
    reasons: [...(exact ? [] : [tooMany]), 'a kernel says nothing about examples that it does not contain'],
  };
}

/**
 * The alignment that joint training starts with, and how many examples it takes to reach a target: noise averaging (T1),
 * coupling (T5b) and zero gradients (T6) combined, for equal noise-free gradients s. With μ = |s|/σ, given which examples
 * hit, example i aligns like n_eff = S²/Q averaged ones, S = Σ Kᵢⱼ and Q = Σ Kᵢⱼ² over the hits, so its alignment is
 *
 *     E sgn(S) A_d(√(S²/Q) μ),   equal coupling ρ > 0:   (1 − q) E A_d((1 + kρ)/√(1 + kρ²) μ) + q E A_d(√k μ)
 *
 * with k ~ Binomial(n − 1, 1 − q). Exact for equal coupling, for a kernel without misses, and for a kernel whose rows have
 * at most 12 entries that are not zero; else bounds (`alignment` undefined). Never falls with n for equal coupling, but may
 * rise with q where ρ < 1/2: an example that misses is moved by the others alone, undisturbed by its own noise. T1, T5b, T6,
 * ours; see `proofs-predict.md`. Absolute error below 1e-13.
 *
 * @param setup  see `TrainingSetup`; anything else throws `out-of-range`, `not-finite` or `shape-mismatch`
 * @example
 * const setup = { d: 2, signal: 0.3, sigma: 1, n: 16, miss: 0.5, coupling: 0.5 };
 * predictAlignment(setup).alignment?.toFixed(10); // => '0.4745983280'
 * predictAlignment(setup).examplesForTarget; // => 136
 */
export function predictAlignment(setup: TrainingSetup): AlignmentPrediction {
  const checked = requireSetup(setup);
  const { coupling: rho } = setup;
  if (typeof rho !== 'number') return predictByKernel(checked, rho);
  requireNumber('predictAlignment: "coupling"', rho, { minimum: 0, maximum: 1 });
  const { n, q } = checked;
  const value = equallyCoupled(checked, rho);
  const { examples, reason } = examplesFor(checked, rho);
  return {
    alignment: value,
    bounds: exactly(value),
    effectiveExamples: equicorrelatedExamples(n, rho),
    noMoveProbability: rho === 0 ? q : noMoveProbability({ n, q }),
    examplesForTarget: examples,
    reasons: reason === undefined ? [] : [reason],
  };
}
