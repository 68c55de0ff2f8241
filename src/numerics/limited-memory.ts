import { LEAST_CURVATURE_COSINE, RESOLVED } from './inverse-hessian.ts';
import { axpyInto, dot, norm, scaleInto } from './vector.ts';

/** A model H ≈ (∇²f)⁻¹ from the last few pairs (s, y). */
export interface LimitedMemory {
  /** True until the first update after the start or a reset. */
  isFresh(): boolean;
  /** out ← H v; v itself while fresh. `out` must not be v. */
  timesInto(out: Float64Array, v: Float64Array): void;
  /**
   * out ← H v on the free coordinates (free[i] = 1), zero on the others: the model of the Hessian's block of those.
   * Pairs without clear positive curvature there are left out.
   */
  freeTimesInto(out: Float64Array, v: Float64Array, free: Uint8Array): void;
  /** Learns a pair, forgetting the oldest where the memory is full; false where the pair was skipped. */
  update(s: Float64Array, y: Float64Array): boolean;
  reset(): void;
  /** Largest ‖s‖² / yᵀs of the pairs remembered: the size of H, which its rounding errors are relative to. */
  magnitude(): number;
  /**
   * False while there is a pair with yᵀs < 2⁻³³ ‖H‖ ‖y‖²: the condition of H is then beyond 10¹⁰, and rounding may leave
   * neither H y = s nor positive definiteness.
   */
  isResolved(): boolean;
}

/**
 * The limited-memory BFGS model of the inverse Hessian: two-loop recursion over the last pairs.
 *
 *     H₀ = (sᵀy / yᵀy) I of the newest pair,  H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ for each pair, oldest first
 *
 * Pairs with yᵀs ≤ ε ‖y‖‖s‖, ε = 2⁻⁵², are skipped, so H is positive definite up to rounding, and H y = s for the newest pair.
 * Nothing is allocated after the model is made.
 *
 * Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), algorithm 7.4 and eq. 7.20.
 *
 * @param n       dimension, >= 1
 * @param memory  pairs remembered, >= 1
 * @example
 * const model = limitedMemory(2, 5);
 * model.update(Float64Array.of(1, 0), Float64Array.of(4, 0));
 * const out = new Float64Array(2);
 * model.timesInto(out, Float64Array.of(4, 8));
 * out; // => Float64Array [1, 2]
 */
export function limitedMemory(n: number, memory: number): LimitedMemory {
  const steps = Array.from({ length: memory }, () => new Float64Array(n));
  const changes = Array.from({ length: memory }, () => new Float64Array(n));
  const inverseCurvature = new Float64Array(memory);
  const sizes = new Float64Array(memory);
  /** yᵀs / yᵀy of each pair. */
  const stiffness = new Float64Array(memory);
  const freeInverse = new Float64Array(memory);
  const weights = new Float64Array(memory);
  let pairs = 0;
  let newest = -1;
  let scale = 1;
  const largestSize = (): number => sizes.subarray(0, pairs).reduce((most, size) => Math.max(most, size), scale);
  const slot = (age: number): number => (newest - age + memory) % memory;

  return {
    isFresh: () => pairs === 0,
    timesInto: (out, v) => {
      out.set(v);
      for (let age = 0; age < pairs; age++) {
        const k = slot(age);
        weights[k] = inverseCurvature[k]! * dot(steps[k]!, out);
        axpyInto(out, -weights[k]!, changes[k]!);
      }
      scaleInto(out, scale, out);
      for (let age = pairs - 1; age >= 0; age--) {
        const k = slot(age);
        axpyInto(out, weights[k]! - inverseCurvature[k]! * dot(changes[k]!, out), steps[k]!);
      }
    },
    freeTimesInto: (out, v, free) => {
      for (let i = 0; i < n; i++) out[i] = free[i] === 1 ? v[i]! : 0;
      let freeScale = 0;
      for (let age = 0; age < pairs; age++) {
        const k = slot(age);
        const curvature = freeCurvature(steps[k]!, changes[k]!, free);
        freeInverse[k] = curvature.inverse;
        if (curvature.inverse === 0) continue;
        if (freeScale === 0) freeScale = curvature.scale;
        weights[k] = curvature.inverse * dot(steps[k]!, out);
        addFree(out, -weights[k]!, changes[k]!, free);
      }
      if (freeScale > 0) scaleInto(out, freeScale, out);
      for (let age = pairs - 1; age >= 0; age--) {
        const k = slot(age);
        if (freeInverse[k] === 0) continue;
        addFree(out, weights[k]! - freeInverse[k]! * dot(changes[k]!, out), steps[k]!, free);
      }
    },
    update: (s, y) => {
      const ys = dot(y, s);
      const yNorm = norm(y);
      const sNorm = norm(s);
      if (!(ys > LEAST_CURVATURE_COSINE * yNorm * sNorm) || ys === Number.POSITIVE_INFINITY) return false;
      // Products that underflow leave nothing to learn.
      if (!Number.isFinite(1 / ys) || !(ys / yNorm / yNorm > 0)) return false;
      newest = (newest + 1) % memory;
      pairs = Math.min(pairs + 1, memory);
      steps[newest]!.set(s);
      changes[newest]!.set(y);
      inverseCurvature[newest] = 1 / ys;
      sizes[newest] = sNorm * (sNorm / ys);
      scale = ys / yNorm / yNorm;
      stiffness[newest] = scale;
      return true;
    },
    reset: () => {
      pairs = 0;
      scale = 1;
    },
    isResolved: () => {
      const least = RESOLVED * largestSize();
      return stiffness.subarray(0, pairs).every((inverse) => inverse >= least);
    },
    magnitude: largestSize,
  };
}

/** 1 / yᵀs and yᵀs / yᵀy over the free coordinates; 0 where the curvature is not clearly positive. */
function freeCurvature(s: Float64Array, y: Float64Array, free: Uint8Array): { inverse: number; scale: number } {
  let ys = 0;
  let yy = 0;
  let ss = 0;
  for (let i = 0; i < s.length; i++) {
    if (free[i] === 0) continue;
    ys += y[i]! * s[i]!;
    yy += y[i]! * y[i]!;
    ss += s[i]! * s[i]!;
  }
  const clear = ys > LEAST_CURVATURE_COSINE * Math.sqrt(yy) * Math.sqrt(ss) && ys < Number.POSITIVE_INFINITY;
  return clear ? { inverse: 1 / ys, scale: ys / yy } : { inverse: 0, scale: 0 };
}

/** out ← out + a v on the free coordinates. */
function addFree(out: Float64Array, a: number, v: Float64Array, free: Uint8Array): void {
  for (let i = 0; i < out.length; i++) if (free[i] === 1) out[i] = out[i]! + a * v[i]!;
}
