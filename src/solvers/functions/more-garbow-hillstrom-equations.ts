import { type LeastSquares, type Residual, residual } from './sum-of-squares.ts';

/** 1: 10 (x₂ − x₁²), 1 − x₁; minimum 0 at (1, 1). Rosenbrock (1960). */
const rosenbrock: LeastSquares = {
  number: 1,
  name: 'rosenbrock',
  start: [-1.2, 1],
  minima: [0],
  minimizers: [[1, 1]],
  residuals: ([x = 0, y = 0]) => [residual(10 * (y - x * x), -20 * x, 10), residual(1 - x, -1, 0)],
};

/**
 * 2: −13 + x₁ + ((5 − x₂) x₂ − 2) x₂, −29 + x₁ + ((x₂ + 1) x₂ − 14) x₂; minimum 0 at (5, 4), local minimum 48.9842… at
 * (11.41…, −0.8968…). Freudenstein and Roth (1963).
 */
const freudensteinRoth: LeastSquares = {
  number: 2,
  name: 'freudenstein-roth',
  start: [0.5, -2],
  minima: [0, 48.98425367924],
  minimizers: [[5, 4]],
  residuals: ([x = 0, y = 0]) => [
    residual(-13 + x + ((5 - y) * y - 2) * y, 1, (10 - 3 * y) * y - 2),
    residual(-29 + x + ((y + 1) * y - 14) * y, 1, (3 * y + 2) * y - 14),
  ],
};

/** 3: 10⁴ x₁ x₂ − 1, e^{−x₁} + e^{−x₂} − 1.0001; minimum 0 at (1.098…e−5, 9.106…). Powell (1970). */
const powellBadlyScaled: LeastSquares = {
  number: 3,
  name: 'powell-badly-scaled',
  start: [0, 1],
  minima: [0],
  minimizers: [],
  residuals: ([x = 0, y = 0]) => [
    residual(1e4 * x * y - 1, 1e4 * y, 1e4 * x),
    residual(Math.exp(-x) + Math.exp(-y) - 1.0001, -Math.exp(-x), -Math.exp(-y)),
  ],
};

/** 4: x₁ − 10⁶, x₂ − 2·10⁻⁶, x₁ x₂ − 2; minimum 0 at (10⁶, 2·10⁻⁶). Brown, unpublished. */
const brownBadlyScaled: LeastSquares = {
  number: 4,
  name: 'brown-badly-scaled',
  start: [1, 1],
  minima: [0],
  minimizers: [[1e6, 2e-6]],
  residuals: ([x = 0, y = 0]) => [residual(x - 1e6, 1, 0), residual(y - 2e-6, 0, 1), residual(x * y - 2, y, x)],
};

/** 5: y_i − x₁ (1 − x₂ⁱ), y = 1.5, 2.25, 2.625; minimum 0 at (3, ½). Beale (1958). */
const beale: LeastSquares = {
  number: 5,
  name: 'beale',
  start: [1, 1],
  minima: [0],
  minimizers: [[3, 0.5]],
  residuals: ([x = 0, y = 0]) =>
    [1.5, 2.25, 2.625].map((target, k) =>
      residual(target - x * (1 - y ** (k + 1)), y ** (k + 1) - 1, x * (k + 1) * y ** k),
    ),
};

/**
 * 7: 10 (x₃ − 10 θ), 10 (√(x₁² + x₂²) − 1), x₃ with θ = arctan(x₂/x₁)/2π, plus ½ where x₁ < 0; minimum 0 at (1, 0, 0).
 * θ jumps by 1 across the plane x₁ = 0 where x₂ < 0 and is not a number on the axis x₁ = x₂ = 0. Fletcher and Powell (1963).
 */
