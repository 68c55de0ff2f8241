import {
  along,
  type LeastSquares,
  listed,
  type Residual,
  requireDimension,
  residual,
  total,
} from './sum-of-squares.ts';

/** Watson's minima, by dimension. */
const WATSON: Readonly<Record<number, number>> = {
  6: 2.28767005355234e-3,
  9: 1.39976013809238e-6,
  12: 4.722381100875e-10,
};

/**
 * 20: Σ_{j≥2} (j − 1) x_j t^{j−2} − (Σ_j x_j t^{j−1})² − 1 for t = i/29, i = 1 … 29, then x₁ and x₂ − x₁² − 1: the polynomial
 * solution of p′ = 1 + p². Minimum 2.28767…e−3 (n = 6), 1.39976…e−6 (9), 4.72238…e−10 (12). Kowalik and Osborne (1968).
 */
export function watson(n: number): LeastSquares {
  requireDimension('watson', n, 2);
  return {
    number: 20,
    name: `watson-${n}d`,
    start: new Array<number>(n).fill(0),
    minima: WATSON[n] === undefined ? [] : [WATSON[n]],
    minimizers: [],
    residuals: (x) => {
      const [a, b] = [x[0]!, x[1]!];
      const rest = residual(b - a * a - 1, -2 * a, 1, ...new Array<number>(n - 2).fill(0));
      return [...listed(29, (i) => watsonResidual(x, i / 29)), { value: a, gradient: along(n, 1, 1) }, rest];
    },
  };
}

function watsonResidual(x: Float64Array, t: number): Residual {
  let [polynomial, derivative, power] = [0, 0, 1];
  for (const [j, coefficient] of x.entries()) {
    polynomial += coefficient * power;
    if (j + 1 < x.length) derivative += (j + 1) * x[j + 1]! * power;
    power *= t;
  }
  const gradient = x.map((_, j) => (j === 0 ? 0 : j * t ** (j - 1)) - 2 * polynomial * t ** j);
  return { value: derivative - polynomial * polynomial - 1, gradient };
}

/** Minima of the first penalty function, by dimension. */
const PENALTY_1: Readonly<Record<number, number>> = { 4: 2.2499775009e-5, 10: 7.08765146709e-5 };

/** 23: 10^{−5/2} (x_i − 1), Σ x_j² − ¼; minimum 2.24997…e−5 (n = 4), 7.08765…e−5 (10). Gill, Murray and Pitfield (1972). */
export function penalty1(n: number): LeastSquares {
  requireDimension('penalty-1', n, 1);
  const weight = Math.sqrt(1e-5);
  return {
    number: 23,
    name: `penalty-1-${n}d`,
    start: listed(n, (i) => i),
    minima: PENALTY_1[n] === undefined ? [] : [PENALTY_1[n]],
    minimizers: [],
    residuals: (x) => [
      ...listed(n, (i) => ({ value: weight * (x[i - 1]! - 1), gradient: along(n, i, weight) })),
      { value: total(x.map((at) => at * at)) - 0.25, gradient: x.map((at) => 2 * at) },
    ],
  };
}

/** Minima of the second penalty function, by dimension. */
const PENALTY_2: Readonly<Record<number, number>> = { 4: 9.37629300736e-6, 10: 2.93660537457e-4 };

/**
 * 24: x₁ − 0.2; a (e^{x_i/10} + e^{x_{i−1}/10} − e^{i/10} − e^{(i−1)/10}), i = 2 … n; a (e^{x_i/10} − e^{−1/10}), i = 2 … n;
 * Σ (n − j + 1) x_j² − 1, with a = 10^{−5/2}; minimum 9.37629…e−6 (n = 4), 2.93660…e−4 (10). Gill, Murray and Pitfield (1972).
 */
export function penalty2(n: number): LeastSquares {
  requireDimension('penalty-2', n, 2);
  const weight = Math.sqrt(1e-5);
  const e = (at: number): number => Math.exp(at / 10);
  const pair = (x: Float64Array, i: number): Residual => {
    const [before, here] = [x[i - 2]!, x[i - 1]!];
    const gradient = along(n, i, (weight * e(here)) / 10);
    gradient[i - 2] = (weight * e(before)) / 10;
    return { value: weight * (e(here) + e(before) - (e(i) + e(i - 1))), gradient };
  };
  const single = (x: Float64Array, i: number): Residual => ({
    value: weight * (e(x[i - 1]!) - e(-1)),
    gradient: along(n, i, (weight * e(x[i - 1]!)) / 10),
  });
  return {
    number: 24,
    name: `penalty-2-${n}d`,
    start: new Array<number>(n).fill(0.5),
    minima: PENALTY_2[n] === undefined ? [] : [PENALTY_2[n]],
    minimizers: [],
    residuals: (x) => [
      { value: x[0]! - 0.2, gradient: along(n, 1, 1) },
      ...listed(n - 1, (i) => pair(x, i + 1)),
      ...listed(n - 1, (i) => single(x, i + 1)),
      { value: total(x.map((at, j) => (n - j) * at * at)) - 1, gradient: x.map((at, j) => 2 * (n - j) * at) },
    ],
  };
}

