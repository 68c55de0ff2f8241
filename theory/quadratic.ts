import { InverseClaimsError, requireNumber } from '../src/core/errors.ts';
import { dot, norm } from '../src/numerics/vector.ts';
import { requireCount } from './signal-arguments.ts';

/**
 * f(x) = ½ (x − c)ᵀ A (x − c) with A = Σ λ_i q_i q_iᵀ: where iterates of descent methods are known without running them.
 * All is computed for the coordinates e_i = q_iᵀ (x − c), in which A is diagonal.
 */
export interface Quadratic {
  /** λ (n), each finite and > 0. */
  readonly eigenvalues: readonly number[];
  /** c (n), the minimizer. */
  readonly center: readonly number[];
  /** Orthonormal eigenvectors q_1, …, q_n, (n) each; the unit vectors where absent. */
  readonly basis?: readonly (readonly number[])[];
}

/** What qᵢᵀqⱼ may differ from 1 or 0 by. */
const ORTHONORMAL = 1e-12;

/**
 * f(x) and ∇f(x) = A (x − c).
 *
 * Throws like all of this file: `out-of-range` or `not-finite` for eigenvalues that are not finite and > 0, a basis that is
 * not orthonormal, and entries that are not finite; `shape-mismatch` for lengths that do not fit.
 *
 * @param x  (n)
 * @example
 * quadraticAt({ eigenvalues: [1, 4], center: [0, 1] }, [2, 2]); // => { value: 4, gradient: Float64Array [2, 4] }
 */
export function quadraticAt(quadratic: Quadratic, x: ArrayLike<number>): { value: number; gradient: Float64Array } {
  const { eigenvalues, axes } = requireQuadratic('quadraticAt', quadratic);
  const e = toAxes('quadraticAt: "x"', quadratic, axes, x);
  const gradient = new Float64Array(e.length);
  let value = 0;
  e.forEach((distance, i) => {
    value += 0.5 * eigenvalues[i]! * distance * distance;
    addAxis(gradient, axes, i, eigenvalues[i]! * distance);
  });
  return { value, gradient };
}

/**
 * Where gradient descent x ← x − η ∇f(x) stands after k steps: x_k = c + (I − ηA)^k (x_0 − c).
 *
 * By ∇f(x) = A (x − c), used k times. Errors as in `quadraticAt`.
 *
 * @param start  x_0 (n)
 * @param rate   η, finite
 * @param steps  k, an integer >= 0
 * @example
 * gradientDescentPoint({ eigenvalues: [1, 2], center: [0, 0] }, [8, 8], 0.25, 2); // => Float64Array [4.5, 2]
 */
export function gradientDescentPoint(
  quadratic: Quadratic,
  start: ArrayLike<number>,
  rate: number,
  steps: number,
): Float64Array {
  const { eigenvalues, axes } = requireQuadratic('gradientDescentPoint', quadratic);
  requireNumber('gradientDescentPoint: "rate"', rate);
  requireNumber('gradientDescentPoint: "steps"', steps, { minimum: 0, integer: true });
  const e = toAxes('gradientDescentPoint: "start"', quadratic, axes, start);
  const after = e.map((distance, i) => (1 - rate * eigenvalues[i]!) ** steps * distance);
  return fromAxes(quadratic, axes, after);
}

/**
 * The path x_0, …, x_k of steepest descent with exact line searches, x ← x − (gᵀg / gᵀAg) g for g = ∇f(x).
 *
 * Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), eq. 3.26. Errors as in `quadraticAt`. From the minimizer on it repeats itself.
 *
 * @param start  x_0 (n)
 * @param steps  k, an integer >= 0
 * @example
 * steepestDescentPath({ eigenvalues: [1, 3], center: [0, 0] }, [3, 1], 1)[1]?.map(Math.fround); // => Float64Array [1.5, -0.5]
 */
export function steepestDescentPath(
  quadratic: Quadratic,
  start: ArrayLike<number>,
  steps: number,
): readonly Float64Array[] {
  const { eigenvalues, axes } = requireQuadratic('steepestDescentPath', quadratic);
  requireNumber('steepestDescentPath: "steps"', steps, { minimum: 0, integer: true });
  let e = toAxes('steepestDescentPath: "start"', quadratic, axes, start);
  const path = [fromAxes(quadratic, axes, e)];
  for (let k = 0; k < steps; k++) {
    const gradient = e.map((distance, i) => eigenvalues[i]! * distance);
    // Relative to its length, so that nothing underflows near the minimizer.
    const size = norm(gradient);
    const curvature = gradient.reduce((sum, g, i) => sum + eigenvalues[i]! * (g / size) ** 2, 0);
    if (size > 0) e = e.map((distance, i) => distance * (1 - eigenvalues[i]! / curvature));
    path.push(fromAxes(quadratic, axes, e));
  }
  return path;
}