const helicalValley: LeastSquares = {
  number: 7,
  name: 'helical-valley',
  start: [-1, 0, 0],
  minima: [0],
  minimizers: [[1, 0, 0]],
  residuals: ([x = 0, y = 0, z = 0]) => {
    const angle = Math.atan(y / x) / (2 * Math.PI) + (x < 0 ? 0.5 : 0);
    const square = x * x + y * y;
    const radius = Math.sqrt(square);
    const turn = 100 / (2 * Math.PI * square);
    return [
      residual(10 * (z - 10 * angle), turn * y, -turn * x, 10),
      residual(10 * (radius - 1), (10 * x) / radius, (10 * y) / radius, 0),
      residual(z, 0, 0, 1),
    ];
  },
};

/** 13: x₁ + 10 x₂, √5 (x₃ − x₄), (x₂ − 2x₃)², √10 (x₁ − x₄)²; minimum 0 at the origin, its Hessian singular. Powell (1962). */
const powellSingular: LeastSquares = {
  number: 13,
  name: 'powell-singular',
  start: [3, -1, 0, 1],
  minima: [0],
  minimizers: [[0, 0, 0, 0]],
  residuals: ([a = 0, b = 0, c = 0, d = 0]) => {
    const [s, t] = [b - 2 * c, a - d];
    return [
      residual(a + 10 * b, 1, 10, 0, 0),
      residual(Math.sqrt(5) * (c - d), 0, 0, Math.sqrt(5), -Math.sqrt(5)),
      residual(s * s, 0, 2 * s, -4 * s, 0),
      residual(Math.sqrt(10) * t * t, 2 * Math.sqrt(10) * t, 0, 0, -2 * Math.sqrt(10) * t),
    ];
  },
};

/**
 * 14: 10 (x₂ − x₁²), 1 − x₁, √90 (x₄ − x₃²), 1 − x₃, √10 (x₂ + x₄ − 2), (x₂ − x₄)/√10; minimum 0 at (1, 1, 1, 1).
 * Colville (1968), called Wood's function.
 */
const wood: LeastSquares = {
  number: 14,
  name: 'wood',
  start: [-3, -1, -3, -1],
  minima: [0],
  minimizers: [[1, 1, 1, 1]],
  residuals: ([a = 0, b = 0, c = 0, d = 0]) => [
    residual(10 * (b - a * a), -20 * a, 10, 0, 0),
    residual(1 - a, -1, 0, 0, 0),
    residual(Math.sqrt(90) * (d - c * c), 0, 0, -2 * Math.sqrt(90) * c, Math.sqrt(90)),
    residual(1 - c, 0, 0, -1, 0),
    residual(Math.sqrt(10) * (b + d - 2), 0, Math.sqrt(10), 0, Math.sqrt(10)),
    residual((b - d) / Math.sqrt(10), 0, 1 / Math.sqrt(10), 0, -1 / Math.sqrt(10)),
  ],
};

/** Copies of a function on consecutive groups of its variables; a minimum of every copy is one of the sum. */
function copies(number: number, name: string, count: number, one: LeastSquares): LeastSquares {
  const size = one.start.length;
  const repeat = (x: readonly number[]) => new Array<readonly number[]>(count).fill(x).flat();
  const atPlace = ({ value, gradient }: Residual, block: number): Residual => {
    const placed = new Float64Array(count * size);
    placed.set(gradient, block * size);
    return { value, gradient: placed };
  };
  return {
    number,
    name,
    start: repeat(one.start),
    minima: one.minima.map((value) => count * value),
    minimizers: one.minimizers.map(repeat),
    residuals: (x) =>
      Array.from({ length: count }, (_, block) =>
        one.residuals(x.subarray(block * size, (block + 1) * size)).map((r) => atPlace(r, block)),
      ).flat(),
  };
}

/** Systems of a few nonlinear equations, most of them solvable, and the copies 21 and 22 of Rosenbrock's and Powell's. */
export const equations: readonly LeastSquares[] = [
  rosenbrock,
  freudensteinRoth,
  powellBadlyScaled,
  brownBadlyScaled,
  beale,
  helicalValley,
  powellSingular,
  wood,
  copies(21, 'extended-rosenbrock-10d', 5, rosenbrock),
  copies(22, 'extended-powell-12d', 3, powellSingular),
];
