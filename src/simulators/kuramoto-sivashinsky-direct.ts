import FFT from 'fft.js';
import { etdrk4Weights } from '../numerics/etdrk4.ts';
import type { ResolvedKuramotoSivashinsky } from './kuramoto-sivashinsky-options.ts';

/** A trajectory's unknowns, or a direction in them. */
export interface DirectPoint {
  readonly alpha: number;
  readonly beta: number;
  /** (N) */
  readonly u: Float64Array;
}

/** Complex numbers re, im, re, im … of a full spectrum, wave numbers 0, 1, …, −1. */
type Spectrum = Float64Array;

/** A spectrum and its derivative. */
interface Dual {
  readonly value: Spectrum;
  readonly dot: Spectrum;
}

/**
 * The same discretization written as in textbooks, on full complex spectra with a library's transform, together with its
 * derivative by forward-mode differentiation: nothing of the kernels is used, so that either is a test of the other.
 *
 *     n(û) = α Ĝ + (β − 1) k² û − (i k/2) [|k| in the mask] F[(F⁻¹ û)²]
 *     ṅ = α̇ Ĝ + β̇ k² û + (β − 1) k² û̇ − i k [mask] F[F⁻¹û · F⁻¹û̇]
 *
 * with the steps of ETDRK4. Transforms: fft.js.
 *
 * @returns a map (point, direction) → u(T) and its derivative, (N) each
 */
export function kuramotoSivashinskyDirect(
  options: ResolvedKuramotoSivashinsky,
): (point: DirectPoint, direction: DirectPoint) => { readonly u: Float64Array; readonly uDot: Float64Array } {
  const { points, length, step, steps, forcing } = options;
  const fourier = new FFT(points);
  const modes = Array.from({ length: points }, (_, j) => (j <= points / 2 ? j : j - points));
  const k = Float64Array.from(modes, (mode) => (2 * Math.PI * mode) / length);
  const inMask = modes.map((mode) => Math.abs(mode) <= Math.floor((points - 1) / 3));
  const weights = etdrk4Weights(
    k.map((wave) => wave ** 2 - wave ** 4),
    step,
  );
  const transform = (u: Float64Array): Spectrum => {
    const input = new Float64Array(2 * points);
    for (let x = 0; x < points; x++) input[2 * x] = u[x]!;
    const output = new Float64Array(2 * points);
    fourier.transform(output, input);
    return output;
  };
  const values = (spectrum: Spectrum): Float64Array => {
    const output = new Float64Array(2 * points);
    fourier.inverseTransform(output, spectrum);
    return Float64Array.from({ length: points }, (_, x) => output[2 * x]!);
  };
  const forced = transform(forcing);

  const side = ({ value, dot }: Dual, point: DirectPoint, direction: DirectPoint): Dual => {
    const [u, uDot] = [values(value), values(dot)];
    const square = transform(u.map((entry) => entry * entry));
    const squareDot = transform(u.map((entry, x) => 2 * entry * uDot[x]!));
    const result = { value: new Float64Array(2 * points), dot: new Float64Array(2 * points) };
    for (let j = 0; j < points; j++) {
      const [re, im, growth] = [2 * j, 2 * j + 1, k[j]! ** 2];
      // −(i k/2) (a + i b) = (k/2) b − i (k/2) a
      const half = inMask[j] ? k[j]! / 2 : 0;
      result.value[re] = half * square[im]!;
      result.value[im] = -half * square[re]!;
      result.dot[re] = half * squareDot[im]!;
      result.dot[im] = -half * squareDot[re]!;
      for (const i of [re, im]) {
        result.value[i]! += point.alpha * forced[i]! + (point.beta - 1) * growth * value[i]!;
        result.dot[i]! += direction.alpha * forced[i]! + direction.beta * growth * value[i]!;
        result.dot[i]! += (point.beta - 1) * growth * dot[i]!;
      }
    }
    return result;
  };
  /** Σ of tables times factors times duals, mode by mode. */
  const combine = (...terms: readonly (readonly [table: Float64Array, factor: number, dual: Dual])[]): Dual => {
    const sum = { value: new Float64Array(2 * points), dot: new Float64Array(2 * points) };
    for (const [table, factor, { value, dot }] of terms) {
      for (let i = 0; i < 2 * points; i++) {
        sum.value[i]! += factor * table[i >> 1]! * value[i]!;
        sum.dot[i]! += factor * table[i >> 1]! * dot[i]!;
      }
    }
    return sum;
  };
  const { propagator: e, halfPropagator: half, stage: q, first, middle, last } = weights;

  return (point, direction) => {
    let v: Dual = { value: transform(point.u), dot: transform(direction.u) };
    for (let t = 0; t < steps; t++) {
      const n0 = side(v, point, direction);
      const a = combine([half, 1, v], [q, 1, n0]);
      const n1 = side(a, point, direction);
      const b = combine([half, 1, v], [q, 1, n1]);
      const n2 = side(b, point, direction);
      const c = combine([half, 1, a], [q, 2, n2], [q, -1, n0]);
      const n3 = side(c, point, direction);
      v = combine([e, 1, v], [first, 1, n0], [middle, 2, n1], [middle, 2, n2], [last, 1, n3]);
    }
    return { u: values(v.value), uDot: values(v.dot) };
  };
}
