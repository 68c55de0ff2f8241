import fc from 'fast-check';
import { stream } from '../../src/core/random.ts';
import { gaussLegendre } from '../../src/numerics/gauss-legendre.ts';
import { type Activation, networkKernels, type PairCovariance } from '../../theory/tangent-kernels.ts';
import { dyadic } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { activations, type Estimate, unitShare } from './finite-width.ts';
import { type TangentKernelTheory, tangentKernelTheory, wrongTheory } from './kernel-laws.ts';

/** Equality of closed forms: rounding of a few operations on numbers of this size. */
const EXACT = 1e-12;
/** Standard errors allowed in a simulation: 8e-11 for a normal mean, below 1e-9 with the skewness of these sums. */
const STANDARD_ERRORS = 6.5;

const activationNames = fc.constantFrom<Activation>('linear', 'relu', 'erf');
const point = (size: number) => fc.array(dyadic(-2, 2, 8), { minLength: size, maxLength: size });

const UNITS = 20_000;

interface PointsCase {
  readonly theory: TangentKernelTheory;
  readonly activation: Activation;
  readonly layers: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly biasVariance: number;
  readonly salt: number;
}

const pointsCases = (theory: TangentKernelTheory, mostLayers: number): fc.Arbitrary<PointsCase> =>
  fc.integer({ min: 1, max: 3 }).chain((size) =>
    fc.record({
      theory: fc.constant(theory),
      activation: activationNames,
      layers: fc.integer({ min: 1, max: mostLayers }),
      x: point(size),
      y: point(size),
      biasVariance: dyadic(0, 2, 4),
      salt: fc.nat(1000),
    }),
  );

const showPointsCase = ({ activation, layers, x, y, biasVariance, salt }: PointsCase): string =>
  `${activation}, ${layers} hidden layers, x [${x.join(', ')}], y [${y.join(', ')}], β² ${biasVariance}, salt ${salt}`;

const withoutSlopes: typeof networkKernels = (activation, layers, x, y, biasVariance) => {
  const kernels = networkKernels(activation, layers, x, y, biasVariance);
  return { ...kernels, tangent: kernels.output };
};

/** What is wrong with K − c₀ as the mean over drawn hidden units. */
function unitsViolation(what: string, kernel: number, units: Estimate): string | undefined {
  const { mean, standardError } = units;
  const close = Math.abs(kernel - mean) <= STANDARD_ERRORS * standardError + EXACT * (1 + Math.abs(mean));
  return close ? undefined : `${what} is ${kernel} without the output bias, the units say ${mean} ± ${standardError}`;
}

/**
 * Tangent kernels of one hidden layer, by recursion and in closed form, are the mean over random hidden units of what
 * each adds to J Jᵀ: 20 000 units, 6.5 standard errors, so that the false-alarm probability of a case is about 1e-9.
 */
export function kernelIsMeanOverUnits(): Law<TangentKernelTheory> {
  return law({
    cases: 6,
    subject: tangentKernelTheory,
    twin: { what: 'without the training of the hidden layer', subject: wrongTheory({ networkKernels: withoutSlopes }) },
    arbitrary: (theory) => pointsCases(theory, 1),
    violation: ({ theory, activation, x, y, biasVariance, salt }) => {
      const random = stream(salt, 'law/units');
      const { tangent } = theory.networkKernels(activation, 1, x, y, biasVariance);
      const general = unitsViolation('Θ', tangent - biasVariance, unitShare(random, UNITS, activation, x, y));
      if (general !== undefined || activation === 'linear') return general;
      const [a, b] = [x[0]!, y[0]!];
      const units = unitShare(random, UNITS, activation, [a, 1], [b, 1]);
      return unitsViolation(`K(${a}, ${b})`, theory[activation](a, b) - 1, units);
    },
    show: showPointsCase,
  });
}

/** On ±7: fine enough for erf of variance 13, steps of 1/5 of a standard deviation. */
const NODES = 128;

