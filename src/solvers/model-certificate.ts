import type { LearnedModel } from '../core/step.ts';
import { dot, norm } from '../numerics/vector.ts';

/** What was expected and what was found instead. */
export interface CertificateViolation {
  readonly certificate: string;
  readonly expected: string;
  readonly received: string;
}

/** H y = s to rounding: the update cancels terms of the size ‖H‖ ‖y‖ some n times. */
const ROUNDING = 1e-12;
/** Over hundreds of steps, rounding can leave eigenvalues of −n ‖H‖ times this; an update that is wrong leaves −‖H‖. */
const EIGENVALUE_ROUNDING = 1e-10;
/** Models of at most this many unknowns are written out and factorized; larger ones are probed along s, y and g. */
const DENSE = 32;

/**
 * What is wrong with the model H that a step has left, if anything: the secant equation H y = s, and positive
 * definiteness, by the Cholesky factorization of H for n ≤ 32, else by vᵀH v > 0 for v = s, y and the gradient.
 *
 * Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), eqs. 6.6 and 6.8.
 *
 * @param model     undefined, or not updated: nothing is promised
 * @param gradient  (n), the gradient at the new point
 */
export function modelViolation(
  model: LearnedModel | undefined,
  gradient: Float64Array,
): CertificateViolation | undefined {
  if (model === undefined || !model.updated) return undefined;
  const { displacement: s, gradientChange: y } = model;
  const ys = dot(y, s);
  if (!(ys > 0)) return { certificate: 'curvature pair', expected: 'yᵀs > 0 where H was updated', received: `${ys}` };
  return secantViolation(model) ?? definiteness(model, gradient);
}

function secantViolation(model: LearnedModel): CertificateViolation | undefined {
  const { displacement: s, gradientChange: y } = model;
  const residual = times(model, y);
  for (let i = 0; i < s.length; i++) residual[i]! -= s[i]!;
  const scale = s.length * (norm(s) + model.magnitude * norm(y));
  if (norm(residual) <= ROUNDING * scale) return undefined;
  return {
    certificate: 'secant equation',
    expected: `‖H y − s‖ <= ${ROUNDING * scale}`,
    received: `${norm(residual)}`,
  };
}

function definiteness(model: LearnedModel, gradient: Float64Array): CertificateViolation | undefined {
  const { displacement: s, gradientChange: y } = model;
  for (const v of [s, y, gradient]) {
    const length = norm(v);
    if (length === 0) continue;
    // Unit vectors: squares of gradients far from everything underflow.
    const u = v.map((value) => value / length);
    const quadratic = dot(u, times(model, u));
    if (quadratic > -EIGENVALUE_ROUNDING * model.magnitude) continue;
    return { certificate: 'positive definiteness', expected: 'vᵀH v > 0', received: String(quadratic) };
  }
  const pivot =
    s.length <= DENSE
      ? negativePivot(written(model, s.length), s.length, EIGENVALUE_ROUNDING * s.length * model.magnitude)
      : undefined;
  if (pivot === undefined) return undefined;
  return {
    certificate: 'positive definiteness',
    expected: `eigenvalues above −${EIGENVALUE_ROUNDING * s.length * model.magnitude}`,
    received: `pivot ${pivot} of Cholesky's factorization`,
  };
}

function times(model: LearnedModel, v: Float64Array): Float64Array {
  const out = new Float64Array(v.length);
  model.timesInto(out, v);
  return out;
}

/** H, row-major. */
function written(model: LearnedModel, n: number): Float64Array {
  const h = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    unit[i] = 1;
    model.timesInto(h.subarray(i * n, (i + 1) * n), unit);
    unit[i] = 0;
  }
  return h;
}

/** The first pivot that is not positive in Cholesky's factorization of H + shift · I: then H has an eigenvalue below −shift. */
function negativePivot(h: Float64Array, n: number, shift: number): number | undefined {
  const l = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const rowJ = l.subarray(j * n, j * n + j);
    const pivot = h[j * n + j]! + shift - dot(rowJ, rowJ);
    if (!(pivot > 0)) return pivot;
    const root = Math.sqrt(pivot);
    l[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      l[i * n + j] = (h[i * n + j]! - dot(rowJ, l.subarray(i * n, i * n + j))) / root;
    }
  }
  return undefined;
}
