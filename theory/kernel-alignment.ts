import { type Batch, batch, requireShape } from '../src/core/batch.ts';
import { InverseClaimsError, requireNumber } from '../src/core/errors.ts';
import { maxNorm, norm } from '../src/numerics/vector.ts';
import { alignment } from './noise-averaging.ts';

/** Asymmetry and negative eigenvalues that rounding may leave, relative to the largest diagonal entry. */
const ROUNDING = 1e-9;
/** Largest magnitude of an entry: products of two of them and their sums stay finite. */
const LARGEST_ENTRY = 1e140;

function requireEntries(where: string, { data }: Batch): void {
  for (const value of data) requireNumber(where, value, { minimum: -LARGEST_ENTRY, maximum: LARGEST_ENTRY });
}

function notAKernel(where: string, expected: string, received: string): InverseClaimsError {
  return new InverseClaimsError('out-of-range', {
    where,
    expected,
    received,
    hint: 'a tangent kernel is J Jᵀ: symmetric and positive semidefinite',
  });
}

/**
 * Throws unless the matrix is symmetric and positive semidefinite, both up to 1e-9 of its largest diagonal entry:
 * `shape-mismatch`, `not-finite` or `out-of-range`. By Cholesky's factorization with the largest pivot first, O(n³/3).
 *
 * @param kernel  (n, n)
 * @example
 * requireKernelMatrix('example', { rows: 1, cols: 1, data: Float64Array.of(2) }); // => undefined
 */
export function requireKernelMatrix(where: string, kernel: Batch): void {
  const n = kernel.rows;
  requireShape(`${where}: "kernel"`, kernel, n, n);
  requireEntries(`${where}: "kernel"`, kernel);
  const left = kernel.data.slice();
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(left[i * n + i]!));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [lower, upper] = [left[i * n + j]!, left[j * n + i]!];
      if (Math.abs(lower - upper) <= ROUNDING * scale) continue;
      throw notAKernel(
        `${where}: "kernel"`,
        'a symmetric matrix',
        `${lower} at (${i}, ${j}), ${upper} at (${j}, ${i})`,
      );
    }
  }
  requireSemidefinite(where, left, n, ROUNDING * scale * n);
}

/** Overwrites the matrix by Schur complements; a negative pivot, or a row that cannot belong to a zero pivot, throws. */
function requireSemidefinite(where: string, left: Float64Array, n: number, tolerance: number): void {
  const open = Array.from({ length: n }, (_, i) => i);
  while (open.length > 0) {
    let at = 0;
    for (let k = 0; k < open.length; k++) {
      const pivot = left[open[k]! * n + open[k]!]!;
      if (!(pivot >= -tolerance)) throw notAKernel(`${where}: "kernel"`, 'no negative eigenvalue', `pivot ${pivot}`);
      if (pivot > left[open[at]! * n + open[at]!]!) at = k;
    }
    const p = open.splice(at, 1)[0]!;
    const pivot = left[p * n + p]!;
    for (const i of open) {
      // |K_ij|² <= K_ii K_jj, and all diagonal entries left are at most the pivot.
      if (Math.abs(left[i * n + p]!) > pivot + 2 * tolerance) {
        throw notAKernel(`${where}: "kernel"`, 'no negative eigenvalue', `an entry ${left[i * n + p]} beside ${pivot}`);
      }
      if (pivot <= tolerance) continue;
      const factor = left[i * n + p]! / pivot;
      for (const j of open) left[i * n + j]! -= factor * left[p * n + j]!;
    }
  }
}

/** Gradients of the examples: signals s (n, d) with independent normal noise of standard deviation σ, or covariance Σ (n, n). */
export interface NoisyGradients {
  readonly signals: Batch;
  /** σ >= 0, or the covariance Σ between examples of each of the d components. */
  readonly noise: number | Batch;
}