/** E φφ and E φ′φ′ by brute force, to about 1e-4: Gauss–Legendre in two independent normals, or in the angle for ReLU. */
function expectations(activation: Activation, { xx, xy, yy }: PairCovariance): { values: number; slopes: number } {
  const { value, slope } = activations[activation];
  const [first, along] = [Math.sqrt(xx), xx === 0 ? 0 : xy / Math.sqrt(xx)];
  const across = Math.sqrt(Math.max(0, yy - along * along));
  let [values, slopes] = [0, 0];
  if (activation === 'relu') {
    const angles = 4000;
    for (let k = 0; k < angles; k++) {
      const angle = (2 * Math.PI * (k + 0.5)) / angles;
      const [u, v] = [first * Math.cos(angle), along * Math.cos(angle) + across * Math.sin(angle)];
      values += (2 * value(u) * value(v)) / angles;
      slopes += (slope(u) * slope(v)) / angles;
    }
    return { values, slopes };
  }
  if (activation === 'linear') return { values: xy, slopes: 1 };
  const { x: nodes, w } = gaussLegendre(NODES);
  for (let i = 0; i < nodes.length; i++) {
    const u = 7 * nodes[i]!;
    for (let j = 0; j < nodes.length; j++) {
      const v = 7 * nodes[j]!;
      const weight = (49 / (2 * Math.PI)) * w[i]! * w[j]! * Math.exp(-0.5 * (u * u + v * v));
      values += weight * value(first * u) * value(along * u + across * v);
      slopes += weight * slope(first * u) * slope(along * u + across * v);
    }
  }
  return { values, slopes };
}

function layerViolation({ theory, activation, layers, x, y, biasVariance }: PointsCase): string | undefined {
  const before = (a: readonly number[], b: readonly number[]) =>
    theory.networkKernels(activation, layers - 1, a, b, biasVariance);
  const covariance = { xx: before(x, x).output, xy: before(x, y).output, yy: before(y, y).output };
  // A vanishing input has no angle, and a ReLU there no slope.
  if (covariance.xx === 0 || covariance.yy === 0) return undefined;
  const { values, slopes } = expectations(activation, covariance);
  const { output, tangent } = theory.networkKernels(activation, layers, x, y, biasVariance);
  const expected = values + biasVariance + before(x, y).tangent * slopes;
  const size = 1 + Math.abs(before(x, y).tangent) + Math.sqrt(covariance.xx * covariance.yy);
  if (!(Math.abs(output - values - biasVariance) <= 2e-3 * size))
    return `Σ is ${output}, by integration ${values + biasVariance}`;
  return Math.abs(tangent - expected) <= 2e-3 * size ? undefined : `Θ is ${tangent}, by integration ${expected}`;
}

/** Each layer adds what its definition says, with the expectations by brute-force integration; depth 1 to 4. */
export function layersFollowRecursion(): Law<TangentKernelTheory> {
  return law({
    cases: 40,
    subject: tangentKernelTheory,
    twin: {
      what: 'without the training of the earlier layers',
      subject: wrongTheory({ networkKernels: withoutSlopes }),
    },
    arbitrary: (theory) => pointsCases(theory, 4),
    violation: layerViolation,
    show: showPointsCase,
  });
}

/** Linear networks: Σ = x·y + Lβ² and Θ = (L + 1) x·y + β² L(L + 1)/2 exactly, L hidden layers from 0 on. */
export function linearNetworksAddUp(): Law<TangentKernelTheory> {
  const oneMore: typeof networkKernels = (activation, layers, x, y, biasVariance) =>
    networkKernels(activation, layers + 1, x, y, biasVariance);
  return law({
    cases: 100,
    subject: tangentKernelTheory,
    twin: { what: 'one layer too many', subject: wrongTheory({ networkKernels: oneMore }) },
    arbitrary: (theory) => pointsCases(theory, 5),
    violation: ({ theory, layers: from, x, y, biasVariance }) => {
      const layers = from - 1;
      const inner = x.reduce((sum, xi, i) => sum + xi * y[i]!, 0);
      const { output, tangent } = theory.networkKernels('linear', layers, x, y, biasVariance);
      const expected = (layers + 1) * inner + (biasVariance * layers * (layers + 1)) / 2;
      if (!(Math.abs(output - inner - layers * biasVariance) <= EXACT * 20)) return `Σ is ${output}`;
      return Math.abs(tangent - expected) <= EXACT * 100 ? undefined : `Θ is ${tangent}, the sum ${expected}`;
    },
    show: showPointsCase,
  });
}
