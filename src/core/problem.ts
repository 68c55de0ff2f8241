import type { Batch } from './batch.ts';

/** One named block of coordinates of a simulator's input, identifiers or output. */
export interface Axis {
  readonly name: string;
  readonly length: number;
  /** `'1'` for dimensionless. */
  readonly unit: string;
}

/**
 * y = F(x | γ) with its exact derivative maps in x, in float64; γ, known per instance, is an argument.
 *
 * The three maps take any number of rows; row b of every result depends on row b of the arguments only,
 * bit for bit, unless the simulator's documentation says otherwise. Wrong shapes throw `shape-mismatch`;
 * non-finite inputs give non-finite outputs in their own row only, never an exception.
 */
export interface Simulator {
  readonly name: string;
  /** Rows worth evaluating in one call, where memory says so: how many tapes fit into a cache, for instance. */
  readonly rowsPerCall?: number;
  readonly input: readonly Axis[];
  readonly identifiers: readonly Axis[];
  readonly output: readonly Axis[];
  /** x (B, n), γ (B, c) → y (B, m). */
  forward(x: Batch, identifiers: Batch): Batch;
  /** One taped run: y (B, m) and the map ȳ (B, m) ↦ x̄ = J(x)ᵀ ȳ (B, n). */
  vjp(x: Batch, identifiers: Batch): { readonly y: Batch; pullback(yBar: Batch): Batch };
  /** ẏ = J(x) ẋ by independent forward-mode code, so that ⟨ȳ, Jẋ⟩ = ⟨Jᵀȳ, ẋ⟩ is a real test. */
  jvp(x: Batch, identifiers: Batch, xDot: Batch): Batch;
}

/** A simulator whose forward-mode derivative may be absent: what needs one is then left out. */
export type SimulatorLike = Omit<Simulator, 'jvp'> & Partial<Pick<Simulator, 'jvp'>>;

/** Scalar misfit per row. */
export interface Misfit {
  readonly name: string;
  /** ℓ(y, y*) per row (B) and its gradient in y (B, m). */
  evaluate(y: Batch, target: Batch): { readonly value: Float64Array; readonly gradient: Batch };
}

/** All a solver may look at: no truth, no way to evaluate. */
export interface Task {
  readonly problem: string;
  /** Initial guess x₀ (B, n). */
  readonly start: Batch;
  /** Observation y* (B, m). */
  readonly observed: Batch;
  /** What is known besides y*: γ (B, c); c may be 0. */
  readonly identifiers: Batch;
}

/** What claims may compare with: never given to a solver or to the runner. */
export interface Reference {
  readonly truth: Batch;
  /** Loss at the global minimum per row (B), where it can be known. */
  readonly globalLoss?: Float64Array;
}

/** A family of instances: what is simulated, what counts as close, how truths and guesses are drawn. */
export interface InverseProblem {
  readonly id: string;
  readonly simulator: Simulator;
  readonly misfit: Misfit;
  /**
   * Instances first, first + 1, …, first + count − 1 of the endless sequence that the seed names.
   * Instance i is a pure function of (seed, i): drawing in pieces gives the same instances. `first` defaults to 0.
   */
  draw(count: number, seed: number, first?: number): { readonly task: Task; readonly reference: Reference };
}

/** Total length of a list of axes. */
export function width(axes: readonly Axis[]): number {
  return axes.reduce((sum, axis) => sum + axis.length, 0);
}