/**
 * Alignment of the first joint step with the desired step of every example:
 *
 *     E cos∠(dx_i, −s_i) = cos∠(m_i, s_i) · A_d(|m_i| / (σ |K_i|)),   m_i = Σ_j K_ij s_j,   dx_i = −η Σ_j K_ij (s_j + ε_j)
 *
 * signal geometry times noise averaging; A_d is `alignment` of noise averaging. For noise that is correlated between
 * examples σ²|K_i|² is replaced by (K Σ K)_ii. Examples with s_i = 0 or m_i = 0 have alignment 0. Source: ours.
 *
 * @param kernel  (n, n) symmetric positive semidefinite; all numbers of magnitude at most 1e140, else `out-of-range`
 * @returns (n) numbers in [−1, 1]
 * @throws `shape-mismatch`, `not-finite` or `out-of-range`
 * @example
 * const pair = { rows: 2, cols: 2, data: Float64Array.of(1, 0.5, 0.5, 1) };
 * kernelAlignment(pair, { signals: { rows: 2, cols: 1, data: Float64Array.of(1, -4) }, noise: 0 }); // => Float64Array [-1, 1]
 */
export function kernelAlignment(kernel: Batch, { signals, noise }: NoisyGradients): Float64Array {
  requireKernelMatrix('kernelAlignment', kernel);
  const { rows: n, cols: d } = signals;
  requireShape('kernelAlignment: "signals"', signals, kernel.rows, undefined);
  requireNumber('kernelAlignment: "signals.cols"', d, { minimum: 1 });
  requireEntries('kernelAlignment: "signals"', signals);
  if (typeof noise === 'number')
    requireNumber('kernelAlignment: "noise"', noise, { minimum: 0, maximum: LARGEST_ENTRY });
  else {
    requireShape('kernelAlignment: "noise"', noise, n, n);
    requireKernelMatrix('kernelAlignment: "noise"', noise);
  }
  return Float64Array.from({ length: n }, (_, i) => {
    const row = scaledRow(kernel, i);
    const mean = combination(row, signals);
    const own = signals.data.subarray(i * d, (i + 1) * d);
    const [meanNorm, ownNorm] = [norm(mean), norm(own)];
    if (meanNorm === 0 || ownNorm === 0) return 0;
    const cosine = mean.reduce((sum, value, k) => sum + (value / meanNorm) * (own[k]! / ownNorm), 0);
    const spread = noiseOfStep(row, noise);
    // 1e300: so clear a signal, or no noise at all, leaves nothing to average.
    const averaging = spread <= meanNorm * 1e-300 ? 1 : alignment(d, meanNorm / spread);
    return Math.max(-1, Math.min(1, d === 1 ? Math.sign(cosine) * averaging : cosine * averaging));
  });
}

/** Row i over its largest magnitude: no alignment depends on the scale of a row, and no product of three numbers overflows. */
function scaledRow(kernel: Batch, i: number): Float64Array {
  const row = kernel.data.slice(i * kernel.cols, (i + 1) * kernel.cols);
  const largest = maxNorm(row);
  return largest === 0 ? row : row.map((value) => value / largest);
}

/** Σ_j K_ij s_j, (d). */
function combination(row: Float64Array, signals: Batch): Float64Array {
  const { cols: d, data } = signals;
  const sum = new Float64Array(d);
  row.forEach((weight, j) => {
    for (let k = 0; k < d; k++) sum[k]! += weight * data[j * d + k]!;
  });
  return sum;
}

/** Standard deviation of one component of Σ_j K_ij ε_j. */
function noiseOfStep(row: Float64Array, noise: number | Batch): number {
  if (typeof noise === 'number') return noise * norm(row);
  const n = row.length;
  let variance = 0;
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < n; k++) variance += row[j]! * row[k]! * noise.data[j * n + k]!;
  }
  return Math.sqrt(Math.max(0, variance));
}

