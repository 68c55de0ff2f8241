import { dot, norm } from './vector.ts';

/** Curvature pairs count only if yᵀs > this ‖y‖‖s‖: a cosine, so the test does not depend on units. */
const LEAST_CURVATURE_COSINE = 1e-8;

/** A dense model H ≈ (∇²f)⁻¹, symmetric, (n, n). */
export interface InverseHessian {
  /** True until the first update after the start or a reset. */
  isFresh(): boolean;
  /** out ← −H g. */
  directionInto(out: Float64Array, g: Float64Array): void;
  /** Learns from a step s and the gradient change y along it; false where the pair was skipped. */
  update(s: Float64Array, y: Float64Array): boolean;
  /** Forgets everything: H = I. */
  reset(): void;
  /** H, row-major; a view. */
  readonly entries: Float64Array;
}

/**
 * The BFGS model of the inverse Hessian.
 *
 *     H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ,  ρ = 1 / yᵀs
 *
 * From the identity, or, where `curvatureMultiple` is given, from H = curvatureMultiple · (sᵀs / yᵀs) I set just before
 * the first update, which makes everything that follows independent of the units of f and x. Pairs with
 * yᵀs ≤ 1e-8 ‖y‖‖s‖ are skipped, so H stays positive definite up to rounding, and H y = s after each update.
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
  const hy = new Float64Array(n);
  let fresh = true;
  const setMultipleOfIdentity = (scale: number): void => {
    h.fill(0);
    for (let i = 0; i < n; i++) h[i * n + i] = scale;
  };
  setMultipleOfIdentity(1);

  const update = (s: Float64Array, y: Float64Array): boolean => {
    const ys = dot(y, s);
    const sNorm = norm(s);
    if (!(ys > LEAST_CURVATURE_COSINE * norm(y) * sNorm) || ys === Number.POSITIVE_INFINITY) return false;
    if (fresh && curvatureMultiple !== undefined) setMultipleOfIdentity(curvatureMultiple * sNorm * (sNorm / ys));
    fresh = false;
    multiplyInto(hy, h, y, 1);
    const rho = 1 / ys;
    const scale = rho * (1 + rho * dot(y, hy));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        h[i * n + j] = h[i * n + j]! + scale * (s[i]! * s[j]!) - rho * (s[i]! * hy[j]! + hy[i]! * s[j]!);
      }
    }
    return true;
  };
  return {
    isFresh: () => fresh,
    directionInto: (out, g) => multiplyInto(out, h, g, -1),
    update,
    reset: () => {
      fresh = true;
      setMultipleOfIdentity(1);
    },
    entries: h,
  };
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
