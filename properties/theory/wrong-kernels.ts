import { activationExpectations, type networkKernels } from '../../theory/tangent-kernels.ts';

type Kernel = (a: number, b: number) => number;
type Recursion = typeof networkKernels;

const angle: Kernel = (a, b) => Math.abs(Math.atan(a) - Math.atan(b));
const TURN = 2 * Math.PI;

/** The linear kernel 1 + ab, as somebody might get it wrong. */
export const wrongLinearKernels: Readonly<Record<string, Kernel>> = {
  'without bias': (a, b) => a * b,
  'wrong sign': (a, b) => 1 - a * b,
  'factor 2': (a, b) => 2 * (1 + a * b),
  'cross term doubled': (a, b) => 1 + 2 * a * b,
  'square root': (a, b) => Math.sign(1 + a * b) * Math.sqrt(Math.abs(1 + a * b)),
  'sum for product': (a, b) => 1 + a + b,
};

/** The ReLU kernel of one hidden layer on (γ, 1). */
export const wrongReluKernels: Readonly<Record<string, Kernel>> = {
  'without distance': (a, b) => (2 * (Math.PI - angle(a, b)) * (1 + a * b)) / TURN + 1,
  'signed distance': (a, b) => (a - b + 2 * (Math.PI - angle(a, b)) * (1 + a * b)) / TURN + 1,
  'hidden layer not trained': (a, b) => (Math.abs(a - b) + (Math.PI - angle(a, b)) * (1 + a * b)) / TURN + 1,
  'angle for its supplement': (a, b) => (Math.abs(a - b) + 2 * angle(a, b) * (1 + a * b)) / TURN + 1,
  'factor 2': (a, b) => (Math.abs(a - b) + 2 * (Math.PI - angle(a, b)) * (1 + a * b)) / Math.PI + 1,
  'without output bias': (a, b) => (Math.abs(a - b) + 2 * (Math.PI - angle(a, b)) * (1 + a * b)) / TURN,
  'without input bias': (a, b) => (Math.abs(a - b) + 2 * (Math.PI - angle(a, b)) * a * b) / TURN + 1,
  'wrong sign of the product': (a, b) => (Math.abs(a - b) + 2 * (Math.PI - angle(a, b)) * (1 - a * b)) / TURN + 1,
};

const erfParts = (a: number, b: number, one = 3, two = 2): { dot: number; product: number } => ({
  dot: 1 + a * b,
  product: (one + two * a * a) * (one + two * b * b),
});

/** The kernel of one hidden layer of erf on (γ, 1). */
export const wrongErfKernels: Readonly<Record<string, Kernel>> = {
  'second term halved': (a, b) => {
    const { dot, product } = erfParts(a, b);
    return (2 / Math.PI) * (Math.asin((2 * dot) / Math.sqrt(product)) + dot / Math.sqrt(product - 4 * dot * dot)) + 1;
  },
  'lost square root': (a, b) => {
    const { dot, product } = erfParts(a, b);
    return (
      (2 / Math.PI) * Math.asin((2 * dot) / Math.sqrt(product)) + ((4 / Math.PI) * dot) / (product - 4 * dot * dot) + 1
    );
  },
  'dropped factor in the arcsine': (a, b) => {
    const { dot, product } = erfParts(a, b);
    return (
      (2 / Math.PI) * Math.asin(dot / Math.sqrt(product)) +
      ((4 / Math.PI) * dot) / Math.sqrt(product - 4 * dot * dot) +
      1
    );
  },
  'wrong sign of the second term': (a, b) => {
    const { dot, product } = erfParts(a, b);
    return (
      (2 / Math.PI) * Math.asin((2 * dot) / Math.sqrt(product)) -
      ((4 / Math.PI) * dot) / Math.sqrt(product - 4 * dot * dot) +
      1
    );
  },
  'variance without input bias': (a, b) => {
    const { product } = erfParts(a, b, 1);
    return (
      (2 / Math.PI) * Math.asin((2 * a * b) / Math.sqrt(product)) +
      ((4 / Math.PI) * a * b) / Math.sqrt(product - 4 * a * a * b * b) +
      1
    );
  },
  'without output bias': (a, b) => {
    const { dot, product } = erfParts(a, b);
    return (
      (2 / Math.PI) * Math.asin((2 * dot) / Math.sqrt(product)) +
      ((4 / Math.PI) * dot) / Math.sqrt(product - 4 * dot * dot)
    );
  },
};

