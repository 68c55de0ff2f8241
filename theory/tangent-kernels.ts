import { InverseClaimsError, requireNumber } from '../src/core/errors.ts';

/** φ of the hidden layers; `'linear'` is the identity. */
export type Activation = 'linear' | 'relu' | 'erf';

const ACTIVATIONS: readonly Activation[] = ['linear', 'relu', 'erf'];

/** Covariance of two pre-activations: E u², E uv, E v². */
export interface PairCovariance {
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** Largest magnitude of an input: products of two of them and of their squares stay far from overflow. */
const LARGEST_INPUT = 1e60;

function requireActivation(where: string, activation: Activation): void {
  if (ACTIVATIONS.includes(activation)) return;
  throw new InverseClaimsError('unknown-option', {
    where: `${where}: "activation"`,
    expected: '"linear", "relu" or "erf"',
    received: JSON.stringify(activation) ?? 'undefined',
  });
}

function requireInput(where: string, value: number): number {
  return requireNumber(where, value, { minimum: -LARGEST_INPUT, maximum: LARGEST_INPUT });
}

/** √(E u² E v² − (E uv)²), 0 where rounding would make it imaginary. */
function rootDeterminant({ xx, xy, yy }: PairCovariance): number {
  return Math.sqrt(Math.max(0, xx * yy - xy * xy));
}

/** π − angle(u, v); π/2 where one of the two vanishes and no angle exists. */
function anglePastOpposite(covariance: PairCovariance, root: number): number {
  const { xx, xy, yy } = covariance;
  return xx === 0 || yy === 0 ? Math.PI / 2 : Math.atan2(root, -xy);
}

/** (1 + 2 E u²)(1 + 2 E v²) − 4 (E uv)², written so that nothing of the 1 is lost. */
function erfDeterminant({ xx, yy }: PairCovariance, root: number): number {
  return 1 + 2 * xx + 2 * yy + 4 * root * root;
}

/** E φ(u) φ(v) and E φ′(u) φ′(v) for a covariance with this root of its determinant. */
function expectationsWithRoot(activation: Activation, covariance: PairCovariance, root: number) {
  const { xy } = covariance;
  if (activation === 'linear') return { values: xy, slopes: 1 };
  if (activation === 'relu') {
    const past = anglePastOpposite(covariance, root);
    return { values: (root + past * xy) / (2 * Math.PI), slopes: past / (2 * Math.PI) };
  }
  const rootOfErf = Math.sqrt(erfDeterminant(covariance, root));
  return { values: (2 / Math.PI) * Math.atan2(2 * xy, rootOfErf), slopes: 4 / (Math.PI * rootOfErf) };
}

/**
 * E φ(u) φ(v) (`values`) and E φ′(u) φ′(v) (`slopes`) for centered normal (u, v) with the given covariance:
 *
 *     relu   (√Δ + (π − θ) E uv) / 2π                    (π − θ) / 2π
 *     erf    2/π asin(2 E uv / √((1 + 2E u²)(1 + 2E v²)))   4/π / √((1 + 2E u²)(1 + 2E v²) − 4 (E uv)²)
 *     linear E uv                                        1
 *
 * with Δ = E u² E v² − (E uv)² and θ the angle of u and v. Where u or v vanishes, relu has slopes 1/4.
 *
 * @param covariance  finite, E u², E v² in [0, 1e120], |E uv| at most √(E u² E v²) up to rounding; else `out-of-range`
 *                    or `not-finite`
 * @example
 * activationExpectations('relu', { xx: 1, xy: 1, yy: 1 }); // => { values: 0.5, slopes: 0.5 }
 * @see Cho & Saul, "Kernel methods for deep learning", NIPS 2009 (relu); Williams, "Computing with infinite networks", NIPS 1996 (erf).
 */
export function activationExpectations(
  activation: Activation,
  covariance: PairCovariance,
): { readonly values: number; readonly slopes: number } {
  requireActivation('activationExpectations', activation);
  const { xx, xy, yy } = covariance;
  const largest = LARGEST_INPUT * LARGEST_INPUT;
  requireNumber('activationExpectations: "covariance.xx"', xx, { minimum: 0, maximum: largest });
  requireNumber('activationExpectations: "covariance.yy"', yy, { minimum: 0, maximum: largest });
  const bound = Math.sqrt(xx) * Math.sqrt(yy) * (1 + 1e-12);
  requireNumber('activationExpectations: "covariance.xy"', xy, { minimum: -bound, maximum: bound });
  return expectationsWithRoot(activation, covariance, rootDeterminant(covariance));
}

/** Kernels of an infinitely wide network: of its outputs at initialization, and of its first training step. */
export interface NetworkKernels {
  /** Covariance of the outputs at two inputs over initializations. */
  readonly output: number;
  /** Tangent kernel ∂f(x)/∂θ · ∂f(y)/∂θ. */
  readonly tangent: number;
}

/**
 * Both kernels of a fully connected network of infinite width in NTK parametrization, all weights N(0, 1):
 *
 *     Σ⁰ = Θ⁰ = x · y,   Σˡ⁺¹ = E φ(u)φ(v) + β²,   Θˡ⁺¹ = Σˡ⁺¹ + Θˡ E φ′(u)φ′(v),   (u, v) ~ N(0, Σˡ)
 *
 * A first-layer bias is an input that is always 1. The error is a few units in the last place of the largest layer
 * kernel, except that from the second hidden layer on inputs closer than 1e-4 in angle lose up to half of the digits.
 *
 * @param hiddenLayers  integer in [0, 1000]; 0 is a linear map
 * @param x             (p) finite numbers of magnitude at most 1e60 / √p
 * @param biasVariance  β² of every layer after the first, in [0, 1e60]; 1 unless given
 * @throws `shape-mismatch` for inputs of different lengths, `out-of-range`, `not-finite` or `unknown-option` for the rest
 * @example
 * networkKernels('relu', 1, [1, 1], [1, 1]); // => { output: 2, tangent: 3 }
 * networkKernels('linear', 2, [1], [1]); // => { output: 3, tangent: 6 }
 * @see Jacot, Gabriel & Hongler, "Neural tangent kernel", NeurIPS 2018.
 */
export function networkKernels(
  activation: Activation,
  hiddenLayers: number,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  biasVariance = 1,
): NetworkKernels {
  requireActivation('networkKernels', activation);
  requireNumber('networkKernels: "hiddenLayers"', hiddenLayers, { minimum: 0, maximum: 1000, integer: true });
  requireNumber('networkKernels: "biasVariance"', biasVariance, { minimum: 0, maximum: LARGEST_INPUT });
  let covariance = innerProducts(x, y);
  let root = differenceRoot(x, y);
  let tangent = covariance.xy;
  for (let layer = 0; layer < hiddenLayers; layer++) {
    const { values, slopes } = expectationsWithRoot(activation, covariance, root);
    covariance = {
      xx: varianceAfter(activation, covariance.xx) + biasVariance,
      xy: values + biasVariance,
      yy: varianceAfter(activation, covariance.yy) + biasVariance,
    };
    root = rootDeterminant(covariance);
    tangent = covariance.xy + tangent * slopes;
  }
  return { output: covariance.xy, tangent };
}

function varianceAfter(activation: Activation, variance: number): number {
  return expectationsWithRoot(activation, { xx: variance, xy: variance, yy: variance }, 0).values;
}

function innerProducts(x: ArrayLike<number>, y: ArrayLike<number>): PairCovariance {
  if (x.length !== y.length) {
    throw new InverseClaimsError('shape-mismatch', {
      where: 'networkKernels: "y"',
      expected: `${x.length} numbers, as many as x`,
      received: String(y.length),
    });
  }
  let [xx, xy, yy] = [0, 0, 0];
  const largest = LARGEST_INPUT / Math.sqrt(x.length);
  for (let i = 0; i < x.length; i++) {
    const [xi, yi] = [x[i]!, y[i]!];
    requireNumber(`networkKernels: "x[${i}]"`, xi, { minimum: -largest, maximum: largest });
    requireNumber(`networkKernels: "y[${i}]"`, yi, { minimum: -largest, maximum: largest });
    xx += xi * xi;
    xy += xi * yi;
    yy += yi * yi;
  }
  return { xx, xy, yy };
}

/** √(|x|²|y|² − (x·y)²) by Lagrange's identity: no cancellation for inputs that are nearly parallel. */
function differenceRoot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) sum += (x[i]! * y[j]! - x[j]! * y[i]!) ** 2;
  }
  return Math.sqrt(sum);
}

