import FFT from 'fft.js';
import { type Batch, batch, row } from '../../src/core/batch.ts';
import { etdrk4Weights } from '../../src/numerics/etdrk4.ts';
import type { ResolvedKuramotoSivashinsky } from '../../src/simulators/kuramoto-sivashinsky-options.ts';
import type { Trajectories } from '../../src/simulators/kuramoto-sivashinsky-rollout.ts';

/** Places at which the discretization may be wrong; the defaults are right. */
export interface SchemeFaults {
  /** Factor of −½ (u²)_x. */
  readonly advection?: number;
  /** What stands for β − 1 in the explicit part. */
  readonly growth?: (beta: number) => number;
  /** The linear part of a wave number. */
  readonly linear?: (k: number) => number;
  /** Coefficient of a term u_xxx that does not belong there. */
  readonly dispersion?: number;
  /** The wave number that the derivative of the square has. */
  readonly slope?: (k: number, spacing: number) => number;
  /** The last stage from the third alone, without 2 n(b) − n(u). */
  readonly lastStage?: 'simple';
  /** Two neighbors in one complex transform. */
  readonly pairs?: true;
  /** Values of G instead of those of the options. */
  readonly forcing?: (points: number) => Float64Array;
}

/** Numbers re, im, re, im …, (2N): of two real trajectories u_A + i u_B, or of a spectrum. */
type Complex = Float64Array;

/**
 * The same scheme as `kuramotoSivashinsky`, plainly and slowly, with faults on demand: without one it agrees with it.
 * Two trajectories A and B are one complex number at each point, the second zero unless rows are paired.
 *
 * @returns (from) → u(T), (B, N)
 */
export function plainScheme(
  { points, length, step, steps, forcing }: ResolvedKuramotoSivashinsky,
  faults: SchemeFaults,
): (from: Trajectories) => Batch {
  const { advection = 1, growth = (beta) => beta - 1, linear = (k) => k ** 2 - k ** 4, dispersion = 0 } = faults;
  const { slope = (k) => k } = faults;
  const fourier = new FFT(points);
  const modes = Array.from({ length: points }, (_, j) => (j <= points / 2 ? j : j - points));
  const k = modes.map((mode) => (2 * Math.PI * mode) / length);
  const cut = Math.floor((points - 1) / 3);
  const slopes = k.map((wave, j) => (Math.abs(modes[j]!) <= cut ? slope(wave, length / points) : 0));
  const weights = etdrk4Weights(k.map(linear), step);
  const transform = (values: Complex): Complex => {
    const spectrum = new Float64Array(2 * points);
    fourier.transform(spectrum, values);
    return spectrum;
  };
  const inverse = (spectrum: Complex): Complex => {
    const values = new Float64Array(2 * points);
    fourier.inverseTransform(values, spectrum);
    return values;
  };
  const given = faults.forcing?.(points) ?? forcing;
  const forced = transform(Float64Array.from({ length: 2 * points }, (_, i) => (i % 2 === 0 ? given[i >> 1]! : 0)));

  const rightHandSide = (spectrum: Complex, [a, b]: Pair): Complex => {
    const values = inverse(spectrum);
    const square = transform(values.map((value) => value * value));
    const factors = [growth(a.beta), growth(b.beta)] as const;
    const grown = transform(values.map((value, i) => factors[i % 2]! * value));
    const result = new Float64Array(2 * points);
    for (let j = 0; j < points; j++) {
      const [re, im] = [2 * j, 2 * j + 1];
      const half = (advection * slopes[j]!) / 2;
      const turn = Math.abs(modes[j]!) <= cut ? dispersion * k[j]! ** 3 : 0;
      result[re] = half * square[im]! + k[j]! ** 2 * grown[re]! + a.alpha * forced[re]! - b.alpha * forced[im]!;
      result[im] = -half * square[re]! + k[j]! ** 2 * grown[im]! + a.alpha * forced[im]! + b.alpha * forced[re]!;
      result[re]! += turn * spectrum[im]!;
      result[im]! -= turn * spectrum[re]!;
    }
    return result;
  };
  const combine = (...terms: readonly (readonly [Float64Array, number, Complex])[]): Complex => {
    const sum = new Float64Array(2 * points);
    for (const [table, factor, spectrum] of terms) {
      for (let i = 0; i < sum.length; i++) sum[i]! += factor * table[i >> 1]! * spectrum[i]!;
    }
    return sum;
  };
  const { propagator: e, halfPropagator: half, stage: q, first, middle, last } = weights;

  const oneStep = (v: Complex, pair: Pair): Complex => {
    const n0 = rightHandSide(v, pair);
    const a = combine([half, 1, v], [q, 1, n0]);
    const n1 = rightHandSide(a, pair);
    const b = combine([half, 1, v], [q, 1, n1]);
    const n2 = rightHandSide(b, pair);
    const c =
      faults.lastStage === 'simple'
        ? combine([half, 1, a], [q, 1, n2])
        : combine([half, 1, a], [q, 2, n2], [q, -1, n0]);
    const n3 = rightHandSide(c, pair);
    return combine([e, 1, v], [first, 1, n0], [middle, 2, n1], [middle, 2, n2], [last, 1, n3]);
  };

  return ({ u, alpha, beta }) => {
    const result = batch(u.rows, points);
    const together = faults.pairs === true ? 2 : 1;
    const one = (b: number): Parameters => ({ alpha: alpha[b] ?? 0, beta: beta[b] ?? 1 });
    for (let b = 0; b < u.rows; b += together) {
      const partner = together === 2 && b + 1 < u.rows ? b + 1 : u.rows;
      const pair: Pair = [one(b), one(partner)];
      const [left, right] = [row(u, b), partner < u.rows ? row(u, partner) : new Float64Array(points)];
      let v = transform(Float64Array.from({ length: 2 * points }, (_, i) => (i % 2 === 0 ? left : right)[i >> 1]!));
      for (let t = 0; t < steps; t++) v = oneStep(v, pair);
      const values = inverse(v);
      row(result, b).forEach((_, x, target) => {
        target[x] = values[2 * x]!;
      });
      if (partner < u.rows) {
        row(result, partner).forEach((_, x, target) => {
          target[x] = values[2 * x + 1]!;
        });
      }
    }
    return result;
  };
}

interface Parameters {
  readonly alpha: number;
  readonly beta: number;
}

type Pair = readonly [Parameters, Parameters];
