import { along, type LeastSquares, listed, type Residual, requireDimension, total } from './sum-of-squares.ts';

/** t_i = i h with h = 1/(n + 1): the inner points of the grid of both discretized equations, and their start t (t − 1). */
function grid(n: number): { readonly h: number; readonly t: readonly number[]; readonly start: readonly number[] } {
  const h = 1 / (n + 1);
  const t = listed(n, (i) => i * h);
  return { h, t, start: t.map((at) => at * (at - 1)) };
}

/**
 * 28: 2x_i − x_{i−1} − x_{i+1} + h² (x_i + t_i + 1)³/2 with x₀ = x_{n+1} = 0, t_i = i h, h = 1/(n + 1): the boundary value
 * problem u″ = (u + t + 1)³/2. Minimum 0. Moré and Cosnard (1979).
 */
export function discreteBoundaryValue(n: number): LeastSquares {
  requireDimension('discrete-boundary-value', n, 1);
  const { h, t, start } = grid(n);
  return {
    number: 28,
    name: `discrete-boundary-value-${n}d`,
    start,
    minima: [0],
    minimizers: [],
    residuals: (x) =>
      listed(n, (i) => {
        const [before, here, after] = [x[i - 2] ?? 0, x[i - 1]!, x[i] ?? 0];
        const shifted = here + t[i - 1]! + 1;
        const gradient = along(n, i, 2 + 1.5 * h * h * shifted * shifted);
        if (i > 1) gradient[i - 2] = -1;
        if (i < n) gradient[i] = -1;
        return { value: 2 * here - before - after + (h * h * shifted ** 3) / 2, gradient };
      }),
  };
}

/**
 * 29: x_i + (h/2) [(1 − t_i) Σ_{j≤i} t_j (x_j + t_j + 1)³ + t_i Σ_{j>i} (1 − t_j) (x_j + t_j + 1)³]: the same boundary value
 * problem as an integral equation. Minimum 0. Moré and Cosnard (1979).
 */
export function discreteIntegralEquation(n: number): LeastSquares {
  requireDimension('discrete-integral-equation', n, 1);
  const { h, t, start } = grid(n);
  return {
    number: 29,
    name: `discrete-integral-equation-${n}d`,
    start,
    minima: [0],
    minimizers: [],
    residuals: (x) =>
      t.map((at, i) => {
        const kernel = Float64Array.from(t, (s, j) => (h / 2) * (j <= i ? (1 - at) * s : at * (1 - s)));
        const gradient = kernel.map((k, j) => 3 * k * (x[j]! + t[j]! + 1) ** 2 + (j === i ? 1 : 0));
        return { value: x[i]! + total(kernel.map((k, j) => k * (x[j]! + t[j]! + 1) ** 3)), gradient };
      }),
  };
}

/** 30: (3 − 2x_i) x_i − x_{i−1} − 2x_{i+1} + 1 with x₀ = x_{n+1} = 0; minimum 0. Broyden (1965). */
export function broydenTridiagonal(n: number): LeastSquares {
  requireDimension('broyden-tridiagonal', n, 1);
  return {
    number: 30,
    name: `broyden-tridiagonal-${n}d`,
    start: new Array<number>(n).fill(-1),
    minima: [0],
    minimizers: [],
    residuals: (x) =>
      listed(n, (i) => {
        const [before, here, after] = [x[i - 2] ?? 0, x[i - 1]!, x[i] ?? 0];
        const gradient = along(n, i, 3 - 4 * here);
        if (i > 1) gradient[i - 2] = -1;
        if (i < n) gradient[i] = -2;
        return { value: (3 - 2 * here) * here - before - 2 * after + 1, gradient };
      }),
  };
}