/**
 * Effective number of examples behind the step of one example: n_eff = (Σ_j K_ij)² / Σ_j K_ij², in [0, n].
 *
 * Examples with equal signals move as if n_eff of them had been averaged: A_i = ±A_d(√n_eff |s|/σ), with the sign of
 * the row sum. n_eff = n only for a constant row. A row of zeros has n_eff = 0. Source: ours.
 *
 * @param row  (n) row of a kernel matrix, finite; else `not-finite`, or `out-of-range` if empty
 * @example
 * effectiveExamples([1, 1, 1, 1]); // => 4
 * effectiveExamples([2, 0, 0, 0]); // => 1
 */
export function effectiveExamples(row: ArrayLike<number>): number {
  requireNumber('effectiveExamples: "row.length"', row.length, { minimum: 1 });
  let largest = 0;
  for (let j = 0; j < row.length; j++) {
    largest = Math.max(largest, Math.abs(requireNumber(`effectiveExamples: "row[${j}]"`, row[j]!)));
  }
  if (largest === 0) return 0;
  let [sum, squares] = [0, 0];
  for (let j = 0; j < row.length; j++) {
    const scaled = row[j]! / largest;
    sum += scaled;
    squares += scaled * scaled;
  }
  return Math.min(row.length, (sum * sum) / squares);
}

/**
 * Effective number of examples under equal coupling K = (1 − ρ) I + ρ 11ᵀ:
 *
 *     n_eff = (1 + (n − 1)ρ)² / (1 + (n − 1)ρ²)  ~ n for every fixed ρ ≠ 0
 *
 * @param n    integer in [1, 2^53)
 * @param rho  in [−1/(n − 1), 1], where K is positive semidefinite; else `out-of-range`
 * @example
 * equicorrelatedExamples(16, 0.5).toFixed(4); // => '15.2105'
 */
export function equicorrelatedExamples(n: number, rho: number): number {
  requireNumber('equicorrelatedExamples: "n"', n, { minimum: 1, maximum: Number.MAX_SAFE_INTEGER, integer: true });
  requireNumber('equicorrelatedExamples: "rho"', rho, { minimum: n === 1 ? -1 : -1 / (n - 1), maximum: 1 });
  const sum = 1 + (n - 1) * rho;
  return Math.min(n, (sum * sum) / (1 + (n - 1) * rho * rho));
}

/**
 * What joint steps make of the signal-to-noise ratio of one-dimensional examples, (n):
 *
 *     gain_i = sgn(s_i) Σ_j K_ij s_j / (|s_i| |K_i|)
 *
 * The alignment of example i is erf(gain_i |s_i| / (√2 σ)) jointly and erf(|s_i| / (√2 σ)) alone: joint steps win
 * where gain_i > 1, lose where gain_i < 1, at every σ > 0. Without noise independent steps have alignment 1, so joint
 * steps can at best draw. An example with s_i = 0 or K_i = 0 has gain 0. Source: ours.
 *
 * @param kernel   (n, n) symmetric positive semidefinite, else `out-of-range`
 * @param signals  (n) finite, else `shape-mismatch` or `not-finite`
 * @example
 * signalGain({ rows: 2, cols: 2, data: Float64Array.of(1, 1, 1, 1) }, [1, 1])[0]?.toFixed(4); // => '1.4142'
 */
export function signalGain(kernel: Batch, signals: ArrayLike<number>): Float64Array {
  requireKernelMatrix('signalGain', kernel);
  const n = kernel.rows;
  const column = batch(signals.length, 1, Float64Array.from(signals));
  requireShape('signalGain: "signals"', column, n, 1);
  requireEntries('signalGain: "signals"', column);
  return Float64Array.from({ length: n }, (_, i) => {
    const row = scaledRow(kernel, i);
    const own = column.data[i]!;
    const spread = norm(row);
    return own === 0 || spread === 0 ? 0 : (combination(row, column)[0]! / spread / Math.abs(own)) * Math.sign(own);
  });
}
