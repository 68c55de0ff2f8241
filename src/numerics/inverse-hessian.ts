import { dot, norm } from './vector.ts';

/**
 * Curvature pairs count only if yᵀs > this ‖y‖‖s‖: a cosine, so the test does not depend on units. A line search with
 * Wolfe's conditions makes yᵀs positive; below 2⁻⁵² its sign is rounding. A larger threshold freezes the model where
 * the Hessian is badly conditioned: with 1e-8, Brown's almost linear function from 10 x₀ is not solved in 20 000
 * evaluations.
 */
export const LEAST_CURVATURE_COSINE = Number.EPSILON;

/** Least yᵀs / (‖H‖ ‖y‖²), the inverse of a condition number, at which rounding cannot spoil H. */
export const RESOLVED = 2 ** -33;

/** A dense model H ≈ (∇²f)⁻¹, symmetric, (n, n). */
export interface InverseHessian {
  /** True until the first update after the start or a reset. */
  isFresh(): boolean;
  /** out ← a H v, a = 1 unless given. */
  timesInto(out: Float64Array, v: Float64Array, a?: number): void;
  /** Learns from a step s and the gradient change y along it; false where the pair was skipped. */
  update(s: Float64Array, y: Float64Array): boolean;
  /** Forgets everything: H = I. */
  reset(): void;
  /** Largest diagonal entry of H before or after the last update: what its rounding errors are relative to. */
  magnitude(): number;
  /**
   * False once a pair was learned with yᵀs < 2⁻³³ ‖H‖ ‖y‖², until a reset: the condition of H is then beyond 10¹⁰, and
   * rounding, which the update magnifies by as much, may leave neither H y = s nor positive definiteness.
   */
  isResolved(): boolean;
  /** H, row-major; a view. */
  readonly entries: Float64Array;
}

/**
 * The BFGS model of the inverse Hessian.
 *
 *     H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ = H + ρ (r sᵀ + s rᵀ − ρ yᵀr s sᵀ),  ρ = 1 / yᵀs, r = s − H y
 *
 * From the identity, or, where `curvatureMultiple` is given, from H = curvatureMultiple · (sᵀs / yᵀs) I set just before
 * the first update, which makes everything that follows independent of the units of f and x. Pairs with
 * yᵀs ≤ 2⁻⁵² ‖y‖‖s‖ are skipped, so H stays positive definite up to rounding, and H y = s after each update. See
 * `isResolved` for where rounding makes an end of both.
 *
 * Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), eq. 6.17 and the discussion of eq. 6.20.
 *
 * @param n  dimension, >= 1
 * @example
 * const model = inverseHessian(2);
 * model.update(Float64Array.of(1, 0), Float64Array.of(4, 0));
 * model.entries; // => Float64Array [0.25, 0, 0, 1]
 */
export function inverseHessian(n: number, curvatureMultiple?: number): InverseHessian {
  const h = new Float64Array(n * n);
  const r = new Float64Array(n);
  let fresh = true;
  let magnitude = 1;
  let resolved = true;
  const setMultipleOfIdentity = (scale: number): void => {
    h.fill(0);
    for (let i = 0; i < n; i++) h[i * n + i] = scale;
  };
  setMultipleOfIdentity(1);

  const update = (s: Float64Array, y: Float64Array): boolean => {
    const ys = dot(y, s);
    const sNorm = norm(s);
    const yNorm = norm(y);
    if (!(ys > LEAST_CURVATURE_COSINE * yNorm * sNorm) || ys === Number.POSITIVE_INFINITY) return false;
    if (fresh && curvatureMultiple !== undefined) setMultipleOfIdentity(curvatureMultiple * sNorm * (sNorm / ys));
    // Written with r = s − H y, which is small where the model is good: nothing large cancels.
    multiplyInto(r, h, y, -1);
    for (let i = 0; i < n; i++) r[i] = r[i]! + s[i]!;
    const rho = 1 / ys;
    const excess = rho * dot(y, r);
    // Gradients beyond 1e150 leave nothing finite to learn.
    if (!Number.isFinite(rho * excess)) return false;
    fresh = false;
    magnitude = largestDiagonal(h, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        h[i * n + j] = h[i * n + j]! + rho * (r[i]! * s[j]! + s[i]! * r[j]! - excess * (s[i]! * s[j]!));
      }
    }
    magnitude = Math.max(magnitude, largestDiagonal(h, n));
    if (ys / yNorm / yNorm < RESOLVED * magnitude) resolved = false;
    return true;
  };
  return {
    isFresh: () => fresh,
    timesInto: (out, v, a = 1) => multiplyInto(out, h, v, a),
    update,
    reset: () => {
      fresh = true;
      magnitude = 1;
      resolved = true;
      setMultipleOfIdentity(1);
    },
    magnitude: () => magnitude,
    isResolved: () => resolved,
    entries: h,
  };
}

function largestDiagonal(h: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, h[i * n + i]!);
  return largest;
}

/** out ← a H x. */
function multiplyInto(out: Float64Array, h: Float64Array, x: Float64Array, a: number): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += h[i * n + j]! * x[j]!;
    out[i] = a * sum;
  }
}