/** 31: x_i (2 + 5x_i²) + 1 − Σ x_j (1 + x_j) over j ≠ i from i − 5 to i + 1; minimum 0. Broyden (1971). */
export function broydenBanded(n: number): LeastSquares {
  requireDimension('broyden-banded', n, 1);
  return {
    number: 31,
    name: `broyden-banded-${n}d`,
    start: new Array<number>(n).fill(-1),
    minima: [0],
    minimizers: [],
    residuals: (x) =>
      listed(n, (i) => {
        const here = x[i - 1]!;
        const gradient = along(n, i, 2 + 15 * here * here);
        let value = here * (2 + 5 * here * here) + 1;
        for (let j = Math.max(1, i - 5); j <= Math.min(n, i + 1); j++) {
          if (j === i) continue;
          value -= x[j - 1]! * (1 + x[j - 1]!);
          gradient[j - 1] = -1 - 2 * x[j - 1]!;
        }
        return { value, gradient };
      }),
  };
}

/** 32: x_i − (2/m) Σ x_j − 1 for i <= n, −(2/m) Σ x_j − 1 for n < i <= m; minimum m − n at (−1, …, −1). Full rank. */
export function linearFullRank(n: number, m: number): LeastSquares {
  requireDimension('linear-full-rank', n, 1);
  requireDimension('linear-full-rank residuals', m, n);
  return {
    number: 32,
    name: `linear-full-rank-${n}d-${m}`,
    start: new Array<number>(n).fill(1),
    minima: [m - n],
    minimizers: [new Array<number>(n).fill(-1)],
    residuals: (x) =>
      listed(m, (i) => ({
        value: (x[i - 1] ?? 0) - (2 / m) * total(x) - 1,
        gradient: x.map((_, j) => (j === i - 1 ? 1 : 0) - 2 / m),
      })),
  };
}

/** 33: i Σ j x_j − 1, i = 1 … m; minimum m (m − 1)/(2 (2m + 1)) wherever Σ j x_j = 3/(2m + 1). Rank 1. */
export function linearRankOne(n: number, m: number): LeastSquares {
  requireDimension('linear-rank-one', n, 1);
  requireDimension('linear-rank-one residuals', m, n);
  return {
    number: 33,
    name: `linear-rank-one-${n}d-${m}`,
    start: new Array<number>(n).fill(1),
    minima: [(m * (m - 1)) / (2 * (2 * m + 1))],
    minimizers: [Array.from({ length: n }, (_, j) => (j === 0 ? 3 / (2 * m + 1) : 0))],
    residuals: (x) => {
      const s = total(x.map((at, j) => (j + 1) * at));
      return listed(m, (i) => ({ value: i * s - 1, gradient: x.map((_, j) => i * (j + 1)) }));
    },
  };
}

/**
 * 34: −1, then (i − 1) Σ_{1<j<n} j x_j − 1 for 1 < i < m, then −1; minimum (m² + 3m − 6)/(2 (2m − 3)) wherever
 * Σ_{1<j<n} j x_j = 3/(2m − 3). Rank 1, with zero columns and rows.
 */
export function linearRankOneWithZeros(n: number, m: number): LeastSquares {
  requireDimension('linear-rank-one-with-zeros', n, 3);
  requireDimension('linear-rank-one-with-zeros residuals', m, n);
  const weight = (j: number): number => (j === 0 || j === n - 1 ? 0 : j + 1);
  const constant: Residual = { value: -1, gradient: new Float64Array(n) };
  return {
    number: 34,
    name: `linear-rank-one-with-zeros-${n}d-${m}`,
    start: new Array<number>(n).fill(1),
    minima: [(m * m + 3 * m - 6) / (2 * (2 * m - 3))],
    minimizers: [Array.from({ length: n }, (_, j) => (j === 1 ? 3 / (2 * (2 * m - 3)) : 0))],
    residuals: (x) => {
      const s = total(x.map((at, j) => weight(j) * at));
      const inner = listed(m - 2, (i) => ({ value: i * s - 1, gradient: x.map((_, j) => i * weight(j)) }));
      return [constant, ...inner, constant];
    },
  };
}