/**
 * Tangent kernel of f(γ) = wγ + b, weights N(0, 1) and a bias of variance c₀: K(a, b) = ab + c₀.
 *
 * @param a             |a|, |b| <= 1e60; else `out-of-range` or `not-finite`
 * @param outputBias    c₀ in [0, 1e60]; 1 unless given
 * @example
 * linearTangentKernel(2, 3); // => 7
 */
export function linearTangentKernel(a: number, b: number, outputBias = 1): number {
  requirePair('linearTangentKernel', a, b, outputBias);
  return a * b + outputBias;
}

/**
 * Tangent kernel of an infinitely wide ReLU network with one hidden layer on the input (γ, 1), NTK parametrization:
 *
 *     K(a, b) = [ |a − b| + 2 (π − |arctan a − arctan b|)(1 + ab) ] / 2π + c₀
 *
 * Relative to |a| + |b| + 1 the error is a few units in the last place, because the angle is taken as that of
 * (a, 1) and (b, 1) by atan2, not as a difference.
 *
 * @param a           |a|, |b| <= 1e60; else `out-of-range` or `not-finite`
 * @param outputBias  variance c₀ of the output bias, in [0, 1e60]; 1 unless given
 * @example
 * reluTangentKernel(1, 1); // => 3
 */
export function reluTangentKernel(a: number, b: number, outputBias = 1): number {
  requirePair('reluTangentKernel', a, b, outputBias);
  const distance = Math.abs(a - b);
  const dot = 1 + a * b;
  return (distance + 2 * Math.atan2(distance, -dot) * dot) / (2 * Math.PI) + outputBias;
}