/** 25: x_i − 1, s = Σ j (x_j − 1), s²; start 1 − j/n; minimum 0 at (1, …, 1). Moré, Garbow and Hillstrom. */
export function variablyDimensioned(n: number): LeastSquares {
  requireDimension('variably-dimensioned', n, 1);
  return {
    number: 25,
    name: `variably-dimensioned-${n}d`,
    start: listed(n, (j) => 1 - j / n),
    minima: [0],
    minimizers: [new Array<number>(n).fill(1)],
    residuals: (x) => {
      const s = total(x.map((at, j) => (j + 1) * (at - 1)));
      return [
        ...listed(n, (i) => ({ value: x[i - 1]! - 1, gradient: along(n, i, 1) })),
        { value: s, gradient: x.map((_, j) => j + 1) },
        { value: s * s, gradient: x.map((_, j) => 2 * s * (j + 1)) },
      ];
    },
  };
}

/** Minima of the trigonometric function, by dimension. */
const TRIGONOMETRIC: Readonly<Record<number, readonly number[]>> = { 10: [0, 2.79505612188e-5, 4.21863388792e-5] };

/**
 * 26: n − Σ_j cos x_j + i (1 − cos x_i) − sin x_i; start 1/n; minimum 0 at the origin, local minimum 2.79506…e−5 (n = 10), and
 * more. Spedicato (1975).
 */
export function trigonometric(n: number): LeastSquares {
  requireDimension('trigonometric', n, 1);
  return {
    number: 26,
    name: `trigonometric-${n}d`,
    start: new Array<number>(n).fill(1 / n),
    minima: TRIGONOMETRIC[n] ?? [0],
    minimizers: [new Array<number>(n).fill(0)],
    residuals: (x) => {
      const cosines = total(x.map(Math.cos));
      return listed(n, (i) => {
        const at = x[i - 1]!;
        const gradient = x.map(Math.sin);
        gradient[i - 1]! += i * Math.sin(at) - Math.cos(at);
        return { value: n - cosines + i * (1 - Math.cos(at)) - Math.sin(at), gradient };
      });
    },
  };
}

/**
 * 27: x_i + Σ x_j − (n + 1), i < n, and Π x_j − 1; minimum 0 at (1, …, 1) among others, local minimum 1 at (0, …, 0, n + 1).
 * Brown (1969).
 */
export function brownAlmostLinear(n: number): LeastSquares {
  requireDimension('brown-almost-linear', n, 2);
  return {
    number: 27,
    name: `brown-almost-linear-${n}d`,
    start: new Array<number>(n).fill(0.5),
    minima: [0, 1],
    minimizers: [new Array<number>(n).fill(1)],
    residuals: (x) => {
      const all = total(x);
      const product = (left: number): number => x.reduce((p, at, j) => (j === left ? p : p * at), 1);
      return [
        ...listed(n - 1, (i) => ({
          value: x[i - 1]! + all - (n + 1),
          gradient: x.map((_, j) => (j === i - 1 ? 2 : 1)),
        })),
        { value: product(-1) - 1, gradient: x.map((_, j) => product(j)) },
      ];
    },
  };
}

/** Minima of Chebyquad, by dimension; the first is the least known. */
const CHEBYQUAD: Readonly<Record<number, readonly number[]>> = {
  7: [0],
  8: [3.51687372567793e-3],
  9: [0],
  10: [4.77271369637535e-3, 6.5039548008823e-3],
};

/**
 * 35: (1/n) Σ_j T_i(x_j) − ∫₀¹ T_i, T_i the Chebyshev polynomials shifted to [0, 1], whose integral is 0 for odd i and
 * −1/(i² − 1) for even i; start j/(n + 1); minimum 0 for n <= 7 and n = 9, 3.51687…e−3 (n = 8), 6.50395…e−3 (n = 10, as
 * published; there is a lower one, 4.77271…e−3). Fletcher (1965).
 */
export function chebyquad(n: number): LeastSquares {
  requireDimension('chebyquad', n, 2);
  return {
    number: 35,
    name: `chebyquad-${n}d`,
    start: listed(n, (j) => j / (n + 1)),
    minima: CHEBYQUAD[n] ?? [],
    minimizers: [],
    residuals: (x) => {
      let [before, now] = [x.map(() => 1), x.map((at) => 2 * at - 1)];
      let [slopeBefore, slopeNow] = [x.map(() => 0), x.map(() => 2)];
      return listed(n, (i) => {
        const value = total(now) / n + (i % 2 === 0 ? 1 / (i * i - 1) : 0);
        const gradient = slopeNow.map((slope) => slope / n);
        const next = now.map((at, j) => 2 * (2 * x[j]! - 1) * at - before[j]!);
        const slopeNext = slopeNow.map((slope, j) => 4 * now[j]! + 2 * (2 * x[j]! - 1) * slope - slopeBefore[j]!);
        [before, now, slopeBefore, slopeNow] = [now, next, slopeNow, slopeNext];
        return { value, gradient };
      });
    },
  };
}