/** What one layer of the recursion does; the faults below change one of its parts. */
interface LayerRule {
  /** Tangent kernel of the next layer from Σ, Θ, E φφ, E φ′φ′ before, and Σ after. */
  readonly tangent: (parts: { tangent: number; values: number; slopes: number; after: number }) => number;
  /** Variance or covariance after the layer. */
  readonly after: (values: number, biasVariance: number) => number;
  readonly layersMore?: number;
}

function recursion({ tangent: next, after, layersMore = 0 }: LayerRule): Recursion {
  return (activation, hiddenLayers, x, y, biasVariance = 1) => {
    const inner = (p: ArrayLike<number>, q: ArrayLike<number>): number =>
      Array.from(p).reduce((sum, pi, i) => sum + pi * q[i]!, 0);
    let [xx, xy, yy] = [inner(x, x), inner(x, y), inner(y, y)];
    let tangent = xy;
    for (let layer = 0; layer < Math.max(0, hiddenLayers + layersMore); layer++) {
      const bound = Math.sqrt(xx * yy);
      xy = Math.max(-bound, Math.min(bound, xy));
      const variance = (v: number): number =>
        after(activationExpectations(activation, { xx: v, xy: v, yy: v }).values, biasVariance);
      const { values, slopes } = activationExpectations(activation, { xx, xy, yy });
      [xx, xy, yy] = [variance(xx), after(values, biasVariance), variance(yy)];
      tangent = next({ tangent, values, slopes, after: xy });
    }
    return { output: xy, tangent };
  };
}

const addBias = (values: number, biasVariance: number): number => values + biasVariance;

/** Written like the true recursion: a right version that must survive, so that the faults below are the only difference. */
export const recursionWrittenAgain = recursion({
  tangent: ({ tangent, slopes, after }) => after + tangent * slopes,
  after: addBias,
});

/** The recursion over hidden layers. */
export const wrongRecursions: Readonly<Record<string, Recursion>> = {
  'one layer too few': recursion({
    tangent: ({ tangent, slopes, after }) => after + tangent * slopes,
    after: addBias,
    layersMore: -1,
  }),
  'one layer too many': recursion({
    tangent: ({ tangent, slopes, after }) => after + tangent * slopes,
    after: addBias,
    layersMore: 1,
  }),
  'earlier layers not trained': recursion({ tangent: ({ after }) => after, after: addBias }),
  'last layer not trained': recursion({ tangent: ({ tangent, slopes }) => tangent * slopes, after: addBias }),
  'slopes forgotten': recursion({ tangent: ({ tangent, after }) => after + tangent, after: addBias }),
  'slopes squared': recursion({
    tangent: ({ tangent, slopes, after }) => after + tangent * slopes * slopes,
    after: addBias,
  }),
  'minus for plus': recursion({ tangent: ({ tangent, slopes, after }) => after - tangent * slopes, after: addBias }),
  'bias forgotten': recursion({
    tangent: ({ tangent, slopes, after }) => after + tangent * slopes,
    after: (values) => values,
  }),
  'bias not trained': recursion({
    tangent: ({ tangent, slopes, values }) => values + tangent * slopes,
    after: addBias,
  }),
  'standard deviation for variance': recursion({
    tangent: ({ tangent, slopes, after }) => after + tangent * slopes,
    after: (values, biasVariance) => values + Math.sqrt(biasVariance),
  }),
  'factor 2 per layer': recursion({
    tangent: ({ tangent, slopes, after }) => after + 2 * tangent * slopes,
    after: addBias,
  }),
};
