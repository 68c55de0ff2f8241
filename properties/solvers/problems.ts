import { type Random, stream } from '../../src/core/random.ts';
import { dot } from '../../src/numerics/vector.ts';

/** f and ∇f at a point, in arrays of their own. */
export interface Evaluated {
  readonly value: number;
  readonly gradient: Float64Array;
}

export type Evaluate = (x: Float64Array) => Evaluated;

/** A function to minimize and where to start. */
export interface SolverProblem {
  /** Function and start in one line. */
  readonly label: string;
  readonly evaluate: Evaluate;
  readonly start: Float64Array;
  /** Typical ‖∇f‖∞ away from the minimum: what tolerances are relative to. */
  readonly slope: number;
  /** Least value, and the least curvature μ, where f is strongly convex. */
  readonly convex?: { readonly minimum: number; readonly curvature: number };
  /** Where the gradient is exactly 0, if that is known. */
  readonly minimizer?: Float64Array;
}

/** Rows of an orthogonal matrix (n, n): Gram–Schmidt, twice, on normal vectors; the identity for salt 0. */
export function rotation(dimension: number, salt: number): readonly Float64Array[] {
  const random = stream(salt, 'solver-problem/rotation', dimension);
  const rows: Float64Array[] = [];
  for (let i = 0; i < dimension; i++) {
    const row = Float64Array.from({ length: dimension }, (_, j) => (salt === 0 ? Number(i === j) : random.normal()));
    for (const earlier of [...rows, ...rows]) {
      const along = dot(row, earlier);
      for (let j = 0; j < dimension; j++) row[j] = row[j]! - along * earlier[j]!;
    }
    const length = Math.sqrt(dot(row, row));
    rows.push(row.map((entry) => entry / length));
  }
  return rows;
}

/** f(x) = h(Q (x − c)), ∇f = Qᵀ ∇h: the function h in other coordinates. */
export function inCoordinates(h: Evaluate, q: readonly Float64Array[], center: Float64Array): Evaluate {
  return (x) => {
    const n = x.length;
    const z = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) z[k] = z[k]! + q[k]![j]! * (x[j]! - center[j]!);
    }
    const { value, gradient } = h(z);
    const pulled = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) pulled[j] = pulled[j]! + gradient[k]! * q[k]![j]!;
    }
    return { value, gradient: pulled };
  };
}

/** c f + d. */
export function rescaled(f: Evaluate, factor: number, offset: number): Evaluate {
  return (x) => {
    const { value, gradient } = f(x);
    return { value: factor * value + offset, gradient: gradient.map((entry) => factor * entry) };
  };
}

/** Multiples of 1/8 in [−4, 4], none of them 0: starts and centers. */
function eighths(random: Random, dimension: number): Float64Array {
  return Float64Array.from({ length: dimension }, () => ((1 + random.integer(32)) / 8) * (random.integer(2) * 2 - 1));
}

function largest(gradient: Float64Array): number {
  return gradient.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
}

export interface ConvexShape {
  readonly kind: 'quadratic' | 'quartic' | 'log-cosh';
  readonly dimension: number;
  /** λ runs from 1 to 2^k. */
  readonly logCondition: number;
  /** Names rotation, minimizer and start. */
  readonly salt: number;
}

/** One coordinate of a convex function, with derivative; curvature at least 1 · λ. */
const SEPARABLE: Record<ConvexShape['kind'], (z: number, lambda: number) => readonly [number, number]> = {
  quadratic: (z, lambda) => [0.5 * lambda * z * z, lambda * z],
  quartic: (z, lambda) => [0.5 * lambda * z * z + 0.25 * z ** 4, lambda * z + z ** 3],
  // ln cosh z is ½ z² near 0 and |z| far away, so that its gradient is constant in floating point.
  'log-cosh': (z, lambda) => [
    lambda * (Math.abs(z) + Math.log1p(Math.expm1(-2 * Math.abs(z)) / 2)),
    lambda * Math.tanh(z),
  ],
};

/** Σ h(z_i, λ_i) with z = Q (x − c): convex, least value 0 at c. */
export function convexProblem({ kind, dimension, logCondition, salt }: ConvexShape): SolverProblem {
  const random = stream(salt, 'solver-problem/convex', dimension);
  const lambda = Float64Array.from(
    { length: dimension },
    (_, i) => 2 ** ((logCondition * i) / Math.max(1, dimension - 1)),
  );
  const center = eighths(random, dimension);
  const reach = kind === 'log-cosh' ? 16 : 1;
  const start = eighths(random, dimension).map((entry, i) => center[i]! + reach * entry);
  const h: Evaluate = (z) => {
    let value = 0;
    const gradient = z.map((entry, i) => {
      const [term, slope] = SEPARABLE[kind](entry, lambda[i]!);
      value += term;
      return slope;
    });
    return { value, gradient };
  };
  const evaluate = inCoordinates(h, rotation(dimension, salt), center);
  return {
    label: `${kind}, n ${dimension}, condition 2^${logCondition}, salt ${salt}`,
    evaluate,
    start,
    slope: largest(evaluate(start).gradient),
    minimizer: center,
    ...(kind === 'log-cosh' ? {} : { convex: { minimum: 0, curvature: 1 } }),
  };
}

/** Σ b (x_{i+1} − x_i²)² + (1 − x_i)² from a random start in [−2, 2]ⁿ; salt 0 is the classical (−1.2, 1, …). */
export function valleyProblem(dimension: number, steepness: number, salt: number): SolverProblem {
  const random = stream(salt, 'solver-problem/valley', dimension);
  const start = Float64Array.from({ length: dimension }, (_, i) =>
    salt === 0 ? (i % 2 === 0 ? -1.2 : 1) : (random.integer(129) - 64) / 32,
  );
  return {
    label: `Rosenbrock valley, n ${dimension}, steepness ${steepness}, salt ${salt}`,
    start,
    slope: steepness,
    evaluate: (x) => {
      let value = 0;
      const gradient = new Float64Array(dimension);
      for (let i = 0; i + 1 < dimension; i++) {
        const across = x[i + 1]! - x[i]! * x[i]!;
        const along = 1 - x[i]!;
        value += steepness * across * across + along * along;
        gradient[i] = gradient[i]! - 4 * steepness * across * x[i]! - 2 * along;
        gradient[i + 1] = 2 * steepness * across;
      }
      return { value, gradient };
    },
  };
}

/** ½ |x|² + Σ_j a_j sin(ω_j · x + φ_j): smooth, bounded below, many minima. */
export function wavyProblem(dimension: number, waves: number, salt: number): SolverProblem {
  const random = stream(salt, 'solver-problem/wavy', dimension);
  const terms = Array.from({ length: waves }, () => ({
    amplitude: (1 + random.integer(16)) / 4,
    phase: random.between(0, 2 * Math.PI),
    frequency: Float64Array.from({ length: dimension }, () => random.between(-4, 4)),
  }));
  return {
    label: `bowl with ${waves} waves, n ${dimension}, salt ${salt}`,
    start: eighths(random, dimension),
    slope: terms.reduce((sum, { amplitude, frequency }) => sum + amplitude * largest(frequency), 1),
    evaluate: (x) => {
      let value = 0.5 * dot(x, x);
      const gradient = x.slice();
      for (const { amplitude, phase, frequency } of terms) {
        const angle = dot(frequency, x) + phase;
        value += amplitude * Math.sin(angle);
        for (let i = 0; i < dimension; i++) gradient[i] = gradient[i]! + amplitude * Math.cos(angle) * frequency[i]!;
      }
      return { value, gradient };
    },
  };
}
