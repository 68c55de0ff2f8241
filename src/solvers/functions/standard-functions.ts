/** A smooth function of n variables with a known minimum, and the starts it is usually tried from. */
export interface StandardFunction {
  readonly name: string;
  readonly evaluate: (x: Float64Array) => { readonly value: number; readonly gradient: Float64Array };
  /** The global minimizer; it is the only stationary point that descent from the starts reaches. */
  readonly minimizer: readonly number[];
  readonly minimum: number;
  readonly starts: readonly (readonly number[])[];
}

/** ½ Σ λ_i (x_i − 1)² with λ from 1 to `condition` in equal ratios; minimum 0 at (1, …, 1). */
export function quadratic(dimension: number, condition: number): StandardFunction {
  const lambda = Float64Array.from({ length: dimension }, (_, i) =>
    dimension === 1 ? condition : condition ** (i / (dimension - 1)),
  );
  return {
    name: `quadratic-${dimension}d-condition-${condition}`,
    evaluate: (x) => {
      const gradient = x.map((value, i) => lambda[i]! * (value - 1));
      const value = x.reduce((sum, at, i) => sum + 0.5 * lambda[i]! * (at - 1) ** 2, 0);
      return { value, gradient };
    },
    minimizer: new Array<number>(dimension).fill(1),
    minimum: 0,
    starts: [new Array<number>(dimension).fill(0), Array.from({ length: dimension }, (_, i) => (i % 2 === 0 ? 3 : -2))],
  };
}

/**
 * Σ 100 (x_{i+1} − x_i²)² + (1 − x_i)², minimum 0 at (1, …, 1).
 * Rosenbrock, The Computer Journal 3 (1960) 175. From four variables on there is a local minimum near (−1, 1, …, 1):
 * the starts stay away from it.
 */
export function rosenbrock(dimension: number): StandardFunction {
  return {
    name: `rosenbrock-${dimension}d`,
    evaluate: (x) => {
      let value = 0;
      const gradient = new Float64Array(dimension);
      for (let i = 0; i + 1 < dimension; i++) {
        const a = x[i + 1]! - x[i]! * x[i]!;
        const b = 1 - x[i]!;
        value += 100 * a * a + b * b;
        gradient[i]! += -400 * a * x[i]! - 2 * b;
        gradient[i + 1]! += 200 * a;
      }
      return { value, gradient };
    },
    minimizer: new Array<number>(dimension).fill(1),
    minimum: 0,
    starts: [
      dimension === 2 ? [-1.2, 1] : Array.from({ length: dimension }, (_, i) => (i % 2 === 0 ? 2 : 0.5)),
      new Array<number>(dimension).fill(0),
    ],
  };
}

/** Σ (c_k − x₁ (1 − x₂ᵏ))², c = 1.5, 2.25, 2.625; minimum 0 at (3, 0.5). Beale (1958). */
export const beale: StandardFunction = {
  name: 'beale',
  evaluate: ([x = 0, y = 0]) => {
    const residuals = [1.5, 2.25, 2.625].map((c, k) => c - x * (1 - y ** (k + 1)));
    const gradient = new Float64Array(2);
    residuals.forEach((r, k) => {
      gradient[0]! -= 2 * r * (1 - y ** (k + 1));
      gradient[1]! += 2 * r * x * (k + 1) * y ** k;
    });
    return { value: residuals.reduce((sum, r) => sum + r * r, 0), gradient };
  },
  minimizer: [3, 0.5],
  minimum: 0,
  starts: [
    [1, 1],
    [0, 0],
  ],
};

/** (x + 2y − 7)² + (2x + y − 5)²; minimum 0 at (1, 3). */
export const booth: StandardFunction = {
  name: 'booth',
  evaluate: ([x = 0, y = 0]) => {
    const a = x + 2 * y - 7;
    const b = 2 * x + y - 5;
    return { value: a * a + b * b, gradient: Float64Array.of(2 * a + 4 * b, 4 * a + 2 * b) };
  },
  minimizer: [1, 3],
  minimum: 0,
  starts: [
    [0, 0],
    [-8, 9],
  ],
};

/** (a + 10b)² + 5 (c − d)² + (b − 2c)⁴ + 10 (a − d)⁴: singular Hessian at its minimum 0 at the origin. Powell (1962). */
export const powellSingular: StandardFunction = {
  name: 'powell-singular',
  evaluate: ([a = 0, b = 0, c = 0, d = 0]) => {
    const [p, q, r, s] = [a + 10 * b, c - d, b - 2 * c, a - d];
    return {
      value: p * p + 5 * q * q + r ** 4 + 10 * s ** 4,
      gradient: Float64Array.of(2 * p + 40 * s ** 3, 20 * p + 4 * r ** 3, 10 * q - 8 * r ** 3, -10 * q - 40 * s ** 3),
    };
  },
  minimizer: [0, 0, 0, 0],
  minimum: 0,
  starts: [[3, -1, 0, 1]],
};

/** ln Σ_i (e^{x_i} + e^{−x_i}); minimum ln 2n at the origin, nearly linear far from it. */
export function logSumExp(dimension: number): StandardFunction {
  return {
    name: `log-sum-exp-${dimension}d`,
    evaluate: (x) => {
      const largest = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const sum = x.reduce((total, at) => total + Math.exp(at - largest) + Math.exp(-at - largest), 0);
      const gradient = x.map((at) => (Math.exp(at - largest) - Math.exp(-at - largest)) / sum);
      return { value: largest + Math.log(sum), gradient };
    },
    minimizer: new Array<number>(dimension).fill(0),
    minimum: Math.log(2 * dimension),
    starts: [Array.from({ length: dimension }, (_, i) => (i + 1) / 2), new Array<number>(dimension).fill(-20)],
  };
}

/** Σ x_i − ln x_i for x > 0, +∞ elsewhere; minimum n at (1, …, 1). Far starts overshoot into the infinite region. */
export function logBarrier(dimension: number): StandardFunction {
  return {
    name: `log-barrier-${dimension}d`,
    evaluate: (x) => {
      const inside = x.every((value) => value > 0);
      const value = x.reduce((sum, at) => sum + at - Math.log(at), 0);
      return { value: inside ? value : Number.POSITIVE_INFINITY, gradient: x.map((at) => 1 - 1 / at) };
    },
    minimizer: new Array<number>(dimension).fill(1),
    minimum: dimension,
    starts: [
      Array.from({ length: dimension }, (_, i) => 0.01 * (i + 1)),
      Array.from({ length: dimension }, (_, i) => 0.5 + i),
    ],
  };
}

/** The table every minimizer is tried on. */
export const standardFunctions: readonly StandardFunction[] = Object.freeze([
  quadratic(1, 4),
  quadratic(5, 1),
  quadratic(5, 100),
  quadratic(10, 1e4),
  quadratic(8, 1e6),
  rosenbrock(2),
  rosenbrock(5),
  rosenbrock(10),
  rosenbrock(20),
  beale,
  booth,
  powellSingular,
  logSumExp(3),
  logBarrier(1),
  logBarrier(4),
]);