/**
 * Tangent kernel of an infinitely wide network with one hidden layer of φ = erf on the input (γ, 1), NTK parametrization:
 *
 *     K(a, b) = 2/π asin(2c / √(AB)) + 4/π c / √(AB − 4c²) + c₀,   c = 1 + ab, A = 3 + 2a², B = 3 + 2b²
 *
 * The difference is evaluated as AB − 4c² = 5 + 2a² + 2b² + 4(a − b)², which cannot cancel.
 *
 * @param a           |a|, |b| <= 1e60; else `out-of-range` or `not-finite`
 * @param outputBias  variance c₀ of the output bias, in [0, 1e60]; 1 unless given
 * @example
 * erfTangentKernel(1, -1); // => 1
 */
export function erfTangentKernel(a: number, b: number, outputBias = 1): number {
  requirePair('erfTangentKernel', a, b, outputBias);
  const dot = 1 + a * b;
  const root = Math.sqrt(5 + 2 * (a * a + b * b) + 4 * (a - b) ** 2);
  return (2 / Math.PI) * Math.atan2(2 * dot, root) + (4 / Math.PI) * (dot / root) + outputBias;
}

function requirePair(where: string, a: number, b: number, outputBias: number): void {
  // Names of what is wrong are made where something is: kernels are evaluated millions of times.
  if (Math.abs(a) <= LARGEST_INPUT && Math.abs(b) <= LARGEST_INPUT && outputBias >= 0 && outputBias <= LARGEST_INPUT)
    return;
  requireInput(`${where}: "a"`, a);
  requireInput(`${where}: "b"`, b);
  requireNumber(`${where}: "outputBias"`, outputBias, { minimum: 0, maximum: LARGEST_INPUT });
}