/**
 * The minimizer of f over x_0 + span{g, Ag, …, A^{k−1} g}, g = ∇f(x_0), by an orthonormal basis V of that space, twice
 * orthogonalized, and Cholesky's factorization of VᵀAV.
 *
 * It is the k-th iterate of the conjugate gradient method, and of BFGS, from H = I and of L-BFGS with any memory, all with
 * exact line searches; k >= n gives c. Nocedal & Wright, 2nd ed., theorems 5.2, 5.3 and 6.4; Nazareth, SIAM J. Numerical
 * Analysis 16 (1979) 794. Errors as in `quadraticAt`; rounding is about 2⁻⁵² λ_max/λ_min relative to ‖x_0 − c‖.
 *
 * @param start  x_0 (n)
 * @param size   k, an integer >= 1
 * @example
 * krylovMinimizer({ eigenvalues: [1, 3], center: [0, 0] }, [3, 1], 1); // => Float64Array [1.5, -0.5]
 */
export function krylovMinimizer(quadratic: Quadratic, start: ArrayLike<number>, size: number): Float64Array {
  const { eigenvalues, axes } = requireQuadratic('krylovMinimizer', quadratic);
  requireCount('krylovMinimizer: "size"', size);
  const e = toAxes('krylovMinimizer: "start"', quadratic, axes, start);
  const times = (v: Float64Array): Float64Array => v.map((value, i) => eigenvalues[i]! * value);
  const gradient = times(e);
  const basis = krylovBasis(times, gradient, Math.max(...eigenvalues), size);
  const projected = basis.map((v) => basis.map((w) => dot(v, times(w))));
  const weights = solvePositive(
    projected,
    basis.map((v) => -dot(v, gradient)),
  );
  const end = e.map((distance, i) => basis.reduce((sum, v, j) => sum + weights[j]! * v[i]!, distance));
  return fromAxes(quadratic, axes, end);
}

/** Orthonormal vectors that span {g, Ag, …}: at most `size`, fewer where the space is exhausted. */
function krylovBasis(
  times: (v: Float64Array) => Float64Array,
  gradient: Float64Array,
  largest: number,
  size: number,
): readonly Float64Array[] {
  const basis: Float64Array[] = [];
  const exhausted = gradient.length * Number.EPSILON * largest;
  let next = gradient;
  while (basis.length < Math.min(size, gradient.length)) {
    for (const v of [...basis, ...basis]) {
      const along = dot(v, next);
      next = next.map((value, i) => value - along * v[i]!);
    }
    const length = norm(next);
    if (length <= (basis.length === 0 ? 0 : exhausted)) break;
    const unit = next.map((value) => value / length);
    basis.push(unit);
    next = times(unit);
  }
  return basis;
}

/** x with M x = b for symmetric positive definite M, by Cholesky's factorization. */
function solvePositive(m: readonly (readonly number[])[], b: readonly number[]): readonly number[] {
  const n = b.length;
  const l = m.map((line) => line.slice());
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      for (let k = 0; k < j; k++) l[i]![j]! -= l[i]![k]! * l[j]![k]!;
      l[i]![j] = i === j ? Math.sqrt(l[j]![j]!) : l[i]![j]! / l[j]![j]!;
    }
  }
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= l[i]![k]! * x[k]!;
    x[i]! /= l[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= l[k]![i]! * x[k]!;
    x[i]! /= l[i]![i]!;
  }
  return x;
}

type Axes = readonly (readonly number[])[] | undefined;

function addAxis(out: Float64Array, axes: Axes, i: number, a: number): void {
  if (axes === undefined) out[i]! += a;
  else for (let j = 0; j < out.length; j++) out[j]! += a * axes[i]![j]!;
}

function toAxes(where: string, { center }: Quadratic, axes: Axes, x: ArrayLike<number>): Float64Array {
  if (x.length !== center.length) throw mismatch(where, center.length, x.length);
  const moved = Float64Array.from(center, (c, i) => requireNumber(where, x[i] as number) - c);
  return axes === undefined ? moved : moved.map((_, i) => moved.reduce((sum, v, j) => sum + axes[i]![j]! * v, 0));
}

function fromAxes({ center }: Quadratic, axes: Axes, e: Float64Array): Float64Array {
  const x = Float64Array.from(center);
  for (let i = 0; i < x.length; i++) addAxis(x, axes, i, e[i]!);
  return x;
}

function requireQuadratic(where: string, { eigenvalues, center, basis }: Quadratic) {
  const n = requireCount(`${where}: number of eigenvalues`, eigenvalues.length);
  if (center.length !== n) throw mismatch(`${where}: "center"`, n, center.length);
  for (const value of eigenvalues) requireNumber(`${where}: "eigenvalues"`, value, { above: 0 });
  for (const value of center) requireNumber(`${where}: "center"`, value);
  if (basis === undefined) return { eigenvalues, axes: undefined };
  for (const { length } of [basis, ...basis]) if (length !== n) throw mismatch(`${where}: "basis"`, n, length);
  basis.forEach((q, i) => {
    for (let j = 0; j <= i; j++) {
      const product = q.reduce((sum, value, k) => sum + value * basis[j]![k]!, 0);
      const error = Math.abs(product - (i === j ? 1 : 0));
      requireNumber(`${where}: "basis", error of orthonormality`, error, { maximum: ORTHONORMAL });
    }
  });
  return { eigenvalues, axes: basis };
}

function mismatch(where: string, expected: number, received: number): InverseClaimsError {
  return new InverseClaimsError('shape-mismatch', {
    where,
    expected: `length ${expected}`,
    received: `${received}`,
  });
}
